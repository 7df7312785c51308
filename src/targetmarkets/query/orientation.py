"""Where one is: what a knowledge base holds, in a few words."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from targetmarkets.kb.classify import Classifier
from targetmarkets.kb.extent import Extent, extent
from targetmarkets.kb.knowledge import Knowledge

UNSORTED: Final = "no category"
"""What stands before the customers that no classification sorts, or that several sort otherwise."""


class Sorted(NamedTuple):
    """A category, and the customers in it."""

    name: str
    customers: Sequence[str]
    """Their ids."""


class Orientation(NamedTuple):
    """What a knowledge base holds."""

    reach: Extent
    claims: int
    """Accepted ones, and retracted ones."""
    events: int
    quotes: int
    categories: Sequence[Sorted]
    """In the order of the file; behind them, if there are any, the customers that are in none."""


def orientation(kb: Knowledge) -> Orientation:
    """What a knowledge base holds."""
    members = Classifier(kb).members
    categories = [
        Sorted(category.name, [id_ for id_ in members(category.id) if id_ in kb.customers])
        for category in kb.categories.values()
    ]
    sorted_ = {id_ for category in categories for id_ in category.customers}
    unsorted = [id_ for id_ in kb.customers if id_ not in sorted_]
    return Orientation(
        reach=extent(kb),
        claims=len(kb.claims),
        events=len(kb.events),
        quotes=len(kb.quotes),
        categories=[*categories, *([Sorted(UNSORTED, unsorted)] if unsorted else [])],
    )
