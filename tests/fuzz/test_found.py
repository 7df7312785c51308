"""What the fuzz found, each as the smallest case that showed it."""

import json
import pwd

import pytest

from tests.fuzz.box import Box
from tests.fuzz.running import run


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("anchor", "article", "report.txt"), 1),
        (("anchor", "article", "kb/sources/article.txt"), 0),
        (("add", "quote", "article", "Syria got two masks, it seems"), 0),
    ],
)
def test_what_changes_nothing_leaves_the_layout(
    box: Box, words: tuple[str, ...], code: int
) -> None:
    """A file whose layout is not the canonical one was rewritten, and nobody had asked for it."""
    before = box.file.read_bytes()
    assert run(box, *words).code == code
    assert box.file.read_bytes() == before


def test_no_lock_is_left_where_there_is_no_knowledge_base(box: Box) -> None:
    assert run(box, "fmt", "--kb", "folder/none.json").code == 3
    assert list((box.folder / "folder").iterdir()) == []


@pytest.mark.parametrize("command", ["coverage", "verify"])
def test_a_report_in_a_file_that_found_something_is_spoken_of(box: Box, command: str) -> None:
    content = json.loads(box.file.read_text("utf-8"))
    content["quotes"][0]["start"] += 1
    box.file.write_text(json.dumps(content), "utf-8")
    done = run(box, command, "-o", "new.json")
    assert (done.code, done.stdout) == (1, "")
    assert "new.json says w" in done.stderr


def test_a_span_beyond_every_text_is_left_over(box: Box) -> None:
    content = json.loads(box.file.read_text("utf-8"))
    content["quotes"][0]["start"] = 2**53 - 1
    box.file.write_text(json.dumps(content), "utf-8")
    assert run(box, "coverage").code == 1


def test_a_text_that_is_not_utf8_has_a_remedy(box: Box) -> None:
    (box.sources / "article.txt").write_bytes(b"\xff")
    done = run(box, "coverage")
    assert (done.code, len(done.stderr.splitlines())) == (3, 2)


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
@pytest.mark.parametrize("shell", [None, "sh", "pwsh"])
def test_completion_for_a_shell_that_has_none_is_refused_in_words(
    box: Box, option: str, shell: str | None
) -> None:
    done = run(box, option, shell=shell)
    assert done.code == (0 if (option, shell) == ("--show-completion", "pwsh") else 2)


def test_a_start_file_of_the_shell_that_cannot_be_read_is_left_alone(box: Box) -> None:
    (box.folder / "home" / ".bashrc").write_bytes(b"\xff")
    done = run(box, "--install-completion")
    assert done.code == 2
    assert "completion cannot be set up" in done.stderr
    assert (box.folder / "home" / ".bashrc").read_bytes() == b"\xff"


def test_completion_without_a_home_is_refused_in_words(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)
    done = run(box, "--install-completion", env={"HOME": None})
    assert done.code == 2
    assert "completion cannot be set up" in done.stderr
    assert "home" in done.stderr


@pytest.mark.parametrize("word", ["x", "", "9" * 5_000])
def test_completion_that_no_shell_asks_for_is_refused_in_words(box: Box, word: str) -> None:
    asked = {"_TM_COMPLETE": "complete_bash", "COMP_WORDS": "tm list", "COMP_CWORD": word}
    assert run(box, env=asked).code == 2
    assert run(box, env={"_TM_COMPLETE": "complete_bash"}).code == 2


def test_latex_that_lacks_an_argument_is_left_out_in_words(box: Box) -> None:
    (box.folder / "root.bib").write_text("@book{one, title = {a \\sqrt}}\n")
    done = run(box, "add", "source", "--record", "root.bib", "--descriptor", "D.")
    assert (done.code, done.stdout) == (0, "one\n")
    assert "left out: title, \\sqrt" in done.stderr


def test_completion_is_set_up_where_it_can_be(box: Box) -> None:
    done = run(box, "--install-completion")
    assert (done.code, done.stderr) == (0, "")
    assert "completion installed in" in done.stdout
    assert "_TM_COMPLETE" in (box.folder / "home" / ".bash_completions" / "tm.sh").read_text()
