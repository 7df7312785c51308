"""`tm add category`."""

from typing import Annotated

import typer

from targetmarkets.cli.options import DryRun, Id, IfVersion, Kb, NoColor, NoInput

EXAMPLES = (
    "tm add category Resilient --chapter III --kb DIR",
    "tm add category 'Ad Hoc' --chapter V --kb DIR --dry-run",
)


def command(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="As the book has it.", show_default=False)
    ] = None,
    chapter: Annotated[
        str | None,
        typer.Option(metavar="NUMBER", help="The chapter that treats it.", show_default=False),
    ] = None,
    id_: Id = None,
    no_input: NoInput = False,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add a category of customers. Prints its id."""
    from targetmarkets.cli.writing import add

    given = {
        "name": name,
        "chapter": chapter,
        "id": id_,
    }
    add(context, kb, "category", given, no_input=no_input, dry_run=dry_run, if_version=if_version)
