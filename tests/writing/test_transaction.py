"""Writing: one writer at a time, validated as a whole, the old file or the new one, whole."""

import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from targetmarkets.errors import InvalidError, OutputError, RefusedError, UsageError
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.json_file import load, write_canonical
from targetmarkets.kb.paths import bundled
from targetmarkets.kb.replacing import write_bytes
from targetmarkets.model.objects import Customer
from targetmarkets.writing.edits import build
from targetmarkets.writing.transaction import Change, Transaction, begin, rewrite
from targetmarkets.writing.workspace import create
from tests.build import customer
from tests.running import TM, started, unmeasured

KILLS = int(os.environ.get("TM_TEST_KILLS", "60"))
"""Writers that are killed; several hundred with TM_TEST_KILLS=500."""


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    return create(tmp_path / "kb")


Edit = Callable[[Transaction], None]


def change(kb: Path | None, edit: Edit, *, dry_run: bool = False) -> Change:
    with begin(kb, dry_run=dry_run) as transaction:
        edit(transaction)
        return transaction.commit()


def adding(*ids: str) -> Edit:
    return lambda transaction: transaction.add(*(build(Customer, customer(id_)) for id_ in ids))


def test_a_change_is_written_and_proved(kb: Path) -> None:
    before = load(kb)
    done = change(kb, adding("one"))
    assert list(done.before.objects) == list(before.objects)
    assert list(done.after.objects) == list(load(kb).objects)
    assert "one" in load(kb).customers
    assert verify(kb).ok


def test_a_dry_run_changes_nothing(kb: Path) -> None:
    before = {path: path.read_bytes() for path in kb.parent.rglob("*") if path.is_file()}
    done = change(kb, adding("one"), dry_run=True)
    assert "one" in done.after.customers
    assert {path: path.read_bytes() for path in kb.parent.rglob("*") if path.is_file()} == before


def test_nothing_that_would_be_wrong_is_written(kb: Path) -> None:
    before = kb.read_bytes()
    with pytest.raises(RefusedError) as caught:
        change(kb, adding("syria"))
    assert caught.value.findings[0].message == "the id 'syria' is taken: a customer has it too"

    def misquote(transaction: Transaction) -> None:
        first = next(iter(transaction.kb.quotes.values()))
        transaction.replace(first.model_copy(update={"exact": first.exact + "."}))

    with pytest.raises(RefusedError) as caught:
        change(kb, misquote)
    assert {finding.check for finding in caught.value.findings} == {"quotation"}
    assert kb.read_bytes() == before


def test_an_object_takes_the_place_of_one_of_its_own_type_alone(kb: Path) -> None:
    before = kb.read_bytes()
    actor = next(iter(load(kb).actors.values())).model_copy(update={"id": "syria"})
    with pytest.raises(RefusedError) as caught:
        change(kb, lambda transaction: transaction.replace(actor))
    assert caught.value.findings[0].message == "the id 'syria' is taken: a customer has it too"
    assert kb.read_bytes() == before


def test_an_id_that_something_had_before_is_taken(kb: Path) -> None:
    def renaming(id_: str, *formerly: str) -> Edit:
        def edit(transaction: Transaction) -> None:
            item = transaction.kb.customers[id_]
            transaction.replace(item.model_copy(update={"formerly": formerly}))

        return edit

    change(kb, renaming("syria", "old-syria"))
    before = kb.read_bytes()
    for edit in (
        adding("old-syria"),
        renaming("iran", "syria"),
        renaming("iran", "old-syria"),
        renaming("iran", "iran"),
        renaming("iran", "one", "one"),
    ):
        with pytest.raises(RefusedError) as caught:
            change(kb, edit)
        assert {finding.check for finding in caught.value.findings} == {"ids"}
        assert "is taken: a customer has it too" in caught.value.findings[0].message
    assert kb.read_bytes() == before
    change(kb, renaming("syria", "old-syria", "older-syria"))
    assert load(kb).customers["syria"].formerly == ("old-syria", "older-syria")


