"""Fonts of a PDF that say neither their name nor which characters they have.

Old LaTeX makes such fonts of pixels, for text and for formulas alike. Where a font of text has a
letter or a digit, one of signs has something else: the element sign of `x ∈ A` stands at the place
of 2, and the point of `3.5` at that of the colon. So the characters at the places of ASCII are
believed only where what a page shows of the font tells that it is one of text: most of its letters
stand in words. Of any other, only digits are believed that stand as digits do, as in the mark of a
note.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import pypdfium2.raw as pdfium

from targetmarkets.importing.readers.glyphs import DIGITS, Glyph, box
from targetmarkets.importing.readers.reading import UNREAD

_WORD: Final = 3
"""Letters that follow one another in a word at least: variables stand alone, or are two."""

_LETTERS: Final = 4
"""Letters in words that tell of a font of text at least; `ABC` is a triangle."""

_FOOT: Final = (-0.04, 0.02)
_HEAD: Final = (0.58, 0.7)
"""Between which shares of its size above its line a digit begins and ends. Of the signs at their
places, those of infinity and of elements end below, and a prime begins above.
"""

_ALIKE: Final = frozenset("489")
"""Digits at whose places signs stand as high as they do: a triangle, and the signs of `for all` and
`there is`.
"""

_SAME: Final = 0.02
"""Share of the size by which the widths of two digits of one font differ at most."""


def known(page: Any, glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The characters of a text page, with a mark for each that its font does not tell."""
    every = list(glyphs)
    shown = defaultdict[int, list[Glyph]](list)
    for glyph in every:
        if glyph.run.nameless:
            shown[glyph.run.nameless].append(glyph)
    words = _in_words(every)
    signs = {font: of for font, of in shown.items() if not _is_text(of, words[font])}
    digits = {font: _digits(page, of) for font, of in signs.items()}
    for glyph in every:
        font = glyph.run.nameless
        if font not in signs or glyph.text.isspace() or glyph.text in digits[font]:
            yield glyph
        elif pdfium.FPDFText_HasUnicodeMapError(page, glyph.place) == 1:
            yield glyph._replace(text=UNREAD)
        else:
            yield glyph


def _in_words(glyphs: Sequence[Glyph]) -> Counter[int]:
    """How many letters of each font stand in words of it."""
    count = Counter[int]()
    for (font, letters), word in groupby(
        glyphs, lambda glyph: (glyph.run.nameless, glyph.text.isalpha())
    ):
        if font and letters and (length := sum(1 for _ in word)) >= _WORD:
            count[font] += length
    return count


def _is_text(glyphs: Sequence[Glyph], in_words: int) -> bool:
    letters = sum(glyph.text.isalpha() for glyph in glyphs)
    return in_words >= _LETTERS and 2 * in_words >= letters


def _digits(page: Any, glyphs: Sequence[Glyph]) -> frozenset[str]:
    """The digits of a font that can be nothing else."""
    widths = dict[str, float]()
    for glyph in glyphs:
        if glyph.text in DIGITS and glyph.text not in widths and glyph.run.size:
            _, bottom, _, top = box(page, glyph.place)
            foot, head = ((edge - glyph.y) / glyph.run.size for edge in (bottom, top))
            if _FOOT[0] <= foot <= _FOOT[1] and _HEAD[0] <= head <= _HEAD[1]:
                widths[glyph.text] = _advance(page, glyph) / glyph.run.size
    sure = [width for digit, width in widths.items() if digit not in _ALIKE]
    return frozenset(
        digit for digit, width in widths.items()
        if digit not in _ALIKE or any(abs(width - other) <= _SAME for other in sure)
    )  # fmt: skip


def _advance(page: Any, glyph: Glyph) -> float:
    """How wide a character is with the white space around it."""
    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(page, glyph.place, loose)
    return float(loose.right - loose.left)
