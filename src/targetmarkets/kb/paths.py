"""Where knowledge bases are. Without the models, so that shell completion can use it."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from targetmarkets.errors import UsageError
from targetmarkets.kb.address import Address, is_address

if TYPE_CHECKING:
    from collections.abc import Callable
    from weakref import WeakSet

FILE_NAME: Final = "customers.json"

ENVIRONMENT_VARIABLE: Final = "TM_KB"
"""Names the knowledge base where nothing else does; empty counts as unset."""

BUNDLED: Final = "bundled"
"""The name of the knowledge base that comes with this package; a file of that name is `./bundled`.
"""

MARKER: Final = ".targetmarkets"
"""The file by which a folder is known for a workspace, made by `tm init`."""

STORE_ENDING: Final = ".sqlite"
"""What the name of a store ends in."""

STORE_HEAD: Final = b"SQLite format 3\0"
"""What a store begins with."""

_HELD: Final[dict[tuple[int, int], WeakSet[object]]] = {}
"""What holds stores open in this process, by device and number of the file. A number is given to
another file when one is gone, so that it says nothing of a file that nobody holds.
"""

MIN_INDEXED_SIZE: Final = 4 << 20
"""Bytes; a smaller knowledge base is read in less time than it takes to start."""


Place = Path | Address
"""Where a knowledge base is: its JSON file, its store, or its address on a server."""

Named = str | os.PathLike[str] | Address
"""What names one."""


def locate(kb: Named | None = None) -> Place:
    """Where a knowledge base is: its JSON file, its store, or its address.

    `kb` is one of these, the folder that holds the file, or `bundled`. Without it the environment
    variable `TM_KB` counts, and without that the bundled knowledge base. Raises `UsageError` for
    an address of another spelling than is taken here.
    """
    given = kb if kb is not None else os.environ.get(ENVIRONMENT_VARIABLE) or None
    if isinstance(given, Address):
        return given
    if isinstance(given, str) and is_address(given):
        return Address(given)
    if given is None or given == BUNDLED:
        return bundled()
    path = Path(given)
    try:
        return path / FILE_NAME if path.is_dir() else path
    except (OSError, ValueError):
        return path


def told_apart(place: Place) -> bytes:
    """What tells a knowledge base from others, by whichever of its names it is called."""
    if isinstance(place, Address):
        return str(place).encode("utf-8", "surrogateescape")
    return os.fsencode(os.path.realpath(place))


def file_of(place: Place, what: str) -> Path:
    """The file of a knowledge base, for what needs one. Raises `UsageError` for an address."""
    if isinstance(place, Address):
        message = f"{place} is on a server, and {what} needs a file"
        raise UsageError(message, "tm copy makes one of it")
    return place


def workspace() -> Path | None:
    """The knowledge base of the nearest workspace around the current folder, where `TM_KB` names
    none.

    A workspace has its marker. It, its folder and its knowledge base are the user's own: in a
    folder that others may write to, anybody could put one.
    """
    if os.environ.get(ENVIRONMENT_VARIABLE):
        return None
    try:
        here = Path.cwd()
    except OSError:  # it is gone
        return None
    for folder in (here, *here.parents):
        path = folder / FILE_NAME
        if _is_own(folder / MARKER) and _is_own(path) and _is_own(folder, stat.S_ISDIR):
            return path
    return None


def _is_own(path: Path, kind: Callable[[int], bool] = stat.S_ISREG) -> bool:
    """Whether something is there that belongs to this user, and is no link to what is elsewhere."""
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return False
    return kind(status.st_mode) and (not hasattr(os, "geteuid") or status.st_uid == os.geteuid())


def is_large(path: Place) -> bool:
    """Whether a file is so large that not to read all of it is worth a store in the cache."""
    if isinstance(path, Address):
        return False
    try:
        return path.stat().st_size >= MIN_INDEXED_SIZE
    except (OSError, ValueError):
        return False


def is_store(path: Place) -> bool:
    """Whether something is a store: a database on a server, or of SQLite, by its first bytes.

    One that is open is not opened again for that: who closes a file gives up every lock that this
    process has on it (POSIX), and so those of SQLite, by whose loss others may take the log away
    that it reads.
    """
    if isinstance(path, Address):
        return True
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return False  # a pipe would wait
        if _HELD.get((status.st_dev, status.st_ino)):
            return True
        with path.open("rb") as file:
            return file.read(len(STORE_HEAD)) == STORE_HEAD
    except (OSError, ValueError):
        return False


def hold(path: Path, holder: object) -> None:
    """Remember that a store is open, until `release` or the holder is gone."""
    from weakref import WeakSet  # only who opens a store needs it

    with suppress(OSError, ValueError):
        status = path.stat()
        _HELD.setdefault((status.st_dev, status.st_ino), WeakSet()).add(holder)


def release(holder: object) -> None:
    """Forget what it holds open."""
    for holders in _HELD.values():
        holders.discard(holder)


def bundled() -> Path:
    """Path of the knowledge base that comes with this package.

    In a wheel it lies inside the package, in a source checkout at the top.
    """
    package = Path(__file__).resolve().parents[1]
    inside = package / "data" / FILE_NAME
    try:
        is_inside = inside.is_file()
    except PermissionError:  # in a folder that this user may not look into
        is_inside = False
    return inside if is_inside else package.parents[1] / "data" / FILE_NAME
