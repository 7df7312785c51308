"""A knowledge base in a store, of which objects are read when they are asked for."""

import shlex
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from contextlib import suppress
from functools import cache, cached_property, partial
from typing import Any, Final, cast

from pydantic import ValidationError

from targetmarkets.errors import UnreadableError
from targetmarkets.kb.held import Held
from targetmarkets.kb.history import PastChange, Versions, history_beside, stored_in
from targetmarkets.kb.knowledge import RELATIONS, Knowledge, Wanted, some_at_a_time
from targetmarkets.kb.lookup import Item, Objects, fold_name
from targetmarkets.kb.paths import Place, file_of
from targetmarkets.kb.store import engines, sql
from targetmarkets.kb.store.engine import Database, NoStoreError
from targetmarkets.kb.store.narrowing import narrowed
from targetmarkets.kb.store.places import stretch
from targetmarkets.kb.store.rows import MAX_LENGTH, looked_up
from targetmarkets.kb.store.schema import STORE_VERSION
from targetmarkets.kb.store.unfinished import unfinished
from targetmarkets.model.objects import STORED, Claim, Customer, Quote
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import LIST_OF, LISTS, SHOWN

MAX_OBJECTS_HELD: Final = 4_096
"""Objects that are held lest they be read again."""

LITTLE: Final = 300
"""The same where each is asked for once: what some claims refer to that come one after another."""

MAX_LISTS_HELD: Final = 1_024
"""Lists of them that are."""

MAX_ASKED: Final = 1_000
"""Objects that one query asks for."""

_AGAINST: Final = ("denials", "conflicts")

_MODELS: Final = {model.word(): model for model in STORED.values()}

_SHOWN: Final = {type_.word: number for number, type_ in enumerate(SHOWN)}


def open_store(path: Place) -> "StoredKnowledge":
    """A store as it is now. Raises `UnreadableError` for one that is not of this program."""
    database = engines.reading(path)
    try:
        return StoredKnowledge(path, database, said=known(path, database))
    except BaseException:
        database.close()
        raise


def known(path: Place, database: Database) -> Mapping[str, str]:
    """What a store says of itself. Raises `UnreadableError` for a database whose tables are not
    those that are known here, and passes on what else is wrong with it.
    """
    try:
        said: dict[str, str] = dict(database.ask(sql.BASE))
        version = said["store_version"]
    except (NoStoreError, KeyError) as error:
        raise none_there(path) from error
    if mark := unfinished(version):
        there = f"{mark.done:,} of {mark.of:,} objects are there"
        message = f"the copy of {mark.source} to {path} has not ended: {there}"
        remedy = "run the same tm copy or tm init again to go on, or drop its tables: docs/team.md"
        raise UnreadableError(message, remedy)
    if version != str(STORE_VERSION):
        message = f"{path} has tables of version {version}; this tm reads {STORE_VERSION}"
        older = version.isdecimal() and int(version) < STORE_VERSION
        how = f"tm init {shlex.quote(str(path))} brings them to it"
        remedy = how if older else "upgrade targetmarkets"
        raise UnreadableError(message, remedy)
    return said


def none_there(path: Place) -> UnreadableError:
    """The error for a database in which there is no knowledge base."""
    message = f"{path} is a database, and no knowledge base"
    return UnreadableError(message, "tm copy makes one of a JSON file")


