"""Periods as FollowTheMoney can hold them: plain dates, and no more."""

from __future__ import annotations

import re
from typing import Final

_PLAIN: Final = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")


def dates(period: str | None) -> dict[str, str]:
    """The properties for a period in EDTF: those of its dates that are a plain year, month or day.

    What is approximate, uncertain, a decade, a season or open has no place among dates: it would
    read as sure.

    >>> dates("2013-07"), dates("2009/2012-05"), dates("198X/2014"), dates("2011-06~")
    ({'date': '2013-07'}, {'startDate': '2009', 'endDate': '2012-05'}, {'endDate': '2014'}, {})
    """
    first, slash, last = (period or "").partition("/")
    given = {"startDate": first, "endDate": last} if slash else {"date": first}
    return {name: date for name, date in given.items() if _PLAIN.fullmatch(date)}


def is_whole(period: str | None) -> bool:
    """Whether these properties say all that a period says."""
    return not period or len(dates(period)) == period.count("/") + 1
