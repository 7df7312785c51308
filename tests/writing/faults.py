"""Writes in which one system call fails, or at which the process is killed: each of them in turn.

A run of `tm` is traced by strace, which lets the nth call of a kind fail. What is imported is
imported before, and a mark in the trace says where the writing begins.
"""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import targetmarkets
from tests.running import unmeasured

STRACE: Final = shutil.which("strace")

MARK: Final = "/nothing/begins/here"

KINDS: Final = "%file,%desc"
"""The system calls that are traced."""

OPENS: Final = frozenset({"openat", "close"})
PLACES: Final = frozenset({
    "write", "fsync", "rename", "renameat2", "fchmod", "chmod", "chown", "fchown", "unlink",
    "rmdir", "mkdir", "flock",
})  # fmt: skip
"""Those by which something is opened; and written, locked, put in place or removed."""

_NO_PART: Final = (
    "MAP_ANONYMOUS",  # memory, and no file: to lack it is another matter
    "site-packages",
    *(
        f'"{folder}'
        for folder in (sys.prefix, sys.base_prefix, Path(targetmarkets.__file__).parent)
    ),
)
"""What is in the line of a call that is no part of a write: what the program itself is made of."""

_RUNNER: Final = f"""
import gc, importlib, os, pkgutil, sys
import targetmarkets
for module in pkgutil.walk_packages(targetmarkets.__path__, "targetmarkets."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
import ctypes, difflib, encodings.ascii, filelock, grp, platformdirs, pwd, regex, shutil, tempfile
from filelock import FileLock, SoftFileLock
ctypes.CDLL(None)
from targetmarkets.cli.entry import main
sys.argv = ["tm", *sys.argv[1:]]
os.access({MARK!r}, os.F_OK)
main()
"""


class Call(NamedTuple):
    """A system call of a run: the nth of its name."""

    name: str
    nth: int
    line: str


class Done(NamedTuple):
    """What a run came to."""

    code: int
    stdout: str
    stderr: str


def calls(words: Sequence[str], folder: Path) -> tuple[Done, list[Call]]:
    """Run `tm`, and list the calls that it makes when it does its work."""
    trace = folder.parent / "trace"
    done = _run(words, folder, ["-e", f"trace={KINDS}", "-o", str(trace)])
    counted: Counter[str] = Counter()
    found: list[Call] = []
    marked = begun = False
    for line in trace.read_text("utf-8", "replace").splitlines():
        match = re.match(r"(?:\d+ +)?(\w+)\(", line)
        if match is None:
            continue
        counted[match[1]] += 1
        marked = marked or MARK in line
        if any(words in line for words in _NO_PART):
            continue
        begun = begun or (marked and f'"{folder}' in line and "getcwd" not in line)
        if begun:
            found.append(Call(match[1], counted[match[1]], line))
    return done, found


def with_fault(words: Sequence[str], folder: Path, call: Call, fault: str) -> Done:
    """Run `tm` with a fault at a call: `error=EIO`, or `signal=KILL`."""
    inject = f"inject={call.name}:{fault}:when={call.nth}"
    kinds = ["-e", f"trace={call.name}", "-e", inject, "-o", os.devnull]
    return _run(words, folder, kinds)


def _run(words: Sequence[str], folder: Path, options: Sequence[str]) -> Done:
    assert STRACE
    done = subprocess.run(
        [STRACE, "-qq", *options, sys.executable, "-B", "-c", _RUNNER, *words],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
        env={**unmeasured(), "PYTHONHASHSEED": "0", "TM_INDEX": "off"},
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)
