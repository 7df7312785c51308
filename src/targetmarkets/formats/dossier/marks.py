"""Marks of an overview: for each source a number, and for each claim a sign of its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from targetmarkets.formats.document import Document, Piece
from targetmarkets.formats.marks import BROKEN, PROVED, Marks, Sign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.model.objects import Quote
    from targetmarkets.model.parts import Evidence


class ProofMarks(Marks):
    """Looks each quotation up in its archived text."""

    def __init__(self, archives: Archives) -> None:
        super().__init__(archives.kb.sources)
        self.archives = archives
        self._proofs: dict[str, Sign] = {}

    def of(self, ids: Iterable[str]) -> list[Piece]:
        """The marks of some claims together."""
        claims = self.archives.kb.claims
        return self.together({self._mark(item) for id_ in ids for item in claims[id_].evidence})

    def footnotes(self, document: Document) -> None:
        """The sources by their numbers, in full."""
        for id_, number in self.numbers.items():
            reference = f"{self.reference(id_)} ({id_})."
            document.add(Piece(f"[{number}] ", "footnote"), reference, role="footnote")

    def proof(self, quote: Quote) -> Sign:
        """The sign of a quotation, which is looked up once."""
        if quote.id not in self._proofs:
            self._proofs[quote.id] = BROKEN if self.archives.prove(quote).problem else PROVED
        return self._proofs[quote.id]

    def _mark(self, item: Evidence) -> tuple[int, Sign]:
        """The number of the source of an item of evidence, and the sign of its proof."""
        if item.quote is None:
            assert item.reference is not None, "the model allows one of the two"
            source = item.reference.source
            return self.number(source), self.reading(source)
        quote = self.archives.kb.quotes[item.quote]
        return self.number(quote.source), self.proof(quote)
