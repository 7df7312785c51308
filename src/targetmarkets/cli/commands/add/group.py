"""`tm add group`."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import DryRun, Id, IfVersion, Kb, NoColor

EXAMPLES = (
    "tm add group 'many of these countries' --kb DIR",
    "tm add group 'one last group' --member eritrea --member CG --kb DIR",
)


def command(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="WORDS", help="The words of the text itself.", show_default=False),
    ],
    member: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="A customer that the text names as of it; may be repeated.",
            autocompletion=complete.ids("customers"),
        ),
    ] = None,
    id_: Id = None,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add a group, as one text speaks of it. Prints its id."""
    from targetmarkets.cli.writing import add
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.kb.resolve import free_id, resolve
    from targetmarkets.model.objects import Group
    from targetmarkets.writing.edits import build

    def group(knowledge: Knowledge) -> Group:
        customers = knowledge.customers
        members = [resolve(other, customers, "customer").id for other in member or ()]
        fields = {"id": id_ or free_id(knowledge, name), "name": name, "members": members}
        return build(Group, fields)

    add(context, kb, group, dry_run=dry_run, if_version=if_version)
