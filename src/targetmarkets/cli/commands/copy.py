"""`tm copy`: a knowledge base in another place, or in another kind of store."""

from typing import Annotated

import typer

EXAMPLES = (
    "tm copy DIR sanctions.sqlite",
    "tm copy sanctions.sqlite published",
    "tm copy bundled mine.sqlite",
)


def command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FROM",
            help="A JSON file, the folder of one, a store, or an address; bundled is the one that "
            "comes with tm.",
            show_default=False,
        ),
    ],
    target: Annotated[
        str,
        typer.Argument(
            metavar="TO",
            help="Where nothing is yet: an address (postgresql://…), a store if it ends in "
            ".sqlite, a JSON file if in .json, else a folder for one.",
            show_default=False,
        ),
    ],
) -> None:
    """Copy a knowledge base with its archived texts, whole or not at all.

    A store is one file of SQLite that serves a million claims, where a JSON file is for what
    people read, compare and put under version control; a database on a server of PostgreSQL is for
    a team. What is copied out of a store is the file that was copied in, in its canonical form
    (tm fmt). The history of a store stays where it is. A copy to a server that was broken off goes
    on when the same command is run again.
    """
    from pathlib import Path

    from targetmarkets.cli.documents import progress, went_on
    from targetmarkets.cli.output import emit, tell
    from targetmarkets.cli.writing import after_saving
    from targetmarkets.errors import UsageError
    from targetmarkets.formats.escape import visible
    from targetmarkets.kb.address import Address, is_address
    from targetmarkets.writing.copying import copy

    if not source.strip() or not target.strip():
        raise UsageError("a name is empty", "name what is copied, and where to")
    with progress("objects") as report:
        place = Address(target) if is_address(target) else Path(target)
        path = copy(source, place, report, went_on)
    with after_saving(path):
        emit(visible(f"{path}") + "\n")
    tell(f"copied to {path}")
