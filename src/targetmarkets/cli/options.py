"""Options that several commands share, and what they come to."""

from collections.abc import Iterable
from typing import Annotated

import typer

from targetmarkets.cli.complete import fields, terms
from targetmarkets.errors import UsageError
from targetmarkets.formats import DOSSIER_FORMATS, LIST_FORMATS, REPORT_FORMATS

Kb = Annotated[
    str | None,
    typer.Option(
        metavar="PATH",
        help="Knowledge base: the JSON file, or the folder that holds customers.json. "
        "Without it the environment variable TM_KB counts, then the bundled one.",
        show_default=False,
    ),
]
NoColor = Annotated[
    bool, typer.Option("--no-color", help="No colour. So do NO_COLOR=1 and TERM=dumb.")
]
Json = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
ListFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="|".join(LIST_FORMATS),
        help="Output format. Unless told: table on a terminal, tsv elsewhere.",
        autocompletion=terms(LIST_FORMATS),
        show_default=False,
    ),
]
DossierFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="|".join(DOSSIER_FORMATS),
        help="Output format. Unless told: text.",
        autocompletion=terms(DOSSIER_FORMATS),
        show_default=False,
    ),
]
ReportFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="|".join(REPORT_FORMATS),
        help="Output format. Unless told: text.",
        autocompletion=terms(REPORT_FORMATS),
        show_default=False,
    ),
]
Fields = Annotated[
    str | None,
    typer.Option(
        metavar="A,B,…",
        help="Show these fields only, in this order. An unknown one lists the valid ones.",
        autocompletion=fields,
        show_default=False,
    ),
]


def knowledge_base(context: typer.Context, kb: str | None) -> str | None:
    """The knowledge base named after the command, or else before it. Raises `UsageError`."""
    before: str | None = context.parent.params.get("kb") if context.parent else None
    chosen = kb if kb is not None else before
    if chosen is not None and not chosen.strip():
        raise UsageError("--kb is empty", "name a file or a folder, or leave the option out")
    return chosen


def no_colour(context: typer.Context, given: bool) -> bool:
    """Whether colour is declined, before the command or after it."""
    return given or bool(context.parent and context.parent.params.get("no_color"))


def format_of(given: str | None, json: bool, known: Iterable[str], usual: str) -> str:
    """The format asked for, or the usual one. Raises `UsageError` for one that is not known."""
    if json and given not in (None, "json"):
        raise UsageError(f"--json and --format {given[:60]} contradict", "leave one of them out")
    chosen = "json" if json else given if given is not None else usual
    if chosen not in known:
        message = f"there is no format {chosen[:60]!r} here"
        raise UsageError(message, f"choose from: {', '.join(known)}")
    return chosen
