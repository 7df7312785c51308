"""Formats through the process: named by an option, or by the ending of the output file."""

import csv
import json
from pathlib import Path

import pytest

from targetmarkets.formats.registry import DOSSIER_FORMATS, LIST_FORMATS, REPORT_FORMATS
from tests.conftest import Run


@pytest.mark.parametrize(
    ("command", "ending", "format_"),
    [
        ("list", ".jsonl", "jsonl"),
        ("list", ".csv", "csv"),
        ("list", ".MD", "markdown"),
        ("list", ".unknown", "tsv"),
        ("show syria tanzania", ".md", "markdown"),
        ("show syria", ".log", "text"),
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
