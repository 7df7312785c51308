"""`tm stats`: the knowledge base at a glance."""

import typer

from targetmarkets.cli.options import (
    Full,
    Json,
    Kb,
    NoColor,
    Output,
    StatisticsFormat,
    destination_of,
    format_of,
    knowledge_base,
)
from targetmarkets.cli.output import tell
from targetmarkets.formats.registry import REPORT_FORMATS

EXAMPLES = (
    "tm stats",
    "tm stats --full",
    "tm stats --json",
)


def command(
    context: typer.Context,
    full: Full = False,
    format_: StatisticsFormat = None,
    json: Json = False,
    output: Output = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Count customers, activities, claims and sources.

    Customers by category and by how it is known, types of activity against categories, claims by
    certainty, evidence and layer, and by source. As text it is one screen: of long tables the
    largest rows. Tab-separated values elsewhere than on a terminal, always whole.
    """
    from targetmarkets.formats.registry import set_report
    from targetmarkets.kb.opening import load
    from targetmarkets.query.stats import brief, statistics

    to = destination_of(context, output, no_color)
    usual = "text" if to.is_terminal else "tsv"
    chosen_format = format_of(format_, json, REPORT_FORMATS, usual, output)
    counted = statistics(load(knowledge_base(context, kb)))
    shown = brief(counted) if chosen_format == "text" and not full else counted
    to.emit(set_report(shown, chosen_format, to.look))
    if shown != counted:
        tell("all rows: tm stats --full")
