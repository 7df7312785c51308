"""Find a passage in an archived text: exactly, or folded; never by likeness.

A passage that is found is the archive's own characters. When both are folded they are the same,
but for two things. Hyphens that end a line in the middle of a word may be none, and so may soft
ones: `information` stands where the text breaks it as `infor-` and `mation`, and `surface-to-air`
where it is broken after `surface-`; `resign` never stands where it has `re-sign`. And white space
does not count beside punctuation and beside numbers such as those of notes; viewers disagree:
`licences,9 and/or` stands where `9` and `or` have lines of their own. Between words it counts.

A passage does not begin or end with white space, between a letter and its accent, or within a
ligature. It may begin or end within a word; but if it stands anywhere as whole words, only those
places count.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import compress, islice, pairwise
from math import log
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from unicodedata import category

from targetmarkets.folding import BLANK, HYPHEN, SOFT, extends, fold, in_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from targetmarkets.folding import Folded

MOST: Final = 1_000
"""Places beyond which they are not counted."""

TELLING: Final = 8
"""Words of a passage, its rarest, by which places like it are known."""

NEAR: Final = 200
"""Characters within which the end of a sentence is looked for."""

Status = Literal["exact", "normalised", "ambiguous", "missing"]


class Place(NamedTuple):
    """Where in a text a passage stands."""

    start: int
    """Its first code point, from 0."""
    end: int
    """The code point after its last."""


class Found(NamedTuple):
    """What looking for a passage came to."""

    status: Status
    """Whether it stands in one place, character by character or folded; in several; in none."""
    places: tuple[Place, ...]
    """Where it stands, in order; no more than `MOST`."""


def find_passage(text: str, passage: str, *, ignore_case: bool = False) -> Found:
    """Find a passage in a text. For several in one text, keep a `Searchable`."""
    return Searchable(text).find(passage, ignore_case=ignore_case)


def nearest(text: str, passage: str, count: int = 3) -> list[Place]:
    """The places most like a passage, best first: hints for who misquotes it, and no matches."""
    return Searchable(text).nearest(passage, count)


class Searchable:
    """A text in which passages are looked for. It is folded once, when that is first needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folds: dict[bool, Folded] = {}
        self._bares: dict[bool, _Bare] = {}

    def find(self, passage: str, *, ignore_case: bool = False) -> Found:
        """Find a passage: whole words before parts, and as it is written before folded.

        Takes time in proportion to the text, and to the places that fit but for their hyphens.
        """
        passage = passage.strip(BLANK)
        for whole in True, False:
            places = self._places(self._exact(passage), whole=whole)
            status: Status = "exact"
            if not places:
                places = self._places(self._folded(passage, case=ignore_case), whole=whole)
                status = "normalised"
            if places:
                return Found(status if len(places) == 1 else "ambiguous", places)
        return Found("missing", ())

    def nearest(self, passage: str, count: int = 3) -> list[Place]:
        """The places that share the most of a passage's rare words, best first."""
        folded = self._fold(case=True)
        likenesses = _likenesses(folded.text, fold(passage, case=True).text)
        chosen: list[_Likeness] = []
        for near in sorted(likenesses, key=lambda like: (-like.weight, like.start)):
            if len(chosen) == count:
                break
            if all(near.end <= other.start or other.end <= near.start for other in chosen):
                chosen.append(near)
        return [Place(*folded.span(near.start, near.end)) for near in chosen]

    def _places(self, places: Iterator[Place], *, whole: bool) -> tuple[Place, ...]:
        wanted = (place for place in places if not whole or self._is_whole(place))
        return tuple(islice(wanted, MOST))

    def _exact(self, passage: str) -> Iterator[Place]:
        for start in _finds(self.text, passage):
            place = Place(start, start + len(passage))
            if not self._cuts(place):
                yield place

    def _folded(self, passage: str, *, case: bool) -> Iterator[Place]:
        there, sought = self._bare(case=case), _bare(fold(passage, case=case))
        for offset in _finds(there.text, sought.text):
            stretch = there.stretch(offset, sought)
            if stretch and not any(map(there.folded.cuts, stretch)):
                place = self._trimmed(*there.folded.span(*stretch))
                if not self._cuts(place):
                    yield place

    def _trimmed(self, start: int, end: int) -> Place:
        """A place without the white space that was folded into a hyphen at its end."""
        return Place(start, start + len(self.text[start:end].rstrip()))

    def _fold(self, *, case: bool) -> Folded:
        if case not in self._folds:
            self._folds[case] = fold(self.text, case=case)
        return self._folds[case]

    def _bare(self, *, case: bool) -> _Bare:
        if case not in self._bares:
            self._bares[case] = _bare(self._fold(case=case))
        return self._bares[case]

    def _cuts(self, place: Place) -> bool:
        """Whether a place begins or ends within what a reader sees as one character."""
        return any(
            0 < at < len(self.text)
            and (extends(self.text[at]) or self.text[at] in _JOINED or self.text[at - 1] == _JOINER)
            for at in place
        )

    def _is_whole(self, place: Place) -> bool:
        """Whether a place begins and ends where words do."""
        return not any(
            0 < at < len(self.text) and _is_word(self.text[at - 1 : at + 1]) for at in place
        )


