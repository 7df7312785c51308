"""Where what is sought stands in divided words, for an engine that does not say it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from targetmarkets.kb.store.engine import Match, Phrase

_WORD: Final = re.compile(r"[^\W_]+")


def tokens(words: str) -> list[str]:
    """The words, one by one."""
    return _WORD.findall(words)


def matches_in(words: str, phrases: Iterable[Phrase]) -> list[Match]:
    """Where any of some phrases stands in divided words; what overlaps is one stretch."""
    spans = [match.span() for match in _WORD.finditer(words)]
    found = [words[start:end] for start, end in spans]
    merged: list[tuple[int, int]] = []
    for first, last in sorted(_instances(found, phrases)):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
        else:
            merged.append((first, last))
    return [(spans[first][0], spans[last][1]) for first, last in merged]


def _instances(found: Sequence[str], phrases: Iterable[Phrase]) -> Iterator[tuple[int, int]]:
    """The first and the last word of each place at which a phrase stands."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(found):
        places.setdefault(word, []).append(at)
    for words, prefix in phrases:
        *wanted, last = words.split(" ")
        starts = places.get(wanted[0], ()) if wanted else range(len(found))
        for start in starts:
            end = start + len(wanted)
            if end >= len(found) or found[start:end] != wanted:
                continue
            if found[end] == last or (prefix and found[end].startswith(last)):
                yield start, end
