"""Draw customers or categories against kinds of goods: in each cell a number, and how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.formats.document import INDENT, SCREEN_LINES, Document, Piece
from targetmarkets.formats.layout import width_of
from targetmarkets.formats.marks import COLLECTED, CONTESTED, Marks
from targetmarkets.formats.pictures.drawing import (
    letters,
    lines_of,
    note,
    shade_key,
    shades,
    show_goods,
    side_by_side,
    source_keys,
)
from targetmarkets.model.activities import GOODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from targetmarkets.formats.interface import Picture
    from targetmarkets.formats.pictures.drawing import Lines
    from targetmarkets.model.activities import Goods
    from targetmarkets.records.pictures import CellRecord

SHORT: Final[Mapping[Goods, str]] = {
    "arms": "arm",
    "small-arms": "sma",
    "ammunition": "amm",
    "artillery": "art",
    "armoured-vehicles": "tnk",
    "aircraft": "air",
    "ships": "shp",
    "missiles": "mis",
    "air-defence": "sam",
    "chemical-weapons": "chm",
    "nuclear": "nuc",
    "protective-equipment": "pro",
    "communications": "com",
    "materiel": "mat",
    "facilities": "fac",
    "unspecified": "n.n",
}
"""What the columns are called; the key below says what they hold."""

_SIGNS: Final = COLLECTED.text + CONTESTED.text
"""What may stand at the end of a line of a cell."""

NARROWEST: Final = 12
LABEL: Final = 18
"""Columns for the names of rows, at the least and at the most."""


def draw_matrix(cells: Sequence[CellRecord], picture: Picture, width: int) -> Document | None:
    """The matrix, with what is said of no one customer below it; None where it has no room."""
    own = [cell for cell in cells if _has_row(cell)]
    goods = [kind for kind in GOODS if any(cell.goods == kind for cell in own)]
    sizes = [_size([cell for cell in own if cell.goods == kind], kind) for kind in goods]
    if width - sum(sizes) - len(sizes) >= LABEL:
        sizes = [size + 1 for size in sizes]  # a space that no sign takes
    label = min(LABEL, width - sum(sizes))
    if label < NARROWEST:
        return None
    document, marks = Document(), Marks({})
    heads = [[[Piece(SHORT[kind], "label")]] for kind in goods]
    side_by_side(document, [[[Piece("")]], *heads], [label, *sizes])
    for name, row in _rows(own).items():
        columns = [_lines(row.get(kind), marks) for kind in goods]
        names = lines_of(name, label - 1, "label")
        side_by_side(document, [names, *columns], [label, *sizes])
    document.gap()
    shade_key(document, width, (word for cell in own for word in cell.certainties), marks)
    _key(document, cells, goods, width)
    ids = list(dict.fromkeys(id_ for cell in cells for id_ in cell.sources))
    room = len(ids) if picture.full else SCREEN_LINES - len(document.lines)
    source_keys(document, width, ids, room, "tm matrix --json")
    return document


def _has_row(cell: CellRecord) -> bool:
    """Whether the picture has a row for it: what is no one's is counted below."""
    return cell.id is not None or (cell.row == "category" and cell.scope == "individual")


def _rows(cells: Iterable[CellRecord]) -> Mapping[str, Mapping[Goods, CellRecord]]:
    rows: dict[str, dict[Goods, CellRecord]] = {}
    for cell in cells:
        rows.setdefault(_named(cell), {})[cell.goods] = cell
    return rows


def _named(cell: CellRecord) -> str:
    """The name of its row: that of a category says of whom it is."""
    if cell.row == "customer" or cell.scope == "individual":
        return cell.name
    return f"{cell.name}, {'together' if cell.scope == 'collective' else 'as a group'}"


def _size(cells: Sequence[CellRecord], kind: Goods) -> int:
    """Columns of a kind of goods, with one of space, which a sign may take."""
    lines = [line for cell in cells for line in _lines(cell, Marks({}))]
    texts = ["".join(piece.text for piece in line).rstrip(_SIGNS) for line in lines]
    return max(len(SHORT[kind]), *map(width_of, texts)) + 1


def _lines(cell: CellRecord | None, marks: Marks) -> Lines:
    """A cell: how many, and how sure by shade and letter; in two lines where both ends need one, or
    where there are two signs, since a line has room for one.
    """
    if cell is None:
        return [[Piece("·", "muted")]]
    proved = cell.quoted == len(cell.claims)
    number = [Piece(str(cell.occurrences), "label"), *shades(cell.certainties, proved=proved)]
    letter = letters(cell.certainties, proved=proved)
    grade = [marks.sign(COLLECTED)] if cell.collected else []
    contest = [marks.sign(CONTESTED)] if cell.disputed else []
    if len(cell.range) == 1 and not (grade and contest):
        return [[*number, *letter, *grade, *contest]]
    return [[*number, *contest], [*letter, *grade]]


def _key(
    document: Document, cells: Sequence[CellRecord], goods: Sequence[Goods], width: int
) -> None:
    """What a cell says, what the columns are, and what is in none of the rows."""
    text = "Number: events, and claims that speak of none; shades: surest and least sure"
    note(document, width, text)
    words = [f"{SHORT[kind]} {show_goods(kind)}" for kind in goods]
    note(document, width, ", ".join(words), hang=INDENT)
    left: dict[str, set[str]] = {}
    for cell in cells:
        if not _has_row(cell):
            left.setdefault(cell.name, set()).update(cell.claims)
    if left:
        said = ", ".join(f"{len(claims)} of {name}" for name, claims in left.items())
        note(document, width, f"Left out: {said}", hang=INDENT)
