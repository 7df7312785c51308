"""What a change of words takes from a sentence or adds to it: doubt, negation, numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from targetmarkets.evidence.doubt import doubts_in, negations_in

if TYPE_CHECKING:
    from collections.abc import Iterable

Weight = Literal["hedge", "negation", "number"]

_NUMBERS: Final = re.compile(
    r"(?<![\w])(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|half|first|second|third|several|few|many"
    r"|most|all|some|none|both|every)(?![\w])",
    re.IGNORECASE,
)
"""Numbers, and the words that say how many."""


class Loss(NamedTuple):
    """Words that weigh, of which the source and the draft have others."""

    what: Weight
    source: tuple[str, ...]
    """Those that only the source has."""
    draft: tuple[str, ...]
    """Those that only the draft has."""


def losses(source: str, draft: str) -> list[Loss]:
    """What of weight differs between the words of a source and those of a draft."""
    found: list[Loss] = []
    weighed: dict[Weight, tuple[Iterable[str], Iterable[str]]] = {
        "hedge": (doubts_in(source), doubts_in(draft)),
        "negation": (negations_in(source), negations_in(draft)),
        "number": (_numbers(source), _numbers(draft)),
    }
    for what, (there, here) in weighed.items():
        only_there, only_here = _only(there, here), _only(here, there)
        if only_there or only_here:
            found.append(Loss(what, only_there, only_here))
    return found


def _numbers(text: str) -> list[str]:
    return [match[0].rstrip(".,") for match in _NUMBERS.finditer(text)]


def _only(some: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """The words that some have more often than others, case aside."""
    left = Counter(word.casefold() for word in others)
    only = []
    for word in some:
        folded = word.casefold()
        if left[folded]:
            left[folded] -= 1
        else:
            only.append(word)
    return tuple(only)