class StoredKnowledge(Knowledge):
    """A knowledge base in a store."""

    def __init__(
        self, path: Place, database: Database, *, said: Mapping[str, str], hash_: str | None = None
    ) -> None:
        """`said` is what the store says of itself; `hash_` is the SHA-256 of the JSON file at the
        path, where the store was made of one.
        """
        self.path = path
        self.hash = hash_
        self.database = database
        weakref.finalize(self, database.close)
        self.keeps_texts = hash_ is None
        self._read = Held[Stored](MAX_OBJECTS_HELD)
        self._places = Held[int](MAX_OBJECTS_HELD)
        self._related = Held[list[Any]](MAX_LISTS_HELD)
        self._absent = Held[None](MAX_LISTS_HELD)
        """Ids that nothing has."""
        self.said = said
        """What the store says of itself, by name."""
        self.covers = self.says("covers")

    def says(self, name: str) -> str | None:
        """What the store says of itself; None where it does not."""
        return self.said.get(name)

    def of(self, model: type[Item]) -> Objects[Item]:
        return self.among((LIST_OF[model.word()],))

    def among(self, lists: Sequence[str]) -> Objects[Any]:
        return _Listed(self, tuple(lists))

    def related(self, relation: str, id_: str) -> Sequence[Any]:
        return self._related.of(f"{relation} {id_}", lambda: self._lead(relation, id_))

    def claims_on_source(self, id_: str) -> Sequence[Claim]:
        value = sendable(id_)
        return self._related.of(
            f"resting {id_}", lambda: self.few_objects(sql.RESTING, (value, value))
        )

    def _lead(self, relation: str, id_: str) -> list[Any]:
        if relation == "mentioning":
            linked = self.few_objects(sql.MENTIONING, (sendable(id_),))
            found = [it for it in linked if id_ in (there for _, there, _ in it.mentions())]
            return sorted(found, key=lambda item: _SHOWN[item.word()])
        found = self.few_objects(sql.RELATED, (sendable(id_), relation))
        order = RELATIONS[relation].order
        return sorted(found, key=order) if order else found

    def position(self, id_: str) -> int:
        ((count,),) = self.database.ask(sql.BEFORE, (self.order(id_),))
        return int(count)

    def order(self, id_: str) -> int:
        return self._places.of(id_, lambda: self._place(id_))

    def _place(self, id_: str) -> int:
        rows = self.database.ask(sql.PLACE, (sendable(id_),))
        if not rows:
            raise KeyError(id_)
        return int(rows[0][0])

    def history(self, ids: Sequence[str] = ()) -> Iterator[PastChange]:
        if not self.keeps_texts:  # it is of a file, which has its history beside it
            yield from history_beside(file_of(self.path, "this"), ids)
            return
        query = sql.of_many(sql.CHANGES_OF, len(ids)) if ids else sql.CHANGES
        for number, version, at, who, why in self.database.stream(query, [*map(sendable, ids)]):
            objects: dict[str, Versions] = {}
            for changed, before, after in self.database.ask(sql.CHANGED, (number,)):
                objects[changed] = stored_in(before), stored_in(after)
            yield PastChange(number, version, at, who, why, objects)

    def with_filters(self, model: type[Item], wanted: Wanted) -> Iterable[Item]:
        part = narrowed(self.database, LIST_OF[model.word()], wanted)
        return self.objects_from(*part) if part else self.of(model).values()

    def text_bytes(self, file: str) -> bytes | None:
        if not self.keeps_texts:
            return None
        rows = self.database.ask(sql.FILE, (sendable(file),))
        if not rows or not isinstance(rows[0][0], bytes):
            message = f"the archived file {file} is not in {self.path}"
            raise UnreadableError(message, "restore the store from a copy")
        return rows[0][0]

    def text_names(self) -> Sequence[str]:
        return [name for (name,) in self.database.ask(sql.FILES)] if self.keeps_texts else ()

    def has_text(self, file: str) -> bool:
        return bool(self.database.ask(sql.FILE_HASH, (sendable(file),)))

    def is_mentioned(self, id_: str) -> bool:
        return bool(self.database.ask(sql.IS_MENTIONED, (sendable(id_),)))

    def hold_little(self) -> None:
        self.forget()
        self._read.most = LITTLE
        self._places.most = LITTLE
        self._related.most = LITTLE

    def by_id(self, id_: str) -> Stored | None:
        """The object with an id."""
        if id_ in self._read or id_ in self._absent:
            return self._read.get(id_)
        for row in self.database.ask(sql.OBJECT, (sendable(id_),)):
            return self.kept(*row)
        return self._absent.of(id_, lambda: None)

    def foresee(self, items: Iterable[Item]) -> Iterable[Item]:
        for chunk in some_at_a_time(items):
            claims = [item for item in chunk if isinstance(item, Claim)]
            self.lead_ahead(_AGAINST, (claim.id for claim in claims))
            mentioned = self.several(_mentioned(chunk))
            customers = (item.id for item in mentioned if isinstance(item, Customer))
            self.lead_ahead(("classifications",), customers)  # a category leads to all in it
            self.several(_mentioned(item for item in mentioned if isinstance(item, Quote)))
            yield from chunk

    def several(self, ids: Iterable[str]) -> Sequence[Stored]:
        asked = [*dict.fromkeys(ids)]
        unknown = [id_ for id_ in asked if id_ not in self._read]
        held = {id_: self._read[id_] for id_ in asked if id_ in self._read}
        for start in range(0, len(unknown), MAX_ASKED):
            part = unknown[start : start + MAX_ASKED]
            query = sql.of_many(sql.OBJECTS, len(part))
            held |= {item.id: item for item in self.few_objects(query, part)}
        return [held[id_] for id_ in asked if id_ in held]

    def lead_ahead(self, relations: Sequence[str], ids: Iterable[str]) -> None:
        assert "mentioning" not in relations, "it has no rows of its own"
        unknown = [
            id_
            for id_ in dict.fromkeys(ids)
            if any(f"{relation} {id_}" not in self._related for relation in relations)
        ]
        for start in range(0, len(unknown), MAX_ASKED):
            self._lead_from(relations, unknown[start : start + MAX_ASKED])

    def _lead_from(self, relations: Sequence[str], ids: Sequence[str]) -> None:
        found = {(relation, id_): list[Any]() for relation in relations for id_ in ids}
        query = sql.of_many(sql.LED_TO, len(ids), len(relations))
        for target, relation, *row in self.database.ask(query, [*ids, *relations]):
            found[relation, target].append(self.kept(*row))
        for (relation, id_), led_to in found.items():
            if order := RELATIONS[relation].order:
                led_to.sort(key=order)
            self._related.of(f"{relation} {id_}", partial(list, led_to))

    def called(self, folded: str) -> list[Any]:
        """The objects that have a folded name, or one that begins alike where it is long."""
        return self._related.of(
            f"called {folded}", lambda: self.few_objects(sql.CALLED, (looked_up(folded),))
        )

    def word(self, id_: str) -> str | None:
        """The word for the object with an id; None where there is none. The object is read with it,
        as who asks for the one mostly asks for the other, but it need not be one that can be.
        """
        if id_ in self._read:
            return self._read[id_].word()
        if id_ in self._absent:
            return None
        for row in self.database.ask(sql.OBJECT, (sendable(id_),)):
            with suppress(UnreadableError):
                self.kept(*row)
            return str(row[0])
        return self._absent.of(id_, lambda: None)

    def objects_from(self, query: str, values: Sequence[object] = ()) -> Iterator[Any]:
        """Objects from the rows of type, id, JSON and place that answer a query."""
        for row in self.database.stream(query, values):
            yield self.kept(*row)

    def few_objects(self, query: str, values: Sequence[object]) -> list[Any]:
        """The same, all at once: a list of them is wanted."""
        return [self.kept(*row) for row in self.database.ask(query, values)]

    def kept(self, type_: str, id_: str, body: str, place: int) -> Stored:
        """An object of which the JSON was read; it is held a while."""
        if id_ not in self._places:
            self._places.put(id_, place)
        if id_ not in self._read:
            return self._read.put(id_, self._object(type_, body))
        self._read.move_to_end(id_)
        return self._read[id_]

    def _object(self, type_: str, body: str) -> Stored:
        try:
            return _MODELS[type_].model_validate_json(body)
        except (ValidationError, LookupError, TypeError) as error:
            raise self.database.damaged(None) from error

    def forget_places(self) -> None:
        """Look anew where everything stands: some of it was moved."""
        self._places.clear()

    def forget(self) -> None:
        """Read everything anew: it was changed."""
        self.forget_places()
        self._read.clear()
        self._related.clear()
        self._absent.clear()


