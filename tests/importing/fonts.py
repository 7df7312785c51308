"""Small fonts, made here, for documents of which a font decides what they say."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from tests.importing.pdfs import stream

Box = tuple[int, int, int, int]
"""Left, bottom, right and top of a rectangle, in thousandths of the size."""


def _encrypted(plain: bytes, key: int) -> bytes:
    """What a font of Type 1 hides its glyphs by: Adobe Type 1 Font Format, 7."""
    cipher = bytearray()
    for byte in bytes(4) + plain:
        cipher.append(byte ^ (key >> 8))
        key = ((cipher[-1] + key) * 52845 + 22719) & 0xFFFF
    return bytes(cipher)


def _number(value: int) -> bytes:
    return b"\xff" + value.to_bytes(4, "big", signed=True)


def _glyph(width: int, boxes: Sequence[Box]) -> bytes:
    """Rectangles as a glyph."""
    code = _number(0) + _number(width) + b"\x0d"
    here = (0, 0)
    for left, bottom, right, top in boxes:
        corners = [here, (left, bottom), (left, top), (right, top), (right, bottom)]
        for at, (one, other) in enumerate(pairwise(corners)):
            code += _number(other[0] - one[0]) + _number(other[1] - one[1])
            code += b"\x05" if at else b"\x15"
        code += b"\x09"
        here = corners[-1]
    return code + b"\x0e"


def named(
    encoding: Mapping[int, str], glyphs: Mapping[str, Sequence[Box]], name: bytes = b"Made10"
) -> list[bytes]:
    """The objects 3, 10 and 11 of a document: a font of Type 1 with the names of its glyphs, which
    are 500 wide.
    """
    places = b"".join(b"dup %d /%s put\n" % (at, of.encode()) for at, of in encoding.items())
    strings = b"".join(
        b"/%s %d RD %s ND\n" % (of.encode(), len(code), code)
        for of, boxes in {".notdef": [], **glyphs}.items()
        if (code := _encrypted(_glyph(500, boxes), 4330))
    )
    private = (
        b"dup /Private 8 dict dup begin /RD {string currentfile exch readstring pop}"
        b" executeonly def /ND {noaccess def} executeonly def /NP {noaccess put} executeonly def"
        b" /BlueValues [] def /password 5839 def /Subrs 0 array ND\n"
        b"2 index /CharStrings %d dict dup begin\n%send\nend\nreadonly put\nnoaccess put\n"
        b"dup /FontName get exch definefont pop\nmark currentfile closefile\n"
        % (len(glyphs) + 1, strings)
    )
    clear = (
        b"%%!PS-AdobeFont-1.0: Made\n11 dict begin\n/FontType 1 def\n/FontName /%s def\n"
        b"/FontMatrix [.001 0 0 .001 0 0] readonly def\n/PaintType 0 def\n"
        b"/FontBBox {0 -200 1000 900} def\n/Encoding 256 array\n"
        b"0 1 255 {1 index exch /.notdef put} for\n%sreadonly def\n"
        b"currentdict end\ncurrentfile eexec\n" % (name, places)
    )
    hidden, zeros = _encrypted(private, 55665), b"0" * 512 + b"\ncleartomark\n"
    lengths = b"/Length1 %d /Length2 %d /Length3 %d" % (len(clear), len(hidden), len(zeros))
    return [
        b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /FirstChar 0 /LastChar 255 /Widths [%s]"
        b" /FontDescriptor 10 0 R >>" % (name, b"500 " * 256),
        b"<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [0 -200 1000 900]"
        b" /ItalicAngle 0 /Ascent 700 /Descent -200 /CapHeight 700 /StemV 80 /FontFile 11 0 R >>"
        % name,
        stream(clear + hidden + zeros, lengths),
    ]


STEM: Box = (100, 0, 200, 700)
BAR: Box = (20, 280, 300, 390)
BODY: Box = (50, 0, 450, 450)
OVER: Box = (200, 550, 260, 700)

SLAVONIC: Mapping[str, Sequence[Box]] = {
    "L": [STEM, (100, 0, 450, 60)], "l": [STEM], "a": [BODY], "suppress": [BAR],
    "acute": [OVER],
}  # fmt: skip
"""Glyphs of a font that draws the stroke of `Ł` apart, at the place of the blank."""


def slavonic() -> list[bytes]:
    """Such a font, with the names of its glyphs."""
    return named({32: "suppress", 76: "L", 108: "l", 97: "a", 180: "acute"}, SLAVONIC)


def bitmaps() -> list[bytes]:
    """The same as objects 3 and 10 to 14: a font of pixels, which does not say what it has."""
    places = {"L": 76, "l": 108, "a": 97, "suppress": 32, "acute": 180}
    return pixels({places[name]: (500, boxes) for name, boxes in SLAVONIC.items()})


def pixels(glyphs: Mapping[int, tuple[int, Sequence[Box]]], first: int = 10) -> list[bytes]:
    """A font of pixels, and its glyphs as objects from `first` on: the width of each, and what is
    drawn.
    """
    drawn = [
        stream(b"%d 0 %d %d %d %d d1 " % (width, *box) + b" ".join(
            b"%d %d %d %d re" % (left, bottom, right - left, top - bottom)
            for left, bottom, right, top in boxes
        ) + b" f")
        for width, boxes in glyphs.values()
        for box in [(min(b[0] for b in boxes), min(b[1] for b in boxes),
                     max(b[2] for b in boxes), max(b[3] for b in boxes))]
    ]  # fmt: skip
    places = dict(zip(glyphs, range(first, first + len(glyphs)), strict=True))
    widths = (glyphs[code][0] if code in glyphs else 500 for code in range(256))
    return [
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 -200 1000 900]"
        b" /FontMatrix [.001 0 0 .001 0 0] /FirstChar 0 /LastChar 255 /Widths [%s]"
        b" /CharProcs << %s >> /Encoding << /Type /Encoding /Differences [%s] >> >>"
        % (
            b" ".join(b"%d" % width for width in widths),
            b" ".join(b"/a%d %d 0 R" % pair for pair in places.items()),
            b" ".join(b"%d /a%d" % (code, code) for code in places),
        ),
        *drawn,
    ]
