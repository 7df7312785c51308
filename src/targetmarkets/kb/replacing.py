"""Write files whole: at any moment the old one is there or the new one, and for the same people.

What is written lies in an unfinished file beside its target first, whose name has a mark of ours.
`swap` exchanges it with the target, so that what was replaced is looked at afterwards, and is put
back if somebody else saved it within the same moment.
"""

import errno
import glob
import os
import re
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from targetmarkets.errors import ConflictError, OutputError, UnreadableError
from targetmarkets.kb.files import read_bytes, sha256
from targetmarkets.kb.paths import Place
from targetmarkets.kb.swap import swap

ENDING: Final = ".tm.tmp"
"""What the names of our unfinished files end in."""

SECONDS_UNTIL_ABANDONED: Final = 3600
"""Seconds after which an unfinished file is taken for left behind, where no lock proves it."""

_OURS: Final = re.compile(
    rf"\..+\.(?:[a-z0-9_]{{8}}|(?P<new>[0-9a-f]{{16}})-(?P<old>[0-9a-f]{{16}})){re.escape(ENDING)}"
)
"""Names of unfinished files: before they take part in an exchange, and in it."""

_ACCESS_LIST: Final = "system.posix_acl_access"

Put = Callable[[Path], None]
"""Writes a new file that lies at a path."""

_SAVED: Final = "saved: the change is in "

_ALONE: Final = (
    "it is mounted on its own, and such a file cannot be replaced",
    "mount the folder that holds it, and not the file alone",
)
_REASONS: Final[Mapping[int, tuple[str, str]]] = {
    errno.EBUSY: _ALONE,
    errno.EXDEV: _ALONE,
    errno.ENOSPC: (os.strerror(errno.ENOSPC), "free some space"),
    errno.EROFS: (os.strerror(errno.EROFS), "name a place that may be written"),
}
"""What the system's errors mean here, and what helps."""


def write_bytes(
    path: Path, data: bytes, *, before: bytes | None = None, like: Path | None = None
) -> None:
    """Write a file so that at any moment either the old one is there or the new one, whole.

    The data goes to a temporary file in the same folder, is flushed to the disk and renamed. A
    link is followed, and an existing file keeps its group and its permissions; a new one has those
    of the file that it is to be `like`. With `before`, the file is replaced only while it holds
    that. What is there and is no regular file, such as a pipe or a device, is written to directly.
    Raises `OutputError` and `ConflictError`.
    """

    def put(new: Path) -> None:
        new.write_bytes(data)

    def exchange(new: Path) -> None:
        assert before is not None, "it is called where there is something to compare"
        _exchange(new, target, data, before)

    try:
        old = _replaceable(path)
        if old and not stat.S_ISREG(old.st_mode):
            path.write_bytes(data)
            return
        target = Path(os.path.realpath(path))
        like = target if old else like
        _replace(target, put, like, None if before is None else exchange)
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error


def write_with(path: Path, put: Put) -> None:
    """The same, of what is too large to be held: `put` writes it to an empty file that it is given,
    piece by piece, and its errors go on to the caller; an `OSError` is told as one of the path.

    What is there and is no regular file gets a copy of it, when it is whole. Raises `OutputError`.
    """
    import shutil
    import tempfile  # most runs write nothing

    try:
        old = _replaceable(path)
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error
    try:
        if old and not stat.S_ISREG(old.st_mode):
            with tempfile.TemporaryDirectory() as folder:
                whole = Path(folder) / "whole"
                whole.touch()
                put(whole)
                with whole.open("rb") as read, path.open("wb") as written:
                    shutil.copyfileobj(read, written)
            return
        target = Path(os.path.realpath(path))
        _replace(target, put, target if old else None)
    except OSError as error:
        raise cannot_write(path, error) from error


def _replaceable(path: Path) -> os.stat_result | None:
    """What is at a path where a file is to be written; None where nothing is.

    Raises `OutputError` where it may not be replaced.
    """
    old = path.stat() if path.exists() else None
    if old and stat.S_ISDIR(old.st_mode):
        raise OutputError(f"{path} is a folder", "name a file")
    if old and not os.access(path, os.W_OK):
        raise _read_only(path)
    return old


