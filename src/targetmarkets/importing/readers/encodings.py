"""The encodings of LaTeX's fonts of text, told by what a font draws where it does not say.

The fonts of pixels that LaTeX makes have the letters of ASCII at their places, and the rest at
those of one of two encodings: OT1, the older, and T1. Which one, their dashes and ligatures tell:
no other sign there is a bar as wide as it is set, or as high and wide as a ligature of `f`. A
letter with an accent is believed where it is as wide as the letter without, and higher, and where
that holds of all in its font: encodings of other scripts share the lower half of T1.

Source: LaTeX font encodings (encguide), Frank Mittelbach and others, 2016.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple
from unicodedata import normalize

LIGATURES: Final = ("ff", "fi", "fl", "ffi", "ffl")

_OT1: Final = {
    **dict(enumerate(LIGATURES, 11)),
    **dict(enumerate("ıȷ`´ˇ˘¯˚¸ßæœøÆŒØ", 16)),
    34: "”", 60: "¡", 62: "¿", 92: "“", 94: "ˆ", 95: "˙",
    123: "–", 124: "—", 125: "˝", 126: "˜", 127: "¨",
}  # fmt: skip
_T1: Final = {
    **dict(enumerate("‚‹›“”„«»–—", 13)),
    **dict(enumerate(LIGATURES, 27)),
    **dict(zip((34, 92, 94, 95, 123, 124, 125, 126, 127), '"\\^_{|}~-', strict=True)),
}
_ACCENTED: Final = dict(
    enumerate(
        "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£"
        "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖŒØÙÚÛÜÝÞẞàáâãäåæçèéêëìíîïðñòóôõöœøùúûüýþß",
        128,
    )
)

_ENCODINGS: Final[Iterable[Mapping[int, str]]] = (_OT1, _T1)

_WIDTHS: Final = {"ff": (1.0, 1.35), "fi": (0.95, 1.15), "fl": (0.95, 1.15)}
"""Between which shares of the width of an `n` ligatures are wide, in Computer Modern of all sizes.
At the places of the others, letters of the other encoding are as wide and high.
"""
_HIGH: Final = 0.64
"""Share of the size that a ligature is high at least: no accent and no quotation mark is."""

_DASHES: Final = {"–": (0.75, 1.02), "—": (1.6, 2.05)}
"""The same of dashes, by what is drawn."""
_FLUSH: Final = 0.05
_THIN: Final = 0.1
_MIDDLE: Final = (0.15, 0.35)
"""Shares of the size: how much white there is after a dash at most, how thick it is at most, and
between which heights it lies.
"""

_LIKE_N: Final = "nuhbdpq"
"""Letters that are as wide, or nearly."""

_SAME: Final = 0.03
_WIDER: Final = {"i": 0.1}
"""Share of the size by which a letter is wider than without its accent at most."""

_BASES: Final = {"Ł": "L", "ł": "l", "Ø": "O", "ø": "o"}
_LETTER_TOPS: Final = (0.58, 0.78)
"""Shares of the size above which the accents of small letters and of capitals end."""
_BELOW: Final = -0.1
"""The same below which those under a letter do."""


class Shape(NamedTuple):
    """How a character is drawn, in shares of the size of its font."""

    advance: float
    """Its width as it is set, or to where what is drawn of it ends."""
    left: float
    right: float
    """From where to where it is drawn."""
    foot: float
    head: float


def decoded(shapes: Mapping[int, Shape]) -> dict[int, str]:
    """What the codes of a font of text outside ASCII stand for, as far as what is drawn tells."""
    like_n = next((shapes[ord(letter)] for letter in _LIKE_N if ord(letter) in shapes), None)
    if like_n is None:
        return {}
    found = [
        encoding for encoding in _ENCODINGS
        if any(_shows(encoding[code], shape, like_n.advance)
               for code, shape in shapes.items() if code in encoding)
    ]  # fmt: skip
    if len(found) != 1:
        return {}
    return {**found[0], **(_letters(shapes) if found[0] is _T1 else {})}


def _shows(text: str, shape: Shape, of_n: float) -> bool:
    """Whether a character can be this dash or ligature and nothing else."""
    if text in _DASHES:
        least, most = _DASHES[text]
        return (
            least <= (shape.right - shape.left) / of_n <= most
            and shape.advance - shape.right <= _FLUSH
            and shape.head - shape.foot <= _THIN
            and _MIDDLE[0] <= shape.foot
            and shape.head <= _MIDDLE[1]
        )
    if text in _WIDTHS:
        least, most = _WIDTHS[text]
        return least <= shape.advance / of_n <= most and shape.head >= _HIGH
    return False


def _letters(shapes: Mapping[int, Shape]) -> dict[int, str]:
    """The letters with accents, where all whose letter without one is shown can be such."""
    found = {}
    for code in shapes.keys() & _ACCENTED.keys():
        letter = _ACCENTED[code]
        base = _BASES.get(letter) or normalize("NFD", letter)[0]
        plain = shapes.get(ord(base))
        if base == letter or plain is None:
            continue
        if not _is_with_accent(letter, base, shapes[code], plain):
            return {}
        found[code] = letter
    return found


def _is_with_accent(letter: str, base: str, shape: Shape, plain: Shape) -> bool:
    if not -_SAME <= shape.advance - plain.advance <= _WIDER.get(base, _SAME):
        return False
    if letter in _BASES:
        return shape.head >= plain.head - _SAME and shape.right >= plain.right - _SAME
    high = shape.head > _LETTER_TOPS[letter.isupper()]
    return high or shape.foot < min(_BELOW, plain.foot)
