"""`tm edit` beside others: no edit is lost, and nothing that was typed is thrown away."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from targetmarkets.kb.json_file import load
from targetmarkets.writing.typed import carry_over
from targetmarkets.writing.workspace import create
from tests.build import customer
from tests.cli.test_writing import editor
from tests.running import TM, Run, unmeasured

TIMES = int(os.environ.get("TM_TEST_CHANGES", "5"))


ADD = 's/"id": "syria",/"id": "syria",  "formerly": ["old-syria"],/'
"""What a person types."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return create(tmp_path / "my kb").parent


def state() -> Path:
    return Path(os.environ["XDG_STATE_HOME"])


def kept() -> list[Path]:
    return sorted(state().glob("targetmarkets/drafts/*/syria.*/syria.json"))


def meanwhile(folder: Path) -> str:
    """What an editor does while somebody else edits the same object."""
    return f'"{TM}" edit syria --from - --kb "{folder}" < "{folder}/theirs.json" >&2'


def stored(folder: Path, **fields: object) -> str:
    item = json.loads((folder / "customers.json").read_text())["customers"][0]
    assert item["id"] == "syria"
    return json.dumps(item | fields)


def test_of_two_edits_at_once_the_second_is_refused_and_kept(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    kb = ("--kb", str(folder))
    (folder / "theirs.json").write_text(stored(folder, region="Eastern Asia"))
    env = editor(tmp_path, f"{meanwhile(folder)}; sed -i '{ADD}' \"$1\"")
    done = tm("edit", "syria", *kb, env=env)
    assert (done.returncode, done.stdout) == (2, "")
    assert "syria was changed by somebody else meanwhile: nothing was written" in done.stderr
    (path,) = kept()
    assert f"what you wrote is kept in {path}" in done.stderr
    assert f"tm edit syria --resume --kb '{folder}'" in done.stderr
    assert "old-syria" in path.read_text()
    assert not (tmp_path / "opened1").exists(), "the editor does not open again and again"
    assert load(folder).customers["syria"].region == "Eastern Asia"

    resumed = tm("edit", "syria", "--resume", *kb, env={**env, "EDITOR": f"'{tmp_path}/editor'"})
    assert (resumed.returncode, resumed.stdout) == (0, "syria\n"), resumed.stderr
    shown = (tmp_path / "opened1").read_text()
    assert shown.startswith("// Somebody changed this since you wrote it:\n")
    assert '// -  "region": "Western Asia"\n// +  "region": "Eastern Asia"\n' in shown
    assert '\n  "region": "Eastern Asia"' in shown
    syria = load(folder).customers["syria"]
    assert (syria.formerly, syria.region) == (("old-syria",), "Eastern Asia")
    assert kept() == []
    again = tm("edit", "syria", "--resume", *kb, env=env)
    assert (again.returncode, again.stdout) == (2, "")
    assert "nothing that was typed of syria is kept" in again.stderr


def test_what_both_changed_is_settled_and_not_overwritten(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    kb = ("--kb", str(folder))
    (folder / "theirs.json").write_text(stored(folder, region="Eastern Asia"))
    settle = 'sed -i "/^[/][/]/d" "$1"'
    mine = 'sed -i "s/Western/Southern/" "$1"'
    env = editor(tmp_path, f"{meanwhile(folder)}; {mine}", "", "", settle)
    assert tm("edit", "syria", *kb, env=env).returncode == 2
    for number in (1, 2):
        done = tm("edit", "syria", "--resume", *kb, env=env)
        assert (done.returncode, done.stdout) == (2, ""), number
        assert "not settled" in done.stderr
        assert "// Both changed: region\n" in (tmp_path / f"opened{number}").read_text()
        assert load(folder).customers["syria"].region == "Eastern Asia"
        assert len(kept()) == 1
    done = tm("edit", "syria", "--resume", *kb, env=env)
    assert (done.returncode, done.stdout) == (0, "syria\n"), done.stderr
    assert load(folder).customers["syria"].region == "Southern Asia"


def test_what_was_refused_or_given_up_is_kept_and_told_of(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    kb = ("--kb", str(folder))
    done = tm("edit", "syria", *kb, env=editor(tmp_path, 'sed -i "s/Western/Nowhere/" "$1"'))
    assert done.returncode == 2
    (path,) = kept()
    assert "Nowhere Asia" in path.read_text()
    assert str(path) in done.stderr
    mend = 'sed -i "s/Nowhere/Southern/" "$1"'
    (tmp_path / "step3").write_text(mend)
    other = tm("edit", "syria", *kb, env=editor(tmp_path))
    assert other.returncode == 0
    assert f"what you wrote earlier is kept in {path}" in other.stderr
    (tmp_path / "n").write_text("3")
    done = tm("edit", "syria", "--resume", *kb, env=editor(tmp_path))
    assert done.returncode == 0, done.stderr
    assert load(folder).customers["syria"].region == "Southern Asia"


def test_an_editor_that_always_writes_something_else_ends(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "editor").write_text('#!/bin/sh\necho "x" >> "$1"; echo >> "$0.runs"\n')
    (tmp_path / "editor").chmod(0o755)
    env = {"EDITOR": str(tmp_path / "editor"), "VISUAL": ""}
    done = tm("edit", "syria", "--kb", str(folder), env=env)
    assert (done.returncode, done.stdout) == (2, "")
    assert len((tmp_path / "editor.runs").read_text()) <= 5
    assert len(kept()) == 1


def test_an_editor_that_returns_at_once_finds_its_file_there(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    """As `code` does without `--wait`."""
    kb = ("--kb", str(folder))
    done = tm("edit", "syria", *kb, env={"EDITOR": "true", "VISUAL": ""})
    assert done.returncode == 0
    assert "the editor was left at once; if it is open still, save there" in done.stderr
    (path,) = kept()
    path.write_text(path.read_text().replace("Western", "Southern"))
    done = tm("edit", "syria", "--resume", *kb, env={"EDITOR": "true", "VISUAL": ""})
    assert done.returncode == 0, done.stderr
    assert load(folder).customers["syria"].region == "Southern Asia"
    slow = tm("edit", "syria", *kb, env=editor(tmp_path, "sleep 1.1"))
    assert "at once" not in slow.stderr
    assert kept() == []


def test_a_dry_run_keeps_what_was_typed(tm: Run, folder: Path, tmp_path: Path) -> None:
    env = editor(tmp_path, 'sed -i "s/Western/Eastern/" "$1"')
    done = tm("edit", "syria", "--dry-run", "--kb", str(folder), env=env)
    assert "+ Eastern Asia" in done.stdout
    assert len(kept()) == 1
    assert "--resume takes it up again" in done.stderr.replace(f" --kb '{folder}'", "")


def test_without_a_home_what_was_typed_is_kept_all_the_same(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    env = editor(tmp_path, 'sed -i "s/Western/Nowhere/" "$1"')
    (tmp_path / "file").touch()
    env |= {"XDG_STATE_HOME": str(tmp_path / "file" / "none"), "TMPDIR": str(tmp_path)}
    done = tm("edit", "syria", "--kb", str(folder), env=env)
    assert done.returncode == 2
    path = next(tmp_path.glob("targetmarkets-*/drafts/*/syria.*/syria.json"))
    assert f"what you wrote is kept in {path}" in done.stderr
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_version_is_that_of_the_file(tm: Run, folder: Path, tmp_path: Path) -> None:
    kb, path = ("--kb", str(folder)), folder / "customers.json"
    stored_claim = json.loads(path.read_text())["claims"][0]
    (tmp_path / "claim.json").write_text(json.dumps({**stored_claim, "id": "another"}))
    (tmp_path / "syria.json").write_text(stored(folder, region="Southern Asia"))
    add = ("--kind", "state", "--region", "Western Asia")
    lines = (
        ("edit", "syria", "--from", "syria.json"),
        ("add", "claim", "--from", "claim.json"),
        ("add", "customer", "X", *add),
        ("add", "category", "Former", "--chapter", "VI"),
        ("add", "group", "some of them", "--member", "SY"),
        ("add", "event", "Seizure at Aden, 2014", "--kind", "interception"),
        ("add", "actor", "Some Ship", "--kind", "ship"),
        ("add", "source", "--title", "T", "--descriptor", "D."),
        ("add", "quote", "nknews-2015", "Damascus' chemical"),
        ("retract", "syria-gas-masks", "--reason", "Suits."),
        ("fmt",),
        ("anchor", "nknews-2015"),
    )
    for line in lines:
        before = path.read_bytes()
        done = tm(*line, *kb, "--if-version", "0123456789")
        assert (done.returncode, done.stdout) == (2, ""), line
        assert f"is now of version {hashlib.sha256(before).hexdigest()[:16]}" in done.stderr
        assert path.read_bytes() == before
        if line[0] != "anchor":
            done = tm(*line, *kb, "--if-version", hashlib.sha256(before).hexdigest())
            assert done.returncode == 0, done.stderr
    version = hashlib.sha256(path.read_bytes()).hexdigest()
    done = tm("add", "customer", "Y", *add, *kb, "--if-version", version[:12].upper())
    assert done.returncode == 0
    for wrong in ("", version[:7], "x" * 64):
        done = tm("add", "customer", "Z", *add, *kb, "--if-version", wrong)
        assert (done.returncode, done.stdout) == (2, "")
        assert "sha256sum" in done.stderr


def test_resume_and_from_contradict(tm: Run, folder: Path) -> None:
    done = tm("edit", "syria", "--resume", "--from", "-", "--kb", str(folder))
    assert (done.returncode, done.stdout) == (2, "")


def test_what_cannot_be_replaced_opens_no_editor(tm: Run, folder: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    (folder / "customers.json").chmod(0o400)
    done = tm("edit", "syria", "--kb", str(folder), env=editor(tmp_path, "true"))
    assert done.returncode == 3
    assert not (tmp_path / "n").exists()


@pytest.mark.parametrize(
    ("typed", "base", "now", "merged", "both"),
    [
        ('{"a": 1, "b": 3}', '{"a": 1, "b": 2}', '{"a": 5, "b": 2}', {"a": 5, "b": 3}, []),
        ('{"a": 1}', '{"a": 1, "b": 2}', '{"a": 1, "b": 2, "c": 3}', {"a": 1, "c": 3}, []),
        ('{"a": 1, "b": 2}', '{"a": 1, "b": 2}', '{"b": 2}', {"b": 2}, []),
        ('{"a": 2}', '{"a": 1}', '{"a": 2}', {"a": 2}, []),
        ('{"a": 3}', '{"a": 1}', '{"a": 2}', {"a": 3}, ["a"]),
        ("{}", '{"a": 1}', '{"a": 2}', {}, ["a"]),
        ('{"a": 3}', '{"a": 1}', "{}", {"a": 3}, ["a"]),
    ],
)
def test_fields_are_carried_over(
    typed: str, base: str, now: str, merged: object, both: list[str]
) -> None:
    carried = carry_over(typed, base, now)
    assert (json.loads(carried.text), carried.both) == (merged, both)


def test_a_text_that_is_no_json_is_carried_over_as_it_is() -> None:
    for typed in ('{"a": ', "[]", ""):
        carried = carry_over(typed, '{"a": 1}', '{"a": 2}')
        assert carried.text == typed
        assert carried.both == ["the text as a whole"]
        assert carried.differences == ['-{"a": 1}', '+{"a": 2}']
    assert carry_over("{", "{}", "{}") == ("{", [], [])


@pytest.mark.long
def test_eight_editors_of_one_object_lose_nothing(tmp_path: Path) -> None:
    """Each counts one up, and does it again where it is refused."""
    kb = create(tmp_path / "kb", empty=True)
    counted = customer("counted", region="Western Asia")
    kb.write_text(json.dumps(json.loads(kb.read_text()) | {"customers": [counted]}))
    (tmp_path / "count.py").write_text(
        "import json, sys\n"
        "path = sys.argv[1]\n"
        "item = json.load(open(path))\n"
        "item['aliases'] = [str(int(item.get('aliases', ['0'])[0]) + 1)]\n"
        "json.dump(item, open(path, 'w'))\n"
    )
    script = (
        "import subprocess, sys\n"
        "done = 0\n"
        "while done < int(sys.argv[1]):\n"
        "    run = subprocess.run(sys.argv[2:], capture_output=True, text=True)\n"
        "    assert run.returncode in (0, 2), run\n"
        "    assert run.returncode == 0 or 'somebody else' in run.stderr, run\n"
        "    done += run.returncode == 0\n"
    )
    env = {
        **unmeasured(), "VISUAL": "", "EDITOR": f"{sys.executable} {tmp_path / 'count.py'}",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }  # fmt: skip
    command = [sys.executable, "-c", script, str(TIMES), TM, "edit", "counted", "--kb", str(kb)]
    editors = [subprocess.Popen(command, env=env) for _ in range(8)]
    assert [each.wait(timeout=800) for each in editors] == [0] * 8
    assert load(kb).customers["counted"].aliases == (str(8 * TIMES),)
