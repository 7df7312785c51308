"""The values that the claims of an event give, as people say them and in their order.

The overview in the terminal and the page of an event both read them here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.formats.wording import show_outcome, show_period
from targetmarkets.kb.countries import names, usual_name
from targetmarkets.kb.lookup import fold_name
from targetmarkets.model.activities import PARTS, describe_supply
from targetmarkets.records.accounts import scenes, show_place
from targetmarkets.records.rivals import rivals
from targetmarkets.records.summing import in_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.parts import Place
    from targetmarkets.records.claims import Account, ClaimRecord, PartyRecord
    from targetmarkets.records.events import EventRecord

LABELS: Final[Mapping[str, str]] = {
    "dates": "when",
    "places": "where",
    "parties": "who",
    "goods": "what",
    "quantities": "amount",
    "outcomes": "outcome",
}
"""The fields that are shown, in their order, and what they are called."""

WAY: Final = ("from", "via", "at", "to")
"""Relations of places, along the way."""


class Value(NamedTuple):
    """A value of an event, with the claims that give it."""

    field: str
    words: str
    contested: bool
    """Whether other claims give another value in its place."""
    claims: Mapping[str, ClaimRecord]


def event_values(kb: Knowledge, record: EventRecord) -> Iterator[Value]:
    """What is told of an event: dates in order of time, places along the way, parties by what
    they do. Of the places those of what happened; the others stand in the statements.
    """
    claims = {claim.id: claim for claim in record.claims}
    contested = rivals(record.claims).values
    for field in LABELS:
        for account in _in_order(field, _accounts(record, field)):
            giving = {id_: claims[id_] for id_ in account.claims}
            words = _words(kb, field, account.value, giving.values())
            yield Value(field, words, (field, account.value) in contested, giving)


def voices(claims: Mapping[str, ClaimRecord]) -> list[str]:
    """Who says it: the last speaker of each claim, each once."""
    return list(dict.fromkeys(claim.speakers[-1].name for claim in claims.values()))


def state_name(kb: Knowledge, code: str) -> str:
    """What a state is called here, or else usually."""
    customers = [item.label for item in kb.objects.called(code)]
    return customers[0] if customers else usual_name(code)


def party_name(kb: Knowledge, party: PartyRecord) -> str:
    """The name of a party."""
    return party.name or state_name(kb, party.state or "")


def _accounts(record: EventRecord, field: str) -> Sequence[Account]:
    if field == "places":
        own, _ = scenes(record)
        return own
    accounts: Sequence[Account] = getattr(record, field)
    return accounts


def _in_order(field: str, accounts: Sequence[Account]) -> Sequence[Account]:
    match field:
        case "dates":
            return sorted(accounts, key=lambda item: in_time(item.value))
        case "places":
            return sorted(accounts, key=lambda item: WAY.index(item.value.partition(" ")[0]))
        case "parties":
            parts: list[str] = list(PARTS)
            return sorted(accounts, key=lambda item: parts.index(item.value.partition(":")[0]))
    return accounts


def _words(kb: Knowledge, field: str, value: str, claims: Iterable[ClaimRecord]) -> str:
    """A value as people say it."""
    if field == "dates":
        return show_period(value)
    for claim in claims:
        for party in claim.parties if field == "parties" else ():
            if value == f"{party.part}: {party.name or party.state}":
                return f"{party.part}: {party_name(kb, party)}"
        for place in claim.places if field == "places" else ():
            if value == show_place(place):
                return _place(kb, place)
        activity = claim.activity
        if activity and field == "goods" and value == f"{activity.goods}, {activity.form}":
            return describe_supply(activity.goods, activity.form)
        if activity and field == "outcomes" and value == activity.outcome:
            return show_outcome(activity.outcome)
    return value


def _place(kb: Knowledge, place: Place) -> str:
    """`at Busan (KR)`; of a state itself, its name alone: `from China`."""
    code = place.country or ""
    customers = (name for item in kb.objects.called(code) for name in item.names())
    known = {fold_name(name).removeprefix("the") for name in (*names(code), *customers)}
    state = fold_name(place.name).removeprefix("the") in known
    return f"{place.relation} {place.name}" if state else show_place(place)
