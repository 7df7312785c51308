"""`tm edit`: change one object in an editor."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import DryRun, Kb, NoColor, knowledge_base

EXAMPLES = (
    "EDITOR=nano tm edit syria --kb DIR",
    "tm edit syria --from syria.json --kb DIR --dry-run",
)


def command(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The object.", autocompletion=complete.ids(), show_default=False
        ),
    ],
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE|-",
            help="Take the object from there instead of an editor.",
            show_default=False,
        ),
    ] = None,
    dry_run: DryRun = False,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Edit one object as JSON, in $VISUAL or $EDITOR.

    What is saved is checked with the whole knowledge base. If something is wrong, the editor opens
    again with what it is; leave the text as it is then to give up. The id stays: it may have been
    cited.
    """
    from targetmarkets.cli.editor import edit_until_right
    from targetmarkets.cli.output import tell
    from targetmarkets.cli.writing import read_text_argument, show_change
    from targetmarkets.kb.json_file import load
    from targetmarkets.kb.resolve import resolve
    from targetmarkets.writing.edits import rewritten, stored_text
    from targetmarkets.writing.transaction import begin, writable

    base = knowledge_base(context, kb)
    writable(base)
    shown = None if from_ is not None else resolve(name, load(base).objects, "object")

    def save(text: str) -> None:
        with begin(base, dry_run=dry_run) as transaction:
            item = shown or resolve(name, transaction.kb.objects, "object")
            transaction.replace(rewritten(transaction.kb, item, text))
            done = transaction.commit()
        show_change(context, done, [item.id], dry_run=dry_run)

    if from_ is not None:
        save(read_text_argument(from_))
    elif shown and not edit_until_right(shown.id, stored_text(shown), save):
        tell(f"{shown.id} was left as it is")
