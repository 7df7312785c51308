"""What the process that reads documents gives up before it reads one, for good.

Four layers, each as far as the system has it: limits of resources (POSIX); a network of its own
that has nothing in it (Linux, where users may have such); Landlock (Linux from 5.13 on), by which
the kernel refuses files, connections and signals to whatever code runs in the process; and a hook
of Python's, which binds Python alone. Where one is missing, the others hold.
"""

import ctypes
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Final

from targetmarkets import limits

_FORBIDDEN: Final = (
    *("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system"),
    *("os.startfile", "os.kill", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link"),
    *("os.symlink", "os.chmod", "os.chown", "os.truncate", "os.utime", "os.setxattr", "pty."),
    *("shutil.", "tempfile.", "webbrowser.", "urllib.", "http.", "ftplib.", "smtplib."),
)
"""Beginnings of the names of events that have no place in reading a document."""


def confine(seconds: int) -> None:
    """Give up what reading a document does not need, for good; it may take so many seconds."""
    leave_networks()
    _limit_resources(seconds)
    _lock_out(sys.path)
    sys.addaudithook(_refuse)


def what_holds() -> Iterator[tuple[bool, str]]:
    """Each thing that the process can be kept from, and whether it is on this machine."""
    abi = landlock_abi()
    yield _has_resources(), "memory, processor time and output beyond the limits"
    yield abi >= 1, "files: reading any but those of its packages, writing, running (Landlock)"
    yield _can_leave_networks(), "every network, UDP with it (a namespace without any)"
    yield abi >= 4, "TCP connections (Landlock)"
    yield abi >= 6, "signals to other processes (Landlock)"
    yield True, "connections, processes and writing, by way of Python (audit hook)"


def _has_resources() -> bool:
    try:
        import resource  # noqa: F401 - not every system has it
    except ImportError:
        return False
    return True


def _limit_resources(seconds: int) -> None:
    if not _has_resources():
        return
    import resource

    for limit, value in (
        (resource.RLIMIT_AS, limits.MEMORY.most),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


# Namespaces: user_namespaces(7), network_namespaces(7)

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_CAPABILITIES: Final = 0x20080522  # the third version of their call


_TRY: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop()); "
    "from targetmarkets.importing.confinement import leave_networks; sys.exit(not leave_networks())"
)


def leave_networks() -> bool:
    """Go where there is no network, and say whether that is allowed here.

    What a user may do in a namespace of its own, such as to set up a network there, is given up.
    """
    if sys.platform != "linux":
        return False
    try:
        system = ctypes.CDLL(None)
        if system.unshare(_NEW_USER | _NEW_NETWORK):
            return False
        none = (ctypes.c_uint32 * 6)()
        system.capset((ctypes.c_uint32 * 2)(_CAPABILITIES, 0), none)
    except (AttributeError, OSError):  # a C library without them
        return False
    return True


def _can_leave_networks() -> bool:
    """Whether a process can do so here: one that tries it, and ends."""
    if sys.platform != "linux":
        return False
    import json
    import subprocess

    command = [sys.executable, "-I", "-c", _TRY, json.dumps(sys.path)]
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603 - this interpreter


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN) or (event == "open" and _writes(arguments)):
        raise PermissionError(event)


def _writes(arguments: tuple[Any, ...]) -> bool:
    """Whether a file is opened for more than to be read, by `open` or by `os.open`."""
    flags: int = arguments[2]
    return flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND) != 0


# Landlock: https://docs.kernel.org/userspace-api/landlock.html

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on all but Alpha
_TELL_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_READ: Final = 1 << 2 | 1 << 3  # files, and the names in folders
_NO_NEW_PRIVILEGES: Final = 38

_FILES: Final = ((1, 13), (2, 14), (3, 15), (5, 16))
"""How many rights on files each version of Landlock knows, from which on there are more."""

_TCP: Final = 0b11  # to bind, and to connect
_SCOPES: Final = 0b11  # abstract sockets, and signals


class _Ruleset(ctypes.Structure):
    """Everything that is refused unless a rule allows it."""

    _fields_ = (
        ("files", ctypes.c_uint64),
        ("connections", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    """What is allowed in a folder."""

    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def landlock_abi() -> int:
    """The version of Landlock that the kernel has; 0 where it has none, or it is off."""
    if sys.platform != "linux" or os.uname().machine == "alpha":
        return 0
    return max(0, _call(_CREATE_RULESET, None, 0, _TELL_VERSION))


def _lock_out(readable: Sequence[str]) -> None:
    """Refuse this process all files but those in some folders, connections and signals."""
    abi = landlock_abi()
    if not abi:
        return
    rights = max(number for since, number in _FILES if since <= abi)
    ruleset = _Ruleset((1 << rights) - 1, _TCP * (abi >= 4), _SCOPES * (abi >= 6))
    known = 8 if abi < 4 else 16 if abi < 6 else 24  # bytes of it that this version knows
    rules = _call(_CREATE_RULESET, ctypes.byref(ruleset), known, 0)
    if rules < 0:
        return
    for path in readable:
        with suppress(OSError):
            folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
            rule = _PathBeneath(_READ, folder)
            _call(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(rule), 0)
            os.close(folder)
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _call(_RESTRICT_SELF, rules, 0)
    os.close(rules)


def _call(number: int, *arguments: Any) -> int:
    """Make a call of the system that has no function in the C library."""
    try:
        return int(ctypes.CDLL(None).syscall(ctypes.c_long(number), *arguments))
    except (AttributeError, OSError, TypeError):
        return -1
