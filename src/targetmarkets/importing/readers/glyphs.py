"""The characters of a page of a PDF, with where and how they stand, as PDFium has them."""

import ctypes
import re
from collections.abc import Iterable, Iterator
from math import hypot
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from targetmarkets.importing.readers.reading import PRIVATE, UNREAD

_KNOWN: Final = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 \t\r\n.,:;!?()[]/*+-=%&@#$'`"
)
"""Characters that fonts have at one place, also where they do not say so. In old fonts of LaTeX an
en dash stands at that of `{`, so nothing else may be guessed: ISO 32000-1, 9.10.2.
"""

_PRIVATE: Final = re.compile(f"[{PRIVATE}]")

_BLANKS: Final = frozenset(" \t\r\n")

_SIGNS: Final = re.compile(rb"(?:[A-Z]{6}\+)?(?:CMB?SY|CMEX|MS[AB]M)\d+")
"""Names of the fonts in which TeX has signs."""

_SYMBOLS: Final = {"6": "\u0338"}
"""What of them PDFium does not know in some files: the stroke of what is negated."""

HYPHEN: Final = "-\n"
"""A hyphen at the end of a line, which PDFium marks, without the line end."""

STROKE: Final = f"{UNREAD}\u0338"
"""What is drawn, and is a blank for PDFium: in old fonts of LaTeX, the stroke of `Ł` stands at the
place of the blank.
"""

DIGITS: Final = frozenset("0123456789")
_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ABOVE: Final = 0.2
_BELOW: Final = 0.06
_LOW: Final = 0.45
"""Shares of the size of a font by which the foot of a digit stands above or below its line, and its
head at most above it.
"""

_FLAT: Final = 0.02
"""The height in points that PDFium gives a blank at most."""


class Run(NamedTuple):
    """What the characters of one stretch have in common."""

    size: float
    """Height of the font as drawn; 0 for what is generated."""
    straight: bool
    """Whether it is written from left to right on a level line."""
    handle: int
    """The object of the page that it is."""
    symbols: bool = False
    """Whether its font has signs at the places of letters and digits."""
    nameless: int = 0
    """Its font, where that says neither its name nor which character this is; else 0."""


class Glyph(NamedTuple):
    """A character of a page."""

    text: str
    x: float
    y: float
    run: Run
    place: int
    """Its place among those of PDFium."""


GENERATED: Final = Run(0, straight=True, handle=0)
"""White space that PDFium puts in."""


def glyphs(page: Any) -> Iterator[Glyph]:
    """The characters of a text page, in order. Line ends are one character."""
    runs: dict[int, Run] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    address = ctypes.c_void_p
    for index in range(pdfium.FPDFText_CountChars(page)):
        code = pdfium.FPDFText_GetUnicode(page, index)
        found = pdfium.FPDFText_GetTextObject(page, index)
        handle = ctypes.cast(found, address).value or 0 if found else 0
        if not handle:
            run = GENERATED
        elif handle not in runs:
            run = runs[handle] = _run(page, index, handle)
        else:
            run = runs[handle]
        pdfium.FPDFText_GetCharOrigin(page, index, x, y)
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        if 0xD800 <= code < 0xDC00:
            high = code
        elif code != 0x0D or (run is not GENERATED and _has_ink(page, index)):
            yield Glyph(_character(page, index, code, run), x.value, y.value, run, index)


def with_shifts(page: Any, glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Characters, with digits as raised or lowered that their font draws so."""
    for glyph in glyphs:
        if glyph.text in DIGITS and glyph.run.straight:
            digit = _shifted_digit(page, glyph.place, glyph.text, glyph.y, glyph.run.size)
            yield glyph._replace(text=digit)
        else:
            yield glyph


def _character(page: Any, index: int, code: int, run: Run) -> str:
    character = chr(_adobe(code))
    if character in _BLANKS and run is not GENERATED and _has_ink(page, index):
        return STROKE
    if run.symbols and pdfium.FPDFText_HasUnicodeMapError(page, index) == 1:
        return _SYMBOLS.get(character, UNREAD)
    if character in _KNOWN:
        return character
    if code in {0x02, 0xFFFE, 0xAD} and pdfium.FPDFText_IsHyphen(page, index) == 1:
        return HYPHEN
    if run is GENERATED:
        return "\n" if code in {0x0B, 0x0C} else character if code >= 0x20 else ""
    unknown = (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or code in {0xFFFE, 0xFFFF}
        or _PRIVATE.match(character)
        or pdfium.FPDFText_HasUnicodeMapError(page, index) == 1
    )
    return UNREAD if unknown else character


def _adobe(code: int) -> int:
    """A character, for one of Adobe's for private use: old-style digits, small capitals and a `j`
    without its dot, as its glyph list 1.2 had them.
    """
    if code == 0xF6BE:
        return 0x237
    if 0xF730 <= code <= 0xF739 or 0xF761 <= code <= 0xF77A or 0xF7E0 <= code <= 0xF7FE:
        return code - 0xF700
    return code


def _has_ink(page: Any, index: int) -> bool:
    """Whether a blank, which the font does not call so, has a height."""
    if pdfium.FPDFText_HasUnicodeMapError(page, index) != 1:
        return False
    _, bottom, _, top = box(page, index)
    return top - bottom > _FLAT


def _shifted_digit(page: Any, index: int, digit: str, y: float, size: float) -> str:
    """A digit that is drawn above the foot of its line, or through it, as fonts have it whose names
    for it say only which digit it is.
    """
    _, bottom, _, top = box(page, index)
    if bottom - y > _ABOVE * size:
        return digit.translate(_SUPERSCRIPTS)
    if y - bottom > _BELOW * size and top - y < _LOW * size:
        return digit.translate(_SUBSCRIPTS)
    return digit


def _run(page: Any, index: int, handle: int) -> Run:
    matrix = pdfium.FS_MATRIX()
    size = pdfium.FPDFText_GetFontSize(page, index)
    name = _font_name(page, index)
    symbols = bool(_SIGNS.fullmatch(name))
    nameless = 0 if name or pdfium.FPDFText_HasUnicodeMapError(page, index) != 1 else _font(handle)
    if not pdfium.FPDFText_GetMatrix(page, index, matrix):
        return Run(size, straight=True, handle=handle, symbols=symbols, nameless=nameless)
    straight = matrix.a > 0 and matrix.d > 0 and abs(matrix.b) < 0.01 * matrix.a
    return Run(size * hypot(matrix.c, matrix.d), straight, handle, symbols, nameless)


def _font(handle: int) -> int:
    """The font of an object of a page."""
    font = pdfium.FPDFTextObj_GetFont(ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT))
    return ctypes.cast(font, ctypes.c_void_p).value or 0


def _font_name(page: Any, index: int) -> bytes:
    name = ctypes.create_string_buffer(64)
    pdfium.FPDFText_GetFontInfo(page, index, name, len(name), None)
    return name.value


def box(page: Any, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a character."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(page, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value
