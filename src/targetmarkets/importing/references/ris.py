"""A record of RIS as a source has it."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from string import ascii_uppercase, digits
from typing import Any, Final, NamedTuple

from targetmarkets.errors import MissingExtraError
from targetmarkets.importing.references import tables
from targetmarkets.importing.references.csl_json import FIELDS, take_record
from targetmarkets.importing.references.dates import SEASONS, read_date, stored
from targetmarkets.importing.references.ledger import Ledger
from targetmarkets.model.edtf import is_period
from targetmarkets.text import json_source

Tags = Mapping[str, list[str]]
"""The tags of a record, with their values in order."""

_PRIVATE: Final = re.compile(r"csl:([A-Za-z_-]+)(?:=(.*))?", re.DOTALL)


class RisRecord(NamedTuple):
    """A record, unread."""

    key: str | None
    tags: Tags


def ris_records(text: str) -> Iterator[RisRecord]:
    """The records of a file. Raises `MissingExtraError` without its parser."""
    try:
        from rispy.parser import RisParser
    except ImportError as error:
        raise MissingExtraError("reading RIS", "cite") from error
    tags = ["".join(pair) for pair in product(ascii_uppercase, ascii_uppercase + digits)]
    names = dict(zip(tags, tags, strict=True))
    parser = RisParser(mapping=names, list_tags=[tag for tag in tags if tag != "TY"])
    lines = re.sub(r"\n(?![A-Z][A-Z0-9]  -)", " ", re.sub(r"\r\n?", "\n", text))
    for record in parser.parse(lines if lines.rstrip().endswith("ER  -") else f"{lines}\nER  - "):
        found = {
            tag: value if isinstance(value, list) else [value] for tag, value in record.items()
        }
        yield RisRecord(next(iter(found.get("ID", [])), None), found)


def take_tags(tags: Tags, ledger: Ledger) -> dict[str, Any]:
    """The fields that a source can have of a record."""
    item: dict[str, Any] = {}
    private = dict(_private(tags))
    kind, more = _type(tags)
    item["type"] = private.get("type") or tables.RIS_TYPES.get(kind, "document")
    for tag, values in tags.items():
        for place, value in enumerate(values):
            if tag not in {"TY", "ID"}:
                ledger.enter(_place(tag, values, place), value)
    if more:
        ledger.enter("TY", more)
    if kind and kind not in tables.RIS_TYPES:
        ledger.enter("TY", kind)
        ledger.leave("TY", "no such type is known")
    _take_texts(item, tags, ledger)
    _take_names(item, tags, ledger)
    _take_dates(item, tags, ledger)
    _take_private(item, private, tags, ledger)
    # Its own ledger is complete: what has come this far is in the form that sources have.
    return take_record(item, Ledger())


def _type(tags: Tags) -> tuple[str, str]:
    """The type of a record, and what stands behind it: a line that has no tag of RIS."""
    text = tags["TY"][0].strip() if tags.get("TY") else ""
    kind, _, more = text.partition(" ")
    return (kind, more.strip()) if kind in tables.RIS_TYPES else (text, "")


def _place(tag: str, values: list[str], place: int) -> str:
    return tag if len(values) == 1 else f"{tag}[{place}]"


def _values(tags: Tags, tag: str) -> Iterator[tuple[str, str]]:
    """The values of a tag that are not empty, each with where it stands."""
    values = tags.get(tag, [])
    for place, value in enumerate(values):
        if text := " ".join(value.split()):
            yield _place(tag, values, place), text


def _take_texts(item: dict[str, Any], tags: Tags, ledger: Ledger) -> None:
    article = item["type"] in tables.ARTICLES
    only_number = not article and "M1" not in tags
    for tag, target in tables.RIS_TAGS.items():
        place_in = "number" if tag == "IS" and only_number else target
        for where, text in _values(tags, tag):
            if place_in == "note" and "note" in item:
                item["note"] += f" {text}"
            elif item.setdefault(place_in, text) != text:
                ledger.leave(where, f"another tag is the {place_in} already")
                continue
            ledger.take(where, text)
    for where, text in _values(tags, "UR"):
        if item.setdefault("URL", text) == text:
            ledger.take(where, text)
        else:
            ledger.leave(where, "sources have one address")
    pages = [text for tag in ("SP", "EP") for where, text in _values(tags, tag)]
    if pages:
        item["page"] = "-".join(dict.fromkeys(pages[:2]))
        for where, text in [*_values(tags, "SP"), *_values(tags, "EP")][:2]:
            ledger.take(where, text)


def _take_names(item: dict[str, Any], tags: Tags, ledger: Ledger) -> None:
    for tag, target in tables.RIS_NAMES.items():
        for where, text in _values(tags, tag):
            item.setdefault(target, []).append(ris_name(text))
            ledger.take(where)


def ris_name(text: str) -> dict[str, str]:
    """`Family, Given, Suffix`, or a body."""
    family, *rest = (part.strip() for part in text.split(","))
    rest = [part for part in rest if part]
    if not rest or not family:
        return {"literal": text.rstrip(", ") or text}
    name = {"family": family, "given": ", ".join(rest[:1])}
    return {**name, "suffix": ", ".join(rest[1:])} if rest[1:] else name


def _take_dates(item: dict[str, Any], tags: Tags, ledger: Ledger) -> None:
    for tag, target in (("DA", "issued"), ("PY", "issued"), ("Y1", "issued"), ("Y2", "accessed")):
        for where, text in _values(tags, tag):
            found, rest = _date(text)
            if found is None:
                continue
            known = item.setdefault(target, found)
            parts, ours = (date.get("date-parts") or [[]] for date in (known, found))
            if known == found or (ours[0] and parts[0][: len(ours[0])] == ours[0]):
                ledger.take(where)
                if rest:
                    ledger.leave(where, "it is no part of a date", rest)
            else:
                ledger.leave(where, "another tag has the date already")


def _date(text: str) -> tuple[dict[str, Any] | None, str]:
    """A date as `2015/12/08/other`, and what of the rest is no date."""
    year, month, day, *more = [part.strip() for part in text.split("/", 3)] + [""] * 3
    other = more[0] if text.count("/") > 2 else ""
    if other and is_period(other):
        return stored(other), ""
    season = SEASONS.get(other.lower())
    if season and year and not month:
        return stored(f"{year}-{season}"), ""
    numbers = "-".join(part for part in (year, month, day) if part)
    if not numbers:
        return ({"literal": other}, "") if other else (None, "")
    if text.count("/") and (found := read_date(numbers)):
        return found.csl, other
    if found := read_date(text):
        return found.csl, found.rest
    return {"literal": text}, ""


def _private(tags: Tags) -> Iterator[tuple[str, str]]:
    for value in tags.get(tables.RIS_PRIVATE, []):
        if (found := _PRIVATE.fullmatch(value)) and found[1] in FIELDS:
            yield found[1], found[2] or ""


def _take_private(
    item: dict[str, Any], private: Mapping[str, str], tags: Tags, ledger: Ledger
) -> None:
    """Fields that only we write: as JSON, since they may be names or dates; nothing for one that
    the record has not, although a tag for other programs says it.
    """
    for name, text in private.items():
        try:
            value = json_source.parse(text)
        except (ValueError, RecursionError):
            continue
        item[name] = value
        if value is None:
            del item[name]
    for where, text in _values(tags, tables.RIS_PRIVATE):
        if _PRIVATE.fullmatch(text):
            ledger.take(where)
