"""What was changed in a knowledge base: of a file, kept in another beside it; of a store, in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from targetmarkets.errors import OutputError, UnreadableError
from targetmarkets.kb.files import read_bytes
from targetmarkets.model.objects import STORED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from targetmarkets.model.stored import Stored

Versions = tuple["Stored | None", "Stored | None"]
"""What an object was before a change and what it became; None where it was not there."""

UNDOING: Final = "tm undo "
"""What stands before the number of the change that another one undid, as what that was for."""


class PastChange(NamedTuple):
    """One change, as it was saved."""

    number: int
    """Its number; a later one has a greater."""
    version: str
    """The version that it made of the knowledge base."""
    at: str
    """When, in UTC, as in ISO 8601."""
    who: str
    why: str
    """The command that made it, or the reason that was given."""
    objects: Mapping[str, Versions]
    """Every object that it changed, by its id."""

    @property
    def undoes(self) -> int | None:
        """The number of the change that it undid."""
        number = self.why.removeprefix(UNDOING)
        return int(number) if self.why.startswith(UNDOING) and number.isdecimal() else None


def with_standing(changes: Iterable[PastChange]) -> Iterator[tuple[PastChange, bool]]:
    """Changes, the newest first, each with whether it stands: it does not if it was undone, unless
    that was undone in turn.
    """
    undone: set[int] = set()
    for change in changes:
        stands = change.number not in undone
        if change.undoes is not None and stands:
            undone.add(change.undoes)
        yield change, stands


def stored_in(body: str | None) -> Stored | None:
    """The object that a text of JSON is, whatever its type. Raises `ValueError`."""
    from pydantic import ValidationError

    if body is None:
        return None
    for model in STORED.values():
        try:
            return model.model_validate_json(body)
        except ValidationError:
            continue
    raise ValueError("this is no object")


def beside(path: Path) -> Path:
    """The file that keeps the history of a JSON file. Raises `OutputError` for a link, which
    may lead anywhere.
    """
    history = path.with_name(f".{path.name}.history")
    if history.is_symlink():
        raise OutputError(f"{history} is a link, and no history of ours", "delete it")
    return history


def lines_beside(path: Path) -> list[bytes]:
    """Its lines, each a change, the oldest first. Raises `UnreadableError`."""
    history = beside(path)
    return read_bytes(history).splitlines() if history.exists() else []


def history_beside(path: Path, ids: Sequence[str] = ()) -> Iterator[PastChange]:
    """The changes of a JSON file that are known, or those of some objects, the newest first.

    Raises `UnreadableError`.
    """
    for number, line in reversed([*enumerate(lines_beside(path), start=1)]):
        try:
            change = _read(json.loads(line))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            message = f"{beside(path)}, line {number}: this is no change"
            remedy = "take that line out; the knowledge base itself needs none of them"
            raise UnreadableError(message, remedy) from error
        if not ids or not change.objects.keys().isdisjoint(ids):
            yield change


def _read(row: Mapping[str, Any]) -> PastChange:
    """A change from a line. Raises `ValueError`, `LookupError`, `TypeError`, `AttributeError`."""
    objects = {
        id_: (stored_in(before), stored_in(after))
        for id_, (before, after) in row["objects"].items()
    }
    version, at, who, why = (str(row[name]) for name in ("version", "at", "who", "why"))
    return PastChange(int(row["number"]), version, at, who, why, objects)


def number_of(line: bytes) -> int:
    """The number of the change of a line; 0 where that is none."""
    try:
        return int(json.loads(line)["number"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return 0
