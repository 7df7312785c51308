r"""The words and signs of a text, one by one, so that two texts can be compared by them.

A text is folded first (`folding.py`), and then divided: a word with its inner apostrophes is one,
every other sign is one, and so is each character of a script without spaces.

>>> [token.text for token in tokens(fold("It’s “re-signed”, in 1,500 copies…"))]
["It's", '"', 're', '-', 'signed', '"', ',', 'in', '1', ',', '500', 'copies', '.', '.', '.']

A hyphen that may be none (`SOFT`) joins the two parts of a word if the words of the other text say
so, and else is a hyphen:

>>> folded = fold("surface-\nto-air mis-\nsiles")
>>> [token.text for token in tokens(folded, {"missiles"})]
['surface', '-', 'to', '-', 'air', 'missiles']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.text.folding import HYPHEN, SOFT, fold

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from targetmarkets.text.folding import Folded

__all__ = ["Token", "fold", "is_word", "tokens", "words"]

SINGLE: Final = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
"""Characters that are words of their own: those of scripts without spaces."""

_LETTER: Final = rf"(?!{SINGLE})[^\W_]"
TOKEN: Final = re.compile(rf"{SINGLE}|(?:{_LETTER})+(?:['{SOFT}](?:{_LETTER})+)*|\S")
"""A word or a sign of a folded text."""

SIGNS: Final = frozenset("\"'")
"""What marks of quotations are folded to."""


class Token(NamedTuple):
    """A word or a sign."""

    text: str
    """What is compared."""
    start: int
    """Where it begins in the folded text."""
    end: int
    """Where it ends there."""

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, and no sign."""
        return is_word(self.text)


def is_word(text: str) -> bool:
    """Whether a token is a word or a number."""
    return text[:1].isalnum()


def tokens(folded: Folded, known: Container[str] = frozenset()) -> list[Token]:
    """The words and signs of a folded text; `known` are the words of what it is compared with."""
    return list(_tokens(folded.text, known))


def words(text: str) -> list[str]:
    """The words and numbers of a text, folded."""
    return [token.text for token in tokens(fold(text)) if token.is_word]


def _tokens(text: str, known: Container[str]) -> Iterator[Token]:
    for match in TOKEN.finditer(text):
        found, start = match[0], match.start()
        if SOFT not in found:
            yield Token(found, start, match.end())
            continue
        joined = found.replace(SOFT, "")
        if joined in known or not joined:
            if joined:
                yield Token(joined, start, match.end())
            continue
        for part in re.split(f"({SOFT})", found):
            if part:
                yield Token(HYPHEN if part == SOFT else part, start, start + len(part))
            start += len(part)
