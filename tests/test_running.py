"""That `tm` run in this process does what a process of its own does."""

import gc
import os
import re
import sys
from pathlib import Path

import pytest

from targetmarkets.cli import app
from targetmarkets.writing.workspace import create
from tests.running import TM, Run, run_here, run_process

EDITOR = "sh -c 'echo out; echo err >&2; sed -i s/Syria/Suriya/ $0'"

LINES: dict[str, tuple[tuple[str, ...], dict[str, str], str]] = {
    "help": (("--help",), {}, ""),
    "version": (("--version",), {}, ""),
    "help of a command": (("add", "--help"), {"COLUMNS": "40"}, ""),
    "rows": (("list",), {}, ""),
    "csv": (("list", "claims", "--format", "csv"), {}, ""),
    "table": (("list", "--format", "table"), {"COLUMNS": "60", "FORCE_COLOR": "1"}, ""),
    "json": (("show", "syria", "resilient", "--json"), {}, ""),
    "dossier": (("show", "syria"), {}, ""),
    "search": (("search", "gas", "masks"), {}, ""),
    "citations": (("cite", "syria", "--format", "bibtex"), {}, ""),
    "styled": (("cite", "syria", "--style", "apa"), {}, ""),
    "verified": (("verify",), {"TM_KB": "kb"}, ""),
    "timeline": (("timeline", "syria"), {}, ""),
    "matrix": (("matrix", "--format", "table"), {"COLUMNS": "100"}, ""),
    "comparison": (("compare", "iran", "syria", "-o", "both.md"), {}, ""),
    "statistics": (("stats", "-o", "out.csv"), {}, ""),
    "nothing found": (("list", "--activity", "weapon designs"), {}, ""),
    "no command": (("bad",), {}, ""),
    "no option": (("list", "--bad"), {}, ""),
    "no value": (("list", "--limit", "many"), {}, ""),
    "nobody": (("show", "nobody\x1b[31m"), {}, ""),
    "no file": (("list",), {"TM_KB": "nowhere"}, ""),
    "broken": (("list", "--kb", "broken.json"), {}, ""),
    "a check that fails": (("verify", "--kb", "broken.json"), {}, ""),
    "no text": (("show", os.fsdecode(b"\xff\xfe")), {}, ""),
    "not to be changed": (("fmt",), {}, ""),
    "changed": (("retract", "syria-gas-masks", "--reason", "No."), {"TM_KB": "kb"}, ""),
    "tried": (("add", "group", "them", "--dry-run"), {"TM_KB": "kb"}, ""),
    "from stdin": (("add", "quote", "nknews-2015", "-"), {"TM_KB": "kb"}, "Damascus' chemical"),
    "a document from stdin": (
        ("add", "source", "-", "--title", "T", "--descriptor", "D."), {"TM_KB": "kb"}, "é“words”",
    ),
    "edited": (("edit", "syria"), {"TM_KB": "kb", "EDITOR": EDITOR}, ""),
    "given up": (("edit", "syria"), {"TM_KB": "kb", "EDITOR": "false"}, ""),
    "completion": ((), {"_TM_COMPLETE": "complete_bash", "COMP_WORDS": "tm\nsh",
                        "COMP_CWORD": "1"}, ""),
    "no completion": ((), {"_TM_COMPLETE": "x"}, ""),
}  # fmt: skip
"""What is typed, in what environment, with what on stdin."""


_TIME = re.compile(rb'(?<="at": ")[-0-9T:+]+(?=")')
"""When a change was made, as the history of a file has it."""


@pytest.mark.parametrize("name", LINES)
def test_here_and_as_a_process_it_does_the_same(tmp_path: Path, name: str) -> None:
    words, env, given = LINES[name]
    results = []
    for number, run in enumerate((run_here, run_process)):
        folder = tmp_path / str(number)
        create(folder / "kb")
        (folder / "broken.json").write_text('{"schema_version": 1, "claims": [{"id": "a"}]}')
        done = run(*words, cwd=folder, env=env, input=given)
        files = {
            path.relative_to(folder): (path.stat().st_mode, _TIME.sub(b"", path.read_bytes()))
            for path in folder.rglob("*")
            if path.is_file()
        }
        said = re.sub(r"/drafts/\w+/\w+\.\w+/", "/drafts/", done.stderr)  # their names are random
        results.append(((done.returncode, done.stdout, said), files))
    assert results[0] == results[1]


def test_the_whole_process_is_as_before(tm: Run, tmp_path: Path) -> None:
    def state() -> object:
        return (
            os.getcwd(),  # noqa: PTH109 - as it is
            dict(os.environ),
            list(sys.argv),
            (sys.stdin, sys.stdout, sys.stderr),
            [os.fstat(number).st_ino for number in range(3)],
            gc.isenabled(),
            sys.modules.get("rich"),
            os._exit,
        )

    import rich  # noqa: F401 - one that is imported stays

    before, mask = state(), os.umask(0o027)
    try:
        for env in ({}, {"_TM_COMPLETE": "complete_bash", "COMP_WORDS": "tm", "COMP_CWORD": "1"}):
            tm("list", "--output", "list.tsv", env={**env, "NEW": "variable"})
        assert os.umask(0o027) == 0o027
        assert (tmp_path / "list.tsv").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(mask)
    assert state() == before


def test_nothing_ends_or_interrupts_pytest_unseen(tm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (KeyboardInterrupt, pytest.fail.Exception):
        monkeypatch.setattr(app, "app", raising(error))
        with pytest.raises(error):
            tm("list")
    monkeypatch.setattr(app, "app", lambda **_: os._exit(0))
    assert "left with 0" in tm("list").stderr


def raising(error: type[BaseException]) -> object:
    def call(**_: object) -> None:
        raise error

    return call


def test_the_program_that_is_tested_is_the_one_installed_here() -> None:
    assert Path(TM).parent == Path(sys.executable).parent
