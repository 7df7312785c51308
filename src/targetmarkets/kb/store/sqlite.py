"""The engine SQLite: what it does in its own way."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from targetmarkets.errors import OutputError, TargetMarketsError, UnreadableError
from targetmarkets.kb.disposable import UNGUARDED
from targetmarkets.kb.paths import hold, release
from targetmarkets.kb.store.engine import (
    BLANKS,
    CLOSE,
    NAMED,
    OPEN,
    Damaged,
    Database,
    Match,
    NoStoreError,
    Phrase,
    Sought,
    Unit,
)
from targetmarkets.model.types import HIT_KINDS

APPLICATION: Final = 0x746D6B62
"""The number in its head by which `file` and others tell whose it is: `tmkb`."""

DIALECT: Final[Mapping[str, str]] = {
    "big": "INTEGER",
    "text": "TEXT",
    "bytes": "BLOB",
    "clustered": " WITHOUT ROWID",
    "words": "CREATE VIRTUAL TABLE text USING fts5 "
    "(words, tokenize = 'unicode61 remove_diacritics 0')",
    "words_index": "",
}
"""How it calls what the schema leaves open."""

SECONDS_TO_WAIT: Final = 60
"""Seconds that a writer waits for another."""

_ADD_TEXT: Final = "INSERT INTO text (rowid, words) VALUES (?, ?)"
_DROP_TEXT: Final = "DELETE FROM text WHERE rowid = ?"
_FIND: Final = (
    "SELECT kind, id, start_, end_, highlight(text, 0, ?, ?) "
    "FROM text JOIN unit ON number = text.rowid "
    "WHERE text MATCH ? AND instr(?, kind) "
    "ORDER BY instr(?, kind) = 0, rank, instr(?, kind), place, start_"
)
_VOCABULARY: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab (main, text, row)"
)
_BEGINNING: Final = (
    "SELECT term FROM temp.word WHERE term >= ? AND term < ? ORDER BY cnt DESC, term"
)

_NAMED: Final = " ".join(sorted(NAMED))

_KINDS: Final = " ".join(HIT_KINDS)


class SqliteDatabase(Database):
    """A connection to a database of SQLite."""

    dialect = DIALECT

    def __init__(
        self, connection: sqlite3.Connection, damaged: Damaged, path: Path | None = None
    ) -> None:
        self.connection = connection
        self._damaged = damaged
        if path:
            hold(path, self)

    def damaged(self, error: Exception | None) -> TargetMarketsError:
        return self._damaged(error)

    def ask(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self.fault(error) from error

    def stream(self, query: str, values: Sequence[object] = ()) -> Iterator[Any]:
        try:
            for row in self.connection.execute(query, values):  # noqa: UP028 - it would close it
                yield row
        except sqlite3.Error as error:
            raise self.fault(error) from error

    def tell(self, statement: str, *rows: Sequence[object]) -> None:
        try:
            for row in rows or [()]:
                self.connection.execute(statement, row)
        except sqlite3.Error as error:
            raise self.fault(error) from error

    def tell_all(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        try:
            self.connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise self.fault(error) from error

    def script(self, statements: str) -> None:
        for statement in statements.split(";"):
            if statement.strip():
                self.tell(statement)

    def fault(self, error: sqlite3.Error) -> TargetMarketsError:
        """What an error of the engine means."""
        words = str(error)
        if isinstance(error, sqlite3.OperationalError):
            if "locked" in words or "busy" in words:
                message = f"another writer has had it for {SECONDS_TO_WAIT} seconds: {words}"
                return OutputError(message, "let it finish, and try again")
            if "fts5" in words and "no such module" in words:
                message = f"the SQLite of this Python cannot search texts: {words}"
                return TargetMarketsError(message, "use a Python whose SQLite has FTS5")
            if any(word in words for word in ("readonly", "disk is full", "disk I/O")):
                return _unwritable(error)
        return self.damaged(error)

    def vocabulary(self, like: str) -> list[str]:
        self.tell(_VOCABULARY)
        bounds = like[0], chr(ord(like[0]) + 1)
        return [word for (word,) in self.ask(_BEGINNING, bounds)]

    def put_words(self, unit: int, words: str) -> None:
        self.tell(_ADD_TEXT, (unit, words.translate(BLANKS)))

    def drop_words(self, unit: int) -> None:
        self.tell(_DROP_TEXT, (unit,))

    def find(
        self, sought: Sought, kinds: Sequence[str]
    ) -> Iterator[tuple[Unit, list[Match] | None]]:
        values = (OPEN, CLOSE, _expression(sought), " ".join(kinds), _NAMED, _KINDS)
        for *unit, highlighted in self.stream(_FIND, values):
            yield Unit(*unit), list(_marked(highlighted))

    def commit(self) -> None:
        self.tell("COMMIT")

    def roll_back(self) -> None:
        with suppress(sqlite3.Error):
            self.connection.rollback()
        self.close()

    def close(self) -> None:
        self.connection.close()
        release(self)


def _expression(sought: Sought) -> str:
    """What is sought, in the language of FTS5."""
    wanted = " AND ".join(map(_any_of, sought.wanted))
    return f"({wanted}) NOT {_any_of(sought.unwanted)}" if sought.unwanted else wanted


def _any_of(phrases: Sequence[Phrase]) -> str:
    quoted = [f'"{words}"{" *" if prefix else ""}' for words, prefix in phrases]
    return f"({' OR '.join(quoted)})"


def _marked(highlighted: str) -> Iterator[Match]:
    """Where the marked parts of a text stand in it, the marks themselves not counted."""
    before, *parts = highlighted.split(OPEN)
    offset = len(before)
    for part in parts:
        match, _, rest = part.partition(CLOSE)
        yield offset, offset + len(match)
        offset += len(match) + len(rest)


def in_memory() -> SqliteDatabase:
    """An empty database that nothing is kept of."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    return SqliteDatabase(
        connection, lambda error: UnreadableError(f"the memory failed: {error}", "")
    )


