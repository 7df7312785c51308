"""Where claims of one event cannot both be right: in the values that they give, or as a whole."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from targetmarkets.model.edtf import may_hold
from targetmarkets.records.accounts import show_place, show_quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from targetmarkets.records.claims import ClaimRecord

Question = tuple[str, str]
"""What a value answers: a field, and which of its values exclude one another."""


class Rivals(NamedTuple):
    """What claims of an event that deny one another, or differ, differ in."""

    values: frozenset[tuple[str, str]]
    """Fields and values in which some differ: `("dates", "2013-07-10")`."""
    claims: tuple[tuple[str, tuple[str, ...]], ...]
    """Ids of the claims that differ from others, or are denied, in something else, each with the
    ids of those; each pair once."""


def rivals(claims: Sequence[ClaimRecord]) -> Rivals:
    """In what the asserted claims of an event are denied, or differ."""
    given = {claim.id: _given(claim) for claim in claims}
    values: set[tuple[str, str]] = set()
    others: dict[str, list[str]] = defaultdict(list)
    seen: set[frozenset[str]] = set()
    for claim in claims:
        for id_ in (*claim.denied_by, *claim.conflicts_with):
            if (pair := frozenset((claim.id, id_))) in seen:
                continue
            seen.add(pair)
            differing = list(_differing(given[claim.id], given.get(id_, {})))
            values.update(differing)
            if not differing:
                others[claim.id].append(id_)
    return Rivals(frozenset(values), tuple((id_, tuple(ids)) for id_, ids in others.items()))


def _given(claim: ClaimRecord) -> Mapping[Question, set[str]]:
    """The values that a claim gives, as the record of its event has them."""
    given: dict[Question, set[str]] = defaultdict(set)
    for field, aspect, value in _values(claim):
        given[field, aspect].add(value)
    return given


def _values(claim: ClaimRecord) -> Iterator[tuple[str, str, str]]:
    """Field, aspect and value: other quantities of one unit exclude one another, other places of
    one relation, and other parties that do one thing.
    """
    if claim.period:
        yield "dates", "", claim.period
    for place in claim.places:
        yield "places", place.relation, show_place(place)
    for party in claim.parties:
        yield "parties", party.part, f"{party.part}: {party.name or party.state}"
    if claim.activity:
        if claim.activity.outcome != "unstated":
            yield "outcomes", "", claim.activity.outcome
        for quantity in claim.activity.quantities:
            yield "quantities", quantity.unit, show_quantity(quantity)


def _differing(
    mine: Mapping[Question, set[str]], theirs: Mapping[Question, set[str]]
) -> Iterator[tuple[str, str]]:
    """Fields and values in which two claims have nothing in common."""
    for field, aspect in mine.keys() & theirs.keys():
        values, others = mine[field, aspect], theirs[field, aspect]
        common = _meet if field == "dates" else str.__eq__
        if not any(common(value, other) for value in values for other in others):
            for value in values | others:
                yield field, value


def _meet(period: str, other: str) -> bool:
    """Whether two periods share a day: July 2013 does not differ from 10 July 2013."""
    return may_hold(period).overlaps(may_hold(other))
