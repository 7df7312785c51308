"""The archived texts that go into an export, and what of them and their documents does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.model.objects import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from targetmarkets.evidence.archive import ArchivedText
    from targetmarkets.exports.interface import Losses
    from targetmarkets.exports.selection import Selection

UNREADABLE: Final = "archived texts that cannot be read"
ORIGINALS: Final = "documents from which archived texts were extracted"

WHY: Final[Mapping[str, str]] = {
    UNREADABLE: "tm verify says why",
    ORIGINALS: "their names and hashes are given; the files lie beside the knowledge base",
}
"""Why these do not go."""


def archived_texts(selection: Selection, losses: Losses) -> Iterator[tuple[Source, ArchivedText]]:
    """Each source that goes and has a text that can be read, with it; the others are counted, and
    so are the documents that the texts are from.
    """
    for source in selection.objects(Source):
        if source.archive is None:
            continue
        losses.note(ORIGINALS, source.archive.original is not None)
        archived = selection.text(source)
        if archived is None:
            losses.note(UNREADABLE)
        else:
            yield source, archived
