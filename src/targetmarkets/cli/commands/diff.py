"""`tm diff`: two versions of a knowledge base, compared by meaning."""

from typing import Annotated

import typer

from targetmarkets.cli.options import (
    Json,
    NoColor,
    Output,
    ReportFormat,
    destination_of,
    format_of,
)
from targetmarkets.formats.registry import REPORT_FORMATS

EXAMPLES = (
    "tm diff bundled DIR",
    "tm diff old.json new.json",
    "tm diff last-year DIR --json | jq '.changes[] | select(.change == \"retracted\").id'",
)


def command(
    context: typer.Context,
    before: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help="A file, the folder of one, a store, or a pipe; - is stdin, and bundled is the "
            "one that comes with tm.",
            show_default=False,
        ),
    ],
    after: Annotated[
        str, typer.Argument(metavar="B", help="The version to compare it with.", show_default=False)
    ],
    format_: ReportFormat = None,
    json: Json = False,
    output: Output = None,
    no_color: NoColor = False,
) -> None:
    """Compare two versions of a knowledge base by meaning; order and layout do not count.

    Shows which customers are sorted differently, and which sources, quotations, customers, groups
    and claims were added, removed, changed or retracted, field by field. In a
    repository, git show HEAD:customers.json | tm diff - customers.json tells what is not committed.
    """
    from targetmarkets.cli.loading import open_version
    from targetmarkets.formats.registry import set_report
    from targetmarkets.query.diff import diff

    to = destination_of(context, output, no_color)
    chosen_format = format_of(format_, json, REPORT_FORMATS, "text", output)
    to.emit(set_report(diff(open_version(before), open_version(after)), chosen_format, to.look))
