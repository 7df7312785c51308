"""A source on one screen: what it is, what was read of it, what is quoted, how much is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.errors import UnreadableError
from targetmarkets.formats.document import Document, Piece
from targetmarkets.formats.dossier.screen import Room, Screen, fitted
from targetmarkets.formats.escape import visible
from targetmarkets.formats.layout import wrap
from targetmarkets.records.shared import Shared
from targetmarkets.records.wording import count, cut, on_page, show_locator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.evidence.coverage import Measure
    from targetmarkets.model.objects import Quote
    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.sources import SourceRecord

BESIDE: Final = 28
"""Columns for what stands beside a quotation: its place, the claims that rest on it, its sign."""

LEAST: Final = 0.001
"""A share below which it is only said to be small."""


def write_source_overview(record: SourceRecord, archives: Archives, width: int | None) -> Document:
    """The overview, as much of it as fits a screen of a width; without a width, all of it."""
    shared = Shared(archives.kb)
    claims = [shared.claim(archives.kb.claims[id_]) for id_ in record.claims]
    text = _measured(record, archives)
    return fitted(
        lambda room: _Overview(record, archives, claims, text, width).written(room), width
    )


def _measured(record: SourceRecord, archives: Archives) -> Measure | None:
    """How much of it is cited; None where there is no text to count."""
    from targetmarkets.evidence.coverage import measure  # other overviews do without it

    try:
        return measure(archives.kb, archives, record.id) if record.archive else None
    except UnreadableError:
        return None


class _Overview(Screen):
    def __init__(
        self,
        record: SourceRecord,
        archives: Archives,
        claims: list[ClaimRecord],
        text: Measure | None,
        width: int | None,
    ) -> None:
        super().__init__(archives, width)
        self.record = record
        self.claims = claims
        self.text = text

    def written(self, room: Room) -> Document:
        """What it is and where, its text and how much of it is cited, then its quotations."""
        record = self.record
        self.title(record.title, record.bibliography.type, record.issued, record.id)
        self.field("Reference", f"{record.citation}.")
        self.field("What it is", record.descriptor)
        if record.bibliography.url:
            self.field("Address", record.bibliography.url)
        if record.reports_on:
            self.field("Reports on", ", ".join(record.reports_on))
        self._archive()
        self._read(room.rows)
        self._quotations(room.events)
        referring = [claim for claim in self.claims if claim.evidence_kind != "quoted"]
        heading = "Claims that refer to it" if not record.quotes else "Claims by reference alone"
        command = f"tm show {record.id} --full"
        self.statements(heading, referring, room.claims, command)
        self.closing(count(len(record.claims), "claim"))
        return self.document

    def _archive(self) -> None:
        """Whether its text is here and as recorded, how long it is, how much of it is cited."""
        archive = self.record.archive
        if archive is None:
            self.field("Archive", "none, so that nothing here proves what it says")
            return
        problem = self.archives.problem(self.record.id)
        proof = Piece(f"✗ {problem}", "bad") if problem else Piece("✓ as recorded", "good")
        self.field("Archive", f"{archive.file} ", proof)
        if self.text is None:
            return
        words, quoted = self.text.words, self.text.words_quoted
        pages = f"{len(archive.pages):,} pages, " if archive.pages else ""
        share = quoted / words if words else 0
        percent = "under 0.1 %" if 0 < share < LEAST else f"{100 * share:.1f} %"
        self.field("Text", f"{pages}{words:,} words, {quoted:,} of them quoted ({percent})")
        self.field(
            "Sentences",
            f"{self.text.cited:,} cited, {self.text.set_aside:,} set aside, "
            f"{self.text.left_over:,} left over: ",
            Piece(f"tm coverage {self.record.id}", "muted"),
        )

    def _read(self, limit: int) -> None:
        """Who read it, and of what was referred to, which places."""
        if not self.record.read:
            words = "not by anybody here: it is known from what reports on it"
            self.field("Read", Piece(words, "bad"))
        places = dict.fromkeys(
            show_locator(item.reference.locator)
            for claim in self.claims
            for item in claim.evidence
            if item.reference and item.reference.source == self.record.id and item.reference.locator
        )
        if places:
            hidden = f" and {len(places) - limit} more" if len(places) > limit else ""
            self.field("Referred to", f"{'; '.join([*places][:limit])}{hidden}")

    def _quotations(self, limit: int) -> None:
        """Its quotations in the order of the text, with their pages or lines."""
        quotes = self.record.quotes
        if not quotes:
            return
        command = f"tm list quotes --source {self.record.id}"
        if not limit:
            self.document.gap()
            self.field("Quotations", f"{len(quotes)}: ", Piece(command, "muted"))
            return
        self.header("", "Quotation", "claims", "")
        standing = set(self.record.claims)
        for quote in quotes[:limit]:
            resting = [c for c in self.kb.claims_on_quote(quote.id) if c.id in standing]
            self.document.row(
                [Piece(self._place(quote), "muted")],
                [*self._words(quote)],
                [f"{len(resting)}"],
                [self.marks.sign(self.marks.proof(quote))],
            )
        if len(quotes) > limit:
            self.more(f"and {len(quotes) - limit} more: {command}")

    def _place(self, quote: Quote) -> str:
        """The page where the text has pages, else the line."""
        archive = self.record.archive
        page = archive.pages_of(quote.start, quote.end) if archive else None
        line = None if page else self.archives.prove(quote).line
        return on_page(page) if page else f"line {line}" if line else ""

    def _words(self, quote: Quote) -> Iterator[Piece]:
        """The quotation, of a long one as many of its first words as fit a line."""
        first, end, _ = quote.exact.partition("\n")
        if self.width is not None:
            room = max(self.width - BESIDE, 1)
            words = next(wrap([Piece(visible(first))], room, room))
            shown = words[0].text if words else ""
            if shown != visible(first) or end:
                more = Piece(f" …{cut(quote)}", "muted")
                yield from (Piece(f"‘{shown}’", "quotation"), more)
                return
        yield from (Piece(f"‘{quote.exact}’", "quotation"), Piece(cut(quote), "muted"))
