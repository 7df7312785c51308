"""What readers of documents have in common: what they give, and how they say what they cannot."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from targetmarkets.text.notes import is_note

UNREAD: Final = "\ufffd"
"""What stands where something could not be read. `model.gaps` says the same to those outside, and
is not imported here: it needs Pydantic.
"""

READER: Final = "reader 5"
"""Told with the name of each extractor; raised when what is made of a document changes."""

_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

PRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U0010ffff"
"""Characters of which each font decides what they are, as in a class of a pattern: the Unicode
Standard, 23.5.
"""

_UNKNOWN: Final = re.compile(f"{_CONTROLS.pattern}|[{PRIVATE}]")

Progress = Callable[[int, int], None]


class UnfitError(Exception):
    """What is wrong with a document, and what to do."""


@dataclass
class Gaps:
    """What could not be read, counted by kind and page."""

    counted: Counter[tuple[str, int]] = field(default_factory=Counter)

    def add(self, kind: str, page: int = 0, count: int = 1) -> None:
        """Count something on a page, by its place from 0."""
        if count:
            self.counted[kind, page] += count

    def listed(self, labels: Sequence[str]) -> list[dict[str, Any]]:
        """Each kind, with how many, and on which pages."""
        kinds = list(dict.fromkeys(kind for kind, _ in self.counted))
        return [{"kind": kind, **self._of(kind, labels)} for kind in kinds]

    def _of(self, kind: str, labels: Sequence[str]) -> dict[str, Any]:
        pages = sorted(page for name, page in self.counted if name == kind)
        count = sum(self.counted[kind, page] for page in pages)
        return {"count": count, "pages": [labels[page] for page in pages] if labels else []}


@dataclass
class Reading:
    """What was read from a document."""

    text: str
    extractor: str
    media_type: str = ""
    """What the document turned out to be; empty where it is what it was taken for."""
    labels: list[str] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)
    """What it says of itself, as `record.of` takes it."""
    gaps: Gaps = field(default_factory=Gaps)
    breaks: list[tuple[int, int]] = field(default_factory=list)
    """What stands between the halves of a sentence, in code points of the text."""


def first(values: Sequence[str]) -> str | None:
    """The first of several values, if there is one."""
    return values[0] if values else None


def clean(text: str, gaps: Gaps | None = None, page: int = 0) -> str:
    """A text without what cannot be in one: lone surrogates, and controls that end or hide it.

    With `gaps`, each leaves a mark and is counted, as what was there is not known, and so is what
    only its font knows.
    """
    text = text.encode("utf-8", "replace").decode()
    if gaps is None:
        return _CONTROLS.sub("", text)
    text, count = _UNKNOWN.subn(UNREAD, text)
    gaps.add("characters", page, count)
    return text


def holds_words(text: str) -> bool:
    """Whether there is more to a text than marks of what could not be read."""
    return bool(text.replace(UNREAD, "").strip())


_SCRIPTS: Final = {
    "raised": str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ"),
    "lowered": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}
_LEVEL: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
MARKS: Final = {"raised": ("⸢", "⸣"), "lowered": ("⸤", "⸥")}
"""What stands around words that are raised or lowered, where Unicode has no such characters. The
folding of passages knows them.
"""


def note(mark: str, before: str) -> str:
    """The mark of a note, after what stands on its line before it: so that it can be told from an
    exponent, raised digits only where they are none.
    """
    plain = mark.translate(_LEVEL)
    for opening, closing in MARKS.values():
        plain = plain.replace(opening, "").replace(closing, "")
    core = plain.strip()
    if not core or core == UNREAD:
        return mark
    opening, closing = MARKS["raised"]
    written = shifted(core, "raised")
    if written.startswith(opening) or not is_note(f"{before}{written}", len(before)):
        written = f"{opening}{core}{closing}"
    return plain.replace(core, written, 1)


def shifted(text: str, way: str) -> str:
    """Words that stand `raised` or `lowered` on their line, so that they cannot be taken for a part
    of the word or number beside them.
    """
    core = text.strip()
    if not core or core == UNREAD:
        return text
    start = text.index(core[0])
    table = _SCRIPTS[way]
    if all(ord(character) in table for character in core):
        core = core.translate(table)
    else:
        opening, closing = MARKS[way]
        core = f"{opening}{core}{closing}"
    return text[:start] + core + text[start + len(text.strip()) :]
