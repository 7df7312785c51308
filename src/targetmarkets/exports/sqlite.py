"""One database of SQLite: typed tables, views for people, and full-text search."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from targetmarkets.exports.about import about
from targetmarkets.exports.interface import Export
from targetmarkets.exports.questions import metadata
from targetmarkets.exports.tables import schema
from targetmarkets.exports.tables.carried import carried
from targetmarkets.exports.tables.rows import batches
from targetmarkets.exports.texts import ORIGINALS, UNREADABLE, WHY, archived_texts
from targetmarkets.exports.views import INDEXES, SEARCHED, VIEWS, searchable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from targetmarkets.exports.interface import Losses
    from targetmarkets.exports.selection import Selection
    from targetmarkets.exports.tables.table import Column, Table, Type

WITH_NULLS: Final = "archived texts with a null character"

_LACKS: Final[Mapping[str, str]] = {
    UNREADABLE: WHY[UNREADABLE],
    WITH_NULLS: "functions of SQL take it for the end of a text",
    ORIGINALS: WHY[ORIGINALS],
}

_TYPES: Final[Mapping[Type, str]] = {
    "text": "TEXT",
    "object": "TEXT",
    "array": "TEXT",
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "number": "REAL",
}

_OF_THE_DISK: Final = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CORRUPT: errno.EIO,  # the file is new: what is read is not what was written
    sqlite3.SQLITE_NOTADB: errno.EIO,
}
"""Errors of SQLite that are those of the system."""

_ALONE: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
"""
"""How a file is filled that nobody else uses until it is finished."""

_OWN: Final = """
CREATE TABLE "texts" (
    "source" TEXT NOT NULL PRIMARY KEY REFERENCES "sources" ("id"),
    "sha256" TEXT NOT NULL,
    "text" TEXT NOT NULL
) STRICT;
CREATE TABLE "export" ("name" TEXT NOT NULL PRIMARY KEY, "value" TEXT NOT NULL) STRICT;
CREATE TABLE "not_carried" (
    "kind" TEXT NOT NULL PRIMARY KEY, "number" INTEGER NOT NULL, "why" TEXT NOT NULL
) STRICT;
"""
"""Tables that only a database has: the archived texts, and what the export says of itself."""


def write(selection: Selection, path: Path, losses: Losses) -> None:
    """Write the database. Its bytes follow from what goes into it and from the version of SQLite:
    nothing in it is a time.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            # Nobody reads it before it is whole, and has its name.
            database.executescript(_ALONE)
            database.executescript("".join(map(created, schema.TABLES)) + _OWN)
            database.execute("BEGIN")
            for batch in batches(selection):
                for name, rows in batch.items():
                    places = ", ".join("?" * len(rows[0]))
                    database.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)
            _put_texts(database, selection, losses)
            database.executemany("INSERT INTO export VALUES (?, ?)", _about(selection))
            database.executemany("INSERT INTO not_carried VALUES (?, ?, ?)", losses)
            database.execute("COMMIT")
            searched = [searchable(*each) for each in SEARCHED.items()]
            database.executescript("".join(("BEGIN;\n", *INDEXES, *searched, *VIEWS, "COMMIT;")))
    except sqlite3.DatabaseError as error:
        number = _OF_THE_DISK.get(error.sqlite_errorcode & 0xFF)
        if number is None:
            raise
        raise OSError(number, str(error)) from error


def created(table: Table) -> str:
    """The statement that makes a table. The key of what objects have several of is an index that
    is made when all is there, as others are: sorted once, it costs a part of what it costs row by
    row.
    """
    lines = [*map(_declared, table.columns)]
    if len(table.key) == 1:
        lines.append(f'PRIMARY KEY ("{table.key[0]}")')
    body = ",\n    ".join(lines)
    return f'CREATE TABLE "{table.name}" (\n    {body}\n) STRICT;\n'


def _declared(column: Column) -> str:
    words = [f'"{column.name}"', _TYPES[column.type]]
    if not column.null:
        words.append("NOT NULL")
    if column.type == "boolean":
        words.append(f'CHECK ("{column.name}" IN (0, 1))')
    if column.to:
        words.append(f'REFERENCES "{column.to}" ("id")')
    return " ".join(words)


def _put_texts(database: sqlite3.Connection, selection: Selection, losses: Losses) -> None:
    for source, archived in archived_texts(selection, losses):
        if "\0" in archived.text:
            losses.note(WITH_NULLS)
        else:
            row = (source.id, archived.sha256, archived.text)
            database.execute("INSERT INTO texts VALUES (?, ?, ?)", row)


def _about(selection: Selection) -> Iterator[tuple[str, str]]:
    """What the export says of itself."""
    facts = [*about(selection)]
    yield from facts
    yield "metadata.json", metadata("; ".join(f"{name}: {fact}" for name, fact in facts))


EXPORT: Final = Export(write, carried(schema.TABLES), _LACKS)
