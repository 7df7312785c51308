"""What filters look at, in the objects of a knowledge base."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from targetmarkets.kb.filtering import View
from targetmarkets.kb.filters import FILTERS

if TYPE_CHECKING:
    from targetmarkets.kb.classify import Classifier
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.objects import Claim, Customer

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


def claim_facets(kb: Knowledge, classifier: Classifier) -> Facets[Claim]:
    """What those filters of claims look at whose values an index can look up."""
    return _exact(facets("claims", View(kb, classifier)))


def customer_facets(kb: Knowledge, classifier: Classifier) -> Facets[Customer]:
    """The same for customers."""
    return _exact(facets("customers", View(kb, classifier)))


def _exact(known: Facets[T]) -> Facets[T]:
    return {name: facet for name, facet in known.items() if FILTERS[name].takes.exact}
