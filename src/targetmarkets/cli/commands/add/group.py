"""`tm add group`."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import DryRun, Id, IfVersion, Kb, NoColor, NoInput

EXAMPLES = (
    "tm add group 'many of these countries' --kb DIR",
    "tm add group 'one last group' --member eritrea --member CG --kb DIR",
)


def command(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="WORDS", help="The words of the text itself.", show_default=False),
    ] = None,
    member: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="A customer that the text names as of it; may be repeated.",
            autocompletion=complete.ids("customers"),
        ),
    ] = None,
    id_: Id = None,
    no_input: NoInput = False,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add a group, as one text speaks of it. Prints its id."""
    from targetmarkets.cli.writing import add

    given = {
        "name": name,
        "member": member,
        "id": id_,
    }
    add(context, kb, "group", given, no_input=no_input, dry_run=dry_run, if_version=if_version)
