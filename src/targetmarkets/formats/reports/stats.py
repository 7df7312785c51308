"""Write counts as tables that the eye can read: shaded numbers, and dots for nothing."""

from targetmarkets.formats.document import Document, Piece
from targetmarkets.records.reports import StatisticsRecord, Table

BAR = 12
"""Columns of the longest bar."""


def write_statistics(record: StatisticsRecord) -> Document:
    """Totals, and each table with a bar for the sum of each row."""
    document = Document()
    totals = [f"{count} {name}" for name, count in record.totals.items()]
    document.add(Piece(" · ".join(totals), "title"), hang=2)
    for table in record.tables:
        document.heading(table.name.capitalize())
        _write(document, table)
    return document


def _write(document: Document, table: Table) -> None:
    first = max((len(name) for name, _ in table.rows), default=0)
    widths = [max(len(word) for word in column.split()) for column in table.columns]
    for line in _heading_lines(table.columns):
        cells = [word.rjust(width) for word, width in zip(line, widths, strict=True)]
        document.add(Piece(f"{'':{first}}  {'  '.join(cells)}", "muted"), indent=2)
    most = max((sum(counts) for _, counts in table.rows), default=0)
    for name, counts in table.rows:
        document.add(
            Piece(name.ljust(first), "label"), "  ", *_cells(counts, widths, most), indent=2
        )


def _heading_lines(columns: tuple[str, ...]) -> list[list[str]]:
    """The words of the headings, one above the other, so that columns can be narrow."""
    words = [column.split() for column in columns]
    height = max(map(len, words), default=0)
    padded = [[""] * (height - len(column)) + column for column in words]
    return [list(line) for line in zip(*padded, strict=True)]


def _cells(counts: tuple[int, ...], widths: list[int], most: int) -> list[Piece]:
    pieces = []
    for count, width in zip(counts, widths, strict=True):
        text = str(count) if count else "·"
        pieces.append(Piece(text.rjust(width) + "  ", "plain" if count else "muted"))
    filled = round(BAR * sum(counts) / most) if most else 0
    return [*pieces, Piece("▇" * max(filled, 1 if sum(counts) else 0), "mark")]