def test_the_bundled_knowledge_base_is_not_changed(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(bundled())
    for name in (None, bundled(), bundled().parent, tmp_path / "link.json"):
        with pytest.raises(UsageError, match="bundled") as caught:
            change(name, adding("one"))
        assert "tm init" in (caught.value.remedy or "")


def test_a_key_that_stands_twice_is_not_lost(kb: Path) -> None:
    text = kb.read_text().replace('"name": "Syria",', '"name": "Sirya",\n      "name": "Syria",', 1)
    kb.write_text(text)
    with pytest.raises(InvalidError, match="can be used") as caught:
        change(kb, adding("one"))
    assert caught.value.findings[0].line
    assert kb.read_text() == text


def test_permissions_are_kept_and_links_followed(kb: Path, tmp_path: Path) -> None:
    kb.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(kb)
    change(link, adding("one"))
    assert link.is_symlink()
    assert stat.S_IMODE(kb.stat().st_mode) == 0o640
    assert "one" in load(kb).customers


def test_a_full_disk_leaves_the_old_file(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kb.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        change(kb, adding("one"))
    assert kb.read_bytes() == before
    assert not list(kb.parent.glob("*.tmp")) + list(kb.parent.glob(".*.tmp"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_is_read_only_is_said(kb: Path) -> None:
    kb.parent.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            change(kb, adding("one"))
    finally:
        kb.parent.chmod(0o700)


def test_the_file_is_canonical_after_a_change(kb: Path) -> None:
    kb.write_text(json.dumps(json.loads(kb.read_text())))
    rewrite(kb, lambda _, path: load(path).content)
    assert kb.read_text() == write_canonical(load(kb).content)


def test_what_a_killed_writer_left_is_swept_up(kb: Path) -> None:
    """And nothing else: not in the folder of archived texts either, and not what is another's."""
    sources = kb.parent / "sources"
    strays = [kb.with_name(f".{kb.name}.abcd_123.tm.tmp"), sources / ".x.txt.abcd_123.tm.tmp"]
    foreign = [
        kb.with_name(".draft.tmp"), sources / ".notes.tmp", sources / ".notes.abc.tmp",
        kb.with_name(".other.json.abcd_123.tm.tmp"), sources / ".x.abcd-123.tm.tmp",
    ]  # fmt: skip
    for path in (*strays, *foreign):
        path.write_text("{")
    change(kb, adding("one"))
    assert not any(path.exists() for path in strays)
    assert all(path.exists() for path in foreign)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_what_another_user_left_is_not_swept_up(kb: Path) -> None:
    stray = kb.with_name(f".{kb.name}.abcd_123.tm.tmp")
    stray.write_text("{")
    os.chown(stray, 12345, -1)
    change(kb, adding("one"))
    assert stray.exists()


def test_what_a_killed_output_left_is_swept_up_when_it_is_old(tmp_path: Path) -> None:
    old, new = (tmp_path / f".list.csv.{name}.tm.tmp" for name in ("abcd_123", "abcd_124"))
    for path in (old, new):
        path.write_text("half")
    os.utime(old, (time.time() - 4000,) * 2)
    write_bytes(tmp_path / "list.csv", b"whole")
    assert not old.exists()
    assert new.exists(), "somebody may be writing it"


@pytest.mark.long
@pytest.mark.usefixtures("interruptible")
def test_writers_that_are_killed_leave_the_old_file_or_the_new(kb: Path) -> None:
    """Kill real writers at random moments of their run, and look at what is left each time."""
    random.seed(1)
    start = time.monotonic()
    subprocess.run(_add(kb, "whole"), check=True, capture_output=True)
    whole = time.monotonic() - start
    written = 0
    for number in range(KILLS):
        name = f"killed {number}"
        with started(_add(kb, name), stdout=subprocess.PIPE, env=unmeasured()) as process:
            # most often near the end of a run, where the writing is
            time.sleep(whole * random.triangular(0, 1.2, 0.95))
            process.send_signal(random.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT]))
            told = process.communicate()[0]
        there = f"killed-{number}" in load(kb).customers
        written += there
        assert there or not told, "what was told is there"
    assert verify(kb).ok
    assert list(load(kb).customers).count("whole") == 1
    subprocess.run(_add(kb, "last"), check=True, capture_output=True)
    assert not list(kb.parent.glob(".*.tmp"))
    if KILLS >= 50:
        assert 0 < written < KILLS, "the kills come before and after the writing"


@pytest.mark.long
def test_eight_writers_at_once_lose_nothing(kb: Path) -> None:
    before = set(load(kb).customers)
    script = (
        "import subprocess, sys\n"
        "for n in range(5):\n"
        "    subprocess.run([*sys.argv[2:], f'w {sys.argv[1]} {n}'], check=True,"
        " stdout=subprocess.DEVNULL)\n"
    )
    command = _add(kb, "")[:-1]
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(number), *command], env=unmeasured())
        for number in range(8)
    ]
    assert [writer.wait(timeout=300) for writer in writers] == [0] * 8
    added = {f"w-{number}-{n}" for number in range(8) for n in range(5)}
    assert set(load(kb).customers) == before | added
    assert verify(kb).ok


