"""Large knowledge bases by way of an index, so that what is asked for is read, and no more.

The index holds every object, and by name, relation and filter the objects that go with each. It
is made of the knowledge base as it loads, and answers for a file with the very same bytes only.
"""

import sqlite3
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from targetmarkets.errors import UnreadableError
from targetmarkets.kb import disposable, knowledge
from targetmarkets.kb.classify import Classifier
from targetmarkets.kb.facets import Facets, claim_facets, customer_facets
from targetmarkets.kb.files import read_text, sha256
from targetmarkets.kb.knowledge import Knowledge, Wanted
from targetmarkets.kb.lookup import Item, Object, Objects, Subject, fold_name
from targetmarkets.model.objects import (
    Category,
    Claim,
    Customer,
    Group,
    KnowledgeFile,
    Quote,
    Source,
)
from targetmarkets.model.vocabulary import LISTS

KIND: Final = "objects-1"
"""The kind of database; its number changes with what it holds."""

_MODELS: Final[Mapping[str, type[Object]]] = {
    "sources": Source,
    "quotes": Quote,
    "customers": Customer,
    "categories": Category,
    "groups": Group,
    "claims": Claim,
}

_RELATIONS: Final = (
    "claims_about",
    "claims_on_quote",
    "claims_on_source",
    "denials",
    "conflicts",
    "groups_naming",
    "quotes_from",
)
"""The ways of a `Knowledge` from an id to objects."""

_TABLES: Final = """
    CREATE TABLE object (place INTEGER PRIMARY KEY, list TEXT, id TEXT, json TEXT);
    CREATE TABLE term (number INTEGER PRIMARY KEY, relation TEXT, value TEXT);
    CREATE TABLE entry (
        term INTEGER, nth INTEGER, place INTEGER, PRIMARY KEY (term, nth)
    ) WITHOUT ROWID;
"""
"""Objects by their place in the file, and lists of them by relation and value."""

_INDEXES: Final = """
    CREATE UNIQUE INDEX object_by_id ON object (id);
    CREATE UNIQUE INDEX term_by_value ON term (relation, value);
"""
"""Made when the tables are full: to sort once takes less time than to keep sorted."""

Related = TypeVar("Related", bound=Object)


def load(path: Path) -> Knowledge:
    """Load a knowledge base by way of its index, or as `knowledge.load` does where none is kept.

    Both lead to the same objects. Raises what `knowledge.load` raises.
    """
    loaded: list[Knowledge] = []
    try:
        hash_ = disposable.sha256_of(path) if disposable.folder() else None
    except OSError:
        hash_ = None  # whoever reads the file says what is wrong
    if hash_ is None:
        return knowledge.load(path)

    def fill(new: sqlite3.Connection) -> None:
        loaded.append(_unchanged(path, hash_))
        _fill(new, loaded[0])

    made = disposable.kept(KIND, path, hash_, fill)
    if made and not loaded:
        return IndexedKnowledge(path, hash_, made)
    if made:
        made.close()  # it is for the next one: here everything was read
    return loaded[0] if loaded else knowledge.load(path)


