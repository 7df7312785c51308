"""A data package (Frictionless): a ZIP file of CSV files, their schema, and the archived texts."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple, get_args

from targetmarkets.exports.about import about
from targetmarkets.exports.interface import Export
from targetmarkets.exports.tables import schema
from targetmarkets.exports.tables.carried import carried
from targetmarkets.exports.tables.described import description, field_of
from targetmarkets.exports.tables.rows import batches
from targetmarkets.exports.texts import WHY, archived_texts
from targetmarkets.kb.paths import bundled
from targetmarkets.model.edtf import PERIOD_PATTERN
from targetmarkets.model.objects import Source
from targetmarkets.text.json_source import dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from targetmarkets.exports.interface import Losses
    from targetmarkets.exports.selection import Selection
    from targetmarkets.exports.tables.table import Column, Row, Table

_WHEN: Final = (1980, 1, 1, 0, 0, 0)
"""The time of each file in the ZIP file, which must have one: the earliest that there is."""

_LICENCES: Final = [
    {"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}
]
_OF_THE_BUNDLED: Final = (
    "The licence covers the curators' own words. Quotations and archived texts are their authors' "
    "and publishers', and stand here so that what is said of them can be checked."
)

_PIECE: Final = 1 << 20


class _Written(NamedTuple):
    """A file in the ZIP file."""

    bytes: int
    hash: str


class _Sheet:
    """One table as it is written: a file without a name, which the system takes away."""

    def __init__(self, table: Table, file: IO[bytes]) -> None:
        self.table = table
        self.file = file
        self.number = 0
        self._booleans = [at for at, c in enumerate(table.columns) if c.type == "boolean"]
        self.text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        self._csv = csv.writer(self.text, lineterminator="\r\n")  # RFC 4180
        self._csv.writerow([column.name for column in table.columns])

    def put(self, rows: list[Row]) -> None:
        self.number += len(rows)
        self._csv.writerows(map(self._cells, rows) if self._booleans else rows)

    def _cells(self, row: Row) -> list[object]:
        cells: list[object] = list(row)
        for at in self._booleans:
            cells[at] = "true" if cells[at] else "false"
        return cells


def write(selection: Selection, path: Path, losses: Losses) -> None:
    """Write the package. Its bytes follow from what goes into it and from the library that
    compresses: nothing in it is a time.
    """
    with ExitStack() as stack:
        sheets = {
            table.name: _Sheet(table, stack.enter_context(TemporaryFile()))
            for table in schema.TABLES
        }
        for batch in batches(selection):
            for name, rows in batch.items():
                sheets[name].put(rows)
        package = stack.enter_context(zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED))
        resources = [_tabular(sheet, _add_sheet(package, sheet)) for sheet in sheets.values()]
        resources += _texts(package, selection, losses)
        head = _descriptor(selection, resources, [lost._asdict() for lost in losses])
        with package.open(_entry("datapackage.json", 0), "w") as file:
            for piece in _with_sources(head, selection):
                file.write(piece.encode())


def _entry(name: str, size: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3  # the same on every system
    entry.file_size = size  # so that what is very large gets a larger head
    return entry


def _add(package: zipfile.ZipFile, name: str, pieces: Iterable[bytes], size: int) -> _Written:
    digest = hashlib.sha256()
    with package.open(_entry(name, size), "w") as file:
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
    return _Written(size, f"sha256:{digest.hexdigest()}")


def _add_sheet(package: zipfile.ZipFile, sheet: _Sheet) -> _Written:
    sheet.text.flush()
    size = sheet.file.tell()
    sheet.file.seek(0)
    pieces = iter(lambda: sheet.file.read(_PIECE), b"")
    return _add(package, f"data/{sheet.table.name}.csv", pieces, size)


def _tabular(sheet: _Sheet, written: _Written) -> dict[str, Any]:
    """What the package says of a table."""
    table = sheet.table
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "profile": "tabular-data-resource",
        "path": f"data/{table.name}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **written._asdict(),
        "rows": sheet.number,
        "fields": len(table.columns),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"',
                    "doubleQuote": True, "header": True},
        "schema": {
            "fields": [*map(_field, table.columns)],
            "missingValues": [""],
            "primaryKey": [*table.key],
            "foreignKeys": [
                {
                    "fields": [column.name],
                    "reference": {
                        "resource": "" if column.to == table.name
                        else column.to.replace("_", "-"),
                        "fields": ["id"],
                    },
                }
                for column in table.columns
                if column.to
            ],
        },
    }  # fmt: skip


def _field(column: Column) -> dict[str, Any]:
    """What the package says of a column."""
    constraints: dict[str, Any] = {} if column.null else {"required": True}
    if column.of in {"Claim.period", "Claim.said"}:
        constraints["pattern"] = PERIOD_PATTERN
    if (terms := _terms(column)) and column.type == "text":
        constraints["enum"] = terms
    return {
        "name": column.name,
        "type": "string" if column.type == "text" else column.type,
        "description": description(column),
        **({"trueValues": ["true"], "falseValues": ["false"]} if column.type == "boolean" else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _terms(column: Column) -> list[str]:
    """The terms that may stand in a column of a controlled vocabulary."""
    if not column.of or "," in column.of:
        return []
    annotation = field_of(column).annotation
    values = [part for each in (annotation, *get_args(annotation)) for part in get_args(each)]
    return list(dict.fromkeys(value for value in values if isinstance(value, str)))


def _texts(
    package: zipfile.ZipFile, selection: Selection, losses: Losses
) -> Iterator[dict[str, Any]]:
    """Add the archived texts, byte for byte, and say what the package says of each."""
    names: set[str] = set()
    for source, archived in archived_texts(selection, losses):
        if source.archive and source.archive.file not in names:
            names.add(source.archive.file)
            path = f"texts/{source.archive.file}"
            written = _add(package, path, [archived.data], len(archived.data))
            yield {
                "name": f"text-of-{source.id}",
                "path": path,
                "description": f"The archived text of {source.id}, in whose code points quotations "
                "are placed.",
                "mediatype": source.archive.media_type,
                "encoding": "utf-8",
                **written._asdict(),
            }


def _descriptor(
    selection: Selection, resources: list[dict[str, Any]], lost: list[dict[str, Any]]
) -> dict[str, Any]:
    is_bundled = selection.kb.path == bundled()
    words = [f"{name}: {fact}." for name, fact in about(selection)]
    return {
        "profile": "data-package",
        "name": "targetmarkets",
        "title": "North Korea's military customers: claims with their evidence",
        "description": " ".join([*words, *([_OF_THE_BUNDLED] if is_bundled else [])]),
        "keywords": ["sanctions", "North Korea", "arms trade"],
        **({"licenses": _LICENCES} if is_bundled else {}),
        "notCarried": lost,
        "resources": resources,
    }


def _with_sources(head: dict[str, Any], selection: Selection) -> Iterator[str]:
    """The descriptor as JSON, with the sources, of which there may be many."""
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    separator = ',\n "sources": [\n  '
    for source in selection.objects(Source):
        address = source.bibliography.address
        path = {"path": address} if address else {}
        yield separator + dump({"title": selection.shared.work(source.id), **path})
        separator = ",\n  "
    yield "\n ]\n}\n" if separator == ",\n  " else "\n}\n"


EXPORT: Final = Export(write, carried(schema.TABLES), WHY)