def _flush(path: Path) -> None:
    """Make what was written to a file last through a loss of power."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def cannot_write(path: Path, error: OSError | ValueError) -> OutputError:
    """The error for a place to which the system does not write."""
    number = error.errno if isinstance(error, OSError) else None
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    known = _REASONS.get(number or 0, (reason, "check the folder and its permissions"))
    return OutputError(f"{path} cannot be written: {known[0]}", known[1])


def refuse_unless_replaceable(path: Path) -> None:
    """Raise `OutputError` where a file cannot be replaced for the same people as may use it now,
    as far as that can be told beforehand.
    """
    try:
        status, folder = path.stat(), path.parent.stat()
    except OSError:
        return  # whoever reads it says why
    if not os.access(path, os.W_OK):
        raise _read_only(path)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        message = f"{path.parent} cannot be written: a file is replaced from beside it"
        raise OutputError(message, f"let your group write there: chmod g+w {path.parent}")
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        return
    me = os.geteuid()
    if folder.st_mode & stat.S_ISVTX and me not in {status.st_uid, folder.st_uid}:
        message = f"{path} cannot be replaced: in {path.parent} (sticky) only its owner may"
        raise OutputError(message, f"chmod -t {path.parent}, or let its owner write")
    inherited = folder.st_mode & stat.S_ISGID and folder.st_gid == status.st_gid
    if not inherited and status.st_gid not in {os.getegid(), *os.getgroups()}:
        _refuse_to_shut_out(path, status)


def note_saved(error: BaseException, path: Place) -> None:
    """Let an error that came after a change was written say that it was."""
    if not was_saved(error):
        error.add_note(f"{_SAVED}{path}")


def was_saved(error: BaseException) -> bool:
    """Whether an error says so."""
    return any(note.startswith(_SAVED) for note in getattr(error, "__notes__", ()))


def sweep(folder: Path, name: str = "", *, older_than: float) -> None:
    """Remove what writers that were killed left in a folder, or for one file there.

    It has our mark, it is of this user, and was not touched for some seconds. What an exchange
    left is removed only if it is what was to be written or what was replaced: anything else was
    saved by somebody.
    """
    begins = f".{glob.escape(shortened(name))}." if name else "."
    for path in folder.glob(f"{begins}*{glob.escape(ENDING)}"):
        with suppress(OSError):
            status = path.lstat()
            old_enough = older_than <= 0 or time.time() - status.st_mtime > older_than
            mine = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
            if stat.S_ISREG(status.st_mode) and old_enough and mine and _is_left(path):
                path.unlink()


def _is_left(path: Path) -> bool:
    match = _OURS.fullmatch(path.name)
    if match is None or match["new"] is None:
        return match is not None
    return sha256(path.read_bytes())[:16] in {match["new"], match["old"]}


def shortened(name: str) -> str:
    """A name of which a longer one can be made on any file system."""
    return os.fsencode(name)[:100].decode("utf-8", "ignore")


def _replace(
    target: Path, put: Put, like: Path | None, exchange: Callable[[Path], None] | None = None
) -> None:
    """Put a new file in the place of the target; `exchange` does that with what stands there."""
    import tempfile  # slow to import, and most runs write nothing

    sweep(target.parent, target.name, older_than=SECONDS_UNTIL_ABANDONED)
    descriptor, name = tempfile.mkstemp(ENDING, f".{shortened(target.name)}.", target.parent)
    new, done = Path(name), False
    try:
        os.close(descriptor)
        put(new)
        _flush(new)
        _give_access(new, like, target)
        with uninterrupted():
            if exchange is None:
                new.replace(target)
            else:
                exchange(new)
            done = True
        _flush_folder(target.parent)
    except BaseException as error:
        if not done:
            with suppress(OSError):
                new.unlink()
        elif exchange is not None:
            note_saved(error, target)
        raise


def _exchange(new: Path, target: Path, data: bytes, before: bytes) -> None:
    """Put a new file in the place of one that holds `before`, and take the old one away.

    Raises `ConflictError` where it holds something else, before or at the moment of the exchange.
    """
    if not _holds(target, before):
        raise _conflict(target)
    hashes = f"{sha256(data)[:16]}-{sha256(before)[:16]}"
    held = new.rename(new.with_name(f".{shortened(target.name)}.{hashes}{ENDING}"))
    try:
        if not swap(held, target):
            _replace_if(held, target, before)
        elif not _holds(held, before):
            _put_back(held, target)
            raise _conflict(target)
    except FileNotFoundError as error:  # an editor was between its renaming and its writing
        raise _conflict(target) from error
    except UnreadableError:
        _put_back(held, target)
        raise
    finally:
        with suppress(OSError):
            if _is_left(held):
                held.unlink()


def _put_back(held: Path, target: Path) -> None:
    """Undo an exchange, and say where what somebody saved is, if it is not in its place."""
    with suppress(OSError):
        swap(held, target)
        if _is_left(held):
            return
    message = f"{target} was saved by another program in the same moment"
    raise OutputError(message, f"what it saved is in {held}: compare the two")


def _replace_if(new: Path, target: Path, before: bytes) -> None:
    """The same without an exchange: a save within the last microseconds is not noticed."""
    status = target.stat()
    if not _holds(target, before):
        raise _conflict(target)
    now = target.stat()
    compared = [(s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for s in (status, now)]
    if compared[0] != compared[1]:
        raise _conflict(target)
    new.replace(target)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return read_bytes(path) == data
    except UnreadableError:
        if os.path.lexists(path):
            raise
        return False


def _conflict(target: Path) -> ConflictError:
    message = f"{target} was changed by another program meanwhile: nothing was written"
    return ConflictError(message, "do it again, on what it is now")


def _give_access(new: Path, like: Path | None, target: Path) -> None:
    """Give a new file the group and the permissions of another, or of any new file.

    What is so already is left alone: some file systems have one group and one mode for all, and
    refuse to change them even to that. Raises `OutputError` where somebody would be shut out.
    """
    is_, old = new.stat(), like.stat() if like else None
    if old and hasattr(os, "chown"):
        if is_.st_uid != old.st_uid:
            with suppress(OSError):  # only the administrator may
                os.chown(new, old.st_uid, -1)
        if is_.st_gid != old.st_gid:
            try:
                os.chown(new, -1, old.st_gid)
            except OSError:
                _refuse_to_shut_out(target, old)
    wanted = stat.S_IMODE(old.st_mode) if old else 0o666 & ~umask()
    if stat.S_IMODE(new.stat().st_mode) != wanted:
        with suppress(OSError):
            new.chmod(wanted)
    if old and (stat.S_IMODE(new.stat().st_mode) ^ wanted) & 0o777:
        message = f"{target} is not replaced: its permissions ({wanted:04o}) cannot be kept"
        raise OutputError(message, "keep it on a file system that has permissions")
    if like and hasattr(os, "getxattr"):
        _copy_access_list(like, new, target)


def _copy_access_list(like: Path, new: Path, target: Path) -> None:
    """Give a new file the access control list of another; its mode alone would say too much."""
    try:
        listed = os.getxattr(like, _ACCESS_LIST)
    except OSError:
        return  # it has none, or none can be had here
    try:
        os.setxattr(new, _ACCESS_LIST, listed)
    except OSError as error:
        message = f"{target} is not replaced: its access control list cannot be kept"
        raise OutputError(message, f"setfacl -b {target} takes it away") from error


def _refuse_to_shut_out(target: Path, old: os.stat_result) -> None:
    """Refuse to replace a file whose group has rights of its own, in a group that we are not in."""
    if (old.st_mode & stat.S_IRWXG) >> 3 != old.st_mode & stat.S_IRWXO:
        message = f"{target} is not replaced: you are not in its group ({_group(old)}), which "
        remedy = f"join that group, or give the file to one that you are in: chgrp GROUP {target}"
        raise OutputError(message + "would be shut out", remedy)


def _group(status: os.stat_result) -> str:
    try:
        import grp  # not on every system, and only for a message

        return grp.getgrgid(status.st_gid).gr_name
    except (ImportError, KeyError):
        return str(status.st_gid)


def _read_only(path: Path) -> OutputError:
    owner = hasattr(os, "geteuid") and path.stat().st_uid != os.geteuid()
    remedy = f"where it is shared by a group, its owner lets the group write: chmod g+w {path}"
    usual = "allow writing to it, or name another file"
    return OutputError(f"{path} is read-only", remedy if owner else usual)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let signals wait, so that what is said of a change is true of it."""
    if threading.current_thread() is not threading.main_thread():
        yield  # it gets no signals
        return
    waiting = [getattr(signal, name, signal.SIGINT) for name in ("SIGINT", "SIGTERM", "SIGHUP")]
    came: list[int] = []
    before = {number: signal.getsignal(number) for number in waiting}
    for number, handler in before.items():
        if handler not in {signal.SIG_IGN, None}:
            signal.signal(number, lambda sent, _: came.append(sent))
    try:
        yield
    finally:
        for number, handler in before.items():
            if handler not in {signal.SIG_IGN, None}:
                signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)


def _flush_folder(folder: Path) -> None:
    """Make a renaming last through a loss of power, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def umask() -> int:
    """What new files are not allowed to anybody."""
    mask = os.umask(0o077)  # there is no way to read it but to set it
    os.umask(mask)
    return mask