class IndexedKnowledge(Knowledge):
    """A knowledge base of which objects are read when they are asked for."""

    def __init__(self, path: Path, hash_: str, database: sqlite3.Connection) -> None:
        self.path = path
        self.hash: str = hash_
        self._stored = _Stored(database)

    @cached_property
    def content(self) -> KnowledgeFile:
        """The whole content, for those who need all of it. Raises `UnreadableError`."""
        return _unchanged(self.path, self.hash).content

    @cached_property
    def sources(self) -> Objects[Source]:
        return _Listed(self._stored, "sources")

    @cached_property
    def quotes(self) -> Objects[Quote]:
        return _Listed(self._stored, "quotes")

    @cached_property
    def customers(self) -> Objects[Customer]:
        return _Listed(self._stored, "customers")

    @cached_property
    def categories(self) -> Objects[Category]:
        return _Listed(self._stored, "categories")

    @cached_property
    def groups(self) -> Objects[Group]:
        return _Listed(self._stored, "groups")

    @cached_property
    def claims(self) -> Objects[Claim]:
        return _Listed(self._stored, "claims")

    @cached_property
    def subjects(self) -> Objects[Subject]:
        return _Listed(self._stored, "customers", "categories", "groups")

    @cached_property
    def objects(self) -> Objects[Object]:
        lists = ("customers", "categories", "groups", "claims", "quotes", "sources")
        return _Listed(self._stored, *lists)

    @cached_property
    def archived(self) -> Sequence[Source]:
        return _Relation[Source](self._stored, "archived").get("", ())

    @cached_property
    def position(self) -> Mapping[str, int]:
        return _Places(self._stored)

    @cached_property
    def claims_about(self) -> Mapping[str, Sequence[Claim]]:
        return _Relation(self._stored, "claims_about")

    @cached_property
    def claims_on_quote(self) -> Mapping[str, Sequence[Claim]]:
        return _Relation(self._stored, "claims_on_quote")

    @cached_property
    def claims_on_source(self) -> Mapping[str, Sequence[Claim]]:
        return _Relation(self._stored, "claims_on_source")

    @cached_property
    def denials(self) -> Mapping[str, Sequence[Claim]]:
        return _Relation(self._stored, "denials")

    @cached_property
    def conflicts(self) -> Mapping[str, Sequence[Claim]]:
        return _Relation(self._stored, "conflicts")

    @cached_property
    def groups_naming(self) -> Mapping[str, Sequence[Group]]:
        return _Relation(self._stored, "groups_naming")

    @cached_property
    def quotes_from(self) -> Mapping[str, Sequence[Quote]]:
        return _Relation(self._stored, "quotes_from")

    def claims_with(self, wanted: Wanted) -> Iterable[Claim]:
        return self._stored.fitting("claims", wanted) if wanted else self.content.claims

    def customers_with(self, wanted: Wanted) -> Iterable[Customer]:
        return self._stored.fitting("customers", wanted) if wanted else self.content.customers


