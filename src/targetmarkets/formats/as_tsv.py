"""Tab-separated values: a header, then a line for each record, nothing cut.

Tabs, line ends, backslashes and control characters inside a value are written as escapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.formats.cells import cell
from targetmarkets.formats.escape import reversible
from targetmarkets.formats.interface import Setters
from targetmarkets.formats.rows import Rows, listing_rows, report_rows, streamed_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from targetmarkets.formats.interface import Listing, Look, Report, Streamed


def listing(listing: Listing, _: Look) -> str:
    """The fields that were asked for, or the usual columns."""
    return _lines(listing_rows(listing))


def stream(listing: Streamed, _: Look) -> Iterator[str]:
    """The same, row after row."""
    return (_lines([row]) for row in streamed_rows(listing))


def report(report: Report, _: Look) -> str:
    """The part of a report that has rows."""
    return _lines(report_rows(report))


SETTERS: Final = Setters(lists=listing, streams=stream, reports=report)


def _lines(rows: Rows) -> str:
    return "".join("\t".join(reversible(cell(value)) for value in row) + "\n" for row in rows)
