"""Footnotes of a list: for each source a number, and a sign for how a thing rests on it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from targetmarkets.formats.document import Piece, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from targetmarkets.model.objects import Source
    from targetmarkets.records.claims import Basis, ClaimRecord
    from targetmarkets.records.glance import BasisGlance

QUOTED: Final = "✓"
READ: Final = "○"
UNREAD: Final = "·"
COLLECTED: Final = "*"
CONTESTED: Final = "†"

STYLES: Final[Mapping[str, Style]] = {QUOTED: "good", READ: "plain", UNREAD: "muted"}

SIGNS: Final = {
    QUOTED: "quoted here",
    READ: "by reference, read",
    UNREAD: "by reference, not read",
    COLLECTED: "collector’s grade",
    CONTESTED: "contested",
}
"""What the signs mean."""


class Marks:
    """Numbers sources as they are named."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources
        self.numbers: dict[str, int] = {}
        self.signs: set[str] = set()

    def of_basis(self, basis: Basis | BasisGlance) -> list[Piece]:
        """The footnotes of a classification."""
        return self._marks((id_, id_ in basis.quoted_sources) for id_ in basis.sources)

    def of_claims(self, claims: Iterable[ClaimRecord]) -> list[Piece]:
        """The footnotes of claims together."""
        items = [item for claim in claims for item in claim.evidence]
        quoted = {item.quote.source for item in items if item.quote}
        sources = dict.fromkeys(id_ for claim in claims for id_ in claim.sources)
        return self._marks((id_, id_ in quoted) for id_ in sources)

    def sign(self, sign: str) -> str:
        """A sign that is used."""
        self.signs.add(sign)
        return sign

    def legend(self) -> str:
        """What the signs mean that were used."""
        return "; ".join(f"{sign} {what}" for sign, what in SIGNS.items() if sign in self.signs)

    def _marks(self, rests: Iterable[tuple[str, bool]]) -> list[Piece]:
        """`✓1 ○2–4`."""
        signs = {id_: self._sign(id_, quoted=quoted) for id_, quoted in rests}
        for id_ in sorted(signs, key=lambda id_: list(SIGNS).index(signs[id_])):
            self.numbers.setdefault(id_, len(self.numbers) + 1)
        pieces: list[Piece] = []
        for sign, first, last in _runs(sorted((self.numbers[id_], signs[id_]) for id_ in signs)):
            space = " " if pieces else ""
            numbers = f"{first}" if first == last else f"{first}–{last}"
            pieces += [Piece(f"{space}{self.sign(sign)}", STYLES[sign]), Piece(numbers)]
        return pieces

    def _sign(self, id_: str, *, quoted: bool) -> str:
        if quoted:
            return QUOTED
        source = self.sources.get(id_)
        return READ if source and source.read else UNREAD


def _runs(marks: Iterable[tuple[int, str]]) -> Iterator[tuple[str, int, int]]:
    """Marks of one sign whose numbers follow one another: sign, first and last number."""
    together = groupby(enumerate(marks), key=lambda item: (item[1][1], item[1][0] - item[0]))
    for (sign, _), run in together:
        numbers = [number for _, (number, _) in run]
        yield sign, numbers[0], numbers[-1]
