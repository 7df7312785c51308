r"""Quotations in a paragraph: what stands between marks of quotation, in every style of them.

Where a mark may also be an apostrophe, it opens before a word and closes after one; as it cannot be
known which of several closes, all that may are kept.

>>> text = "It is “the ‘last’ group”, «à propos», „so“ and 'not so'; the '90s, a 5\" gun, don’t."
>>> [marked.text(text) for marked in quotations(text).found]
['the ‘last’ group', 'à propos', 'so', 'not so']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOSERS: Final = {
    "“": "”", "„": "“”‟", "‟": "”", "”": "”", "«": "»", "»": "«", "‹": "›", "›": "‹",
    "‘": "’", "‚": "‘’", "「": "」", "『": "』", "﹁": "﹂", "﹃": "﹄", "〝": "〞〟",
    "＂": "＂", '"': '"', "'": "'", "``": "''",
}  # fmt: skip
"""Every mark that opens a quotation, with those that close it."""

_APOSTROPHES: Final = frozenset("’'")
_BOTH: Final = frozenset("\"'＂”»›")
"""Marks that stand at either end: by what is beside them it is told which they are."""
_SINGLE: Final = frozenset("‘'‚")
_SPACED: Final = frozenset("«‹")
"""Marks behind which French has a space."""

MAX_ENDS: Final = 6
"""Places where a quotation may end that are kept."""

MAX_BEHIND_MEASURE: Final = 200
"""Characters behind a mark of inches in which the quotation goes on."""

MAX_LENGTH: Final = 20_000
"""Characters of a quotation; where a mark closes further on, another one was meant."""


class Marked(NamedTuple):
    """What stands between two marks."""

    start: int
    """Its first character, behind the mark that opens."""
    end: int
    """The mark that closes."""
    open: str
    close: str
    ends: tuple[int, ...] = ()
    """Where else it may end."""

    def text(self, of: str) -> str:
        """What is quoted."""
        return of[self.start : self.end]


class Quotations(NamedTuple):
    """The quotations of a paragraph."""

    found: list[Marked]
    unclosed: list[int]
    """Where marks open a quotation that nothing closes."""


def quotations(text: str, *, goes_on: bool = False) -> Quotations:
    """The outermost quotations, in order.

    `goes_on`: the next paragraph opens a quotation, so that one may go on over its end.
    """
    found: list[Marked] = []
    unclosed: list[int] = []
    barren: dict[str, int] = {}
    at = 0
    while at < len(text):
        mark = _opening(text, at)
        if mark is None:
            at += 1
            continue
        ends = list(_ends(text, at, mark, barren))
        if ends:
            first, *others = ends
            length = 2 if mark == "``" else 1
            marked = Marked(at + len(mark), first, mark, text[first : first + length], (*others,))
            found.append(marked)
            at = first + length
        elif mark in _SINGLE or not goes_on or text[:at].strip():
            unclosed += [] if mark in _SINGLE else [at]
            at += len(mark)
        else:
            found.append(Marked(at + len(mark), len(text), mark, ""))
            at = len(text)
    return Quotations(found, unclosed)


def opens(text: str) -> bool:
    """Whether a paragraph begins with a mark that opens a quotation."""
    start = len(text) - len(text.lstrip())
    return start < len(text) and _opening(text, start) is not None


def _opening(text: str, at: int) -> str | None:
    """The mark that opens a quotation at a place."""
    if text.startswith("``", at):
        return "``"
    mark = text[at]
    if mark not in CLOSERS:
        return None
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if not after or (after.isspace() and mark not in _SPACED):
        return None
    if mark in _BOTH and not (not before or before.isspace() or before in "([{—–-/:;,‘“'\"…«„"):
        return None
    if mark == "'" and text[at + 1 : at + 3].isdigit():
        return None
    return mark


def _ends(text: str, at: int, mark: str, barren: dict[str, int]) -> Iterator[int]:
    """Where a quotation may end that opens at a place: the likeliest first.

    `barren` keeps for each mark up to where nothing closes it, so that this is looked for once.
    """
    closers, start = CLOSERS[mark], at + len(mark)
    stop = min(len(text), start + MAX_LENGTH)
    first = max(start, barren.get(mark, 0))
    if mark == "``":
        ends = [end] if (end := text.find("''", first, stop)) > start else []
    elif closers in _APOSTROPHES:
        ends = list(_after_words(text, first, start, stop, closers))
    else:
        ends = list(_paired(text, mark, first, start, stop))
    if not ends:
        barren[mark] = stop
    yield from ends


def _paired(text: str, mark: str, first: int, start: int, stop: int) -> Iterator[int]:
    """The mark that closes a quotation, with others within it; else the first that closes any."""
    depth, nearest = 0, None
    for place in range(first, stop):
        character = text[place]
        if character in CLOSERS[mark] and place > start:
            if _is_measure(text, place, character):
                continue
            nearest = place if nearest is None else nearest
            if depth == 0:
                yield place
                return
            depth -= 1
        elif character == mark:
            depth += 1
    if nearest is not None:
        yield nearest


def _after_words(text: str, first: int, start: int, stop: int, closer: str) -> Iterator[int]:
    """Where a mark closes that may be an apostrophe: behind a word, and before none."""
    number = 0
    for place in range(max(first, start + 1), stop):
        if text[place] == "‘" and closer == "’":
            return
        if text[place] != closer or text[place - 1].isspace():
            continue
        if text[place + 1 : place + 2].isalnum():
            continue
        yield place
        number += 1
        if number == MAX_ENDS:
            return


def _is_measure(text: str, place: int, mark: str) -> bool:
    """Whether a mark is that of inches or seconds, with another that closes behind it."""
    if mark != '"' or not text[place - 1].isdigit() or text[place + 1 : place + 2] != " ":
        return False
    following = text.find('"', place + 1, place + MAX_BEHIND_MEASURE)
    return (
        following > 0
        and not text[following - 1].isspace()
        and not text[following + 1 : following + 2].isalnum()
    )
