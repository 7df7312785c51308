"""The lines of a page of a PDF: what stands smaller and higher on one is raised."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from targetmarkets.importing.readers.columns import BESIDE, End, in_order
from targetmarkets.importing.readers.glyphs import HYPHEN, Glyph, Run
from targetmarkets.importing.readers.reading import clean, note, shifted

SMALLER: Final = 0.87
"""What is raised has at most this share of the size of its line."""

HIGHER: Final = 0.12
LOWER: Final = -0.07
"""Shares of the size of a line by which a character stands above or below it."""

FURTHEST: Final = 0.95
"""Beyond this share, it is no longer on that line."""

Gap = Callable[[Glyph, Glyph], bool]
"""Whether there is a space between two characters."""

Call = Callable[[Glyph], bool]
"""Whether a character leads to another place of the document, as the mark of a note does."""


class Line(NamedTuple):
    """A line of a page, and where it stands."""

    text: str
    size: float = 0
    y: float = 0
    left: float = 0
    right: float = 0
    beside: int = 0
    """How many marks in it say that nobody knows how to read over a gutter."""


class _Level(NamedTuple):
    """The size of a line, and where it stands."""

    size: float
    y: float


def lines_of(glyphs: Iterable[Glyph], gap: Gap, end: End, call: Call) -> list[Line]:
    """The lines of characters; what runs across the page comes after the others."""
    across: list[Glyph] = []
    level: list[Glyph] = []
    for glyph in glyphs:
        (level if glyph.run.straight else across).append(glyph)
    if len(across) > len(level):
        level, across = sorted([*level, *across], key=lambda glyph: glyph.place), []
    lines = [*in_order(_lines(level, gap), end), *([across] if across else [])]
    return [_line(line, end, call) for line in lines]


def text_of(lines: Iterable[Line]) -> str:
    """The text of lines."""
    return "\n".join(line.text for line in lines)


def _line(glyphs: Sequence[Glyph], end: End, call: Call) -> Line:
    text = clean(_words(glyphs, call).removesuffix("\n"))
    drawn = [glyph for glyph in glyphs if glyph.run.size and not glyph.text.isspace()]
    if not drawn:
        return Line(text)
    level = _level(glyphs)
    left, beside = min(glyph.x for glyph in drawn), sum(glyph.text == BESIDE for glyph in glyphs)
    return Line(text, level.size, level.y, left, end(drawn[-1]), beside)


def _lines(glyphs: Iterable[Glyph], gap: Gap) -> Iterator[list[Glyph]]:
    """The lines, without those ends that are none: PDFium may end one at a raised character. One
    that ends with a hyphen is one, although PDFium goes on.
    """
    lines: list[list[Glyph]] = [[]]
    for glyph in glyphs:
        if glyph.text == "\n":
            lines.append([])
            continue
        lines[-1].append(glyph)
        if glyph.text == HYPHEN:
            lines.append([])
    whole: list[Glyph] = []
    for number, line in enumerate(lines):
        if number and not _goes_on(whole, line):
            yield whole
            whole = []
        elif whole and line and gap(whole[-1], line[0]):
            whole.append(line[0]._replace(text=" "))
        whole += line
    yield whole


def _goes_on(before: Sequence[Glyph], after: Sequence[Glyph]) -> bool:
    """Whether what follows a line end stands on the same line, to the right of it."""
    last = next((glyph for glyph in reversed(before) if glyph.run.size), None)
    first = next((glyph for glyph in after if glyph.run.size), None)
    if last is None or first is None or not (last.run.straight and first.run.straight):
        return False
    if last.text == HYPHEN:
        return False
    sizes = sorted((last.run.size, first.run.size))
    smaller, larger = sizes
    if smaller > SMALLER * larger or first.x <= last.x or first.x - last.x > 2 * larger:
        return False
    return 0 < abs(first.y - last.y) < FURTHEST * larger / 2


def _words(line: Sequence[Glyph], call: Call) -> str:
    """The text of a line, with what is raised or lowered on it set so."""
    level = _level(line)
    text = ""
    for way, group in groupby(line, lambda glyph: _way(glyph, level)):
        glyphs = list(group)
        words = "".join(glyph.text for glyph in glyphs)
        if way == "raised" and all(map(call, glyphs)):
            text += note(words, text)
        else:
            text += shifted(words, way) if way else words
    return text


def _level(line: Sequence[Glyph]) -> _Level:
    """Where most of a line stands, by the height that its characters take together."""
    counts: Counter[Run] = Counter()
    first: dict[Run, float] = {}
    for glyph in line:
        if not glyph.text.isspace():
            counts[glyph.run] += 1
            first.setdefault(glyph.run, glyph.y)
    heights: dict[_Level, float] = {}
    for run, count in counts.items():
        if run.straight and run.size:
            level = _Level(round(run.size, 1), round(first[run], 1))
            heights[level] = heights.get(level, 0) + count * run.size
    return max(heights, key=heights.__getitem__) if heights else _Level(0, 0)


def _way(glyph: Glyph, level: _Level) -> str:
    run = glyph.run
    if not run.size or not run.straight or not level.size or glyph.text.isspace():
        return ""
    if run.size > SMALLER * level.size:
        return ""
    above = (glyph.y - level.y) / level.size
    if HIGHER < above < FURTHEST:
        return "raised"
    return "lowered" if -FURTHEST < above < LOWER else ""
