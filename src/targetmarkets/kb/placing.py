"""Where new objects go in the lists of a file, so that git can merge what two people add."""

from __future__ import annotations

from bisect import bisect, insort
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from targetmarkets.model.objects import Category, Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from targetmarkets.model.stored import Stored

_END: Final = ""
"""What stands before the first and behind the last; no id is empty."""


class Places:
    """The objects of a list in their order, into which new ones are put.

    What is another by its id alone takes the place of that. A category goes to the end, as they are
    in the book's order; a claim behind the last on the same subject and evidence, or else on the
    same subject; anything else behind the one whose id comes last before its own. An object whose
    id is there takes its place.
    """

    def __init__(self, items: Iterable[Stored]) -> None:
        self._items = {item.id: item for item in items}
        self._next = dict(pairwise([_END, *self._items, _END]))
        self._sorted = sorted(self._items)
        self._last = {key: item.id for item in self._items.values() for key in _keys(item)}
        self._now = {old: item.id for item in self._items.values() for old in item.formerly}

    def __iter__(self) -> Iterator[Stored]:
        id_ = self._next[_END]
        while id_ != _END:
            if id_ in self._items:
                yield self._items[id_]
            id_ = self._next[id_]

    def drop(self, id_: str) -> None:
        """Take an object away, after those are put that may take its place."""
        self._items.pop(id_, None)

    def put(self, item: Stored) -> None:
        """Put an object where it belongs, in a time that does not grow with the list."""
        if item.id not in self._items:
            behind = self.behind(item)
            self._next[item.id] = self._next[behind]
            self._next[behind] = item.id
            insort(self._sorted, item.id)
            for key in _keys(item):
                if self._last.get(key, behind) == behind:
                    self._last[key] = item.id
        self._items[item.id] = item

    def behind(self, item: Stored) -> str:
        """The id of the object behind which a new one goes; empty where it goes before all."""
        for id_ in (*item.formerly, self._now.get(item.id)):
            if id_ in self._items:
                return id_
        for key in _keys(item):
            if key in self._last:
                return self._last[key]
        if isinstance(item, Category):
            return _END
        return self.before(item.id)

    def before(self, id_: str) -> str:
        """The id that comes last before another in the alphabet; empty where none does."""
        place = bisect(self._sorted, id_)
        return self._sorted[place - 1] if place else _END


def _keys(item: Stored) -> Iterator[tuple[str | None, ...]]:
    """What others have in common behind which an object goes, the closest first."""
    match item:
        case Category():
            yield ()
        case Claim(about=(subject, *_)):
            yield closest(item)
            yield (subject,)


def closest(claim: Claim) -> tuple[str | None, ...]:
    """The subject of a claim, and the first thing that it rests on."""
    first = claim.evidence[0]
    return *claim.about[:1], first.reference.source if first.reference else first.quote
