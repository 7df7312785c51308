"""Keep what a change was, and change back."""

from __future__ import annotations

import getpass
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from targetmarkets import limits
from targetmarkets.errors import ConflictError, UsageError
from targetmarkets.kb.files import sha256
from targetmarkets.kb.history import beside, lines_beside, number_of, with_standing
from targetmarkets.kb.replacing import write_bytes
from targetmarkets.model.types import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from targetmarkets.kb.history import PastChange, Versions
    from targetmarkets.model.stored import Stored
    from targetmarkets.writing.transaction import Transaction


_ORDER: Final = {word: number for number, word in enumerate(LISTS.values())}
"""The types in the order of the file: where a quotation goes, its source tells."""


def who() -> str:
    """The name of the user, as far as the system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return "unknown"


def now() -> str:
    """The time, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def keep(path: Path, after: bytes, why: str, objects: Mapping[str, Versions]) -> None:
    """Keep a change of a JSON file beside it, with those before that are still kept.

    Raises `OutputError` and `UnreadableError`.
    """
    before = lines_beside(path)
    change = {
        "number": number_of(before[-1]) + 1 if before else 1,
        "version": sha256(after),
        "at": now(),
        "who": who(),
        "why": why,
        "objects": {id_: [_body(item) for item in pair] for id_, pair in objects.items()},
    }
    kept = [json.dumps(change).encode()]
    left = limits.HISTORY.most - len(kept[0])
    for line in reversed(before[-limits.CHANGES.most + 1 :]):
        if (left := left - len(line)) < 0:
            break
        kept.append(line)
    write_bytes(beside(path), b"".join(line + b"\n" for line in reversed(kept)), like=path)


def _body(item: Stored | None) -> str | None:
    return item.model_dump_json(by_alias=True, exclude_defaults=True) if item else None


def to_undo(changes: Iterable[PastChange], number: int | None) -> PastChange:
    """The change that is meant, of all, the newest first: the last that stands, and did not undo
    another, unless one is named by its number. Raises `UsageError`.
    """
    for change, stands in with_standing(changes):
        if change.number == number and not stands:
            raise UsageError(f"change {number} was undone already", "tm log shows by which")
        if change.number == number or (number is None and stands and change.undoes is None):
            return change
    what = "to undo" if number is None else f"{number} that is known"
    raise UsageError(f"there is no change {what}", "tm log shows which are known")


def undo(transaction: Transaction, change: PastChange) -> list[str]:
    """Make every object of a change what it was before, and return their ids.

    Raises `ConflictError` where one was changed since.
    """
    objects = transaction.kb.objects
    for id_, (_, after) in change.objects.items():
        if objects.get(id_) != after:
            message = f"{id_} was changed since change {change.number}: nothing was undone"
            raise ConflictError(message, f"undo that first (tm log {id_}), or tm edit {id_}")
    transaction.remove(*(id_ for id_, (before, _) in change.objects.items() if before is None))
    was = [(before, after) for before, after in change.objects.values() if before]
    for before, after in sorted(was, key=lambda pair: _ORDER[pair[0].word()]):
        (transaction.add if after is None else transaction.replace)(before)
    return [*change.objects]
