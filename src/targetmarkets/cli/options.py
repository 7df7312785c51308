"""Options that several commands share, and what they come to."""

import os
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Annotated, Any, Final

import typer

from targetmarkets import limits
from targetmarkets.cli.complete import fields, ids, terms
from targetmarkets.cli.output import Destination, destination, tell
from targetmarkets.errors import UsageError, shorten
from targetmarkets.formats.registry import (
    CHECK_FORMATS,
    CITATION_FORMATS,
    DOSSIER_FORMATS,
    FORMATS,
    LIST_FORMATS,
    REPORT_FORMATS,
    Format,
)
from targetmarkets.kb.paths import FILE_NAME, locate, workspace
from targetmarkets.text.spelling import SHORTEST_TERM, spelt_like

Kb = Annotated[
    str | None,
    typer.Option(
        metavar="PATH",
        help="Knowledge base: the JSON file, the folder that holds customers.json, a store, as tm "
        "copy makes one, or a postgresql:// address; bundled is the one that comes with "
        "tm. Without it the environment variable TM_KB counts, then a workspace of tm init around "
        "the current folder, then the bundled one; so scripts name it.",
        show_default=False,
    ),
]
NoColor = Annotated[
    bool, typer.Option("--no-color", help="No colour. So do NO_COLOR=1 and TERM=dumb.")
]
Json = Annotated[bool, typer.Option("--json", help="Short for --format json.")]


def _format_option(formats: Mapping[str, Format], usual: str) -> Any:
    """An option that chooses a format; `usual` says which it is without one."""
    return typer.Option(
        "--format",
        metavar="|".join(formats),
        help=f"Output format. Unless told: {usual}.",
        autocompletion=terms({name: format_.purpose for name, format_ in formats.items()}),
        show_default=False,
    )


