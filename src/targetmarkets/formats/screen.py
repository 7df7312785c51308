"""A document on a terminal: its lines as wide as that, in its colours, with its links."""

import re
from typing import Final

from targetmarkets.formats.document import SCREEN_WIDTH, Document, Piece
from targetmarkets.formats.interface import Look
from targetmarkets.formats.layout import lay_out
from targetmarkets.formats.styles import painted

_ADDRESS: Final = re.compile(r"https?://[!-~]+")
"""Addresses that a link can lead to: nothing in them ends its escape sequence."""

MAX_WIDTH: Final = 10_000
"""Columns beyond which no terminal is taken to go."""


def set_document(document: Document, look: Look) -> str:
    """A document, laid out for the width of the terminal."""
    width = max(1, min(look.width or SCREEN_WIDTH, MAX_WIDTH))
    lines = lay_out(document, width)
    return "".join("".join(drawn(piece, look) for piece in line) + "\n" for line in lines)


def drawn(piece: Piece, look: Look) -> str:
    """A piece in its colour and with its link, as far as the terminal has them."""
    text = painted(piece.text, piece.style) if look.colour else piece.text
    if look.links and piece.link and _ADDRESS.fullmatch(piece.link):
        return f"\x1b]8;;{piece.link}\x1b\\{text}\x1b]8;;\x1b\\"
    return text
