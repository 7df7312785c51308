"""What became of each value of a record that somebody else wrote.

A reader enters every value that stands in the record before it takes any. What it has taken it
says; all else is left out, and told. So a value that no reader thought of is told too.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

NO_FIELD: Final = "sources have no such field"

MOST_TOLD: Final = 300
"""Characters of a value that a person is told; whole abstracts are left out."""

Shape = Callable[[str], str]
"""What of a word must be in the record, or be told: all of it, where there are no commands."""


class LeftOut(NamedTuple):
    """A value, or a piece of one, that did not come into the record."""

    field: str
    """Where it stood: `ISBN`, `author[0].suffix`."""
    value: str
    reason: str


class Ledger:
    """The values of one record, and what became of each."""

    def __init__(self, shape: Shape = str, letters: Shape = str) -> None:
        """`shape` is of a value as it stands there, `letters` of the text that was made of it."""
        self._shape = shape
        self._letters = letters
        self._values: dict[str, str] = {}
        self._within: dict[str, list[str]] = {}
        self._taken: dict[str, list[str]] = {}
        self._left: dict[str, list[LeftOut]] = {}

    def enter(self, field: str, value: Any) -> None:
        """A value as it stands, with all that is nested in it."""
        for where, leaf in leaves(value, field):
            self._values[where] = leaf
            for outer in around(where):
                self._within.setdefault(outer, []).append(where)

    def take(self, field: str, *texts: str) -> None:
        """That a value is in the record, as some texts; as it stands, if there are none."""
        self._taken.setdefault(field, []).extend(texts or [self._values.get(field, "")])

    def take_all(self, field: str) -> None:
        """That a value is in the record with all that is nested in it, in another form."""
        for where in self._within.get(field, ()):
            self.take(where)

    def leave(self, field: str, reason: str, value: str | None = None) -> None:
        """That a value, or a piece of it, is left out, and why."""
        held = [self._values[where] for where in self._within.get(field, ())]
        if said := " ".join(held) if value is None else value:
            self._left.setdefault(field, []).append(LeftOut(field, said, reason))

    def left_out(self) -> tuple[LeftOut, ...]:
        """All that is not in the record, in the order in which it stood there."""
        found: dict[LeftOut, None] = {}
        for where, value in self._values.items():
            said = [item for outer in around(where) for item in self._left.get(outer, ())]
            found |= dict.fromkeys(said)
            texts = [*self._taken.get(where, ()), *(item.value for item in said)]
            if missing := self._missing(value, " ".join(texts)):
                reason = "it is not understood" if texts else NO_FIELD
                found[LeftOut(where, " ".join(missing), reason)] = None
        return tuple(found)

    def _missing(self, value: str, texts: str) -> list[str]:
        """The words of a value that do not stand in some texts."""
        if value in texts:
            return []
        pool = self._letters(texts)
        return [word for word in value.split() if self._shape(word) not in pool]


def around(where: str) -> Iterator[str]:
    """The values around a nested one, from the outermost, and itself: `author`, `author[0]`."""
    for step in re.finditer(r"[.\[]", where):
        if step.start():
            yield where[: step.start()]
    yield where


def leaves(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """The texts and numbers in a value, each with the way to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{where}.{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{where}[{number}]")
    elif value is not None and str(value).strip():
        yield where, str(value).lower() if isinstance(value, bool) else str(value)


def told(left_out: Iterable[LeftOut]) -> Iterator[str]:
    """What was left out, in lines for a person: values that share a reason and a field as one."""
    groups: dict[tuple[str, str], list[str]] = {}
    for field, value, reason in left_out:
        top = re.split(r"[.\[]", field, maxsplit=1)[0] if reason == NO_FIELD else field
        groups.setdefault((top, reason), []).append(value)
    for (field, reason), values in groups.items():
        said = " ".join(" ".join(values).split())
        cut = f"{said[:MOST_TOLD]}… ({len(said):,} characters)" if len(said) > MOST_TOLD else said
        yield f"left out: {field}, {cut}: {reason}"
