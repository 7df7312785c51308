"""Output formats: one module each, and here the two tables that name them.

A module that sets lists has `listing(Listing, Look) -> str`. One that sets dossiers has
`dossiers(records, Archives, Look) -> str` and `verification(Verification, Look) -> str`.
To add a format, write its module and its line in the table; the command line and its help
follow.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from targetmarkets.anchor import Archives
    from targetmarkets.findings import Verification
    from targetmarkets.records import AnyRecord

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


class Listing(NamedTuple):
    """A list before it is set."""

    kind: str
    """What is listed: `customers`, `categories`, `activities`, `sources`."""
    records: Sequence[AnyRecord]
    fields: Sequence[str] = ()
    """The fields that were asked for; empty for those that the format shows unless told."""
    references: Mapping[str, str] | None = None
    """Reference to each source of the knowledge base, by its id."""


class Look(NamedTuple):
    """What the output goes to."""

    width: int | None = None
    """Columns of the terminal; None where lines are not to be wrapped."""
    colour: bool = False


def set_listing(listing: Listing, format_: str, look: Look) -> str:
    """A list in one of the formats of `LIST_FORMATS`."""
    text: str = import_module(LIST_FORMATS[format_]).listing(listing, look)
    return text


def set_dossiers(records: Sequence[AnyRecord], archives: Archives, format_: str, look: Look) -> str:
    """Dossiers in one of the formats of `DOSSIER_FORMATS`."""
    text: str = import_module(DOSSIER_FORMATS[format_]).dossiers(records, archives, look)
    return text


def set_verification(verification: Verification, format_: str, look: Look) -> str:
    """The result of `verify` in one of the formats of `DOSSIER_FORMATS`."""
    text: str = import_module(DOSSIER_FORMATS[format_]).verification(verification, look)
    return text
