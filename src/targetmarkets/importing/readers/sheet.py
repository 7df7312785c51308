"""A text that is put together piece by piece, laid out as it is shown."""

import re
from typing import Final, NamedTuple

from targetmarkets.importing.readers.reading import UNREAD, note, shifted

_SPACE: Final = re.compile(r"[ \t\r\n\f]+")

_PARTS_BEFORE: Final = 6
_MOST_BEFORE: Final = 24
"""How much of what stands before the mark of a note tells how it is written."""

Way = str
"""`raised`, `lowered`, or `note`: raised, and the mark of one."""


class _Shift(NamedTuple):
    way: Way
    start: int


class Sheet:
    """Words, with the line ends that are asked for between them: the most of those that meet."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._breaks = 0
        self._spaced = True  # whether a space here would be one too many
        self._shifts: list[_Shift] = []

    def words(self, text: str, *, exact: bool = False) -> None:
        """Add text; its white space is that of a line, unless it is `exact`."""
        if exact:
            self._add(text.replace("\r\n", "\n"))
            return
        text = _SPACE.sub(" ", text)
        if self._spaced and text.startswith(" "):
            text = text[1:]
        if text:
            self._spaced = text.endswith(" ")
            self._add(text)

    def line(self, number: int = 1) -> None:
        """End the line; with 2, leave one empty."""
        self._spaced = True
        self._breaks = max(self._breaks, number)

    def cell(self) -> None:
        """End a cell of a table."""
        self._spaced = True
        self._add("\t")

    def unread(self) -> None:
        """Mark that something stands here which could not be read."""
        self._spaced = False
        self._add(UNREAD)

    def begin(self, way: Way) -> None:
        """Raise or lower what follows."""
        self._flush()
        self._shifts.append(_Shift(way, len(self._parts)))

    def end(self) -> None:
        """End what was raised or lowered last."""
        way, start = self._shifts.pop()
        text = "".join(self._parts[start:])
        if way == "note":
            before = "".join(self._parts[max(0, start - _PARTS_BEFORE) : start])
            self._parts[start:] = [note(text, before[-_MOST_BEFORE:])]
        else:
            self._parts[start:] = [shifted(text, way)]

    def text(self) -> str:
        """All of it."""
        return "".join(self._parts).rstrip() + "\n"

    def _add(self, text: str) -> None:
        if text:
            self._flush()
            self._parts.append(text)

    def _flush(self) -> None:
        if self._breaks and self._parts:
            self._parts[-1] = self._parts[-1].rstrip(" \t")
            self._parts.append("\n" * self._breaks)
        self._breaks = 0
