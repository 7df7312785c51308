"""Markdown: tables and dossiers for memos and pages, as GitHub and pandoc read it.

A list is a table. A dossier has headings, lists and footnotes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from targetmarkets.formats.cells import stacked
from targetmarkets.formats.dossier.record import dossier, overview
from targetmarkets.formats.escape import markdown, markdown_cell, markdown_line
from targetmarkets.formats.interface import Setters
from targetmarkets.formats.rows import headings, works

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from targetmarkets.formats.document import Document, Line, Piece, Role, Style
    from targetmarkets.formats.interface import Dossiers, Listing, Look, Part

LEVELS: Final[Mapping[Role, str]] = {"title": "# ", "heading": "## ", "subheading": "### "}
EMPHASIS: Final[Mapping[Style, str]] = {
    **dict.fromkeys(("title", "label", "bad"), "**"),
    **dict.fromkeys(("stated", "likely", "possible", "alleged", "implied"), "*"),
}
WIDEST: Final = 60
"""Dashes under the heading of a wide column; pandoc takes from them how wide columns are."""

TOGETHER: Final = frozenset({"item", "field", "footnote"})
"""Roles of lines that make a list, without an empty line between them."""

EXACT: Final = frozenset({"plain", "quotation", "context"})
"""Styles whose outer spaces are part of the text; those of others only set columns apart."""


def listing(listing: Listing, _: Look) -> str:
    """A table with the fields that were asked for, or the usual columns, and references below."""
    if not listing.records:
        return ""
    cited = works(listing)
    tables = [_table(part, headings(listing)) for part in listing.apart()]
    notes = (f"- **{key}**: {markdown_line(markdown(work))}\n" for key, work in cited.items())
    return "\n".join(tables) + "\n" * bool(cited) + "".join(notes)


def _table(part: Part, columns: Mapping[str, Sequence[str]]) -> str:
    rows = [
        [markdown_cell(*stacked(record, fields)) for fields in columns.values()]
        for record in part.records
    ]
    widths = (max(map(len, column)) for column in zip(*rows, strict=True))
    rules = ["-" * min(max(width, 3), WIDEST) for width in widths]
    lines = [map(markdown_cell, columns), rules, *rows]
    heading = f"**{markdown_line(markdown(part.heading))}**\n\n" if part.heading else ""
    return heading + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def dossiers(dossiers: Dossiers, _: Look) -> str:
    """The dossiers, one after the other, with footnotes that are numbered throughout."""
    texts: list[str] = []
    numbered = 0
    for record in dossiers.records:
        document = (
            dossier(record, dossiers.archives)
            if dossiers.full
            else overview(record, dossiers.archives, None)
        )
        texts.append(dump(document, numbered))
        numbered += sum(line.role == "footnote" for line in document.lines)
    return "\n".join(texts)


SETTERS: Final = Setters(lists=listing, dossiers=dossiers)


def dump(document: Document, numbered: int = 0) -> str:
    """A document, its footnotes numbered after those that already are."""
    parts: list[str] = []
    last: Role = "text"
    items: list[int] = []
    for line in document.lines:
        text = _text(line, numbered)
        if line.role == "more":
            parts += ["\\\n", " " * (2 * len(items) or 4), text]
            continue
        if line.role == "footnotes" or line.empty:
            continue  # footnotes have a place of their own, wherever they are written
        items = [indent for indent in items if indent < line.indent]
        if line.role in {"header", "row"}:
            parts += ["\n" if line.role == "row" else "\n\n", _row(line, numbered)]
            last = line.role
            continue
        if line.role in {"item", "field"}:
            text = f"{'  ' * len(items)}- {text}"
            items.append(line.indent)
        parts += ["\n" if line.role == last and last in TOGETHER else "\n\n", text]
        last = line.role
    return "".join(parts[1:]) + "\n"


def _text(line: Line, numbered: int) -> str:
    """A line by its role, without its place in a list."""
    if not line.pieces or line.role in {"text", "item", "more"}:
        return _inline(line.pieces, numbered)
    first, *others = line.pieces
    rest = _inline(others, numbered)
    match line.role:
        case "title" | "heading" | "subheading":
            note = f"\n\n*{rest}*" if rest else ""
            return f"{LEVELS[line.role]}{markdown_line(markdown(first.text))}{note}"
        case "field":
            return f"**{markdown(first.text.strip())}**: {rest}"
        case _:
            return f"{_marks(first, numbered)}: {_no_address(rest)}"


def _no_address(words: str) -> str:
    """The first line of a footnote, never a single word: where there are no footnotes, as in plain
    CommonMark, that would be the address of a link.
    """
    return words if " " in words else f"{words} "


def _row(line: Line, numbered: int) -> str:
    """A row of a table; below a header, the rule that makes it one."""
    cells = [_inline(cell, numbered) for cell in line.cells]
    rule = f"\n|{' --- |' * len(cells)}" if line.role == "header" else ""
    return f"| {' | '.join(cells)} |{rule}"


def _inline(pieces: Iterable[Piece], numbered: int) -> str:
    """Pieces one after the other, with a space where several only set columns apart."""
    text = ""
    for piece in pieces:
        if piece.style == "footnote":
            text = text.rstrip(" ") + _marks(piece, numbered)
        elif piece.style == "number":
            text += _numbers(piece, numbered)
        elif piece.style in EXACT:
            text += markdown(piece.text)
        else:
            text += _styled(piece).lstrip(" " if text[-1:] in {"", " "} else "")
    return markdown_line(text.rstrip(" "))


def _styled(piece: Piece) -> str:
    """The words of a piece in its style, with at most a space on each side."""
    if piece.style == "layout":
        return " "
    words = markdown(piece.text.strip())
    mark = EMPHASIS.get(piece.style, "") if words else ""
    before = " " * piece.text.startswith(" ")
    after = " " * piece.text.endswith(" ")
    return f"{before}{mark}{words}{mark}{after}"


def _numbers(piece: Piece, numbered: int) -> str:
    """The numbers of footnotes, `2–4`, as Markdown has them: each a mark of its own."""
    first, _, last = piece.text.partition("–")
    return "".join(
        f"[^{number + numbered}]" for number in range(int(first), int(last or first) + 1)
    )


def _marks(piece: Piece, numbered: int) -> str:
    """Marks of footnotes, `[1]+[2]`, as Markdown has them."""
    return re.sub(r"\[(\d+)\]", lambda mark: f"[^{int(mark[1]) + numbered}]", piece.text.strip())
