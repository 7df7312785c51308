"""JSON: the records themselves, indented for a person, compact for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic_core import PydanticSerializationError, to_json, to_jsonable_python

from targetmarkets.formats.escape import json_safe
from targetmarkets.formats.interface import Setters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.formats.interface import Dossiers, Listing, Look, Report, Streamed
    from targetmarkets.records.objects import ListedRecord


def listing(listing: Listing, look: Look) -> str:
    """An array of records, whole or with the fields that were asked for."""
    return dump(chosen(listing.records, listing.fields), look)


def stream(listing: Streamed, look: Look) -> Iterator[str]:
    """The same, record after record, for a program."""
    before = "["
    for record in listing.records:
        (value,) = chosen([record], listing.fields)
        yield before + dump(value, look).removesuffix("\n")
        before = ","
    yield "[]\n" if before == "[" else "]\n"


def dossiers(dossiers: Dossiers, look: Look) -> str:
    """One record as an object, several as an array, whole or with some fields."""
    values = chosen(dossiers.records, dossiers.fields)
    return dump(values[0] if len(values) == 1 else values, look)


def report(report: Report, look: Look) -> str:
    """The report as an object."""
    return dump(report, look)


SETTERS: Final = Setters(lists=listing, streams=stream, dossiers=dossiers, reports=report)


def dump(value: Any, look: Look) -> str:
    """A record, or a list of them, as a text that is safe to show on a terminal."""
    indent = None if look.width is None else 2
    try:
        data = to_json(value, indent=indent, by_alias=True)
    except PydanticSerializationError:  # the name of a file may have what only escapes can write
        import json  # seldom needed

        plain = to_jsonable_python(value, by_alias=True)
        data = json.dumps(plain, indent=indent, separators=None if indent else (",", ":")).encode()
    return json_safe(data + b"\n")


def chosen(records: Sequence[ListedRecord], fields: Sequence[str]) -> Sequence[Any]:
    """The records with the named fields of each, or whole where none is named."""
    return [_chosen(record, fields) for record in records] if fields else records


def _chosen(record: Any, fields: Sequence[str]) -> dict[str, Any]:
    """The named fields of a record; a dotted name keeps its nesting."""
    chosen: dict[str, Any] = {}
    for name in fields:
        _copy(record, chosen, name.split("."))
    return chosen


def _copy(record: Any, chosen: dict[str, Any], path: list[str]) -> None:
    first, *rest = path
    value = getattr(record, first)
    if not rest or value is None:
        chosen[first] = value
    elif isinstance(within := chosen.setdefault(first, {}), dict):  # else all of it is there
        _copy(value, within, rest)
