"""Text: dossiers as a person reads them, set for a terminal, or plain for a pipe or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Setters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.formats.document import Document
    from targetmarkets.formats.interface import Look, Report
    from targetmarkets.records.objects import AnyRecord


def dossiers(
    records: Sequence[AnyRecord], archives: Archives, look: Look, _: Sequence[str] = ()
) -> str:
    """The dossiers, one after the other, with an empty line between them."""
    from targetmarkets.formats.dossier.record import dossier  # reports do without it

    return "\n".join(dump(dossier(record, archives), look) for record in records)


def report(report: Report, look: Look) -> str:
    """The report as a document."""
    from targetmarkets.formats.reports.report import write_report  # dossiers do without it

    return dump(write_report(report), look)


SETTERS: Final = Setters(dossiers=dossiers, reports=report)


def dump(document: Document, look: Look) -> str:
    """A document wrapped and styled for a terminal; without a width, a line for a paragraph."""
    if look.width is not None:
        from targetmarkets.formats import terminal  # brings Rich, which a pipe does not need

        return terminal.set_document(document, look)
    lines = (
        " " * line.indent + visible("".join(piece.text for piece in line.pieces))
        for line in document.lines
    )
    return "".join(line.rstrip() + "\n" for line in lines)
