"""`tm init`: a knowledge base of one's own."""

from typing import TYPE_CHECKING, Annotated

import typer

from targetmarkets.cli.output import emit, tell

if TYPE_CHECKING:
    from pathlib import Path

    from targetmarkets.kb.address import Address
    from targetmarkets.kb.paths import Place

EXAMPLES = (
    "tm init my-sanctions",
    "tm init from-scratch --empty",
    "tm init shared --git",
)


def command(
    folder: Annotated[
        str,
        typer.Argument(
            metavar="DIR",
            help="A folder that is empty or not there yet; with --git, also a workspace; an "
            "address; or a store of an older tm.",
            show_default=False,
        ),
    ],
    empty: Annotated[
        bool,
        typer.Option("--empty", help="Without any data, instead of a copy of the bundled ones."),
    ] = False,
    git: Annotated[
        bool,
        typer.Option(
            "--git", help="For people who share it by git: merged by meaning, with tm merge."
        ),
    ] = False,
) -> None:
    """Make a workspace: a knowledge base of your own, with its archived texts.

    It is a copy of the bundled one, or empty. In it and in the folders within it, tm answers from
    it, and says so; elsewhere --kb DIR or TM_KB names it. The README in it explains the rest. With
    --git, a workspace that is there gets the lines for git that it lacks, and nothing else changes.

    For a team on a server of PostgreSQL, name a database: postgresql://HOST/NAME. Where you may
    make no tables in it, the SQL is printed that its owner runs before you do it again.

    A store with the tables of an older tm, on a server or in a file, is brought to those of this.
    """
    from pathlib import Path

    from targetmarkets.errors import UsageError
    from targetmarkets.kb.address import Address, is_address
    from targetmarkets.kb.paths import FILE_NAME, is_store

    if not folder.strip():
        raise UsageError("the folder has no name", "name one that is empty or not there yet")
    place = Address(folder) if is_address(folder) else Path(folder)
    if git and isinstance(place, Address):
        raise UsageError("--git is for a folder", "leave it out")
    if not (empty or git) and is_store(place) and _is_brought_up(place):
        return
    if isinstance(place, Address):
        _on_server(place, empty=empty)
        return
    _refuse_file(place)
    if git and not empty and (there := place / FILE_NAME).is_file():
        _complete(there)
    else:
        _in_folder(place, empty=empty, git=git)


def _refuse_file(place: "Path") -> None:
    """Raise `UsageError` where a folder cannot be meant."""
    import shlex

    from targetmarkets.errors import UsageError
    from targetmarkets.kb.opening import load
    from targetmarkets.kb.paths import STORE_ENDING, is_store

    if place.is_file():
        if is_store(place):
            load(place)  # tells of one that is of a later version, or damaged
        remedy = "name a folder that is empty or not there yet; --kb names what is there"
        raise UsageError(f"{place} is a file, and not one of an older tm", remedy)
    if place.suffix in {STORE_ENDING, ".json"} and not place.exists():
        remedy = f"name a folder; tm copy bundled {shlex.quote(str(place))} makes such a file"
        raise UsageError(f"{place} is the name of a file, and this makes a folder", remedy)


def _in_folder(folder: "Path", *, empty: bool, git: bool) -> None:
    """Make a workspace."""
    import shlex

    from targetmarkets.cli.writing import after_saving
    from targetmarkets.formats.escape import visible
    from targetmarkets.kb.paths import BUNDLED
    from targetmarkets.writing.workspace import DRIVER, create

    path = create(folder, empty=empty, git=git)
    with after_saving(path):
        emit(visible(f"{path}") + "\n")
    name = str(path.parent)
    quoted = shlex.quote(f"./{name}" if name == BUNDLED else name)
    tell(f"{path.parent} is ready", f"cd {quoted}, and tm answers from it; elsewhere --kb {quoted}")
    if git:
        tell("once in each clone, so that git calls tm merge:", DRIVER)


def _is_brought_up(place: "Place") -> bool:
    """Whether a store was of an older version, and is of this one now."""
    from targetmarkets.cli.writing import after_saving
    from targetmarkets.formats.escape import visible
    from targetmarkets.kb.store.engine import ForbiddenError
    from targetmarkets.kb.store.migrating import for_owner, migrate, older_version

    version = older_version(place)
    if version is None:
        return False
    try:
        migrate(place)
    except ForbiddenError:
        emit(for_owner(version))
        raise
    with after_saving(place):
        emit(visible(f"{place}") + "\n")
    tell(f"{place} had tables of version {version}, and has those of this tm now")
    return True


def _on_server(address: "Address", *, empty: bool) -> None:
    """Make the knowledge base of a team, or print what its owner has to run first."""
    from targetmarkets.cli.documents import went_on
    from targetmarkets.cli.writing import after_saving
    from targetmarkets.kb.store.postgres.filling import NotAllowedError
    from targetmarkets.writing.making import make, statements

    try:
        make(address, empty=empty, went_on=went_on)
    except NotAllowedError:
        emit(statements())
        raise
    with after_saving(address):
        emit(f"{address}\n")
    tell(f"{address} is ready", "name it with --kb or TM_KB; docs/team.md has the roles")


def _complete(file: "Path") -> None:
    """Give a workspace that is there the lines for git that it lacks."""
    from targetmarkets.cli.writing import after_saving
    from targetmarkets.formats.escape import visible
    from targetmarkets.writing.workspace import DRIVER, share

    completed = share(file)
    with after_saving(file):
        emit(visible(f"{file}") + "\n")
    tell(f"completed: {', '.join(completed)}" if completed else "nothing was missing for git")
    tell("once in each clone, so that git calls tm merge:", DRIVER)
