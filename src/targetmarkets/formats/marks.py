"""Marks of lists, overviews and pictures: a number for each source, and signs with meanings."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.formats.document import Piece
from targetmarkets.records.wording import cite_work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from targetmarkets.formats.document import Style
    from targetmarkets.model.objects import Source
    from targetmarkets.records.briefs import BasisBrief
    from targetmarkets.records.claims import Basis, ClaimRecord


class Sign(NamedTuple):
    """A sign, what it means, and how it looks."""

    text: str
    meaning: str
    style: Style

    @property
    def piece(self) -> Piece:
        """The sign as it is shown."""
        return Piece(self.text, self.style)

    def __str__(self) -> str:
        return f"{self.text} {self.meaning}"


PROVED: Final = Sign("✓", "proved here", "good")
"""Of a quotation that was looked up in its archived text as this was written."""
QUOTED: Final = Sign("✓", "quoted", "good")
"""Of a quotation that nobody looked up now: `tm show` and `tm verify` do."""
BROKEN: Final = Sign("✗", "NOT PROVED", "bad")
READ: Final = Sign("○", "by reference", "likely")
UNREAD: Final = Sign("·", "by reference that nobody here read", "alleged")
CONTESTED: Final = Sign("†", "contested", "bad")
"""Of what is denied, or differs from another claim."""
COLLECTED: Final = Sign("*", "its collector’s grade", "muted")

SIGNS: Final = (PROVED, QUOTED, BROKEN, READ, UNREAD, CONTESTED, COLLECTED)
"""Every sign, the strongest proof first."""


class Marks:
    """Numbers sources as they are named, and knows which signs were used."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources
        self.numbers: dict[str, int] = {}
        self._used: set[Sign] = set()

    def number(self, source: str) -> int:
        """The number of a source."""
        return self.numbers.setdefault(source, len(self.numbers) + 1)

    def sign(self, sign: Sign) -> Piece:
        """A sign, which is explained below."""
        self._used.add(sign)
        return sign.piece

    def reading(self, source: str) -> Sign:
        """The sign of a reference to a source."""
        known = self.sources.get(source)
        return READ if known and known.read else UNREAD

    def legend(self) -> str:
        """What the signs mean that were used."""
        return ", ".join(str(sign) for sign in SIGNS if sign in self._used)

    def named(self) -> Iterator[Piece]:
        """The sources by their numbers, in short: `1 a · 2 b`."""
        for id_, number in self.numbers.items():
            source = self.sources.get(id_)
            before = "\u00a0· " if number > 1 else ""
            yield Piece(f"{before}{number}\u00a0", "muted")
            yield Piece(id_, link=source.bibliography.url if source else None)

    def reference(self, source: str) -> str:
        """The work behind the key of a source; nothing where that is not known."""
        known = self.sources.get(source)
        return cite_work(known) if known else ""

    def together(self, marks: Iterable[tuple[int, Sign]]) -> list[Piece]:
        """Signs with their numbers, those of one sign that follow one another as one: `✓1 ○2–4`."""
        pieces: list[Piece] = []
        for sign, first, last in _runs(sorted(marks, key=lambda mark: (mark[0], mark[1].text))):
            numbers = f"{first}" if first == last else f"{first}–{last}"
            pieces += [Piece(" " if pieces else ""), self.sign(sign), Piece(numbers, "number")]
        return pieces


class ListMarks(Marks):
    """Marks of a list, for which nothing is looked up in an archive."""

    def of_basis(self, basis: Basis | BasisBrief) -> list[Piece]:
        """The marks of a classification."""
        return self._of(basis.sources, basis.quoted_sources)

    def of_claims(self, claims: Iterable[ClaimRecord]) -> list[Piece]:
        """The marks of claims together."""
        claims = list(claims)
        quotes = [item.quote for claim in claims for item in claim.evidence if item.quote]
        sources = dict.fromkeys(id_ for claim in claims for id_ in claim.sources)
        return self._of(sources, {quote.source for quote in quotes})

    def _of(self, sources: Iterable[str], quoted: Iterable[str]) -> list[Piece]:
        """Each source once, quoted or not; the new ones are numbered by their signs."""
        signs = {id_: QUOTED if id_ in quoted else self.reading(id_) for id_ in sources}
        ranked = sorted(signs.items(), key=lambda item: SIGNS.index(item[1]))
        return self.together([(self.number(id_), sign) for id_, sign in ranked])


def _runs(marks: Iterable[tuple[int, Sign]]) -> Iterator[tuple[Sign, int, int]]:
    """Marks of one sign whose numbers follow one another: sign, first and last number."""
    together = groupby(enumerate(marks), key=lambda item: (item[1][1], item[1][0] - item[0]))
    for (sign, _), run in together:
        numbers = [number for _, (number, _) in run]
        yield sign, numbers[0], numbers[-1]
