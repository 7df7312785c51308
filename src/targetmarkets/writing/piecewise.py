"""Make a store of a large JSON file, some objects at a time: no more than these are in memory.

First the rows of all objects are put, then the store that they are is proved and its words are put.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from targetmarkets import limits
from targetmarkets.errors import InvalidError
from targetmarkets.evidence.stored import unsound
from targetmarkets.kb.json_file import unusable
from targetmarkets.kb.paths import file_of, is_store, locate
from targetmarkets.kb.store import filling, schema, sql, sqlite
from targetmarkets.kb.store.stored import StoredKnowledge
from targetmarkets.kb.store.texts import Words
from targetmarkets.model.integrity import LARGE, place
from targetmarkets.model.pieces import Streamed
from targetmarkets.writing.copying import EVERY, put_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from targetmarkets.kb.paths import Named
    from targetmarkets.kb.store.sqlite import SqliteDatabase

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


def put_pieces(file: Path, progress: Callable[[int, int], None] | None, new: Path, _: Path) -> None:
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
            raise _refused(file, f"{error}") from error
        if faults:
            if file.stat().st_size <= limits.KNOWLEDGE_BASE.most:
                raise NotPiecewiseError  # who reads the whole of it names the lines, too
            raise unusable(file, place(None, str(file), faults))
        _put_words(kb, database, progress)
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
    frame = streamed.frame
    said = {"$schema": frame.schema_, "covers": frame.covers}
    kb = StoredKnowledge(file, database, said={n: v for n, v in said.items() if v}, hash_="")
    filling.say_whole(database, kb, filling.content_of(kb))
    return kb


def _put_words(
    kb: StoredKnowledge, database: SqliteDatabase, progress: Callable[[int, int], None] | None
) -> None:
    """Let everything be found by its words, and keep the archived files."""
    words = Words(database)
    every = len(kb.objects)
    for done, item in enumerate(filling.in_order(kb), start=1):
        put_words(words, kb, item, kb.order(item.id))
        if progress and (done % EVERY == 0 or done == every):
            progress(done, every)


def _refused(file: Path, why: str) -> Exception:
    if file.stat().st_size <= limits.KNOWLEDGE_BASE.most:
        return NotPiecewiseError()
    message = f"{file} is too large to be read as a whole, and cannot be read in pieces: {why}"
    return InvalidError(message, "have it in the layout of tm fmt, or divide it")
