"""Where quotations stand, as programs that mark passages count: UTF-16, and the words around."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.kb.held import Held
from targetmarkets.text.offsets import Span

if TYPE_CHECKING:
    from targetmarkets.exports.interface import Losses
    from targetmarkets.exports.selection import Selection
    from targetmarkets.model.objects import Quote

UNPROVED: Final = "quotations that were not found in their archived texts"
UNPROVED_WHY: Final = "tm verify says why; they have no words around them, and no offsets in UTF-16"

BY_REFERENCE: Final = "claims that rest on references alone"
BY_REFERENCE_WHY: Final = "an annotation is of a passage, and they have none"

SOURCES_HELD: Final = 256
"""Archived texts of which it is held where they have letters of two units in UTF-16."""

_OF_TWO_UNITS: Final = re.compile("[\U00010000-\U0010ffff]")


def count_by_reference(selection: Selection, losses: Losses) -> None:
    """Count the claims that no annotation can hold, as they rest on no quotation."""
    for claim in selection.claims():
        losses.note(BY_REFERENCE, not any(item.quote for item in claim.evidence))


class Passage(NamedTuple):
    """A quotation that was found at its place just now."""

    utf16: Span
    """Its place in units of UTF-16, as JavaScript, Java and C# count."""
    before: str
    """What stands just before it (TextQuoteSelector `prefix`)."""
    after: str
    """What stands just after it (TextQuoteSelector `suffix`)."""


class Passages:
    """The places of the quotations of a selection."""

    def __init__(self, selection: Selection) -> None:
        self._archives = selection.archives
        self._wide = Held[list[int]](SOURCES_HELD)

    def of(self, quote: Quote) -> Passage | None:
        """The place of a quotation; None where it does not stand there, in the recorded text."""
        proof = self._archives.prove(quote)
        if proof.problem:
            return None
        wide = self._wide.of(quote.source, lambda: self._of_two_units(quote.source))
        start, end = (at + bisect_left(wide, at) for at in (quote.start, quote.end))
        return Passage(Span(start, end), proof.before, proof.after)

    def _of_two_units(self, source: str) -> list[int]:
        text = self._archives.text(source).text
        return [match.start() for match in _OF_TWO_UNITS.finditer(text)]
