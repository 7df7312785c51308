r"""Find a passage in an archived text: exactly, or folded; never by likeness.

A passage that is found is the archive's own characters. When both are folded they are the same,
but for two things. Hyphens that end a line in the middle of a word may be none, and so may soft
ones: `information` stands where the text breaks it as `infor-` and `mation`, and `surface-to-air`
where it is broken after `surface-`; `resign` never stands where it has `re-sign`. And white space
does not count beside punctuation and beside numbers such as those of notes; viewers disagree:
`licences,9 and/or` stands where `9` and `or` have lines of their own. Between words it counts.

A passage does not begin or end with white space, between a letter and its accent, or within a
ligature. One that begins or ends within a word or a number (`edges.py`) is found, and told to; but
if it stands anywhere as whole words, only those places count.

The marks of notes (`raised.py`) are looked for as they stand, then as viewers copy them, as plain
numbers after a word; if that finds nothing they are passed over, which is told.

An example. A text breaks two lines within words; a reader's viewer does not:

>>> text = "The “customers” buy surface-\nto-air mis-\nsiles , and re-sign."
>>> passage = 'customers" buy surface-to-air missiles,and'

As it is written the passage stands nowhere, so both are folded (`folding.py`). A hyphen that may be
none becomes `SOFT`, which is shown here as `~`:

>>> fold(text).text.replace(SOFT, "~")
'The "customers" buy surface~to-air mis~siles , and re-sign.'

Compared is what is left without gaps: without hyphens, and without white space that does not count.

>>> there, sought = _bare(fold(text)), _bare(fold(passage))
>>> there.text, sought.text
('The"customers"buy surfacetoair missiles,and resign.', 'customers"buy surfacetoair missiles,and')

The one stands in the other. Now their gaps must agree: a hyphen in one needs a hyphen in the other,
if only one that may be none. What may be none needs nothing, nor does white space but in numbers.
Of each gap in that place, what it is, and whether it needs one in the passage:

>>> at = there.text.index(sought.text)
>>> [(there.kind(gap), there.must(gap)) for gap in there.within(at, sought)]
[(' ', False), ('\xad', False), ('-', True), ('\xad', False), (' ', False), (' ', False)]
>>> _Agreement(there, sought).holds(at, there.within(at, sought))
True

What comes out is the text's own. `resign` agrees in its letters, and not in its gaps:

>>> found = Searchable(text).find(passage)
>>> found.status, text[slice(*found.places[0])]
('normalised', 'customers” buy surface-\nto-air mis-\nsiles , and')
>>> Searchable(text).find("resign").status
'missing'
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import chain, compress, islice, pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from unicodedata import category

from targetmarkets import limits
from targetmarkets.text.edges import within_word
from targetmarkets.text.folding import BLANK, HYPHEN, SOFT, extends, fold
from targetmarkets.text.notes import NOTE, with_notes
from targetmarkets.text.offsets import CountlessError, Span, countable, offsets, offsets_of_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from targetmarkets.text.folding import Folded

Status = Literal["exact", "normalised", "ambiguous", "missing", "countless"]


class Found(NamedTuple):
    """What looking for a passage came to."""

    status: Status
    """Whether it stands in one place, character by character or folded; in several; in none. It is
    countless, and no place is named, where more are alike than are compared."""
    places: tuple[Span, ...]
    """Where it stands, in order; no more than `limits.PLACES`."""
    whole: bool = True
    """Whether it begins and ends at words there."""
    notes_passed_over: bool = False
    """Whether it stands there but for marks of notes."""


class Searchable:
    """A text in which passages are looked for. It is folded once, when that is first needed.

    `passages` are those of which it is known before that they will be looked for: they are found
    together, in one pass.
    """

    def __init__(self, text: str, passages: Iterable[str] = ()) -> None:
        self.text = text
        self._expected = {passage.strip(BLANK) for passage in passages}
        self._folds: dict[tuple[bool, bool], Folded] = {}
        self._bares: dict[tuple[bool, bool], _Bare] = {}

    def find(self, passage: str, *, ignore_case: bool = False) -> Found:
        """Find a passage: whole words before parts, as it is written before folded, and with the
        marks of notes before without.

        Takes time in proportion to the text.
        """
        passage = passage.strip(BLANK)
        try:
            return self._found(passage, ignore_case=ignore_case)
        except CountlessError:
            return Found("countless", ())

    def _found(self, passage: str, *, ignore_case: bool) -> Found:
        for whole in True, False:
            places = self._exact(passage, whole=whole)
            status: Status = "exact"
            passed_over = False
            if not places:
                status = "normalised"
                places = self._folded(passage, case=ignore_case, whole=whole)
            if not places and self._has_notes:
                places = self._folded(with_notes(passage), case=ignore_case, whole=whole)
            if not places and self._has_notes:
                passed_over = True
                places = self._folded(passage, case=ignore_case, whole=whole, notes=False)
            if places:
                status = status if len(places) == 1 else "ambiguous"
                return Found(status, places, whole, passed_over)
        return Found("missing", ())

    @cached_property
    def _has_notes(self) -> bool:
        return NOTE.search(self.text) is not None

    def _exact(self, passage: str, *, whole: bool) -> tuple[Span, ...]:
        known = self._exact_offsets.get(passage)
        starts = offsets(self.text, passage) if known is None else known
        places = (Span(start, start + len(passage)) for start in countable(starts))
        return tuple(
            islice(
                (place for place in places if self._fits(place, whole=whole)), limits.PLACES.most
            )
        )

    def _folded(
        self, passage: str, *, case: bool, whole: bool, notes: bool = True
    ) -> tuple[Span, ...]:
        there = self._bare(case=case, notes=notes)
        sought = _bare(fold(passage, case=case, notes=notes))
        return tuple(islice(self._agreeing(there, sought, whole=whole), limits.PLACES.most))

    def _agreeing(self, there: _Bare, sought: _Bare, *, whole: bool) -> Iterator[Span]:
        agreement = _Agreement(there, sought)
        known = self._bare_offsets.get(sought.text) if there is self._plain else None
        starts = offsets(there.text, sought.text) if known is None else known
        for offset in countable(starts):
            gaps = there.within(offset, sought)
            stretch = offset + gaps.start, offset + len(sought.text) + gaps.stop
            place = self._trimmed(*there.folded.span(*stretch))
            if (
                self._fits(place, whole=whole)
                and not any(map(there.folded.cuts, stretch))
                and agreement.holds(offset, gaps)
            ):
                yield place

    def _trimmed(self, start: int, end: int) -> Span:
        """A place without the white space that was folded into a hyphen at its end."""
        while start < end and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def folded(self, *, case: bool, notes: bool = True) -> Folded:
        """The text folded; with `case`, upper and lower case alike; without the marks of notes
        unless with `notes`.
        """
        if (case, notes) not in self._folds:
            self._folds[case, notes] = fold(self.text, case=case, notes=notes)
        return self._folds[case, notes]

    def _bare(self, *, case: bool, notes: bool) -> _Bare:
        if (case, notes) not in self._bares:
            self._bares[case, notes] = _bare(self.folded(case=case, notes=notes))
        return self._bares[case, notes]

    @property
    def _plain(self) -> _Bare:
        """The text as passages are mostly sought in it."""
        return self._bare(case=False, notes=True)

    @cached_property
    def _exact_offsets(self) -> dict[str, list[int]]:
        """Offsets of the passages that are expected."""
        return offsets_of_each(self.text, self._expected)

    @cached_property
    def _bare_offsets(self) -> dict[str, list[int]]:
        """The same in the bare text, case counting."""
        bares = {_bare(fold(passage)).text for passage in self._expected}
        return offsets_of_each(self._plain.text, bares)

    def _fits(self, place: Span, *, whole: bool) -> bool:
        return not self._cuts(place) and not (
            whole and any(within_word(self.text, at) for at in place)
        )

    def _cuts(self, place: Span) -> bool:
        """Whether a place begins or ends within what a reader sees as one character."""
        return any(
            0 < at < len(self.text)
            and (extends(self.text[at]) or self.text[at] in _JOINED or self.text[at - 1] == _JOINER)
            for at in place
        )


_WITHIN_NUMBER: Final = re.compile(r"\d\W \d")

_JOINER: Final = "\u200d"
_JOINED: Final = frozenset({_JOINER, *map(chr, range(0x1F3FB, 0x1F400))})
"""What makes one picture of two, or gives one a colour of skin."""


_Kinds = tuple[int, int, int, int]
"""What stood in gaps: how many white spaces and how many hyphens must stand in the other text too,
and how many there are of each.
"""

_NO_GAPS: Final = (0, 0, 0, 0)


class _Bare(NamedTuple):
    """A folded text without its gaps: its hyphens, and the white space that does not count.

    In it, what may be the same is the same, and is found as fast as any string.
    """

    folded: Folded
    text: str
    gaps: array[int]
    """For each, its offset in the bare text."""

    def kind(self, gap: int) -> str:
        """What stood in a gap."""
        return self.folded.text[self.gaps[gap] + gap]

    def must(self, gap: int) -> bool:
        """Whether what stood in a gap must stand in the other text as well."""
        at = self.gaps[gap] + gap
        kind, around = self.folded.text[at], self.folded.text[max(0, at - 2) : at + 2]
        return kind == HYPHEN or (kind == " " and _WITHIN_NUMBER.fullmatch(around) is not None)

    def kinds(self, gaps: range) -> _Kinds:
        """What stood in some gaps."""
        spaces = [self.kind(gap) == " " for gap in gaps]
        must = list(compress(spaces, map(self.must, gaps)))
        return must.count(True), must.count(False), spaces.count(True), spaces.count(False)

    def at(self, offset: int, among: range) -> range:
        """The gaps at an offset of the bare text, of some that follow one another."""
        first = bisect_left(self.gaps, offset, among.start, among.stop)
        return range(first, bisect_right(self.gaps, offset, first, among.stop))

    def within(self, offset: int, sought: _Bare) -> range:
        """The gaps of the place at an offset of the bare text where a passage may stand.

        A hyphen at an end of the passage is part of the place if it was sought.
        """
        end = offset + len(sought.text)
        first, last = bisect_right(self.gaps, offset), bisect_left(self.gaps, end)
        if sought.folded.text.startswith(HYPHEN):
            first = self._hyphen(range(first - 1, bisect_left(self.gaps, offset) - 1, -1), first)
        if sought.folded.text.endswith(HYPHEN):
            last = self._hyphen(range(last, bisect_right(self.gaps, end)), last - 1) + 1
        return range(first, last)

    def _hyphen(self, gaps: range, otherwise: int) -> int:
        return next((gap for gap in gaps if self.kind(gap) != " "), otherwise)


class _Agreement:
    """Tells whether a passage and a place may be the same in their gaps.

    Where the last place differed is looked at first. Else it would take time by the square to find
    that many places differ, which only a text has that repeats itself; and there they differ at the
    same gap of the passage, or at the same gap of the text.
    """

    def __init__(self, there: _Bare, sought: _Bare) -> None:
        every = range(len(sought.gaps))
        self._there = there
        self._length = len(sought.text)
        self._sought = {at: sought.kinds(sought.at(at, every)) for at in dict.fromkeys(sought.gaps)}
        self._kinds: dict[int, _Kinds] = {}
        self._differed = 0, 0

    def holds(self, offset: int, gaps: range) -> bool:
        """Whether the place at an offset of the bare text, with these gaps, is the passage."""
        place, at = self._differed
        if not self._differ(offset, gaps, chain((at, place + at - offset), self._sought)):
            others = (self._there.gaps[gap] - offset for gap in gaps if self._there.must(gap))
            return not self._differ(offset, gaps, (at for at in others if at not in self._sought))
        return False

    def _differ(self, offset: int, gaps: range, among: Iterable[int]) -> bool:
        """Whether the passage and the place differ at one of some offsets of the passage."""
        for at in among:
            must_spaces, must_hyphens, spaces, hyphens = self._kinds_at(offset, at, gaps)
            sought = self._sought.get(at, _NO_GAPS)
            if not (
                must_spaces <= sought[2]
                and must_hyphens <= sought[3]
                and sought[0] <= spaces
                and sought[1] <= hyphens
            ):
                self._differed = offset, at
                return True
        return False

    def _kinds_at(self, offset: int, at: int, gaps: range) -> _Kinds:
        """What stood in the gaps of the place at an offset of the passage."""
        if not 0 < at < self._length:  # beyond its ends some may not be of the place
            return self._there.kinds(self._there.at(offset + at, gaps))
        if offset + at not in self._kinds:
            self._kinds[offset + at] = self._there.kinds(self._there.at(offset + at, gaps))
        return self._kinds[offset + at]


def _bare(folded: Folded) -> _Bare:
    text = folded.text
    gaps = array("q", (match.start() for match in _gap(text).finditer(text)))
    pieces = (text[last + 1 : gap] for last, gap in pairwise(chain((-1,), gaps, (len(text),))))
    return _Bare(folded, "".join(pieces), array("q", (gap - at for at, gap in enumerate(gaps))))


def _gap(text: str) -> re.Pattern[str]:
    """A pattern for hyphens, and for white space that does not count.

    That is white space beside punctuation, or between a word and a number, as that of a note:
    viewers disagree on both. Within numbers it counts after all: `1, 500` is not `1,500`.
    """
    characters = set(text)
    sign = _class(c for c in characters if category(c)[0] in "PS" and c != HYPHEN)
    raised = _class(c for c in characters if category(c) == "No")  # neither letter nor digit
    letter = r"[^\W\d_]"
    note = rf"(?<={letter} )(?<!{raised} )(?=\d)|(?<=\d )(?={letter})(?!{raised})"
    beside = rf"(?<! )|(?={sign})|(?<={sign} )|{note}"
    return re.compile(f"[{HYPHEN} {SOFT}](?:{beside})")


def _class(characters: Iterable[str]) -> str:
    """A pattern for one of some characters, and for a full stop, so that there is one."""
    return f"[.{''.join(map(re.escape, sorted(characters)))}]"
