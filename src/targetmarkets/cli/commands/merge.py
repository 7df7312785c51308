"""`tm merge`: two versions of a file that come from one."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from targetmarkets.cli.errors import FOUND_EXIT_CODE
from targetmarkets.cli.options import (
    DryRun,
    Json,
    NoColor,
    ReportFormat,
    destination_of,
    format_of,
)
from targetmarkets.cli.output import tell
from targetmarkets.formats.registry import REPORT_FORMATS

if TYPE_CHECKING:
    from targetmarkets.kb.json_file import FileKnowledge
    from targetmarkets.records.reports import MergeRecord
    from targetmarkets.writing.branches import Into

EXAMPLES = (
    "tm merge old.json DIR/customers.json new.json --json",
    "tm merge old.json DIR/customers.json new.json --output merged.json",
)


def _version(metavar: str, about: str) -> Any:
    return typer.Argument(metavar=metavar, help=about, show_default=False)


def command(
    context: typer.Context,
    base: Annotated[str, _version("BASE", "The version that both come from; may be empty.")],
    ours: Annotated[str, _version("OURS", "One of the two; the result takes its place.")],
    theirs: Annotated[str, _version("THEIRS", "The other.")],
    result: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the result there, and leave OURS as it is.",
            show_default=False,
        ),
    ] = None,
    path: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="For git: the file of which all three are versions. The archived texts are beside "
            "it, or in the history.",
            show_default=False,
        ),
    ] = None,
    dry_run: DryRun = False,
    format_: ReportFormat = None,
    json: Json = False,
    no_color: NoColor = False,
) -> None:
    """Merge two versions of a JSON file by meaning, object by object.

    What one side added, changed or removed is taken from it. Where both changed one object, its
    fields are merged if no field was changed by both; a claim or a quotation is taken as a whole.
    The rest is a conflict: the result has our version, both are shown, and the exit code is 1. So
    it is where something holds of each side and not of both together. The result is proved first.

    As a merge driver git calls it by itself: tm init --git.
    """
    from pathlib import Path

    from targetmarkets.cli.writing import after_saving
    from targetmarkets.formats.registry import set_report
    from targetmarkets.kb.paths import file_of
    from targetmarkets.writing.branches import Into, merge_files
    from targetmarkets.writing.transaction import writable

    to = destination_of(context, None, no_color)
    chosen_format = format_of(format_, json, REPORT_FORMATS, "text")
    _refuse_contradictions(result, path)
    of_git = Path(path) if path is not None else None
    where = Into(file_of(writable(result or ours), "a merge"), of_git)
    mine = ours if result else str(where.file)
    record = merge_files(_read(base), lambda: _read(mine), _read(theirs), where, dry_run=dry_run)
    with after_saving(where.file):
        if not record.ok or chosen_format != "text" or dry_run:
            to.emit(set_report(record, chosen_format, to.look))
    _say(record, where)
    if not record.ok:
        raise typer.Exit(FOUND_EXIT_CODE)


def _read(name: str) -> "FileKnowledge":
    """A version: a JSON file, a pipe, or stdin for `-`. Raises `UsageError` for a store."""
    from pathlib import Path

    from targetmarkets import limits
    from targetmarkets.cli.writing import read_argument
    from targetmarkets.errors import UsageError
    from targetmarkets.kb.address import Address
    from targetmarkets.kb.paths import is_store, locate
    from targetmarkets.writing.branches import read_version

    path = Path(name) if name == "-" or Path(name).is_fifo() else locate(name)
    if isinstance(path, Address) or is_store(path):
        message = f"{path} is a store, and versions are merged as JSON files"
        raise UsageError(message, "tm copy makes a file of a store, and a store of a file")
    return read_version(read_argument(str(path), limits.KNOWLEDGE_BASE), path)


def _refuse_contradictions(result: str | None, path: str | None) -> None:
    """Raise `UsageError` for names of files that are none, or not meant to go together."""
    from targetmarkets.errors import UsageError

    if result is not None and path is not None:
        raise UsageError("--output and --path contradict", "leave one of them out")
    if result is not None and (not result.strip() or result == "-"):
        raise UsageError("--output needs the name of a file", "name one, or leave it out")
    if path is not None and not path.strip():
        raise UsageError("--path is empty", "name the file, as git does with %P")


def _say(record: "MergeRecord", where: "Into") -> None:
    """Tell what came of a merge, and what is to be done next."""
    count = len(record.changes)
    tell(f"{count} object{'s' * (count != 1)} came in" if record.written else "nothing was written")
    if record.conflicts:
        tell(
            f"{len(record.conflicts)} in conflict: {where.beside} has our version of each",
            "tm edit ID settles one; git add tells git that all are",
        )
    if record.findings:
        tell("the two do not hold together", "mend what is listed; tm verify lists it too")
