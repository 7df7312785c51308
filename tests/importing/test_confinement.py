"""What the process that reads documents cannot do, by whatever way code in it tries."""

import ctypes
import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from targetmarkets.importing import confinement
from targetmarkets.importing.confinement import (
    _can_leave_networks,
    landlock_abi,
    what_holds,
)
from targetmarkets.importing.extract import extract
from tests.conftest import ROOT

needs_landlock = pytest.mark.skipif(landlock_abi() < 1, reason="this kernel has no Landlock")

BY_MACHINE_CODE = """
import ctypes, json, os, sys
from targetmarkets.importing import confinement
path, port, *without = sys.argv[1:]
if "landlock" in without:
    confinement.landlock_abi = lambda: 0
if "namespaces" in without:
    confinement.leave_networks = lambda: False
confinement.confine(20)
c = ctypes.CDLL(None, use_errno=True)  # as code would that took the process over: past Python

address = (2).to_bytes(2, "little") + int(port).to_bytes(2, "big") + bytes([127, 0, 0, 1])
address += bytes(8)

name = path.encode()
done = {
    "read": c.open(name, os.O_RDONLY),
    "list": c.open(os.path.dirname(name), os.O_RDONLY | os.O_DIRECTORY),
    "write": c.open(name, os.O_WRONLY),
    "make": c.creat(name + b".made", 0o600),
    "remove": c.unlink(name + b".other"),
    "connect": c.connect(c.socket(2, 1, 0), address, 16),
    "send": c.sendto(c.socket(2, 2, 0), b"x", 1, 0, address, 16),
    "administer": c.setsockopt(c.socket(2, 2, 0), 1, 36, bytes([1, 0, 0, 0]), 4),  # SO_MARK
    "signal": c.kill(os.getppid(), 0),
    "own": c.open(confinement.__file__.encode(), os.O_RDONLY),
}
print(json.dumps([what for what, result in done.items() if result >= 0]), flush=True)
c.execv(b"/bin/true", (ctypes.c_char_p * 2)(b"true", None))
print("not run", flush=True)
"""


def attempts(tmp_path: Path, *more: str) -> tuple[list[str], bool]:
    """What code that took the process over could do, and whether it ran another program."""
    victim = tmp_path / "private"
    victim.write_text("words", "utf-8")
    (tmp_path / "private.other").write_text("words", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                BY_MACHINE_CODE,
                str(victim),
                str(server.getsockname()[1]),
                *more,
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    did, *rest = done.stdout.splitlines()
    return json.loads(did), rest != ["not run"]


def has_namespaces() -> bool:
    """Whether users may have namespaces here; asked apart from what is tested."""
    command = shutil.which("unshare")
    if command is None:
        return False
    done = subprocess.run([command, "-U", "-n", "true"], check=False, capture_output=True)
    return done.returncode == 0


needs_namespaces = pytest.mark.skipif(
    not has_namespaces(), reason="users may have no network of their own here"
)


@needs_namespaces
def test_where_users_may_have_namespaces_it_is_told_that_they_hold() -> None:
    assert _can_leave_networks()


@needs_landlock
def test_the_kernel_refuses_what_python_cannot(tmp_path: Path) -> None:
    """Each thing from the version of Landlock on with which `tm help limits` says that it holds."""
    did, ran = attempts(tmp_path, "namespaces")
    abi = landlock_abi()
    allowed = {*["connect"] * (abi < 4), "send", *["signal"] * (abi < 6), "own"}
    assert {*did} - {"administer"} == allowed
    assert not ran
    assert (tmp_path / "private.other").exists()


@needs_namespaces
def test_without_a_network_nothing_is_sent_and_none_is_set_up(tmp_path: Path) -> None:
    did, _ = attempts(tmp_path, "landlock")
    assert not {"connect", "send", "administer"} & {*did}
    assert {"read", "signal", "own"} <= {*did}


@needs_landlock
@needs_namespaces
def test_both_together_leave_what_reading_needs(tmp_path: Path) -> None:
    did, ran = attempts(tmp_path)
    assert did == [*["signal"] * (landlock_abi() < 6), "own"]
    assert not ran


def test_without_either_a_document_is_read_all_the_same(tmp_path: Path) -> None:
    did, ran = attempts(tmp_path, "landlock", "namespaces")
    assert {"read", "connect", "send", "own"} <= set(did)
    assert ran
    assert "make" in did  # empty, as no file may have a byte


@pytest.mark.parametrize("refuses", [True, False])
def test_what_holds_is_what_was_tried(*, refuses: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "_TRY", f"import sys; sys.exit({int(refuses)})")
    assert [holds for holds, what in what_holds() if "UDP" in what] == [not refuses]


def test_a_system_without_namespaces_keeps_its_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    class Library:
        """A C library that refuses, or has no such call."""

        def __init__(self, name: str | None) -> None:
            assert name is None

        def unshare(self, _flags: int) -> int:
            return -1

    monkeypatch.setattr(ctypes, "CDLL", Library)
    assert not confinement.leave_networks()
    monkeypatch.delattr(Library, "unshare")
    assert not confinement.leave_networks()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not confinement.leave_networks()
    assert not confinement._can_leave_networks()


def test_a_kernel_that_refuses_the_rules_is_one_without(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[int] = []

    def refusing(number: int, *_: object) -> int:
        called.append(number)
        return 7 if len(called) == 1 else -1

    monkeypatch.setattr(confinement, "_call", refusing)
    confinement._lock_out(sys.path)
    assert len(called) == 2


def test_a_system_without_it_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert landlock_abi() == 0
    assert [holds for holds, what in what_holds() if "Landlock" in what] == [False] * 3


def test_pages_in_old_encodings_are_read_within_it() -> None:
    """Their codecs are imported when they are needed, and so after the process was confined."""
    page = "<html><meta charset=koi8-r><body>слово".encode("koi8-r")
    assert extract(page, "a.html").text.strip() == "слово"
