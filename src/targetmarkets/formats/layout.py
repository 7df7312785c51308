"""Lay a document out in lines of a width: wrap its paragraphs, and set its tables in columns.

It knows how wide characters are on a terminal, and nothing of colours: pieces keep their styles.
Tables of lists and pictures have ways of their own to find room; they measure and wrap by this.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final, TypeVar

from targetmarkets.formats.document import SCREEN_LINES, WIDEST, Document, Line, Piece
from targetmarkets.formats.escape import visible

T = TypeVar("T")

Pieces = tuple[Piece, ...]

GAP: Final = 2
"""Columns between the columns of a table."""

MAX_WRAPPED_LENGTH: Final = 50_000
"""Characters of a paragraph beyond which the terminal itself is left to break it: nobody reads it
to its end.
"""

_ADDRESS: Final = re.compile("https?://")

_WORD: Final = re.compile("(?:[✓✗○†*] )?[\\S\u00a0\u202f]+")
"""What is not broken while there is another way: a word with the sign before it that tells of it.
The two code points are spaces that hold words together.
"""

_NARROW: Final = re.compile("[\x00-\u02ff\u2010-\u2027─✓✗○]+")
"""Characters that take a column each, of which most text is made."""


def lay_out(document: Document, width: int) -> Iterator[Pieces]:
    """The lines of a document, each no wider than `width` unless one word of it is.

    An address is never broken in two: it stands on a line of its own where it would not fit.
    """
    for table, lines in groupby(document.lines, key=lambda line: bool(line.cells)):
        if table:
            yield from _table(tuple(lines), width)
        else:
            for line in lines:
                yield from _paragraph(line, min(width, WIDEST))


def fit(
    write: Callable[[T], Document], amounts: Sequence[T], everything: T, width: int | None
) -> Document:
    """The first document of the largest amount that fits a screen of a width, or else of the last;
    without a width, everything. The amounts fall.
    """
    if width is None:
        return write(everything)
    written: dict[T, Document] = {}

    def fits(amount: T) -> bool:
        written[amount] = write(amount)
        return sum(1 for _ in lay_out(written[amount], width)) <= SCREEN_LINES

    found = amounts[min(bisect_left(amounts, True, key=fits), len(amounts) - 1)]
    return written.get(found) or write(found)


@lru_cache(maxsize=4_096)
def width_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    odd = _NARROW.sub("", text)
    wide = sum(unicodedata.east_asian_width(character) in {"W", "F"} for character in odd)
    marks = sum(unicodedata.category(character) in {"Mn", "Me"} for character in odd)
    return len(text) + wide - marks


def fitting(text: str, room: int, start: int = 0) -> int:
    """The end of what has room of a text, from a place in it on."""
    for end in range(start, len(text)):
        room -= width_of(text[end])
        if room < 0:
            return end
    return len(text)


def paragraph(line: Line, width: int) -> Iterator[Pieces]:
    """A line that is wrapped and set in, harmless to a terminal."""
    indent, hang = min(line.indent, width // 3), min(line.hang, width // 2)
    pieces = tuple(_shown(line.pieces))
    for number, part in enumerate(wrap(pieces, width - indent, width - indent - hang)):
        left = indent + (hang if number else 0)
        yield (Piece(" " * left), *part) if left and part else part


@lru_cache(maxsize=256)
def _paragraph(line: Line, width: int) -> Sequence[Pieces]:
    """The lines of a paragraph; kept, since what fits a screen is found by trying."""
    if sum(len(piece.text) for piece in line.pieces) > MAX_WRAPPED_LENGTH:
        return [(Piece(" " * line.indent), *_shown(line.pieces))]
    return list(paragraph(line, width))


@lru_cache(maxsize=32)
def _table(rows: tuple[Line, ...], width: int) -> Sequence[Pieces]:
    """The lines of a table, kept as those of a paragraph are."""
    return list(_set_table(rows, width))


def _set_table(rows: Sequence[Line], width: int) -> Iterator[Pieces]:
    """Rows in columns as wide as their cells; where there is no room for columns, each row as a
    paragraph of its cells.
    """
    table = [[tuple(_shown(cell)) for cell in row.cells] for row in rows]
    widths = _widths(table, width)
    if sum(widths) + GAP * (len(widths) - 1) <= width:
        for cells in table:
            yield from _row(cells, widths)
        return
    for row in rows:
        if row.role == "row":
            yield from _paragraph(Line(tuple(_joined(row.cells)), hang=GAP), width)


def _row(cells: Sequence[Pieces], widths: Sequence[int]) -> Iterator[Pieces]:
    """The lines of a row: cells that run over go on below themselves."""
    parts = [list(wrap(cell, room, room)) for cell, room in zip(cells, widths, strict=True)]
    for number in range(max(map(len, parts))):
        line: list[Piece] = []
        for part, room in zip(parts, widths, strict=True):
            held = part[number] if number < len(part) else ()
            used = sum(width_of(piece.text) for piece in held)
            line += [*held, Piece(" " * (room - used + GAP))]
        yield _trimmed(line)


def _joined(cells: Iterable[Pieces]) -> Iterator[Piece]:
    """The cells that hold something, one after the other."""
    for number, cell in enumerate(filter(None, cells)):
        if number:
            yield Piece(" · ")
        yield from cell


def _widths(rows: Sequence[Sequence[Pieces]], width: int) -> list[int]:
    """How wide each column is: as its widest cell; where that is too much, columns give way so
    that the table gets as few lines as can be, and no word has to be broken.
    """
    texts = [["".join(piece.text for piece in cell) for cell in row] for row in rows]
    cells = [[width_of(text) for text in row] for row in texts]
    words = [[max(map(width_of, _WORD.findall(text)), default=0) for text in row] for row in texts]
    widths, least = (
        [max(column) for column in zip(*table, strict=True)] for table in (cells, words)
    )
    while (over := sum(widths) + GAP * (len(widths) - 1) - width) > 0:
        narrower = []
        for index, low in enumerate(least):
            # As far as one more cell is wrapped, or as far as is needed.
            held = max((row[index] for row in cells if row[index] < widths[index]), default=low)
            room = max(low, held, widths[index] - over)
            if room < widths[index]:
                tried = [*widths[:index], room, *widths[index + 1 :]]
                narrower.append((_lines(cells, tried), -widths[index], tried))
        if not narrower:
            break
        _, _, widths = min(narrower)
    return widths


def _lines(cells: Sequence[Sequence[int]], widths: Sequence[int]) -> int:
    """About how many lines rows take whose cells are as wide as that."""
    return sum(
        max(-(-cell // max(room, 1)) for cell, room in zip(row, widths, strict=True))
        for row in cells
    )


def wrap(pieces: Sequence[Piece], first: int, rest: int) -> Iterator[Pieces]:
    """Pieces in lines, the first of a width of its own; an empty line where there is nothing.

    A line is broken at a space, or in a word that is wider than a whole line and no address.
    """
    text = "".join(piece.text for piece in pieces)
    if width_of(text) <= first:
        yield _trimmed(pieces)
        return
    for start, end in _breaks(text, max(first, 1), max(rest, 1)):
        yield _trimmed(_slice(pieces, start, end))


def _breaks(text: str, first: int, rest: int) -> Iterator[tuple[int, int]]:
    """Where the lines of a text begin and end, without the spaces between them; those before the
    first word are its own.
    """
    room, start, end, used = first, 0, 0, 0
    for word in _WORD.finditer(text):
        taken = width_of(text[end : word.end()])
        if end > start and used + taken > room:
            yield start, end
            room, start, end, used = rest, word.start(), word.start(), 0
            taken = width_of(word[0])
        end, used = word.end(), used + taken
        while used > room and not _ADDRESS.match(word[0]):
            cut = _cut(text, start, room)
            yield start, cut
            room, start, used = rest, cut, width_of(text[cut:end])
    yield start, end


def _cut(text: str, start: int, room: int) -> int:
    """Where a word is broken that has no room: after a hyphen in the further half of the line, or
    where its end is. At least a character stands before.
    """
    end = max(fitting(text, room, start), start + 1)
    hyphen = text.rfind("-", start + room // 2, end)
    return hyphen + 1 or end


def _slice(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    """The part of some pieces between two of their characters."""
    offset = 0
    for piece in pieces:
        held = piece.text[max(start - offset, 0) : max(end - offset, 0)]
        if held:
            yield Piece(held, piece.style, piece.link)
        offset += len(piece.text)


def _shown(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces with everything visible that would control the terminal."""
    for piece in pieces:
        yield Piece(_visible(piece.text), piece.style, piece.link)


_visible = lru_cache(maxsize=1_024)(visible)
"""Tables are laid out anew for each row that they lose."""


def _trimmed(pieces: Iterable[Piece]) -> Pieces:
    """Pieces without the spaces at the end of their line."""
    held = list(pieces)
    while held:
        last = held.pop()
        if text := last.text.rstrip(" "):
            return (*held, Piece(text, last.style, last.link))
    return ()
