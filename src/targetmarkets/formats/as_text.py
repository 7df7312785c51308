"""Text: dossiers as a person reads them, set for a terminal, or plain for a pipe or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.formats.document import WIDEST
from targetmarkets.formats.dossier.record import dossier, overview
from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Setters
from targetmarkets.formats.layout import lay_out
from targetmarkets.formats.reports.report import write_report

if TYPE_CHECKING:
    from targetmarkets.formats.document import Document
    from targetmarkets.formats.interface import Dossiers, Look, Report


def dossiers(dossiers: Dossiers, look: Look) -> str:
    """The dossiers, one after the other, with an empty line between them."""
    width = min(look.width, WIDEST) if look.width is not None else look.sheet
    documents = (
        dossier(record, dossiers.archives)
        if dossiers.full
        else overview(record, dossiers.archives, width)
        for record in dossiers.records
    )
    return "\n".join(dump(document, look) for document in documents)


def report(report: Report, look: Look) -> str:
    """The report as a document."""
    return dump(write_report(report), look)


SETTERS: Final = Setters(dossiers=dossiers, reports=report)


def dump(document: Document, look: Look) -> str:
    """A document wrapped and styled for a terminal; without a width, a line for a paragraph."""
    if look.width is not None:
        from targetmarkets.formats import terminal  # brings Rich, which a pipe does not need

        return terminal.set_document(document, look)
    if document.screenful:
        lines = ("".join(p.text for p in pieces) for pieces in lay_out(document, look.sheet))
    else:
        lines = (
            " " * line.indent + visible("".join(piece.text for piece in line.pieces))
            for line in document.lines
        )
    return "".join(line.rstrip() + "\n" for line in lines)
