"""What has an id, and how it is found: by that id, or by another name that it goes by."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeVar

from targetmarkets.model.objects import Category, Claim, Customer, Group, Quote, Source

LONGEST: Final = 4_000
"""Characters of a name that are looked at; the models allow no longer one."""

Subject = Customer | Category | Group
"""What a claim can be about."""

Object = Subject | Claim | Quote | Source
"""Anything that has an id."""

Item = TypeVar("Item", bound=Object)


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

    def called(self, name: str) -> list[Item]:
        """Those that go by a name, whatever its case, accents, hyphens, spaces, punctuation."""
        return [self[id_] for id_ in self.names.get(fold_name(name), ())]

    @cached_property
    def names(self) -> Mapping[str, Sequence[str]]:
        """Ids by each folded name that their objects go by."""
        names: dict[str, list[str]] = defaultdict(list)
        for item in self.values():
            for name in dict.fromkeys(map(fold_name, names_of(item))):
                if name:
                    names[name].append(item.id)
        return names


def fold_name(name: str) -> str:
    """A name without what people vary: case, accents, hyphens, spaces, punctuation."""
    letters = unicodedata.normalize("NFKD", name[: LONGEST + 1]).casefold()
    return "".join(character for character in letters if character.isalnum())


def names_of(item: Object) -> Iterable[str]:
    """Everything that an object answers to."""
    yield item.id
    if isinstance(item, Claim | Quote | Source):
        return
    yield item.name
    if isinstance(item, Customer):
        yield from item.aliases
        if item.iso_3166:
            yield item.iso_3166.alpha_2
            yield item.iso_3166.alpha_3
