"""The tables that name the formats, and the way to each.

A module that sets lists has `listing(Listing, Look) -> str`. One that sets dossiers has
`dossiers(records, Archives, Look, fields) -> str`. One that sets reports, which are what commands
such as `verify` and `diff` find out, has `report(Report, Look) -> str`. One that sets citations has
`citations(Citing, Look) -> str`. To add a format, write its module and its line in the table; the
command line and its help follow.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.formats.interface import Citing, Listing, Look, Report
    from targetmarkets.records.objects import AnyRecord

LIST_FORMATS: Final[dict[str, str]] = {
    "table": "targetmarkets.formats.as_table",
    "json": "targetmarkets.formats.as_json",
    "jsonl": "targetmarkets.formats.as_jsonl",
    "csv": "targetmarkets.formats.as_csv",
    "tsv": "targetmarkets.formats.as_tsv",
    "markdown": "targetmarkets.formats.as_markdown",
}
"""Formats of lists, each with its module."""

DOSSIER_FORMATS: Final[dict[str, str]] = {
    "text": "targetmarkets.formats.as_text",
    "json": "targetmarkets.formats.as_json",
    "markdown": "targetmarkets.formats.as_markdown",
}
"""Formats of dossiers, each with its module."""

REPORT_FORMATS: Final[dict[str, str]] = {
    "text": "targetmarkets.formats.as_text",
    "json": "targetmarkets.formats.as_json",
    "csv": "targetmarkets.formats.as_csv",
    "tsv": "targetmarkets.formats.as_tsv",
}
"""Formats of reports, each with its module."""

CITATION_FORMATS: Final[dict[str, str]] = {
    "text": "targetmarkets.formats.citations.as_text",
    "pandoc": "targetmarkets.formats.citations.as_pandoc",
    "csl-json": "targetmarkets.formats.citations.as_csl_json",
    "bibtex": "targetmarkets.formats.citations.as_bibtex",
    "ris": "targetmarkets.formats.citations.as_ris",
}
"""Formats of citations, each with its module."""


def set_listing(listing: Listing, format_: str, look: Look) -> str:
    """A list in one of the formats of `LIST_FORMATS`."""
    text: str = import_module(LIST_FORMATS[format_]).listing(listing, look)
    return text


def set_dossiers(
    records: Sequence[AnyRecord],
    archives: Archives,
    format_: str,
    look: Look,
    fields: Sequence[str] = (),
) -> str:
    """Dossiers in one of the formats of `DOSSIER_FORMATS`; `fields` chooses some, where a format
    has fields.
    """
    module = import_module(DOSSIER_FORMATS[format_])
    text: str = module.dossiers(records, archives, look, fields)
    return text


def set_report(report: Report, format_: str, look: Look) -> str:
    """What a command found out, in one of the formats of `REPORT_FORMATS`."""
    text: str = import_module(REPORT_FORMATS[format_]).report(report, look)
    return text


def set_citations(citing: Citing, format_: str, look: Look) -> str:
    """Citations in one of the formats of `CITATION_FORMATS`.

    Raises `MissingExtraError` for a format whose packages are not installed, and `UsageError` for
    a style that is not known or cannot be used.
    """
    text: str = import_module(CITATION_FORMATS[format_]).citations(citing, look)
    return text
