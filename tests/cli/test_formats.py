"""Formats on the command line: named by an option, or by the ending of the output file."""

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from targetmarkets.formats.registry import DOSSIER_FORMATS, LIST_FORMATS, REPORT_FORMATS
from targetmarkets.kb.paths import bundled
from tests.conftest import ROOT
from tests.running import Run


@pytest.mark.parametrize(
    ("command", "ending", "format_"),
    [
        ("list", ".jsonl", "jsonl"),
        ("list", ".csv", "csv"),
        ("list", ".MD", "markdown"),
        ("list", "", "tsv"),
        ("show syria tanzania", ".md", "markdown"),
        ("show syria", "", "text"),
        ("stats", ".csv", "csv"),
    ],
)
def test_the_ending_of_a_file_names_the_format(
    tm: Run, tmp_path: Path, command: str, ending: str, format_: str
) -> None:
    file = tmp_path / f"out{ending}"
    done = tm(*command.split(), "-o", str(file))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    told = tm(*command.split(), "--format", format_)
    assert file.read_text("utf-8") == told.stdout


@pytest.mark.parametrize(("command", "ending"), [("show syria", ".csv"), ("list", ".txt")])
def test_an_ending_that_asks_for_another_format_is_refused(
    tm: Run, tmp_path: Path, command: str, ending: str
) -> None:
    file = tmp_path / f"out{ending}"
    done = tm(*command.split(), "-o", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert "--format" in done.stderr
    assert not file.exists()


@pytest.mark.parametrize(
    ("command", "name", "endings"),
    [
        ("list", "x.xlsx", ".json, .jsonl, .csv, .tsv, .md"),
        ("show syria", "dossier.log", ".txt, .json, .md"),
        ("stats", "counts.2024", ".txt, .json, .csv, .tsv"),
        ("cite syria", "works.enl", ".txt, .json, .bib, .ris"),
    ],
)
def test_an_ending_that_names_no_format_is_refused(
    tm: Run, tmp_path: Path, command: str, name: str, endings: str
) -> None:
    file = tmp_path / name
    done = tm(*command.split(), "-o", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"the ending of {file} names no format" in done.stderr
    assert f"end it in {endings}, or choose with --format" in done.stderr
    assert not file.exists()
    told = tm(*command.split(), "--json")
    assert tm(*command.split(), "--json", "-o", str(file)).returncode == 0
    assert file.read_text("utf-8") == told.stdout, "any ending will do where the format is told"


@pytest.mark.parametrize("name", ["/dev/null", "-"])
def test_what_is_no_file_of_its_own_needs_no_ending(tm: Run, name: str) -> None:
    done = tm("list", "-o", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert (name == "-") == (done.stdout == tm("list").stdout)


def test_the_help_names_every_format(tm: Run) -> None:
    tables = {"list": LIST_FORMATS, "show": DOSSIER_FORMATS, "stats": REPORT_FORMATS}
    for command, formats in tables.items():
        assert f"--format {'|'.join(formats)}" in tm(command, "--help").stdout


def test_every_row_is_read_by_the_programs_that_people_use(tm: Run) -> None:
    ids = [record["id"] for record in json.loads(tm("list", "claims", "--json").stdout)]
    lines = tm("list", "claims", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    rows = csv.DictReader(tm("list", "claims", "--format", "csv").stdout.splitlines(keepends=True))
    assert [row["id"] for row in rows] == ids


def test_a_row_of_activities_needs_no_other_table(tm: Run) -> None:
    """What a journalist asks for, after the columns that scripts cut by their position."""
    rows = list(
        csv.DictReader(tm("list", "activities", "--format", "csv").stdout.splitlines(keepends=True))
    )
    added = ("customers", "category", "year", "sources", "citation", "address")
    assert tuple(rows[0])[-6:] == added
    assert tuple(rows[0])[:5] == ("id", "about", "scope", "stance", "activity.type")
    row = next(row for row in rows if row["id"] == "uganda-firearms-instruction")
    assert {name: row[name] for name in added} == {
        "customers": "Uganda",
        "category": "resilient",
        "year": "",
        "sources": "cgtn-africa-2016",
        "citation": row["citation"],
        "address": "https://africa.cgtn.com/?p=21952",
    }
    assert "CGTN" in row["citation"]


AS_TM = "import sys; from targetmarkets.cli.entry import main; sys.argv[0] = 'tm'; main()"
COMPLETING = {"_TM_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "tm list --format "}

A_FORMAT = '''
"""Ids, and nothing else."""

from typing import Final

from targetmarkets.formats.interface import Listing, Look, Setters


def listing(listing: Listing, _: Look) -> str:
    """An id on each line."""
    return "".join(f"{record.id}\\n" for record in listing.records)


SETTERS: Final = Setters(lists=listing)
'''
ITS_LINE = '    Format("ids", "as_ids", ("lists",), ".ids", "an id on each line"),\n'


@pytest.fixture
def with_ids(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a copy of `tm` with another format: a file, and a line in the table."""
    formats = tmp_path / "targetmarkets" / "formats"
    shutil.copytree(ROOT / "src" / "targetmarkets", formats.parent)
    (formats / "as_ids.py").write_text(A_FORMAT, "utf-8")
    registry = (formats / "registry.py").read_text("utf-8")
    before, end, after = registry.partition(")  # fmt: skip")
    (formats / "registry.py").write_text(before + ITS_LINE + end + after, "utf-8")

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", AS_TM, *arguments],
            env={"PYTHONPATH": str(tmp_path), "TM_KB": str(bundled()), **environment},
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


def test_a_format_is_one_file_and_one_line(
    tm: Run, with_ids: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    ids = [record["id"] for record in json.loads(tm("list", "sources", "--json").stdout)]
    done = with_ids("list", "sources", "--format", "ids")
    assert (done.stdout.split(), done.stderr) == (ids, "")
    assert with_ids("list", "sources", "-o", "all.ids").returncode == 0
    assert (tmp_path / "all.ids").read_text("utf-8").split() == ids
    refused = with_ids("show", "syria", "-o", "all.ids")
    assert (refused.returncode, "all.ids asks for ids" in refused.stderr) == (2, True)
    assert f"--format {'|'.join(LIST_FORMATS)}|ids\n" in with_ids("list", "--help").stdout
    assert "|ids" not in with_ids("show", "--help").stdout
    said = with_ids("help", "formats").stdout
    assert "\n  ids        an id on each line\n" in said
    assert ".ids.\n" in said
    assert '"ids":"an id on each line"' in with_ids(**COMPLETING).stdout


@pytest.mark.parametrize(
    ("arguments", "modules"),
    [
        ("--help", []),
        ("list --help", []),
        ("help formats", []),
        ("list --format tsv", ["as_tsv"]),
        ("list --format jsonl", ["as_json", "as_jsonl"]),
        ("show syria -o -", ["as_text"]),
        ("verify --json", ["as_json"]),
        ("cite syria --format pandoc", ["citations.as_pandoc"]),
    ],
)
def test_a_run_imports_the_module_of_its_format_alone(arguments: str, modules: list[str]) -> None:
    assert imported(*arguments.split()) == modules


def test_completion_imports_the_module_of_no_format(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in COMPLETING.items():
        monkeypatch.setenv(name, value)
    assert imported() == []


def imported(*arguments: str) -> list[str]:
    """Modules of formats that a run imports."""
    code = (
        "import sys; from targetmarkets.cli.entry import start; sys.argv[0] = 'tm'; start(); "
        "print(*(name for name in sys.modules if '.as_' in name), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stdout
    names = (name for name in done.stderr.split() if name.startswith("targetmarkets.formats."))
    return sorted(name.removeprefix("targetmarkets.formats.") for name in names)
