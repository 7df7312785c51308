"""`tm verify`: prove the knowledge base."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from targetmarkets.cli.errors import FOUND_EXIT_CODE
from targetmarkets.cli.options import (
    Json,
    Kb,
    NoColor,
    Output,
    ReportFormat,
    destination_of,
    format_of,
    knowledge_base,
)
from targetmarkets.cli.output import tell
from targetmarkets.formats.registry import REPORT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from targetmarkets.model.findings import Finding

EXAMPLES = (
    "tm verify",
    "tm verify --unused --json",
    "tm verify --documents --kb DIR",
)

MAX_UNUSED_NAMED: Final = 5
"""Unused things of a kind that are named; more are listed on demand."""


def command(
    context: typer.Context,
    documents: Annotated[
        bool,
        typer.Option(
            "--documents",
            help="Read the kept documents again, too, and compare what comes out with their "
            "archived texts.",
        ),
    ] = False,
    unused: Annotated[
        bool,
        typer.Option(
            "--unused",
            help="Count as found, too, what nothing needs: objects to which nothing refers, and "
            "files that no source names.",
        ),
    ] = False,
    format_: ReportFormat = None,
    json: Json = False,
    output: Output = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Prove offline that every quotation stands in its archived source.

    Checks the shape of the knowledge base, its ids and references, and then the hash of every
    archived text, every span and every quotation, code point by code point. Exits with 1 if
    anything is found. Objects to which nothing refers, and files that no source names, are told.
    """
    from targetmarkets.evidence.leftovers import leftovers, with_leftovers
    from targetmarkets.evidence.verification import verify as prove
    from targetmarkets.formats.registry import set_report
    from targetmarkets.kb.paths import bundled, locate

    to = destination_of(context, output, no_color)
    chosen_format = format_of(format_, json, REPORT_FORMATS, "text", output)
    path = locate(knowledge_base(context, kb))
    verification = prove(path)
    if documents:
        from targetmarkets.cli.documents import progress
        from targetmarkets.writing.rereading import with_documents

        with progress("documents") as report:
            verification = with_documents(verification, path, report)
    if unused:
        verification = with_leftovers(verification, [*leftovers(verification, path)])
    elif path != bundled():
        _tell_unused(leftovers(verification, path))
    if path != bundled():
        tell(f"checked {path}")
    to.emit(set_report(verification, chosen_format, to.look))
    if not verification.ok:
        if to.file:
            tell(f"not everything is proved: {to.file} says what", "mend what it lists")
        raise typer.Exit(FOUND_EXIT_CODE)


def _tell_unused(findings: "Iterable[Finding]") -> None:
    """Name some of what nothing needs: there may be more of it than memory holds."""
    names: dict[str, list[str]] = {"use": [], "file": []}
    numbers = Counter[str]()
    for finding in findings:
        numbers[finding.check] += 1
        if numbers[finding.check] <= MAX_UNUSED_NAMED:
            names[finding.check].append(finding.id or finding.path or Path(finding.file).name)
    for check, what in (("use", "nothing refers to"), ("file", "no source names")):
        more = numbers[check] - len(names[check])
        named = [*names[check], f"{more} more"] if more else names[check]
        if named:
            tell(f"{what} {', '.join(named)}", "tm verify --unused says what to do")