class _Stored:
    """The objects of an index, each read once, when it is first asked for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.ask = database.execute
        weakref.finalize(self, database.close)
        self._read: dict[str, Object] = {}

    def objects(self, rows: Iterable[tuple[str, str, str]]) -> list[Any]:
        """Objects from rows of list, id and JSON."""
        return [self._object(*row) for row in rows]

    def _object(self, name: str, id_: str, json: str) -> Object:
        if id_ not in self._read:
            self._read[id_] = _MODELS[name].model_validate_json(json)
        return self._read[id_]

    def fitting(self, name: str, wanted: Wanted) -> list[Any]:
        """Objects of a list that have one of the values wanted of each filter, in order."""
        each = "SELECT place FROM term JOIN entry ON term = number WHERE relation = ? AND value = ?"
        found = [
            {place for value in values for (place,) in self.ask(each, (_by(name, filter_), value))}
            for filter_, values in wanted
        ]
        one = "SELECT list, id, json FROM object WHERE place = ?"
        places = sorted(set.intersection(*found))
        return self.objects(self.ask(one, (place,)).fetchone() for place in places)


class _Listed(Objects[Item]):
    """Objects of some lists."""

    def __init__(self, stored: _Stored, *lists: str) -> None:
        self._stored = stored
        self._lists = lists

    def __getitem__(self, id_: str) -> Item:
        row = self._row(id_)
        if row is None:
            raise KeyError(id_)
        return cast("Item", self._stored.objects([row])[0])

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self._row(id_) is not None

    def _row(self, id_: str) -> tuple[str, str, str] | None:
        query = "SELECT list, id, json FROM object WHERE id = ?"
        row = self._stored.ask(query, (_sendable(id_),)).fetchone()
        return row if row and row[0] in self._lists else None

    def __iter__(self) -> Iterator[str]:
        for name in self._lists:
            query = "SELECT id FROM object WHERE list = ? ORDER BY place"
            for (id_,) in self._stored.ask(query, (name,)):
                yield id_

    def __len__(self) -> int:
        count = "SELECT count(*) FROM object WHERE list = ?"
        return sum(self._stored.ask(count, (name,)).fetchone()[0] for name in self._lists)

    @cached_property
    def names(self) -> Mapping[str, Sequence[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for name in self._lists:
            query = (
                "SELECT value, id FROM term JOIN entry ON term = number JOIN object USING (place) "
                "WHERE relation = 'name' AND list = ? ORDER BY place"
            )
            for folded, id_ in self._stored.ask(query, (name,)):
                names[folded].append(id_)
        return names

    def called(self, name: str) -> list[Item]:
        found = _Relation[Item](self._stored, "name").get(fold_name(name), ())
        return [item for item in found if item.id in self]


class _Relation(Mapping[str, Sequence[Related]]):
    """Objects by a value, in the order of the relation."""

    def __init__(self, stored: _Stored, name: str) -> None:
        self._stored = stored
        self._name = name
        self._known: dict[str, list[Related]] = {}

    def __getitem__(self, value: str) -> list[Related]:
        if value not in self._known:
            query = (
                "SELECT list, id, json FROM term JOIN entry ON term = number "
                "JOIN object USING (place) WHERE relation = ? AND value = ? ORDER BY nth"
            )
            rows = self._stored.ask(query, (self._name, _sendable(value)))
            self._known[value] = self._stored.objects(rows)
        if not self._known[value]:
            raise KeyError(value)
        return self._known[value]

    def __iter__(self) -> Iterator[str]:
        query = "SELECT value FROM term WHERE relation = ? ORDER BY number"
        return (value for (value,) in self._stored.ask(query, (self._name,)))

    def __len__(self) -> int:
        query = "SELECT count(*) FROM term WHERE relation = ?"
        return int(self._stored.ask(query, (self._name,)).fetchone()[0])


class _Places(Mapping[str, int]):
    """The place of each object in the file, by id."""

    def __init__(self, stored: _Stored) -> None:
        self._stored = stored
        self._known: dict[str, int] = {}

    def __getitem__(self, id_: str) -> int:
        if id_ not in self._known:
            row = self._stored.ask("SELECT place FROM object WHERE id = ?", (id_,)).fetchone()
            if row is None:
                raise KeyError(id_)
            self._known[id_] = row[0]
        return self._known[id_]

    def __iter__(self) -> Iterator[str]:
        return (id_ for (id_,) in self._stored.ask("SELECT id FROM object ORDER BY place"))

    def __len__(self) -> int:
        return int(self._stored.ask("SELECT count(*) FROM object").fetchone()[0])


def _sendable(value: str) -> str:
    """A value as SQLite takes it: what was typed may hold half a character."""
    return value.encode("utf-8", "replace").decode()


def _unchanged(path: Path, hash_: str) -> Knowledge:
    """The knowledge base of a file that has a SHA-256. Raises `UnreadableError` if it has not."""
    text = read_text(path)
    if sha256(text.encode()) != hash_:
        raise UnreadableError(f"{path} was changed while it was read", "try again")
    kb = knowledge.load_text(text, path)
    kb.hash = hash_
    return kb


def _fill(database: sqlite3.Connection, kb: Knowledge) -> None:
    place = kb.position
    lists = [
        (relation, value, items)
        for relation, found in _relations(kb)
        for value, items in found.items()
    ]
    database.executescript(_TABLES)
    database.executemany(
        "INSERT INTO object VALUES (?, ?, ?, ?)",
        (
            (place[item.id], name, item.id, _json(item))
            for name in LISTS
            for item in getattr(kb.content, name)
        ),
    )
    database.executemany(
        "INSERT INTO term VALUES (?, ?, ?)",
        ((number, relation, value) for number, (relation, value, _) in enumerate(lists)),
    )
    database.executemany(
        "INSERT INTO entry VALUES (?, ?, ?)",
        (
            (number, nth, place[item.id])
            for number, (_, _, items) in enumerate(lists)
            for nth, item in enumerate(items)
        ),
    )
    database.executescript(_INDEXES)


def _json(item: Object) -> str:
    return item.model_dump_json(by_alias=True, exclude_defaults=True)


def _relations(kb: Knowledge) -> Iterator[tuple[str, Mapping[str, Sequence[Object]]]]:
    """All that an index holds lists of, with the lists."""
    for name in _RELATIONS:
        yield name, getattr(kb, name)
    yield "name", {name: [kb.objects[i] for i in ids] for name, ids in kb.objects.names.items()}
    yield "archived", {"": kb.archived}
    classifier = Classifier(kb)
    yield from _facets("claims", kb.content.claims, claim_facets(kb, classifier))
    yield from _facets("customers", kb.content.customers, customer_facets(kb, classifier))


def _facets(
    name: str, items: Sequence[Item], facets: Facets[Item]
) -> Iterator[tuple[str, Mapping[str, Sequence[Item]]]]:
    for filter_, values in facets.items():
        lists: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            for value in dict.fromkeys(values(item)):
                lists[value].append(item)
        yield _by(name, filter_), lists


def _by(name: str, filter_: str) -> str:
    """The relation of the objects of a list to the values of a filter."""
    return f"{name} by {filter_}"
