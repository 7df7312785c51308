"""`tm open`: the pages in a browser."""

from typing import Annotated

import typer

from targetmarkets.cli.complete import ids
from targetmarkets.cli.options import Kb, knowledge_base
from targetmarkets.cli.output import emit, tell

EXAMPLES = (
    "tm open",
    "tm open syria",
    "tm open nknews-2015",
)


def command(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Anything that has an id, by its id or name; the home page without one.",
            autocompletion=ids(),
            show_default=False,
        ),
    ] = None,
    kb: Kb = None,
) -> None:
    """Open the pages of the knowledge base in a browser, at the one of something.

    They are made in the folder where your system keeps caches, unless they are there and fresh. The
    address is printed; without a display, that is all. Needs the extra targetmarkets[site].
    """
    from targetmarkets.cli.loading import explaining
    from targetmarkets.kb import json_file
    from targetmarkets.kb.resolve import resolve
    from targetmarkets.site import opening
    from targetmarkets.site.build import address

    knowledge = json_file.load(knowledge_base(context, kb))
    page = "index.html"
    if name is not None:
        with explaining(knowledge):
            page = address(resolve(name, knowledge.objects, "object"))
    uri = opening.kept(knowledge, page)
    emit(f"{uri}\n")
    if not opening.has_display():
        tell("there is no display to open it on", "open that address in a browser")
    elif not opening.show(uri):
        tell("no browser could be started", "open that address in one")
