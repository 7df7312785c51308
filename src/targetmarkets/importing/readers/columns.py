"""Columns that a PDF draws row by row, in the order in which they are read.

Some programs draw the first line of each column, then the second of each, and so on; so do tables
that set text side by side. What is empty from row to row is the gutter. Whether columns or cells of
a table stand beside it, their lines tell: in a column, a line ends where the next word has no room,
most lines begin within a sentence, and sentences end. Where only some lines go on below, nobody
knows in which order all are read, and between them stands a mark. Where none does, it is a table,
and read row by row.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from targetmarkets.importing.readers.glyphs import GENERATED, Glyph
from targetmarkets.importing.readers.reading import UNREAD

End = Callable[[Glyph], float]
"""Where a character ends, to the right."""

BESIDE: Final = f" {UNREAD} "
"""What stands in a gutter over which nobody knows how to read."""

_WIDE: Final = 0.9
"""Share of its size that a gap in a line may be a gutter with."""

_MANY: Final = 8
_GUTTERS: Final = (
    (0.7, ((_MANY, _WIDE), (4, 1.3), (0, 2.0))),
    (1.0, ((4, _WIDE), (0, 1.3))),
)
"""In which share of few rows a gutter is clearly wider than the blanks, and `_WIDE` of one beside
so many rows at least: a few blanks of justified lines may lie under one another, and many do not,
nor do those that stand out in each line.
"""

_WIDER_THAN_BLANKS: Final = 1.4
"""How many times as wide as the blanks in a row its gutters are where they are clear."""

_ROWS: Final = 2
"""Rows with text on both sides that a gutter has at least."""

_MOST: Final = 150
"""Rows that are looked at together at most: no page has more, and some may be made to take long."""

_PITCH: Final = 2.2
"""How many times its size a row lies below the one before at most."""

_CLOSE: Final = 1.5
"""The same of rows that are lines of a text, mostly."""

_LABEL: Final = 3.0
"""How many times its size numbers and the like are wide at most, before the lines of a column."""

_WORDS: Final = 3
"""Words of a line at least, mostly, that may be one of a text."""

_FEWEST: Final = 2
"""Lines of a column at least that do not end a sentence."""

_FULL: Final = 0.8
_WITHIN: Final = 0.4
"""Shares of the lines of a column that end where the next word has no room, and that begin within
a sentence.
"""

_END: Final = re.compile(r"[。！？][」』）]*|[.!?][”’\"')\]»]*(?:\s|$)")
"""The end of a sentence."""


class _Piece(NamedTuple):
    """What stands in a line between two wide gaps."""

    glyphs: list[Glyph]
    left: float
    right: float

    @property
    def size(self) -> float:
        return max(glyph.run.size for glyph in self.glyphs)


class _Row(NamedTuple):
    """A line, and what stands in it between wide gaps."""

    line: list[Glyph]
    pieces: list[_Piece]
    y: float
    size: float


class _Side(NamedTuple):
    """A stretch from left to right, and what stands there in each row."""

    left: float
    right: float
    lines: list[list[_Piece]]


class _Signs(NamedTuple):
    """What tells whether lines beside a gutter are those of a column."""

    goes_on: int
    """Lines that do not end a sentence, and have one after them."""
    full: int
    """Those of them that have no room for its first word."""
    within: int
    """Those of them that it goes on, by its first letter."""
    wraps: int
    """Those that have no room, and that a small letter follows."""
    ends: bool
    """Whether a sentence ends there."""

    @property
    def is_column(self) -> bool:
        few = self.goes_on < _FEWEST or not self.ends
        return not few and (
            self.full >= _FULL * self.goes_on and self.within >= _WITHIN * self.goes_on
        )


def in_order(lines: Iterable[list[Glyph]], end: End) -> Iterator[list[Glyph]]:
    """Lines of characters, with columns that come row by row one after the other."""
    rows = [_row(line, end) for line in lines]
    at = 0
    while at < len(rows):
        stop = _run(rows, at)
        sides = _sides(rows[at:stop])
        if not sides:
            stop = at + 1
        taken, at = rows[at:stop], stop
        signs = [_signs(side) for side in sides] if all(map(_has_words, sides)) else []
        if not any(sign.wraps for sign in signs) or not _is_close(taken):
            yield from (row.line for row in taken)
        elif all(sign.is_column for sign in signs):
            yield from (_joined(pieces) for side in sides for pieces in side.lines if pieces)
        else:
            for number in range(len(taken)):
                yield _marked([side.lines[number] for side in sides])


def _row(line: list[Glyph], end: End) -> _Row:
    pieces = list(_pieces(line, end))
    if not pieces:
        return _Row(line, [], 0, 0)
    return _Row(line, pieces, pieces[0].glyphs[0].y, max(piece.size for piece in pieces))


def _pieces(line: Sequence[Glyph], end: End) -> Iterator[_Piece]:
    """A line, cut where a gap in it is wide. White space at its ends is none of it."""
    piece: list[Glyph] = []
    last: Glyph | None = None
    for glyph in line:
        if not _is_drawn(glyph):
            piece.append(glyph)
            continue
        size = glyph.run.size
        far = last is not None and glyph.x - last.x > _WIDE * size
        if last is not None and far and glyph.x - end(last) >= _WIDE * size:
            yield _piece(piece, last, end)
            piece = []
        piece.append(glyph)
        last = glyph
    if last is not None:
        yield _piece(piece, last, end)


def _piece(glyphs: list[Glyph], last: Glyph, end: End) -> _Piece:
    first = next(at for at, glyph in enumerate(glyphs) if _is_drawn(glyph))
    while glyphs and glyphs[-1] is not last:
        glyphs.pop()
    return _Piece(glyphs[first:], glyphs[first].x, end(last))


def _is_drawn(glyph: Glyph) -> bool:
    return bool(glyph.run.size) and not glyph.text.isspace()


# Rows beside a gutter


def _run(rows: Sequence[_Row], start: int) -> int:
    """The end of the rows from one on that have a gutter in common."""
    if len(rows[start].pieces) < 2:
        return start + 1
    taken = _spans(rows[start].pieces)
    stop = start + 1
    while stop < len(rows) and rows[stop].pieces:
        if stop - start == _MOST:
            break
        step = rows[stop - 1].y - rows[stop].y
        size = rows[stop].size
        both = _merged([*taken, *_spans(rows[stop].pieces)], _WIDE * size)
        if not 0 < step <= _PITCH * size or len(both) < 2:
            break
        taken = both
        stop += 1
    while stop > start + 1 and len(rows[stop - 1].pieces) < 2 and _stands_apart(rows, start, stop):
        stop -= 1
    return stop


def _stands_apart(rows: Sequence[_Row], start: int, stop: int) -> bool:
    """Whether the last of some rows lies further below the others than these from one another."""
    steps = [one.y - other.y for one, other in pairwise(rows[start:stop])]
    return len(steps) < 2 or steps[-1] > 1.2 * median(steps[:-1])


def _spans(pieces: Iterable[_Piece]) -> list[tuple[float, float]]:
    return [(piece.left, piece.right) for piece in pieces]


def _merged(spans: Iterable[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Stretches, those as one between which is less than a gap."""
    made: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if made and left - made[-1][1] < gap:
            made[-1] = made[-1][0], max(made[-1][1], right)
        else:
            made.append((left, right))
    return made


