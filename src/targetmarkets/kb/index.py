"""Large knowledge bases by way of an index, so that what is asked for is read, and no more.

The index holds every object, and by name, relation and filter the objects that go with each. It
is made of the knowledge base as it loads, and answers for a file with the very same bytes only.
"""

import sqlite3
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from functools import cached_property
from pathlib import Path
from typing import Any, Final, cast

from pydantic import ValidationError

from targetmarkets.errors import UnreadableError
from targetmarkets.kb import disposable, json_file
from targetmarkets.kb.classify import Classifier
from targetmarkets.kb.facets import Facets, claim_facets, customer_facets
from targetmarkets.kb.files import read_text, sha256
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.kb.knowledge import RELATIONS, Knowledge, Wanted
from targetmarkets.kb.lookup import Item, Objects, fold_name
from targetmarkets.model.objects import STORED, Claim
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import LIST_OF, LISTS

INDEX_KIND: Final = "objects-5"
"""The kind of database; its number changes with what it holds."""

_TABLES: Final = """
    CREATE TABLE object (place INTEGER PRIMARY KEY, list TEXT, id TEXT, json TEXT);
    CREATE TABLE file (covers TEXT);
    CREATE TABLE term (number INTEGER PRIMARY KEY, relation TEXT, value TEXT);
    CREATE TABLE entry (
        term INTEGER, nth INTEGER, place INTEGER, PRIMARY KEY (term, nth)
    ) WITHOUT ROWID;
"""
"""Objects by their place in the file, what it says of itself, and lists of objects by relation and
value."""

_INDEXES: Final = """
    CREATE UNIQUE INDEX object_by_id ON object (id);
    CREATE UNIQUE INDEX term_by_value ON term (relation, value);
"""
"""Made when the tables are full: to sort once takes less time than to keep sorted."""


