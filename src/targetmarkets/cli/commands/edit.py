"""`tm edit`: change one object in an editor."""

from typing import TYPE_CHECKING, Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import DryRun, IfVersion, Kb, NoColor, knowledge_base

if TYPE_CHECKING:
    from targetmarkets.writing.transaction import Change

EXAMPLES = (
    "EDITOR=nano tm edit syria --kb DIR",
    "tm edit syria --from syria.json --kb DIR --dry-run",
)


Name = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="The object.", autocompletion=complete.ids(), show_default=False
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FILE|-",
        help="Take the object from there instead of an editor.",
        show_default=False,
    ),
]
Resume = Annotated[
    bool,
    typer.Option(
        "--resume",
        help="Take up again what was typed and not saved, on what the object is now.",
    ),
]


def command(
    context: typer.Context,
    name: Name,
    from_: From = None,
    resume: Resume = False,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Edit one object as JSON, in $VISUAL or $EDITOR.

    What is saved is checked with the whole knowledge base. If something is wrong, the editor opens
    again with what it is; leave the text as it is then to give up. If somebody else changed the
    object meanwhile, nothing is written. What you typed and did not save is kept, and --resume
    takes it up. The id stays: it may have been cited.
    """
    from targetmarkets.cli.editor import type_in
    from targetmarkets.cli.output import tell
    from targetmarkets.cli.writing import read_text_argument, show_change
    from targetmarkets.errors import UsageError
    from targetmarkets.kb.opening import load
    from targetmarkets.kb.paths import file_of, is_store
    from targetmarkets.kb.replacing import refuse_unless_replaceable
    from targetmarkets.kb.resolve import resolve
    from targetmarkets.writing.edits import rewritten
    from targetmarkets.writing.transaction import begin, writable

    if resume and from_ is not None:
        raise UsageError("--resume and --from contradict", "leave one of them out")
    base = knowledge_base(context, kb)
    path = writable(base)
    if not is_store(path):
        refuse_unless_replaceable(file_of(path, "this"))
    shown = None if from_ is not None else resolve(name, load(path).objects, "object")

    why = context.command_path

    def save(text: str) -> "Change":
        with begin(path, dry_run=dry_run, if_version=if_version, why=why) as transaction:
            item = shown or resolve(name, transaction.kb.objects, "object")
            transaction.replace(rewritten(transaction.kb, item, text))
            return transaction.commit()

    if shown is None:
        done: Change | None = save(read_text_argument(from_ or "-"))
    else:
        done = type_in(shown, path, save, base, resume=resume, dry_run=dry_run)
    if done is None:
        tell(f"{shown.id if shown else name} was left as it is")
    else:
        item = shown or resolve(name, done.before.objects, "object")
        show_change(context, done, [item.id], dry_run=dry_run)
