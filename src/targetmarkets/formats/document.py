"""A dossier before it is set: lines of styled pieces, without width, colour or file format."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Style = Literal[
    "plain", "title", "heading", "label", "muted", "mark", "quotation",
    "stated", "likely", "possible", "alleged", "implied",
    "good", "bad",
]  # fmt: skip
"""What a piece is; a format decides how that looks. Certainties are styles of their own."""


@dataclass(frozen=True)
class Piece:
    """A run of text in one style."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True)
class Line:
    """A paragraph: pieces, how far it is set in, and how much further where it runs over."""

    pieces: tuple[Piece, ...]
    indent: int = 0
    hang: int = 0


@dataclass
class Document:
    """Lines in order. An empty line stands between blocks, never at the start or twice."""

    lines: list[Line] = field(default_factory=list)

    def add(self, *pieces: Piece | str | None, indent: int = 0, hang: int = 0) -> None:
        """Add a line of the pieces that are there."""
        self.lines.append(Line(tuple(_pieces(pieces)), indent, hang))

    def gap(self) -> None:
        """Leave an empty line before what comes next."""
        if self.lines and self.lines[-1].pieces:
            self.lines.append(Line(()))

    def heading(self, text: str, note: str | None = None) -> None:
        """Start a section."""
        self.gap()
        self.add(Piece(text, "heading"), Piece(f"  {note}", "muted") if note else None)


def _pieces(pieces: Iterable[Piece | str | None]) -> Iterable[Piece]:
    for piece in pieces:
        if piece:
            yield Piece(piece) if isinstance(piece, str) else piece
