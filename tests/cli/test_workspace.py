"""Which knowledge base answers: the one that is named, the workspace around, or the bundled one."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from targetmarkets.kb.paths import FILE_NAME, MARKER
from tests.running import Run

TOLD = "tm: the workspace is"


@pytest.fixture
def kb(tm: Run, tmp_path: Path) -> Path:
    """A workspace that can be told from the bundled knowledge base: it has no customer."""
    tm("init", "kb", "--empty")
    return tmp_path / "kb"


def test_a_workspace_answers_in_its_folder_and_within_and_says_so(
    tm: Run, tmp_path: Path, kb: Path
) -> None:
    inner = kb / "sources" / "deep"
    inner.mkdir()
    for folder, place in ((kb, "this folder"), (inner, "at ../..")):
        done = tm("list", "--json", cwd=folder)
        assert (done.returncode, json.loads(done.stdout)) == (0, [])
        assert f"{TOLD} kb, {place}\n" in done.stderr
        assert done.stderr.count(TOLD) == 1
    assert "Syria" in tm("list").stdout
    assert tm("list").stderr == ""
    done = tm("list", "syria", "resilient", cwd=kb)  # asks for names before it lists
    assert done.stderr.count(TOLD) == 1
    added = tm("add", "group", "some of them", cwd=inner)
    assert (added.returncode, added.stdout) == (0, "some-of-them\n")
    assert "some-of-them" in (kb / FILE_NAME).read_text()


def test_what_is_named_comes_first_and_is_not_told(tm: Run, tmp_path: Path, kb: Path) -> None:
    other = tmp_path / "other"
    tm("init", "other")
    for arguments, env in (
        (("list", "--kb", "bundled"), {}),
        (("--kb", "bundled", "list"), {}),
        (("list",), {"TM_KB": "bundled"}),
        (("list",), {"TM_KB": str(other)}),
    ):
        done = tm(*arguments, env=env, cwd=kb)
        assert "Syria" in done.stdout
        assert done.stderr == ""
    (kb / "bundled").mkdir()
    assert tm("list", "--kb", "./bundled", cwd=kb).returncode == 3
    diff = tm("diff", "bundled", str(other))
    assert diff.stdout == "The two say the same.\n"


def _without_marker(kb: Path) -> None:
    (kb / MARKER).unlink()


def _marker_elsewhere(kb: Path) -> None:
    (kb / MARKER).rename(kb / "elsewhere")
    (kb / MARKER).symlink_to("elsewhere")


def _file_elsewhere(kb: Path) -> None:
    (kb / FILE_NAME).rename(kb / "elsewhere")
    (kb / FILE_NAME).symlink_to("elsewhere")


def _no_file(kb: Path) -> None:
    (kb / FILE_NAME).unlink()


@pytest.mark.parametrize("spoil", [_without_marker, _marker_elsewhere, _file_elsewhere, _no_file])
def test_another_folder_never_answers(tm: Run, kb: Path, spoil: Callable[[Path], None]) -> None:
    spoil(kb)
    done = tm("list", cwd=kb)
    assert "Syria" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("foreign", [".", MARKER, FILE_NAME])
def test_what_belongs_to_somebody_else_never_answers(
    tm: Run, kb: Path, foreign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() == 0:
        os.chown(kb / foreign, 12345, -1)
    else:  # nobody else's file can be made, so that somebody else looks at it
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert "Syria" in tm("list", cwd=kb).stdout


def test_completion_and_output_know_the_workspace(tm: Run, kb: Path) -> None:
    tm("add", "group", "some of them", cwd=kb)
    env = {"_TM_COMPLETE": "complete_bash", "COMP_WORDS": "tm show som", "COMP_CWORD": "2"}
    done = tm(env=env, cwd=kb)
    assert done.stdout.split() == ["some-of-them"]
    assert done.stderr == ""
    refused = tm("list", "-o", str(kb / "sources" / "x.json"), cwd=kb / "sources")
    assert refused.returncode == 2
    assert "holds archived texts" in refused.stderr


def test_a_dry_run_looks_at_the_bundled_one_and_a_change_is_refused(tm: Run) -> None:
    words = ("add", "quote", "rusi-2015", "Ad Hoc Customers", "--id", "mine")
    refused = tm(*words)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "tm init" in refused.stderr
    tried = tm(*words, "--dry-run")
    assert tried.returncode == 0
    assert "mine" in tried.stdout
    assert "nothing was changed" in tried.stderr
