"""List events below a timeline, a line or two each, with the numbers of their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.formats.document import INDENT, Document, Line, Piece
from targetmarkets.formats.layout import paragraph
from targetmarkets.formats.marks import COLLECTED, CONTESTED, QUOTED, READ, UNREAD
from targetmarkets.formats.pictures.drawing import lines_of, side_by_side
from targetmarkets.formats.wording import range_of, show_outcome, show_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from targetmarkets.formats.interface import Picture
    from targetmarkets.formats.marks import Marks, Sign
    from targetmarkets.formats.pictures.drawing import Lines
    from targetmarkets.records.pictures import MomentRecord

HEADINGS: Final = ("When", "Event", "Outcome", "How sure", "From")

WHEN, OUTCOME, SURE, FROM = 12, 11, 19, 9
"""Columns for all but the event, which has the rest."""


def list_events(
    document: Document, shown: Sequence[MomentRecord], picture: Picture, width: int, marks: Marks
) -> None:
    """The events, a line or two each, with the numbers of their sources."""
    document.gap()
    widths = [WHEN, width - WHEN - OUTCOME - SURE - FROM, OUTCOME, SURE, FROM]
    side_by_side(document, [[[Piece(h, "label")]] for h in HEADINGS], widths)
    for moment in shown:
        when = show_period(moment.period) if moment.period else "undated"
        when = when if len(when) < WHEN else when.replace("–", "– ")  # where it may be broken
        name = moment.name
        if len(picture.rows) != 1:
            concerned = [s.name for s in moment.customers] + [f"+{s.name}" for s in moment.together]
            name += f" ({', '.join(concerned)})" if concerned else ""
        outcomes = ", ".join(show_outcome(o.outcome) for o in moment.outcomes) or "–"
        told = zip((when, name, outcomes), widths, strict=False)
        texts = [lines_of(text, size - 1) for text, size in told]
        columns = [*texts, _how_sure(moment, marks), _sources(moment, marks)]
        side_by_side(document, columns, widths)


def _how_sure(moment: MomentRecord, marks: Marks) -> Lines:
    pieces = range_of(moment.certainties, proved=moment.quoted > 0)
    pieces += [marks.sign(COLLECTED)] if moment.collected else []
    pieces += [marks.sign(CONTESTED)] if moment.disputed else []
    return [pieces]


def _sources(moment: MomentRecord, marks: Marks) -> Lines:
    """The sign of the event, and the numbers of its sources."""
    sign = marks.sign(_sign(moment))
    numbers = " ".join(str(marks.number(id_)) for id_ in moment.sources)
    pieces = (sign, Piece(f" {numbers}", "number"))
    return [[*line] for line in paragraph(Line(pieces, hang=INDENT), FROM - 1)]


def _sign(moment: MomentRecord) -> Sign:
    return QUOTED if moment.quoted else READ if moment.independent_sources else UNREAD
