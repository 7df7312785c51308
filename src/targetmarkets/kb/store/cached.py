"""A large JSON file by way of a store that was made of it, so that what is asked for is read, and
no more. It answers for a file with the very same bytes only.
"""

import sqlite3
from pathlib import Path
from typing import Final

from targetmarkets.errors import UnreadableError
from targetmarkets.kb import disposable, json_file
from targetmarkets.kb.files import read_bytes, sha256
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.store import filling, schema, sql
from targetmarkets.kb.store.engine import Database
from targetmarkets.kb.store.sqlite import SqliteDatabase
from targetmarkets.kb.store.stored import StoredKnowledge

KIND: Final = "objects-10"
"""The kind of database; its number changes with what it holds."""


def load_cached(path: Path) -> Knowledge:
    """Load a JSON file by way of its store, or as `json_file.load` does where none is kept.

    Both lead to the same objects. Raises what `json_file.load` raises.
    """
    loaded: list[Knowledge] = []
    try:
        hash_ = disposable.sha256_of(path) if disposable.folder() else None
    except OSError:
        hash_ = None  # whoever reads the file says what is wrong
    if hash_ is None:
        return json_file.load(path)

    def fill(new: sqlite3.Connection) -> None:
        loaded.append(_unchanged(path, hash_))
        _fill(disposable_database(new), loaded[0])

    made = disposable.kept(KIND, path, hash_, fill)
    if made and not loaded:
        database = disposable_database(made)
        return StoredKnowledge(path, database, said=dict(database.ask(sql.BASE)), hash_=hash_)
    if made:
        made.close()  # it is for the next one: here everything was read
    return loaded[0] if loaded else json_file.load(path)


def disposable_database(connection: sqlite3.Connection) -> SqliteDatabase:
    """A database that is thrown away where it is found to be damaged."""
    return SqliteDatabase(connection, lambda _: disposable.damaged(connection))


def _unchanged(path: Path, hash_: str) -> FileKnowledge:
    """The knowledge base of a file that has a SHA-256. Raises `UnreadableError` if it has not."""
    data = read_bytes(path)
    if sha256(data) != hash_:
        raise UnreadableError(f"{path} was changed while it was read", "try again")
    kb = json_file.load_bytes(data, path)
    kb.hash = hash_
    return kb


def _fill(database: Database, kb: Knowledge) -> None:
    filling.make(database, filling.said_by(kb))
    for _ in filling.fill(database, filling.in_order(kb)):
        pass
    database.script(schema.OBJECT_INDEXES)
