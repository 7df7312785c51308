"""Bibliographic records from CSL-JSON, from BibTeX, and from options."""

import logging
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from targetmarkets.errors import MissingExtraError, UsageError, shorten
from targetmarkets.model.csl import MONTHS, Bibliography
from targetmarkets.text import json_source

_FIELDS: Final = {field.alias or name: field for name, field in Bibliography.model_fields.items()}
"""Fields of CSL-JSON that a record can have."""


class Imported(NamedTuple):
    """A record that was read from a file."""

    key: str | None
    """Its id or citation key."""
    fields: dict[str, Any]
    """Its fields in CSL-JSON, those that a source can have."""
    left_out: tuple[str, ...]
    """Names of the fields that a source cannot have."""


def read_record(text: str, key: str | None = None) -> Imported:
    """A record from a file of CSL-JSON or BibTeX; `key` chooses among several.

    Raises `UsageError` where there is no such record, or several and no key.
    """
    is_json = text.lstrip("\ufeff \t\r\n").startswith(("{", "["))
    records = _from_csl(text) if is_json else _from_bibtex(text)
    if key is not None:
        records = [record for record in records if record.key == key]
    if len(records) != 1:
        keys = ", ".join(filter(None, (record.key for record in records[:20])))
        message = f"there are {len(records)} records{f' in it: {keys}' if keys else ' in it'}"
        raise UsageError(message, "choose one with --key, or give a file with one")
    return records[0]


