"""Write what became of the passages of a source in another text."""

from typing import Final

from targetmarkets.formats.document import Document, Piece, Style
from targetmarkets.records.reports import FATES, AnchorRecord, Fate

_STYLES: Final[dict[Fate, Style]] = {
    "kept": "good",
    "moved": "good",
    "normalised": "likely",
    "chosen": "likely",
    "ambiguous": "bad",
    "lost": "bad",
}


def write_anchoring(record: AnchorRecord) -> Document:
    """How many passages met with each fate, and each passage that is not simply kept or moved."""
    document = Document()
    document.add(Piece(record.source, "title"), role="title")
    for fate, meaning in FATES.items():
        count = sum(item.fate == fate for item in record.passages)
        if count:
            label = Piece(f"{count:>5} {fate:<11}", _STYLES[fate])
            document.add(label, Piece(f" {meaning}", "muted"), role="item")
    for fate in ("normalised", "chosen", "ambiguous", "lost"):
        for item in (item for item in record.passages if item.fate == fate):
            document.gap()
            what = Piece(f"{fate}  ", _STYLES[item.fate])
            document.add(what, Piece(item.id, "label"), indent=2, role="item")
            document.add(Piece("− ", "bad"), f"‘{item.exact}’", indent=4, hang=2, role="more")
            if item.nearest:
                from targetmarkets.formats.reports.checking import styled  # finds what is alike

                line = Piece("nearest: ", "muted"), *styled(item.nearest, draft=False)
                document.add(*line, indent=4, hang=2, role="more")
            if item.now is not None:
                document.add(Piece("+ ", "good"), f"‘{item.now}’", indent=4, hang=2, role="more")
    document.gap()
    if record.certain:
        document.add(Piece("Every quotation has a certain place.", "good"))
    else:
        document.add(Piece("Not every quotation has a certain place.", "bad"))
    return document
