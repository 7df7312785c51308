r"""Where a sentence goes on over what stands at the foot and the head of pages and columns.

>>> text = "The Panel inspected the\n⁴ See annex.\n12\fReport\nship.⁴"
>>> as_read = AsRead.over(text, [(23, 47)])
>>> as_read.read
'The Panel inspected the\nship.⁴'
>>> as_read.inner(47), as_read.outer(24), as_read.outer(23)
(24, 47, 23)
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from targetmarkets.text.offsets import Span

if TYPE_CHECKING:
    from collections.abc import Iterable


class AsRead(NamedTuple):
    """A text, and the same as it is read, with the offsets of each in the other."""

    text: str
    """The text, character by character."""
    read: str
    """The text with a line end in place of what is passed over."""
    starts: array[int]
    """Of each stretch that is passed over, where it begins in the text."""
    ends: array[int]
    """Where it ends there."""
    places: array[int]
    """Where the line end in its place stands in what is read."""

    @classmethod
    def over(cls, text: str, breaks: Iterable[tuple[int, int]]) -> AsRead:
        """A text that is read over some stretches, in order."""
        starts, ends, places = array("q"), array("q"), array("q")
        pieces: list[str] = []
        done = length = 0
        for start, end in breaks:
            if not done <= start < end <= len(text):
                break
            pieces += text[done:start], "\n"
            length += start - done + 1
            done = end
            starts.append(start)
            ends.append(end)
            places.append(length - 1)
        read = "".join([*pieces, text[done:]]) if pieces else text
        return cls(text, read, starts, ends, places)

    def breaks(self) -> list[Span]:
        """The stretches that are passed over."""
        return [Span(*ends) for ends in zip(self.starts, self.ends, strict=True)]

    def outside(self, span: tuple[int, int]) -> Span:
        """A stretch of what is read, in the text."""
        return Span(*map(self.outer, span))

    def inner(self, offset: int) -> int:
        """An offset of the text in what is read."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0 or offset == self.starts[at]:
            return offset if at < 0 else self.places[at]
        return self.places[at] + 1 + max(0, offset - self.ends[at])

    def outer(self, offset: int) -> int:
        """An offset of what is read in the text."""
        at = bisect_right(self.places, offset) - 1
        if at < 0 or offset == self.places[at]:
            return offset if at < 0 else self.starts[at]
        return self.ends[at] + offset - self.places[at] - 1
