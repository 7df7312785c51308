"""A record of CSL-JSON as a source has it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from targetmarkets import limits
from targetmarkets.importing.references.dates import SEASONS, read_date, stored
from targetmarkets.importing.references.ledger import Ledger
from targetmarkets.model.csl import Bibliography, Name
from targetmarkets.model.dates import csl_of
from targetmarkets.model.edtf import OPEN, is_period

FIELDS: Final = frozenset(field.alias or name for name, field in Bibliography.model_fields.items())
"""The fields of CSL-JSON that a source has."""

NAMES: Final = frozenset({"author", "editor", "translator", "container-author"})
DATES: Final = frozenset({"issued", "accessed", "original-date"})

_PARTS: Final = frozenset(field.alias or name for name, field in Name.model_fields.items())
_RESOLVER: Final = re.compile(
    r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi: ?)(?=10\.)", re.IGNORECASE
)
_SUFFIX: Final = re.compile(r"(.+), (Jr\.?|Sr\.?|I{2,3}|IV)", re.IGNORECASE)


def without_resolver(doi: str) -> str:
    """A DOI of which only the address was given, or that has its name before it."""
    found = _RESOLVER.match(doi.strip())
    return doi.strip()[found.end() :] if found else doi.strip()


def take_record(item: Mapping[str, Any], ledger: Ledger) -> dict[str, Any]:
    """The fields that a source can have of a record; all others stay in the ledger as left out."""
    fields: dict[str, Any] = {}
    for name, value in item.items():
        if name == "id":
            continue
        ledger.enter(name, value)
        if name not in FIELDS:
            continue
        if taken := _take(name, value, ledger):
            fields[name] = taken
    return fields


def _take(name: str, value: Any, ledger: Ledger) -> Any:
    if name in NAMES:
        return _names(name, value, ledger)
    if name in DATES:
        return _date(name, value, ledger)
    if name == "DOI" and isinstance(value, str):
        ledger.take(name)
        return _line(name, without_resolver(value), ledger)
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return _line(f"{name}[0]", value[0], ledger)  # as Crossref has it
    return _line(name, value, ledger)


def _line(where: str, value: Any, ledger: Ledger) -> str | None:
    """A text or a number, as a line."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        kind = "a list" if isinstance(value, list) else "no text"
        if value is not None:
            ledger.leave(where, f"it is {kind}")
        return None
    text = " ".join(str(value).split())
    if len(text) > limits.LINE.most:
        ledger.leave(where, f"it has over {limits.LINE.shown}")
        return None
    ledger.take(where, text)
    return text


def _names(where: str, value: Any, ledger: Ledger) -> list[dict[str, str]]:
    if isinstance(value, list):
        people = [(f"{where}[{n}]", person) for n, person in enumerate(value)]
    else:
        people = [(where, value)]
    taken = (_name(place, person, ledger) for place, person in people)
    return [name for name in taken if name]


def _name(where: str, person: Any, ledger: Ledger) -> dict[str, str]:
    """A name; one that has a given name alone is a whole."""
    if isinstance(person, str):
        text = _line(where, person, ledger)
        return {"literal": text} if text else {}
    if not isinstance(person, dict):
        return {}
    parts = {
        part: text
        for part in person
        if part in _PARTS and (text := _line(f"{where}.{part}", person[part], ledger))
    }
    if not parts.get("family") and "literal" not in parts and "given" in parts:
        parts["literal"] = parts.pop("given")
    if "literal" in parts or "family" not in parts:
        for part, text in parts.items():
            if part != "literal" and text != parts.get("literal"):
                ledger.leave(f"{where}.{part}", "a name that is a whole has no parts")
        return {"literal": parts["literal"]} if "literal" in parts else {}
    if "suffix" not in parts and (cut := _SUFFIX.fullmatch(parts.get("given", ""))):
        parts["given"], parts["suffix"] = cut.groups()
    return parts


def _date(where: str, value: Any, ledger: Ledger) -> dict[str, Any] | None:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return _date_in_text(where, str(value), ledger)
    if not isinstance(value, dict):
        return None
    if (whole := _own(value)) is not None:
        ledger.take_all(where)
        return whole
    if (edtf := _edtf(value, where, ledger)) is not None:
        for name in ("literal", "raw"):
            if value.get(name):
                ledger.leave(f"{where}.{name}", "the date stands in its parts")
        return stored(edtf)
    ledger.leave(f"{where}.date-parts", "no calendar has such a date")
    for name in ("raw", "literal"):
        text = value.get(name)
        if isinstance(text, str) and text.strip():
            return _date_in_text(f"{where}.{name}", text, ledger)
    return None


def _own(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """A date with EDTF beside it, if both say the same."""
    edtf = value.get("edtf")
    if not (isinstance(edtf, str) and is_period(edtf)):
        return None
    rest = {name: part for name, part in value.items() if name != "edtf"}
    return dict(value) if rest == csl_of(edtf) else None


def _date_in_text(where: str, text: str, ledger: Ledger) -> dict[str, Any] | None:
    """A date that is text: as a date if it is one, else in the words that stand there."""
    if (found := read_date(text)) is None:
        line = _line(where, text, ledger)
        return {"literal": line} if line else None
    ledger.take(where)
    if found.rest:
        ledger.leave(where, "dates have no time of day", found.rest)
    return found.csl


def _edtf(value: Mapping[str, Any], where: str, ledger: Ledger) -> str | None:
    """The EDTF of the parts of a date; None where there are none, or no calendar has them."""
    parts = value.get("date-parts")
    if not isinstance(parts, list) or not 1 <= len(parts) <= 2:
        return None
    try:
        dates = [_numbers(part) for part in parts]
    except (TypeError, ValueError, OverflowError):
        return None
    season, circa = _season(value.get("season")), value.get("circa")
    if season and all(len(date) == 1 for date in dates):
        dates = [[*date, season] for date in dates]
        ledger.take(f"{where}.season")
    about = circa not in (None, False, 0, "", "0", "false")
    written = [_written(date) + ("~" if about and date else "") for date in dates]
    edtf = "/".join(end or OPEN for end in written)
    if not is_period(edtf):
        return None
    ledger.take_all(f"{where}.date-parts")
    ledger.take(f"{where}.circa")
    return edtf


def _numbers(parts: Any) -> list[int]:
    """Year, month and day; what is 0 or nothing is not known."""
    if not isinstance(parts, list) or len(parts) > 3:
        raise TypeError("no list of year, month and day")
    numbers = [int(part) if part not in (None, "") else 0 for part in parts]
    while numbers and not numbers[-1]:
        numbers.pop()
    return numbers


def _written(date: list[int]) -> str:
    return "-".join(f"{part:0{4 if n == 0 else 2}}" for n, part in enumerate(date))


def _season(value: Any) -> int | None:
    text = str(value).strip().lower()
    if text in {"1", "2", "3", "4"}:
        return 20 + int(text)
    return SEASONS.get(text)
