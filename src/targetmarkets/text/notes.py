"""Which of what is raised (see `raised`) is the mark of a note, and which an exponent.

A mark that the document itself calls one of a note, by a link or by its mark-up, stands between
half brackets where it follows a digit: `12⸢4⸣ rockets`, because `12⁴` may be a power. Otherwise a
superscript is taken for the mark of a note where it can be nothing else: after a word of three
letters or more (`licences⁹`), after capitals (`UN³`) and after punctuation (`2012.⁴`). After a
digit, a unit or the letter of a formula it is an exponent: `10²`, `km²`, `x²`. The raised ending of
`5⸢th⸣` is neither, and is typed on the line.

>>> without_notes("It sold licences⁹ in 2012.⁴ The UN³ saw 12⸢4⸣ rockets, 10² km² apart.")
'It sold licences in 2012. The UN saw 12 rockets, 10² km² apart.'
>>> with_notes("It sold licences,9 and 10 T55 tanks.")
'It sold licences,⁹ and 10 T55 tanks.'
"""

from __future__ import annotations

import re
from typing import Final

from targetmarkets.text.raised import SUPERSCRIPTS, UP

_AFTER: Final = (
    r"(?:(?<=[^\W\d_]{3})|(?<=[A-Z]{2})|(?<=[^\W\d_]{2}[)\]])|(?<=[.,;:!?…”’\"'»]))"
    r"(?<!\b(?:rad|sec|min|mol|sin|cos|tan|log|exp))"
)
_ENDINGS: Final = r"(?:st|nd|rd|th|er|re|ère|e|ème|eme)"
_MARK: Final = r"(?:\d{1,4}|[*†‡§¶#]{1,4})"

ORDINAL: Final = re.compile(rf"(?<=\d){UP[0]}({_ENDINGS}){UP[1]}(?!\w)")
"""The raised ending of a number that tells a place in order, which people type on the line."""

NOTE: Final = re.compile(
    rf"{UP[0]}\[?{_MARK}(?:[,–-]\s?{_MARK})*\]?{UP[1]}(?!\w)"
    rf"|{_AFTER}{UP[0]}\[?[a-z]{{1,2}}\]?{UP[1]}(?!\w)"
    rf"|{_AFTER}[{SUPERSCRIPTS}]{{1,4}}(?:[,⁻–][{SUPERSCRIPTS}]{{1,4}})*(?!\w)"
)
"""The mark of a note."""

_TYPED: Final = re.compile(
    rf"{_AFTER}(?<!\d[.,])(?:\d{{1,3}}|\n\d{{1,3}}(?=\n))(?![\w.,]*\d)(?!\w)"
)
"""A number that stands after a word, without a blank, as viewers copy the mark of a note."""

_RAISING: Final = str.maketrans("0123456789\n", SUPERSCRIPTS + " ")


def is_note(text: str, at: int) -> bool:
    """Whether the mark of a note begins at an offset."""
    return NOTE.match(text, at) is not None


def notes_in(text: str) -> list[str]:
    """The marks of notes in a text, without what shows that they are raised."""
    return [match[0].strip(UP) for match in NOTE.finditer(text)]


def without_notes(text: str) -> str:
    """A text without the marks of notes."""
    return NOTE.sub("", text)


def with_notes(text: str) -> str:
    """A passage as it was copied, with the numbers raised that may be the marks of notes."""
    return _TYPED.sub(lambda match: match[0].translate(_RAISING).strip(), text)
