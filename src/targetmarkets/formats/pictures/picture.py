"""Which list has which picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from targetmarkets.formats.as_text import dump
from targetmarkets.formats.document import SCREEN_WIDTH, WIDEST
from targetmarkets.formats.pictures.comparison import draw_comparison
from targetmarkets.formats.pictures.matrix import draw_matrix
from targetmarkets.formats.pictures.timeline import draw_timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from targetmarkets.formats.document import Document
    from targetmarkets.formats.interface import Listing, Look, Picture

PICTURES: Final[Mapping[str, Callable[[Any, Picture, int], Document | None]]] = {
    "timeline": draw_timeline,
    "matrix": draw_matrix,
    "comparisons": draw_comparison,
}
"""Lists that can be drawn, each with what draws its records in so many columns, if it can."""


def set_picture(listing: Listing, look: Look) -> str:
    """The picture of a list; nothing where there are too few columns for it."""
    assert listing.picture is not None, "only a list that can be drawn is drawn"
    width = min(look.width or SCREEN_WIDTH, WIDEST)
    document = PICTURES[listing.kind](listing.records, listing.picture, width)
    return dump(document, look) if document else ""
