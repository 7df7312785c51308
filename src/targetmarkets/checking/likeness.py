"""The passage of a source that a misquoted one is nearest to, and in which words they differ.

>>> near = nearest("the firm sold six guns.", "In May the firm reportedly sold ten guns. It paid.")
>>> [(piece.kind, piece.source, piece.draft) for piece in near.pieces if piece.kind != "same"]
[('left out', 'reportedly', ''), ('changed', 'ten', 'six')]
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from targetmarkets.checking.weight import losses
from targetmarkets.text.alignment import Step, aligned
from targetmarkets.text.folding import fold
from targetmarkets.text.notes import NOTE
from targetmarkets.text.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.checking.weight import Loss
    from targetmarkets.text.folding import Folded
    from targetmarkets.text.tokens import Token

MIN_LIKENESS: Final = 0.6
"""Share of a passage's words that must stand in the nearest one, in order."""

MIN_WORDS: Final = 3
"""Words that must be the same."""

MAX_GAP: Final = 14
"""Words that the source has between two that the draft has beside one another; where it has more,
these are two passages."""

MAX_AT_END: Final = 4
"""Words at an end of a passage that the draft may have otherwise."""

PieceKind = Literal["same", "changed", "left out", "added", "signs"]


class Piece(NamedTuple):
    """A stretch of a passage beside that of the source."""

    kind: PieceKind
    """`signs`: only punctuation or the case of letters differs."""
    source: str
    draft: str


class Near(NamedTuple):
    """A stretch of a text that is like a passage."""

    start: int
    end: int
    likeness: float
    """Share of the words of both that are the same, from 0 to 1."""
    covered: tuple[int, int]
    """The words of the passage that it has, from the first to behind the last."""
    pieces: tuple[Piece, ...]
    lost: tuple[Loss, ...]


def nearest(passage: str, text: str) -> Near | None:
    """The stretch of a text that has most of a passage's words in order; None where too few are."""
    written = fold(passage, joined=True)
    notes = NOTE.search(text) is None
    folded = fold(text, notes=notes)
    sought = tokens(written)
    row = tokens(folded, {token.text for token in sought})
    steps = _within(aligned(_cases(row), _cases(sought)), row, sought)
    same = sum(_words(row[step.start : step.end]) for step in steps if step.tag == "equal")
    total = max(1, _words(sought))
    if same < min(MIN_WORDS, total) or not steps:
        return None
    first, last = steps[0], steps[-1]
    start, end = folded.span(row[first.start].start, row[last.end - 1].end)
    there = row[first.start : last.end]
    sides = _Side(row, folded, text), _Side(sought, written, passage)
    pieces = tuple(_pieces(steps, *sides))
    covered = first.other_start, last.other_end
    quoted = written.text[sought[covered[0]].start : sought[covered[1] - 1].end]
    lost = tuple(losses(folded.text[there[0].start : there[-1].end], quoted))
    likeness = 2 * same / (total + _words(there))
    return Near(start, end, likeness, covered, pieces, lost)


def words_of(passage: str, start: int, end: int) -> str:
    """The stretch of a passage from one of its words and signs to another."""
    folded = fold(passage, joined=True)
    row = tokens(folded)[start:end]
    return passage[slice(*folded.span(row[0].start, row[-1].end))] if row else ""


def number_of(passage: str) -> int:
    """Words and signs of a passage."""
    return len(tokens(fold(passage, joined=True)))


def _cases(row: Sequence[Token]) -> list[str]:
    return [token.text.casefold() for token in row]


def _words(row: Sequence[Token]) -> int:
    return sum(token.is_word for token in row)


