"""One writer at a time: the lock of a folder, where there are locks and where there are none."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from targetmarkets import limits
from targetmarkets.errors import OutputError
from targetmarkets.evidence.archive import folders, stay
from targetmarkets.kb.files import read_text
from targetmarkets.kb.history import beside
from targetmarkets.kb.paths import FILE_NAME
from targetmarkets.kb.replacing import refuse_unless_replaceable, sweep

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_TIMEOUT: Final = float(limits.WAIT.most)
"""Seconds that a writer waits for another while nothing changes in the folder."""

_NO_LOCKS: Final = frozenset({errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK, errno.EINVAL})
"""What a file system says that has no locks."""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other writers of the folder out, and sweep up what one that was killed may have left.

    Knowledge bases in one folder share their archived texts, and so the lock. Raises
    `OutputError` where the file could not be replaced, or cannot be locked.
    """
    if not path.is_file():
        read_text(path)  # says why, before a lock is left where there is nothing to change
    stay(folders(path)[0])
    refuse_unless_replaceable(path)
    held = _acquired(path)
    try:
        for kept in (path, beside(path)):
            sweep(kept.parent, kept.name, older_than=0)
        sweep(folders(path)[0], older_than=0)
        yield
    finally:
        with suppress(OSError):  # it ends with the process at the latest
            held.release()


def _acquired(path: Path) -> "BaseFileLock":
    from filelock import FileLock, SoftFileLock  # only writers need it

    lock = path.with_name(f".{FILE_NAME}.lock")
    if lock.is_symlink():
        raise OutputError(f"{lock} is a link, and no lock of ours", "delete it")
    try:
        # Whoever may write the file may lock it.
        mode = stat.S_IMODE(path.stat().st_mode) & 0o666 | 0o600
        held = FileLock(lock, mode=mode, fallback_to_soft=False)
        _wait(held, path, f"{path} has been locked by another writer", "let it finish")
        _share(lock, path)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise _cannot_lock(lock, error) from error
        # Here a file has to do. That of a lock says nothing: it may have been copied along.
        marker = path.with_name(f".{FILE_NAME}.writing")
        held = SoftFileLock(marker)
        message = f"{marker} says that somebody is writing, on a file system without locks"
        try:
            _wait(held, path, message, f"if nobody is, as in a copied folder, delete {marker}")
        except OSError as fault:
            raise _cannot_lock(marker, fault) from fault
    return held


def _wait(lock: "BaseFileLock", path: Path, message: str, remedy: str) -> None:
    """Wait for a lock as long as whoever has it gets on: every change is seen in the folder."""
    from filelock import Timeout

    while True:
        seen = path.parent.stat().st_mtime_ns
        try:
            lock.acquire(timeout=LOCK_TIMEOUT)
        except Timeout as error:
            if path.parent.stat().st_mtime_ns == seen:
                waited = f"{message}, and nothing has changed for {LOCK_TIMEOUT:g} seconds"
                raise OutputError(waited, f"{remedy}, and try again") from error
        else:
            return


def _share(lock: Path, path: Path) -> None:
    """Let the lock be of the group of the file, if we made it."""
    with suppress(OSError, AttributeError):  # not every system has groups
        group = path.stat().st_gid
        if lock.stat().st_gid != group:
            os.chown(lock, -1, group)


def _cannot_lock(lock: Path, error: OSError) -> OutputError:
    folder = lock.parent
    if isinstance(error, PermissionError) and lock.is_file() and os.access(folder, os.W_OK):
        message = f"{lock} belongs to another user, and cannot be locked"
        return OutputError(message, f"let its owner share it: chmod g+w {lock}")
    message = f"{folder} cannot be written: {error.strerror}: {lock.name}"
    return OutputError(message, "check the folder and its permissions")
