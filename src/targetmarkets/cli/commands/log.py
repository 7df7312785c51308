"""`tm log`: the last changes of a knowledge base."""

from contextlib import suppress
from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import (
    Json,
    Kb,
    Limit,
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
    "tm log --kb DIR",
    "tm log syria --json --kb DIR",
)

USUAL = 20
"""Changes that are shown unless told."""


def command(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="Only the changes of this object, which may be gone.",
            autocompletion=complete.ids(),
            show_default=False,
        ),
    ] = None,
    limit: Limit = USUAL,
    format_: ReportFormat = None,
    json: Json = False,
    output: Output = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Show the last changes: when, by whom, by which command, and of which objects.

    Beside a JSON file the last hundred are kept (tm help limits); a store keeps all. What is
    written by hand or by git is in neither: git log knows of that.
    """
    from targetmarkets.errors import UnknownNameError
    from targetmarkets.formats.registry import set_report
    from targetmarkets.kb.opening import load
    from targetmarkets.kb.resolve import resolve
    from targetmarkets.query.log import log

    to = destination_of(context, output, no_color)
    chosen_format = format_of(format_, json, REPORT_FORMATS, "text", output)
    knowledge = load(knowledge_base(context, kb))
    if name is not None:
        with suppress(UnknownNameError):  # what is gone has only its id
            name = resolve(name, knowledge.objects, "object").id
    record = log(knowledge, name, limit)
    to.emit(set_report(record, chosen_format, to.look))
    if not record.changes:
        tell("no change is known", "what tm writes from now on is kept")
