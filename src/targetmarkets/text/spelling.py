"""Which of some known words a person may have meant who typed another.

Few letters may differ, and the first is the same: likeness alone makes `rusi` of `russia`.
"""

from collections.abc import Iterable
from typing import Final

MAX_LENGTH: Final = 100
"""Characters of a word that are compared; a longer one is no slip of the hand."""

SLIPS: Final = ((4, 1), (8, 2), (14, 3))
"""From how many letters on how many slips are allowed: one too many, one too few, another one, or
two that changed places."""

SHORTEST_TERM: Final = 3
"""Letters of a word that stands for one of a few terms, from which on a slip is allowed."""

MIN_SHUFFLED: Final = 5
"""From how many letters on a word may have the very letters of another in any order."""


def spelt_like(word: str, known: Iterable[str], *, shortest: int = SLIPS[0][0]) -> list[str]:
    """The known words that are spelt nearly as a word is, the nearest first; case counts.

    Where they are few and nothing else can be meant, one slip may be allowed in a shorter word.
    """
    from rapidfuzz.distance import OSA  # only a mistake needs it

    allowed = max((slips for length, slips in SLIPS if len(word) >= length), default=1)
    allowed = 0 if len(word) < shortest else allowed
    if not allowed or len(word) > MAX_LENGTH:
        return []
    found = []
    for other in dict.fromkeys(known):
        if other[:1] != word[0] or abs(len(other) - len(word)) > allowed:
            continue
        slips = OSA.distance(word, other)
        if slips <= allowed or (len(word) >= MIN_SHUFFLED and sorted(word) == sorted(other)):
            found.append((slips, other))
    return [other for _, other in sorted(found, key=lambda pair: pair[0])]
