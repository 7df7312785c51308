"""`tm matrix`: customers or categories against kinds of goods."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.loading import open_knowledge
from targetmarkets.cli.options import (
    Fields,
    Json,
    Kb,
    ListFormat,
    NoColor,
    Output,
    destination_of,
    knowledge_base,
    list_format_of,
)
from targetmarkets.cli.output import tell

EXAMPLES = (
    "tm matrix",
    "tm matrix --by category",
    "tm matrix --format csv --fields name,goods,occurrences,range,sources",
)

BY = {"customer": "a row for each customer", "category": "rows for each category"}


def command(
    context: typer.Context,
    by: Annotated[
        str,
        typer.Option(
            metavar="|".join(BY), help="What the rows are.", autocompletion=complete.terms(BY)
        ),
    ] = "customer",
    fields: Fields = None,
    format_: ListFormat = None,
    json: Json = False,
    output: Output = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Show which kinds of goods customers got, were to get or asked for, and how sure it is.

    A cell has the number of events, and of claims that speak of none, and below it the certainties
    from the surest to the least sure, as shades and letters. What is denied counts in none; † marks
    what is contested. In a customer's cells counts what is said of it alone. In the other formats
    each cell is a record, and so is what is said of several together or of a group.
    """
    from targetmarkets.formats.interface import Listing, Picture
    from targetmarkets.formats.registry import set_listing
    from targetmarkets.kb.resolve import resolve_term
    from targetmarkets.query.matrix import matrix
    from targetmarkets.records.compose import Composer
    from targetmarkets.records.fields import choose

    to = destination_of(context, output, no_color)
    chosen_format = list_format_of(to, format_, json, output)
    chosen_fields = choose(fields, "cell")
    rows = resolve_term(by, BY, "kind of row")
    knowledge = open_knowledge(knowledge_base(context, kb), parts=False)
    cells = matrix(Composer(knowledge), "category" if rows == "category" else "customer")
    listing = Listing("matrix", cells, chosen_fields, knowledge.sources, Picture())
    to.emit(set_listing(listing, chosen_format, to.look))
    if not cells:
        tell("no supply or service is recorded", "tm list claims shows what is")
