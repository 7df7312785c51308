"""Lists of which each record has a line on a terminal: customers, events, actors."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from targetmarkets.formats.document import Piece
from targetmarkets.formats.grid import Cell, Column, cell, grid, listed, named, wrapped
from targetmarkets.formats.marks import COLLECTED, CONTESTED, Marks
from targetmarkets.formats.styles import painted
from targetmarkets.model.edtf import OPEN, ends, latest_date, span
from targetmarkets.records.wording import cite_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from targetmarkets.formats.document import Style
    from targetmarkets.formats.grid import Pieces
    from targetmarkets.formats.interface import Listing, Look
    from targetmarkets.model.vocabulary import Certainty
    from targetmarkets.records.claims import Subject
    from targetmarkets.records.glance import CustomerGlance
    from targetmarkets.records.objects import ActorRecord, CustomerRecord, EventRecord

WIDEST: Final = 100
"""Columns beyond which a line of prose is hard to read."""

MOST_REFERENCES: Final = 8
"""Sources of which each has its reference below a table; more of them have their ids, which
`tm cite` takes.
"""

SHORT: Final = 12
"""Characters of a name of a customer beside others."""

OUTCOME_WORDS: Final[Mapping[str, str]] = {
    "intercepted": "stopped",
    "attempted": "tried",
    "requested": "asked for",
    "unstated": "not said",
}
"""Shorter words for outcomes; those that are not here are short enough."""


class Glance(NamedTuple):
    """How the records of a list are shown."""

    columns: Sequence[Column]
    row: Callable[[Any, Marks], list[Cell]]
    note: str = ""
    """What has to be known of the columns."""


def set_glance(listing: Listing, look: Look) -> str:
    """A table with a line for each record, and below it its signs and sources."""
    shown = GLANCES[listing.kind]
    marks = Marks(listing.sources or {})
    width = look.width or WIDEST
    below = min(width, WIDEST)
    lines: list[Pieces] = []
    for part in listing.apart():
        if part.heading:
            lines += [(), *((Piece(line, "heading"),) for line in wrapped(part.heading, below, 0))]
        rows = [shown.row(record, marks) for record in part.records]
        lines += grid(shown.columns, rows, width)
    notes = [shown.note, *_voices(listing), marks.legend()]
    lines += [
        (),
        *((Piece(line, "muted"),) for note in notes for line in wrapped(note, below) if note),
    ]
    lines += [(Piece(line),) for line in _sources(marks, below)]
    drawn = "".join(f"{''.join(_drawn(line, look))}\n" for line in lines)
    return drawn.removeprefix("\n")


def _drawn(line: Pieces, look: Look) -> Iterable[str]:
    return (painted(piece.text, piece.style) if look.colour else piece.text for piece in line)


def _sources(marks: Marks, width: int) -> Iterable[str]:
    """The sources by their numbers: with their references where there are few, else in short."""
    if len(marks.numbers) > MOST_REFERENCES:
        short = (f"{number}\u00a0{id_}" for id_, number in marks.numbers.items())
        return wrapped(" · ".join(short), width, 0)
    return chain.from_iterable(
        wrapped(f"{number} {id_}{_reference(marks, id_)}", width)
        for id_, number in marks.numbers.items()
    )


def _reference(marks: Marks, id_: str) -> str:
    source = marks.sources.get(id_)
    return f": {cite_work(source.record)}" if source else ""


def _voices(listing: Listing) -> Iterable[str]:
    """Who puts customers in their categories, and in what hedged words: both are part of that."""
    if listing.kind != "customers":
        return []
    said: dict[str, list[str]] = defaultdict(list)
    for customer in cast("Sequence[CustomerRecord]", listing.records):
        if basis := customer.category_basis:
            hedge = f", “{basis.hedge}”" if basis.hedge else ""
            said[basis.said_by].append(f"{customer.name}{hedge}")
    told = "; ".join(f"{voice}: {', '.join(names)}" for voice, names in said.items())
    return [f"Categories by {told}."] if told else []


def _customer(customer: CustomerRecord | CustomerGlance, marks: Marks) -> list[Cell]:
    basis, overview = customer.category_basis, customer.overview
    known: list[Piece | str] = []
    if basis:
        graded = _graded([basis.known], marks)
        style: Style = basis.certainty if basis.evidence == "quoted" else "plain"
        known = [Piece(basis.certainty, style), graded, " ", *marks.of_basis(basis)]
    disputed = Piece("disputed", "bad") if customer.category_conflict else Piece("none", "muted")
    others = sorted(customer.aliases, key=len, reverse=True)
    return [
        named(customer.name, *others, customer.id),
        cell(customer.category or disputed),
        cell(*known),
        listed(overview.kinds),
        cell(latest_date(overview.last)[:4] if overview.last else ""),
        cell(str(overview.independent_sources)),
    ]


def _event(event: EventRecord, marks: Marks) -> list[Cell]:
    when = span(date.value for date in event.dates)
    given = [outcome.value for outcome in event.outcomes]
    known = [outcome for outcome in given if outcome != "unstated"] or given
    ended = [OUTCOME_WORDS.get(outcome, outcome) for outcome in known]
    return [
        cell(show_when(when) if when else Piece("undated", "muted")),
        named(event.name, event.id),
        listed(ended),
        cell(*_range(event.certainties), _graded(event.known, marks)),
        listed(_short(customer) for customer in event.customers),
        cell(
            *marks.of_claims((*event.claims, *event.denied)),
            Piece(f" {marks.sign(CONTESTED)}", "bad") if event.disputed else "",
        ),
    ]


def _short(customer: Subject) -> str:
    """The name of a customer, or its id if that is much shorter."""
    return customer.name if len(customer.name) <= SHORT else customer.id


def _actor(actor: ActorRecord, marks: Marks) -> list[Cell]:
    return [
        named(actor.name, actor.id),
        cell(actor.kind),
        cell(actor.country or ""),
        listed(part.value for part in actor.parts),
        listed(actor.events),
        cell(*marks.of_claims((*actor.claims, *actor.denied))),
    ]


def _graded(known: Iterable[str], marks: Marks) -> str:
    """The sign of what is as sure as its collector says, and not its source."""
    return marks.sign(COLLECTED) if any(", as collected" in words for words in known) else ""


def _range(certainties: Sequence[Certainty]) -> list[Piece | str]:
    """The surest and the least sure: `stated–alleged`."""
    if not certainties:
        return []
    first, last = certainties[0], certainties[-1]
    return [Piece(first)] if first == last else [Piece(first), "–", Piece(last)]


def show_when(period: str) -> str:
    """A period in few columns, in years where its dates are long: `2007–2012`, `since 2015`."""
    first, last = ends(period)
    if first == last:
        return first
    if first in {"", OPEN}:
        return f"until {last[:4]}"
    if last in {"", OPEN}:
        return f"since {first[:4]}"
    years = first[:4], last[:4]
    if years[0] != years[1]:
        return "–".join(years)
    return first[:7] if first[:7] == last[:7] else years[0]


GLANCES: Final[Mapping[str, Glance]] = {
    "customers": Glance(
        (
            Column("Customer", least=18, good=21),
            Column("Category"),
            Column("Known"),
            Column("Got or sought", least=20, good=36),
            Column("Last", named=True),
            Column("Origins", to_right=True, named=True),
        ),
        _customer,
        "Got or sought: whatever came of it, however sure; tm show NAME has the claims.",
    ),
    "events": Glance(
        (
            Column("When"),
            Column("Event", least=20, good=36),
            Column("Outcome", least=10, good=12),
            Column("How sure"),
            Column("Customer", least=9, good=31, optional=True),
            Column("From"),
        ),
        _event,
    ),
    "actors": Glance(
        (
            Column("Actor", least=18, good=40),
            Column("Kind"),
            Column("State", optional=True),
            Column("Role", least=11),
            Column("Events", least=14, good=30),
            Column("From"),
        ),
        _actor,
    ),
}
"""Lists of which each record has a line."""
