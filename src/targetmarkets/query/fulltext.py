"""The words of a knowledge base, wherever they can be searched: in its own store, in one that is
kept for a large file, or in memory.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from targetmarkets.errors import UnreadableError
from targetmarkets.evidence.archive import Archives
from targetmarkets.kb import disposable
from targetmarkets.kb.files import sha256
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.store import sqlite
from targetmarkets.kb.store.cached import disposable_database
from targetmarkets.kb.store.filling import in_order
from targetmarkets.kb.store.stored import StoredKnowledge
from targetmarkets.kb.store.texts import Words
from targetmarkets.model.objects import Source

TEXTS_KIND: Final = "texts-5"
"""The kind of database; its number changes with what it holds."""


@contextmanager
def corpus(kb: Knowledge, archives: Archives) -> Iterator[Words]:
    """All words of a knowledge base.

    Those of a large file are kept, for as long as neither it nor an archived text changes.
    """
    if kb.keeps_texts and isinstance(kb, StoredKnowledge):
        yield Words(kb.database)
        return
    database = _kept(kb, archives)
    if not database:
        database = sqlite.in_memory()
        _fill(Words(database), kb, archives)
    try:
        yield Words(database)
    finally:
        database.close()


def _kept(kb: Knowledge, archives: Archives) -> sqlite.SqliteDatabase | None:
    """The database of a file that has one, or a new one."""
    if not kb.hash:
        return None

    def make(new: sqlite3.Connection) -> None:
        _fill(Words(disposable_database(new)), kb, archives)

    hashes = [f"{source.id} {_hash(archives, source)}" for source in kb.archived]
    made_from = sha256("\n".join([kb.hash, *hashes]).encode())
    made = disposable.kept(TEXTS_KIND, kb.path, made_from, make)
    return disposable_database(made) if made else None


def _fill(words: Words, kb: Knowledge, archives: Archives) -> None:
    """Every text: names, accepted statements, quotations, works, passages."""
    words.make()
    for item in in_order(kb):
        words.put_object(kb, item, kb.order(item.id))
    for source in kb.archived:
        with suppress(UnreadableError):  # the search says so
            text = archives.text(source.id).text
            words.put_text(source.id, text, kb.order(source.id))


def _hash(archives: Archives, source: Source) -> str:
    """SHA-256 of an archived text as it is now; empty where it cannot be read."""
    try:
        return archives.text(source.id).sha256
    except UnreadableError:
        return ""
