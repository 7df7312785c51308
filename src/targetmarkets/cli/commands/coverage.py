"""`tm coverage`: which sentences of a source claims use."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.errors import FOUND_EXIT_CODE
from targetmarkets.cli.loading import open_knowledge
from targetmarkets.cli.options import (
    Json,
    Kb,
    NoColor,
    Output,
    ReportFormat,
    destination_of,
    format_of,
    knowledge_base,
)
from targetmarkets.cli.output import tell
from targetmarkets.formats.registry import REPORT_FORMATS

EXAMPLES = (
    "tm coverage",
    "tm coverage rusi-2015",
    "tm coverage --format tsv --report-only",
)


def command(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Archived sources; all of them unless told.",
            autocompletion=complete.ids("sources"),
            show_default=False,
        ),
    ] = None,
    report_only: Annotated[
        bool, typer.Option("--report-only", help="Exit with 0 even if sentences are left over.")
    ] = False,
    format_: ReportFormat = None,
    json: Json = False,
    output: Output = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Show which sentences of a source are cited, set aside, or left over.

    Every sentence of an archived text should be cited by a claim, or set aside with a reason.
    Exits with 1 if any is left over.
    """
    from targetmarkets.evidence.coverage import report
    from targetmarkets.formats.registry import set_report
    from targetmarkets.kb.resolve import resolve

    to = destination_of(context, output, no_color)
    chosen_format = format_of(format_, json, REPORT_FORMATS, "text", output)
    knowledge = open_knowledge(knowledge_base(context, kb), parts=bool(names))
    ids = [resolve(name, knowledge.sources, "source").id for name in names or ()]
    found = report(knowledge, ids)
    to.emit(set_report(found, chosen_format, to.look))
    if not report_only and any(source.left_over for source in found.sources):
        if to.file:
            tell(f"sentences are left over: {to.file} says which", "cite them, or set them aside")
        raise typer.Exit(FOUND_EXIT_CODE)
