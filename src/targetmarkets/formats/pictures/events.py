"""List events below a timeline, a line or two each, with the numbers of their sources."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from targetmarkets.formats.document import Document, Piece
from targetmarkets.formats.pictures.drawing import CONTESTED, ends, side_by_side, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from targetmarkets.formats.interface import Picture
    from targetmarkets.records.pictures import MomentRecord


def list_events(
    document: Document, shown: Sequence[MomentRecord], picture: Picture, width: int
) -> None:
    """The events, a line or two each, with the numbers of their sources."""
    document.gap()
    numbers = numbered(shown)
    widths = [12, width - 12 - 12 - 17 - 9, 12, 17, 9]
    headings = ("When", "Event", "Outcome", "How sure", "Sources")
    side_by_side(document, [[[Piece(h, "heading")]] for h in headings], widths)
    for moment in shown:
        name = moment.name
        if len(picture.rows) != 1:
            concerned = [s.name for s in moment.customers] + [f"+{s.name}" for s in moment.together]
            name += f" ({', '.join(concerned)})" if concerned else ""
        outcomes = ", ".join(o.outcome for o in moment.outcomes) or "–"
        sure = ends(moment.certainties) + ("*" if moment.collected else "")
        marks = _sign(moment) + " " + " ".join(str(numbers[id_]) for id_ in moment.sources)
        when = moment.period or "no date"
        when = when if len(when) < widths[0] else when.replace("/", "/ ")  # where it may be broken
        texts = (when, name, outcomes, sure, marks)
        columns = [
            [[Piece(line)] for line in wrapped(text, size - 1)]
            for text, size in zip(texts, widths, strict=True)
        ]
        if moment.disputed:
            columns[3][0].append(Piece(CONTESTED, "bad"))
        side_by_side(document, columns, widths)


def _sign(moment: MomentRecord) -> str:
    return "✓" if moment.quoted else "○" if moment.independent_sources else "·"


def numbered(shown: Iterable[MomentRecord]) -> Mapping[str, int]:
    """Numbers of the sources, in the order in which the events name them."""
    ids = dict.fromkeys(id_ for moment in shown for id_ in moment.sources)
    return dict(zip(ids, count(1), strict=False))
