"""Fonts of a PDF that say neither their name nor which characters they have.

Old LaTeX makes such fonts of pixels, for text and for formulas alike. Where a font of text has a
letter or a digit, one of signs has something else: the element sign of `x ∈ A` stands at the place
of 2, and the point of `3.5` at that of the colon. So the characters at the places of ASCII are
believed only where what a page shows of the font tells that it is one of text: most of its letters
stand in words. Of any other, only digits and dollars are believed that stand as such do, as in the
mark of a note, and the letters of an ordinal after its number.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from targetmarkets.importing.readers.encodings import Shape, decoded
from targetmarkets.importing.readers.glyphs import DIGITS, STROKE, Glyph, box
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

_DOLLAR: Final = Shape(advance=0.52, left=0.05, right=0.45, foot=-0.06, head=0.75)
_NEAR: Final = 0.09
"""How a dollar stands in fonts of text, and by which share of its size another differs at most:
fonts of signs have broad arrows and tall brackets there.
"""

_ORDINALS: Final = frozenset({"st", "nd", "rd", "th"})

_BLANK: Final = 32
"""Where OT1 has the stroke of `Ł`, which has its own rules."""


class _Font(NamedTuple):
    """What is known of a font."""

    is_text: bool
    believed: frozenset[str]
    """Digits and the like that are read where it is none of text."""
    codes: Mapping[int, str]
    """What stands at places of which ASCII says nothing, where it is one of text."""

    def text(self, glyph: Glyph, code: int) -> str:
        """What a character is, for all that is known."""
        if glyph.text.isspace():
            return glyph.text
        if not self.is_text:
            return glyph.text if glyph.text in self.believed else UNREAD
        if glyph.text in {UNREAD, STROKE} and code != _BLANK:
            return self.codes.get(code, glyph.text)
        return glyph.text


def known(page: Any, glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The characters of a text page, with what those of such fonts are, or a mark."""
    every = list(glyphs)
    shown = defaultdict[int, list[Glyph]](list)
    for glyph in every:
        if glyph.run.nameless and _is_unknown(page, glyph):
            shown[glyph.run.nameless].append(glyph)
    if not shown:
        yield from every
        return
    words, ordinals = _in_words(every), _in_ordinals(every)
    fonts = {font: _font(page, of, words[font]) for font, of in shown.items()}
    for glyph in every:
        font = fonts.get(glyph.run.nameless)
        if font is None or glyph.place in ordinals or not _is_unknown(page, glyph):
            yield glyph
        else:
            yield glyph._replace(text=font.text(glyph, _code(page, glyph)))


def _font(page: Any, glyphs: Sequence[Glyph], in_words: int) -> _Font:
    letters = sum(glyph.text.isalpha() for glyph in glyphs)
    is_text = in_words >= _LETTERS and 2 * in_words >= letters
    first = {_code(page, glyph): glyph for glyph in reversed(glyphs) if glyph.run.straight}
    shapes = {code: _shape(page, glyph) for code, glyph in first.items() if glyph.run.size}
    if is_text:
        return _Font(is_text, frozenset(), decoded(shapes))
    return _Font(is_text, _digits(shapes) | _dollar(shapes), {})


def _is_unknown(page: Any, glyph: Glyph) -> bool:
    return bool(pdfium.FPDFText_HasUnicodeMapError(page, glyph.place) == 1)


def _code(page: Any, glyph: Glyph) -> int:
    """Its place in its font, which PDFium gives for want of a meaning."""
    return int(pdfium.FPDFText_GetUnicode(page, glyph.place))


def _shape(page: Any, glyph: Glyph) -> Shape:
    left, bottom, right, top = box(page, glyph.place)
    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(page, glyph.place, loose)
    size = glyph.run.size
    return Shape(
        (loose.right - glyph.x) / size,
        (left - glyph.x) / size,
        (right - glyph.x) / size,
        (bottom - glyph.y) / size,
        (top - glyph.y) / size,
    )


def _in_words(glyphs: Sequence[Glyph]) -> Counter[int]:
    """How many letters of each font stand in words of it. A ligature is not known to be one."""
    count = Counter[int]()
    for (font, in_word), word in groupby(
        glyphs, lambda glyph: (glyph.run.nameless, glyph.text.isalpha() or glyph.text == UNREAD)
    ):
        letters = sum(glyph.text.isalpha() for glyph in word)
        if font and in_word and letters >= _WORD:
            count[font] += letters
    return count


def _in_ordinals(glyphs: Sequence[Glyph]) -> set[int]:
    """The places of letters that follow the number of an ordinal, by themselves."""
    found, before = set[int](), ""
    for _, word in groupby(glyphs, lambda glyph: (glyph.run.nameless, glyph.text.isalpha())):
        letters = list(word)
        if before in DIGITS and "".join(glyph.text for glyph in letters) in _ORDINALS:
            found |= {glyph.place for glyph in letters}
        before = letters[-1].text
    return found


def _dollar(shapes: Mapping[int, Shape]) -> frozenset[str]:
    shape = shapes.get(ord("$"))
    near = shape and all(abs(a - b) <= _NEAR for a, b in zip(shape, _DOLLAR, strict=True))
    return frozenset("$" if near else "")


def _digits(shapes: Mapping[int, Shape]) -> frozenset[str]:
    """The digits of a font that can be nothing else."""
    widths = {
        chr(code): shape.advance
        for code, shape in shapes.items()
        if chr(code) in DIGITS
        and _FOOT[0] <= shape.foot <= _FOOT[1]
        and _HEAD[0] <= shape.head <= _HEAD[1]
    }
    sure = [width for digit, width in widths.items() if digit not in _ALIKE]
    return frozenset(
        digit for digit, width in widths.items()
        if digit not in _ALIKE or any(abs(width - other) <= _SAME for other in sure)
    )  # fmt: skip
