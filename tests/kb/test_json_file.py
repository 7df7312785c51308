"""Finding, reading and validating: what is not a knowledge base is said to be none."""

import json
import os
from pathlib import Path

import pytest

import targetmarkets
from targetmarkets.errors import DataError, InvalidError, UnreadableError
from targetmarkets.kb.json_file import FileKnowledge, load, write_canonical
from targetmarkets.kb.paths import bundled, locate
from targetmarkets.text.json_source import has_repeated_keys
from tests.build import claim, content
from tests.conftest import Workspace
from tests.running import Run


def test_the_bundled_one_is_found_without_being_named() -> None:
    assert locate() == bundled()
    assert bundled().is_file()


def test_a_file_or_its_folder_or_the_environment_names_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert locate(workspace.file) == workspace.file
    assert locate(workspace.file.parent) == workspace.file
    monkeypatch.setenv("TM_KB", str(workspace.file.parent))
    assert locate() == workspace.file
    assert locate(bundled()) == bundled()
    monkeypatch.setenv("TM_KB", "")
    assert locate() == bundled()


def test_loading_gives_objects_by_id(kb: FileKnowledge) -> None:
    assert kb.customers["syria"].name == "Syria"
    assert kb.objects["nknews-2015"] is kb.sources["nknews-2015"]
    assert all(kb.claims_on_quote(id_) for id_ in kb.quotes)


def test_a_file_of_the_right_shape_with_a_dangling_id_does_not_load(tmp_path: Path) -> None:
    path = tmp_path / "customers.json"
    stored = claim("c", evidence=[{"quote": "none"}])
    path.write_text(json.dumps(content(claims=[stored])), "utf-8")
    with pytest.raises(InvalidError) as caught:
        load(path)
    assert [finding.check for finding in caught.value.findings] == ["references"]


def test_the_bundled_file_is_in_canonical_layout(kb: FileKnowledge) -> None:
    assert bundled().read_text("utf-8") == write_canonical(kb.content)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"{", "line 1, column 2: not JSON"),
        (b'{\n "a": }', "line 2, column 7: not JSON"),
        (b'{"schema_version": NaN}', "NaN is not a JSON value"),
        (b"\xff\xfe", "line 1: byte 0 is not UTF-8"),
        (b'{"a": "\n\xe9"}', "line 2: byte 8 is not UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b'"\\ud800"', "not JSON: "),
    ],
)
def test_what_is_not_json_says_where(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "customers.json"
    path.write_bytes(data)
    with pytest.raises(DataError) as caught:
        load(path)
    assert message in caught.value.message
    assert str(path) in caught.value.message
    assert caught.value.remedy


def test_advice_for_programmers_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "customers.json"
    path.write_text("1" * 5_000)
    with pytest.raises(InvalidError, match=r"5000 digits$"):
        load(path)


@pytest.mark.parametrize(
    "text", ["[]", "null", "1", '"x"', "{}", '{"schema_version": "1"}', '{"schema_version": 0}']
)
def test_what_has_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "customers.json"
    path.write_text(text)
    with pytest.raises(InvalidError) as caught:
        load(path)
    assert caught.value.findings


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="does not exist"):
        load(tmp_path / "absent.json")
    with pytest.raises(UnreadableError, match="does not exist"):
        load(tmp_path)
    (tmp_path / "customers.json").mkdir()
    with pytest.raises(UnreadableError, match="is a folder"):
        load(tmp_path)
    with pytest.raises(UnreadableError, match="cannot be read"):
        load(tmp_path / ("x" * 300))
    with pytest.raises(UnreadableError, match="cannot be read"):
        load("a\0b")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableError, match="not a regular file"):
        load(pipe)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_said(workspace: Workspace) -> None:
    workspace.file.chmod(0)
    with pytest.raises(UnreadableError, match="cannot be read"):
        load(workspace.file)


def test_the_public_interface_is_what_it_says() -> None:
    assert targetmarkets.__all__ == [
        "KnowledgeBase",
        "TargetMarketsError",
        "__version__",
        "load",
        "verify",
    ]
    assert all(getattr(targetmarkets, name) for name in targetmarkets.__all__)
    with pytest.raises(AttributeError):
        _ = targetmarkets.nothing


def conflicted(text: str) -> str:
    """A file in which git could not merge one name."""
    line = next(line for line in text.splitlines(keepends=True) if '"name": "Syria"' in line)
    both = f"<<<<<<< HEAD\n{line}=======\n{line.replace('Syria', 'Suriya')}>>>>>>> theirs\n"
    return text.replace(line, both, 1)


def test_an_unfinished_merge_is_named_as_that(workspace: Workspace, tm: Run) -> None:
    text = workspace.file.read_text("utf-8")
    workspace.file.write_text(conflicted(text), "utf-8")
    line = text[: text.index('"name": "Syria"')].count("\n") + 1
    file = str(workspace.file)
    kb = ("--kb", file)
    for words in (("list", *kb), ("verify", *kb), ("fmt", *kb), ("diff", file, file)):
        done = tm(*words)
        assert (done.returncode, done.stdout) == (3, "")
        assert f"customers.json, line {line}: a merge is not finished: in one place" in done.stderr
        assert "choose in each; or git merge --abort" in done.stderr
    twice = conflicted(text) + "<<<<<<< HEAD\n=======\n>>>>>>> theirs\n"
    workspace.file.write_text(twice, "utf-8")
    assert "in 2 places, first there" in tm("list", "--kb", str(workspace.file)).stderr


def test_what_only_looks_like_one_is_not(tmp_path: Path) -> None:
    for text in ("<<<<<<< HEAD\n", "<<<<<<<<\n>>>>>>>>\n", " <<<<<<< a\n >>>>>>> b\n"):
        path = tmp_path / "kb.json"
        path.write_text(text)
        with pytest.raises(InvalidError, match="not JSON"):
            load(path)


def test_no_command_reads_a_key_that_stands_twice(workspace: Workspace, tm: Run) -> None:
    """Each program may take another of the two."""
    text = workspace.file.read_text("utf-8")
    twice = text.replace('"name": "Syria",', '"name": "Suriya",\n      "name": "Syria",', 1)
    workspace.file.write_text(twice, "utf-8")
    kb = ("--kb", str(workspace.file))
    for words in (("list",), ("show", "syria"), ("retract", "x", "--reason", "y")):
        done = tm(*words, *kb)
        assert (done.returncode, done.stdout) == (3, "")
        assert "the key 'name' stands twice in one object" in done.stderr
        assert "line " in done.stderr
    done = tm("verify", *kb)
    assert done.returncode == 1
    assert "the key 'name' stands twice in one object" in done.stdout


def test_the_bundled_file_has_no_key_twice() -> None:
    """It is not looked for at each start."""
    assert not has_repeated_keys(bundled().read_bytes())
