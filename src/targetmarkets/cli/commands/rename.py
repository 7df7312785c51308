"""`tm rename`: another id for an object."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import DryRun, IfVersion, Kb, NoColor

EXAMPLES = (
    "tm rename syria syrian-arab-republic --kb DIR --dry-run",
    "tm rename syria syrian-arab-republic --kb DIR",
)


def command(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The object.", autocompletion=complete.ids(), show_default=False
        ),
    ],
    id_: Annotated[
        str, typer.Argument(metavar="NEW", help="The id that it is to have.", show_default=False)
    ],
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Give an object another id, wherever something refers to it. Prints the new id.

    The old one still leads to it, and is given to nothing else: it may have been cited.
    """
    from targetmarkets.cli.writing import beginning, show_change
    from targetmarkets.writing.edits import renamed

    with beginning(context, kb, dry_run=dry_run, if_version=if_version) as transaction:
        old, new, referring = renamed(transaction.kb, name, id_)
        transaction.remove(old.id)
        transaction.add(new)
        transaction.replace(*referring)
        done = transaction.commit()
    show_change(context, done, [new.id], dry_run=dry_run)
