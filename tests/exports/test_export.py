"""`tm export`: whole or not at all, and nothing lost without a word."""

import os
import zipfile
from pathlib import Path

import pytest

from targetmarkets.exports.registry import TARGETS, export
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import load
from targetmarkets.kb.paths import bundled
from tests.exports import rich
from tests.running import Run


@pytest.mark.parametrize("target", TARGETS.values(), ids=lambda target: target.name)
def test_the_same_knowledge_base_gives_the_same_bytes_by_every_target(
    tm: Run, tmp_path: Path, target: object
) -> None:
    assert target in TARGETS.values()
    name = getattr(target, "name", "")
    for file in ("first", "second"):
        run = tm("export", name, "-o", file)
        assert (run.returncode, run.stdout) == (0, f"{file}\n")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes() != b""


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_not_carried_is_told_and_no_curator_is_named(
    tm: Run, tmp_path: Path, target: str
) -> None:
    kb = rich.build(tmp_path / "rich")
    run = tm("export", target, "-o", "out", "--kb", str(kb))
    assert "tm: not carried: names of curators: 2\n" in run.stderr
    assert "\n    given only where they are asked for, by --curators\n" in run.stderr
    run = tm("export", target, "-o", "out", "--kb", str(kb), "--curators")
    assert "names of curators" not in run.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sqlite",), "needs a file"),
        (("sqlite", "-o", "-"), "needs a file"),
        (("sqlite", "-o", ""), "empty"),
        (("sqlit", "-o", "x.db"), "did you mean sqlite?"),
        (("hypothesis", "-o", "x.ftm.json"), "ends as an export to ftm does"),
        (("ftm", "-o", "x.json"), "ends as an export to hypothesis does"),
        (("sqlite", "-o", "x.db", "--customer", "atlantis"), "atlantis"),
        (("sqlite", "-o", "x.db", "--region", "nowhere"), "nowhere"),
    ],
)
def test_what_cannot_be_exported_is_refused_and_nothing_is_written(
    tm: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    run = tm("export", *words)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
    assert [*tmp_path.iterdir()] == []


def test_a_knowledge_base_is_not_written_over(tm: Run, tmp_path: Path) -> None:
    assert tm("copy", "bundled", "kb.sqlite").returncode == 0
    before = (tmp_path / "kb.sqlite").read_bytes()
    for options in ((), ("--kb", "kb.sqlite")):
        run = tm("export", "sqlite", "-o", "kb.sqlite", *options)
        assert run.returncode == 2
        assert "is a knowledge base" in run.stderr
    assert (tmp_path / "kb.sqlite").read_bytes() == before
    assert tm("export", "sqlite", "-o", "mine.db").returncode == 0
    assert tm("export", "sqlite", "-o", "mine.db").returncode == 0  # an older export is


def test_an_export_that_fails_leaves_what_was_there(tm: Run, tmp_path: Path) -> None:
    target = tmp_path / "kb.db"
    target.write_bytes(b"older")
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    assert tm("export", "sqlite", "-o", "kb.db", "--kb", str(broken)).returncode == 3
    assert target.read_bytes() == b"older"
    run = tm("export", "sqlite", "-o", "no/such/folder/kb.db")
    assert (run.returncode, run.stdout) == (3, "")
    if Path("/dev/full").exists():
        run = tm("export", "sqlite", "-o", "/dev/full")
        assert (run.returncode, run.stdout) == (3, "")
        assert "cannot be written" in run.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.json", "kb.db"]


@pytest.mark.parametrize("target", TARGETS)
def test_a_store_and_its_file_give_the_same(tm: Run, tmp_path: Path, target: str) -> None:
    kb = rich.build(tmp_path / "rich")
    assert tm("copy", str(kb), "kb.sqlite").returncode == 0
    assert tm("export", target, "-o", "of-file", "--kb", str(kb)).returncode == 0
    assert tm("export", target, "-o", "of-store", "--kb", "kb.sqlite").returncode == 0
    assert (tmp_path / "of-file").read_bytes() == (tmp_path / "of-store").read_bytes()


def test_a_pipe_gets_it_when_it_is_whole(tm: Run, tmp_path: Path) -> None:
    run = tm("export", "sqlite", "-o", os.devnull)
    assert (run.returncode, run.stdout) == (0, f"{os.devnull}\n")
    assert bundled().exists()
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("target", TARGETS)
def test_a_source_that_has_only_a_doi_has_its_address(tmp_path: Path, target: str) -> None:
    path = tmp_path / "out"
    export(load(rich.build(tmp_path / "rich")), TARGETS[target], path, Filters())
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            data = package.read("datapackage.json")
    assert b"https://doi.org/10.1000/9" in data