def test_a_lock_that_is_held_is_waited_for_and_then_said(
    kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setattr("targetmarkets.writing.lock.LOCK_TIMEOUT", 0.1)
    with (
        FileLock(kb.with_name(f".{kb.name}.lock")),
        pytest.raises(OutputError, match="locked by another writer"),
    ):
        change(kb, adding("one"))
    change(kb, adding("one"))


def test_archived_files_are_put_before_the_text_that_names_them(kb: Path) -> None:
    calls = []

    def edit(transaction: Transaction) -> None:
        calls.append(transaction)
        transaction.archive({"new.txt": b"words"})

    change(kb, edit, dry_run=True)
    assert not (kb.parent / "sources" / "new.txt").exists()
    change(kb, edit)
    assert (kb.parent / "sources" / "new.txt").read_bytes() == b"words"
    assert len(calls) == 2


def test_an_archived_file_is_never_overwritten(kb: Path) -> None:
    target = kb.parent / "sources" / "mine.txt"
    target.write_text("words")
    before = target.stat().st_ino
    change(kb, lambda transaction: transaction.archive({"mine.txt": b"words"}))
    assert target.stat().st_ino == before
    with pytest.raises(OutputError, match="another file"):
        change(kb, lambda transaction: transaction.archive({"mine.txt": b"others"}))
    assert target.read_text() == "words"
    (kb.parent / "sources" / "link.txt").symlink_to(kb.parent / "none")
    with pytest.raises(OutputError, match="another file"):
        change(kb, lambda transaction: transaction.archive({"link.txt": b"words"}))


def test_knowledge_bases_in_one_folder_wait_for_each_other(
    kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setattr("targetmarkets.writing.lock.LOCK_TIMEOUT", 0.1)
    other = kb.with_name("other.json")
    other.write_bytes(kb.read_bytes())
    with (
        FileLock(kb.with_name(f".{kb.name}.lock")),
        pytest.raises(OutputError, match="locked by another writer"),
    ):
        change(other, adding("one"))


@pytest.mark.parametrize("name", ["new", "old"])
def test_write_bytes_replaces_whole_files(tmp_path: Path, name: str) -> None:
    (tmp_path / "old").write_bytes(b"before")
    (tmp_path / "old").chmod(0o604)
    write_bytes(tmp_path / name, b"after")
    assert (tmp_path / name).read_bytes() == b"after"
    mode = stat.S_IMODE((tmp_path / name).stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    assert mode == (0o604 if name == "old" else 0o666 & ~umask)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({"old", name})


def test_write_bytes_says_where_it_cannot(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        write_bytes(tmp_path, b"")
    with pytest.raises(OutputError, match="No such file"):
        write_bytes(tmp_path / "none" / "file", b"")
    with pytest.raises(OutputError, match="cannot be written"):
        write_bytes(tmp_path / "a\0b", b"")
    write_bytes(Path(os.devnull), b"gone")


def _add(kb: Path, name: str) -> list[str]:
    options = ["--kind", "state", "--region", "Western Asia"]
    return [TM, "--kb", str(kb), "add", "customer", *options, name]
