"""What a target of an export keeps to: what it writes, what goes where, and what is counted that
does not go.

No models here: the table of targets is read at the start of the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from targetmarkets.exports.selection import Selection

CURATORS: Final = "names of curators"
LEFT_OUT: Final = "references to claims that the filters leave out"
AGAINST: Final = "denials and contradictions that the filters leave out of claims that go"

COMMON: Final[Mapping[str, str]] = {
    CURATORS: "given only where they are asked for, by --curators",
    LEFT_OUT: "their ids are given, and nothing else of these claims",
    AGAINST: "what goes reads as if nobody denied it: ask for more, or say so beside it",
}
"""What any target may have to leave out, whatever it can hold, and why."""


class Lost(NamedTuple):
    """One kind of thing that an export does not carry."""

    kind: str
    """What it is, in the plural."""
    number: int
    """How many of them there are."""
    why: str
    """Why, or where they are all the same."""


class Losses:
    """What an export does not carry, counted by kind as it is written."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        """`kinds` are those that a target cannot hold, each with the reason."""
        self._why = {**COMMON, **kinds}
        self._numbers = dict.fromkeys(self._why, 0)

    def note(self, kind: str, number: int = 1) -> None:
        """Count some more of a kind. Raises `KeyError` for one that the target does not declare."""
        self._numbers[kind] += number

    def __iter__(self) -> Iterator[Lost]:
        """The kinds of which there are any, in the order of their declaration."""
        return (Lost(kind, n, self._why[kind]) for kind, n in self._numbers.items() if n)


class Write(Protocol):
    """Writes what was selected to a file, which is new and empty, and gets its name when it is
    whole.

    What the target cannot hold is counted in `losses`, and stands in the file too. The same
    selection, by the same libraries, gives the same bytes: no times, no names of machines.
    """

    def __call__(self, selection: Selection, path: Path, losses: Losses, /) -> None:
        """Raises `TargetMarketsError`; an `OSError` of the file is told by who calls."""


class Export(NamedTuple):
    """A target, as its module has it."""

    write: Write
    carries: Mapping[str, str]
    """What it carries, and where: fields of the stored models, as `Claim.hedge`, or of what they
    are made of, as `Speaker.name`, each with its place in the export. It is what the page on
    exports shows, and what the tests rebuild and compare."""
    lacks: Mapping[str, str]
    """Kinds of things that it cannot hold, in the plural, each with the reason."""
