"""The real LibreOffice, without a window, opens our CSV: every cell is what was meant.

Skipped where LibreOffice has no Calc. As with pandoc, no run of the tests installs it.
"""

import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from targetmarkets.formats.cells import cell
from targetmarkets.formats.interface import Listing, Look
from targetmarkets.formats.registry import set_listing
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.model.types import KINDS, Kind
from targetmarkets.query.select import select
from targetmarkets.records.fields import COLUMNS, value_at
from tests.formats.test_round_trip import HOSTILE, csv_cell, texts_in

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("localc")),  # there may be a Writer alone
    reason="LibreOffice is not installed (libreoffice-calc)",
)

FILTER: Final = "CSV:44,34,76,1,,0,true"
"""Commas, quotation marks, UTF-8, from the first line, quoted fields as text."""

OFFICE, TABLE, TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text")
)


def opened(folder: Path, *texts: str, infilter: str = FILTER) -> list[list[list[str]]]:
    """The cells that LibreOffice has of some texts in CSV, each text opened on its own."""
    files = [folder / f"{number}.csv" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_bytes(text.encode())
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            f"--infilter={infilter}",
            *("--convert-to", "fods", "--outdir", str(folder), *map(str, files)),
        ],
        check=True,
        capture_output=True,
        env={**os.environ, "HOME": str(folder)},
        timeout=600,
    )
    return [cells(file.with_suffix(".fods")) for file in files]


def cells(file: Path) -> list[list[str]]:
    """The cells of a table as OpenDocument has them, repeated ones written out."""
    rows = []
    for row in ET.parse(file).getroot().iter(f"{TABLE}table-row"):  # noqa: S314 - LibreOffice's own
        found: list[str] = []
        for item in row.findall(f"{TABLE}table-cell"):
            assert item.get(f"{TABLE}formula") is None
            text = "\n".join(map(words, item.findall(f"{TEXT}p")))
            found += [text] * int(item.get(f"{TABLE}number-columns-repeated", "1"))
        rows.append(found)
    return [row for row in rows if any(row)]


def words(element: ET.Element) -> str:
    """The text of a paragraph, with what OpenDocument has as elements."""
    shown = element.text or ""
    for part in element:
        match part.tag.removeprefix(TEXT):
            case "s":
                shown += " " * int(part.get(f"{TEXT}c", "1"))
            case "tab":
                shown += "\t"
            case "line-break":
                shown += "\n"
            case _:
                shown += words(part)
        shown += part.tail or ""
    return shown


def meant(items: Listing, columns: Sequence[str]) -> list[list[str]]:
    """The cells as they are meant."""
    rows = [[cell(value_at(record, name)) for name in columns] for record in items.records]
    return [[*columns], *([text and csv_cell(text) for text in row] for row in rows)]


def padded(rows: list[list[str]], width: int) -> list[list[str]]:
    """Rows without the empty cells after them, and as wide as the columns."""
    return [[*row, *[""] * width][:width] for row in rows]


def test_every_cell_of_every_list_opens_as_it_was_meant(kb: FileKnowledge, tmp_path: Path) -> None:
    kinds: list[Kind] = list(KINDS)
    items = [Listing(kind, select(kb, kind, Filters())) for kind in kinds]
    texts = [set_listing(listing, "csv", Look()) for listing in items]
    for listing, found in zip(items, opened(tmp_path, *texts), strict=True):
        columns = COLUMNS[listing.kind]
        assert padded(found, len(columns)) == meant(listing, columns), listing.kind


def test_hostile_quotations_open_as_they_are(tmp_path: Path) -> None:
    kb = texts_in(tmp_path / "kb", HOSTILE)
    items = Listing("quotes", select(kb, "quotes", Filters()), ("id", "exact"))
    (found,) = opened(tmp_path, set_listing(items, "csv", Look()))
    assert padded(found, 2) == meant(items, ("id", "exact"))
    assert any("soft\u00adhyphen" in text for _, text in found)


def test_a_mark_of_the_order_of_bytes_would_not_help(tmp_path: Path) -> None:
    """Without being told, it takes the file for another encoding, with such a mark and without."""
    plain = '"exact"\r\n"Syria’s"\r\n'
    for text in (plain, f"\ufeff{plain}"):
        (found,) = opened(tmp_path, text, infilter="CSV")
        assert found[1] != ["Syria’s"]
    (found,) = opened(tmp_path, plain)
    assert found[1][0] == "Syria’s"
