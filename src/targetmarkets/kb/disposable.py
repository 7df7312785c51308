"""Databases that can be made again at any time, kept where the system keeps caches.

None is believed because it is there. The name of each holds a hash of what it was made from, and
one of that together with its own bytes; what it was made from stands in it as well. All are
compared before it is used. One that does not fit, or is no sound database, is made anew.
They lie in the user's own folder, and not beside what they are made from, so that nobody can send
one along.
"""

import hashlib
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, NamedTuple

from targetmarkets.errors import UnreadableError
from targetmarkets.kb.paths import Place, told_apart

ENVIRONMENT_VARIABLE: Final = "TM_INDEX"
"""`off` keeps nothing and uses nothing that was kept."""

MAX_DATABASES_KEPT: Final = 20
"""Databases that are kept; the ones made longest ago go."""

SECONDS_UNTIL_ABANDONED: Final = 3600
"""Seconds after which an unfinished one is taken for left behind."""

UNGUARDED: Final = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -262144;
"""
"""How a database is filled that nobody will use unless it was finished. The cache is in KiB: what
does not fit is written and read over and over.
"""

Make = Callable[[sqlite3.Connection], None]
"""Fills an empty database."""


def kept(kind: str, of: Place, made_from: str, make: Make) -> sqlite3.Connection | None:
    """The database of a kind that was made from something, or a new one.

    `of` is the file that it is about, and `made_from` a SHA-256 of all that goes into it. None
    where none can be kept.
    """
    prefix = f"{name_for(kind, of)}-"
    if place := folder():
        seal = _Seal(made_from, made_by())
        with suppress(OSError, sqlite3.Error):
            return _found(place, prefix, seal) or _made(place, prefix, seal, make)
    return None


def name_for(kind: str, of: Place) -> str:
    """The name of what is kept about a file, or how it begins."""
    return f"{kind}-{_hash(told_apart(of))}"


def damaged(database: sqlite3.Connection) -> UnreadableError:
    """Throw away a database that was found to be damaged while it was used; the error to raise."""
    with suppress(OSError, sqlite3.Error):
        for _, _, file in database.execute("PRAGMA database_list"):
            if file:  # else it is in memory
                Path(file).unlink()
    database.close()
    message = "an index of the knowledge base was damaged while it was read"
    return UnreadableError(message, "try again: it was thrown away, and is made anew")


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in lower-case hexadecimal, without holding it in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder() -> Path | None:
    """The folder where they are kept, if there is one that nobody else can write to."""
    if os.environ.get(ENVIRONMENT_VARIABLE, "").lower() in {"off", "0", "no", "false"}:
        return None
    import platformdirs  # only a large knowledge base needs it

    try:
        place = platformdirs.user_cache_path("targetmarkets", appauthor=False)
        if not place.is_absolute():
            return None
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = place.stat()
    except (OSError, ValueError, RuntimeError):
        return None
    others = stat.S_IWGRP | stat.S_IWOTH
    if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & others):
        return None
    return place


class _Seal(NamedTuple):
    """What ties a database to what it was made from."""

    made_from: str
    version: str

    @property
    def start(self) -> str:
        """How its name goes on after that of its kind and file."""
        return f"{_hash(' '.join(self).encode())}-"

    def name(self, path: Path) -> str:
        """The same, and the end of its name: a hash of this and of its bytes."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.sha256(" ".join(self).encode()))
        return f"{self.start}{digest.hexdigest()[:32]}.sqlite"

    def put(self, database: sqlite3.Connection) -> None:
        """Have a database say what it was made from."""
        database.execute("CREATE TABLE made (of_what TEXT, by_what TEXT)")
        database.execute("INSERT INTO made VALUES (?, ?)", self)

    def is_on(self, database: sqlite3.Connection) -> bool:
        """Whether it says so. Raises `sqlite3.Error` where it is no sound database."""
        return database.execute("SELECT * FROM made").fetchall() == [tuple(self)]


def _found(place: Path, prefix: str, seal: _Seal) -> sqlite3.Connection | None:
    for path in place.glob(f"{prefix}{seal.start}*.sqlite"):
        if path.name == f"{prefix}{seal.name(path)}":
            database = _opened(path)
            with suppress(sqlite3.Error):
                if seal.is_on(database):
                    return database
            database.close()
        with suppress(OSError):
            path.unlink()
    return None


def _made(place: Path, prefix: str, seal: _Seal, make: Make) -> sqlite3.Connection:
    """Make one, put it in place whole, and remove those that it replaces."""
    import tempfile

    descriptor, unfinished = tempfile.mkstemp(".tmp", "unfinished-", place)
    os.close(descriptor)
    new = Path(unfinished)
    try:
        with closing(sqlite3.connect(new)) as database:
            database.executescript(UNGUARDED)
            seal.put(database)
            make(database)
            database.commit()
        done = new.replace(place / f"{prefix}{seal.name(new)}")
    finally:
        new.unlink(missing_ok=True)
    for path in _superseded(place, prefix, done):
        with suppress(OSError):  # another process may have it open, or have removed it
            path.unlink()
    return _opened(done)  # its hash was taken just now


def _opened(path: Path) -> sqlite3.Connection:
    # Immutable: nobody writes to it, and so no lock and no journal are looked for.
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)


def _superseded(place: Path, prefix: str, done: Path) -> set[Path]:
    """What a new database replaces: those of the same kind and file, unfinished ones that were
    left behind, and the oldest of too many.
    """
    ages: dict[Path, float] = {}
    for path in (*place.glob("*.sqlite"), *place.glob("unfinished-*.tmp")):
        with suppress(OSError):
            ages[path] = time.time() - path.stat().st_mtime
    ages.pop(done, None)
    left = {
        path
        for path, age in ages.items()
        if path.suffix == ".tmp" and age > SECONDS_UNTIL_ABANDONED
    }
    others = sorted((path for path in ages if path.suffix != ".tmp"), key=ages.__getitem__)
    return (
        left
        | {path for path in others if path.name.startswith(prefix)}
        | {*others[MAX_DATABASES_KEPT - 1 :]}
    )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def made_by() -> str:
    """What a database made by another version of this program would be otherwise."""
    import unicodedata

    from targetmarkets import __version__

    # Texts and names are folded by the tables of this Python.
    return f"{__version__} {unicodedata.unidata_version}"
