"""Write what `verify`, `coverage` and `stats` found out as a document."""

from targetmarkets.coverage import CoverageReport
from targetmarkets.findings import Verification
from targetmarkets.formats.document import Document
from targetmarkets.formats.reports.coverage import write_coverage
from targetmarkets.formats.reports.stats import write_statistics
from targetmarkets.formats.reports.verification import write_verification
from targetmarkets.stats import StatisticsRecord


def write_report(report: Verification | CoverageReport | StatisticsRecord) -> Document:
    """The document of any report."""
    match report:
        case Verification():
            return write_verification(report)
        case CoverageReport():
            return write_coverage(report)
        case StatisticsRecord():
            return write_statistics(report)
