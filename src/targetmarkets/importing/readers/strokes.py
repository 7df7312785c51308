"""Strokes of `Ł` that PDFium passes over: in old fonts of LaTeX, the stroke stands at the place of
the blank, and of two blanks PDFium gives one.

Asked is the renderer, about letters that begin a word in a font that may have such a stroke.
"""

import ctypes
from collections import Counter
from typing import Any, Final

import pypdfium2.raw as pdfium

from targetmarkets.importing.readers.glyphs import Glyph, box

_PIXELS: Final = 64
"""Height in pixels at which the size of the font is drawn."""

_STROKE: Final = (0.30, 0.37)
_STEM: Final = (0.41, 0.46)
"""Between which shares of its size above its foot a letter is as wide as its stroke, and as its
stem.
"""

_MARGIN: Final = 0.08
"""Share of its size that lies before a letter that begins a word, and is its ground."""

_WIDER: Final = 1.15
"""How many times as wide as the stem the stroke is at least."""

_NAME: Final = b"suppress"
"""What the fonts call the stroke."""


class Strokes:
    """Which letters of a page have a stroke that PDFium does not give."""

    def __init__(self, page: Any, text: Any) -> None:
        self._page = page
        self._text = text
        self._fonts: dict[int, bool] = {}

    def has(self, glyph: Glyph) -> bool:
        """Whether a letter is drawn with a stroke."""
        return bool(glyph.run.size) and glyph.run.straight and self._may(glyph) and self._is(glyph)

    def _may(self, glyph: Glyph) -> bool:
        """Whether the font of a letter has the stroke, or nobody knows what it has."""
        if pdfium.FPDFText_HasUnicodeMapError(self._text, glyph.place) == 1:
            return True
        font = pdfium.FPDFTextObj_GetFont(ctypes.cast(glyph.run.handle, pdfium.FPDF_PAGEOBJECT))
        handle = ctypes.cast(font, ctypes.c_void_p).value or 0
        if handle not in self._fonts:
            self._fonts[handle] = bool(handle) and _NAME in _data(font)
        return self._fonts[handle]

    def _is(self, glyph: Glyph) -> bool:
        """Whether a letter is wider where a stroke is than where only its stem is."""
        rows = self._darkness(glyph)
        size, foot = glyph.run.size, box(self._text, glyph.place)[1]

        def width(between: tuple[float, float]) -> float:
            first, last = (
                len(rows) - round((glyph.y + share * size - foot) * _PIXELS / size)
                for share in between
            )
            taken = rows[max(0, last) : max(0, first)]
            return sum(taken) / len(taken) if taken else 0

        stem = width(_STEM)
        return stem > 0 and width(_STROKE) > _WIDER * stem

    def _darkness(self, glyph: Glyph) -> list[float]:
        """How much of each row of pixels of a letter is not its ground, from its head."""
        left, bottom, right, top = box(self._text, glyph.place)
        left -= _MARGIN * glyph.run.size
        edge = self._page.get_bbox()
        rotation = self._page.get_rotation()
        self._page.set_rotation(0)
        try:
            bitmap = self._page.render(
                scale=_PIXELS / glyph.run.size,
                crop=(left - edge[0], bottom - edge[1], edge[2] - right, edge[3] - top),
                grayscale=True,
                may_draw_forms=False,
            )
        except ValueError:
            return []
        finally:
            self._page.set_rotation(rotation)
        pixels, stride = bytes(bitmap.buffer), bitmap.stride
        lines = [pixels[row * stride :][: bitmap.width] for row in range(bitmap.height)]
        bitmap.close()
        ground = Counter(line[0] for line in lines if line).most_common(1)[0][0]
        return [sum(abs(value - ground) for value in line) for line in lines]


def _data(font: Any) -> bytes:
    """The file of a font within the document; empty where there is none."""
    length = ctypes.c_size_t()
    if not pdfium.FPDFFont_GetFontData(font, None, 0, length) or not length.value:
        return b""
    buffer = (ctypes.c_uint8 * length.value)()
    pdfium.FPDFFont_GetFontData(font, buffer, length.value, length)
    return bytes(buffer)