def _within(steps: Sequence[Step], row: Sequence[Token], sought: Sequence[Token]) -> list[Step]:
    """The steps of the passage itself: from the first to the last that are the same, without a few
    words that stand far from the rest by chance.
    """
    runs: list[list[Step]] = [[]]
    for step in steps:
        if step.tag != "equal" and _words(row[step.start : step.end]) > MAX_GAP:
            runs.append([])
        else:
            runs[-1].append(step)
    best = max(runs, key=lambda run: _same(run, row), default=[])
    best = _trimmed(best)
    while len(best) > 2 and _stray(best, row, 0):
        best = _trimmed(best[1:])
    while len(best) > 2 and _stray(best, row, -1):
        best = _trimmed(best[:-1])
    return _widened(best, row, sought)


def _widened(best: list[Step], row: Sequence[Token], sought: Sequence[Token]) -> list[Step]:
    """The steps with a few words at either end that the draft has otherwise, one for one."""
    if not best:
        return best
    first, last = best[0], best[-1]
    lead, tail = first.other_start, len(sought) - last.other_end
    before: list[Step] = []
    after: list[Step] = []
    if 0 < _words(sought[:lead]) <= MAX_AT_END:
        before = _beside(row, sought, (max(0, first.start - lead), first.start), (0, lead))
    if 0 < _words(sought[last.other_end :]) <= MAX_AT_END:
        end = min(len(row), last.end + tail)
        after = _beside(row, sought, (last.end, end), (last.other_end, len(sought)))
    return [*before, *best, *after]


def _beside(
    row: Sequence[Token],
    sought: Sequence[Token],
    there: tuple[int, int],
    here: tuple[int, int],
) -> list[Step]:
    """The steps between a stretch of the text and one of the passage."""
    return [
        Step(
            step.tag, step.start + there[0], step.end + there[0],
            step.other_start + here[0], step.other_end + here[0],
        )
        for step in aligned(_cases(row[slice(*there)]), _cases(sought[slice(*here)]))
    ]  # fmt: skip


def _same(run: Sequence[Step], row: Sequence[Token]) -> int:
    return sum(_words(row[step.start : step.end]) for step in run if step.tag == "equal")


def _trimmed(run: Sequence[Step]) -> list[Step]:
    equal = [at for at, step in enumerate(run) if step.tag == "equal"]
    return list(run[equal[0] : equal[-1] + 1]) if equal else []


def _stray(run: Sequence[Step], row: Sequence[Token], end: int) -> bool:
    """Whether the words at an end are fewer than those between them and the rest."""
    outer, gap = (run[0], run[1]) if end == 0 else (run[-1], run[-2])
    words = _words(row[outer.start : outer.end])
    return words < 3 and _words(row[gap.start : gap.end]) > 2 * words


class _Side(NamedTuple):
    """One of the two texts: its words and signs, and how it is written."""

    row: Sequence[Token]
    folded: Folded
    text: str

    def written(self, start: int, end: int) -> str:
        """A stretch of it, from one word or sign to another, as it is written."""
        row = self.row[start:end]
        return self.text[slice(*self.folded.span(row[0].start, row[-1].end))] if row else ""


def _pieces(steps: Sequence[Step], there: _Side, here: _Side) -> Iterator[Piece]:
    for step in steps:
        if step.tag == "equal":
            yield from _cased(step, there, here)
            continue
        source = there.written(step.start, step.end)
        draft = here.written(step.other_start, step.other_end)
        yield Piece(_changed(source, draft), source, draft)


def _changed(source: str, draft: str) -> PieceKind:
    """What was done to words of the source that the draft has otherwise."""
    in_source, in_draft = (any(map(str.isalnum, words)) for words in (source, draft))
    if not in_source:
        return "added" if in_draft else "signs"
    return "changed" if in_draft else "left out"


def _cased(step: Step, there: _Side, here: _Side) -> Iterator[Piece]:
    """The same words, apart where only the case of a letter differs."""
    shift = step.other_start - step.start
    same = [there.row[at].text == here.row[at + shift].text for at in range(step.start, step.end)]
    at = step.start
    for is_same, run in groupby(same):
        end = at + len(list(run))
        kind: PieceKind = "same" if is_same else "signs"
        yield Piece(kind, there.written(at, end), here.written(at + shift, end + shift))
        at = end
