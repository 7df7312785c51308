"""Open a knowledge base, whatever it is stored in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from targetmarkets.kb import json_file
from targetmarkets.kb.paths import file_of, is_store, locate

if TYPE_CHECKING:
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.kb.paths import Named


def load(kb: Named | None = None) -> Knowledge:
    """Load a knowledge base: the bundled one, or the JSON file, folder, store or address that is
    named.

    Raises `UnreadableError` where there is nothing to read, and `InvalidError`, with its
    findings, where what was read is not a knowledge base.
    """
    path = locate(kb)
    if not is_store(path):
        return json_file.load(file_of(path, "this"))
    from targetmarkets.kb.store.stored import open_store  # a file has no use for a database

    return open_store(path)
