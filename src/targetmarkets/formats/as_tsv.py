"""Tab-separated values: a header, then a line for each record, nothing cut.

Tabs, line ends, backslashes and control characters inside a value are written as escapes.
"""

from targetmarkets.fields import value_at
from targetmarkets.formats import Listing, Look
from targetmarkets.formats.cells import cell
from targetmarkets.formats.columns import COLUMNS
from targetmarkets.formats.escape import reversible


def listing(listing: Listing, _: Look) -> str:
    """The fields that were asked for, or the usual columns."""
    columns = list(listing.fields or COLUMNS[listing.kind])
    rows = [columns]
    rows += [[cell(value_at(record, name)) for name in columns] for record in listing.records]
    return "".join("\t".join(map(reversible, row)) + "\n" for row in rows)
