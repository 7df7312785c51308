"""Make a store of a large JSON file, some objects at a time: no more than these are in memory.

First the rows of all objects are put, then the store that they are is proved and its words are put.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from targetmarkets import limits
from targetmarkets.errors import InvalidError
from targetmarkets.evidence.stored import unsound
from targetmarkets.kb.json_file import FileKnowledge, unusable
from targetmarkets.kb.paths import file_of, is_store, locate
from targetmarkets.kb.store import filling, schema, sql, sqlite
from targetmarkets.kb.store.stored import StoredKnowledge
from targetmarkets.kb.store.texts import Words
from targetmarkets.model.integrity import LARGE, place
from targetmarkets.model.pieces import Streamed
from targetmarkets.writing.copying import Counted, put_words

if TYPE_CHECKING:
    from pathlib import Path

    from targetmarkets.kb.paths import Named
    from targetmarkets.kb.store.sqlite import SqliteDatabase
    from targetmarkets.writing.copying import Progress

MAX_FAULTS: Final = 100
"""Faults of one file that are told."""


class NotPiecewiseError(Exception):
    """A file in which something is not as `tm` writes it, and that can be read as a whole."""


def large_file(source: Named) -> Path | None:
    """The JSON file that is meant, if it is so large that it is read in pieces."""
    path = locate(source)
    if is_store(path):
        return None
    file = file_of(path, "this")
    return file if file.is_file() and file.stat().st_size >= LARGE else None


def put_pieces(file: Path, progress: Progress | None, new: Path) -> None:
    """Make a store of a file, in a new one.

    Raises `NotPiecewiseError`, and `InvalidError` where a file that is too large to be read as a
    whole is not in the canonical layout, or something in it stops it from being used.
    """
    database = sqlite.new(new)
    try:
        database.script(filling.tables(database.dialect))
        try:
            kb = _put_objects(file, database)
            faults = [*islice(unsound(kb), MAX_FAULTS)]
        except ValueError as error:
            _leave_to_the_whole(file)
            why = f"is too large to be read as a whole, and cannot be read in pieces: {error}"
            remedy = "have it in the layout of tm fmt, or divide it"
            raise InvalidError(f"{file} {why}", remedy) from error
        if faults:
            _leave_to_the_whole(file)
            raise unusable(file, place(None, str(file), faults))
        _put_words(kb, progress)
        database.script(schema.WORD_INDEXES.format(**database.dialect))
        sqlite.finish(database)
    finally:
        database.close()


def _put_objects(file: Path, database: SqliteDatabase) -> StoredKnowledge:
    """Put the rows of all objects; the store that they are, whose archived files are beside the
    file. Raises `ValueError` for what is no knowledge base in the canonical layout.
    """
    with file.open("rb") as opened:
        streamed = Streamed(opened)
        for _ in filling.fill(database, streamed):
            pass
    assert streamed.frame is not None, "all was read"
    for (id_,) in database.ask(sql.TWICE):
        raise ValueError(f"the id {id_} stands twice")
    database.script(schema.OBJECT_INDEXES)
    said = filling.said_by(FileKnowledge(streamed.frame, file))
    kb = StoredKnowledge(file, database, said=said, hash_="")
    filling.say_whole(database, kb, filling.content_of(kb))
    return kb


def _put_words(kb: StoredKnowledge, progress: Progress | None) -> None:
    """Let everything be found by its words, and keep the archived files."""
    words, counted = Words(kb.database), Counted(kb, progress)
    for item in filling.in_order(kb):
        put_words(words, kb, item, kb.order(item.id))
        counted.one()


def _leave_to_the_whole(file: Path) -> None:
    """Raise `NotPiecewiseError` where the whole of a file can be read: who does that says better
    what is wrong, and where.
    """
    if file.stat().st_size <= limits.KNOWLEDGE_BASE.most:
        raise NotPiecewiseError