def _sides(rows: Sequence[_Row]) -> list[_Side]:
    """What stands beside the gutters of some rows; numbers and the like are part of their lines."""
    if len(rows) < _ROWS:
        return []
    size = median(row.size for row in rows)
    for clear, shares in _GUTTERS:
        gap = next(share for least, share in shares if len(rows) >= least)
        sides = _beside(rows, gap * size, _LABEL * size)
        if len(sides) >= 2 and _are_apart(sides, clear):
            return sides
    return []


def _beside(rows: Sequence[_Row], gap: float, label: float) -> list[_Side]:
    """What stands in some rows beside gaps of a width that run through all."""
    whole: list[tuple[float, float]] = []
    for left, right in reversed(
        _merged((span for row in rows for span in _spans(row.pieces)), gap)
    ):
        if whole and right - left <= label:
            whole[0] = left, whole[0][1]
        else:
            whole.insert(0, (left, right))
    return [
        _Side(left, right, [
            [piece for piece in row.pieces if left <= piece.left <= right] for row in rows
        ])
        for left, right in whole
    ]  # fmt: skip


def _are_apart(sides: Sequence[_Side], clear: float) -> bool:
    """Whether enough rows have text on all sides, and gutters that are no blanks."""
    rows = zip(*(side.lines for side in sides), strict=True)
    both = [row for row in rows if all(row)]
    many = len(both) >= _MANY or sum(map(_is_clear, both)) >= clear * len(both)
    return len(both) >= _ROWS and many


