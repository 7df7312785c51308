"""Letters without what people vary in them: one folding for search, names, ids and completion.

The folding of quotations (`folding.py`) is strict, because what is quoted is proved. This one finds
what people mean: case, accents and the spelling of a letter do not matter.

>>> plain("Łódź, Tromsø, STRASSE, Baʿth, Đà Nẵng, Ёлка, مُحَمَّد, ガス")
"lodz, tromso, strasse, ba'th, da nang, елка, محمد, ガス"
"""

from functools import lru_cache
from typing import Final
from unicodedata import category, normalize

_LETTERS: Final = {
    "æ": "ae", "đ": "d", "ð": "d", "ə": "e", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n", "ø": "o",
    "œ": "oe", "þ": "th", "ŧ": "t", "ـ": "",
    **dict.fromkeys("ʿʾʻʼʽʹʾˈ‘’‛′`´", "'"),
}  # fmt: skip
"""Letters that have no accent in Unicode's decomposition, and signs of the same breathing."""

_VOICED: Final = frozenset("\u3099\u309a")
"""Marks of kana that make another letter."""


def plain(text: str) -> str:
    """A text without what people vary in its letters: case, accents, the form of a letter."""
    return normalize("NFC", "".join(map(_plain, text)))


@lru_cache(1 << 16)
def _plain(character: str) -> str:
    parts = normalize("NFKD", normalize("NFKD", character).casefold())
    kept = (c for c in parts if c in _VOICED or not category(c).startswith("Mn"))
    return normalize("NFC", "".join(_LETTERS.get(c, c) for c in kept))
