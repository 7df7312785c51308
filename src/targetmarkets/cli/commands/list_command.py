"""`tm list`: customers and whatever else has a kind, chosen by filters."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.filters import LISTED
from targetmarkets.cli.loading import explaining, open_knowledge
from targetmarkets.cli.meant import ListCommand as Command
from targetmarkets.cli.options import (
    Fields,
    Json,
    Kb,
    Limit,
    ListFormat,
    NoColor,
    Output,
    destination_of,
    knowledge_base,
    list_format_of,
)
from targetmarkets.cli.output import tell, width_of_messages
from targetmarkets.cli.several import spread
from targetmarkets.kb.filters import Filters
from targetmarkets.model.types import KINDS, either

EXAMPLES = (
    "tm list --category resilient",
    "tm list --region africa --certainty implied",
    "tm list activities --customer syria --json",
    "tm list claims --customer tanzania --stance denied",
    "tm list events --customer syria --since 2010 --outcome intercepted",
    "tm list actors --role carrier",
    "tm list findings --kind outlook",
    "tm list events --sort evidence --limit 10",
    "tm list sources --evidence quoted --fields id,citation",
)

__all__ = ["Command", "command"]


What = Annotated[
    str,
    typer.Argument(
        metavar="WHAT",
        help=f"{either(KINDS)}; customers unless told. Findings are claims about no customer: "
        "about the trade, the supplier, the sanctions or the book.",
        autocompletion=complete.kinds,
        show_default=False,
    ),
]
Sort = Annotated[
    str | None,
    typer.Option(
        metavar="FIELD",
        help="Sort by a field; customers, events, activities and claims also by evidence: the "
        "most proved by quotations first, then the most read, independent and admitted by the "
        "customer itself.",
        autocompletion=complete.orders,
    ),
]
Reverse = Annotated[bool, typer.Option("--reverse", help="Turn the order round.")]


@spread
def command(
    context: typer.Context,
    what: What = "customers",
    *,
    chosen: Annotated[Filters, LISTED],
    sort: Sort = None,
    reverse: Reverse = False,
    limit: Limit = None,
    fields: Fields = None,
    format_: ListFormat = None,
    json: Json = False,
    output: Output = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """List customers, activities, claims, sources and whatever else there is.

    A filter given twice means either value; two different filters mean both. Filters choose
    records and never trim them.
    """
    from targetmarkets.cli.listing import Asked, show, stream
    from targetmarkets.query.choose import as_kind
    from targetmarkets.records.fields import OBJECTS, choose

    to = destination_of(context, output, no_color)
    chosen_format = list_format_of(to, format_, json, output)
    kind = as_kind(what)
    chosen_fields = choose(fields, OBJECTS[kind])
    asked = Asked(kind, chosen, chosen_fields, chosen_format, sort, reverse, limit)
    knowledge = open_knowledge(knowledge_base(context, kb), parts=chosen.looked_up)
    with explaining(knowledge):
        printed = stream(knowledge, asked, to) if asked.streams(to) else show(knowledge, asked, to)
    if sort:
        from targetmarkets.query.select import explained

        if how := explained(sort, kind):
            tell(f"sorted {how}")
    if not printed.number and limit != 0:
        from targetmarkets.query.emptiness import of_list  # not every list is empty

        meaning = of_list(knowledge, kind, chosen, width_of_messages())
        tell(f"no {kind} match", meaning.remedy, meaning.lines)
    elif chosen_format == "table":
        counted = f"{printed.number} {kind}" if printed.number != 1 else f"1 {OBJECTS[kind]}"
        tell(f"the first {counted.removeprefix('1 ')}" if printed.is_cut and limit else counted)
    if printed.time:
        from targetmarkets.cli.times import told_of

        tell(*told_of(printed.time, chosen.get("dated", ())))
