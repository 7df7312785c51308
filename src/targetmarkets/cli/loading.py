"""Load the knowledge base that a command is about, and prove what is shown of it."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from targetmarkets.cli.output import tell, width_of_messages
from targetmarkets.errors import UnknownNameError
from targetmarkets.kb.paths import file_of, is_large, is_store, locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.objects import Quote


def open_knowledge(kb: str | None, *, parts: bool = True) -> "Knowledge":
    """Load a knowledge base, for a command that needs `parts` of it or all."""
    path = locate(kb)
    if parts and is_large(path) and not is_store(path):
        from targetmarkets.kb.store.cached import (
            load_cached,  # the smaller ones have no use for a database
        )

        return load_cached(file_of(path, "this"))
    from targetmarkets.kb.opening import load

    return load(path)


def open_version(name: str) -> "Knowledge":
    """A version of a knowledge base: what `--kb` takes, or the text of one from stdin for `-`, or
    from a pipe.
    """
    from targetmarkets import limits
    from targetmarkets.kb.json_file import load_bytes
    from targetmarkets.kb.opening import load

    if name != "-" and not Path(name).is_fifo():
        return load(name)
    from targetmarkets.cli.writing import read_argument

    path = Path("stdin" if name == "-" else name)
    return load_bytes(read_argument(name, limits.KNOWLEDGE_BASE), path)


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