def _is_clear(parts: Sequence[Sequence[_Piece]]) -> bool:
    """Whether the gutters in a row are wider than its blanks."""
    gutters = [there[0].left - here[-1].right for here, there in pairwise(parts)]
    return min(gutters) > _WIDER_THAN_BLANKS * max(map(_widest_blank, parts))


def _widest_blank(pieces: Sequence[_Piece]) -> float:
    inner = [after.left - piece.right for piece, after in pairwise(pieces)]
    for piece in pieces:
        for glyph, after in pairwise(piece.glyphs):
            if glyph.text.isspace():
                inner.append(after.x - glyph.x)
    return max(inner, default=0)


# What columns are told by


def _words(pieces: Sequence[_Piece]) -> list[str]:
    return "".join(glyph.text for glyph in _joined(pieces)).split()


def _has_words(side: _Side) -> bool:
    """Whether the lines beside a gutter have several words, mostly, or are of a script without
    blanks, and are no numbers.
    """
    lines = [words for pieces in side.lines if (words := _words(pieces))]
    text = "".join(word for words in lines for word in words)
    letters = sum(character.isalpha() for character in text)
    wide = sum(map(_is_wide, text))
    several = median(map(len, lines)) >= _WORDS or wide > letters / 2
    return several and letters > 0.7 * len(text)


def _is_wide(character: str) -> bool:
    """Whether it is of a script that has no blanks, and no capitals."""
    return "\u2e80" <= character < "\ufe00"


def _is_close(rows: Sequence[_Row]) -> bool:
    """Whether rows lie as close as lines of a text, mostly."""
    steps = [one.y - other.y for one, other in pairwise(rows)]
    return median(steps) <= _CLOSE * median(row.size for row in rows)


def _signs(side: _Side) -> _Signs:
    lines = [pieces for pieces in side.lines if pieces]
    texts = ["".join(glyph.text for glyph in _joined(pieces)).rstrip() for pieces in lines]
    goes_on = full = within = wraps = 0
    for at, (line, after) in enumerate(pairwise(lines)):
        if _ends(texts[at]):
            continue
        no_room = line[-1].right + _first_word(after) > side.right
        goes_on += 1
        full += no_room
        within += not texts[at + 1][0].isupper()
        first = texts[at + 1][0]
        wraps += no_room and first.isalpha() and not first.isupper()
    return _Signs(goes_on, full, within, wraps, any(map(_END.search, texts)))


def _ends(text: str) -> bool:
    """Whether a line ends with the end of a sentence."""
    *_, last = _END.finditer(text) if _END.search(text) else [None]
    return last is not None and last.end() == len(text)


def _first_word(pieces: Sequence[_Piece]) -> float:
    """How much room the first word of a line takes, with a blank before it."""
    first = pieces[0]
    if _is_wide(first.glyphs[0].text):
        return first.glyphs[0].run.size
    for glyph in first.glyphs:
        if glyph.text.isspace():
            return glyph.x - first.left + 0.2 * first.size
    return first.right - first.left + 0.2 * first.size


def _joined(pieces: Sequence[_Piece]) -> list[Glyph]:
    """Pieces as a line."""
    line: list[Glyph] = []
    for piece in pieces:
        if line:
            line.append(Glyph(" ", piece.left, piece.glyphs[0].y, GENERATED, piece.glyphs[0].place))
        line += piece.glyphs
    return line


def _marked(parts: Sequence[Sequence[_Piece]]) -> list[Glyph]:
    """What stands beside gutters, with a mark in each."""
    line: list[Glyph] = []
    for pieces in parts:
        if line and pieces:
            first = pieces[0].glyphs[0]
            line.append(Glyph(BESIDE, first.x, first.y, GENERATED, first.place))
        line += _joined(pieces)
    return line
