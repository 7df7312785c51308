"""Where a text is most like a passage: hints for who misquotes it, and no matches."""

from __future__ import annotations

from heapq import nlargest
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.text.folding import fold
from targetmarkets.text.offsets import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from targetmarkets.text.matching import Searchable

MAX_HINTS: Final = 3
"""Places that are shown of a passage."""

MAX_CHARACTERS_SOUGHT: Final = 200
"""Of a longer passage the beginning is looked for: in a text that repeats itself, each character
more costs more than the one before it."""

MAX_CHARACTERS_COMPARED: Final = 100_000
"""Characters of a text that are compared one by one; of a longer text, its likest parts."""

MIN_SCORE: Final = 55
"""Of 100, for equal characters in equal order; unrelated sentences reach some 50."""

MAX_CHARACTERS_TO_SENTENCE_END: Final = 200
"""Characters within which the end of a sentence is looked for."""


def nearest(searchable: Searchable, passage: str) -> list[Span]:
    """The places that have most of a passage's characters, in order; best first, none twice."""
    folded = searchable.folded(case=True)
    sought = fold(passage, case=True).text[:MAX_CHARACTERS_SOUGHT].strip()
    chosen: list[Span] = []
    candidates = [
        candidate
        for stretch in _promising(folded.text, sought)
        for candidate in _likest(folded.text, sought, stretch)
    ]
    while candidates and len(chosen) < MAX_HINTS:
        best = max(candidates, key=attrgetter("score"))
        candidates.remove(best)
        place = Span(*folded.span(*best.place))  # two may share a letter that was folded to two
        if all(place.end <= other.start or other.end <= place.start for other in chosen):
            chosen.append(place)
        for rest in (
            Span(best.within.start, best.place.start),
            Span(best.place.end, best.within.end),
        ):
            candidates += _likest(folded.text, sought, rest)
    return chosen


def _promising(text: str, sought: str) -> list[Span]:
    """The stretches of a text in which to look closely: of a long one, those that have most of the
    characters that are sought in their order.

    To look closely at all of a text that repeats itself would take seconds for each megabyte. The
    stretches lie over one another, so that each place is whole in one of them.
    """
    from rapidfuzz.distance import LCSseq
    from rapidfuzz.process import extract_iter

    if len(text) <= MAX_CHARACTERS_COMPARED:
        return [Span(0, len(text))]
    length, step = 2 * len(sought), len(sought) // 2 or 1
    stretches = (text[start : start + length] for start in range(0, len(text), step))
    scored = extract_iter(sought, stretches, scorer=LCSseq.similarity)
    margin = MAX_CHARACTERS_TO_SENTENCE_END
    number = MAX_CHARACTERS_COMPARED // (length + 2 * margin)
    likest = nlargest(number, ((score, -nth) for _, score, nth in scored))
    joined: list[Span] = []
    for start in sorted(-nth * step for _, nth in likest):
        stretch = Span(max(0, start - margin), min(start + length + margin, len(text)))
        if joined and stretch.start <= joined[-1].end:
            stretch = Span(joined.pop().start, stretch.end)
        joined.append(stretch)
    return joined


class _Candidate(NamedTuple):
    """The place in a stretch of a text that is most like what is sought."""

    score: float
    place: Span
    within: Span


def _likest(text: str, sought: str, within: Span) -> Iterator[_Candidate]:
    """The place in a stretch, to the ends of its sentences; none where all is too unlike."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    if not 0 < len(sought) <= within.end - within.start:
        return  # of a shorter stretch, what is sought would have all
    like = partial_ratio_alignment(sought, text[slice(*within)], score_cutoff=MIN_SCORE)
    if like:
        start, end = _sentence(text, within.start + like.dest_start, within.start + like.dest_end)
        yield _Candidate(like.score, Span(max(start, within.start), min(end, within.end)), within)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch cut at words, and at the ends of sentences that are near it or just within."""
    outside = MAX_CHARACTERS_TO_SENTENCE_END
    for mark, inside in (" ", 1), (". ", (end - start) // 8):
        before = text.rfind(mark, max(0, start - outside), start + inside)
        after = text.find(mark, end - inside, end + outside)
        start = before + len(mark) if before >= 0 else start
        end = after + len(mark) - 1 if after >= 0 else end
    return start, end
