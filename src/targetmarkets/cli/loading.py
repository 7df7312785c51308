"""Load the knowledge base that a command is about, and prove what is shown of it."""

from contextlib import contextmanager
from typing import TYPE_CHECKING

from targetmarkets.cli.output import tell, width_of_messages
from targetmarkets.errors import UnknownNameError
from targetmarkets.kb.paths import is_large, locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.objects import Quote


def open_knowledge(kb: str | None, *, parts: bool = True) -> "Knowledge":
    """Load a knowledge base, for a command that needs `parts` of it or all."""
    path = locate(kb)
    if parts and is_large(path):
        from targetmarkets.kb import index  # the smaller ones have no use for a database

        return index.load_indexed(path)
    from targetmarkets.kb import json_file

    return json_file.load(path)


@contextmanager
def explaining(knowledge: "Knowledge") -> "Iterator[None]":
    """Let an error for an unknown name say what is known of it all the same."""
    try:
        yield
    except UnknownNameError as error:
        from targetmarkets.query.emptiness import of_name  # only a mistake needs it

        raise of_name(knowledge, error, width_of_messages()) from error


def tell_unproved(quotes: "Iterable[Quote]", archives: "Archives") -> None:
    """Say which quotations do not stand in their archived texts as they are now."""
    if broken := [quote.id for quote in quotes if archives.prove(quote).problem]:
        shown = ", ".join(broken[:5])
        tell(f"not proved: {shown}{' and others' if broken[5:] else ''}", "tm verify says why")
