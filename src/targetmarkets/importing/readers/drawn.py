"""What of the text of a page of a PDF is drawn: not what lies beyond its edge, in a layer that is
off, or white on white.

Asked is the renderer itself, and only where there is a doubt.
"""

import ctypes
from collections import Counter
from collections.abc import Iterator
from math import ceil, floor
from typing import Any, Final

import pypdfium2.raw as pdfium

from targetmarkets import limits
from targetmarkets.importing.readers.glyphs import Glyph, box

_SCANNED: Final = 0.5
"""Share of a page that a picture takes whose text may have been recognised."""

_NEARLY_WHITE: Final = 245

_SAMPLED: Final = 101
"""Of how many pixels of a page one is looked at to find its ground."""

_THIN: Final = 0.16
_THICKEST: Final = 6
_THROUGH: Final = (0.15, 0.42)
"""How thin a line is that strikes words out, as a share of their size and in points, and between
which shares of it above their foot it lies.
"""

Box = tuple[float, float, float, float]


class Drawn:
    """A page, and what is drawn of it."""

    def __init__(self, page: Any, text: Any, *, layered: bool) -> None:
        self._page = page
        self._text = text
        self._edge: Box = page.get_bbox()
        self._kinds: dict[int, str] = {}
        self._picture: Any = None
        self._pictures = list(_bounds(page, pdfium.FPDF_PAGEOBJ_IMAGE))
        self._lines = [
            line for line in _bounds(page, pdfium.FPDF_PAGEOBJ_PATH)
            if line[3] - line[1] < _THICKEST and line[2] - line[0] > 2
        ]  # fmt: skip
        width, height = page.get_size()
        self._is_scan = any(
            (right - left) * (top - bottom) > _SCANNED * width * height
            for left, bottom, right, top in self._pictures
        )
        self._off = self._layers_off() if layered else set()

    @property
    def pictures(self) -> int:
        """How many pictures of a size worth a look are on it."""
        return sum(
            right - left > 20 and top - bottom > 20 for left, bottom, right, top in self._pictures
        )

    def is_empty(self) -> bool:
        """Whether nothing at all is on it."""
        return int(pdfium.FPDFPage_CountObjects(self._page)) <= 0

    def kind(self, glyph: Glyph) -> str:
        """`drawn`, `recognised` (invisible, over a picture), `hidden` or `struck`."""
        left, bottom, right, top = self._edge
        if not (left - 1 <= glyph.x <= right + 1 and bottom - 1 <= glyph.y <= top + 1):
            return "hidden"
        handle = glyph.run.handle
        if not handle:
            return "drawn"
        if handle not in self._kinds:
            self._kinds[handle] = self._kind_of(handle, glyph)
        kind = self._kinds[handle]
        return "struck" if kind == "drawn" and self._is_struck(glyph) else kind

    def is_blank(self, glyph: Glyph) -> bool:
        """Whether only the ground of the page is seen in the middle of a character."""
        pixels, width, height, stride = self._whole()
        scale, edge = self._scale(), self._edge
        left, bottom, right, top = box(self._text, glyph.place)
        rows = _inner((edge[3] - top) * scale, (edge[3] - bottom) * scale, height)
        columns = _inner((left - edge[0]) * scale, (right - edge[0]) * scale, width)
        seen = b"".join(pixels[row * stride :][columns.start : columns.stop] for row in rows)
        (ground, _), *_ = Counter(pixels[::_SAMPLED]).most_common(1)
        level = pdfium.FPDFPage_GetRotation(self._page) == 0
        return level and all(abs(value - ground) < 8 for value in seen)

    def _is_struck(self, glyph: Glyph) -> bool:
        """Whether a line is drawn through a character: level, thin, and at half its height."""
        size = glyph.run.size
        if not glyph.run.straight or not self._lines:
            return False
        near = [
            line for line in self._lines
            if _THROUGH[0] < ((line[1] + line[3]) / 2 - glyph.y) / size < _THROUGH[1]
            and line[3] - line[1] < _THIN * size
            and line[0] <= glyph.x + size and line[2] >= glyph.x
        ] if size else []  # fmt: skip
        if not near:
            return False
        left, _, right, _ = box(self._text, glyph.place)
        middle = (left + right) / 2
        return any(line[0] - 0.5 <= middle <= line[2] + 0.5 for line in near)

    def _kind_of(self, handle: int, glyph: Glyph) -> str:
        thing = _thing(handle)
        if handle in self._off:
            return "hidden"
        if pdfium.FPDFTextObj_GetTextRenderMode(thing) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            return "recognised" if self._is_scan else "hidden"
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha)
        white = min(red.value, green.value, blue.value) >= _NEARLY_WHITE
        if (alpha.value == 0 or white) and self._is_even(box(self._text, glyph.place)):
            return "hidden"
        return "drawn"

    def _is_even(self, place: Box) -> bool:
        """Whether a place of the page has one colour, so that nothing can be read there."""
        pixels, width, height, stride = self._whole()
        scale = self._scale()
        left, bottom, right, top = place
        edge = self._edge
        columns = slice(max(0, int((left - edge[0]) * scale)), int((right - edge[0]) * scale) + 1)
        first, last = int((edge[3] - top) * scale), int((edge[3] - bottom) * scale) + 1
        seen: set[int] = set()
        for row in range(max(0, first), min(height, last)):
            line = pixels[row * stride : row * stride + width]
            seen.update(line[columns])
        return bool(seen) and max(seen) - min(seen) < 8 and pdfium.FPDFPage_GetRotation(
            self._page
        ) == 0  # fmt: skip

    def _whole(self) -> tuple[bytes, int, int, int]:
        if self._picture is None:
            self._picture = _rendered(self._page, self._scale())
        picture: tuple[bytes, int, int, int] = self._picture
        return picture

    def _scale(self) -> float:
        width, height = self._page.get_size()
        return float(min(2.0, (limits.PIXELS.most / max(1.0, width * height)) ** 0.5))

    def _layers_off(self) -> set[int]:
        """The objects that are not drawn, since their layer is off: without them, the page looks
        the same.
        """
        groups = list(_groups(self._page))
        if not groups or len(groups) > limits.LAYERS.most:
            return set()
        scale = self._scale()
        whole = _rendered(self._page, scale)
        off: set[int] = set()
        for group, texts in groups:
            for handle in group:
                pdfium.FPDFPageObj_SetIsActive(_thing(handle), False)
            if _rendered(self._page, scale) == whole:
                off |= texts
            for handle in group:
                pdfium.FPDFPageObj_SetIsActive(_thing(handle), True)
        return off


