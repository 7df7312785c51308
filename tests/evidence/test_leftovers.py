"""What nothing needs is named, and counts as found only where that is asked for."""

import json
import shutil
from pathlib import Path

import pytest

from targetmarkets.evidence.leftovers import leftovers, with_leftovers
from targetmarkets.evidence.verification import verify
from targetmarkets.writing.copying import copy
from targetmarkets.writing.transaction import begin
from tests.build import claim, content, customer, source
from tests.running import Run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A customer and a source that claims need, and one of each that none does."""
    lists = {
        "customers": [customer("syria"), customer("iran")],
        "sources": [source(), source("spare")],
        "claims": [claim("c", "syria")],
    }
    file = tmp_path / "kb" / "customers.json"
    file.parent.mkdir()
    file.write_text(json.dumps(content(**lists)), "utf-8")
    (file.parent / "sources").mkdir()
    return file


def test_objects_to_which_nothing_refers(path: Path, tmp_path: Path) -> None:
    found = [*leftovers(verify(path), path)]
    assert [(f.check, f.id, f.path) for f in found] == [
        ("use", "iran", "customers[1]"),
        ("use", "spare", "sources[1]"),
    ]
    assert found[0].message == "nothing refers to this customer: Iran"
    assert "tm remove iran" in found[0].remedy
    stored = copy(path, tmp_path / "kb.sqlite")
    assert [f.id for f in leftovers(verify(stored), stored)] == ["iran", "spare"]


def test_files_that_no_source_names(path: Path) -> None:
    folder = path.parent / "sources"
    for name in ("left.txt", ".keep", "shared.txt"):
        (folder / name).write_text("Words.")
    (folder / "below").mkdir()
    other = path.with_name("other.json")
    other.write_text('{"file": "shared.txt"}')
    path.with_name("broken.json").symlink_to("nowhere")
    files = [f for f in leftovers(verify(path), path) if f.check == "file"]
    assert [(f.file, f.id) for f in files] == [(str(folder / "left.txt"), None)]
    shutil.rmtree(folder)
    assert not [f for f in leftovers(verify(path), path) if f.check == "file"]


def test_a_text_of_a_store_that_no_source_names(path: Path, tmp_path: Path) -> None:
    stored = copy(path, tmp_path / "kb.sqlite")
    assert not [f for f in leftovers(verify(stored), stored) if f.check == "file"]
    with begin(stored) as transaction:
        transaction.archive({"left.txt": b"Words."})
        transaction.commit()
    files = [f for f in leftovers(verify(stored), stored) if f.check == "file"]
    assert [f.path for f in files] == ["left.txt"]
    again = copy(stored, tmp_path / "again.sqlite")
    assert not [f for f in leftovers(verify(again), again) if f.check == "file"]


def test_a_store_of_nothing_passes_all_checks_of_its_shape(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.json"
    nothing.write_text(json.dumps({"schema_version": 2}), "utf-8")
    of_file, of_store = verify(nothing), verify(copy(nothing, tmp_path / "nothing.sqlite"))
    assert [(c.name, c.status) for c in of_store.checks] == [
        (c.name, c.status) for c in of_file.checks
    ]


def test_of_what_does_not_load_there_is_nothing_to_say(path: Path) -> None:
    path.write_text(path.read_text().replace('"syria"]', '"cuba"]'), "utf-8")
    verification = verify(path)
    assert not verification.ok
    assert not [*leftovers(verification, path)]


def test_they_are_checks_where_that_is_asked_for(path: Path) -> None:
    verification = verify(path)
    whole = with_leftovers(verification, [*leftovers(verification, path)])
    assert (verification.ok, whole.ok) == (True, False)
    told = [(c.name, c.status, c.checked, c.findings) for c in whole.checks[-2:]]
    assert told == [("use", "failed", 4, 2), ("file", "passed", 0, 0)]


def test_the_command_names_them(tm: Run, path: Path) -> None:
    (path.parent / "sources" / "left.txt").write_text("Words.")
    done = tm("verify", "--kb", str(path))
    assert done.returncode == 0
    assert "tm: nothing refers to iran, spare\n" in done.stderr
    assert "tm: no source names left.txt\n" in done.stderr
    done = tm("verify", "--unused", "--json", "--kb", str(path))
    assert done.returncode == 1
    assert [f["check"] for f in json.loads(done.stdout)["findings"]] == ["use", "use", "file"]
    assert "nothing refers" not in done.stderr
    data = json.loads(path.read_text())
    data["customers"] += [customer(f"c{n}") for n in range(9)]
    path.write_text(json.dumps(data), "utf-8")
    told = tm("verify", "--kb", str(path)).stderr
    assert "nothing refers to iran, c0, c1, c2, c3, 6 more" in told
