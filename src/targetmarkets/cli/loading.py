"""Load the knowledge base that a command is about, and prove what is shown of it."""

from typing import TYPE_CHECKING

from targetmarkets.cli.output import tell
from targetmarkets.locate import find, is_large

if TYPE_CHECKING:
    from collections.abc import Iterable

    from targetmarkets.anchor import Archives
    from targetmarkets.models import Quote
    from targetmarkets.store import Knowledge


def load(kb: str | None, *, parts: bool = True) -> "Knowledge":
    """Load a knowledge base, for a command that needs `parts` of it or all."""
    path = find(kb)
    if parts and is_large(path):
        from targetmarkets import index  # the smaller ones have no use for a database

        return index.load(path)
    from targetmarkets import store

    return store.load(path)


def tell_unproved(quotes: "Iterable[Quote]", archives: "Archives") -> None:
    """Say which quotations do not stand in their archived texts as they are now."""
    if broken := [quote.id for quote in quotes if archives.prove(quote).problem]:
        shown = ", ".join(broken[:5])
        tell(f"not proved: {shown}{' and others' if broken[5:] else ''}", "tm verify says why")
