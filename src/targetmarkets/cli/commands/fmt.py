"""`tm fmt`: the canonical form of a knowledge base."""

import typer

from targetmarkets.cli.options import DryRun, IfVersion, Kb, NoColor, destination_of, knowledge_base
from targetmarkets.cli.output import tell
from targetmarkets.formats.escape import visible

EXAMPLES = (
    "tm fmt --kb DIR",
    "tm fmt --kb DIR --dry-run",
)


def command(
    context: typer.Context,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Bring the file into its canonical order and layout, and fill in what can be read off.

    A quotation without start and end is looked up in its archived text, where it must stand
    once; an archive without a hash is given that of its file. What is there is never overwritten.
    """
    from targetmarkets.writing.edits import fill
    from targetmarkets.writing.transaction import rewrite

    done = rewrite(knowledge_base(context, kb), fill, dry_run=dry_run, if_version=if_version)
    if done.before == done.after:
        tell("the file is in its canonical form")
    elif dry_run:
        from difflib import unified_diff

        before, after = (text.splitlines() for text in (done.before, done.after))
        lines = unified_diff(before, after, "before", "after", lineterm="")
        to = destination_of(context, None, no_color)
        to.emit("".join(f"{visible(line)}\n" for line in lines))
    else:
        tell("the file was brought into its canonical form")
