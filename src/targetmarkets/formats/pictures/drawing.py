"""What pictures have in common: one screen, its columns, certainties as letters and shades."""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING, Final

from targetmarkets.formats.document import INDENT, Document, Line, Piece
from targetmarkets.formats.layout import paragraph, width_of
from targetmarkets.formats.wording import sure
from targetmarkets.model.vocabulary import CERTAINTIES
from targetmarkets.records.wording import both_ends, count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from targetmarkets.formats.document import Style
    from targetmarkets.formats.marks import Marks
    from targetmarkets.model.vocabulary import Certainty

SHADES: Final[Mapping[Certainty, str]] = {
    "stated": "█",
    "likely": "▓",
    "possible": "▒",
    "alleged": "░",
    "implied": "□",
}
"""The surer, the darker; what is implied has no place among words of doubt."""

FEWEST_KEYS: Final = 2
"""Keys of sources that are shown whatever room there is."""

Lines = list[list[Piece]]
"""A cell of a picture, or what stands beside another."""


def shades(certainties: Sequence[Certainty], *, proved: bool) -> list[Piece]:
    """The ends of a range of certainty as shades: one where they are the same."""
    return [Piece(SHADES[word], sure(word, proved=proved).style) for word in both_ends(certainties)]


def letters(certainties: Sequence[Certainty], *, proved: bool) -> list[Piece]:
    """The same as letters: `S–A`, each in its own style."""
    first, *last = [
        Piece(word[0].upper(), sure(word, proved=proved).style) for word in both_ends(certainties)
    ]
    return [first, *(piece for word in last for piece in (Piece("–", "muted"), word))]


def shade_key(
    document: Document, width: int, certainties: Iterable[Certainty], marks: Marks
) -> None:
    """Explain the letters and shades of the certainties that are there, and the signs."""
    used = set(certainties)
    pieces: list[Piece | str] = []
    for word in CERTAINTIES:
        if word in used:
            shade = Piece(SHADES[word], sure(word, proved=False).style)
            pieces += [shade, Piece(f" {word[0].upper()} {word}  ", "muted")]
    note(document, width, *pieces, marks.legend(), hang=INDENT)


def lines_of(text: str, width: int, style: Style = "plain", *, hang: int = 0) -> Lines:
    """A text in lines of a width, harmless to a terminal; those after the first are set in."""
    return [[*line] for line in paragraph(Line((Piece(text, style),), hang=hang), max(width, 1))]


def note(document: Document, width: int, *pieces: Piece | str, hang: int = 0) -> None:
    """A note below a picture, in as many lines as it takes."""
    muted = (Piece(piece, "muted") if isinstance(piece, str) else piece for piece in pieces)
    for line in paragraph(Line(tuple(muted), hang=hang), width):
        document.add(*line)


def show_goods(kind: str) -> str:
    """A kind of goods in words."""
    return "not named" if kind == "unspecified" else kind.replace("-", " ")


def source_keys(document: Document, width: int, ids: Sequence[str], lines: int, more: str) -> None:
    """The keys of sources, as many as some lines hold; `more` says where the others are."""

    def text(number: int) -> str:
        left = len(ids) - number
        rest = f" and {count(left, 'other')}: {more}" if left else ""
        return f"{count(len(ids), 'source')}: {', '.join(ids[:number])}{rest}"

    most = min(len(ids), max(lines, 1) * width)  # no key is shorter than a column
    too_many = bisect(range(FEWEST_KEYS, most + 1), lines, key=lambda n: _lines(text(n), width))
    number = len(ids) if _lines(text(len(ids)), width) <= lines else FEWEST_KEYS + too_many - 1
    note(document, width, text(max(number, FEWEST_KEYS)), hang=INDENT)


def _lines(text: str, width: int) -> int:
    return len(lines_of(text, width, hang=INDENT))


def padded(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """Pieces, and the space after them up to a width."""
    free = width - sum(width_of(piece.text) for piece in pieces)
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
