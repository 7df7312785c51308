"""Load the knowledge base that a command is about."""

from typing import TYPE_CHECKING

from targetmarkets.locate import find, is_large

if TYPE_CHECKING:
    from targetmarkets.store import Knowledge


def load(kb: str | None, *, parts: bool = True) -> "Knowledge":
    """Load a knowledge base, for a command that needs `parts` of it or all."""
    path = find(kb)
    if parts and is_large(path):
        from targetmarkets import index  # the smaller ones have no use for a database

        return index.load(path)
    from targetmarkets import store

    return store.load(path)
