"""`tm schema`: the JSON Schema of the file and of what `--json` prints."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import NoColor, Output, destination_of
from targetmarkets.records.fields import FIELDS, REPORTS

EXAMPLES = (
    "tm schema",
    "tm schema claim",
    "tm schema file --output customers.schema.json",
)


def command(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="file, for the knowledge base itself; or a record: "
            f"{', '.join((*FIELDS, *REPORTS))}.",
            autocompletion=complete.schemas,
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    no_color: NoColor = False,
) -> None:
    """Print a JSON Schema (2020-12) of what --json prints, or of the file.

    Without a name it allows any record, and any array of records. A record may gain fields
    later; the file may not hold others than these.
    """
    from targetmarkets.kb.resolve import resolve_term
    from targetmarkets.records.schema import FILE, RECORDS, schema_text

    to = destination_of(context, output, no_color)
    chosen = resolve_term(name, [FILE, *RECORDS], "schema of") if name is not None else None
    to.emit(schema_text(chosen))
