"""Write what is different between two versions."""

from collections.abc import Sequence
from typing import Final

from targetmarkets.formats.cells import sorted_into, stored
from targetmarkets.formats.document import Document, Piece, Style
from targetmarkets.records.reports import DiffRecord, FieldChange, ObjectChange, What

_MARKS: Final[dict[What, tuple[str, Style]]] = {
    "added": ("+", "good"),
    "removed": ("−", "bad"),
    "changed": ("~", "mark"),
    "retracted": ("✗", "bad"),
}


def write_diff(record: DiffRecord) -> Document:
    """Customers that are sorted differently, then every object with what is different in it."""
    document = Document()
    if not record.changes and not record.file:
        document.add(Piece("The two say the same.", "good"))
        return document
    if record.file:
        document.heading("The file")
        _write_fields(document, record.file, 2)
    if record.categories:
        document.heading("Categories")
    for change in record.categories:
        document.add(
            Piece(f"{change.name}  ", "label"),
            sorted_into(change.before, change.before_known, change.before_hedge) or "none",
            " → ",
            sorted_into(change.after, change.after_known, change.after_hedge) or "none",
            indent=2,
            hang=2,
            role="item",
        )
    for kind in dict.fromkeys(change.kind for change in record.changes):
        document.heading(f"{kind.capitalize()}s" if kind != "category" else "Categories")
        write_changes(document, [change for change in record.changes if change.kind == kind])
    return document


def write_changes(document: Document, changes: Sequence[ObjectChange]) -> None:
    """Objects with what is different in each."""
    for change in changes:
        mark, style = _MARKS[change.change]
        document.add(
            Piece(f"{mark} ", style),
            Piece(f"{change.id}  ", "label"),
            Piece(f"{change.change}: ", "muted"),
            change.label,
            indent=2,
            hang=4,
            role="item",
        )
        if change.gloss:
            document.add(Piece(change.gloss, "muted"), indent=6, hang=2, role="more")
        _write_fields(document, change.fields, 6)


def _write_fields(document: Document, fields: Sequence[FieldChange], indent: int) -> None:
    """Fields with what each was and is."""
    for field in fields:
        document.add(Piece(f"{field.field}:", "muted"), indent=indent, role="item")
        for sign, value in (
            (Piece("− ", "bad"), field.before),
            (Piece("+ ", "good"), field.after),
        ):
            if value is not None:
                document.add(sign, stored(value), indent=indent + 2, hang=2, role="more")
