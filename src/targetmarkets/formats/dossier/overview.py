"""A customer on one screen: what its claims come to, with a sign and a number for each source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.formats.document import INDENT, SCREEN_LINES, Document, Piece
from targetmarkets.formats.dossier.screen import Room, Screen
from targetmarkets.formats.dossier.summary import event_rows, supply_rows
from targetmarkets.formats.layout import fit
from targetmarkets.formats.wording import sure
from targetmarkets.records.wording import as_printed, count, cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.customers import CustomerRecord


NUMBERS: Final = "n/o: events (or claims of none), origins"


def write_overview(record: CustomerRecord, archives: Archives, width: int | None) -> Document:
    """The overview, as much of it as fits a screen of a width; without a width, all of it."""
    return fit(
        lambda room: _Overview(record, archives, room, width).written(),
        list(_less_and_less(min(len(record.overview.events), SCREEN_LINES))),
        Room(),
        width,
    )


def _less_and_less(events: int) -> Iterator[Room]:
    """What to leave out, the least first: events but four, passages but one, matters but two; then
    supplies, and at last more of each.
    """
    few = min(events, 4)
    full = Room(rows=20, events=few, claims=4, contests=6)
    yield from (full._replace(events=left) for left in range(events, few, -1))
    yield from (full._replace(claims=left) for left in (4, 2, 1))
    yield from (full._replace(claims=1, contests=left) for left in (4, 3, 2))
    yield from (Room(left, few, 1, 2) for left in range(20, 9, -1))
    yield from (Room(left, min(events, 3), 1, 1) for left in range(10, 5, -1))
    yield from (Room(left, min(events, 2), 1, 1) for left in (6, 5))
    yield from (Room(left, min(events, 1), 1, 1) for left in (5, 4))
    yield from (Room(left, min(events, 1), 0, 0) for left in range(5, 0, -1))


class _Overview(Screen):
    def __init__(
        self, record: CustomerRecord, archives: Archives, room: Room, width: int | None
    ) -> None:
        super().__init__(archives, width)
        self.record = record
        self.view = record.overview
        self.room = room

    def written(self) -> Document:
        """The parts in their order."""
        self._name()
        self._category()
        self._why()
        self._supplies()
        self._events()
        command = f"tm show {self.record.id} --full"
        self.contested(self.view.contested, self.room.contests, command)
        self._not_so()
        self._not_alone()
        self._counts()
        return self.document

    def _name(self) -> None:
        codes = self.record.iso_3166
        also = self.record.aliases
        self.title(
            self.record.name,
            self.record.kind,
            self.record.region,
            f"{codes.alpha_2}, {codes.alpha_3}" if codes else None,
            f"also {', '.join(also)}" if also else None,
            self.record.id,
        )

    def _category(self) -> None:
        """The category, how it is known and on whose word, and the passages that say so."""
        basis = self.record.category_basis
        if basis is None or self.record.category is None:
            conflict = "the classifications disagree, so that none is given"
            words = conflict if self.record.category_conflict else "no category is known"
            self.field("CATEGORY", Piece(words, "bad"))
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
        self.field(category, *pieces, title=True)
        self._passages(self.record.classifications[0])

    def _passages(self, claim: ClaimRecord) -> None:
        """The sentences on which the category rests, word for word."""
        quotes = [item.quote for item in claim.evidence if item.quote]
        names = (self.record.name, *self.record.aliases)
        quotes.sort(key=lambda quote: not any(name in quote.exact for name in names))
        for quote in quotes[: self.room.claims]:
            words = as_printed(quote, self.kb.sources[quote.source].archive)
            passage = Piece(f"‘{words}’", "quotation"), Piece(cut(quote), "bad")
            self.document.add(*passage, indent=INDENT, hang=1)
        if (hidden := len(quotes) - self.room.claims) > 0:
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
            self.field("Why", *self.statement(claim), more)

    def _supplies(self) -> None:
        self.document.gap()
        supplies = self.view.supplies
        if not supplies:
            self.field("Supplies", Piece(f"none is told of {self.record.name} alone", "muted"))
            return
        shown = supplies[: self.room.rows]
        supply_rows(self.document, shown, self.marks)
        if hidden := len(supplies) - len(shown):
            command = f"tm list activities --customer {self.record.id}"
            self.more(f"and {count(hidden, 'more kind')}: {command}")

    def _events(self) -> None:
        if not self.view.events:
            return
        self.document.gap()
        shown = [line for line in self.view.events if line.rank <= self.room.events]
        if shown:
            event_rows(self.document, shown, self.marks)
        if hidden := len(self.view.events) - len(shown):
            lead = f"and {hidden} more" if shown else count(hidden, "event")
            self.more(f"{lead}: tm list events --customer {self.record.id}")

    def _not_so(self) -> None:
        """What of its events is said not to be so, which no row of supplies can show."""
        told = [claim for claim in self.record.claims if claim.negative and claim.event]
        for claim in told[:1]:
            more = Piece(f" and {len(told) - 1} more" if told[1:] else "", "muted")
            self.field("Not so", *self.statement(claim), more)

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
            self.field("Not of it alone", Piece(" · ".join(parts), "muted"))

    def _counts(self) -> None:
        view = self.view
        sources, origins = len(view.sources), view.independent_sources
        self.closing(
            f"{count(view.claims, 'claim')} alone, {view.quoted} quoted",
            f"{count(sources, 'source')}, {count(origins, 'origin')}"
            + (f", to {view.latest_source[:4]}" if view.latest_source else ""),
            note=NUMBERS if view.supplies else "",
        )
