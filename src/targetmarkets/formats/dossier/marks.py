"""Marks of an overview: for each source a number, and for each claim a sign of its proof."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from targetmarkets.formats.document import Document, Piece, Style
from targetmarkets.records.wording import cite_work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.model.objects import Quote
    from targetmarkets.model.parts import Evidence

PROVED: Final = "✓"
BROKEN: Final = "✗"
READ: Final = "○"
UNREAD: Final = "·"
CONTESTED: Final = "†"
COLLECTED: Final = "*"

MEANINGS: Final[Mapping[str, str]] = {
    PROVED: "proved here",
    BROKEN: "NOT PROVED",
    READ: "by reference",
    UNREAD: "by reference that nobody here read",
    CONTESTED: "contested",
    COLLECTED: "its collector’s grade",
}
"""What each sign means."""

STYLES: Final[Mapping[str, Style]] = {
    PROVED: "good",
    BROKEN: "bad",
    READ: "likely",
    UNREAD: "alleged",
    CONTESTED: "bad",
    COLLECTED: "muted",
}


class Marks:
    """Numbers sources as they are named, and looks each quotation up in its archived text."""

    def __init__(self, archives: Archives) -> None:
        self.archives = archives
        self.kb = archives.kb
        self._numbers: dict[str, int] = {}
        self._proved: dict[str, bool] = {}
        self._used: set[str] = set()

    def of(self, ids: Iterable[str]) -> list[Piece]:
        """The marks of some claims together: `✓1 ○2–4`."""
        found = {self._mark(item) for id_ in ids for item in self.kb.claims[id_].evidence}
        pieces: list[Piece] = []
        for sign, first, last in _runs(sorted(found)):
            text = f"{first}" if first == last else f"{first}–{last}"
            pieces += [Piece(" " if pieces else ""), self.sign(sign), Piece(text, "number")]
        return pieces

    def sign(self, sign: str) -> Piece:
        """A sign, which is explained below."""
        self._used.add(sign)
        return Piece(sign, STYLES[sign])

    def meanings(self) -> str:
        """What the signs that were used mean, in a line."""
        used = ((sign, words) for sign, words in MEANINGS.items() if sign in self._used)
        return ", ".join(f"{sign} {words}" for sign, words in used)

    def sources(self) -> Iterator[Piece]:
        """The sources by their numbers, in short."""
        for id_, number in self._numbers.items():
            yield Piece(f"{', ' if number > 1 else ''}{number}:", "muted")
            yield Piece(id_, link=self.kb.sources[id_].bibliography.url)

    def footnotes(self, document: Document) -> None:
        """The sources by their numbers, in full."""
        for id_, number in self._numbers.items():
            reference = f"{cite_work(self.kb.sources[id_].record)} ({id_})."
            document.add(Piece(f"[{number}] ", "footnote"), reference, role="footnote")

    def _mark(self, item: Evidence) -> tuple[int, str]:
        """The number of the source of an item of evidence, and the sign of its proof."""
        if item.quote is None:
            assert item.reference is not None, "the model allows one of the two"
            source = item.reference.source
            return self._number(source), READ if self.kb.sources[source].read else UNREAD
        quote = self.kb.quotes[item.quote]
        return self._number(quote.source), self.proof(quote)

    def proof(self, quote: Quote) -> str:
        """The sign of a quotation, which is looked up once."""
        if quote.id not in self._proved:
            self._proved[quote.id] = not self.archives.prove(quote).problem
        return PROVED if self._proved[quote.id] else BROKEN

    def _number(self, source: str) -> int:
        return self._numbers.setdefault(source, len(self._numbers) + 1)


def _runs(marks: Iterable[tuple[int, str]]) -> Iterator[tuple[str, int, int]]:
    """Marks of one sign whose numbers follow one another, as one: sign, first and last number."""
    for (sign, _), run in groupby(
        enumerate(marks), key=lambda item: (item[1][1], item[1][0] - item[0])
    ):
        numbers = [number for _, (number, _) in run]
        yield sign, numbers[0], numbers[-1]
