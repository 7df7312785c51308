"""Events in order of time, and where on the axis of years each can be placed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from targetmarkets.kb.filtering import View
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.resolve import resolve
from targetmarkets.model.edtf import days
from targetmarkets.model.objects import Actor, Customer
from targetmarkets.query.choose import chosen
from targetmarkets.records.pictures import MomentRecord
from targetmarkets.records.shared import accepted
from targetmarkets.records.summing import event_lines, in_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from targetmarkets.model.objects import Category, Claim
    from targetmarkets.records.claims import Subject
    from targetmarkets.records.compose import Composer
    from targetmarkets.records.shared import Shared

NAMED: Final = ("customers", "categories", "actors")
"""Lists of the file whose objects have a timeline."""

Placed = tuple[Literal["year", "range", "undated"], int | None]


class Timeline(NamedTuple):
    """Events in order of time, and the customers whose lines they are drawn on."""

    events: list[MomentRecord]
    customers: list[Subject]


def timeline(composer: Composer, names: Iterable[str] = ()) -> Timeline:
    """The events of customers, of those of categories, and of actors; all unless some are named.

    An event is told by all that is asserted of it, whoever was named: names choose events, and
    never trim them. Raises `RequestError`.
    """
    kb, shared = composer.kb, composer.shared
    among = kb.among(NAMED)
    named = [resolve(name, among, "customer, category or actor") for name in names]
    customers = _customers(composer, named)
    told = (claim for item in (*named, *customers) for claim in _telling(composer, item))
    events = {claim.event for claim in told if claim.event} if named else set(kb.events)
    asserted = {
        id_: [c for c in accepted(kb.claims_of_event(id_)) if c.stance == "asserted"]
        for id_ in sorted(events, key=kb.order)
    }
    lines = event_lines(shared, (shared.claim(c) for claims in asserted.values() for c in claims))
    moments = [_moment(shared, line, asserted[line.event]) for line in lines]
    moments.sort(key=lambda moment: in_time(moment.period))
    if any(isinstance(item, Actor) for item in named):
        met = {subject.id for m in moments for subject in (*m.customers, *m.together)}
        customers = [c for c in _customers(composer, ()) if c.id in met]
    return Timeline(moments, [shared.subject(customer.id) for customer in customers])


def _customers(composer: Composer, named: Sequence[Customer | Category | Actor]) -> list[Customer]:
    """The customers that are named or in a category that is, by category; all where none is."""
    ids = {
        id_
        for item in named
        for id_ in (item.id, *composer.shared.classifier.members(item.id))
        if not isinstance(item, Actor)
    }
    by_category = chosen(View(composer.kb, composer.shared.classifier), "customers", Filters())
    return [c for c in by_category if isinstance(c, Customer) and (c.id in ids or not named)]


def _telling(composer: Composer, item: Any) -> list[Claim]:
    """What is asserted of a subject, or with an actor as a party."""
    kb = composer.kb
    is_actor = isinstance(item, Actor)
    claims = kb.claims_with_party(item.id) if is_actor else kb.claims_about(item.id)
    return [claim for claim in accepted(claims) if claim.stance == "asserted"]


def _moment(shared: Shared, line: Any, claims: Sequence[Claim]) -> MomentRecord:
    customers = shared.kb.customers
    alone = [i for c in claims if c.scope == "individual" for i in c.about if i in customers]
    named = [i for c in claims for i in c.about if i in customers and i not in alone]
    placed, year = place(line.period)
    return MomentRecord(
        **dict(line),
        kind=shared.kb.events[line.event].kind,
        placed=placed,
        year=year,
        customers=tuple(map(shared.subject, dict.fromkeys(alone))),
        together=tuple(map(shared.subject, dict.fromkeys(named))),
    )


def place(period: str | None) -> Placed:
    """Where a period lies: in a year, or in a stretch that is not one year for sure.

    >>> place("2013-07-10"), place("2012/2017"), place("2009~"), place(None)
    (('year', 2013), ('range', None), ('range', None), ('undated', None))
    """
    if period is None:
        return "undated", None
    first, last = (day[:4] for day in days(period))
    unsure = any(re.fullmatch(r"\d{4}[?~%]", date) for date in period.split("/"))
    return ("range", None) if unsure or first != last else ("year", int(first))
