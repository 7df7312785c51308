"""`tm show`: the overview, the whole, the pager, links."""

import json
import re
from pathlib import Path

import pytest

from targetmarkets.cli.output import has_links
from tests.running import Run
from tests.security.running import tm as terminal_here

LINK = "\x1b]8;"


@pytest.fixture
def pager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a pager was given."""
    program, paged = tmp_path / "my pager", tmp_path / "paged"
    program.write_text(f"#!/bin/sh\necho \"$LESS\" \"$@\" > '{paged}'\ncat >> '{paged}'\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PAGER", f"'{program}' -x")
    monkeypatch.delenv("LESS", raising=False)
    return paged


def test_the_overview_is_the_same_in_a_pipe_in_a_file_and_on_a_terminal(
    tm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    piped = tm("show", "syria").stdout
    assert piped == terminal_here("show", "syria", terminal=True).stdout
    assert tm("show", "syria", "-o", str(tmp_path / "s.txt")).returncode == 0
    assert (tmp_path / "s.txt").read_text("utf-8") == piped
    wide = tm("show", "syria", env={"COLUMNS": "120"}).stdout
    assert max(map(len, wide.split("\n"))) in range(81, 121)
    for odd in ("", "0", "-3", "wide", "99999"):
        assert tm("show", "syria", env={"COLUMNS": odd}).stdout == piped


def test_markdown_has_the_overview_and_the_whole_with_full(tm: Run, tmp_path: Path) -> None:
    file = tmp_path / "syria.md"
    assert tm("show", "syria", "-o", str(file)).returncode == 0
    page = file.read_text("utf-8")
    assert "| **Supply or service** |" in page
    assert re.search(r"^\[\^1\]: NK News", page, re.MULTILINE)
    assert tm("show", "syria", "--full", "-o", str(file)).returncode == 0
    assert "## Activities" in file.read_text("utf-8")
    assert set(re.findall(r"\[\^\d+\](?!:)", page)) == set(
        re.findall(r"^\[\^\d+\](?=:)", page, re.MULTILINE)
    )


def test_json_is_whole_and_has_the_overview(tm: Run) -> None:
    record = json.loads(tm("show", "syria", "--json").stdout)
    assert record == json.loads(tm("show", "syria", "--json", "--full").stdout)
    assert {"activities", "quotes", "overview"} <= record.keys()
    chosen = json.loads(tm("show", "syria", "--json", "--fields", "overview.supplies").stdout)
    assert chosen == {"overview": {"supplies": record["overview"]["supplies"]}}


def test_the_whole_goes_through_the_pager_on_a_terminal(pager: Path) -> None:
    shown = terminal_here("show", "syria", "--full", terminal=True)
    assert (shown.code, shown.stdout) == (0, "")
    options, _, text = pager.read_text("utf-8").partition("\n")
    assert options == "-R -x"
    assert "said of Syria alone" in text
    assert text.count("\n") > 200


@pytest.mark.parametrize(
    ("arguments", "terminal"),
    [
        (("show", "syria"), True),  # an overview fits
        (("show", "syria", "--full"), False),
        (("show", "syria", "--full", "--no-pager"), True),
        (("show", "syria-gas-masks", "--full"), True),  # short enough
        (("show", "syria", "--full", "--json"), True),
    ],
)
def test_nothing_else_is_paged(
    pager: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], *, terminal: bool
) -> None:
    monkeypatch.setenv("LINES", "60")
    assert "syria" in terminal_here(*arguments, terminal=terminal).stdout
    assert not pager.exists()


@pytest.mark.parametrize("command", ["", "cat", "no-such-pager-anywhere", "less '"])
def test_without_a_pager_all_is_printed(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("PAGER", command)
    shown = terminal_here("show", "syria", "--full", terminal=True)
    assert shown.stdout.count("\n") > 200


def test_a_pager_that_is_left_early_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "head -1")
    shown = terminal_here("show", "syria", "--full", terminal=True)
    assert (shown.code, shown.stderr) == (0, "")
    assert re.sub("\x1b\\[[0-9;]*m", "", shown.stdout) == "Syria\n"


def test_sources_are_links_where_the_terminal_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TERM_PROGRAM", "VTE_VERSION", "WT_SESSION", "KONSOLE_VERSION", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    assert LINK not in terminal_here("show", "syria", terminal=True).stdout
    monkeypatch.setenv("VTE_VERSION", "7200")
    shown = terminal_here("show", "syria", terminal=True).stdout
    assert re.search(r"\x1b\]8;[^;]*;https?://[!-~]+\x1b\\", shown)
    assert LINK not in terminal_here("show", "syria", "--no-color", terminal=True).stdout
    assert LINK not in terminal_here("show", "syria").stdout


@pytest.mark.parametrize(
    ("environment", "links"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM_PROGRAM": "WezTerm"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"VTE_VERSION": "4900"}, False),
        ({"VTE_VERSION": "5002"}, True),
        ({"VTE_VERSION": "9" * 5000}, True),
        ({"VTE_VERSION": "new"}, False),
        ({"WT_SESSION": ""}, True),
    ],
)
def test_only_terminals_that_show_links_get_them(
    environment: dict[str, str], *, links: bool
) -> None:
    assert has_links(environment) is links
