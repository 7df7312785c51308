"""Rows of summaries: supplies and events, in the words of an overview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from targetmarkets.formats.document import Document, Piece
from targetmarkets.formats.marks import COLLECTED, CONTESTED
from targetmarkets.formats.wording import range_of, show_outcome, show_period, without_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from targetmarkets.formats.dossier.marks import ProofMarks
    from targetmarkets.records.overview import EventLine, OutcomeCount, Summary, Supply


def supply_rows(document: Document, supplies: Iterable[Supply], marks: ProofMarks) -> None:
    """A table of supplies: what, when, how it ended, how sure, how often, on whose word."""
    document.row(
        *_headings("Supply or service", "when", "outcome", "how sure", "n/o", "from"),
        role="header",
    )
    for supply in supplies:
        document.row(
            [supply.label],
            [*_when(supply), _also_undated(supply)],
            ended(supply, marks),
            how_sure(supply, marks),
            [f"{supply.occurrences}/{supply.independent_sources}"],
            marks.of(supply.claims),
        )


def event_rows(document: Document, events: Iterable[EventLine], marks: ProofMarks) -> None:
    """A table of events: when, what it is called, how it ended, how sure, on whose word."""
    document.row(*_headings("Event", "", "outcome", "how sure", "from"), role="header")
    for event in events:
        document.row(
            _when(event),
            [without_date(event.name, event.period)],
            ended(event, marks),
            how_sure(event, marks),
            marks.of(event.claims),
        )


def ended(summary: Summary, marks: ProofMarks) -> list[Piece | str]:
    """How things ended: `stopped`, `2 stopped, tried`; and whether that is contested."""
    words = ", ".join(_outcome(item, alone=len(summary.outcomes) == 1) for item in summary.outcomes)
    return [words, marks.sign(CONTESTED) if summary.disputed else ""]


def how_sure(summary: Summary, marks: ProofMarks) -> list[Piece | str]:
    """The range of certainty: `stated`, `stated–alleged*`, and what the curators think of it."""
    pieces: list[Piece | str] = [
        *range_of(summary.certainties, proved=summary.quoted == len(summary.claims))
    ]
    if summary.collected:
        pieces.append(marks.sign(COLLECTED))
    if summary.assessments:
        pieces.append(f" [{', '.join(summary.assessments)}]")
    return pieces


def _when(summary: Summary) -> list[Piece | str]:
    return [show_period(summary.period) if summary.period else Piece("undated", "muted")]


def _also_undated(supply: Supply) -> Piece:
    """How many of its claims have no date, where others have one."""
    some = supply.period and supply.undated
    return Piece(f" +{supply.undated} n.d." if some else "", "muted")


def _outcome(item: OutcomeCount, *, alone: bool) -> str:
    word = show_outcome(item.outcome)
    return word if alone or item.occurrences == 1 else f"{item.occurrences} {word}"


def _headings(*words: str) -> Iterable[list[Piece]]:
    return [[Piece(word, "label")] for word in words]
