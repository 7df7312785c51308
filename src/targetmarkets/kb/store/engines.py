"""The engine that a store is in: a server for an address, SQLite for a file."""

from targetmarkets.kb.address import Address
from targetmarkets.kb.paths import Place
from targetmarkets.kb.store import sqlite
from targetmarkets.kb.store.engine import Database


def reading(place: Place) -> Database:
    """A store as it is now, whatever is written meanwhile. Raises `UnreadableError`."""
    if isinstance(place, Address):
        from targetmarkets.kb.store.postgres import database  # a file has no use for a server

        return database.reading(place)
    return sqlite.reading(place)


def writing(place: Place) -> Database:
    """A store that is changed in one transaction, after any writer before this one has finished.

    Raises `UnreadableError` and `OutputError`.
    """
    if isinstance(place, Address):
        from targetmarkets.kb.store.postgres import database  # a file has no use for a server

        return database.writing(place)
    return sqlite.writing(place)
