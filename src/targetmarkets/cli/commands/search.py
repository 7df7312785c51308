"""`tm search`: find words in names, statements, quotations and archived texts."""

import re
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from targetmarkets.cli import complete
from targetmarkets.cli.filters import SEARCHED
from targetmarkets.cli.loading import explaining, open_knowledge
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
from targetmarkets.errors import shorten
from targetmarkets.kb.filters import Filters
from targetmarkets.model.types import HIT_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from targetmarkets.cli.output import Destination
    from targetmarkets.query.search import Search

EXAMPLES = (
    "tm search gas masks",
    "tm search '\"chemical protection suits\"' --kind text",
    "tm search 'miss*' -scud --customer syria",
    "tm search refurbish* --json",
)


class Command(TyperCommand):
    """Lets a word be excluded with a hyphen, which elsewhere begins an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Write the hyphen before a word of two letters or more, or a phrase, as a minus sign."""
        words = [re.sub(r"^-(?=\w\w|[\"“])", "−", word) for word in args]
        return super().parse_args(ctx, words)


@spread
def command(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT...",
            help='Words that must all be there. "In quotation marks", next to each other; miss* '
            "finds all that begin so; -word must not be there.",
            show_default=False,
        ),
    ],
    *,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help=f"Find only: {', '.join(HIT_KINDS)}. A text is a passage of an archived source.",
            autocompletion=complete.terms(HIT_KINDS),
        ),
    ] = None,
    filters: Annotated[Filters, SEARCHED],
    limit: Limit = None,
    fields: Fields = None,
    format_: ListFormat = None,
    json: Json = False,
    output: Output = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Search names, statements, notes, quotations and the archived texts.

    The best hit comes first. Case, accents, dashes, quotation marks and line ends do not matter.
    What stands in a note on a claim, and not in its statement, is shown behind the word for it.
    A hit in an archived text says which claims cite the words that match, or that none does.
    """
    from targetmarkets.query.search import Search, Within
    from targetmarkets.records.fields import choose

    to = destination_of(context, output, no_color)
    chosen_format = list_format_of(to, format_, json, output)
    chosen_fields = choose(fields, "hit")
    knowledge = open_knowledge(knowledge_base(context, kb))
    text, within = " ".join(words), Within(kind or (), filters)
    with explaining(knowledge):
        search = Search(knowledge, text, within)
    found = _show(search, chosen_fields, chosen_format, limit, to)
    for problem in search.problems():
        tell(problem, "tm verify says more")
    if not found and limit != 0:
        from targetmarkets.query.emptiness import of_search  # not every search comes to nothing

        meaning = of_search(knowledge, text, within, search.instead, width_of_messages())
        tell(f"nothing was found for {shorten(text)}", meaning.remedy, meaning.lines)
    elif found and chosen_format == "table":
        tell(f"{found} hit{'s' if found > 1 else ''}, the best first")


def _show(
    search: "Search", fields: "Sequence[str]", format_: str, limit: int | None, to: "Destination"
) -> int:
    """Print the hits, and return how many there are, as far as they were looked for: for a program
    none is held, and no more are looked for than it asks for.
    """
    from targetmarkets.cli.listing import emit_each, is_streamed
    from targetmarkets.formats.interface import Listing
    from targetmarkets.formats.registry import set_listing

    hits = search.hits()
    if is_streamed(format_, to):
        return emit_each("hits", islice(hits, limit), fields, format_, to)
    shown = [*islice(hits, limit)]
    listing = Listing("hits", shown, fields, search.kb.sources)
    to.emit(set_listing(listing, format_, to.look))
    return len(shown) + sum(1 for _ in hits)
