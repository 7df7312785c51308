"""What belongs to a block quotation, and what stands beside it in its lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from targetmarkets.checking import marks
from targetmarkets.checking.citing import citations

if TYPE_CHECKING:
    from targetmarkets.checking.citing import Cited

_CREDIT: Final = re.compile(r"\n[ \t]*(?:—|–|--)[^\n]{1,200}\n?\Z")
"""A last line that says whose words these are."""

_NOTES: Final = re.compile(r"(?:\s?\[\^[^\]\s]{1,100}\])+\s?\Z")


def quoted_sentence(text: str) -> tuple[int, int]:
    """The stretch of a block quotation that is quoted."""
    end = len(text)
    if credit := _CREDIT.search(text):
        end = credit.start()
    while True:
        before = end
        for cited in citations(text):
            if not text[cited.end : end].strip(" \n().,") and cited.bracketed and cited.start < end:
                end = cited.start
        if note := _NOTES.search(text, 0, end):
            end = note.start()
        if end == before:
            break
    stretch = text[:end]
    start = len(stretch) - len(stretch.lstrip())
    end = len(stretch.rstrip())
    spans = marks.quotations(text[start:end]).found
    if len(spans) == 1 and spans[0].start <= 2 and spans[0].end >= end - start - 2:
        return start + spans[0].start, start + spans[0].end
    return start, end


def cited_sentence(text: str) -> tuple[Cited, ...]:
    """The citation at the end of the sentence that introduces a block quotation."""
    found = citations(text)
    if not found or len(text) - found[-1].end > 120:
        return ()
    return tuple(cited for cited in found if cited.start == found[-1].start)
