"""Writes in which one system call fails, or at which the process is killed: each of them in turn.

A run of `tm` is traced by strace, which lets the nth call of a kind fail. It is a copy of a process
that has imported everything, so that what is counted begins with its work.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, NamedTuple

import targetmarkets
from tests.running import started, unmeasured
from tests.writing import warmed

STRACE: Final = shutil.which("strace")

KINDS: Final = "%file,%desc"
"""The system calls that are traced."""

_CHANGES: Final = frozenset({
    "write", "pwrite64", "ftruncate", "fallocate", "fsync", "fdatasync", "rename", "renameat",
    "renameat2", "link", "linkat", "symlink", "fchmod", "chmod", "chown", "fchown", "unlink",
    "unlinkat", "rmdir", "mkdir", "mkdirat", "fchmodat", "fchownat", "flock",
})  # fmt: skip
"""Those by which something is written, locked, put in place or removed."""

_WRITES: Final = ("ENOSPC", "EIO")
_PUTS: Final = ("EACCES", "EIO")
_ERRORS: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys(("write", "pwrite64", "ftruncate", "fsync", "fdatasync"), _WRITES),
    **dict.fromkeys(("rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir"), _PUTS),
    **dict.fromkeys(("link", "linkat"), ("EPERM", "EIO")),
    **dict.fromkeys(("chmod", "fchmod", "fchmodat"), ("EPERM", "EIO")),
    **dict.fromkeys(("chown", "fchown", "fchownat"), ("EPERM", "EIO")),
    **dict.fromkeys(("mkdir", "mkdirat"), ("ENOSPC", "EACCES")),
    "flock": ("ENOLCK", "EIO"),
}
"""What the system may say to some calls; to the others, EIO."""

_NO_PART: Final = (
    "MAP_ANONYMOUS",  # memory, and no file: to lack it is another matter
    "site-packages",
    *(
        f"{quote}{folder}/"
        for folder in (sys.prefix, sys.base_prefix, Path(targetmarkets.__file__).parent)
        for quote in '"<'
    ),
)
"""What is in the line of a call that is no part of a write: what the program itself is made of."""


Env = Mapping[str, str]
"""What is told by the environment."""


class Call(NamedTuple):
    """A system call of a run: the nth of its name."""

    name: str
    nth: int
    line: str


def changes(call: Call) -> bool:
    """Whether a call may change what is on the disk, or who may use it."""
    return call.name in _CHANGES or "O_CREAT" in call.line


def some(calls: Sequence[Call], *, only_changes: bool) -> list[Call]:
    """Of calls by one name to one file, the first, the middle and the last of those that change
    something, and the last of those that do not, unless only changes are asked for.
    """
    alike: dict[tuple[str, bool, str], list[Call]] = {}
    for call in calls:
        alike.setdefault((call.name, changes(call), _file(call)), []).append(call)
    taken: set[Call] = set()
    for (_, changing, _), same in alike.items():
        if changing:
            taken |= {same[0], same[len(same) // 2], same[-1]}
        elif not only_changes:
            taken.add(same[-1])
    return [call for call in calls if call in taken]


def _file(call: Call) -> str:
    """The file to which a call is, whatever is random in the name of one that is unfinished; all
    of an unfinished folder is one.
    """
    match = re.search(r"\d<([^>]*)>", call.line) or re.search(r'"([^"]*)"', call.line)
    return re.sub(r"\.[^./]{8,}(\.tm[a-z.-]*).*", r".*\1", match[1]) if match else ""


def errors(call: Call) -> list[str]:
    """The errors that a call may end in, to be injected."""
    if "O_CREAT" in call.line:
        usual: Sequence[str] = ("ENOSPC", "EACCES")
    else:
        usual = ("EIO", "EACCES") if call.name == "openat" else ("EIO",)
    return [f"error={error}" for error in _ERRORS.get(call.name, usual)]


class Done(NamedTuple):
    """What a run came to."""

    code: int
    stdout: str
    stderr: str


class RefusedError(Exception):
    """The system does not let a process be traced."""


class Runner:
    """Runs `tm` in copies of a process that has imported it."""

    def __init__(self, asked: IO[str], answered: IO[str], folder: Path) -> None:
        self._asked = asked
        self._answered = answered
        self._folder = folder

    def run(
        self, words: Sequence[str], cwd: Path, env: Env, *strace: str, learn: bool = False
    ) -> Done:
        """Run `tm` in a folder; with `learn`, what it imports by the way is had from then on."""
        streams = [os.devnull, *(str(self._folder / name) for name in ("stdout", "stderr"))]
        wanted = {
            "words": words, "cwd": str(cwd), "streams": streams,
            "env": {**unmeasured(), "TM_INDEX": "off", **env},
            "strace": [STRACE, *strace] if strace else [],
            "learn": str(self._folder / "imported") if learn else None,
        }  # fmt: skip
        self._asked.write(f"{json.dumps(wanted)}\n")
        self._asked.flush()
        answer = self._answered.readline().strip()
        if not answer.lstrip("-").isdecimal():
            raise RefusedError(answer or "the process that runs tm has ended")
        return Done(
            int(answer), *(Path(path).read_text("utf-8", "replace") for path in streams[1:])
        )

    def calls(self, words: Sequence[str], cwd: Path, env: Env) -> tuple[Done, list[Call]]:
        """Run `tm`, and list the calls that are part of what it does."""
        trace = self._folder / "trace"
        done = self.run(words, cwd, env, "-y", "-e", f"trace={KINDS}", "-o", str(trace))
        counted: Counter[str] = Counter()
        found: list[Call] = []
        for line in trace.read_text("utf-8", "replace").splitlines():
            if match := re.match(r"(\w+)\(", line):
                counted[match[1]] += 1
                if not any(words in line for words in _NO_PART):
                    found.append(Call(match[1], counted[match[1]], line))
        return done, found

    def with_fault(self, words: Sequence[str], cwd: Path, env: Env, call: Call, fault: str) -> Done:
        """Run `tm` with a fault at a call: `error=EIO`, or `signal=KILL`."""
        inject = f"inject={call.name}:{fault}:when={call.nth}"
        kinds = ["-e", f"trace={call.name}", "-e", inject, "-o", os.devnull]
        return self.run(words, cwd, env, *kinds)


@contextmanager
def runner(folder: Path) -> Iterator[Runner]:
    """A process that runs `tm`, with a folder for what it says."""
    ours, theirs = os.pipe(), os.pipe()
    command = [sys.executable, "-B", warmed.__file__, str(ours[0]), str(theirs[1])]
    with (
        os.fdopen(ours[1], "w", encoding="utf-8") as asked,
        os.fdopen(theirs[0], encoding="utf-8") as answered,
        started(
            command, pass_fds=(ours[0], theirs[1]), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, env={**unmeasured(), "PYTHONHASHSEED": "0"},
        ),
    ):  # fmt: skip
        os.close(ours[0])
        os.close(theirs[1])
        yield Runner(asked, answered, folder)
