"""`tm remove`: take away what nothing needs."""

import typer

from targetmarkets.cli.options import DryRun, IfVersion, Kb, Names, NoColor
from targetmarkets.cli.output import tell

EXAMPLES = (
    "tm remove ruritania --kb DIR --dry-run",
    "tm remove ruritania --kb DIR",
)


def command(
    context: typer.Context,
    names: Names,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Remove sources, quotations, customers, actors, events and others to which nothing refers.

    Several are removed together or not at all; they may refer to one another. A claim is never
    removed: tm retract. Archived files stay where they are, and tm undo takes the rest back.
    """
    from targetmarkets.cli.writing import beginning, show_change
    from targetmarkets.writing.edits import files_of, removable

    with beginning(context, kb, dry_run=dry_run, if_version=if_version) as transaction:
        items = removable(transaction.kb, names)
        transaction.remove(*(item.id for item in items))
        done = transaction.commit()
    show_change(context, done, [item.id for item in items], dry_run=dry_run)
    still = {name for source in done.after.archived for name in files_of(source)}
    left = sorted({name for item in items for name in files_of(item)} - still)
    if left and not done.after.keeps_texts and not dry_run:
        tell(f"left among the archived texts: {', '.join(left)}", "delete what nothing needs")
