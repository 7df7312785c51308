"""What lists and reports have in rows, for every format with rows and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from targetmarkets.formats.cells import sorted_into, stored
from targetmarkets.records.fields import COLUMNS, HEADINGS, value_at
from targetmarkets.records.wording import cite_work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from targetmarkets.formats.interface import Listing, Report, Streamed
    from targetmarkets.records.checks import CheckReport, CitationRecord, Standing
    from targetmarkets.records.reports import DiffRecord, MergeRecord

Rows = list[list[Any]]
"""The names of the columns, and below them the values."""


def listing_rows(listing: Listing) -> Rows:
    """The fields that were asked for, or the usual columns."""
    return _table(listing.fields or COLUMNS[listing.kind], listing.records)


def streamed_rows(listing: Streamed) -> Iterator[list[Any]]:
    """The same, row after row."""
    columns = listing.fields or COLUMNS[listing.kind]
    yield list(columns)
    for item in listing.records:
        yield [value_at(item, name) for name in columns]


def report_rows(report: Report) -> Rows:
    """The part of a report that has rows: findings, sentences, counts, differences, passages."""
    from targetmarkets.model.findings import Verification
    from targetmarkets.records.reports import (
        AnchorRecord,
        CoverageReport,
        DiffRecord,
        LogRecord,
        MergeRecord,
    )

    if report.object == "check":
        return _checked(report)
    match report:
        case Verification():
            columns = ["check", "file", "line", "path", "id", "message", "remedy"]
            return _table(columns, report.findings)
        case AnchorRecord():
            return _table(["id", "kind", "fate", "exact", "start", "end", "now"], report.passages)
        case CoverageReport():
            columns = ["line", "start", "end", "standing", "text", "quotes", "claims", "reason"]
            tables = [(source.source, _table(columns, source.items)) for source in report.sources]
            rows = [[name, *row] for name, (_, *table) in tables for row in table]
            return [["source", *columns], *rows]
        case DiffRecord():
            columns = ["change", "kind", "id", "label", "field", "before", "after", "gloss"]
            rows = [*_of_file(report), *_sorted_otherwise(report), *_differences(report)]
            return [columns, *rows]
        case LogRecord():
            columns = ["number", "at", "who", "why", "stands", "added", "changed", "removed"]
            return _table([*columns, "version"], report.changes)
        case MergeRecord():
            return _merged(report)
    counts = [
        [table.name, row, column, count]
        for table in report.tables
        for row, values in table.rows
        for column, count in zip(table.columns, values, strict=True)
    ]
    return [["table", "row", "column", "count"], *counts]


def _table(columns: Sequence[str], items: Iterable[object]) -> Rows:
    return [list(columns), *([value_at(item, name) for name in columns] for item in items)]


def _checked(report: CheckReport) -> Rows:
    """A row for each quotation and each citation of a draft."""
    from targetmarkets.records.checks import QuotationRecord

    rows: Rows = [
        ["file", "line", "column", "paragraph", "what", "verdict", "ok", "text", "message"]
    ]
    items: list[QuotationRecord | CitationRecord] = [*report.quotations, *report.citations]
    for item in items:
        place = item.place
        where = [place.file, place.line, place.column, place.paragraph]
        if isinstance(item, QuotationRecord):
            told = ["quotation", item.verdict]
        else:
            told = ["citation", _standing(item)]
        rows.append([*where, *told, item.ok, item.text, item.message])
    return rows


def _standing(citation: CitationRecord) -> str:
    """What became of a citation, in a word."""
    if not citation.known:
        return "unknown"
    standings = {claim.standing for claim in citation.claims}
    worst: tuple[Standing, ...] = ("retracted", "disputed", "stands")
    return next((standing for standing in worst if standing in standings), "known")


def _of_file(report: DiffRecord) -> Rows:
    """A row for each thing that the two files say of themselves differently."""
    return [
        ["changed", "file", None, None, each.field, stored(each.before), stored(each.after), None]
        for each in report.file
    ]


def _sorted_otherwise(report: DiffRecord) -> Rows:
    """A row for each customer or group whose category, or the ground for it, differs."""
    return [
        [
            *("changed", "category of", change.id, change.name, "category"),
            sorted_into(change.before, change.before_known, change.before_hedge),
            sorted_into(change.after, change.after_known, change.after_hedge),
            None,
        ]
        for change in report.categories
    ]


def _differences(report: DiffRecord) -> Rows:
    """A row for each field that differs, and for each object that only one version has."""
    rows: Rows = []
    for change in report.changes:
        what = [change.change, change.kind, change.id, change.label]
        rows += [
            [*what, field.field, stored(field.before), stored(field.after), change.gloss]
            for field in change.fields
        ] or [[*what, None, None, None, change.gloss]]
    return rows


def _merged(report: MergeRecord) -> Rows:
    """A row for each field in conflict, and for each thing that does not hold of the result."""
    conflicts = [
        [each.why, each.kind, each.id, each.label, field.field, stored(field.before),
         stored(field.after)]
        for each in report.conflicts
        for field in each.fields
    ]  # fmt: skip
    findings = [
        [each.check, "finding", each.id, each.message, each.path, None, None]
        for each in report.findings
    ]
    return [["why", "kind", "id", "label", "field", "ours", "theirs"], *conflicts, *findings]


def headings(listing: Listing) -> Mapping[str, Sequence[str]]:
    """The columns of a table for people: the fields that were asked for, or the usual ones."""
    if listing.fields:
        return {field: (field,) for field in listing.fields}
    return HEADINGS[listing.kind]


def works(listing: Listing) -> Mapping[str, str]:
    """The works behind the keys in a table for people, in full."""
    cited = {
        id_
        for fields in headings(listing).values()
        for field in fields
        if field.split(".")[-1] == "sources"
        for record in listing.records
        for id_ in value_at(record, field) or ()
    }
    return {
        id_: cite_work(source) for id_, source in (listing.sources or {}).items() if id_ in cited
    }
