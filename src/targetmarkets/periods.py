"""EDTF dates and intervals as days, to see whether two of them overlap."""

import re
from typing import Final, NamedTuple

_FIRST, _LAST = "0000-00-00", "9999-99-99"
_SEASONS: Final = {"21": ("03", "05"), "22": ("06", "08"), "23": ("09", "11"), "24": ("12", "12")}


class Days(NamedTuple):
    """The first and the last day that a period may hold, comparable as text."""

    first: str
    last: str

    def overlaps(self, other: "Days") -> bool:
        """Whether some day may be in both."""
        return self.first <= other.last and other.first <= self.last


def days(period: str) -> Days:
    """The days of an EDTF period; an end that is open or unknown is as far off as can be."""
    first, slash, last = period.partition("/")
    if not slash:
        return _date(first)
    return Days(
        _FIRST if first in {"", ".."} else _date(first).first,
        _LAST if last in {"", ".."} else _date(last).last,
    )


def _date(text: str) -> Days:
    date = re.sub(r"[?~%]$", "", text)
    if "X" in date:
        return Days(f"{date.replace('X', '0')}-01-01", f"{date.replace('X', '9')}-12-31")
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    early, late = _SEASONS.get(month, (month or "01", month or "12"))
    return Days(f"{year}-{early}-{day or '01'}", f"{year}-{late}-{day or '31'}")