def load_indexed(path: Path) -> Knowledge:
    """Load a knowledge base by way of its index, or as `json_file.load` does where none is kept.

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
        _fill(new, loaded[0])

    made = disposable.kept(INDEX_KIND, path, hash_, fill)
    if made and not loaded:
        return IndexedKnowledge(path, hash_, made)
    if made:
        made.close()  # it is for the next one: here everything was read
    return loaded[0] if loaded else json_file.load(path)


class IndexedKnowledge(Knowledge):
    """A knowledge base of which objects are read when they are asked for."""

    def __init__(self, path: Path, hash_: str, database: sqlite3.Connection) -> None:
        self.path = path
        self.hash = hash_
        self._stored = _Stored(database)
        self._relations: dict[str, _Relation] = {}
        ((self.covers,),) = self._stored.ask("SELECT covers FROM file")

    def of(self, model: type[Item]) -> Objects[Item]:
        return self.among((LIST_OF[model.word()],))

    def among(self, lists: Sequence[str]) -> Objects[Any]:
        return _Listed(self._stored, *lists)

    def related(self, relation: str, id_: str) -> Sequence[Any]:
        if relation not in self._relations:
            self._relations[relation] = _Relation(self._stored, relation)
        return self._relations[relation][id_]

    def claims_on_source(self, id_: str) -> Sequence[Claim]:
        return self.related("claims_on_source", id_)

    def position(self, id_: str) -> int:
        return self._stored.place(id_)

    def with_filters(self, model: type[Item], wanted: Wanted) -> Iterable[Item]:
        if not wanted:
            return self.of(model).values()
        return self._stored.fitting(LIST_OF[model.word()], wanted)


class _Stored:
    """The objects of an index, each read once, when it is first asked for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        weakref.finalize(self, database.close)
        self._read: dict[str, Stored] = {}
        self._places: dict[str, int] = {}

    def ask(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows that answer a query. Raises `UnreadableError` for a damaged index."""
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise disposable.damaged(self._database) from error

    def objects(self, rows: Iterable[tuple[str, str, str]]) -> list[Any]:
        """Objects from rows of list, id and JSON. Raises `UnreadableError` for a damaged index."""
        try:
            return [self._object(*row) for row in rows]
        except (ValidationError, LookupError, TypeError) as error:
            raise disposable.damaged(self._database) from error

    def _object(self, name: str, id_: str, json: str) -> Stored:
        if id_ not in self._read:
            self._read[id_] = STORED[name].model_validate_json(json)
        return self._read[id_]

    def place(self, id_: str) -> int:
        """The place of an object in the file. Raises `KeyError`."""
        if id_ not in self._places:
            rows = self.ask("SELECT place FROM object WHERE id = ?", (id_,))
            if not rows:
                raise KeyError(id_)
            self._places[id_] = rows[0][0]
        return self._places[id_]

    def fitting(self, name: str, wanted: Wanted) -> list[Any]:
        """Objects of a list that have one of the values wanted of each filter, in order."""
        each = "SELECT place FROM term JOIN entry ON term = number WHERE relation = ? AND value = ?"
        found = [
            {place for value in values for (place,) in self.ask(each, (_by(name, filter_), value))}
            for filter_, values in wanted
        ]
        one = "SELECT list, id, json FROM object WHERE place = ?"
        places = sorted(set.intersection(*found))
        return self.objects(row for place in places for row in self.ask(one, (place,)))


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
        rows = self._stored.ask(query, (_sendable(id_),))
        return next((row for row in rows if row[0] in self._lists), None)

    def __iter__(self) -> Iterator[str]:
        for name in self._lists:
            query = "SELECT id FROM object WHERE list = ? ORDER BY place"
            for (id_,) in self._stored.ask(query, (name,)):
                yield id_

    def __len__(self) -> int:
        count = "SELECT count(*) FROM object WHERE list = ?"
        return sum(number for name in self._lists for (number,) in self._stored.ask(count, (name,)))

    def values(self) -> ValuesView[Item]:
        return ValuesView(self)

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
        found = _Relation(self._stored, "name")[fold_name(name)]
        return [item for item in found if item.id in self]

    def formerly(self, id_: str) -> Sequence[Item]:
        return [item for item in self.called(id_) if id_ in item.formerly]


class _Relation:
    """Objects by a value, in the order of the relation."""

    def __init__(self, stored: _Stored, name: str) -> None:
        self._stored = stored
        self._name = name
        self._known: dict[str, list[Any]] = {}

    def __getitem__(self, value: str) -> list[Any]:
        if value not in self._known:
            query = (
                "SELECT list, id, json FROM term JOIN entry ON term = number "
                "JOIN object USING (place) WHERE relation = ? AND value = ? ORDER BY nth"
            )
            rows = self._stored.ask(query, (self._name, _sendable(value)))
            self._known[value] = self._stored.objects(rows)
        return self._known[value]


def _sendable(value: str) -> str:
    """A value as SQLite takes it: what was typed may hold half a character."""
    return value.encode("utf-8", "replace").decode()


def _unchanged(path: Path, hash_: str) -> FileKnowledge:
    """The knowledge base of a file that has a SHA-256. Raises `UnreadableError` if it has not."""
    text = read_text(path)
    if sha256(text.encode()) != hash_:
        raise UnreadableError(f"{path} was changed while it was read", "try again")
    kb = json_file.load_text(text, path)
    kb.hash = hash_
    return kb


def _fill(database: sqlite3.Connection, kb: Knowledge) -> None:
    lists = [
        (relation, value, items)
        for relation, found in _relations(kb)
        for value, items in found.items()
    ]
    database.executescript(_TABLES)
    database.executemany(
        "INSERT INTO object VALUES (?, ?, ?, ?)",
        (
            (kb.position(item.id), name, item.id, _json(item))
            for name in LISTS
            for item in kb.among([name]).values()
        ),
    )
    database.execute("INSERT INTO file VALUES (?)", (kb.covers,))
    database.executemany(
        "INSERT INTO term VALUES (?, ?, ?)",
        ((number, relation, value) for number, (relation, value, _) in enumerate(lists)),
    )
    database.executemany(
        "INSERT INTO entry VALUES (?, ?, ?)",
        (
            (number, nth, kb.position(item.id))
            for number, (_, _, items) in enumerate(lists)
            for nth, item in enumerate(items)
        ),
    )
    database.executescript(_INDEXES)


def _json(item: Stored) -> str:
    return item.model_dump_json(by_alias=True, exclude_defaults=True)


def _relations(kb: Knowledge) -> Iterator[tuple[str, Mapping[str, Sequence[Stored]]]]:
    """All that an index holds lists of, with the lists."""
    for name, (lists, leading, order) in RELATIONS.items():
        items = kb.among(lists).values()
        yield (
            name,
            _lists(
                (id_, item)
                for item in (sorted(items, key=order) if order else items)
                for id_ in leading(item)
            ),
        )
    resting = ((id_, claim) for claim in kb.claims.values() for id_ in kb.sources_of(claim))
    yield "claims_on_source", _lists(resting)
    yield "name", {name: [kb.objects[i] for i in ids] for name, ids in kb.objects.names.items()}
    classifier = Classifier(kb)
    yield from _facets("claims", kb.claims, claim_facets(kb, classifier))
    yield from _facets("customers", kb.customers, customer_facets(kb, classifier))


def _facets(
    name: str, items: Objects[Item], facets: Facets[Item]
) -> Iterator[tuple[str, Mapping[str, Sequence[Stored]]]]:
    for filter_, values in facets.items():
        pairs = ((v, item) for item in items.values() for v in dict.fromkeys(values(item)))
        yield _by(name, filter_), _lists(pairs)


def _lists(pairs: Iterable[tuple[str, Stored]]) -> Mapping[str, Sequence[Stored]]:
    lists: dict[str, list[Stored]] = defaultdict(list)
    for value, item in pairs:
        lists[value].append(item)
    return lists


def _by(name: str, filter_: str) -> str:
    """The relation of the objects of a list to the values of a filter."""
    return f"{name} by {filter_}"
