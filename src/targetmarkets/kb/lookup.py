"""Objects by id, or by another name that they go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from functools import cached_property
from typing import TypeVar

from targetmarkets import limits
from targetmarkets.model.objects import Category, Customer, Group
from targetmarkets.model.stored import Stored
from targetmarkets.text.letters import plain

StoredSubject = Customer | Category | Group
"""What a claim can be about."""

Item = TypeVar("Item", bound=Stored)


class Objects(Mapping[str, Item]):
    """Objects by id, in the order of the file."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = {item.id: item for item in items}

    def __getitem__(self, id_: str) -> Item:
        return self._items[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._items

    def values(self) -> ValuesView[Item]:
        """The objects; a mapping would look each up by its id, and there may be many."""
        return self._items.values()

    def called(self, name: str) -> list[Item]:
        """Those that go by a name, whatever its case, accents, hyphens, spaces, punctuation."""
        return [self[id_] for id_ in self.names.get(fold_name(name), ())]

    def formerly(self, id_: str) -> Sequence[Item]:
        """Those that had an id before."""
        return self._former.get(id_, ())

    @cached_property
    def _former(self) -> Mapping[str, Sequence[Item]]:
        former: dict[str, list[Item]] = defaultdict(list)
        for item in self.values():
            for id_ in item.formerly:
                former[id_].append(item)
        return former

    @cached_property
    def names(self) -> Mapping[str, Sequence[str]]:
        """Ids by each folded name that their objects go by."""
        names: dict[str, list[str]] = defaultdict(list)
        for item in self.values():
            for name in dict.fromkeys(map(fold_name, item.names())):
                if name:
                    names[name].append(item.id)
        return names


def fold_name(name: str) -> str:
    """A name without what people vary: case, accents, hyphens, spaces, punctuation."""
    return "".join(filter(str.isalnum, plain(name[: limits.LINE.most + 1])))
