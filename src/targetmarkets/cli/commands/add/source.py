"""`tm add source`."""

from typing import TYPE_CHECKING, Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.commands.add.work import Recorded, WorkFields
from targetmarkets.cli.options import DryRun, Id, IfVersion, Kb, NoColor, NoInput
from targetmarkets.cli.output import tell
from targetmarkets.cli.several import Several, spread

if TYPE_CHECKING:
    from targetmarkets.importing.bibliography import Imported

EXAMPLES = (
    "tm add source report.txt --title 'A report' --descriptor 'A report by us.' --kb DIR",
    "tm add source --record works.json --key smith-2026 --descriptor 'A book.' --kb DIR",
)


File = Annotated[
    str | None,
    typer.Argument(
        metavar="FILE|-",
        help="PDF, HTML, MHTML, DOCX, ODT, EPUB, EML or text, to be archived; - is stdin. "
        "Without one, the source is only referred to, and cannot be quoted.",
        show_default=False,
    ),
]
Descriptor = Annotated[
    str,
    typer.Option(
        metavar="TEXT",
        help="One sentence: what it is, who made it, its limits.",
        show_default=False,
    ),
]
ReportsOn = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ID",
        help="A source that it reports on or is part of; repeatable.",
        autocompletion=complete.ids("sources"),
    ),
]


@spread
def command(
    context: typer.Context,
    file: File = None,
    *,
    descriptor: Descriptor = "",
    recorded: Annotated[Recorded, Several.of(Recorded)],
    given: Annotated[WorkFields, Several.of(WorkFields)],
    reports_on: ReportsOn = None,
    id_: Id = None,
    no_input: NoInput = False,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add a source, and archive its document with the text extracted from it. Prints its id.

    The bibliographic record comes from options, or else from --record, or else from what the
    document says of itself. A source that is there already, by its document, DOI or address, is
    completed: what it lacks is added, what differs is kept, and both are told. On a terminal, what
    is missing is asked for, and what the document says of itself is proposed.
    """
    from targetmarkets.cli.describing import described, is_known
    from targetmarkets.cli.documents import read_document, say_of
    from targetmarkets.cli.writing import beginning, show_change
    from targetmarkets.importing.bibliography import no_title
    from targetmarkets.importing.references.ledger import told
    from targetmarkets.writing.archiving import SourceDraft, draft_source
    from targetmarkets.writing.known_works import completed, known_work

    imported = _imported(recorded)
    fields, key = (imported.fields, imported.key) if imported else ({}, None)
    record = {**fields, **given.record()}
    draft = SourceDraft(id_ or key, descriptor, record, reports_on or ())
    document = read_document(file) if file is not None else None
    if not is_known(context, kb, draft, document):
        if imported and file is None:
            no_title(draft.record, imported.left_out)
        draft = described(draft, document, no_input=no_input)
    with beginning(context, kb, dry_run=dry_run, if_version=if_version) as transaction:
        known = known_work(transaction.kb, draft, document)
        if known is not None:
            source, files, remarks = completed(transaction.kb, known, draft, document)
            if source != known.source:
                transaction.replace(source)
        else:
            source, files = draft_source(transaction.kb, draft, document)
            remarks = ()
            transaction.add(source)
        transaction.archive(files)
        done = transaction.commit()
    show_change(context, done, [source.id], dry_run=dry_run)
    for message, remedy in remarks:
        tell(message, remedy)
    if document and known is None and (proposed := document.proposed(draft.record)):
        tell(f"taken from the document itself: {proposed}", f"tm edit {source.id} corrects it")
    if document and files:
        say_of(document)
    for line in told(imported.left_out) if imported else ():
        tell(line)


def _imported(recorded: Recorded) -> "Imported | None":
    """The record that is meant, if one is."""
    from targetmarkets.cli.writing import read_text_argument
    from targetmarkets.errors import UsageError
    from targetmarkets.importing.bibliography import read_record

    record, key = recorded
    if key is not None and record is None:
        raise UsageError("--key goes with --record, which is not given", "give --record too")
    return read_record(read_text_argument(record), key) if record else None
