"""Write what merging two versions came to."""

from collections.abc import Sequence

from targetmarkets.formats.cells import stored
from targetmarkets.formats.document import Document, Piece
from targetmarkets.formats.reports.diff import write_changes
from targetmarkets.formats.reports.verification import write_findings
from targetmarkets.records.reports import WHYS, MergeConflict, MergeRecord


def write_merge(record: MergeRecord) -> Document:
    """Of what was not written what would come in; each conflict with both versions; and what does
    not hold together.
    """
    document = Document()
    if record.changes and record.written is None:
        document.heading("What would come in")
        write_changes(document, record.changes)
    if record.conflicts:
        document.heading("Conflicts")
        _write_conflicts(document, record.conflicts)
    if record.findings:
        document.heading("What does not hold of the two together")
        write_findings(document, record.findings)
    return document


def _write_conflicts(document: Document, conflicts: Sequence[MergeConflict]) -> None:
    for conflict in conflicts:
        document.add(
            Piece("✗ ", "bad"),
            Piece(f"{conflict.id}  ", "label"),
            Piece(f"{conflict.kind}: ", "muted"),
            conflict.label,
            indent=2,
            hang=4,
            role="item",
        )
        document.add(Piece(WHYS[conflict.why], "muted"), indent=6, hang=2, role="more")
        for field in conflict.fields:
            document.add(Piece(f"{field.field}:", "muted"), indent=6, role="item")
            for side, value in (("ours  ", field.before), ("theirs", field.after)):
                text = "—" if value is None else stored(value)
                document.add(Piece(f"{side}  ", "label"), text, indent=8, hang=8, role="more")
