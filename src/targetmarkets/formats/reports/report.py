"""Write what commands found out as a document: `verify`, `coverage`, `stats`, `diff` and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from targetmarkets.formats.reports.anchoring import write_anchoring
from targetmarkets.formats.reports.coverage import write_coverage
from targetmarkets.formats.reports.diff import write_diff
from targetmarkets.formats.reports.log import write_log
from targetmarkets.formats.reports.merging import write_merge
from targetmarkets.formats.reports.stats import write_statistics
from targetmarkets.formats.reports.verification import write_verification
from targetmarkets.model.findings import Verification
from targetmarkets.records.reports import (
    AnchorRecord,
    CoverageReport,
    DiffRecord,
    LogRecord,
    MergeRecord,
    StatisticsRecord,
)

if TYPE_CHECKING:
    from targetmarkets.formats.document import Document
    from targetmarkets.formats.interface import Report


def write_report(report: Report) -> Document:
    """The document of any report."""
    if report.object == "check":
        from targetmarkets.formats.reports.checking import write_check  # has models of its own

        return write_check(report)
    match report:
        case Verification():
            return write_verification(report)
        case CoverageReport():
            return write_coverage(report)
        case StatisticsRecord():
            return write_statistics(report)
        case DiffRecord():
            return write_diff(report)
        case LogRecord():
            return write_log(report)
        case MergeRecord():
            return write_merge(report)
        case AnchorRecord():
            return write_anchoring(report)
