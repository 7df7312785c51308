"""`tm timeline`: events by year."""

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
from targetmarkets.cli.output import tell

EXAMPLES = (
    "tm timeline",
    "tm timeline syria",
    "tm timeline reluctant --full",
    "tm timeline --format csv --output events.csv",
)


def command(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME...",
            help="Customers, categories or actors, of which the events are shown; all unless told.",
            autocompletion=complete.ids("customers", "categories", "actors"),
            show_default=False,
        ),
    ] = None,
    full: Full = False,
    fields: Fields = None,
    format_: ListFormat = None,
    json: Json = False,
    output: Output = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Show events by year: how many there were, and whose.

    An event counts in a year only if it lies in that year for sure. One that lasts, or lies
    somewhere in several years, is drawn as a line; undated ones are counted apart. With names, the
    events follow, the most telling that a screen has room for. Whatever is named, an event is told
    by all that is asserted of it; what is said of several customers together is marked, and never
    counted as one customer's. In the other formats each event is a record.
    """
    from targetmarkets.formats.interface import Listing, Picture
    from targetmarkets.formats.registry import set_listing
    from targetmarkets.query.timeline import timeline
    from targetmarkets.records.compose import Composer
    from targetmarkets.records.fields import choose

    to = destination_of(context, output, no_color)
    chosen_format = list_format_of(to, format_, json, output)
    chosen_fields = choose(fields, "moment")
    knowledge = open_knowledge(knowledge_base(context, kb), parts=bool(names))
    found = timeline(Composer(knowledge), names or ())
    picture = Picture(found.customers, names or (), full)
    listing = Listing("timeline", found.events, chosen_fields, knowledge.sources, picture)
    to.emit(set_listing(listing, chosen_format, to.look))
    if not found.events:
        tell("no event is recorded", "tm list activities shows what claims say without one")