_TABLE = "table on a terminal, tsv elsewhere"
_TEXT = "text on a terminal, tsv elsewhere"
ListFormat = Annotated[str | None, _format_option(LIST_FORMATS, _TABLE)]
DossierFormat = Annotated[str | None, _format_option(DOSSIER_FORMATS, "text")]
ReportFormat = Annotated[str | None, _format_option(REPORT_FORMATS, "text")]
CheckFormat = Annotated[str | None, _format_option(CHECK_FORMATS, "text")]
StatisticsFormat = Annotated[str | None, _format_option(REPORT_FORMATS, _TEXT)]
CitationFormat = Annotated[str | None, _format_option(CITATION_FORMATS, "text")]
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
Names = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
        help="Customer, category, group, event, actor, claim, quotation or source: by id; what has "
        "a name, also by that, by another name, by an ISO code or a ship's IMO number.",
        autocompletion=ids(),
        show_default=False,
    ),
]
ArchivedSource = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE",
        help="An archived source.",
        autocompletion=ids("sources"),
        show_default=False,
    ),
]
Aliases = Annotated[
    list[str] | None,
    typer.Option("--alias", metavar="NAME", help="Another name that finds it; may be repeated."),
]
Id = Annotated[
    str | None,
    typer.Option(
        "--id", metavar="ID", help="Its id; made of its words unless told.", show_default=False
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
]
NoInput = Annotated[
    bool,
    typer.Option(
        "--no-input",
        help="Ask for nothing. What is missing is told, as it is where no person is at a terminal.",
    ),
]
IfVersion = Annotated[
    str | None,
    typer.Option(
        metavar="SHA256",
        help="Change it only if it is of this version still: the SHA-256 of a file, as sha256sum "
        "prints it, of a store what tm log --json has, or the first digits of either.",
        show_default=False,
    ),
]
Fields = Annotated[
    str | None,
    typer.Option(
        metavar="A,B,…",
        help="Show these fields only, in this order: it is what makes JSON small. An unknown one "
        "lists the valid ones.",
        autocompletion=fields,
        show_default=False,
    ),
]
Full = Annotated[bool, typer.Option("--full", help="Show all, on however many lines it takes.")]
Limit = Annotated[
    int | None,
    typer.Option(metavar="N", min=0, max=limits.ROWS.most, help="Show the first N only."),
]


_TOLD: Final = "targetmarkets.workspace"
"""Where a run keeps that the workspace was told."""


def knowledge_base(context: typer.Context, kb: str | None) -> str | None:
    """The knowledge base named after the command, or else before it; or else the workspace around
    the current folder, which is told, once. Raises `UsageError`.
    """
    root = context.find_root()
    before: str | None = root.params.get("kb")
    chosen = kb if kb is not None else before
    if chosen is not None and not chosen.strip():
        raise UsageError("--kb is empty", "name a file or a folder, or leave the option out")
    if chosen is not None or (found := workspace()) is None:
        return chosen
    if _TOLD not in root.meta:
        root.meta[_TOLD] = True
        place = os.path.relpath(found.parent)
        where = "this folder" if place == os.curdir else f"at {place}"
        tell(f"the workspace is {found.parent.name}, {where}")
    return str(found)


def typed_options(context: typer.Context) -> dict[str, str]:
    """Names of the parameters whose options were typed, each with its option."""
    return {
        str(parameter.name): parameter.opts[0]
        for parameter in context.command.params
        if parameter.param_type_name == "option"
        and (source := context.get_parameter_source(str(parameter.name)))
        and source.name == "COMMANDLINE"
    }


def destination_of(context: typer.Context, output: str | None, no_color: bool) -> Destination:
    """Where data goes; colour may be declined before the command or after it.

    Raises `UsageError` for a file without a name.
    """
    if output is not None and not output.strip():
        raise UsageError("--output is empty", "name a file, or leave the option out")
    if output is not None and output != "-":
        _spare_knowledge_bases(context, Path(output))
    before = bool(context.find_root().params.get("no_color"))
    return destination(None if output == "-" else output, no_color=no_color or before)


def _spare_knowledge_bases(context: typer.Context, target: Path) -> None:
    """Refuse to overwrite a knowledge base or what is archived beside one: a slip of the thumb
    would be enough. Raises `UsageError`.
    """
    from targetmarkets.evidence.archive import folders  # brings the models

    given = context.params.get("kb") or context.find_root().params.get("kb")
    compared = [context.params[name] for name in ("before", "after") if name in context.params]
    bases = [locate(kb) for kb in (given or workspace(), *compared)]
    real = Path(os.path.realpath(target))
    folder = real.parent
    beside = (folder.parent / FILE_NAME, folder.parent / "data" / FILE_NAME)
    archives = folder.name in {"sources", "seeds"} and any(path.exists() for path in beside)
    archives = archives or folder in {
        Path(os.path.realpath(place)) for base in bases for place in folders(base)
    }
    files = {Path(os.path.realpath(base)) for base in bases if isinstance(base, Path)}
    is_base = target.name == FILE_NAME or real in files
    if archives or (is_base and target.exists()):
        what = "holds archived texts" if archives else "is a knowledge base"
        where = folder if archives else target
        raise UsageError(f"--output: {where} {what}, and is not written to", "name another file")


def format_of(
    given: str | None,
    json: bool,
    known: Mapping[str, Format],
    usual: str,
    file: str | None = None,
) -> str:
    """The format asked for, or else the one that the output file's ending names, or the usual one.

    A file without an ending takes the usual one, as stdout does. --json is short for the one whose
    ending is `.json`. Raises `UsageError` for a format that is not known here, and for an ending
    that names none: who writes `x.xlsx` does not want other text in it.
    """
    kind_of_json = _by_ending(known)[".json"]
    if json and given not in {None, kind_of_json}:
        message = f"--json and --format {shorten(given or '')} contradict"
        raise UsageError(message, "leave one of them out")
    if json:
        given = kind_of_json
    chosen = given if given is not None else _named(file or "", known) or usual
    if chosen not in known:
        message = f"there is no format {shorten(chosen)} here"
        near = spelt_like(chosen.lower(), known, shortest=SHORTEST_TERM)
        remedy = f"did you mean {near[0]}?" if near else f"choose from: {', '.join(known)}"
        raise UsageError(message, remedy)
    return chosen


def list_format_of(to: Destination, given: str | None, json: bool, file: str | None) -> str:
    """The same of a list: a table for a person, and rows for whatever else reads it."""
    return format_of(given, json, LIST_FORMATS, "table" if to.is_terminal else "tsv", file)


def _by_ending(known: Mapping[str, Format]) -> dict[str | None, str]:
    """Formats by their endings: those known here, and the others, so that they can be told."""
    return {format_.ending: format_.name for format_ in (*FORMATS, *known.values())}


def _named(file: str, known: Mapping[str, Format]) -> str | None:
    """The format that the ending of a file asks for; None if it has none. Raises `UsageError`."""
    ending = PurePath(file).suffix.lower()
    if not ending:
        return None
    named = _by_ending(known).get(ending)
    if named in known:
        return named
    asks = f"asks for {named}, and there is none here" if named else "names no format"
    endings = ", ".join(format_.ending for format_ in known.values() if format_.ending)
    raise UsageError(
        f"the ending of {file} {asks}",
        f"end it in {endings}, or choose with --format: {', '.join(known)}",
    )
