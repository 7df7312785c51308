"""What an export says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from targetmarkets import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from targetmarkets.exports.selection import Selection


def about(selection: Selection) -> Iterator[tuple[str, str]]:
    """What made it, what was chosen, and whether curators are named; nothing in it is a time."""
    yield "made by", f"targetmarkets {__version__}"
    if selection.kb.covers:
        yield "covers", selection.kb.covers
    chosen = "; ".join(f"{name}: {', '.join(each)}" for name, each in selection.filters.items())
    yield "chosen by", chosen or "nothing: it is the whole knowledge base"
    yield "names of curators", "given" if selection.curators else "left out"
