"""A record as HTML, for a notebook: what `tm show` shows, in a part of a page.

The lines of a document stay lines, in letters of one width, so that columns stand as they do on a
terminal. Every text is escaped; there is no script, no link, and nothing that a page would load.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from targetmarkets.evidence.archive import Archives
from targetmarkets.formats.document import WIDEST, Document, Line, Piece, Role, Style
from targetmarkets.formats.dossier.record import overview
from targetmarkets.formats.escape import visible
from targetmarkets.formats.layout import lay_out
from targetmarkets.records.objects import AnyRecord

MOST_LINES: Final = 80
"""Lines that a notebook shows of a record; the rest is counted."""

LONGEST: Final = 1_000
"""Characters that it shows of a line: an archived text may have no line ends."""

LEVELS: Final[dict[Role, str]] = {"title": "h3", "heading": "h4", "subheading": "h5"}

STYLES: Final[dict[Style, str]] = {
    "title": "font-weight:bold",
    "heading": "font-weight:bold",
    "label": "font-weight:bold",
    "muted": "opacity:.7",
    "context": "opacity:.7",
    "quotation": "font-style:italic",
    "mark": "color:#0a7a8a",
    "footnote": "color:#0a7a8a",
    "stated": "color:#2a7d2a",
    "likely": "color:#8a6d00",
    "possible": "color:#8a6d00",
    "alleged": "color:#a0369a",
    "implied": "color:#3a5fcd",
    "good": "color:#2a7d2a",
    "bad": "color:#c62828;font-weight:bold",
}
"""Colours that are legible on white and on black. What they say stands there in words, too."""


def show(record: AnyRecord, archives: Archives) -> str:
    """A record as a part of a page. Its quotations are looked up in the archives as it is set."""
    document = overview(record, archives, WIDEST)
    if document.screenful:  # its tables are set in columns, which letters of one width keep
        document = Document([Line(pieces) for pieces in lay_out(document, WIDEST)])
    return dump(document, f"tm show {record.id} --full")


def dump(document: Document, whole: str) -> str:
    """The first lines of a document; where there are more, how many, and what shows the whole."""
    lines, rest = document.lines[:MOST_LINES], document.lines[MOST_LINES:]
    shown = [*_blocks(lines)]
    if more := sum(bool(line.pieces) for line in rest):
        shown.append(_block(Line((Piece(f"… and {more} more lines: {whole}", "muted"),)), gap=True))
    style = "font-family:monospace;max-width:100ch;text-align:left"
    return f'<div style="{style}">\n{"".join(shown)}</div>\n'


def _blocks(lines: Sequence[Line]) -> Iterator[str]:
    """Each line as a block, an empty one as the space above the next."""
    gap = False
    for line in lines:
        if line.pieces:
            yield _block(line, gap=gap)
        gap = not line.pieces


def _block(line: Line, *, gap: bool) -> str:
    tag = LEVELS.get(line.role, "div")
    above = "1em" if gap else "0"
    # A line that runs over goes on further in, as on a terminal.
    style = (
        f"margin:{above} 0 0 {line.indent + line.hang}ch;text-indent:-{line.hang}ch;"
        "padding:0;font-size:1em;font-weight:normal;white-space:pre-wrap"
    )
    return f'<{tag} style="{style}">{"".join(_inline(line.pieces))}</{tag}>\n'


def _inline(pieces: Sequence[Piece]) -> Iterator[str]:
    left = LONGEST
    for piece in pieces:
        text = piece.text if len(piece.text) <= left else f"{piece.text[: max(left, 0)]}…"
        words = escape(visible(text))
        style = STYLES.get(piece.style)
        yield f'<span style="{style}">{words}</span>' if style else words
        left -= len(piece.text)
        if left < 0:
            return
