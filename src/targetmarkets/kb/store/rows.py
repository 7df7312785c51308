"""What of an object stands in rows of its own: names, what it refers to, what filters find in it.

All of it follows from the object alone, so that a change touches the rows of what it changes, and
no others. What a filter finds by way of other objects is put together when it is asked for
(`narrowing.py`).
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple, cast

from targetmarkets.kb.filtering import View
from targetmarkets.kb.filters import FILTERS
from targetmarkets.kb.knowledge import RELATIONS
from targetmarkets.kb.lookup import fold_name
from targetmarkets.model.objects import Claim, Source
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import LIST_OF

BY_OTHERS: Final = frozenset({"category", "customer", "region", "source"})
"""Filters of claims that look at what a claim is about or rests on; `kind` does that as well."""

OWN: Final = {
    "claims": {
        name: facet
        for name, filter_ in FILTERS.items()
        if filter_.takes.exact and name not in {*BY_OTHERS, "kind"}
        if (facet := filter_.facet("claims"))
    }
    | {"kind": lambda _, claim: {claim.kind}},
    "customers": {name: FILTERS[name].facet("customers") for name in ("kind", "region")},
}
"""By list and name of a filter: its values that follow from an object alone."""

_NO_VIEW: Final = View(cast("Any", None), cast("Any", None))
"""Such a value is found without a look at anything else."""


MAX_LENGTH: Final = 500
"""Code points of a name or a value by which an object is looked up: more have no room in the index
of some engines. What begins alike is told apart afterwards."""


def looked_up(value: str) -> str:
    """A name or a value as it is looked up."""
    return value[:MAX_LENGTH]


class Rows(NamedTuple):
    """The rows of an object, without its number."""

    names: list[str]
    """Folded names."""
    links: list[tuple[str, str, int]]
    """What it refers to: the target, the relation, and which of several alike it is."""
    facets: list[tuple[str, str]]
    """Names of filters, with a value."""


def body_of(item: Stored) -> str:
    """An object as JSON."""
    return item.model_dump_json(by_alias=True, exclude_defaults=True)


def rows_of(item: Stored) -> Rows:
    """All rows of an object."""
    list_ = LIST_OF[item.word()]
    folded = (looked_up(fold_name(name)) for name in item.names())
    names = [name for name in dict.fromkeys(folded) if name]
    facets = [
        (f"{list_} by {name}", value)
        for name, facet in OWN.get(list_, {}).items()
        for value in dict.fromkeys(map(looked_up, facet(_NO_VIEW, item)))
    ]
    return Rows(names, list(_links(item, list_)), facets)


def _links(item: Stored, list_: str) -> Iterator[tuple[str, str, int]]:
    for name, relation in RELATIONS.items():
        if list_ in relation.lists and name != "mentioning":
            yield from ((target, name, nth) for nth, target in enumerate(relation.leading(item)))
    match item:
        case Claim():
            for nth, evidence in enumerate(item.evidence):
                if evidence.reference:
                    yield evidence.reference.source, "reference", nth
            for nth, speaker in enumerate(item.speakers):
                if speaker.work:
                    yield speaker.work, "speaks_in", nth
        case Source():
            yield from ((target, "reports_on", nth) for nth, target in enumerate(item.reports_on))
