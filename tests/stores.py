"""The stores that the suites run against: a file of SQLite, and a database on a server."""

import shutil
import sqlite3
from abc import abstractmethod
from contextlib import closing
from pathlib import Path
from typing import Any, Final, Protocol

from targetmarkets.kb.address import Address
from targetmarkets.kb.paths import Named, Place
from targetmarkets.writing.copying import copy
from tests import postgres

_TABLES: Final = (
    *("base", "object", "name", "link", "facet", "archived", "content"),
    *("unit", "alias", "text", "change", "history"),
)


class Store(Protocol):
    """One kind of store."""

    @abstractmethod
    def made_of(self, kb: Named, path: Path) -> Place:
        """A new store with the content of a knowledge base; `path` is free."""

    @abstractmethod
    def again(self, place: Place, path: Path) -> Place:
        """The same store once more."""

    @abstractmethod
    def rows(self, place: Place, *statements: str) -> list[Any]:
        """Run statements by other means than ours; the rows of the last."""

    def dump(self, place: Place) -> list[Any]:
        """All rows of all tables."""
        queries = [f"SELECT * FROM {table}" for table in _TABLES]  # noqa: S608 - ours
        return [sorted(map(repr, self.rows(place, query))) for query in queries]


class InSqlite(Store):
    def made_of(self, kb: Named, path: Path) -> Path:
        return copy(kb, path)

    def again(self, place: Place, path: Path) -> Path:
        assert isinstance(place, Path)
        return Path(shutil.copyfile(place, path))

    def rows(self, place: Place, *statements: str) -> list[Any]:
        assert isinstance(place, Path)
        with closing(sqlite3.connect(place, isolation_level=None)) as database:
            found = [database.execute(statement).fetchall() for statement in statements]
        return found[-1]


class OnServer(Store):
    def made_of(self, kb: Named, path: Path) -> Address:  # noqa: ARG002 - it has no path
        return copy(kb, postgres.server().new())

    def again(self, place: Place, path: Path) -> Address:  # noqa: ARG002 - it has no path
        assert isinstance(place, Address)
        return postgres.server().copy(place)

    def rows(self, place: Place, *statements: str) -> list[Any]:
        assert isinstance(place, Address)
        return postgres.rows(place, *statements)


STORES: Final[dict[str, Store]] = {"sqlite": InSqlite(), "postgres": OnServer()}


def store_of(place: Place) -> Store:
    """The kind of store that one is."""
    return STORES["postgres" if isinstance(place, Address) else "sqlite"]


def rows(place: Place, *statements: str) -> list[Any]:
    """Run statements on a store by other means than ours; the rows of the last."""
    return store_of(place).rows(place, *statements)


def dump(place: Place) -> list[Any]:
    """All rows of all tables of a store."""
    return store_of(place).dump(place)
