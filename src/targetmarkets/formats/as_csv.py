"""Comma-separated values for spreadsheets and statistics programs (RFC 4180), nothing cut.

Text is quoted and numbers are not. In a pipe or a file every text is as it is, but for two things:
what a spreadsheet would take for a formula has an apostrophe before it, and a control character
that no spreadsheet keeps becomes a visible escape. On a terminal, what hides or reorders text is
escaped too. Use tab-separated values to have every text back as it was.

The file is UTF-8 without a mark that says so: choose UTF-8 where a spreadsheet asks. Where it can
read quoted fields as text, let it. Otherwise it may take a date such as `2013-04-03` or `2014-04`
for a date of its own, and show it differently.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.formats.cells import cell
from targetmarkets.formats.escape import HIDDEN, storable, visible_lines
from targetmarkets.formats.interface import Setters
from targetmarkets.formats.rows import Rows, listing_rows, report_rows, streamed_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from targetmarkets.formats.interface import Listing, Look, Report, Streamed

FORMULA: Final = re.compile(rf"[\t\n]|{HIDDEN}*[-=+@＝＋－＠]")
"""How a text begins that a spreadsheet may take for a formula (OWASP, CSV injection)."""


def listing(listing: Listing, look: Look) -> str:
    """The fields that were asked for, or the usual columns."""
    return _lines(listing_rows(listing), look)


def stream(listing: Streamed, look: Look) -> Iterator[str]:
    """The same, row after row."""
    for row in streamed_rows(listing):
        yield _lines([row], look)


def report(report: Report, look: Look) -> str:
    """The part of a report that has rows."""
    return _lines(report_rows(report), look)


SETTERS: Final = Setters(lists=listing, streams=stream, reports=report)


def _lines(rows: Rows, look: Look) -> str:
    """The rows; on a terminal, which takes no carriage return, with plain line ends."""
    file = StringIO()
    end = "\r\n" if look.width is None else "\n"
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator=end)
    shown = storable if look.width is None else visible_lines
    writer.writerows([_value(value, shown) for value in row] for row in rows)
    return file.getvalue()


def _value(value: Any, shown: Callable[[str], str]) -> int | str:
    if type(value) is int:
        return value
    text = shown(cell(value))
    return f"'{text}" if FORMULA.match(text) else text
