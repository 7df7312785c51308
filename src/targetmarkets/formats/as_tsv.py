"""Tab-separated values: a header, then a line for each record, nothing cut.

Tabs, line ends, backslashes and control characters inside a value are written as escapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from targetmarkets.fields import value_at
from targetmarkets.formats.cells import cell
from targetmarkets.formats.columns import COLUMNS
from targetmarkets.formats.escape import reversible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from targetmarkets.formats import Listing, Look, Report


def listing(listing: Listing, _: Look) -> str:
    """The fields that were asked for, or the usual columns."""
    columns = list(listing.fields or COLUMNS[listing.kind])
    rows = [[cell(value_at(record, name)) for name in columns] for record in listing.records]
    return _lines([columns, *rows])


def report(report: Report, _: Look) -> str:
    """The part of a report that has rows: findings, sentences, or counts."""
    from targetmarkets.coverage import CoverageReport
    from targetmarkets.findings import Verification

    if isinstance(report, Verification):
        columns = ["check", "file", "line", "path", "id", "message", "remedy"]
        rows = [[cell(value_at(item, name)) for name in columns] for item in report.findings]
        return _lines([columns, *rows])
    if isinstance(report, CoverageReport):
        columns = ["line", "start", "end", "standing", "text", "quotes", "claims", "reason"]
        rows = [
            [source.source, *(cell(value_at(item, name)) for name in columns)]
            for source in report.sources
            for item in source.items
        ]
        return _lines([["source", *columns], *rows])
    counts = [
        [table.name, row, column, str(count)]
        for table in report.tables
        for row, values in table.rows
        for column, count in zip(table.columns, values, strict=True)
    ]
    return _lines([["table", "row", "column", "count"], *counts])


def _lines(rows: Iterable[Iterable[str]]) -> str:
    return "".join("\t".join(map(reversible, row)) + "\n" for row in rows)
