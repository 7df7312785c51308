"""What a draft says beside a quotation: which work it cites, and who it says is speaking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from targetmarkets.checking.citing import Cited, citations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from targetmarkets.checking.draft import Block

MAX_GAP: Final = 120
"""Characters between a quotation and a citation that goes with it."""

_NOTE: Final = re.compile(r"\[\^([^\]\s]+)\]")
_SENTENCE_END: Final = re.compile(r"[.!?][”’\"')\]]*\s+(?=[“‘\"'(\[]*[A-Z0-9])")
_SAYS: Final = (
    r"(?:says?|said|tells?|told|writes?|wrote|written|adds?|added|argues?|argued|notes?|noted"
    r"|reports?|reported|claims?|claimed|continues?|continued|concludes?|concluded|warns?|warned"
    r"|observes?|observed|explains?|explained|puts? it|states?|stated|calls?|called|describes?"
    r"|described|quotes?|quoted|remarks?|remarked|finds?|found|holds?|held)"
)


def beside(
    block: Block,
    start: int,
    end: int,
    others: Sequence[tuple[int, int]],
    notes: Mapping[str, Sequence[Block]],
) -> tuple[Cited, ...]:
    """The citations that go with the quotation between two characters of a paragraph.

    First what follows it in its sentence, in brackets or in a note; else the key before it there.
    `others` are the quotations of the paragraph: one between them stops the search, unless both
    are of one sentence.
    """
    text = block.text
    found = citations(text)
    behind = [cited for cited in found if cited.start >= end]
    if behind and _goes_with(text, end, behind[0].start):
        group = behind[0]
        return tuple(
            cited
            for cited in behind
            if cited.start == group.start or (not cited.bracketed and cited.start < group.end)
        )
    for match in _NOTE.finditer(text, end, min(len(text), end + MAX_GAP)):
        if _goes_with(text, end, match.start()):
            return tuple(c for note in notes.get(match[1], ()) for c in citations(note.text))
    before = [cited for cited in found if cited.end <= start]
    if (
        before
        and not _SENTENCE_END.search(text, before[-1].end, start)
        and not any(
            before[-1].end <= first and last <= start and _closes(text, last, found)
            for first, last in others
        )
    ):
        return tuple(cited for cited in before if cited.start == before[-1].start)
    return ()


def _closes(text: str, end: int, found: Iterable[Cited]) -> bool:
    """Whether a quotation has a citation of its own right behind it."""
    return any(0 <= cited.start - end <= 3 for cited in found)


def _goes_with(text: str, end: int, start: int) -> bool:
    """Whether a citation goes with the quotation before it: no other sentence begins between."""
    if start - end > MAX_GAP:
        return False
    gap = text[max(0, end - 1) : start] + "("
    return all(match.end() >= len(gap) - 1 for match in _SENTENCE_END.finditer(gap))


def speaker(text: str, start: int, end: int, names: Mapping[str, str]) -> str | None:
    """The speaker whom a sentence names beside a quotation, by one of some names in small letters,
    each with the name in full; None where it names nobody, or somebody else.
    """
    near = text[max(0, start - 200) : end + 100].lower()
    there = [name for name in names if name in near]
    if not there:
        return None
    one = "|".join(sorted(map(re.escape, there), key=len, reverse=True))
    before = text[max(0, start - 200) : start].lower()
    if ends := list(_SENTENCE_END.finditer(text[max(0, start - 200) : start])):
        before = before[ends[-1].end() :]
    after = text[end : end + 100].lower()
    name = rf"\b(?P<name>{one})(?:['’]s)?"
    patterns = (
        (rf"{name}\s+(?:\w+\s+){{0,2}}{_SAYS}\b[^.!?“”\"]{{0,60}}$", before),
        (
            rf"\b(?:according to|in the words of)\s+(?:the\s+)?{name}[,:]?[^.!?“”\"]{{0,30}}$",
            before,
        ),
        (rf"{name}:\s*$", before),
        (rf"^\W{{0,3}}\s*(?:the\s+)?{name}\s+(?:\w+\s+){{0,1}}{_SAYS}\b", after),
        (rf"^\W{{0,3}}\s*{_SAYS}\s+(?:the\s+)?{name}\b", after),
        (rf"^\W{{0,3}}\s*(?:according to|in the words of)\s+(?:the\s+)?{name}\b", after),
    )
    for pattern, where in patterns:
        if found := re.search(pattern, where):
            return names[found["name"]]
    return None
