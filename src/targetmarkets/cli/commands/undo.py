"""`tm undo`: take a change back."""

from typing import Annotated

import typer

from targetmarkets import limits
from targetmarkets.cli.options import DryRun, IfVersion, Kb, NoColor, knowledge_base
from targetmarkets.cli.output import tell

EXAMPLES = (
    "tm undo --dry-run --kb DIR",
    "tm undo --kb DIR",
)


def command(
    context: typer.Context,
    number: Annotated[
        int | None,
        typer.Argument(
            metavar="N",
            min=1,
            max=limits.INTEGER.most,
            help="The change, as tm log numbers it; the last that stands unless told.",
            show_default=False,
        ),
    ] = None,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Undo a change: what it added, changed or removed is again as it was before.

    That is a change of its own, which can be undone by its number. It is refused if an object was
    changed since, or if something refers to what would go. Files among the archived texts stay.
    """
    from targetmarkets.cli.writing import show_change
    from targetmarkets.kb.history import UNDOING
    from targetmarkets.kb.opening import load
    from targetmarkets.writing.history import to_undo, undo
    from targetmarkets.writing.transaction import begin, writable

    path = writable(knowledge_base(context, kb))
    change = to_undo(load(path).history(), number)
    why = f"{UNDOING}{change.number}"
    with begin(path, dry_run=dry_run, if_version=if_version, why=why) as transaction:
        ids = undo(transaction, change)
        done = transaction.commit()
    show_change(context, done, ids, dry_run=dry_run)
    if not dry_run:
        tell(f"undone: change {change.number}, {change.why}")
