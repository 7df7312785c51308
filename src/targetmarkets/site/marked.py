"""An archived text with its quotations marked: cut wherever one begins or ends.

Quotations may overlap, lie in one another, or begin at one place. Each piece between two cuts knows
all that it belongs to; each quotation has one beginning, and one end, and its own address.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from targetmarkets.model.objects import Quote


class Piece(NamedTuple):
    """A stretch of a text that belongs to the same quotations from end to end."""

    text: str
    within: tuple[int, ...]
    """The numbers of the quotations that it belongs to, from 1."""
    opening: tuple[int, ...]
    """Those that begin with it."""
    closing: tuple[int, ...]
    """Those that end with it."""

    @property
    def depth(self) -> int:
        """How many quotations lie over one another here, as far as it shows."""
        return min(len(self.within), 3)


class Line(NamedTuple):
    """A line of the text in pieces; or several without a quotation, as one."""

    number: int
    """Of its first line, from 1."""
    pieces: Sequence[Piece]
    opening: tuple[int, ...]
    """The numbers of the quotations that begin in it."""

    @property
    def is_quoted(self) -> bool:
        """Whether some of it is quoted."""
        return any(piece.within for piece in self.pieces)


def marked(text: str, quotes: Iterable[Quote]) -> Iterator[Line]:
    """The lines of a text, in pieces. A quotation that does not lie in the text is left out."""
    spans = {
        number: (quote.start, quote.end)
        for number, quote in enumerate(quotes, start=1)
        if quote.start < quote.end <= len(text)
    }
    number, pieces, plain = 1, list[Piece](), list[str]()
    first_plain = 1
    for piece in _pieces(text, spans):
        first, *others = piece.text.split("\n")
        pieces += [piece._replace(text=first, closing=() if others else piece.closing)]
        for at, other in enumerate(others):
            yield from _finished(number, pieces, plain, first_plain)
            if not plain:
                first_plain = number + 1
            number += 1
            closing = piece.closing if at == len(others) - 1 else ()
            pieces = [Piece(other, piece.within, (), closing)]
    yield from _finished(number, pieces, plain, first_plain)
    if plain:
        yield Line(first_plain, [Piece("\n".join(plain), (), (), ())], ())


def _finished(
    number: int, pieces: Sequence[Piece], plain: list[str], first_plain: int
) -> Iterator[Line]:
    """A line that is whole; one without a quotation waits for others like it."""
    if any(piece.within or piece.opening or piece.closing for piece in pieces):
        if plain:
            yield Line(first_plain, [Piece("\n".join(plain), (), (), ())], ())
            plain.clear()
        shown = [piece for piece in pieces if piece.text or piece.closing] or pieces[:1]
        yield Line(number, shown, tuple(n for piece in pieces for n in piece.opening))
    else:
        plain.append("".join(piece.text for piece in pieces))


def _pieces(text: str, spans: dict[int, tuple[int, int]]) -> Iterator[Piece]:
    opening: dict[int, list[int]] = defaultdict(list)
    closing: dict[int, list[int]] = defaultdict(list)
    for number, (start, end) in spans.items():
        opening[start].append(number)
        closing[end].insert(0, number)
    within: list[int] = []
    cuts = sorted({0, *opening, *closing, len(text)})
    for start, end in pairwise(cuts):
        within = [n for n in within if n not in closing.get(start, ())] + opening.get(start, [])
        yield Piece(
            text[start:end],
            tuple(within),
            tuple(opening.get(start, ())),
            tuple(closing.get(end, ())),
        )
