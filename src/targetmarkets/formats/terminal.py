"""Tables of any fields on a terminal. The only module that knows Rich."""

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Final

from rich.box import Box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from targetmarkets.formats.cells import stacked
from targetmarkets.formats.document import SCREEN_WIDTH, Document, Style
from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Look, Part
from targetmarkets.formats.screen import MAX_WIDTH, set_document
from targetmarkets.formats.styles import STYLES
from targetmarkets.model.vocabulary import CERTAINTIES
from targetmarkets.records.objects import ListedRecord

ONE_WORD: Final = frozenset({"id", "category", "certainty", "outcome", "issued", "archived"})
"""Fields that are not broken while another column can give way."""

KNOWN_WIDTH: Final = 15
"""Columns for how a thing is known: room for `stated, by`, and for `reference only` below it."""

_RULED: Final = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
"""A table with nothing but a line under its header."""


def set_table(
    parts: Sequence[Part],
    columns: Mapping[str, Sequence[str]],
    notes: Mapping[str, str],
    look: Look,
) -> str:
    """Records as a table for each part, and the notes that explain their keys.

    Under each heading stands a field, and below it, in a smaller voice, those that go with it.
    """
    console = _console(look)
    for number, part in enumerate(parts):
        if part.heading:
            heading = Text(visible(part.heading), style=STYLES["heading"])
            console.print(Text("\n" if number else "").append_text(heading))
        console.print(_table(part.records, columns))
    document = Document()
    for key, note in notes.items():
        document.add(f"{key}: {note}", hang=2)
    return _printed(console) + ("\n" + set_document(document, look) if notes else "")


def _table(records: Sequence[ListedRecord], columns: Mapping[str, Sequence[str]]) -> Table:
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
    return table


def _console(look: Look) -> Console:
    """A console that interprets nothing in the text that it is given."""
    return Console(
        file=StringIO(),
        width=max(1, min(look.width or SCREEN_WIDTH, MAX_WIDTH)),
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
