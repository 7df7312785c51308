"""The sentences of a text. The rule is our own and simple: where one ends decides what is left over
of a source, and must not change under us.
"""

import re
from collections.abc import Iterator
from typing import Final

from targetmarkets.text.edges import whole
from targetmarkets.text.offsets import Span

_END: Final = re.compile(r'[.!?]["”’)]*[ \u00a0]+(?=["“‘(]*[A-Z0-9])')
"""Where a sentence may end within a line: a full stop, and a new beginning."""

_ABBREVIATION: Final = re.compile(r"(?:\b[A-Z]|\b[IVXLC]+|\b(?:Dr|Gen|Lt|Mr|Mrs|No|St|vs))$")
"""What stands before a full stop that ends no sentence: initials, numerals, short forms."""

_MAX_ABBREVIATION_LENGTH: Final = 20
"""Characters that are looked at for an abbreviation; no numeral of a chapter has as many."""

_WRAPPED: Final = re.compile(r"(?<![\n\f.!?:;”\"’)\]])[\n\f](?![\n\f])")
"""A line end after which a sentence may go on."""

_MAX_SENTENCE_LENGTH: Final = 600
"""Characters of its sentence that are looked at, before a passage and after it."""


def sentences(text: str) -> Iterator[Span]:
    """Where the sentences of a text begin and end, without the white space between them.

    A line end always ends a sentence; blank lines are none.
    """
    for offset, line in _lines(text):
        start = 0
        for match in _END.finditer(line):
            end = match.start()
            if not _ABBREVIATION.search(line, max(start, end - _MAX_ABBREVIATION_LENGTH), end):
                yield from _trimmed(line, offset, start, match.end())
                start = match.end()
        yield from _trimmed(line, offset, start, len(line))


def unwrapped(text: str) -> str:
    """A text of pages with spaces for the line ends that are those of the page, not of the text."""
    return _WRAPPED.sub(" ", text)


def around(text: str, start: int, end: int) -> Span:
    """A passage with the rest of the sentences, and of the words, in which it stands."""
    start, end = whole(text, start, end)
    first = max(0, start - _MAX_SENTENCE_LENGTH)
    window = unwrapped(text[first : end + _MAX_SENTENCE_LENGTH])
    touched = [
        sentence
        for sentence in sentences(window)
        if sentence.start < end - first and sentence.end > start - first
    ]
    starts, ends = [span.start + first for span in touched], [span.end + first for span in touched]
    return Span(min(starts, default=start), max(ends, default=end))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text and where they begin, one at a time: a list of many short ones takes ten
    times the room of the text.
    """
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, text[start:end]
        start = end + 1
    yield start, text[start:]


def _trimmed(line: str, offset: int, start: int, end: int) -> Iterator[Span]:
    words = line[start:end].strip()
    if words:
        first = offset + line.index(words, start)
        yield Span(first, first + len(words))
