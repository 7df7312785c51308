"""A draft that was read: its paragraphs, and the way back to the places in its file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from targetmarkets.text.offsets import offsets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, an item or a cell: text without mark-up."""

    text: str
    places: Sequence[int]
    """Of each character, where it stands in the text of the file; empty where that is no text."""
    number: int
    """Which paragraph of the draft it is, from 1."""
    quoted: bool = False
    """Whether it is a block quotation."""
    note: str | None = None
    """Label of the note whose text it is."""

    def place(self, offset: int) -> int | None:
        """Where a character stands in the text of the file."""
        if not self.places:
            return None
        return self.places[min(offset, len(self.places) - 1)]

    def stretch(self, start: int, end: int) -> tuple[int, int] | None:
        """The same of a stretch of its text."""
        if not self.places or not start < end:
            return None
        return self.places[start], self.places[end - 1] + 1


class Mark(NamedTuple):
    """A claim that a draft names in a comment or an attribute."""

    claim: str
    place: int
    """Where that stands in the text of the file."""


class Gap(NamedTuple):
    """What of a draft was not read."""

    what: str
    """What it is."""
    place: int | None
    """Where it stands in the text of the file, if that is a text."""
    paragraph: int | None = None


class Position(NamedTuple):
    """A place in a text as people count: both from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Draft:
    """What was read of a draft."""

    name: str
    """The file, as it was named."""
    kind: str
    """What it is, such as `Markdown`."""
    blocks: Sequence[Block]
    source: str | None = None
    """The text of the file; None where it is no text whose lines a person sees."""
    marks: Sequence[Mark] = ()
    gaps: Sequence[Gap] = ()
    keys_are_bare: bool = False
    """Whether `@key` without brackets is a citation whatever it names, as in Markdown."""
    _starts: list[int] = field(default_factory=list, compare=False, repr=False)

    @cached_property
    def notes(self) -> Mapping[str, Sequence[Block]]:
        """The paragraphs of notes, by label."""
        found: dict[str, list[Block]] = {}
        for block in self.blocks:
            if block.note is not None:
                found.setdefault(block.note, []).append(block)
        return found

    def line(self, place: int | None) -> int | None:
        """The line of a place in the text of the file, from 1."""
        position = self.position(place)
        return position.line if position else None

    def position(self, place: int | None) -> Position | None:
        """Line and column of a place in the text of the file."""
        if place is None or self.source is None:
            return None
        if not self._starts:
            self._starts[:] = [0, *(at + 1 for at in offsets(self.source, "\n"))]
        line = bisect_right(self._starts, place)
        return Position(line, place - self._starts[line - 1] + 1)