def name_of(text: str) -> dict[str, str]:
    """A name in CSL-JSON from `Family, Given`, or of a body as it is."""
    family, comma, given = (part.strip() for part in text.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": text.strip()}


def date_of(text: str) -> dict[str, Any]:
    """A date in CSL-JSON from `2015-12-08`, `2015-12` or `2015`. Raises `UsageError`."""
    if not re.fullmatch(r"\d{4}(-\d{1,2}(-\d{1,2})?)?", text.strip()):
        raise UsageError(f"{shorten(text)} is no date", "write 2015, 2015-12 or 2015-12-08")
    return {"date-parts": [[int(part) for part in text.strip().split("-")]]}


def _from_csl(text: str) -> list[Imported]:
    try:
        data = json_source.parse(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the record is not JSON: {error}", "give CSL-JSON or BibTeX") from error
    items = data if isinstance(data, list) else [data]
    return [_csl_record(item) for item in items if isinstance(item, dict)]


def _csl_record(item: Mapping[str, Any]) -> Imported:
    fields: dict[str, Any] = {}
    left_out = []
    for name, value in item.items():
        if name == "id" or value in ([], "", None):
            continue
        if name not in _FIELDS or not (shaped := _shaped(name, value)):
            left_out.append(name)
        else:
            fields[name] = shaped
    key = item.get("id")
    return Imported(str(key) if key is not None else None, fields, tuple(left_out))


def _shaped(name: str, value: Any) -> Any:
    """A value of CSL-JSON as a source has it; None for one that it cannot have."""
    if name == "author":
        return [_csl_name(person) for person in value] if _is_names(value) else None
    if name == "issued":
        return _csl_date(value)
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else None


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(person, dict) for person in value)


def _csl_name(person: Mapping[str, Any]) -> dict[str, str]:
    known = {part: str(person[part]) for part in ("family", "given", "literal") if person.get(part)}
    particle = person.get("non-dropping-particle") or person.get("dropping-particle")
    if particle and "family" in known:
        known["family"] = f"{particle} {known['family']}"
    return known


def _csl_date(value: Any) -> Any:
    if not isinstance(value, dict):
        return None
    parts = value.get("date-parts")
    if isinstance(parts, list) and len(parts) == 1 and isinstance(parts[0], list) and parts[0]:
        try:
            return {"date-parts": [[int(part) for part in parts[0]]]}
        except (TypeError, ValueError, OverflowError):
            return None
    raw = value.get("raw") or value.get("literal")
    try:
        return date_of(str(raw)) if raw else None
    except UsageError:
        return None


_BIBTEX_TYPES: Final[Mapping[str, str]] = {
    "article": "article-journal",
    "book": "book",
    "booklet": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "manual": "report",
    "mastersthesis": "thesis",
    "misc": "document",
    "online": "webpage",
    "phdthesis": "thesis",
    "report": "report",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "webpage": "webpage",
    "www": "webpage",
}
"""Types of BibTeX and BibLaTeX, each with that of CSL."""

_BIBTEX_FIELDS: Final[Mapping[str, str]] = {
    "title": "title",
    "booktitle": "container-title",
    "journal": "container-title",
    "journaltitle": "container-title",
    "series": "collection-title",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "volume": "volume",
    "number": "number",
    "pages": "page",
    "pagetotal": "number-of-pages",
    "doi": "DOI",
    "url": "URL",
    "note": "note",
}
"""Fields of BibTeX and BibLaTeX, each with that of CSL."""

_MONTHS: Final = [month[:3].lower() for month in MONTHS]


def _from_bibtex(text: str) -> list[Imported]:
    """Records of a BibTeX or BibLaTeX file. Raises `MissingExtraError` without its parser."""
    try:
        from bibtexparser.entrypoint import parse_string
        from bibtexparser.middlewares import SeparateCoAuthors
    except ImportError as error:
        raise MissingExtraError("reading BibTeX", "cite") from error
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # said below
    remedy = "correct the file, or give CSL-JSON"
    try:
        library = parse_string(text, append_middleware=[SeparateCoAuthors()])
        records = [
            _bibtex_record(
                entry.entry_type.lower(), entry.key, {f.key.lower(): f.value for f in entry.fields}
            )
            for entry in library.entries
        ]
    except RecursionError as error:
        raise UsageError("the BibTeX is nested too deeply", remedy) from error
    if library.failed_blocks:
        line = library.failed_blocks[0].start_line
        where = f", from line {line + 1}" if line is not None else ""
        raise UsageError(f"a part of the BibTeX cannot be read{where}", remedy)
    return records


def _bibtex_record(kind: str, key: str, fields: Mapping[str, Any]) -> Imported:
    record: dict[str, Any] = {"type": _BIBTEX_TYPES.get(kind, "document")}
    left_out = []
    for name, value in fields.items():
        if name in {"author", "date", "year", "month"}:
            continue
        if name in _BIBTEX_FIELDS:
            decoded = _unescaped(str(value)) if name in {"url", "doi"} else _plain(str(value))
            record[_BIBTEX_FIELDS[name]] = decoded
        else:
            left_out.append(name)
    if record["type"] == "article-journal" and "number" in record:
        record["issue"] = record.pop("number")
    if authors := fields.get("author"):
        record["author"] = [_bibtex_name(author) for author in authors]
    if issued := _bibtex_date(fields):
        record["issued"] = issued
    else:
        left_out += [name for name in ("date", "year") if fields.get(name)]
    return Imported(key, record, tuple(left_out))


def _bibtex_name(author: str) -> dict[str, str]:
    """A name; one in braces is that of a body."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if author.startswith("{") and author.endswith("}"):
        return {"literal": _plain(author)}
    parts = parse_single_name_into_parts(author, strict=False)
    family = _plain(" ".join([*parts.von, *parts.last, *parts.jr]))
    given = _plain(" ".join(parts.first))
    return {"family": family, "given": given} if given else {"literal": family}


def _plain(latex: str) -> str:
    """The text that LaTeX stands for. Raises `UsageError`."""
    from pylatexenc.latex2text import LatexNodes2Text

    try:
        return " ".join(LatexNodes2Text().latex_to_text(latex).split())
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        # So it answers a command that lacks its argument, such as a root of nothing.
        message = f"the LaTeX of the record cannot be read: {shorten(latex)}"
        raise UsageError(message, "write it without the command") from error


def _unescaped(text: str) -> str:
    """An address without the backslashes that LaTeX wants in it."""
    return re.sub(r"\\([_%#&~{}$])", r"\1", text).strip()


def _bibtex_date(fields: Mapping[str, Any]) -> dict[str, Any] | None:
    try:
        if date := fields.get("date"):
            return date_of(str(date))
        if not (year := str(fields.get("year", "")).strip()):
            return None
        month = str(fields.get("month", "")).strip("{} ")[:3].casefold()
        number = str(_MONTHS.index(month) + 1) if month in _MONTHS else month
        return date_of(f"{year}-{number}" if number.isdigit() else year)
    except UsageError:
        return None
