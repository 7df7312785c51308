"""`tm` alone: where one is, and what to try next."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.build import category, classification, content, customer, source
from tests.cli.test_process import on_terminal
from tests.conftest import Workspace
from tests.running import Run


def tried(output: str) -> list[list[str]]:
    """The commands that are offered, as they are typed."""
    block = output.partition("\nTry\n")[2].partition("\n\n")[0]
    return [shlex.split(re.split(r"\s\s+", line.strip())[0]) for line in block.splitlines()]


def written(folder: Path, **lists: Any) -> str:
    path = folder / "customers.json"
    path.write_text(json.dumps(content(**lists)), "utf-8")
    return str(path)


def test_it_says_what_is_here_and_what_to_try(tm: Run) -> None:
    done = tm()
    assert (done.returncode, done.stderr) == (0, "")
    first, *_ = done.stdout.splitlines()
    assert first.startswith("14 customers, those of one book")
    for line in ("Reluctant  yemen, ethiopia", "Ad hoc     republic-of-the-congo, eritrea, tanz"):
        assert f"\n{line}" in done.stdout
    assert re.search(r"\n\d+ claims, \d+ events, \d+ quotations, \d+ sources to 20", done.stdout)
    assert "tm --help" in done.stdout
    commands = tried(done.stdout)
    assert len(commands) == 4
    assert ["tm", "show", "syria"] in commands
    for _, *arguments in commands:
        assert tm(*arguments).returncode == 0, arguments


def test_on_a_terminal_of_80_columns_six_lines_say_it() -> None:
    code, output = on_terminal(env={"NO_COLOR": "1", "COLUMNS": "80"})
    lines = output.splitlines()
    assert code == 0
    assert max(map(len, lines)) <= 80
    assert lines.index("") <= 6
    assert len(lines) <= 24
    assert "\x1b" in on_terminal()[1]
    assert "\x1b" not in on_terminal("--no-color")[1]


def test_any_knowledge_base_is_told_of_as_it_is(tm: Run, tmp_path: Path) -> None:
    kb = written(
        tmp_path,
        customers=[customer("b"), *(customer(f"c{n}") for n in range(15)), customer("x")],
        categories=[category("good"), category("bad")],
        claims=[classification(f"k{n}", f"c{n}", "good") for n in range(15)],
    )
    done = tm("--kb", kb)
    assert done.stdout == tm(env={"TM_KB": kb}).stdout
    assert done.stdout.startswith("17 customers\n15 claims, 0 events, 0 quotations, 1 sources\n")
    named = ", ".join(f"c{n}" for n in range(12))
    assert f"\nGood         {named} and 3 more\n" in done.stdout
    assert "\nBad          nobody\n" in done.stdout
    assert "\nno category  b, x\n" in done.stdout
    assert ["tm", "show", "c0"] in tried(done.stdout)


def test_an_empty_one_says_how_to_begin(tm: Run, tmp_path: Path) -> None:
    done = tm("--kb", written(tmp_path, sources=[source()]))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("no customers\n")
    assert ["tm", "add", "--help"] in tried(done.stdout)


def test_one_that_cannot_be_read_is_an_error_as_elsewhere(tm: Run, workspace: Workspace) -> None:
    missing = tm("--kb", "nowhere")
    assert (missing.returncode, missing.stdout) == (3, "")
    assert missing.stderr.startswith("tm: nowhere does not exist\n")
    workspace.file.write_text("{", "utf-8")
    broken = tm("--kb", str(workspace.file))
    assert (broken.returncode, broken.stdout) == (3, "")
    assert "not JSON" in broken.stderr


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("--version",)])
def test_help_does_without_a_knowledge_base(tm: Run, arguments: tuple[str, ...]) -> None:
    assert tm(*arguments, env={"TM_KB": "nowhere"}).returncode == 0
