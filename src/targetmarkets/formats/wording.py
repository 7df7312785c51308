"""What lists, overviews and pictures say in the same few words: periods, outcomes, certainties.

It needs no records, so that the first screen is quick.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from targetmarkets.formats.document import Piece
from targetmarkets.model.edtf import OPEN, ends
from targetmarkets.records.wording import both_ends

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from targetmarkets.model.vocabulary import Certainty

DENIED: Final = "✗ denied: "
"""What stands before the statement of a denial."""

_OUTCOMES: Final[Mapping[str, str]] = {
    "intercepted": "stopped",
    "attempted": "tried",
    "requested": "asked for",
    "unstated": "not said",
}
"""Shorter words for outcomes; those that are not here are short enough."""


def show_outcome(outcome: str) -> str:
    """How something ended, in a short word."""
    return _OUTCOMES.get(outcome, outcome)


def show_period(period: str) -> str:
    """A period in EDTF for people: `2007–2012`, `since 2015`, `until 2006-07-12`."""
    first, last = ends(period)
    if first == last:
        return first
    if first in {"", OPEN}:
        return f"until {last}"
    return f"since {first}" if last in {"", OPEN} else f"{first}–{last}"


def show_years(period: str) -> str:
    """The same in few columns: of an interval the years, or the month or year that it lies in."""
    first, last = ends(period)
    if first == last:
        return first
    if first[:7] == last[:7] and len(first) > len("2013"):
        return first[:7]
    years = (_year(first), _year(last))
    return years[0] if years[0] == years[1] else show_period("/".join(years))


def _year(date: str) -> str:
    """The year of a date, as sure as the date is: `2009~`."""
    return date[:4] + date[len(date.rstrip("?~%")) :]


def sure(certainty: Certainty, *, proved: bool) -> Piece:
    """A certainty; what no quotation proves does not look as if one did."""
    return Piece(certainty, certainty if proved or certainty != "stated" else "plain")


def range_of(certainties: Sequence[Certainty], *, proved: bool) -> list[Piece]:
    """The surest and the least sure: `stated`, `stated–alleged`."""
    first, *last = (sure(word, proved=proved) for word in both_ends(certainties))
    return [first, *(piece for word in last for piece in (Piece("–"), word))]


def without_date(name: str, period: str | None) -> str:
    """The name of an event, without a date at its end that stands beside it."""
    year = (period or "")[:4]
    return re.sub(rf",( [A-Z][a-z]+)? {year}$", "", name) if year.isdecimal() else name