def _mentioned(items: Iterable[Stored]) -> Iterator[str]:
    """The ids to which some objects refer."""
    return (id_ for item in items for _, id_, _ in item.mentions())


@cache
def _words_of(lists: tuple[str, ...]) -> frozenset[str]:
    """The words for the objects of some lists."""
    return frozenset(LISTS[name] for name in lists)


class _Listed(Objects[Item]):
    """Objects of some lists."""

    def __init__(self, kb: StoredKnowledge, lists: tuple[str, ...]) -> None:
        self._kb = kb
        self._lists = lists
        self._words = _words_of(lists)

    def __getitem__(self, id_: str) -> Item:
        found = self._kb.by_id(id_)
        if found is None or found.word() not in self._words:
            raise KeyError(id_)
        return cast("Item", found)

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self._kb.word(id_) in self._words

    def _stretches(self) -> list[tuple[int, int]]:
        return [*map(stretch, self._lists)]

    def __iter__(self) -> Iterator[str]:
        for bounds in self._stretches():
            for (id_,) in self._kb.database.stream(sql.IDS, bounds):
                yield id_

    def __len__(self) -> int:
        ask = self._kb.database.ask
        return sum(number for bounds in self._stretches() for (number,) in ask(sql.COUNT, bounds))

    def values(self) -> ValuesView[Item]:
        return _Values(self, self._kb, self._stretches())

    @cached_property
    def names(self) -> Mapping[str, Sequence[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for bounds in self._stretches():
            for folded, id_ in self._kb.database.stream(sql.NAMES, bounds):
                names[folded].append(id_)
        return names

    def called(self, name: str) -> list[Item]:
        folded = fold_name(sendable(name))
        found = self._kb.called(folded)
        return [
            item
            for item in found
            if item.word() in self._words
            if len(folded) < MAX_LENGTH or folded in map(fold_name, item.names())
        ]

    def formerly(self, id_: str) -> Sequence[Item]:
        return [item for item in self.called(id_) if id_ in item.formerly]


class _Values(ValuesView[Item]):
    """Objects of some lists, one after the other."""

    def __init__(
        self, listed: _Listed[Item], kb: StoredKnowledge, stretches: Sequence[tuple[int, int]]
    ) -> None:
        super().__init__(listed)
        self._kb = kb
        self._stretches = stretches

    def __iter__(self) -> Iterator[Item]:
        for bounds in self._stretches:
            yield from self._kb.objects_from(sql.IN_ORDER, bounds)


def sendable(value: str) -> str:
    """A value as databases take it: what was typed may hold half a character."""
    return value.encode("utf-8", "replace").decode()
