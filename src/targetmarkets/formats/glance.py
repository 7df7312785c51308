"""Lists of which each record has a line on a terminal: customers, events, actors."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from targetmarkets.formats.document import INDENT, WIDEST, Line, Piece
from targetmarkets.formats.grid import Cell, Column, cell, grid, listed, named
from targetmarkets.formats.layout import paragraph
from targetmarkets.formats.marks import COLLECTED, CONTESTED, ListMarks
from targetmarkets.formats.screen import drawn
from targetmarkets.formats.wording import (
    range_of,
    show_outcome,
    show_years,
    sure,
    without_date,
)
from targetmarkets.model.edtf import OPEN, ends, latest_date, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from targetmarkets.formats.interface import Listing, Look
    from targetmarkets.formats.layout import Pieces
    from targetmarkets.formats.marks import Marks
    from targetmarkets.records.briefs import CustomerBrief
    from targetmarkets.records.claims import Subject
    from targetmarkets.records.customers import CustomerRecord
    from targetmarkets.records.events import ActorRecord, EventRecord

MOST_REFERENCES: Final = 8
"""Sources of which each has its reference below a table; more of them have their ids, which
`tm cite` takes.
"""

SHORT: Final = 12
"""Characters of a name of a customer beside others."""


class Glance(NamedTuple):
    """How the records of a list are shown."""

    columns: Sequence[Column]
    row: Callable[[Any, ListMarks], list[Cell]]
    note: str = ""
    """What has to be known of the columns."""


def set_glance(listing: Listing, look: Look) -> str:
    """A table with a line for each record, and below it its signs and sources."""
    shown = GLANCES[listing.kind]
    marks = ListMarks(listing.sources or {})
    width = look.width or WIDEST
    below = min(width, WIDEST)
    lines: list[Pieces] = []
    for part in listing.apart():
        if part.heading:
            lines += [(), *paragraph(Line((Piece(part.heading, "heading"),)), below)]
        rows = [shown.row(record, marks) for record in part.records]
        lines += grid(shown.columns, rows, width)
    lines.append(())
    for note in filter(None, (shown.note, *_voices(listing), marks.legend())):
        lines += paragraph(Line((Piece(note, "muted"),), hang=INDENT), below)
    for line in _sources(marks):
        lines += paragraph(line, below)
    text = "".join(f"{''.join(drawn(piece, look) for piece in line)}\n" for line in lines)
    return text.removeprefix("\n")


def _sources(marks: Marks) -> Iterator[Line]:
    """The sources by their numbers: with their references where there are few, else in short."""
    if len(marks.numbers) > MOST_REFERENCES:
        yield Line(tuple(marks.named()))
        return
    for id_, number in marks.numbers.items():
        reference = marks.reference(id_)
        after = f": {reference}" if reference else ""
        yield Line((Piece(f"{number} {id_}{after}"),), hang=INDENT)


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


def _customer(customer: CustomerRecord | CustomerBrief, marks: ListMarks) -> list[Cell]:
    basis, overview = customer.category_basis, customer.overview
    known: list[Piece | str] = []
    if basis:
        graded = _graded([basis.known], marks)
        certainty = sure(basis.certainty, proved=basis.evidence == "quoted")
        known = [certainty, graded, " ", *marks.of_basis(basis)]
    disputed = Piece("disputed", "bad") if customer.category_conflict else Piece("none", "muted")
    others = sorted(customer.aliases, key=len, reverse=True)
    return [
        named(customer.name, *others, customer.id),
        cell(customer.category or disputed),
        cell(*known),
        listed(overview.kinds),
        cell(_last(overview.last) if overview.last else ""),
        cell(str(overview.independent_sources)),
    ]


def _last(period: str) -> str:
    """The year of the last supply; `≤2006` where it may be any up to then."""
    first, _ = ends(period)
    return f"{'≤' if first in {'', OPEN} else ''}{latest_date(period)[:4]}"


def _event(event: EventRecord, marks: ListMarks) -> list[Cell]:
    from targetmarkets.records.accounts import alone  # customers do without the records

    when = span(date.value for date in event.dates)
    own, others = alone(event)
    given = [outcome.value for outcome in event.outcomes]
    known = [outcome for outcome in given if outcome != "unstated"] or given
    quoted = any(claim.evidence_kind == "quoted" for claim in event.claims)
    certainties = range_of(event.certainties, proved=quoted) if event.certainties else []
    return [
        cell(show_years(when) if when else Piece("undated", "muted")),
        named(event.name, without_date(event.name, when), event.id),
        listed(map(show_outcome, known)),
        cell(*certainties, _graded(event.known, marks)),
        listed([*map(_short, own), *([f"+{len(others)} with others"] if others else [])]),
        cell(
            *marks.of_claims((*event.claims, *event.denied)),
            *((" ", marks.sign(CONTESTED)) if event.disputed else ()),
        ),
    ]


def _short(customer: Subject) -> str:
    """The name of a customer, or its id if that is much shorter."""
    return customer.name if len(customer.name) <= SHORT else customer.id


def _actor(actor: ActorRecord, marks: ListMarks) -> list[Cell]:
    return [
        named(actor.name, actor.id),
        cell(actor.kind),
        cell(actor.country or ""),
        listed(part.value for part in actor.parts),
        listed(actor.events),
        cell(*marks.of_claims((*actor.claims, *actor.denied))),
    ]


def _graded(known: Iterable[str], marks: Marks) -> Piece | str:
    """The sign of what is as sure as its collector says, and not its source."""
    return marks.sign(COLLECTED) if any(", as collected" in words for words in known) else ""


GLANCES: Final[Mapping[str, Glance]] = {
    "customers": Glance(
        (
            Column("Customer", least=18, good=21),
            Column("Category"),
            Column("Known"),
            Column("Got or sought", least=20, good=36),
            Column("Last", named=True),
            Column("Orig.", to_right=True, named=True),
        ),
        _customer,
        "Got or sought: whatever came of it, however sure; tm show NAME has the claims. "
        "Orig.: sources of independent origin.",
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
