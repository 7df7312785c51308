"""Tables with a line for each row: what has no room gives way to something shorter, or is counted.

It needs no library for that, so that the first screen is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from targetmarkets.formats.document import INDENT, Line, Piece
from targetmarkets.formats.escape import visible
from targetmarkets.formats.layout import GAP, fitting, paragraph, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from targetmarkets.formats.layout import Pieces


class Column(NamedTuple):
    """A column of a table."""

    heading: str
    least: int | None = None
    """How narrow it can be made; None for one that is as wide as what stands in it."""
    good: int = 0
    """How wide it is before others get what is over."""
    to_right: bool = False
    """Whether it is set to the right, as numbers are."""
    named: bool = False
    """Whether its values need their heading to be understood."""
    optional: bool = False
    """Whether it is left out where there is no room."""


class Cell(NamedTuple):
    """A cell, as pieces; or as items, of which as many are shown as there is room for."""

    pieces: Pieces = ()
    items: Sequence[str] = ()
    shorter: Sequence[str] = ()
    """What stands in for it where it has no room, the best first; none but a title has this."""


def cell(*pieces: Piece | str) -> Cell:
    """A cell of pieces, made harmless."""
    made = (Piece(piece) if isinstance(piece, str) else piece for piece in pieces)
    return Cell(tuple(Piece(visible(piece.text), piece.style) for piece in made))


def listed(items: Iterable[str]) -> Cell:
    """A cell of items."""
    return Cell(items=[visible(item) for item in items])


def named(name: str, *shorter: str) -> Cell:
    """The name of what a row is about, or another that finds it where that has no room."""
    return Cell((Piece(visible(name), "label"),), shorter=[visible(other) for other in shorter])


def grid(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> list[Pieces]:
    """Lines of a table, none wider than `width`: a line for each row under a header, or where
    there is no room for that a block for each.
    """
    kept = list(range(len(columns)))
    while True:
        held = [columns[index] for index in kept]
        cells = [[row[index] for index in kept] for row in rows]
        widths = _widths(held, cells, width - GAP * (len(held) - 1))
        if widths:
            return _table(held, cells, widths)
        optional = [index for index in kept if columns[index].optional]
        if not optional:
            return [line for row in rows for line in _block(columns, row, width)]
        kept.remove(optional[-1])


def _table(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], widths: Sequence[int]
) -> list[Pieces]:
    header = [(Piece(column.heading, "label"),) for column in columns]
    rule = "─" * (sum(widths) + GAP * (len(widths) - 1))
    lines = [_line(columns, header, widths), (Piece(rule, "muted"),)]
    for row in rows:
        fitted = [_fitting(held, room) for held, room in zip(row, widths, strict=True)]
        lines.append(_line(columns, fitted, widths))
    return lines


def _text(held: Cell) -> str:
    return ", ".join(held.items) if held.items else "".join(p.text for p in held.pieces)


def _widths(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], room: int
) -> list[int] | None:
    """How wide each column is: what is over goes to those that can use it in equal parts. None
    where not even the narrowest have room.
    """
    natural = [
        max(width_of(column.heading), *(width_of(_text(row[index])) for row in rows))
        for index, column in enumerate(columns)
    ]
    widths = [
        full if column.least is None else min(column.least, full)
        for column, full in zip(columns, natural, strict=True)
    ]
    over = room - sum(widths)
    if over < 0:
        return None
    good = [min(column.good, full) for column, full in zip(columns, natural, strict=True)]
    for most in (good, natural):
        while over and (growing := [i for i, full in enumerate(most) if widths[i] < full]):
            for index in growing[:over]:
                widths[index] += 1
            over -= len(growing[:over])
    return widths


def _line(columns: Sequence[Column], cells: Sequence[Pieces], widths: Sequence[int]) -> Pieces:
    """Cells side by side, without spaces at the end."""
    line: list[Piece] = []
    for column, pieces, room in zip(columns, cells, widths, strict=True):
        blank = Piece(" " * (room - sum(width_of(piece.text) for piece in pieces)))
        gap = Piece(" " * GAP if line else "")
        line += [gap, blank, *pieces] if column.to_right else [gap, *pieces, blank]
    while line and not line[-1].text.strip():
        line.pop()
    return tuple(piece for piece in line if piece.text)


def _block(columns: Sequence[Column], row: Sequence[Cell], width: int) -> Iterator[Pieces]:
    """A row as a block: its title, and below it the other cells with what they are."""
    title = next((held for held in row if held.shorter), row[0])
    yield from paragraph(Line((Piece(_text(title), "label"),), hang=INDENT), width)
    told = [
        f"{column.heading.lower()} {_text(held)}" if column.named else _text(held)
        for column, held in zip(columns, row, strict=True)
        if held is not title and _text(held)
    ]
    yield from paragraph(Line((Piece(" · ".join(told)),), indent=INDENT), width)


def _fitting(held: Cell, room: int) -> Pieces:
    """What a cell shows in so many columns."""
    text = _text(held)
    if width_of(text) <= room:
        return held.pieces or (Piece(text),)
    if held.items:
        return (Piece(_counted(held.items, room)),)
    text = next((other for other in held.shorter if width_of(other) <= room), "")
    return (Piece(text or f"{_cut(_text(held), room - 1)}…", held.pieces[0].style),)


def _counted(items: Sequence[str], room: int) -> str:
    """As many items as there is room for, and the number of the others: `missiles, arms +3`."""
    for shown in range(len(items) - 1, 0, -1):
        text = f"{', '.join(items[:shown])} +{len(items) - shown}"
        if width_of(text) <= room:
            return text
    rest = f"… +{len(items) - 1}" if len(items) > 1 else "…"
    return f"{_cut(items[0], room - len(rest))}{rest}"


def _cut(text: str, room: int) -> str:
    """The beginning of a text that has room."""
    return text[: fitting(text, room)].rstrip()
