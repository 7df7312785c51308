"""Dates as records have them, in the form in which sources have them."""

import re
from typing import Any, Final, NamedTuple

from targetmarkets.errors import UsageError, shorten
from targetmarkets.model.csl import MONTHS
from targetmarkets.model.dates import csl_of, edtf_of
from targetmarkets.model.edtf import is_period

_NUMBERS: Final = re.compile(r"(\d{4})(?:([-/])(\d{1,2})(?:\2(\d{1,2}))?)?([?~%]?)")
_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d)([T ]\d\d:.*)")

MONTH_NAMES: Final = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH: Final = r"(?P<{0}>[A-Za-z]{{3,9}})\.?"
_DAY: Final = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_WRITTEN: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY.format('day')} {_MONTH.format('month')},? (?P<year>\d{{4}})",
        rf"{_MONTH.format('month')} (?:{_DAY.format('day')},? )?(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}}),? {_MONTH.format('month')}(?: {_DAY.format('day')})?",
        rf"(?P<year>\d{{4}}),? {_DAY.format('day')} {_MONTH.format('month')}",
        rf"{_MONTH.format('month')} ?[/–-]+ ?{_MONTH.format('last')},? (?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}}),? {_MONTH.format('month')} ?[/–-]+ ?{_MONTH.format('last')}",
    )
)


class Date(NamedTuple):
    """A date that was read."""

    csl: dict[str, Any]
    """The date as a source has it."""
    rest: str = ""
    """What of the text it has not."""


def date_of(text: str) -> dict[str, Any]:
    """A date in CSL-JSON from `2015-12-08`, `2015-12`, `2015` or EDTF. Raises `UsageError`."""
    if (found := read_date(text)) and not found.rest and not _is_written(text):
        return found.csl
    raise UsageError(
        f"{shorten(text)} is no date", "write 2015, 2015-12, 2015-12-08, or EDTF: 2015~"
    )


def read_date(text: str) -> Date | None:
    """The date that a text gives, in numbers, in EDTF or in English; None where it is none."""
    text = " ".join(text.replace("\u2013", "-").split()) if "/" not in text else text.strip()
    rest = ""
    if timed := _TIME.fullmatch(text):
        text, rest = timed.groups()
    edtf = _in_numbers(text) or _in_words(text)
    if edtf is None or not is_period(edtf):
        return None
    return Date(stored(edtf), rest)


def stored(edtf: str) -> dict[str, Any]:
    """A date of our EDTF as sources have it: in CSL-JSON, with EDTF beside it if that says more."""
    date = csl_of(edtf)
    plain = len(date) == 1 and "date-parts" in date and edtf_of(date) == edtf
    return date if plain and "/" not in edtf else {**date, "edtf": edtf}


def _in_numbers(text: str) -> str | None:
    if is_period(text):
        return text
    if not (found := _NUMBERS.fullmatch(text)):
        return None
    year, _, month, day, mark = found.groups()
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)]) + mark


def _is_written(text: str) -> bool:
    return _in_numbers(text.strip()) is None


def _in_words(text: str) -> str | None:
    """`15 May 2014`, `May 2014`, `May/June 2014`, `spring 2014` in EDTF."""
    if season := re.fullmatch(r"(?i)(spring|summer|autumn|fall|winter) (\d{4})", text):
        return f"{season[2]}-{SEASONS[season[1].lower()]}"
    for pattern in _WRITTEN:
        if not (found := pattern.fullmatch(text)):
            continue
        parts = found.groupdict()
        months = [month_of(parts[name]) for name in ("month", "last") if parts.get(name)]
        if all(months):
            day = f"-{int(parts['day']):02}" if parts.get("day") else ""
            return "/".join(f"{parts['year']}-{month:02}{day}" for month in months)
    return None


SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""The seasons as EDTF has them in the place of a month."""


def month_of(name: str) -> int | None:
    """The number of a month by its name in English, which may be cut."""
    number = MONTH_NAMES.get(name[:3].lower())
    return (
        number
        if number and MONTHS[number - 1].lower().startswith(name.lower().rstrip("."))
        else (9 if name.lower() == "sept" else None)
    )
