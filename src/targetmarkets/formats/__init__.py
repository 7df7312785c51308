"""Output formats: one module each, and here the tables that name them.

A module that sets lists has `listing(Listing, Look) -> str`. One that sets dossiers has
`dossiers(records, Archives, Look, fields) -> str`. One that sets what `verify`, `coverage` and
`stats` found out has `report(Report, Look) -> str`. To add a format, write its module and its line
in the table; the command line and its help follow.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from targetmarkets.anchor import Archives
    from targetmarkets.coverage import CoverageReport
    from targetmarkets.findings import Verification
    from targetmarkets.models import Source
    from targetmarkets.records import AnyRecord, ListedRecord
    from targetmarkets.stats import StatisticsRecord

    Report = Verification | CoverageReport | StatisticsRecord

LIST_FORMATS: Final[dict[str, str]] = {
    "table": "targetmarkets.formats.as_table",
    "json": "targetmarkets.formats.as_json",
    "tsv": "targetmarkets.formats.as_tsv",
}
"""Formats of lists, each with its module."""

DOSSIER_FORMATS: Final[dict[str, str]] = {
    "text": "targetmarkets.formats.as_text",
    "json": "targetmarkets.formats.as_json",
}
"""Formats of dossiers, each with its module."""

REPORT_FORMATS: Final[dict[str, str]] = {
    "text": "targetmarkets.formats.as_text",
    "json": "targetmarkets.formats.as_json",
    "tsv": "targetmarkets.formats.as_tsv",
}
"""Formats of what `verify`, `coverage` and `stats` find out, each with its module."""


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
