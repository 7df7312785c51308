"""Bibliographic records from files of CSL-JSON, BibTeX and RIS, and from options."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from targetmarkets.errors import UsageError, shorten
from targetmarkets.importing.references.dates import date_of
from targetmarkets.importing.references.ledger import Ledger, LeftOut
from targetmarkets.text import json_source

__all__ = ["Imported", "date_of", "name_of", "read_record"]

_RIS: Final = re.compile(r"^TY  -", re.MULTILINE)
_SHOWN: Final = 20
"""Keys that are named where none is chosen."""


class Imported(NamedTuple):
    """A record that was read from a file."""

    key: str | None
    """Its id or citation key."""
    fields: dict[str, Any]
    """Its fields in CSL-JSON, those that a source can have."""
    left_out: tuple[LeftOut, ...]
    """What of it is not in those fields, and why."""


class _Found(NamedTuple):
    """A record in a file, before it is read."""

    key: str | None
    read: Callable[[], Imported]
    where: str = ""


def read_record(text: str, key: str | None = None) -> Imported:
    """A record from a file of CSL-JSON, BibTeX or RIS; `key` chooses among several.

    Only that record is read: what is wrong with others does not matter. Raises `UsageError` where
    there is no such record, or several and no key.
    """
    text = text.lstrip("\ufeff")
    if text.lstrip().startswith(("{", "[")):
        records = list(_csl(text))
    elif _RIS.search(text):
        records = list(_ris(text))
    else:
        records = list(_bibtex(text))
    chosen = [record for record in records if key is None or record.key == key]
    if len(chosen) != 1:
        raise _not_one(chosen, records, key)
    return chosen[0].read()


def no_title(record: Mapping[str, Any], left_out: Iterable[LeftOut]) -> None:
    """Say why a record has no title, if it had one. Raises `UsageError`."""
    for field, value, reason in left_out:
        if "title" not in record and re.fullmatch(r"title(\[.*)?", field):
            message = f"the title of the record, {shorten(value)}, is left out: {reason}"
            raise UsageError(message, "give one with --title")


def name_of(text: str) -> dict[str, str]:
    """A name in CSL-JSON from `Family, Given`, or of a body as it is."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma and given and family:
        return {"family": family, "given": given}
    return {"literal": family or text.strip()}


def _not_one(chosen: list[_Found], records: list[_Found], key: str | None) -> UsageError:
    if len(chosen) > 1 and key is not None:
        where = " and ".join(filter(None, (record.where for record in chosen[:_SHOWN])))
        message = f"{len(chosen)} records have the key {key!r}{f': {where}' if where else ''}"
        return UsageError(message, "give one of them another key, in a copy of the file")
    names = ", ".join(filter(None, (record.key for record in records[:_SHOWN])))
    more = "…" if len(records) > _SHOWN else ""
    message = f"there are {len(records)} records{f' in it: {names}{more}' if names else ' in it'}"
    if not records:
        return UsageError(message, "give CSL-JSON, BibTeX or RIS")
    return UsageError(message, "choose one with --key, or give a file with one")


def _csl(text: str) -> Iterable[_Found]:
    from targetmarkets.importing.references.csl_json import take_record

    try:
        data = json_source.parse(text)
    except (ValueError, RecursionError) as error:
        remedy = "give CSL-JSON, BibTeX or RIS"
        raise UsageError(f"the record is not JSON: {error}", remedy) from error
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            key = str(item["id"]) if item.get("id") is not None else None

            def read(item: dict[str, Any] = item, key: str | None = key) -> Imported:
                ledger = Ledger()
                return Imported(key, take_record(item, ledger), ledger.left_out())

            yield _Found(key, read)


def _bibtex(text: str) -> Iterable[_Found]:
    from targetmarkets.importing.references.bibtex import letters, shape, take_entry
    from targetmarkets.importing.references.bibtex_file import BibFile, Entry

    file = BibFile(text)
    for entry in file.entries:

        def read(entry: Entry = entry) -> Imported:
            ledger = Ledger(shape, letters)
            return Imported(entry.key, take_entry(file, entry, ledger), ledger.left_out())

        yield _Found(entry.key, read, f"line {entry.line}")


def _ris(text: str) -> Iterable[_Found]:
    from targetmarkets.importing.references.ris import RisRecord, ris_records, take_tags

    for record in ris_records(text):

        def read(record: RisRecord = record) -> Imported:
            ledger = Ledger()
            return Imported(record.key, take_tags(record.tags, ledger), ledger.left_out())

        yield _Found(record.key, read)
