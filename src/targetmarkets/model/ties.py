"""What the objects of a file are called and refer to, gathered as they are read.

From it follows whether anything of that can be wrong, asked of all at once: next to no file has a
fault, and to look at each object for one takes twice as long. `integrity` says what a fault is.
"""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.model.objects import Claim, KnowledgeFile, Quote, Source
from targetmarkets.model.types import AMONG, LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from targetmarkets.model.stored import Stored, Way


_SCOPED: Final = attrgetter("about", "scope", "kind")
_WORK: Final = attrgetter("work")


class Ties:
    """What is known of all objects: who has an id, and who refers to whom."""

    def __init__(self, content: KnowledgeFile | None = None) -> None:
        self._ids: dict[str, set[str]] = {name: set() for name in (*LISTS, "archived")}
        self._former: list[str] = []
        self._number = 0
        self._mentioned: dict[str, set[str]] = {name: set() for name in (*self._ids, *AMONG)}
        self._has_odd = False
        self._reports_on: dict[str, Sequence[str]] = {}
        self._quoted: dict[str, str] = {}
        self._scoped: dict[tuple[object, ...], Claim] = {}
        self._through: list[Claim] = []
        for name in LISTS if content else ():
            self.add(name, getattr(content, name))

    def add(self, name: str, items: Sequence[Any]) -> None:
        """Gather what some objects of a list say."""
        if not items:
            return
        self._number += len(items)
        self._ids[name].update(map(attrgetter("id"), items))
        self._former += chain.from_iterable(map(attrgetter("formerly"), items))
        for way in items[0].WAYS:
            self._mentioned[way.among].update(_led_to(items, way))
            if way.is_many and not way.within:
                self._has_odd = self._has_odd or _is_any_odd(items, way)
        match items[0]:
            case Claim():
                self._scoped.update(zip(map(_SCOPED, items), items, strict=True))
                self._through += [claim for claim in items if any(map(_WORK, claim.speakers))]
            case Source():
                self._reports_on.update(map(attrgetter("id", "reports_on"), items))
                self._ids["archived"].update(source.id for source in items if source.archive)
            case Quote():
                self._quoted.update(map(attrgetter("id", "source"), items))

    @property
    def distinct(self) -> bool:
        """Whether no id stands twice, among those that objects had before as well."""
        ids = set().union(*map(self._ids.__getitem__, LISTS), self._former)
        return len(ids) == self._number + len(self._former)

    @property
    def whole(self) -> bool:
        """Whether every id that is referred to is of the right sort and there, and no object refers
        to itself, or twice to another where it may do so once.
        """
        return not self._has_odd and all(
            ids <= self._among(name) for name, ids in self._mentioned.items()
        )

    @property
    def scoped(self) -> Iterable[Claim]:
        """Claims, one for all that are about the same with the same scope."""
        return self._scoped.values()

    @property
    def through(self) -> Iterable[Claim]:
        """Claims of which a speaker speaks in a work that is named."""
        return self._through

    def _among(self, name: str) -> set[str]:
        return set().union(*map(self._ids.__getitem__, AMONG.get(name, (name,))))

    def has(self, id_: str, among: str) -> bool:
        """Whether an id is among a list of the file, the `archived` sources, or one of `AMONG`."""
        return any(id_ in self._ids[name] for name in AMONG.get(among, (among,)))

    def reports_on(self, source: str) -> Sequence[str]:
        """Ids of the sources on which a source reports; none where there is no such source."""
        return self._reports_on.get(source, ())

    def source_of(self, quote: str) -> str | None:
        """Id of the source of a quotation; None where there is no such quotation."""
        return self._quoted.get(quote)


def _values(items: Iterable[Stored], way: Way) -> Iterator[Any]:
    return map(attrgetter(way.field), items)


def _led_to(items: Iterable[Stored], way: Way) -> Iterator[str]:
    """The ids to which a way leads from some objects."""
    found = _values(items, way)
    if way.is_many:
        found = chain.from_iterable(found)
    for name in way.within:
        found = map(attrgetter(name), filter(None, found))
    return filter(None, found)


def _is_any_odd(items: Iterable[Stored], way: Way) -> bool:
    """Whether one of some objects refers to itself, or twice to another."""
    return any(
        item.id in ids or (len(ids) > 1 and len(set(ids)) < len(ids))
        for item, ids in zip(items, _values(items, way), strict=True)
        if ids
    )
