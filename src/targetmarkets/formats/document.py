"""A dossier before it is set: lines of styled pieces, without width, colour or file format."""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

Style = Literal[
    "plain", "title", "heading", "label", "muted", "mark", "footnote", "number", "quotation",
    "context",
    "layout", "stated", "likely", "possible", "alleged", "implied", "good", "bad",
]  # fmt: skip
"""What a piece is; a format decides how that looks. Certainties are styles of their own.

A `footnote` is the marks of one or more: `[1]+[2]`; a `number` is those of one or several, without
brackets: `1`, `2–4`. A `context` is what stands around a quotation. A `layout` is a bullet or a
space, for which a format may have its own.
"""

Role = Literal[
    "text",
    "title",
    "heading",
    "subheading",
    "field",
    "item",
    "more",
    "footnotes",
    "footnote",
    "header",
    "row",
]
"""What a line is, for a format that has headings, lists and footnotes of its own.

An `item` lies in the one above if it is set in further. `more` goes on with what is above.
`footnotes` is the heading of footnotes, and each `footnote` begins with its mark. A `header` and
the `row`s below it are a table: they have cells in the place of pieces.
"""

SCREEN_WIDTH: Final = 80
"""Columns of a screenful where no terminal says how wide it is."""

WIDEST: Final = 100
"""Columns beyond which a line of prose is hard to read: a terminal uses no more."""

SCREEN_LINES: Final = 40
"""Lines of a screenful."""

INDENT: Final = 2
"""Columns by which what goes on below is set in."""


class Piece(NamedTuple):
    """A run of text in one style."""

    text: str
    style: Style = "plain"
    link: str | None = None
    """Address that it leads to, where what shows it has links."""


class Line(NamedTuple):
    """A paragraph: pieces, how far it is set in, and how much further where it runs over."""

    pieces: tuple[Piece, ...]
    indent: int = 0
    hang: int = 0
    role: Role = "text"
    cells: tuple[tuple[Piece, ...], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.pieces and not self.cells


class Document:
    """Lines in order. An empty line stands between blocks, never at the start or twice."""

    def __init__(self, lines: Iterable[Line] = (), *, screenful: bool = False) -> None:
        self.lines = list(lines)
        self.screenful = screenful
        """Whether it is made to fit a screen, so that its lines are wrapped in a pipe too."""

    def add(
        self, *pieces: Piece | str | None, indent: int = 0, hang: int = 0, role: Role = "text"
    ) -> None:
        """Add a line of the pieces that are there."""
        self.lines.append(Line(tuple(_pieces(pieces)), indent, hang, role))

    def row(self, *cells: Iterable[Piece | str | None], role: Role = "row") -> None:
        """Add a row of a table, each cell of the pieces that are there."""
        self.lines.append(Line((), role=role, cells=tuple(tuple(_pieces(cell)) for cell in cells)))

    def gap(self) -> None:
        """Leave an empty line before what comes next."""
        if self.lines and not self.lines[-1].empty:
            self.lines.append(Line(()))

    def heading(self, text: str, note: str | None = None, role: Role = "heading") -> None:
        """Start a section."""
        self.gap()
        aside = Piece(f"  {note}", "muted") if note else None
        self.add(Piece(text, "heading"), aside, role=role)


def _pieces(pieces: Iterable[Piece | str | None]) -> Iterable[Piece]:
    for piece in pieces:
        if piece:
            yield Piece(piece) if isinstance(piece, str) else piece
