"""Write the last changes of a knowledge base."""

from typing import Final

from targetmarkets.formats.document import Document, Piece, Style
from targetmarkets.records.reports import LogRecord

MAX_IDS: Final = 5
"""Objects of a change that are named; the other formats name all."""

_MARKS: Final[tuple[tuple[str, Style], ...]] = (("+", "good"), ("~", "mark"), ("−", "bad"))


def write_log(record: LogRecord) -> Document:
    """A line for each change, and below it what it did."""
    document = Document()
    for change in record.changes:
        when = change.at.replace("T", " ").removesuffix("+00:00")
        document.add(
            Piece(f"{change.number:>4}  ", "label"),
            Piece(f"{when}  {change.who}  ", "muted"),
            change.why,
            *([] if change.stands else [Piece("  undone", "bad")]),
            hang=6,
        )
        kinds = (change.added, change.changed, change.removed)
        for (mark, style), ids in zip(_MARKS, kinds, strict=True):
            more = [f"{len(ids) - MAX_IDS} more"] if len(ids) > MAX_IDS else []
            if ids:
                names = ", ".join([*ids[:MAX_IDS], *more])
                document.add(Piece(f"{mark} ", style), names, indent=6, hang=2)
    return document
