"""`tm retract`: mark a claim as wrong, with the reason."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import DryRun, IfVersion, Kb, NoColor

EXAMPLES = (
    "tm retract syria-gas-masks --reason 'The passage speaks of suits.' --kb DIR --dry-run",
    "tm retract syria-gas-masks --reason 'The passage speaks of suits.' --kb DIR",
)


def command(
    context: typer.Context,
    claim: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The claim.",
            autocompletion=complete.ids("claims"),
            show_default=False,
        ),
    ],
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why, in a line.", show_default=False)
    ],
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Retract a claim: it stays in the file, with the reason, and counts no longer.

    Lists and dossiers leave it out; tm list claims --status retracted and tm show have it.
    """
    from targetmarkets.cli.writing import beginning, show_change
    from targetmarkets.kb.resolve import resolve
    from targetmarkets.writing.edits import retracted

    with beginning(context, kb, dry_run=dry_run, if_version=if_version, why=reason) as transaction:
        meant = resolve(claim, transaction.kb.claims, "claim")
        transaction.replace(retracted(meant, reason))
        done = transaction.commit()
    show_change(context, done, [meant.id], dry_run=dry_run)
