"""Options that several commands share, and what they come to."""

from collections.abc import Collection, Mapping
from pathlib import PurePath
from typing import Annotated, Final

import typer

from targetmarkets.cli.complete import fields, terms
from targetmarkets.cli.output import Destination, destination
from targetmarkets.errors import UsageError
from targetmarkets.formats import DOSSIER_FORMATS, LIST_FORMATS, REPORT_FORMATS

FORMATS_BY_ENDING: Final[Mapping[str, str]] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "markdown",
    ".txt": "text",
}
"""The format that the ending of an output file asks for."""

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
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file, whole or not at all; - is stdout. Its ending names the format "
        "unless --format does.",
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


def destination_of(context: typer.Context, output: str | None, no_color: bool) -> Destination:
    """Where data goes; colour may be declined before the command or after it.

    Raises `UsageError` for a file without a name.
    """
    if output is not None and not output.strip():
        raise UsageError("--output is empty", "name a file, or leave the option out")
    before = bool(context.parent and context.parent.params.get("no_color"))
    return destination(None if output == "-" else output, no_color=no_color or before)


def format_of(
    given: str | None, json: bool, known: Collection[str], usual: str, file: str | None = None
) -> str:
    """The format asked for, or else the one that the output file's ending names, or the usual one.

    Raises `UsageError` for one that is not known here.
    """
    if json and given not in (None, "json"):
        raise UsageError(f"--json and --format {given[:60]} contradict", "leave one of them out")
    ending = FORMATS_BY_ENDING.get(PurePath(file or "").suffix.lower(), usual)
    fallback = ending if ending in known else usual
    chosen = "json" if json else given if given is not None else fallback
    if chosen not in known:
        message = f"there is no format {chosen[:60]!r} here"
        raise UsageError(message, f"choose from: {', '.join(known)}")
    return chosen
