"""What a claim says against what it rests on, and claims against one another.

These checks read words, dates and names: they find what a curator should look at again. None of
them can tell whether a statement follows from its passage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.errors import shorten
from targetmarkets.evidence.doubt import Problem, cited, doubt_faults, hedge_faults
from targetmarkets.kb import countries
from targetmarkets.kb.lookup import fold_name
from targetmarkets.model.csl import TYPES
from targetmarkets.model.edtf import end_of, may_hold
from targetmarkets.model.integrity import Fault
from targetmarkets.model.objects import Actor, Claim, Customer, Event, Source
from targetmarkets.model.vocabulary import HEDGES
from targetmarkets.records.wording import iso_date

if TYPE_CHECKING:
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.parts import Party
    from targetmarkets.model.stored import Stored
    from targetmarkets.text.breaks import AsRead
    from targetmarkets.text.json_source import Path

CHECKS: Final[dict[str, str]] = {
    "hedge": "every hedge stands, as whole words, where it is quoted, and goes with the certainty",
    "doubt": "a claim records what takes back its quotation, or says why that has no bearing",
    "time": "no period goes on after its sources, or misses that of the claim that it denies",
    "title": "no work that nobody read has a title, unless it says where that is known from",
    "type": "every work is of a type that CSL has, so that styles and programs know it",
    "event": "claims of one event that give different dates or numbers name each other",
    "party": "every party of a claim is named in its statement",
    "code": "every code of a country is one of ISO 3166-1, and goes with the others",
}
"""The checks, by name, each with what it proves."""

Path_of = Callable[["Stored"], "Path"]


Text_of = Callable[[str], "AsRead | None"]
"""Gives the archived text of a source; None where it cannot be read."""


def faults(
    kb: Knowledge, items: Iterable[Stored], path_of: Path_of, text_of: Text_of
) -> Iterator[Fault]:
    """What these checks find in some objects; `path_of` gives the JSON path of one."""
    for item in items:
        for check, field, message, remedy in _found(kb, item, text_of):
            yield Fault(check, (*path_of(item), *field), item.id, message, remedy)


def counted(kb: Knowledge) -> Counter[str]:
    """How many things each check looks at in a whole knowledge base."""
    counts = Counter(dict.fromkeys(CHECKS, 0))
    for item in kb.objects.values():
        count(item, counts)
    return counts


def count(item: Stored, counts: Counter[str]) -> None:
    """Count an object for each check that looks at it."""
    match item:
        case Claim():
            quoted = _quoted(item)
            counts["hedge"] += bool(item.hedge) or (quoted and item.certainty in HEDGES)
            counts["doubt"] += quoted
            counts["time"] += item.period is not None
            counts["party"] += len(item.parties)
        case Source():
            counts["title"] += not item.read
            counts["type"] += 1
        case Event():
            counts["event"] += 1
        case Customer() | Actor():
            counts["code"] += 1


def _found(kb: Knowledge, item: Stored, text_of: Text_of) -> Iterator[Problem]:
    match item:
        case Claim():
            quotes = [kb.quotes[e.quote] for e in item.evidence if e.quote]
            quoted = [cited(quote, text_of(quote.source)) for quote in quotes]
            yield from hedge_faults(item, quoted)
            yield from doubt_faults(item, quoted)
            yield from _time(kb, item)
            yield from _parties(kb, item)
        case Source():
            yield from _title(item)
            yield from _type(item)
        case Event():
            yield from _event(kb, item)
        case Customer():
            yield from _customer_codes(item)
        case Actor():
            if item.country and (problem := countries.problem(item.country)):
                yield "code", ("country",), problem, "give a code of ISO 3166-1"


def _quoted(claim: Claim) -> bool:
    return any(item.quote for item in claim.evidence)


def _time(kb: Knowledge, claim: Claim) -> Iterator[Problem]:
    if claim.period is None or claim.kind == "publication":
        return
    own = may_hold(claim.period)
    issued = [kb.sources[id_].bibliography.issued for id_ in kb.sources_of(claim)]
    ends = [may_hold(date).last for date in map(iso_date, issued) if date]
    if ends and len(ends) == len(issued) and end_of(claim.period) > max(ends):
        message = f"the period {claim.period} goes on after the newest of its sources"
        remedy = "end it where the source ends; when it was said belongs into 'said'"
        yield "time", ("period",), message, remedy
    for id_ in claim.denies:
        other = kb.claims[id_].period
        if other and not own.overlaps(may_hold(other)):
            message = f"the period {claim.period} misses {other}, that of {id_}, which it denies"
            yield "time", ("period",), message, "when it was denied belongs into 'said'"


def _title(source: Source) -> Iterator[Problem]:
    if not source.read and source.bibliography.title and source.title_from is None:
        message = "has a title, and nobody read it"
        remedy = "leave the title out, or say in 'title_from' where it is known from"
        yield "title", ("bibliography", "title"), message, remedy


def _type(source: Source) -> Iterator[Problem]:
    if (type_ := source.bibliography.type) not in TYPES:
        words = {word.lower() for word in re.findall("[A-Z]?[a-z]+", type_)}
        turned = [name for name in TYPES if set(name.split("-")) == words]
        best = turned or get_close_matches(type_.lower(), sorted(TYPES), n=2, cutoff=0.5)
        meant = f"; did you mean {' or '.join(best)}?" if best else ""
        message = f"CSL has no type {shorten(type_)}{meant}"
        yield "type", ("bibliography", "type"), message, "document is one that always fits"


def _event(kb: Knowledge, event: Event) -> Iterator[Problem]:
    """Claims of one event whose periods share no day, or that give two numbers of one thing."""
    standing = [
        claim
        for claim in kb.claims_of_event(event.id)
        if claim.status == "accepted" and claim.stance == "asserted"
    ]
    for one, other in combinations(standing, 2):
        if other.id in one.conflicts_with or one.id in other.conflicts_with:
            continue
        if differing := _differ(one, other):
            message = f"{one.id} and {other.id} give {differing}, and do not say that they differ"
            remedy = "name one in 'conflicts_with' of the other, or correct one of the two"
            yield "event", (), message, remedy


def _differ(one: Claim, other: Claim) -> str | None:
    if one.period and other.period and not may_hold(one.period).overlaps(may_hold(other.period)):
        return f"the periods {one.period} and {other.period}"
    mine, theirs = _numbers(one), _numbers(other)
    for unit in mine.keys() & theirs.keys():
        if mine[unit].isdisjoint(theirs[unit]):
            return f"different numbers of {unit}"
    return None


def _numbers(claim: Claim) -> Mapping[str, set[Any]]:
    """What a claim counts: by the unit, each value with its range."""
    numbers: dict[str, set[Any]] = {}
    for quantity in claim.activity.quantities if claim.activity else ():
        if quantity.qualifier is None:
            numbers.setdefault(quantity.unit, set()).add((quantity.value, quantity.to))
    return numbers


def _parties(kb: Knowledge, claim: Claim) -> Iterator[Problem]:
    statement = fold_name(claim.statement)
    for index, party in enumerate(claim.parties):
        field = ("parties", index)
        if party.state and (problem := countries.problem(party.state)):
            yield "code", (*field, "state"), problem, "give a code of ISO 3166-1"
        elif not any(name in statement for name in _party_names(kb, party) if name):
            message = f"the statement does not name the {party.part} {party.id or party.state}"
            remedy = "leave the party out, or add the name that is used there as an alias"
            yield "party", field, message, remedy


def _party_names(kb: Knowledge, party: Party) -> list[str]:
    if party.id is None:
        assert party.state is not None
        return [fold_name(name) for name in countries.names(party.state)]
    item = kb.objects[party.id]
    ids, codes = {item.id, *item.formerly}, re.compile("[A-Z]{2,3}|[0-9]{3}")
    return [fold_name(name) for name in item.names() if not (name in ids or codes.fullmatch(name))]


def _customer_codes(customer: Customer) -> Iterator[Problem]:
    codes = customer.iso_3166
    if codes and (problem := countries.mismatch(codes.alpha_2, codes.alpha_3, codes.numeric)):
        yield (
            "code",
            ("iso_3166",),
            problem,
            "tm add customer --iso takes one code, and adds the rest",
        )