def reading(path: Path) -> SqliteDatabase:
    """A store as it is now, whatever is written meanwhile. Raises `UnreadableError`."""
    try:
        connection = _readable(path)
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the moment is now
    except (sqlite3.Error, OSError, ValueError) as error:
        raise UnreadableError(f"{path} cannot be read: {error}", "check the file") from error
    return SqliteDatabase(connection, lambda error: _damaged(path, error), path)


def _readable(path: Path) -> sqlite3.Connection:
    """A connection that reads. Where this user may write, it takes away the log of changes when it
    is the last to close. In a folder that this user may not write to, the engine refuses to look
    for a log; then there is none, and the file is all there is.
    """
    real = Path(os.path.realpath(path))
    address = real.as_uri()
    mode = "rw" if os.access(real, os.W_OK) and os.access(real.parent, os.W_OK) else "ro"
    connection = sqlite3.connect(f"{address}?mode={mode}", uri=True, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {SECONDS_TO_WAIT * 1000}")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if mode == "rw" or Path(f"{real}-wal").exists():  # somebody may be writing
            raise
        return sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return connection


def writing(path: Path) -> SqliteDatabase:
    """A store that is changed in one transaction, after any writer before this one has finished.

    Raises `UnreadableError` and `OutputError`.
    """
    if not os.access(path, os.W_OK):
        message = f"{path} is read-only"
        raise OutputError(message, "allow writing to it, or tm copy it to a place of your own")
    address = Path(os.path.realpath(path)).as_uri()
    try:
        connection = sqlite3.connect(f"{address}?mode=rw", uri=True, isolation_level=None)
    except sqlite3.Error as error:
        raise UnreadableError(f"{path} cannot be opened: {error}", "check the file") from error
    database = SqliteDatabase(connection, lambda error: _damaged(path, error), path)
    database.tell(f"PRAGMA busy_timeout = {SECONDS_TO_WAIT * 1000}")
    database.ask("PRAGMA journal_mode = WAL")  # readers go on while it is written
    database.tell("PRAGMA synchronous = FULL")
    database.tell("BEGIN IMMEDIATE")
    return database


def new(path: Path) -> SqliteDatabase:
    """A new database in an empty file that nobody will use unless it was finished.

    Raises `OutputError`.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None)
    except sqlite3.Error as error:
        raise _unwritable(error) from error
    database = SqliteDatabase(connection, lambda error: _damaged(path, error), path)
    database.script(UNGUARDED)
    database.tell(f"PRAGMA application_id = {APPLICATION}")
    database.tell("BEGIN")
    return database


def finish(database: Database) -> None:
    """Make a new database one that is read while it is written, and close it."""
    database.commit()
    database.tell("PRAGMA synchronous = FULL")
    database.ask("PRAGMA journal_mode = WAL")
    database.close()


def _unwritable(error: sqlite3.Error) -> OutputError:
    return OutputError(f"it cannot be written: {error}", "check the disk and its rights")


def _damaged(path: Path, error: Exception | None) -> NoStoreError:
    why = f": {error}" if error else ""
    message = f"{path} is no store that can be used{why}"
    return NoStoreError(message, "restore it from a copy; tm verify lists what is wrong")
