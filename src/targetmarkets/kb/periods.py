"""Times as people type them, and how the periods of claims lie to a time that is asked for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from targetmarkets.errors import UsageError, shorten
from targetmarkets.model.edtf import OPEN, Days, days, ends, is_period, may_hold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Lie = Literal["inside", "overlapping", "undated"]
LIES: Final[dict[Lie, str]] = {
    "inside": "wholly inside the time that is asked for",
    "overlapping": "partly outside of it, or open at an end, and so perhaps not of that time",
    "undated": "without a date, and so perhaps of that time",
}
"""How what is listed may lie to a time."""

DATED: Final[tuple[Lie, ...]] = ("inside", "overlapping")
"""What is listed unless told."""

ALWAYS: Final = f"{OPEN}/{OPEN}"
"""All of time."""

_REMEDY: Final = "write it as 2009, 2009-07, 2010-2014, 2010s, since 2010, until 2012 or in EDTF"

_BOUNDED: Final = r"(since|from|after|until|till|to|before)\s+(\S+)"
_JOINED: Final = (
    r"([0-9]{4})-([0-9]{4})",
    r"(?:(?:from|between)\s+)?(\S+?)(?:\s*[–—]\s*|\s+(?:-|to|and|until)\s+)(\S+)",
)
_DECADE: Final = r"(?:the\s+)?([0-9]{3})0s"


def as_period(typed: str) -> str:
    """A time that somebody typed, as an interval or a date in EDTF.

    What is EDTF is taken as that: `2010-12` is December 2010. Raises `UsageError` for what is no
    time.

    >>> [as_period(text) for text in ("2010-2014", "since 2010", "before 2010", "2010s")]
    ['2010/2014', '2010/..', '../2009-12-31', '201X']
    """
    text = " ".join(typed.split()).lower()
    for written in (typed.strip(), text):
        if is_period(written):
            return written
    if match := re.fullmatch(_DECADE, text):
        return f"{match[1]}X"
    for joined in _JOINED:
        if match := re.fullmatch(joined, text):
            return _joined(typed, match[1], match[2])
    if match := re.fullmatch(_BOUNDED, text):
        return _bounded(typed, match[1], match[2])
    raise _no_period(typed)


def since(typed: str) -> str:
    """The time from the first day of one that somebody typed. Raises `UsageError`."""
    period = as_period(typed)
    first, last = ends(period)
    if first in {"", OPEN}:
        raise UsageError(f"{shorten(typed)} has no beginning", "give a date, such as 2010")
    if "/" in period and last not in {"", OPEN}:
        raise _two_ends(typed, "beginning", period)
    return f"{first}/{OPEN}"


def until(typed: str) -> str:
    """The time up to the last day of one that somebody typed. Raises `UsageError`."""
    period = as_period(typed)
    first, last = ends(period)
    if last in {"", OPEN}:
        raise UsageError(f"{shorten(typed)} has no end", "give a date, such as 2012")
    if "/" in period and first not in {"", OPEN}:
        raise _two_ends(typed, "end", period)
    return f"{OPEN}/{last}"


def common(times: Sequence[str]) -> str | None:
    """The time that several have in common; None where there is none.

    >>> common(["2010/..", "../2012"]), common(["2009/2013", "2010-07/.."]), common(["2009"])
    ('2010/2012', '2010-07/2013', '2009')
    """
    if len(times) == 1:
        return times[0]
    first = max(times, key=lambda time: days(time).first)
    last = min(times, key=lambda time: days(time).last)
    if days(first).first > days(last).last:
        return None
    return f"{ends(first)[0]}/{ends(last)[1]}"


def lie(periods: Iterable[str], times: Iterable[Days]) -> Lie | None:
    """How what has some periods lies to some times, by that which lies best; None for what lies
    outside of all of them.
    """
    told, asked = list(periods), list(times)
    if not told:
        return "undated"
    certain = [may_hold(period) for period in told if not re.search("[?~%]", period)]
    if any(time.hold(span) for time in asked for span in certain):
        return "inside"
    spans = map(may_hold, told)
    return "overlapping" if any(t.overlaps(span) for span in spans for t in asked) else None


def _joined(typed: str, first: str, last: str) -> str:
    """A time from one date to another."""
    period = f"{first}/{last}"
    if is_period(period):
        return period
    if is_period(f"{last}/{first}"):
        message = f"{shorten(typed)} ends before it begins"
        raise UsageError(message, f"turn it round: {last}/{first}")
    raise _no_period(typed)


def _bounded(typed: str, word: str, when: str) -> str:
    """A time that has one end."""
    if not is_period(when) or "/" in when:
        raise _no_period(typed)
    try:
        match word:
            case "before":
                return f"{OPEN}/{_day_before(days(when).first)}"
            case "after":
                return f"{_day_after(days(when).last)}/{OPEN}"
            case "since" | "from":
                return f"{when}/{OPEN}"
    except (ValueError, OverflowError):  # beyond the calendar
        raise _no_period(typed) from None
    return f"{OPEN}/{when}"


def _day_before(day: str) -> date:
    return date.fromisoformat(day) - timedelta(1)


def _day_after(day: str) -> date:
    year, month, of_month = map(int, day.split("-"))
    if of_month == 31:  # what months end with here, however long they are
        return date(year + month // 12, month % 12 + 1, 1)
    return date.fromisoformat(day) + timedelta(1)


def _two_ends(typed: str, asked: str, period: str) -> UsageError:
    message = f"{shorten(typed)} has a beginning and an end, and one date is asked for: the {asked}"
    return UsageError(message, f"ask for both: --period {period}")


def _no_period(typed: str) -> UsageError:
    return UsageError(f"{shorten(typed)} is no date or period", _REMEDY)
