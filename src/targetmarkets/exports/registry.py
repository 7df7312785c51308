"""The targets of exports. One is a file and an entry here.

No models here: options and completion are read from this table at the start of the program.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.errors import UsageError, shorten
from targetmarkets.text.spelling import SHORTEST_TERM, spelt_like

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from targetmarkets.exports.interface import Export, Losses
    from targetmarkets.kb.filters import Filters
    from targetmarkets.kb.knowledge import Knowledge


class Target(NamedTuple):
    """A target, as the command line knows it."""

    name: str
    module: str
    """Its module in this room, which holds an `EXPORT`."""
    ending: str
    """What the names of its files end in."""
    purpose: str
    """What reads it, in a few words."""

    @property
    def export(self) -> Export:
        """What it does. Imports its module."""
        found: Export = import_module(f"targetmarkets.exports.{self.module}").EXPORT
        return found


TARGETS: Final[Mapping[str, Target]] = {
    target.name: target
    for target in (
        Target("sqlite", "sqlite", ".db", "one database, for Datasette and SQL"),
        Target("ftm", "ftm", ".ftm.json", "FollowTheMoney, for OpenAleph"),
        Target("datapackage", "datapackage", ".zip", "CSV files with a schema, for repositories"),
        Target("hypothesis", "hypothesis", ".json", "what the client of Hypothesis imports"),
        Target("annotations", "annotations", ".jsonld", "W3C annotations of the quotations"),
    )
}
"""Every target by its name, in the order of the help."""


def as_target(name: str) -> Target:
    """The target that is meant. Raises `UsageError`."""
    if name.lower() in TARGETS:
        return TARGETS[name.lower()]
    near = spelt_like(name.lower(), TARGETS, shortest=SHORTEST_TERM)
    remedy = f"did you mean {near[0]}?" if near else f"choose from: {', '.join(TARGETS)}"
    raise UsageError(f"there is no export to {shorten(name)}", remedy)


def refuse_other_ending(target: Target, file: str) -> None:
    """Raise `UsageError` where the ending of a file is that of another target: the longest that
    fits, as `.ftm.json` is also `.json`.
    """
    called = file.lower()
    fitting = [each for each in TARGETS.values() if called.endswith(each.ending)]
    meant = max(fitting, key=lambda each: len(each.ending), default=target)
    if meant != target:
        message = (
            f"{shorten(file)} ends as an export to {meant.name} does, and not to {target.name}"
        )
        raise UsageError(message, f"end it in {target.ending}, or export to {meant.name}")


def export(
    kb: Knowledge, target: Target, path: Path, filters: Filters, *, curators: bool = False
) -> Losses:
    """Write what the filters choose of a knowledge base to a file, whole or not at all, and return
    what it does not carry.

    `curators` has it give the names of curators. Raises `RequestError`, `DataError` and
    `OutputError`.
    """
    from targetmarkets.exports.interface import Losses
    from targetmarkets.exports.selection import Selection
    from targetmarkets.kb.replacing import write_with

    _refuse_store(path)
    exports = target.export
    losses = Losses(exports.lacks)
    selection = Selection(kb, filters, losses, curators=curators)
    write_with(path, lambda new: exports.write(selection, new, losses))
    return losses


def _refuse_store(path: Path) -> None:
    """Raise `UsageError` where a store of a knowledge base would be written over."""
    from targetmarkets.kb.paths import is_store
    from targetmarkets.kb.store.sqlite import APPLICATION  # brings databases

    if is_store(path):
        with path.open("rb") as file:
            file.seek(68)  # https://www.sqlite.org/fileformat.html: the application's number
            if int.from_bytes(file.read(4)) == APPLICATION:
                message = f"{path} is a knowledge base, and is not written over"
                raise UsageError(message, "name another file")
