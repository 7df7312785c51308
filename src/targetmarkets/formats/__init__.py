"""Output formats: one module each, and here the tables that name them.

A module that sets lists has `listing(Listing, Look) -> str`. One that sets dossiers has
`dossiers(records, Archives, Look, fields) -> str`. One that sets reports, which are what commands
such as `verify` and `diff` find out, has `report(Report, Look) -> str`. One that sets citations has
`citations(Citing, Look) -> str`. To add a format, write its module and its line in the table; the
command line and its help follow.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.model.findings import Verification
    from targetmarkets.model.objects import Source
    from targetmarkets.records.citation import Citation
    from targetmarkets.records.objects import AnyRecord, ListedRecord
    from targetmarkets.records.reports import (
        AnchorRecord,
        CoverageReport,
        DiffRecord,
        StatisticsRecord,
    )

    Report = Verification | CoverageReport | StatisticsRecord | DiffRecord | AnchorRecord

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

STYLE: Final = "chicago-notes-bibliography"
"""The CSL style of citations unless told."""


class Citing(NamedTuple):
    """Citations before they are set."""

    citations: Sequence[Citation]
    sources: Mapping[str, Source]
    """Sources of the knowledge base by id."""
    style: str = STYLE
    """Name or file of a CSL style, for a format that has styles."""
    quote: bool = False
    """Whether the quotations are shown, in a format that can show them."""

    def works(self) -> list[Source]:
        """The works that are cited, each once, in the order in which they are named."""
        keys = dict.fromkeys(key for citation in self.citations for key in citation.keys)
        return [self.sources[key] for key in keys]

    def shown(self) -> list[Citation]:
        """The citations that differ in what is shown of them."""
        if self.quote:
            return list(dict.fromkeys(self.citations))
        return list(dict.fromkeys(c._replace(quote=None) for c in self.citations))


class Listing(NamedTuple):
    """A list before it is set."""

    kind: str
    """What is listed: `customers`, `categories`, `sources`, `hits`."""
    records: Sequence[ListedRecord]
    fields: Sequence[str] = ()
    """The fields that were asked for; empty for those that the format shows unless told."""
    sources: Mapping[str, Source] | None = None
    """Sources of the knowledge base by id, for a format that explains their keys."""


class Look(NamedTuple):
    """What the output goes to."""

    width: int | None = None
    """Columns of the terminal; None where lines are not to be wrapped."""
    colour: bool = False


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
