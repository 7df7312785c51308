"""What pictures have in common: one screen, its columns, certainties as letters and shades."""

from __future__ import annotations

import textwrap
from bisect import bisect
from typing import TYPE_CHECKING, Final

from targetmarkets.formats.document import Document, Piece
from targetmarkets.formats.escape import visible
from targetmarkets.model.vocabulary import CERTAINTIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from targetmarkets.model.vocabulary import Certainty

SCREEN: Final = 40
"""Lines of a screen."""

USUAL: Final = 80
"""Columns where nothing says how many there are."""

WIDEST: Final = 100
"""Columns beyond which a picture does not spread."""

SHADES: Final[Mapping[Certainty, str]] = {
    "stated": "█",
    "likely": "▓",
    "possible": "▒",
    "alleged": "░",
    "implied": "□",
}
"""The surer, the darker; what is implied has no place among words of doubt."""

HANG: Final = 2
"""Columns by which the lines of a note after its first are set in."""

FEWEST_KEYS: Final = 2
"""Keys of sources that are shown whatever room there is."""

CONTESTED: Final = "!"
"""Marks what is denied, or differs from another claim."""


def fitting(draw: Callable[[int], Document], most: int) -> Document:
    """What is drawn with as many things as a screen has room for."""
    for number in range(most, 0, -1):
        document = draw(number)
        if len(document.lines) <= SCREEN:
            return document
    return draw(0)


def shades(certainties: Sequence[Certainty]) -> list[Piece]:
    """The ends of a range of certainty as shades: one where they are the same."""
    return [Piece(SHADES[word], word) for word in dict.fromkeys((certainties[0], certainties[-1]))]


def letters(certainties: Sequence[Certainty]) -> list[Piece]:
    """The same as letters: `S–A`, each in its own style."""
    first, *last = dict.fromkeys((certainties[0], certainties[-1]))
    pieces = [Piece(first[0].upper(), first)]
    for word in last:
        pieces += [Piece("–", "muted"), Piece(word[0].upper(), word)]
    return pieces


def ends(certainties: Sequence[Certainty]) -> str:
    """The ends of a range of certainty, in words: `stated–alleged`."""
    return "–".join(dict.fromkeys((certainties[0], certainties[-1])))


def shade_key(document: Document, certainties: Iterable[Certainty]) -> None:
    """Explain the letters and shades of the certainties that are there."""
    used = set(certainties)
    pieces: list[Piece | str] = []
    for word in CERTAINTIES:
        if word in used:
            pieces += [Piece(SHADES[word], word), Piece(f" {word[0].upper()} {word}   ", "muted")]
    document.add(*pieces, Piece(CONTESTED, "bad"), Piece(" contested", "muted"))


def wrapped(text: str, width: int, hang: int = 0) -> list[str]:
    """A text in lines of a width, harmless to a terminal; those after the first are set in."""
    shown = visible(text)
    is_long = any(len(word) > width - hang for word in shown.split())
    return textwrap.wrap(
        shown, max(width, hang + 1), break_on_hyphens=is_long, subsequent_indent=" " * hang
    ) or [""]


def paragraph(document: Document, width: int, text: str, *, hang: int = 0) -> None:
    """A note below a picture, in as many lines as it takes."""
    for line in wrapped(text, width, hang):
        document.add(Piece(line, "muted"))


def source_keys(document: Document, width: int, ids: Sequence[str], lines: int, more: str) -> None:
    """The keys of sources, as many as some lines hold; `more` says where the others are."""

    def text(number: int) -> str:
        left = len(ids) - number
        rest = f" and {counted(left, 'other')}: {more}" if left else ""
        return f"{counted(len(ids), 'source')}: {', '.join(ids[:number])}{rest}"

    most = min(len(ids), max(lines, 1) * width)  # no key is shorter than a column
    too_many = bisect(range(FEWEST_KEYS, most + 1), lines, key=lambda n: _lines(text(n), width))
    number = len(ids) if _lines(text(len(ids)), width) <= lines else FEWEST_KEYS + too_many - 1
    paragraph(document, width, text(max(number, FEWEST_KEYS)), hang=HANG)


def _lines(text: str, width: int) -> int:
    return len(wrapped(text, width, HANG))


def counted(number: int, word: str) -> str:
    """`1 event`, `2 events`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def padded(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """Pieces, and the space after them up to a width."""
    free = width - sum(len(piece.text) for piece in pieces)
    return [*pieces, Piece(" " * free, "layout")] if free > 0 else [*pieces]


def side_by_side(
    document: Document, columns: Sequence[Sequence[Sequence[Piece]]], widths: Sequence[int]
) -> None:
    """Columns of lines beside each other, each line as wide as its column."""
    for number in range(max(map(len, columns), default=0)):
        line: list[Piece] = []
        for column, width in zip(columns, widths, strict=True):
            line += padded(column[number] if number < len(column) else [], width)
        while line and line[-1].style == "layout":
            line.pop()
        document.add(*line)
