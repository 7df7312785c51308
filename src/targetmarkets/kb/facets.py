"""What filters look at, in the objects of a knowledge base."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from targetmarkets.kb.filters import FILTERS

if TYPE_CHECKING:
    from targetmarkets.kb.filtering import View

T = TypeVar("T")

Facets = Mapping[str, Callable[[T], Iterable[str]]]
"""By the name of a filter: the values of it that choose an object."""


def facets(list_: str, view: View) -> Facets[Any]:
    """What the filters of a list of the file look at."""
    return {
        name: partial(facet, view)
        for name, filter_ in FILTERS.items()
        if (facet := filter_.facet(list_))
    }
