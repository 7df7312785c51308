"""What a person sees on a terminal. The only module that knows Rich."""

import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Final

from rich.box import Box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from targetmarkets.formats.cells import stacked
from targetmarkets.formats.document import WIDEST, Document, Piece, Style
from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Look
from targetmarkets.formats.layout import lay_out
from targetmarkets.model.vocabulary import CERTAINTIES
from targetmarkets.records.objects import ListedRecord

_ADDRESS: Final = re.compile(r"https?://[!-~]+")
"""Addresses that a link can lead to: nothing in them ends its escape sequence."""

STYLES: Final[dict[Style, str]] = {
    "plain": "",
    "title": "bold",
    "heading": "bold underline",
    "label": "bold",
    "muted": "dim",
    "mark": "cyan",
    "footnote": "cyan",
    "number": "",
    "quotation": "italic",
    "context": "dim",
    "layout": "",
    "stated": "green",
    "likely": "yellow",
    "possible": "yellow",
    "alleged": "magenta",
    "implied": "blue",
    "good": "green",
    "bad": "bold red",
}
"""Colours are the terminal's own, so that its theme keeps them legible on dark and on light."""

ONE_WORD: Final = frozenset({"id", "category", "certainty", "outcome", "issued", "archived"})
"""Fields that are not broken while another column can give way."""

KNOWN_WIDTH: Final = 15
"""Columns for how a thing is known: room for `stated, by`, and for `reference only` below it."""

_RULED: Final = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
"""A table with nothing but a line under its header."""


def set_document(document: Document, look: Look) -> str:
    """A document as wide as the terminal, and no wider than is good to read."""
    console = _console(look)
    for pieces in lay_out(document, min(console.width, WIDEST)):
        line = Text.assemble(*((piece.text, _style(piece, look)) for piece in pieces))
        console.print(line, soft_wrap=True)
    return _printed(console)


def _style(piece: Piece, look: Look) -> str:
    style = STYLES[piece.style]
    linked = look.links and piece.link and _ADDRESS.fullmatch(piece.link)
    return f"{style} link {piece.link}" if linked else style


def set_table(
    records: Sequence[ListedRecord],
    columns: Mapping[str, Sequence[str]],
    notes: Mapping[str, str],
    look: Look,
) -> str:
    """Records as a table, and the notes that explain its keys.

    Under each heading stands a field, and below it, in a smaller voice, those that go with it.
    """
    console = _console(look)
    table = Table(
        box=_RULED, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold"
    )
    for heading, fields in columns.items():
        name = fields[0].split(".")[-1]
        table.add_column(
            heading,
            overflow="fold",
            no_wrap=name in ONE_WORD,
            max_width=KNOWN_WIDTH if name == "known" else None,
        )
    for record in records:
        table.add_row(*(_cell(record, fields) for fields in columns.values()))
    console.print(table)
    document = Document()
    for key, note in notes.items():
        document.add(f"{key}: {note}", hang=2)
    return _printed(console) + ("\n" + set_document(document, look) if notes else "")


def _console(look: Look) -> Console:
    """A console that interprets nothing in the text that it is given."""
    return Console(
        file=StringIO(),
        width=max(1, min(look.width or WIDEST, 10_000)),
        height=100,
        _environ={},  # or it reads COLUMNS and LINES itself, and trips over odd ones
        force_terminal=True,
        color_system="standard" if look.colour else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def _printed(console: Console) -> str:
    """What was printed, without the spaces that fill lines."""
    assert isinstance(console.file, StringIO)
    return "".join(line.rstrip() + "\n" for line in console.file.getvalue().splitlines())


def _cell(record: ListedRecord, fields: Sequence[str]) -> Text:
    first, below = stacked(record, fields)
    certainty, comma, rest = first.partition(",")
    style: Style = next((word for word in CERTAINTIES if word == certainty), "plain")
    text = Text(visible(certainty), style=STYLES[style]).append(visible(comma + rest), style="")
    if fields[0] == "marked":
        text.highlight_regex("⟦[^⟧]*⟧", STYLES["mark"])
    return text.append(f"\n{visible(below)}", style="dim not bold") if below else text