class Pages:
    """Where the pages of a text are: between form feeds."""

    def __init__(self, text: str) -> None:
        self._ends = array("q", (match.start() for match in re.finditer("\f", text)))

    def index_of(self, offset: int) -> int:
        """The page, from 0, on which a code point stands; a form feed ends its page."""
        return bisect_left(self._ends, offset)


_WORD: Final = re.compile(r"\w+")

_WITHIN_NUMBER: Final = re.compile(r"\d\W \d")

_JOINER: Final = "\u200d"
_JOINED: Final = frozenset({_JOINER, *map(chr, range(0x1F3FB, 0x1F400))})
"""What makes one picture of two, or gives one a colour of skin."""

_UNSPACED: Final = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
"""Scripts that write no space between words."""


def _is_word(letters: str) -> bool:
    """Whether two characters that stand together are of one word, or of one number."""
    if _UNSPACED.search(letters):
        return False
    return letters.isdigit() or all(map(in_word, letters))


def _finds(text: str, passage: str) -> Iterator[int]:
    """Offsets at which a passage stands, overlapping ones too; an empty one stands nowhere."""
    offset = text.find(passage) if passage else -1
    while offset >= 0:
        yield offset
        offset = text.find(passage, offset + 1)


def _words(text: str, word: str) -> Iterator[int]:
    """Offsets at which a word stands that is not part of a longer one."""
    for offset in _finds(text, word):
        end = offset + len(word)
        if not (text[offset - 1 : offset].isalnum() or text[end : end + 1].isalnum()):
            yield offset


_Gaps = Counter[tuple[int, bool]]


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

    def kinds(self, first: int, last: int, offset: int) -> tuple[_Gaps, _Gaps]:
        """What stood in some gaps, by its offset: what must stand there, and all."""
        gaps = range(first, last)
        kinds = [(self.gaps[gap] - offset, self.kind(gap) == " ") for gap in gaps]
        must = compress(kinds, map(self.must, gaps))
        return Counter(must), Counter(kinds)

    def stretch(self, offset: int, sought: _Bare) -> tuple[int, int] | None:
        """The stretch of the folded text at an offset of the bare one, if its gaps agree.

        A hyphen at an end of the passage is part of the stretch if it was sought.
        """
        end = offset + len(sought.text)
        first, last = bisect_right(self.gaps, offset), bisect_left(self.gaps, end)
        if sought.folded.text.startswith(HYPHEN):
            first = self._hyphen(range(first - 1, bisect_left(self.gaps, offset) - 1, -1), first)
        if sought.folded.text.endswith(HYPHEN):
            last = self._hyphen(range(last, bisect_right(self.gaps, end)), last - 1) + 1
        if first < last or sought.gaps:
            must, all_ = self.kinds(first, last, offset)
            sought_must, sought_all = sought.kinds(0, len(sought.gaps), 0)
            if not (must <= sought_all and sought_must <= all_):
                return None
        return offset + first, end + last

    def _hyphen(self, gaps: range, otherwise: int) -> int:
        return next((gap for gap in gaps if self.kind(gap) != " "), otherwise)


def _bare(folded: Folded) -> _Bare:
    text = folded.text
    gaps = [match.start() for match in _gap(text).finditer(text)]
    pieces = (text[last + 1 : gap] for last, gap in pairwise((-1, *gaps, len(text))))
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


class _Likeness(NamedTuple):
    """A stretch of a text in which words of a passage stand together."""

    weight: float
    start: int
    end: int


def _likenesses(text: str, sought: str) -> Iterator[_Likeness]:
    """Stretches of a folded text, half again as long as what is sought, that share its words."""
    weights = _weights(text, sought)
    hits = sorted((offset, word) for word in weights for offset in _words(text, word))
    within: Counter[str] = Counter()
    first = 0
    for offset, word in hits:
        within[word] += 1
        end = offset + len(word)
        while end - hits[first][0] > len(sought) * 3 // 2 or within[hits[first][1]] > 1:
            within[hits[first][1]] -= 1
            first += 1
        shared = [word for word, count in within.items() if count]
        weight = sum(map(weights.__getitem__, shared))
        if len(shared) > 1 and weight * 2 >= sum(weights.values()):
            yield _Likeness(weight, *_sentence(text, hits[first][0], end))


def _weights(text: str, sought: str) -> dict[str, float]:
    """The rarest words of a passage that a text has, and how much each says."""
    counts = {word: text.count(word) for word in set(_WORD.findall(sought))}
    rarest = sorted((count, word) for word, count in counts.items() if count)[:TELLING]
    return {word: log(1 + len(text) / count) for count, word in rarest}


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with what belongs to its sentence, as far as that is near."""
    before = text.rfind(". ", max(0, start - NEAR), start)
    after = text.find(". ", end, end + NEAR)
    return before + 2 if before >= 0 else start, after + 1 if after >= 0 else end
