"""Where strings stand in a text, character by character: one, or many in one pass."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from targetmarkets import limits

MIN_PASSAGES_FOR_ONE_PASS: Final = 100
"""Passages from which on all are looked for in one pass, which for fewer takes longer."""

HEAD_LENGTHS: Final = (32, 8, 1)
"""Characters by which a passage is known in that pass: as many of these as it has."""

MAX_LENGTH_IN_ONE_PASS: Final = 1_000
"""Characters of a passage that is looked for on its own; there cannot be many."""


class Span(NamedTuple):
    """Where in a text a passage stands."""

    start: int
    """Its first code point, from 0."""
    end: int
    """The code point after its last."""


class CountlessError(Exception):
    """More places are alike than are compared."""


def countable(starts: Iterable[int]) -> Iterator[int]:
    """Offsets of a passage, as many as are compared. Raises `CountlessError` for more."""
    for number, start in enumerate(starts):
        if number == limits.CANDIDATES.most:
            raise CountlessError
        yield start


def offsets(text: str, passage: str) -> Iterator[int]:
    """Offsets at which a passage stands, overlapping ones too; an empty one stands nowhere.

    A passage that overlaps itself by half repeats itself; then only its next repetition is looked
    at, because to look for all of it each time would take time by the square.
    """
    offset = text.find(passage) if passage else -1
    while offset >= 0:
        yield offset
        after = text.find(passage, offset + 1)
        period = after - offset
        if 0 < period <= len(passage) // 2:
            repetition = passage[-period:]
            while text.startswith(repetition, offset + len(passage)):
                offset += period
                yield offset
            after = text.find(passage, offset + 1)
        offset = after


def offsets_of_each(text: str, passages: Iterable[str]) -> dict[str, list[int]]:
    """Offsets at which each of some passages stands, one more than are compared at most; many are
    found in one pass over the text.
    """
    most = limits.CANDIDATES.most + 1
    full = range(most)  # what stands for a passage that is not looked for
    found: dict[str, list[int]] = {passage: [] for passage in passages if passage}
    lengths: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for passage in found:
        if len(found) < MIN_PASSAGES_FOR_ONE_PASS or len(passage) > MAX_LENGTH_IN_ONE_PASS:
            found[passage] += islice(offsets(text, passage), most)
        else:
            size = next(size for size in HEAD_LENGTHS if size <= len(passage))
            lengths[size][passage[:size]].add(len(passage))
    for size, heads in lengths.items():
        for offset in range(len(text) - size + 1):
            for length in heads.get(text[offset : offset + size], ()):
                stretch = text[offset : offset + length]
                if len(stretch) == length and len(found.get(stretch, full)) < most:
                    found[stretch].append(offset)
    return found
