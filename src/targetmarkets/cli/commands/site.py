"""`tm site`: the knowledge base as pages that anyone can open."""

from typing import Annotated

import typer

from targetmarkets.cli.errors import FOUND_EXIT_CODE
from targetmarkets.cli.options import Kb, knowledge_base
from targetmarkets.cli.output import emit, tell

EXAMPLES = (
    "tm site pages",
    "tm site --check pages",
    "tm site pages --kb DIR",
)

MOST_TOLD = 20
"""Files that are told of a site that is stale."""


def command(
    context: typer.Context,
    folder: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER",
            help="A folder that is empty, not there yet, or holds a site and nothing else.",
            show_default=False,
        ),
    ],
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; exit with 1 where the site is stale."),
    ] = False,
    kb: Kb = None,
) -> None:
    """Write the knowledge base as a static site: map, timeline, dossiers, marked sources.

    It can be opened by double-click, put on any web server, or archived: no server, no network. The
    same data give the same bytes. A site is replaced whole, or not at all; a folder that holds
    anything else is not touched. Needs the extra targetmarkets[site].
    """
    import shlex
    from pathlib import Path

    from targetmarkets.cli.writing import after_saving
    from targetmarkets.errors import UsageError
    from targetmarkets.evidence.archive import Archives
    from targetmarkets.formats.escape import visible
    from targetmarkets.kb.opening import load
    from targetmarkets.site import build
    from targetmarkets.site import folder as place

    if not folder.strip():
        raise UsageError("the folder has no name", "name one that is empty or not there yet")
    path = Path(folder)
    if not check:
        place.refuse_unless_ours(place.real(path))
    knowledge = load(knowledge_base(context, kb))
    archives = Archives(knowledge)
    made_from = build.made_from(knowledge, archives)
    if check:
        differences = place.compare(path, build.pages(knowledge), made_from)
        for what, name in differences[:MOST_TOLD]:
            emit(visible(f"{what}: {name}") + "\n")
        if differences:
            message = f"{path} is not the site that is made now: {len(differences)} files differ"
            tell(message, f"tm site {shlex.quote(folder)} makes it anew")
            raise typer.Exit(FOUND_EXIT_CODE)
        emit(visible(f"{path} is the site that is made now") + "\n")
        return
    number = place.write(path, build.pages(knowledge, archives), made_from)
    with after_saving(path):
        emit(visible(f"{path / 'index.html'}") + "\n")
    tell(f"{number:,} pages")
    if unproved := build.unproved(archives):
        what = "archived texts that cannot be read, or are not those recorded"
        tell(f"{what}: {unproved:,}", "their pages say so, and tm verify says why")
