"""Fold a text to what its readers see alike, and lead back to its own characters.

What a viewer, a browser or a typist changes on the way is folded: white space and line breaks,
the form of quotes and dashes, ligatures and the composition of letters, invisible characters.
What a reader would call different stays different: `10²` is not `102`, and a line end is the
only place where a hyphen may be none. The marks of notes can be left out (`raised.py`).
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import category, decomposition, normalize

from targetmarkets.text.notes import NOTE, ORDINAL
from targetmarkets.text.raised import UP

HYPHEN: Final = "-"
"""What every dash is folded to."""

SOFT: Final = "\u00ad"
"""What a hyphen is folded to that may be none: a soft one, or one that ends a line in a word."""

_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b"
_HYPHENS: Final = frozenset({"-", "\u2010"})

_BLANKS: Final = (
    "\t\x1f\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
)
_BREAKS: Final = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_ALIKE: Final = (
    dict.fromkeys("‘’‚‛‹›′‵`´ʹʻʼʽ", "'")
    | dict.fromkeys("“”„‟«»″‶", '"')
    | dict.fromkeys(_BREAKS, "\n")
    | dict.fromkeys(_BLANKS, " ")
)
"""Characters that are folded one for one."""

_UNSEEN: Final = (
    "\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
    + "".join(map(chr, range(0x2060, 0x2070)))
)
_INVISIBLE: Final = re.compile(f"[{_UNSEEN}]+")
"""Zero-width spaces and joiners, marks of order and direction, the byte order mark."""

BLANK: Final = " \n" + _BLANKS + _BREAKS + _UNSEEN + SOFT
"""Everything that leaves no trace on paper."""

_DASH: Final = re.compile(rf"([{_DASHES}{SOFT}]+)([ \n]*)(?:\Z|(?<![^{_DASHES}{SOFT}\s]{HYPHEN}))")
"""Dashes, but for a single hyphen between characters, which stays as it is: many have no other."""

_SPACES: Final = re.compile("  +")
_SOFT: Final = re.compile(SOFT)

_UNSPACED: Final = (
    "[\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]"
)
_BETWEEN: Final = re.compile(rf"(?<={_UNSPACED})\s+(?={_UNSPACED})")
"""White space within Chinese and Japanese, which a line break leaves there."""

_MOST_MARKS: Final = 30
"""Marks on a letter that are put in order; beyond, as in UAX 15, nobody writes them, and to order
them would take time by the square."""

_APART: Final = frozenset({"<super>", "<sub>", "<fraction>", "<circle>"})
"""Compatibility characters whose plain form would say something else: `1½`, `10²`."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where in the original each stretch of it stands."""

    text: str
    """What is compared."""
    steps: tuple[_Step, ...]
    """How it came about, first step first."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest stretch of the original that gives a stretch of the folded text."""
        for step in reversed(self.steps):
            start, end = step.first(start), step.last(end)
        return start, max(start, end)

    def cuts(self, offset: int) -> bool:
        """Whether an offset falls within what one character of the original was folded to."""
        for step in reversed(self.steps):
            if step.within(offset):
                return True
            offset = step.first(offset)
        return False


def fold(text: str, *, case: bool = False, joined: bool = False, notes: bool = True) -> Folded:
    """Fold a text; with `case`, upper and lower case alike; without `notes`, their marks left out.
    Takes time in proportion to it.

    In what comes out, white space is single spaces, every dash is `HYPHEN` and stands without
    white space after it if it stood without any before, and a hyphen that may be none is `SOFT`,
    or with `joined` left out.
    """
    steps = []

    def rewrite(pattern: re.Pattern[str], new: _New, rest: _Rest | None = None) -> None:
        nonlocal text
        text, step = _rewrite(text, pattern, new, rest)
        if step.old_starts:
            steps.append(step)

    if not notes:
        rewrite(NOTE, _nothing)
    if UP[0] in text:
        rewrite(ORDINAL, lambda match: match[1])
    characters = set(text)  # most texts hold few, and so need few of the steps
    special = "" if text.isascii() else "".join(filter(_is_special, characters))
    if _INVISIBLE.search(special):
        rewrite(_INVISIBLE, _nothing)
    if re.search(_UNSPACED, special):
        rewrite(_BETWEEN, _nothing)
    if irregular := _irregular(special, case=case):
        rewrite(irregular, lambda m: _plain(m[0], case=case), str.casefold if case else None)
    elif case:
        text = text.casefold()
    characters.update(*(_plain(character, case=case) for character in special))
    for part in characters & _ALIKE.keys():
        text = text.replace(part, _ALIKE[part])
    rewrite(_DASH, _dash)
    text = text.replace("\n", " ")
    rewrite(_SPACES, _space)
    if joined:
        rewrite(_SOFT, _nothing)
    return Folded(text, tuple(steps))


