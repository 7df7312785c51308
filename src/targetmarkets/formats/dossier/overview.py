"""A customer on one screen: what its claims come to, with a sign and a number for each source."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.formats.document import SCREEN_LINES, Document, Piece
from targetmarkets.formats.dossier.marks import Marks
from targetmarkets.formats.dossier.summary import event_rows, supply_rows, sure
from targetmarkets.formats.layout import lay_out
from targetmarkets.records.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.objects import CustomerRecord
    from targetmarkets.records.overview import Contest

INDENT: Final = 2
"""Columns by which what goes on is set in."""


NUMBERS: Final = "n/o: events (or claims of none), origins"


class Room(NamedTuple):
    """How much of each part is shown; what is left out is counted, and named how to see it."""

    events: int
    contests: int = 6
    passages: int = 4
    supplies: int = 20


def write_overview(record: CustomerRecord, archives: Archives, width: int | None) -> Document:
    """The overview, as much of it as fits a screen of a width; without a width, all of it."""
    everything = len(record.overview.events)
    if width is None:
        return _Overview(record, archives, Room(everything, 10_000, 10_000, 10_000), None).written()

    @cache
    def written(room: Room) -> Document:
        return _Overview(record, archives, room, width).written()

    rooms = list(_less_and_less(everything))
    fits = bisect_left(rooms, True, key=lambda room: _fits(written(room), width))
    return written(rooms[min(fits, len(rooms) - 1)])


def _fits(document: Document, width: int) -> bool:
    return sum(1 for _ in lay_out(document, width)) <= SCREEN_LINES


def _less_and_less(events: int) -> Iterator[Room]:
    """What to leave out, the least first: events but four, passages but one, matters but two; then
    supplies, and at last more of each.
    """
    few = min(events, 4)
    yield Room(events)
    yield from (Room(left) for left in range(events - 1, few - 1, -1))
    yield from (Room(few, passages=left) for left in (2, 1))
    yield from (Room(few, contests=left, passages=1) for left in (4, 2))
    yield from (Room(few, 2, 1, supplies=left) for left in range(19, 9, -1))
    yield from (Room(min(events, 3), 1, 1, supplies=left) for left in range(10, 5, -1))
    yield from (Room(min(events, 1), 0, 0, supplies=left) for left in range(5, 0, -1))


class _Overview:
    def __init__(
        self, record: CustomerRecord, archives: Archives, room: Room, width: int | None
    ) -> None:
        self.record = record
        self.view = record.overview
        self.room = room
        self.width = width
        self.document = Document(screenful=True)
        self.marks = Marks(archives)

    def written(self) -> Document:
        """The parts in their order."""
        self._title()
        self._category()
        self._why()
        self._supplies()
        self._events()
        self._contested()
        self._not_alone()
        self.document.gap()
        if self.width is None:
            self.marks.footnotes(self.document)
        else:
            self._field("Sources", *self.marks.sources())
        self._closing()
        return self.document

    def _title(self) -> None:
        codes = self.record.iso_3166
        also = self.record.aliases
        facts = (
            self.record.kind,
            self.record.region,
            f"{codes.alpha_2}, {codes.alpha_3}" if codes else None,
            f"also {', '.join(also)}" if also else None,
            self.record.id,
        )
        self.document.add(
            Piece(self.record.name, "title"),
            Piece(f"  {' · '.join(filter(None, facts))}", "muted"),
            hang=INDENT,
            role="title",
        )

    def _category(self) -> None:
        """The category, how it is known and on whose word, and the passages that say so."""
        basis = self.record.category_basis
        if basis is None or self.record.category is None:
            conflict = "the classifications disagree, so that none is given"
            words = conflict if self.record.category_conflict else "no category is known"
            self._field("CATEGORY", Piece(words, "bad"))
            return
        pieces: list[Piece | str] = []
        for claim in self.record.classifications:
            quoted = claim.evidence_kind == "quoted"
            pieces += [
                Piece(" · " if pieces else "", "muted"),
                Piece("denied, " if claim.stance == "denied" else "", "bad"),
                sure(claim.certainty, proved=quoted),
                Piece(f" (“{claim.hedge}”)" if claim.hedge else "", "muted"),
                Piece(f"{'' if quoted else ', by reference'}: {claim.said_by} "),
                *self.marks.of([claim.id]),
            ]
        category = self.record.category.replace("-", " ").upper()
        self._field(category, *pieces, title=True)
        self._passages(self.record.classifications[0])

    def _passages(self, claim: ClaimRecord) -> None:
        """The sentences on which the category rests, word for word."""
        quotes = [item.quote for item in claim.evidence if item.quote]
        names = (self.record.name, *self.record.aliases)
        quotes.sort(key=lambda quote: not any(name in quote.exact for name in names))
        for quote in quotes[: self.room.passages]:
            self.document.add(Piece(f"‘{quote.exact}’", "quotation"), indent=INDENT, hang=1)
        if (hidden := len(quotes) - self.room.passages) > 0:
            words = count(hidden, "passage")
            self.document.add(
                Piece(f"with {words} more: tm show {claim.id}", "muted"), indent=INDENT
            )
        if not quotes:
            self.document.add(
                Piece("no passage that says so is archived here", "muted"), indent=INDENT
            )

    def _why(self) -> None:
        drivers = [claim for claim in self.record.claims if claim.kind == "driver"]
        for claim in drivers[:1]:
            more = Piece(f" and {len(drivers) - 1} more" if drivers[1:] else "", "muted")
            sure = Piece(f"{claim.known}: ", "muted") if claim.certainty != "stated" else ""
            self._field("Why", sure, f"{claim.statement} ", *self.marks.of([claim.id]), more)

    def _supplies(self) -> None:
        self.document.gap()
        supplies = self.view.supplies
        if not supplies:
            self._field("Supplies", Piece(f"none is told of {self.record.name} alone", "muted"))
            return
        shown = supplies[: self.room.supplies]
        supply_rows(self.document, shown, self.marks)
        if hidden := len(supplies) - len(shown):
            command = f"tm list activities --customer {self.record.id}"
            self._more(f"and {count(hidden, 'more kind')}: {command}")

    def _events(self) -> None:
        if not self.view.events:
            return
        self.document.gap()
        shown = [line for line in self.view.events if line.rank <= self.room.events]
        if shown:
            event_rows(self.document, shown, self.marks)
        if hidden := len(self.view.events) - len(shown):
            lead = f"and {hidden} more" if shown else count(hidden, "event")
            self._more(f"{lead}: tm list events --customer {self.record.id}")

    def _contested(self) -> None:
        contests = self.view.contested
        if not contests:
            return
        self.document.gap()
        shown = contests[: self.room.contests]
        for contest in shown:
            pieces = (Piece(f"{contest.what}: "), *self._sides(contest))
            if contest is shown[0]:
                self._field("Contested", *pieces)
            else:
                self.document.add(*pieces, indent=INDENT, role="item")
        if hidden := len(contests) - len(shown):
            lead = f"and {count(hidden, 'more matter')}" if shown else count(hidden, "matter")
            self._more(f"{lead} contested: tm show {self.record.id} --full")

    def _sides(self, contest: Contest) -> list[Piece]:
        """Who denies a thing, or who differs from whom."""
        mine, theirs = self._voices(contest.claims), self._voices(contest.by)
        if contest.how == "denied":
            return [Piece("denied by "), *theirs]
        if self._names(contest.claims) == self._names(contest.by):
            return [Piece("accounts differ "), *self.marks.of((*contest.claims, *contest.by))]
        return [*mine, Piece(" against "), *theirs]

    def _names(self, ids: Sequence[str]) -> set[str]:
        return {self.marks.kb.claims[id_].speakers[-1].name for id_ in ids}

    def _voices(self, ids: Sequence[str]) -> list[Piece]:
        """Who says some things, each once, with the marks of what they say."""
        voices: dict[str, list[str]] = {}
        for id_ in ids:
            voices.setdefault(self.marks.kb.claims[id_].speakers[-1].name, []).append(id_)
        pieces: list[Piece] = []
        for name, said in voices.items():
            pieces += [Piece(f"{', ' if pieces else ''}{name} "), *self.marks.of(said)]
        return pieces

    def _not_alone(self) -> None:
        """What is said of it with others, or of its category and groups: counted, never mixed."""
        parts = []
        if self.view.together:
            parts.append(f"{self.view.together} with others")
        for group in self.view.of_groups:
            name = (
                f"“{group.name}”" if group.object == "group" else f"{group.name.lower()} customers"
            )
            parts.append(f"{group.claims} of {name}")
        if parts:
            self._field("Not of it alone", Piece(" · ".join(parts), "muted"))

    def _closing(self) -> None:
        view = self.view
        sources, origins = len(self.record.sources), self.record.independent_sources
        facts = (
            f"{count(view.claims, 'claim')} alone, {view.quoted} quoted",
            f"{count(sources, 'source')}, {count(origins, 'origin')}"
            + (f", to {view.latest_source[:4]}" if view.latest_source else ""),
            "more: --full" if self.width else "",
        )
        self.document.add(Piece(" · ".join(filter(None, facts)), "muted"))
        signs = [self.marks.meanings(), NUMBERS if view.supplies else ""]
        self.document.add(Piece(", ".join(filter(None, signs)), "muted"))

    def _field(self, label: str, *pieces: Piece | str, title: bool = False) -> None:
        """A line that begins with a word, and goes on below it set in a little."""
        words = Piece(f"{label}  ", "title" if title else "label")
        self.document.add(words, *pieces, hang=INDENT, role="field")

    def _more(self, text: str) -> None:
        self.document.add(Piece(text, "muted"), indent=INDENT)
