"""`tm retract`: mark a claim as wrong, with the reason."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import DryRun, Kb, NoColor, knowledge_base

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
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Retract a claim: it stays in the file, with the reason, and counts no longer.

    Lists and dossiers leave it out; tm list claims --status retracted and tm show have it.
    """
    from targetmarkets.cli.writing import show_change
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.kb.resolve import resolve
    from targetmarkets.writing.edits import retract
    from targetmarkets.writing.transaction import Draft, change

    ids: list[str] = []

    def edit(knowledge: Knowledge) -> Draft:
        ids[:] = [resolve(claim, knowledge.claims, "claim").id]
        return Draft(retract(knowledge, ids[0], reason))

    done = change(knowledge_base(context, kb), edit, dry_run=dry_run)
    show_change(context, done, ids, dry_run=dry_run)
