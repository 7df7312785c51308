"""Two rows of words laid side by side: which are the same, and which differ.

>>> [step.tag for step in aligned("a firm sold ten guns".split(), "a firm sold six guns".split())]
['equal', 'replace', 'equal']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Step(NamedTuple):
    """A stretch of both rows: the same, or one in the place of the other."""

    tag: str
    """`equal` or `replace`; `insert`: only the second row has it; `delete`: only the first."""
    start: int
    end: int
    """The stretch of the first row."""
    other_start: int
    other_end: int
    """The stretch of the second."""


def aligned(first: Sequence[str], second: Sequence[str]) -> list[Step]:
    """The steps that lead from one row of words to the other, as few changes as can be."""
    from rapidfuzz.distance import Indel  # only what is misquoted needs it

    steps: list[Step] = []
    for code in Indel.opcodes(list(first), list(second)):
        step = Step(code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end)
        last = steps[-1] if steps else None
        if last and last.tag != "equal" and step.tag != "equal":
            merged = Step("replace", last.start, step.end, last.other_start, step.other_end)
            steps[-1] = merged
        else:
            steps.append(step)
    return steps
