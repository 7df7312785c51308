"""One writer at a time: many of them, of several users, and where there are no locks."""

import errno
import fcntl
import os
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.errors import OutputError
from targetmarkets.kb.json_file import load
from targetmarkets.model.objects import Customer
from targetmarkets.writing.edits import build
from targetmarkets.writing.lock import alone
from targetmarkets.writing.transaction import begin
from targetmarkets.writing.workspace import create
from tests.build import customer
from tests.running import TM, started, unmeasured
from tests.writing.test_replacing import GROUP, as_user, needs_root

TIMES = int(os.environ.get("TM_TEST_CHANGES", "5"))
"""Changes that each of several writers makes; a hundred with TM_TEST_CHANGES=100."""


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    return create(tmp_path / "kb", empty=True)


def add(kb: Path, *ids: str) -> None:
    for id_ in ids:
        with begin(kb) as transaction:
            transaction.add(build(Customer, customer(id_)))
            transaction.commit()


@pytest.fixture
def team() -> Iterator[Path]:
    """A workspace in a folder that a group shares by setgid."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        # Other users may not be able to import what this one can.
        add(create(Path(folder) / "first", empty=True), "one")
        "\0".encode("ascii")
        path = create(Path(folder) / "kb", empty=True)
        for each in (path.parent, *path.parent.iterdir()):
            os.chown(each, 1001, GROUP)
            each.chmod(0o2775 if each.is_dir() else 0o664)
        yield path


@needs_root
@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_users_of_one_group_write_in_turn(team: Path, umask: int) -> None:
    def write(*ids: str, files: dict[str, bytes]) -> None:
        os.umask(umask)
        add(team, *ids)
        with begin(team) as transaction:
            transaction.archive(files)
            transaction.add(build(Customer, customer(f"{ids[0]}-with-files")))
            transaction.commit()

    for number in range(TIMES):
        for user in (1001, 1002):
            name = f"by-{user}-{number}"
            work = partial(write, name, files={f"{name}.txt": b"words"})
            said = as_user(user, [GROUP], work)
            assert not said
            for path in team.parent.rglob("*"):
                status = path.stat()
                assert status.st_gid == GROUP, path
                wanted = 0o660 if path.is_file() else 0o770
                assert stat.S_IMODE(status.st_mode) & 0o770 == wanted, path
    assert len(load(team).customers) == 4 * TIMES


@needs_root
def test_users_of_one_group_write_at_once(team: Path) -> None:
    said: list[str] = []

    def writer(user: int) -> None:
        ids = [f"by-{user}-{number}" for number in range(TIMES * 2)]
        said.append(as_user(user, [GROUP], lambda: add(team, *ids)))

    writers = [threading.Thread(target=writer, args=(user,)) for user in (1001, 1002)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert said == ["", ""]
    assert len(load(team).customers) == 4 * TIMES


@needs_root
def test_a_lock_that_its_owner_did_not_share_is_named_with_the_remedy(team: Path) -> None:
    lock = team.with_name(".customers.json.lock")
    lock.touch()
    os.chown(lock, 1001, GROUP)
    lock.chmod(0o644)
    said = as_user(1002, [GROUP], lambda: add(team, "one"))
    assert "belongs to another user" in said
    assert f"chmod g+w {lock}" in said
    lock.chmod(0o664)
    assert not as_user(1002, [GROUP], lambda: add(team, "one"))


def without_locks(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    real = fcntl.flock

    def flock(file: Any, operation: int) -> None:
        if operation & fcntl.LOCK_UN:
            return real(file, operation)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", flock)


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_without_locks_a_lock_file_that_was_copied_along_says_nothing(
    kb: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    kb.with_name(".customers.json.lock").write_text("")
    without_locks(monkeypatch, number)
    add(kb, "one", "two")
    assert len(load(kb).customers) == 2
    assert not kb.with_name(".customers.json.writing").exists()


def test_without_locks_writers_wait_for_each_other(
    kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_locks(monkeypatch, errno.ENOSYS)
    monkeypatch.setattr("targetmarkets.writing.lock.LOCK_TIMEOUT", 0.2)
    with alone(kb), pytest.raises(OutputError, match="without locks") as caught:
        add(kb, "one")
    assert "delete" in (caught.value.remedy or "")
    add(kb, "one")


def test_without_locks_a_marker_that_was_copied_along_is_named(
    kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_locks(monkeypatch, errno.ENOSYS)
    monkeypatch.setattr("targetmarkets.writing.lock.LOCK_TIMEOUT", 0.2)
    marker = kb.with_name(".customers.json.writing")
    marker.write_text("1\nanother-computer\n")
    with pytest.raises(OutputError, match="says that somebody is writing") as caught:
        add(kb, "one")
    assert f"delete {marker}" in (caught.value.remedy or "")
    marker.unlink()
    add(kb, "one")


def test_without_locks_a_marker_of_a_killed_writer_is_not_waited_for(
    kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import fcntl, os, sys, errno, time, pathlib\n"
        "from targetmarkets.writing import lock\n"
        "def flock(*_): raise OSError(errno.ENOSYS, 'none')\n"
        "fcntl.flock = flock\n"
        "with lock.alone(pathlib.Path(sys.argv[1])):\n"
        "    print('in', flush=True); time.sleep(60)\n"
    )
    with started(
        [sys.executable, "-c", code, str(kb)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "in\n"
        writer.kill()
        writer.wait()
    assert kb.with_name(".customers.json.writing").exists()
    assert socket.gethostname()
    without_locks(monkeypatch, errno.ENOSYS)
    add(kb, "one")
    assert "one" in load(kb).customers


def test_a_writer_waits_as_long_as_others_get_on(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """22 that write at once take more than a minute on a slow machine, and none gives up."""
    monkeypatch.setattr("targetmarkets.writing.lock.LOCK_TIMEOUT", 0.5)
    done = threading.Event()

    def others() -> None:
        with alone(kb):
            entered.set()
            for _ in range(8):
                time.sleep(0.25)
                kb.with_name("another").touch()
                kb.with_name("another").unlink()
            done.set()

    entered = threading.Event()
    writer = threading.Thread(target=others)
    writer.start()
    assert entered.wait(10)
    add(kb, "one")
    assert done.is_set()
    writer.join()


@pytest.mark.long
def test_sixteen_writers_lose_nothing(tmp_path: Path) -> None:
    kb = create(tmp_path / "kb", empty=True)
    script = (
        "import subprocess, sys\n"
        "for n in range(int(sys.argv[2])):\n"
        "    subprocess.run([*sys.argv[3:], f'w {sys.argv[1]} {n}'], check=True,"
        " stdout=subprocess.DEVNULL)\n"
    )
    times = str(max(TIMES // 2, 1))
    command = [TM, "--kb", str(kb), "add", "customer", "--kind", "state", "--region", "Africa"]
    command[-1] = "Western Asia"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(number), times, *command], env=unmeasured()
        )
        for number in range(16)
    ]
    assert [writer.wait(timeout=800) for writer in writers] == [0] * 16
    added = {f"w-{number}-{n}" for number in range(16) for n in range(int(times))}
    assert set(load(kb).customers) == added
