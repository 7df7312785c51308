"""Characters of a PDF that are drawn over one another: a letter and its accent, or its stroke.

Old fonts have few letters with accents, so that programs draw the two apart, often in another
order, and PDFium puts blanks and line ends between them. What belongs together is told by where it
stands.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import ceil
from typing import Final, NamedTuple
from unicodedata import combining, normalize

from targetmarkets.importing.readers.glyphs import GENERATED, STROKE, Glyph
from targetmarkets.importing.readers.reading import UNREAD

Box = Callable[[Glyph], tuple[float, float, float, float]]
"""Left, bottom, right and top of a character."""

Gap = Callable[[Glyph, Glyph], bool]
"""Whether there is a space between two characters."""

Generated = Callable[[Glyph], bool]
"""Whether PDFium put a character in."""

_ACCENTS: Final = {
    "`": "\u0300", "´": "\u0301", "ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304", "˘": "\u0306",
    "˙": "\u0307", "¨": "\u0308", "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c", "¸": "\u0327",
    "˛": "\u0328",
}  # fmt: skip
_UNDER: Final = {".": "\u0323", "¯": "\u0331"}
"""What is another mark where it is drawn under a letter."""

_BARE: Final = {"ı": "i", "ȷ": "j"}
"""Letters without their dots."""

STROKED: Final = {"L": "Ł", "l": "ł"}
"""Letters, and what they are with a stroke."""

_STROKES: Final = frozenset({STROKE, "\u0335", "\u0337", "\u0338"})

_LOWERED: Final = 0.1
"""Share of the size of a letter by which the foot of a mark under it is below its own."""

_NEAR: Final = 0.75
"""The same by which the feet of the two may differ at most."""

_ALIKE: Final = (0.6, 1.7)
"""Between what the share of the size of a letter in that of its mark lies: capitals that are drawn
small may have marks of the text.
"""

_MIDDLE: Final = (0.15, 0.55)
"""Between which shares of its size above its foot a stroke crosses a letter."""

_CELL: Final = 16
_MOST: Final = 64
"""Points of a cell of the page in which letters are looked for, and how many of one at most: real
ones have fewer, and a page on which a million lie at one place must not take a day.
"""


class _Cell(NamedTuple):
    across: int
    up: int


def composed(glyphs: Iterable[Glyph], box: Box, gap: Gap, generated: Generated) -> list[Glyph]:
    """Characters, each with what is drawn over or under it. A stroke that lies on no letter that is
    known to have one could not be read.
    """
    made = list(glyphs)
    marks = [at for at, glyph in enumerate(made) if _may_be_mark(glyph)]
    if not marks:
        return made
    letters = _letters(made)
    gone: set[int] = set()
    for at in marks:
        mark = made[at]
        found = _letter_of(mark, at, made, letters, box)
        if found is not None:
            place, text = found
            made[place] = made[place]._replace(text=text)
            gone.add(at)
    if not gone and not any(made[at].text == STROKE for at in marks):
        return made
    return list(_without(made, gone, gap, generated))


def _may_be_mark(glyph: Glyph) -> bool:
    text = glyph.text
    return bool(glyph.run.size and glyph.run.straight) and (
        text in _ACCENTS or text in _UNDER or text == STROKE or _is_combining(text)
    )


def _is_combining(text: str) -> bool:
    """Whether it is a mark of European scripts or of formulas: of others, PDFium has the order."""
    return ("\u0300" <= text < "\u0370" or "\u20d0" <= text < "\u2100") and combining(text) > 0


def _letters(glyphs: Sequence[Glyph]) -> dict[_Cell, list[int]]:
    """What may have a mark, by where on the page it begins."""
    cells: dict[_Cell, list[int]] = defaultdict(list)
    for at, glyph in enumerate(glyphs):
        if glyph.run.size and glyph.run.straight and not glyph.text.isspace():
            cell = cells[_cell(glyph.x, glyph.y)]
            if len(cell) < _MOST:
                cell.append(at)
    return cells


def _cell(x: float, y: float) -> _Cell:
    return _Cell(int(x // _CELL), int(y // _CELL))


def _around(mark: Glyph, middle: float, letters: dict[_Cell, list[int]]) -> Iterator[int]:
    """What begins near a mark, to the left of its middle."""
    reach = min(8, ceil(1.5 * mark.run.size / _CELL))
    right, up = _cell(middle, mark.y)
    for across in range(right - reach, right + 1):
        for row in range(up - reach, up + reach + 1):
            yield from letters.get(_Cell(across, row), ())


def _letter_of(
    mark: Glyph, at: int, glyphs: Sequence[Glyph], letters: dict[_Cell, list[int]], box: Box
) -> tuple[int, str] | None:
    """The letter over or under which a mark is drawn, and what the two are together."""
    left, bottom, right, top = box(mark)
    middle = (left + right) / 2
    found: list[tuple[float, int, str]] = []
    for place in _around(mark, middle, letters):
        letter = glyphs[place]
        size = letter.run.size
        alike = _ALIKE[0] * mark.run.size < size < _ALIKE[1] * mark.run.size
        lowered = mark.y < letter.y - _LOWERED * size
        if place == at or not alike or abs(letter.y - mark.y) > _NEAR * size:
            continue
        if not lowered and mark.text not in _ACCENTS and mark.text in _UNDER:
            continue
        begins, foot, ends, _ = box(letter)
        if not begins <= middle <= ends:
            continue
        if mark.text == STROKE and not _crosses(letter, bottom, top):
            continue
        under = lowered and top < foot + _LOWERED * size
        text = _together(letter.text, mark.text, under=under)
        after = place == at - 1 and _is_combining(mark.text)
        if text is not None and not after:
            found.append((abs((begins + ends) / 2 - middle), place, text))
    return min(found)[1:] if found else None


def _crosses(letter: Glyph, bottom: float, top: float) -> bool:
    """Whether what lies between two heights crosses a letter where a stroke does."""
    low, high = ((height - letter.y) / letter.run.size for height in (bottom, top))
    return _MIDDLE[0] < low < high < _MIDDLE[1]


def _together(letter: str, mark: str, *, under: bool) -> str | None:
    if mark in _STROKES and letter in STROKED:
        return STROKED[letter]
    if _is_combining(mark):
        return None if _is_combining(letter) else normalize("NFC", letter + mark)
    accent = _UNDER.get(mark) if under else None
    accent = accent or _ACCENTS.get(mark)
    letter = _BARE.get(letter, letter)
    if accent is None or not letter.isalpha() or letter in _ACCENTS:
        return None
    return normalize("NFC", letter + accent)


def _without(
    glyphs: Sequence[Glyph], gone: set[int], gap: Gap, generated: Generated
) -> Iterator[Glyph]:
    """Characters without the marks that are part of a letter now. What PDFium put in around them is
    left out where the text goes on; around strokes, which it takes for blanks, it puts in nothing.
    """
    last: Glyph | None = None
    between: list[Glyph] = []
    marked = stroked = False
    for at, glyph in enumerate(glyphs):
        if at in gone:
            marked, stroked = True, stroked or glyph.text == STROKE
            continue
        if generated(glyph):
            between.append(glyph)
            continue
        unread = glyph.text == STROKE
        if marked and last is not None:
            between = _between(last, between, glyph, gap)
        if (stroked or unread) and not between and last is not None and gap(last, glyph):
            between = [Glyph(" ", glyph.x, glyph.y, GENERATED, glyph.place)]
        yield from between
        last = glyph._replace(text=UNREAD) if unread else glyph
        yield last
        between, marked, stroked = [], False, unread
    yield from between


def _between(before: Glyph, between: list[Glyph], after: Glyph, gap: Gap) -> list[Glyph]:
    """What is left of blanks and line ends: where the text goes on beside, a blank at most."""
    size = min(before.run.size, after.run.size)
    if abs(after.y - before.y) <= size / 2:
        return [glyph._replace(text=" ") for glyph in between[:1] if gap(before, after)]
    return [glyph for glyph in between if glyph.text == "\n"][:1] or between
