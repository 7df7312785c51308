"""EDTF dates and intervals: their form, and the days that they stand for, which may overlap."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from targetmarkets.model.vocabulary import Era

_DAY = r"[0-9]{4}(-(0[1-9]|1[0-2]|2[1-4])(-(0[1-9]|[12][0-9]|3[01]))?)?[?~%]?|[0-9]{3}X|[0-9]{2}XX"
PERIOD_PATTERN: Final = rf"^(({_DAY})|({_DAY})/({_DAY}|\.\.)?|(\.\.)?/({_DAY}))$"

OPEN: Final = ".."
"""An end of an interval that is open."""

EARLIEST: Final = "0000-00-00"
LATEST: Final = "9999-99-99"
"""Ends of a period that is open or whose end is unknown, as days."""

_SEASONS: Final = {"21": ("03", "05"), "22": ("06", "08"), "23": ("09", "11"), "24": ("12", "12")}


class Days(NamedTuple):
    """The first and the last day that a period may hold, comparable as text."""

    first: str
    last: str

    def overlaps(self, other: "Days") -> bool:
        """Whether some day may be in both."""
        return self.first <= other.last and other.first <= self.last

    def hold(self, other: "Days") -> bool:
        """Whether every day of the other lies in this one."""
        return self.first <= other.first and other.last <= self.last


@lru_cache(maxsize=1_024)
def days(period: str) -> Days:
    """The days of an EDTF period; an end that is open or unknown is as far off as can be."""
    first, slash, last = period.partition("/")
    if not slash:
        return _date(first)
    return Days(
        EARLIEST if first in {"", ".."} else _date(first).first,
        LATEST if last in {"", ".."} else _date(last).last,
    )


@lru_cache(maxsize=1_024)
def may_hold(period: str) -> Days:
    """The days that a period may hold, as far as they may lie: a filter must not miss any.

    What is approximate or uncertain may lie in the years beside a year, the months beside a month,
    the week before or after a day. A season is that of either hemisphere, and a winter that which
    begins or ends in its year.

    >>> may_hold("2011-06~"), may_hold("2004-24")[0], may_hold("2009?/2011")[0]
    (Days(first='2011-05-01', last='2011-07-31'), '2003-12-01', '2008-01-01')
    """
    first, slash, last = period.partition("/")
    if not slash:
        return _wide(first)
    return Days(
        EARLIEST if first in {"", OPEN} else _wide(first).first,
        LATEST if last in {"", OPEN} else _wide(last).last,
    )


def _wide(text: str) -> Days:
    """The days that a date may hold."""
    exact = text.rstrip("?~%")
    first, last = _date(exact)
    if (season := exact[5:7]) in _MAY_BE:
        early, late = _MAY_BE[season]
        first, last = _moved(exact[:4], early, "01"), _moved(exact[:4], late, "31")
    if text == exact:
        return Days(first, last)
    if len(exact) > len("2011-06"):
        day, week = date.fromisoformat(exact), timedelta(7)
        return Days(_day(day.toordinal() - week.days), _day(day.toordinal() + week.days))
    step = 1 if len(exact) > len("2011") else 12
    return Days(
        _moved(first[:4], int(first[5:7]) - step, "01"),
        _moved(last[:4], int(last[5:7]) + step, "31"),
    )


def _moved(year: str, month: int, day: str) -> str:
    """A day of a month that is counted from the January of a year: 0 is the December before."""
    months = int(year) * 12 + month - 1
    return f"{months // 12:04}-{months % 12 + 1:02}-{day}"


def _day(ordinal: int) -> str:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal())).isoformat()


_MAY_BE: Final = {"21": (3, 11), "22": (0, 14), "23": (3, 11), "24": (0, 14)}
"""The first and the last month that a season may hold: spring is September in the south, and summer
December of the year before."""


def first_year(period: str | None) -> int | None:
    """The year in which a period begins; None where that is open, or not known to the year."""
    year = period[:4] if period else ""
    return int(year) if len(year) == 4 and year.isascii() and year.isdigit() else None


def ends(period: str) -> tuple[str, str]:
    """The two dates of an interval; of a date, itself twice."""
    first, slash, last = period.partition("/")
    return (first, last) if slash else (first, first)


def latest_date(period: str) -> str:
    """The latest date that a period names; an end that is open or unknown names none.

    >>> [latest_date(period) for period in ("2016/2018", "1990/..", "/2006-07-12", "2011-06~")]
    ['2018', '1990', '2006-07-12', '2011-06~']
    """
    first, last = ends(period)
    return first if last in {"", OPEN} else last


def end_of(period: str) -> str:
    """The earliest day on which a period can end; one that is open ends never."""
    first, slash, last = period.partition("/")
    if last == "..":
        return LATEST
    return _date(last).first if last else _date(first).first if not slash else days(period).first


def finest(periods: Iterable[str]) -> list[str]:
    """Periods of one thing without the plain dates that another one tells more exactly.

    >>> finest(["2013", "2013-07", "2013-07-10", "2013-07-16"]), finest(["2009", "2009-11?"])
    (['2013-07-10', '2013-07-16'], ['2009', '2009-11?'])
    """
    held = list(dict.fromkeys(periods))
    certain = [days(period) for period in held if not re.search("[?~%]", period)]
    return [
        period
        for period in held
        if "/" in period
        or not any(days(period).hold(other) and other != days(period) for other in certain)
    ]


def _date(text: str) -> Days:
    text = text.rstrip("?~%")
    if "X" in text:
        return Days(f"{text.replace('X', '0')}-01-01", f"{text.replace('X', '9')}-12-31")
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    early, late = _SEASONS.get(month, (month or "01", month or "12"))
    return Days(f"{year}-{early}-{day or '01'}", f"{year}-{late}-{day or '31'}")


def span(periods: Iterable[str]) -> str | None:
    """The period that holds some periods, in no finer steps than theirs: what they have in common
    if they lie in one year or month, else the years from the first to the last.

    >>> span(["2013-07-10", "2013-07-16"]), span(["2009-11", "2012"]), span(["2009", "1990/.."])
    ('2013-07', '2009/2012', '1990/..')
    """
    held = list(dict.fromkeys(periods))
    if len(held) < 2:
        return held[0] if held else None
    firsts, lasts = zip(*(ends(period) for period in held), strict=True)
    dates: set[str] = {*firsts, *lasts}
    if not dates & {"", ".."} and not any(re.search("[X?~%]", date) for date in dates):
        for length in (len("2013-07"), len("2013")):
            start = {date[:length] for date in dates}
            if len(start) == 1 and min(map(len, dates)) >= length:
                return start.pop()
    first = min(firsts, key=lambda date: EARLIEST if date in {"", ".."} else _date(date).first)
    last = max(lasts, key=lambda date: LATEST if date in {"", ".."} else _date(date).last)
    return f"{_year(first)}/{_year(last)}"


def _year(date: str) -> str:
    """The year of a date, as sure as the date is: `2009~`."""
    if date in {"", ".."} or "X" in date:
        return date
    return date[:4] + date[len(date.rstrip("?~%")) :]


SANCTIONS_BEGAN: Final = "2006-10-14"
"""The day on which the Security Council adopted resolution 1718."""


@lru_cache(maxsize=1_024)
def era(period: str | None) -> Era:
    """How a period lies to the sanctions era."""
    if period is None:
        return "undated"
    first, last = days(period)
    if first >= SANCTIONS_BEGAN:
        return "sanctions"
    if last < SANCTIONS_BEGAN:
        return "before"
    start, slash, end = period.partition("/")
    # It lies across where its start is surely before that day, and its end surely not.
    began = bool(slash) and start not in {"", ".."} and _date(start).last < SANCTIONS_BEGAN
    went_on = end == ".." or (end != "" and _date(end).first >= SANCTIONS_BEGAN)
    return "across" if began and went_on else "uncertain"


@lru_cache(maxsize=1_024)
def real_days(period: str) -> str:
    """Refuse days that no calendar has, and intervals that run backwards."""
    for day in re.findall(r"[0-9]{4}-[01][0-9]-[0-9][0-9]", period):
        date.fromisoformat(day)
    first, last = days(period)
    if first > last:
        raise ValueError("the interval ends before it begins")
    return period


def is_period(text: str) -> bool:
    """Whether a text is a date or an interval in EDTF, of days that exist."""
    try:
        return re.fullmatch(PERIOD_PATTERN, text) is not None and bool(real_days(text))
    except ValueError:
        return False