def rewritten(folded: Folded, pattern: re.Pattern[str], new: _New) -> Folded:
    """A folded text of which some stretches are written otherwise once more."""
    text, step = _rewrite(folded.text, pattern, new, None)
    return Folded(text, (*folded.steps, step) if step.old_starts else folded.steps)


def _is_special(character: str) -> bool:
    """Whether a character may fold to others: those of ASCII stand for themselves."""
    return not character.isascii()


_New = Callable[[re.Match[str]], str]
_Rest = Callable[[str], str]


class _Step(NamedTuple):
    """Stretches that one step rewrote, in order: where each was, and where it came to stand."""

    old_starts: array[int]
    old_ends: array[int]
    new_starts: array[int]
    new_ends: array[int]

    def first(self, offset: int) -> int:
        """Where the character at an offset of the new text begins in the old one."""
        at = bisect_right(self.new_starts, offset) - 1
        if at < 0:
            return offset
        if offset < self.new_ends[at]:
            return self.old_starts[at]
        return self.old_ends[at] + offset - self.new_ends[at]

    def last(self, offset: int) -> int:
        """Where the character before an offset of the new text ends in the old one."""
        at = bisect_right(self.new_starts, offset - 1) - 1
        if at < 0:
            return offset
        return self.old_ends[at] + max(0, offset - self.new_ends[at])

    def within(self, offset: int) -> bool:
        """Whether an offset of the new text falls within a rewritten stretch."""
        at = bisect_right(self.new_starts, offset) - 1
        return at >= 0 and self.new_starts[at] < offset < self.new_ends[at]


def _rewrite(
    text: str, pattern: re.Pattern[str], new: _New, rest: _Rest | None
) -> tuple[str, _Step]:
    """Replace what a pattern finds; with `rest`, change the rest without changing its length."""
    step = _Step(array("q"), array("q"), array("q"), array("q"))
    parts: list[str] = []
    done = shift = 0
    for match in pattern.finditer(text):
        replaced = new(match)
        start, end = match.span()
        parts += text[done:start], replaced
        done = end
        if len(replaced) == end - start == 1:
            continue
        step.old_starts.append(start)
        step.old_ends.append(end)
        step.new_starts.append(start + shift)
        shift += len(replaced) - (end - start)
        step.new_ends.append(end + shift)
    parts.append(text[done:])
    if rest:
        parts[::2] = map(rest, parts[::2])
    return "".join(parts) if done or rest else text, step


def _nothing(match: re.Match[str]) -> str:
    return ""


def _space(match: re.Match[str]) -> str:
    return " "


def _dash(match: re.Match[str]) -> str:
    """A run of dashes as one. What is left of a hyphen that may be none is decided here."""
    text, (start, end) = match.string, match.span()
    dashes, space = match.groups()
    soft = not dashes.strip(SOFT)
    before, after = text[start - 1 : start], text[end : end + 1]
    if not before.strip() or not after:
        return ("" if soft else HYPHEN) + space
    broken = "\n" in space and dashes in _HYPHENS and not before.isdigit() and in_word(after)
    return SOFT if soft or broken else HYPHEN


def in_word(character: str) -> bool:
    """Whether a character is a letter, or a mark on one."""
    return character.isalpha() or category(character).startswith("M")


def _irregular(characters: Iterable[str], *, case: bool) -> re.Pattern[str] | None:
    """A pattern for what has to be looked at: letters that fold to others, and clusters."""
    marks, others = [], []
    for character in characters:
        if extends(character):
            marks.append(character)
        else:
            plain = _plain(character, case=case)
            if len(plain) > 1 or plain != (character.casefold() if case else character):
                others.append(character)
    patterns = []
    if marks:
        patterns.append(rf"\S?[{_ranges(marks)}]{{1,{_MOST_MARKS}}}")
    if others:
        patterns.append(f"[{_ranges(others)}]")
    return re.compile("|".join(patterns)) if patterns else None


def _ranges(characters: Iterable[str]) -> str:
    """Characters as the inside of a class, neighbours as one range: a class is searched through."""
    runs: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in runs)


def extends(character: str) -> bool:
    """Whether a character goes with the one before it, and may become one with it."""
    if character.isascii():
        return False
    first = _compatible(character)[0]
    return category(first).startswith("M") or "\u1160" <= first <= "\u11ff"


def _compatible(character: str) -> str:
    """A character in parts, without what is only its form."""
    kind = decomposition(character).partition(" ")[0]
    if kind in _APART or character in _ALIKE:
        return normalize("NFD", character)
    parts = normalize("NFKD", character)
    return character if parts.startswith(" ") else parts  # else an accent alone were a space


@lru_cache(1 << 16)
def _plain(cluster: str, *, case: bool) -> str:
    """A letter with its marks in one form: without ligatures, composed, marks in order."""
    parts = "".join(map(_compatible, cluster))
    return normalize("NFC", normalize("NFD", parts).casefold() if case else parts)
