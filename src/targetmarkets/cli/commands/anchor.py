"""`tm anchor`: carry quotations over to a better extraction of a text."""

from contextlib import nullcontext
from typing import Annotated

import typer

from targetmarkets.cli.errors import FOUND_EXIT_CODE
from targetmarkets.cli.options import (
    ArchivedSource,
    DryRun,
    IfVersion,
    Json,
    Kb,
    NoColor,
    ReportFormat,
    destination_of,
    format_of,
)
from targetmarkets.cli.output import tell
from targetmarkets.formats.registry import REPORT_FORMATS

EXAMPLES = (
    "tm anchor nknews-2015 better.txt --kb DIR",
    "tm anchor nknews-2015 better.txt --passage 'nknews-last-group=One last group' --kb DIR",
)


File = Annotated[
    str | None,
    typer.Argument(
        metavar="FILE|-",
        help="The new text, or a document to extract it from; - is stdin. Without one, the "
        "archived document is extracted again.",
        show_default=False,
    ),
]
Passage = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ID=TEXT",
        help="The passage of the new text that a quotation is to have; repeatable.",
    ),
]


def command(
    context: typer.Context,
    source: ArchivedSource,
    file: File = None,
    passage: Passage = None,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    format_: ReportFormat = None,
    json: Json = False,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Replace the archived text of a source, and carry its quotations over.

    Each is kept, moved, normalised, ambiguous or lost. The new text is taken only if all have a
    certain place; else nothing is changed, the exit code is 1, and --passage settles the rest. The
    old text stays in the folder.
    """
    from targetmarkets.cli.documents import read_document, say_of
    from targetmarkets.cli.writing import after_saving, beginning
    from targetmarkets.formats.registry import set_report
    from targetmarkets.writing.archiving import new_text
    from targetmarkets.writing.drafts import choices

    to = destination_of(context, None, no_color)
    chosen_format = format_of(format_, json, REPORT_FORMATS, "text")
    document = read_document(file) if file is not None else None
    with beginning(context, kb, dry_run=dry_run, if_version=if_version) as transaction:
        carried = new_text(transaction.kb, source, document, choices(passage or ()))
        transaction.replace(*carried.items)
        transaction.archive(carried.files)
        done = transaction.commit()
    record = carried.record.model_copy(update={"applied": carried.record.applied and not dry_run})
    with after_saving(done.after.path) if carried.items and not dry_run else nullcontext():
        if carried.document:
            say_of(carried.document)
        to.emit(set_report(record, chosen_format, to.look))
    if not record.certain:
        tell(
            "nothing was changed: not all quotations have a certain place", "settle with --passage"
        )
        raise typer.Exit(FOUND_EXIT_CODE)
    if dry_run:
        tell("nothing was changed: this was a dry run")
    elif not record.applied:
        tell("nothing was changed: everything is recorded so already")