def _inner(start: float, stop: float, count: int) -> range:
    """The pixels of a stretch of a picture without those at its ends, which others may touch."""
    first, last = max(0, ceil(start) + 1), min(count, floor(stop) - 1)
    return range(first, last) if first < last else range(max(0, min(count - 1, first)), first + 1)


def _thing(handle: int) -> Any:
    return ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)


def _handle(thing: Any) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def _rendered(page: Any, scale: float) -> tuple[bytes, int, int, int]:
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    picture = bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride
    bitmap.close()
    return picture


def _bounds(page: Any, kind: int) -> Iterator[Box]:
    """Where the objects of a kind on a page lie."""
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(thing) == kind:
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            if pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
                yield left.value, bottom.value, right.value, top.value


def _groups(page: Any) -> Iterator[tuple[set[int], set[int]]]:
    """Objects that are drawn or not together, and which of them are texts."""
    marked: dict[str, set[int]] = {}
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, number)
        texts = set(_texts(thing, 0))
        if not texts:
            continue
        if layer := _layer(thing):
            marked.setdefault(layer, set()).add(_handle(thing))
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_FORM:
            yield {_handle(thing)}, texts
            yield from (({handle}, {handle}) for handle in texts if _layer(_thing(handle)))
    for handles in marked.values():
        yield handles, {text for handle in handles for text in _texts(_thing(handle), 0)}


def _texts(thing: Any, depth: int) -> Iterator[int]:
    """The texts that an object is or holds."""
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        yield _handle(thing)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < limits.FORMS.most:
        for number in range(pdfium.FPDFFormObj_CountObjects(thing)):
            yield from _texts(pdfium.FPDFFormObj_GetObject(thing, number), depth + 1)


def _layer(thing: Any) -> str:
    """What marks an object as part of a layer: all its marks; empty where none does."""
    names = []
    for number in range(max(0, pdfium.FPDFPageObj_CountMarks(thing))):
        mark = pdfium.FPDFPageObj_GetMark(thing, number)
        names.append(_string(pdfium.FPDFPageObjMark_GetName, mark))
        names.append(_string(pdfium.FPDFPageObjMark_GetParamStringValue, mark, b"Name"))
    return "/".join(names) if "OC" in names else ""


def _string(get: Any, mark: Any, *arguments: Any) -> str:
    length = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 200)()
    if not get(mark, *arguments, buffer, ctypes.sizeof(buffer), length):
        return ""
    return bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le", "replace")
