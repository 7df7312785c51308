"""Where a text is most like a passage: hints for who misquotes it, and no matches."""

from __future__ import annotations

import re
from collections import Counter
from math import log
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.text.folding import fold
from targetmarkets.text.matching import Place, offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from targetmarkets.text.matching import Searchable

TELLING: Final = 8
"""Words of a passage, its rarest, by which places like it are known."""

NEAR: Final = 200
"""Characters within which the end of a sentence is looked for."""

_WORD: Final = re.compile(r"\w+")


def nearest(searchable: Searchable, passage: str, count: int = 3) -> list[Place]:
    """The places that share the most of a passage's rare words, best first."""
    folded = searchable.folded(case=True)
    likenesses = _likenesses(folded.text, fold(passage, case=True).text)
    chosen: list[_Likeness] = []
    for near in sorted(likenesses, key=lambda like: (-like.weight, like.start)):
        if len(chosen) == count:
            break
        if all(near.end <= other.start or other.end <= near.start for other in chosen):
            chosen.append(near)
    return [Place(*folded.span(near.start, near.end)) for near in chosen]


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
    wanted = set(_WORD.findall(sought))
    words = (match[0] for match in _WORD.finditer(text))
    counts = Counter(filter(wanted.__contains__, words))
    rarest = sorted((count, word) for word, count in counts.items())[:TELLING]
    return {word: log(1 + len(text) / count) for count, word in rarest}


def _words(text: str, word: str) -> Iterator[int]:
    """Offsets at which a word stands that is not part of a longer one."""
    for offset in offsets(text, word):
        end = offset + len(word)
        if not (text[offset - 1 : offset].isalnum() or text[end : end + 1].isalnum()):
            yield offset


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with what belongs to its sentence, as far as that is near."""
    before = text.rfind(". ", max(0, start - NEAR), start)
    after = text.find(". ", end, end + NEAR)
    return before + 2 if before >= 0 else start, after + 1 if after >= 0 else end
