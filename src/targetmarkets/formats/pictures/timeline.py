"""Draw events by year: a bar for each year, a row for each customer, and the events below."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.formats.document import INDENT, SCREEN_LINES, Document, Piece
from targetmarkets.formats.layout import fit, width_of
from targetmarkets.formats.marks import Marks
from targetmarkets.formats.pictures.drawing import (
    lines_of,
    note,
    side_by_side,
    source_keys,
)
from targetmarkets.formats.pictures.events import list_events
from targetmarkets.model.edtf import days
from targetmarkets.records.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from targetmarkets.formats.interface import Picture
    from targetmarkets.records.claims import Subject
    from targetmarkets.records.pictures import MomentRecord

LABEL: Final = 16
"""Columns for the names of customers, at the least."""

CELL: Final = 3
"""Columns of a year."""

AFTER: Final = 5
"""Columns for those without a date."""

STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000)
"""Years in a column of the picture, where there is no room for one."""

BLOCKS: Final = " ▁▂▃▄▅▆▇█"
BAR_LINES: Final = 3

LASTS: Final = "╌"
"""A stretch of years in which an event lies somewhere, or all along."""

BEFORE, FROM = "◂", "▸"
"""The known end of a stretch of which nobody says when it began, or ended."""

OPEN: Final = 9999
"""The year of an end that is open."""

FEWEST: Final = 4
"""Of so many events that have room the picture is not crowded out."""


class _Axis(NamedTuple):
    """The columns of the picture: each stands for `step` years from its own on."""

    years: range
    step: int
    label: int
    """Columns for names."""

    def column(self, moment: MomentRecord) -> int | None:
        """The column of an event that is placed in a year."""
        return None if moment.year is None else (moment.year - self.years.start) // self.step

    def covers(self, moment: MomentRecord) -> Mapping[int, str]:
        """The columns that an event which lasts may touch, each with a sign. Of one that is open
        on a side, the end that is known.
        """
        assert moment.period is not None, "only what is dated lasts"
        first, last = (int(day[:4]) for day in days(moment.period))
        last_column = len(self.years) - 1
        start = max((first - self.years.start) // self.step, 0)
        end = min((last - self.years.start) // self.step, last_column)
        if first == 0 or last == OPEN:
            return {end: BEFORE} if first == 0 else {min(start, last_column): FROM}
        return dict.fromkeys(range(start, end + 1), LASTS)


def draw_timeline(moments: Sequence[MomentRecord], picture: Picture, width: int) -> Document | None:
    """The years with their counts and customers; of named ones, the events that have room."""
    axis = _axis(moments, picture, width)
    if axis is None:
        return None
    is_crowded = not picture.named or len(picture.rows) > SCREEN_LINES
    most = 0 if is_crowded else min(len(moments), SCREEN_LINES)
    return fit(
        lambda number: _draw(moments, picture, axis, width, number),
        [*range(most, min(FEWEST, most) - 1, -1), 0],
        len(moments),
        None if picture.full else width,
    )


def _axis(moments: Sequence[MomentRecord], picture: Picture, width: int) -> _Axis | None:
    """As many years in a column as there must be; None where there is no room for two columns."""
    years = [m.year for m in moments if m.year is not None]
    if not years:  # drawn from the ranges, if there are any with two ends
        stretches = (days(m.period) for m in moments if m.period)
        years = [int(d[:4]) for pair in stretches for d in pair if d[:4] not in {"0000", "9999"}]
    room = width - LABEL - AFTER
    if room < 2 * CELL or not years:
        return None
    for step in STEPS:
        columns = range(min(years) // step * step, max(years) + 1, step)
        if len(columns) * CELL <= room:
            longest = max((width_of(subject.name) for subject in picture.rows), default=0) + 1
            free = width - AFTER - len(columns) * CELL
            return _Axis(columns, step, max(LABEL, min(longest, free)))
    return None


def _draw(
    moments: Sequence[MomentRecord], picture: Picture, axis: _Axis, width: int, number: int
) -> Document:
    document, marks = Document(), Marks({})
    _heading(document, moments, axis, width)
    _bars(document, moments, axis)
    own = _by_customer(moments, lambda moment: moment.customers)
    others = _by_customer(moments, lambda moment: moment.together)
    for subject in picture.rows:
        _row(document, subject, own[subject.id], others[subject.id], axis)
    document.gap()
    _key(document, moments, picture, width)
    telling = {m.event for m in sorted(moments, key=lambda m: m.rank)[:number]}
    shown = [moment for moment in moments if moment.event in telling]
    if shown:
        list_events(document, shown, picture, width, marks)
    _below(document, moments, shown, picture, width, marks)
    return document


def _heading(document: Document, moments: Sequence[MomentRecord], axis: _Axis, width: int) -> None:
    placed = Counter(moment.placed for moment in moments)
    parts = [count(len(moments), "event")]
    parts += [f"{placed['year']} in one year"] if placed["year"] else []
    parts += [f"{placed['range']} over or within several"] if placed["range"] else []
    parts += [f"{placed['undated']} undated"] if placed["undated"] else []
    parts += [f"a column is {axis.step} years"] if axis.step > 1 else []
    note(document, width, Piece(" · ".join(parts), "title"))
    document.gap()


def _bars(document: Document, moments: Sequence[MomentRecord], axis: _Axis) -> None:
    """How many events there are in each year, as bars and in figures, and the years."""
    counts = Counter(axis.column(moment) for moment in moments if moment.placed == "year")
    columns = range(len(axis.years))
    most = max(counts.values(), default=0)
    for line in range(BAR_LINES - 1, -1, -1):
        cells = []
        for column in columns:
            height = round(counts[column] * BAR_LINES * 8 / most) if most else 0
            block = BLOCKS[min(max(height - line * 8, 0), 8)]
            cells.append(f" {block * 2}")
        document.add(Piece(" " * axis.label + "".join(cells), "mark"))
    figures = "".join(f"{counts[column] or '':>{CELL}}" for column in columns)
    undated = sum(moment.placed == "undated" for moment in moments)
    document.add(Piece("Events".ljust(axis.label), "label"), f"{figures}{undated or '':>{AFTER}}")
    years = "".join(f"{year % 100:02}".rjust(CELL) for year in axis.years)
    first = f"{axis.years.start} on".ljust(axis.label)
    document.add(Piece(f"{first}{years}{'n.d.':>{AFTER}}", "muted"))


def _by_customer(
    moments: Iterable[MomentRecord], named: Callable[[MomentRecord], Iterable[Subject]]
) -> Mapping[str, Sequence[MomentRecord]]:
    """The events in which each customer is named in a way."""
    found: dict[str, list[MomentRecord]] = defaultdict(list)
    for moment in moments:
        for subject in named(moment):
            found[subject.id].append(moment)
    return found


def _row(
    document: Document,
    subject: Subject,
    own: Sequence[MomentRecord],
    others: Sequence[MomentRecord],
    axis: _Axis,
) -> None:
    """A customer: in each year the number of its events, and lines where others may lie."""
    counts = Counter(axis.column(moment) for moment in own if moment.placed == "year")
    joint = {axis.column(moment) for moment in others if moment.placed == "year"}
    lasting: dict[int, str] = {}
    for moment in (*own, *others):
        if moment.placed == "range":
            lasting |= axis.covers(moment)
    cells: list[Piece] = []
    for column in range(len(axis.years)):
        figure = f"{counts[column] or ''}{'+' if column in joint else ''}"
        sign = lasting.get(column, "")
        if sign == LASTS:
            text = figure.rjust(CELL, LASTS)
        else:
            text = sign.rjust(CELL - len(figure)) + figure if figure else (sign or "·").rjust(CELL)
        cells.append(Piece(text, "plain" if figure else "muted"))
    undated = sum(moment.placed == "undated" for moment in own)
    cells.append(Piece(f"{undated or '':>{AFTER}}"))
    names = lines_of(subject.name, axis.label - 1, "label")
    side_by_side(document, [names, [cells]], [axis.label, 0])


def _key(document: Document, moments: Sequence[MomentRecord], picture: Picture, width: int) -> None:
    """What the signs of the rows mean."""
    kept = {subject.id for subject in picture.rows}
    parts = []
    if any(moment.placed == "range" for moment in moments):
        signs = (
            f"{LASTS * 3} lies somewhere in these years, or lasted ({BEFORE} until, {FROM} from)"
        )
        parts.append(f"{signs}, and counts in none")
    if any(subject.id in kept for moment in moments for subject in moment.together):
        parts.append("+ one more, said of several customers together")
    if any(moment.placed == "undated" for moment in moments):
        parts.append("n.d. without a date")
    if parts:
        note(document, width, "; ".join(parts))


def _below(
    document: Document,
    moments: Sequence[MomentRecord],
    shown: Sequence[MomentRecord],
    picture: Picture,
    width: int,
    marks: Marks,
) -> None:
    """What is not shown and how to see it, and the sources."""
    document.gap()
    command = " ".join(("tm timeline", *map(_quoted, picture.named), "--full"))
    if left := len(moments) - len(shown):
        more = count(left, "more event") if shown else "The events, the undated ones last"
        note(document, width, f"{more}: {command}")
    if shown:
        note(document, width, f"Of an event or part of it: {marks.legend()}")
        note(document, width, *marks.named(), hang=INDENT)
    else:
        ids = list(dict.fromkeys(id_ for moment in moments for id_ in moment.sources))
        source_keys(document, width, ids, SCREEN_LINES - 1 - len(document.lines), command)


def _quoted(name: str) -> str:
    return f"'{name}'" if " " in name else name
