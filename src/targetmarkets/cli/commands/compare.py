"""`tm compare`: customers side by side."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.loading import open_knowledge
from targetmarkets.cli.options import (
    Fields,
    Full,
    Json,
    Kb,
    ListFormat,
    NoColor,
    Output,
    destination_of,
    knowledge_base,
    list_format_of,
)

EXAMPLES = (
    "tm compare iran syria",
    "tm compare burma yemen tanzania --format markdown",
    "tm compare iran syria --json",
)


def command(
    context: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="CUSTOMER...",
            help="Two customers or more.",
            autocompletion=complete.ids("customers"),
            show_default=False,
        ),
    ],
    full: Full = False,
    fields: Fields = None,
    format_: ListFormat = None,
    json: Json = False,
    output: Output = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Set customers side by side: category and why, goods, outcomes, events, what is contested.

    Each by what is said of it alone. Goods have the number of events, and of claims that speak of
    none, and the range of their certainty. The strongest evidence is ranked as by tm list --sort
    evidence. In the other formats each customer is a record.
    """
    from targetmarkets.formats.interface import Listing, Picture
    from targetmarkets.formats.registry import set_listing
    from targetmarkets.query.compare import compare
    from targetmarkets.records.compose import Composer
    from targetmarkets.records.fields import choose

    to = destination_of(context, output, no_color)
    chosen_format = list_format_of(to, format_, json, output)
    chosen_fields = choose(fields, "comparison")
    knowledge = open_knowledge(knowledge_base(context, kb))
    records = compare(Composer(knowledge), names)
    picture = Picture(named=names, full=full)
    listing = Listing("comparisons", records, chosen_fields, knowledge.sources, picture)
    to.emit(set_listing(listing, chosen_format, to.look))
