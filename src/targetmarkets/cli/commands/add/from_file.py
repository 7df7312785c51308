"""`tm add from`."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import DryRun, IfVersion, Kb, NoColor

EXAMPLES = (
    "tm add from --template yaml",
    "tm add from facts.yaml --dry-run --kb DIR",
    "tm add from facts.csv --kb DIR",
)

KINDS = ("yaml", "csv", "jsonl")
"""The kinds of files; a test holds them to those that are read."""


def command(
    context: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE|-",
            help="YAML, CSV or JSON Lines, by its ending; - is JSON Lines from stdin.",
            show_default=False,
        ),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(KINDS),
            help="Print a file to write over, with what each field means, and add nothing.",
            autocompletion=complete.terms(KINDS),
            show_default=False,
        ),
    ] = None,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add several things from a file: claims with their quotations, all or none. Prints their ids.

    A row has the names of the options of tm add claim, with `source` and `passage` for what proves
    it; `add` names another thing, such as a customer. Everything that is wrong is told at once,
    with its line. --dry-run shows what would differ.
    """
    from pathlib import PurePath

    from targetmarkets.cli.output import emit
    from targetmarkets.cli.writing import beginning, read_text_argument, say, show_change
    from targetmarkets.errors import UsageError, shorten
    from targetmarkets.kb.resolve import resolve_term
    from targetmarkets.writing.bulk import add_rows
    from targetmarkets.writing.rows import ENDINGS, read_rows
    from targetmarkets.writing.templates import template as template_of

    if (file is None) == (template is None):
        raise UsageError("a file is to be named, or --template", "give one of the two")
    if template is not None:
        emit(template_of(resolve_term(template, KINDS, "kind of file")))
        return
    name = file or "-"
    kind = "jsonl" if name == "-" else ENDINGS.get(PurePath(name).suffix.lower())
    if kind is None:
        message = f"the ending of {shorten(name)} names no kind of file that can be added"
        raise UsageError(message, f"end it in {', '.join(ENDINGS)}")
    rows, faults = read_rows(read_text_argument(name), kind)
    with beginning(context, kb, dry_run=dry_run, if_version=if_version) as transaction:
        made = add_rows(transaction, rows, faults)
        done = transaction.commit()
    show_change(context, done, made.ids, dry_run=dry_run)
    say(made.told, done, made.new, dry_run=dry_run)
