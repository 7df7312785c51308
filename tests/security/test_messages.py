"""Messages: one line for each thing that is said, whatever stands in names, fields and files."""

import json
from pathlib import Path

import pytest

from tests import hostile
from tests.build import content, customer
from tests.conftest import Workspace
from tests.running import Run
from tests.security.reading import told, unsafe
from tests.security.running import tm

FORGED = "x\ntm: proved\r\n  \x1b[2J\u202eline 1: all is well\u2028"


def lines_of(said: str) -> list[str]:
    assert unsafe(said) == set()
    assert told(said) == []
    return said.splitlines()


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", FORGED),
        ("list", FORGED),
        ("list", "--category", FORGED),
        ("list", "--fields", FORGED),
        ("list", "--format", FORGED),
        ("list", "--limit", FORGED),
        ("list", f"--{FORGED}"),
        ("list", "--period", FORGED),
        ("list", "--output", f"/nowhere/{FORGED}"),
        ("search", FORGED, "--kind", FORGED),
        ("cite", "syria", "--style", FORGED),
        ("cite", "syria", "--style", f"./{FORGED}.csl"),
        ("coverage", FORGED),
        ("schema", FORGED),
        ("help", FORGED),
        ("diff", FORGED, FORGED),
        ("verify", "--kb", FORGED),
        ("add", "source", FORGED, "--kb", FORGED),
        (FORGED,),
        ("init", f"/dev/null/{FORGED}"),
    ],
    ids=lambda arguments: arguments[0].strip()[:6].strip(),
)
def test_what_is_typed_forges_no_line(arguments: tuple[str, ...]) -> None:
    done = tm(*arguments)
    assert (done.code, done.stdout) in {(2, ""), (3, "")}
    lines = lines_of(done.stderr)
    assert [line for line in lines if line.startswith("tm: ")] == lines[:1]
    assert not [line for line in lines if line.startswith("  line 1")]


def test_a_name_that_the_file_has_forges_no_finding(tmp_path: Path) -> None:
    path = tmp_path / "customers.json"
    broken = {**customer("a"), f"b{FORGED}": 1, "kind": FORGED, "region": FORGED}
    path.write_text(json.dumps(content(customers=[broken], **{FORGED: FORGED})), "utf-8")
    done = tm("list", "--kb", str(path))
    lines = lines_of(done.stderr)
    assert (done.code, len(lines)) == (3, 6)
    assert all(line.startswith("  line ") and "customers[0]" in line for line in lines[1:4])
    found = tm("verify", "--kb", str(path))
    assert lines_of(found.stdout)
    assert not [line for line in found.stdout.splitlines() if line.startswith("tm: ")]


def test_a_record_forges_no_line(workspace: Workspace, tmp_path: Path) -> None:
    record = tmp_path / "works.json"
    item = {"id": "w", "title": "T", f"odd{FORGED}": FORGED}
    record.write_text(json.dumps([item]), "utf-8")
    arguments = ("--record", str(record), "--descriptor", "A.", "--kb", str(workspace.file))
    done = tm("add", "source", *arguments)
    assert done.code == 0
    assert len(lines_of(done.stderr)) == 1
    record.write_text(json.dumps([{**item, "id": FORGED}, {**item, "id": f"{FORGED}2"}]), "utf-8")
    done = tm("add", "source", *arguments)
    assert done.code == 2
    assert len(lines_of(done.stderr)) == 2


def test_a_folder_with_a_hostile_name_forges_no_line(tmp_path: Path) -> None:
    folder = tmp_path / "x\ntm: proved\x1b[2J\u202e\n"
    hostile.build(folder)
    (folder / "sources" / "0.txt").unlink()
    for arguments in (("verify",), ("coverage",), ("show", "text-0"), ("search", "words")):
        done = tm(*arguments, "--kb", str(folder))
        lines = lines_of(done.stdout) + lines_of(done.stderr)
        assert lines
        assert not [line for line in lines if line.startswith("tm: proved")]


def test_the_environment_forges_no_line(tm: Run, workspace: Workspace) -> None:
    for name in ("TM_KB", "EDITOR", "VISUAL"):
        done = tm(
            "edit", "syria", env={"TM_KB": str(workspace.file), "EDITOR": "true", name: FORGED}
        )
        assert done.returncode in {2, 3}
        assert [line[:4] for line in lines_of(done.stderr)][:1] == ["tm: "]
        assert done.stderr.count("\ntm: ") == 0


@pytest.mark.parametrize("columns", ["-1", "99999999999", "\x1b[2J"])
def test_an_odd_environment_does_no_harm(tm: Run, columns: str) -> None:
    odd = {"COLUMNS": columns, "TERM": "\x1b[2J", "LC_ALL": "\x1b", "PAGER": "touch ran"}
    done = tm("list", env={**odd, "LESSOPEN": "|touch ran", "BROWSER": "touch ran"})
    assert done.returncode == 0
    assert unsafe(done.stdout) == set()


def test_an_editor_is_run_without_a_shell(tm: Run, workspace: Workspace, tmp_path: Path) -> None:
    """Arguments of an editor are its own; what a shell would make of them is nothing here."""
    before = workspace.snapshot()
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$(dirname "$0")/given"\n', "utf-8")
    script.chmod(0o700)
    done = tm(
        "edit", "syria", "--kb", str(workspace.file),
        env={"EDITOR": f"'{script}' --wait '$(touch ran)' `touch ran`;touch ran"},
    )  # fmt: skip
    assert done.returncode == 0
    *given, file = (tmp_path / "given").read_text("utf-8").splitlines()
    assert given == ["--wait", "$(touch ran)", "`touch", "ran`;touch", "ran"]
    assert Path(file).name == "syria.json"
    assert not (tmp_path / "ran").exists()
    assert workspace.snapshot() == before


def test_an_output_file_may_have_any_name(tmp_path: Path) -> None:
    for name in ("-rf", "--help", "$(touch ran)", "a\nb", "\x1b[2J", "=1.csv", "..."):
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(tmp_path)
            done = tm("list", f"--output={name}", "--format", "json")
        assert (done.code, done.stdout) == (0, ""), name
        assert json.loads((tmp_path / name).read_text("utf-8"))
        assert unsafe(done.stderr) == set()
    assert not (tmp_path / "ran").exists()


def test_names_that_look_like_options_are_names_after_two_dashes() -> None:
    for name in ("--help", "-rf", "--kb=/etc/passwd", "-"):
        done = tm("show", "--", name)
        assert (done.code, done.stdout) == (2, "")
        assert done.stderr.startswith("tm: there is no ")


def test_ids_that_would_be_options_or_markup_do_not_load(tmp_path: Path) -> None:
    path = tmp_path / "customers.json"
    odd = (
        "--help",
        "-rf",
        "a b",
        "a{b",
        "a,b",
        "a@b",
        "a/b",
        "../a",
        "A",
        "a_b",
        "é",
        "",
        "a\n",
        "x" * 101,
    )
    for id_ in odd:
        path.write_text(json.dumps(content(customers=[{**customer("a"), "id": id_}])), "utf-8")
        done = tm("list", "--kb", str(path))
        assert (done.code, done.stdout) == (3, ""), id_
        assert len(lines_of(done.stderr)) == 3
