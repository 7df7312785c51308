"""Dates of works: what CSL-JSON has of one that EDTF says, and the other way round.

CSL-JSON has a date or a range of two, a season, and that it is about then. What it cannot have
stands beside it in EDTF, and in words that are printed.

>>> csl_of("1998~"), csl_of("2015-21")
({'date-parts': [[1998]], 'circa': True}, {'date-parts': [[2015]], 'season': 1})
>>> csl_of("2009/..")
{'date-parts': [[2009]], 'literal': 'since 2009'}
>>> edtf_of({"date-parts": [[2011, 9, 24], [2011, 9, 26]], "circa": True})
'2011-09-24~/2011-09-26~'
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from targetmarkets.model.edtf import OPEN, ends

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)")
SPRING: Final = 21
"""What EDTF has in the place of a month for the first season of a year."""


def csl_of(edtf: str) -> dict[str, Any]:
    """A date of our EDTF as CSL-JSON has it; one with digits that are not known is words there."""
    first, last = ends(edtf)
    found = [_DATE.fullmatch(end) for end in dict.fromkeys((first, last)) if end not in {"", OPEN}]
    dates = [match for match in found if match]
    if len(dates) < len(found):
        return {"literal": "–".join(map(_in_words, dict.fromkeys((first, last))))}
    parts = [[int(p) for p in _calendar(*match.groups()[:3]) if p] for match in dates]
    date: dict[str, Any] = {"date-parts": [list(p) for p in dict.fromkeys(map(tuple, parts))]}
    if "/" not in edtf and (season := dates[0][2]) and int(season) in _SEASONS:
        date["season"] = int(season) - SPRING + 1
    if any(match[4] for match in dates):
        date["circa"] = True
    if len(found) == 1 and "/" in edtf:
        date["literal"] = _open(first, last)
    return date


def edtf_of(date: Mapping[str, Any]) -> str | None:
    """The date of CSL-JSON that `csl_of` gives, in EDTF; None where it has no parts."""
    about = "~" if date.get("circa") else ""
    written = []
    for parts in date.get("date-parts") or ():
        year, *rest = parts
        if season := date.get("season"):
            rest = [SPRING - 1 + season]
        written.append("-".join([f"{year:04}", *(f"{part:02}" for part in rest)]) + about)
    return "/".join(written) or None


_SEASONS: Final = range(SPRING, SPRING + 4)


def _calendar(year: str, month: str | None, day: str | None) -> tuple[str | None, ...]:
    """What of a date stands in a calendar: of a season its year."""
    return (year,) if month and int(month) in _SEASONS else (year, month, day)


def _open(first: str, last: str) -> str:
    """An interval with an end that is open, or that is not known, in words."""
    if last in {"", OPEN}:
        return f"since {first}" if last else f"{first}–?"
    return f"until {last}" if first else f"?–{last}"


def _in_words(end: str) -> str:
    """An end of an interval in the words that stand where CSL has nothing: `2010s`."""
    if end in {"", OPEN}:
        return "" if end else "?"
    return re.sub("X+", lambda x: "0" * len(x[0]) + "s", end)
