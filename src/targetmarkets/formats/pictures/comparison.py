"""Draw customers side by side, a line of questions down and a column for each customer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.formats.document import INDENT, Document, Piece
from targetmarkets.formats.layout import fit
from targetmarkets.formats.marks import COLLECTED, CONTESTED, Marks, Sign
from targetmarkets.formats.pictures.drawing import (
    Lines,
    letters,
    lines_of,
    note,
    shade_key,
    shades,
    show_goods,
    side_by_side,
)
from targetmarkets.formats.wording import show_outcome, show_period, sure
from targetmarkets.model.vocabulary import CERTAINTY_ORDER
from targetmarkets.records.wording import count, span_of_certainty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from targetmarkets.formats.document import Style
    from targetmarkets.formats.interface import Picture
    from targetmarkets.model.vocabulary import Certainty
    from targetmarkets.records.overview import Contest, EventLine, Supply
    from targetmarkets.records.pictures import ComparisonRecord, Told

LABEL: Final = 15
"""Columns for the questions."""

NARROWEST: Final = 20
"""Columns of a customer, at the least."""

LEAST, MOST = -1, 24
"""Steps of room, from where no event is shown, to as many as a screen ever has."""


class _Room(NamedTuple):
    """How much of each sort is shown, with a little more of one sort in every step."""

    step: int

    @property
    def events(self) -> int:
        """Events of each."""
        return 1 + self.step // 2

    @property
    def goods(self) -> int:
        """Kinds of goods that have a line of their own."""
        return 2 + (self.step + 1) // 2

    @property
    def others(self) -> int:
        """Claims for each question, and what is contested."""
        return 1 + max(self.step, 0) // 8


def draw_comparison(
    records: Sequence[ComparisonRecord], picture: Picture, width: int
) -> Document | None:
    """As many goods, events and contests of each as a screen holds; None where they lack room."""
    size = (width - LABEL) // len(records)
    if size < NARROWEST:
        return None
    everything = 8 * max(len(record.claims) for record in records)
    return fit(
        lambda step: _draw(records, _Room(step), size, width),
        range(MOST, LEAST - 1, -1),
        everything,
        None if picture.full else width,
    )


class _Column(NamedTuple):
    """What is written of one customer: the marks of its sources, and the room there is."""

    marks: Marks
    room: _Room
    size: int


def _draw(records: Sequence[ComparisonRecord], room: _Room, size: int, width: int) -> Document:
    document, marks = Document(), Marks({})
    for record in records:
        for id_ in _cited(record, room):
            marks.number(id_)
    column = _Column(marks, room, size - 1)
    widths = [LABEL, *[size] * len(records)]
    names = [lines_of(record.name, size - 1, "title") for record in records]
    side_by_side(document, [[], *names], widths)
    for label, write in _ROWS.items():
        if label == "Outcomes":
            _goods(document, records, column, widths)
        columns = [write(record, column) or _lines("·", column, "muted") for record in records]
        side_by_side(document, [_label(label), *columns], widths)
    certainties = {c for r in records for s in r.supplies for c in s.certainties}
    shade_key(document, width, certainties, marks)
    note(document, width, *marks.named(), hang=INDENT)
    more = f"--full shows all; goods claim by claim: tm list activities --customer {records[0].id}"
    note(document, width, more)
    return document


def _cited(record: ComparisonRecord, room: _Room) -> list[str]:
    """The sources of what is shown, in its order."""
    told = [record.classification] if record.classification else []
    told += record.drivers[: room.others]
    best = record.strongest[: room.others]
    each = [item.sources for item in (*told, *best)]
    each[len(told) : len(told)] = [line.sources for line in _telling(record, room)]
    return [id_ for sources in each for id_ in sources]


def _telling(record: ComparisonRecord, room: _Room) -> list[EventLine]:
    """The most telling events, in order of time."""
    return [line for line in record.events if line.rank <= room.events]


def _category(record: ComparisonRecord, column: _Column) -> Lines:
    basis = record.classification
    if record.category_conflict:
        return _lines("disputed: its classifications disagree", column, "bad")
    if basis is None or record.category is None:
        return _lines("none given", column, "muted")
    marks = _marks(basis.sources, column)
    name = record.category.replace("-", " ").upper()
    how = _lines(f"{name}, {basis.known}{_hedged(basis)} {marks}", column, _surely(basis))
    return [*how, *_lines(basis.said_by, column, "muted")]


def _why(record: ComparisonRecord, column: _Column) -> Lines:
    if not record.drivers:
        return _lines("nothing here says why", column, "muted")
    return _claims(record.drivers, column)


def _evidence(record: ComparisonRecord, column: _Column) -> Lines:
    return _claims(record.strongest[: column.room.others], column)


def _claims(claims: Sequence[Told], column: _Column) -> Lines:
    lines: Lines = []
    for claim in claims[: column.room.others]:
        lines += _lines(claim.statement, column)
        how = f"{claim.known}{_hedged(claim)}{_marked(column, 0, claim.disputed)}"
        how += f" {_marks(claim.sources, column)}"
        lines += _lines(how, column, _surely(claim))
    return [*lines, *_more(len(claims) - column.room.others)]


def _goods(
    document: Document,
    records: Sequence[ComparisonRecord],
    column: _Column,
    widths: Sequence[int],
) -> None:
    """A line for each kind of goods that one of them got, those of most occurrences first."""
    kinds = [_kinds(record) for record in records]
    totals = Counter[str]()
    for of_one in kinds:
        totals.update({goods: kind.occurrences for goods, kind in of_one.items()})
    ranked = [goods for goods, _ in totals.most_common()]
    for goods in ranked[: column.room.goods]:
        cells = [_kind(of_one.get(goods), column) for of_one in kinds]
        side_by_side(document, [_label(show_goods(goods), "plain"), *cells], widths)
    if left := ranked[column.room.goods :]:
        others = [_in_line({g: of_one[g] for g in left if g in of_one}, column) for of_one in kinds]
        cells = [_lines(text or "·", column) for text in others]
        side_by_side(document, [_label("other goods", "plain"), *cells], widths)


class _Goods(NamedTuple):
    """A kind of goods, in whatever forms."""

    occurrences: int
    certainties: Sequence[Certainty]
    disputed: bool
    forms: Sequence[str]
    proved: bool
    """Whether each claim rests on a quotation."""
    collected: bool
    """Whether the certainty of some is the grade of a collector."""


def _kinds(record: ComparisonRecord) -> Mapping[str, _Goods]:
    """Supplies by kind of goods; an event of several forms counts once."""
    forms: dict[str, list[Supply]] = {}
    for supply in record.supplies:
        forms.setdefault(supply.goods, []).append(supply)
    return {
        goods: _Goods(
            len({id_ for supply in rows for id_ in supply.events})
            + sum(supply.occurrences - len(supply.events) for supply in rows),
            sorted({c for row in rows for c in row.certainties}, key=CERTAINTY_ORDER.index),
            any(row.disputed for row in rows),
            [row.form for row in rows],
            all(row.quoted == len(row.claims) for row in rows),
            any(row.collected for row in rows),
        )
        for goods, rows in forms.items()
    }


def _kind(kind: _Goods | None, column: _Column) -> Lines:
    if kind is None:
        return [[Piece(" ·", "muted")]]
    signs = map(column.marks.sign, _signs(kind.collected, kind.disputed))
    number = Piece(f"{kind.occurrences:>2} ")
    shade = shades(kind.certainties, proved=kind.proved)
    letter = letters(kind.certainties, proved=kind.proved)
    return [[number, *shade, Piece(" "), *letter, *signs]]


def _in_line(kinds: Mapping[str, _Goods], column: _Column) -> str:
    """`arms 2 L–A, nuclear 1 S`."""
    return ", ".join(
        f"{show_goods(goods)} {kind.occurrences} {span_of_certainty(kind.certainties)}"
        f"{_marked(column, kind.collected, kind.disputed)}"
        for goods, kind in kinds.items()
    )


def _label(text: str, style: Style = "label") -> Lines:
    return lines_of(text, LABEL - 1, style)


def _outcomes(record: ComparisonRecord, column: _Column) -> Lines:
    counts = ", ".join(f"{show_outcome(o.outcome)} {o.occurrences}" for o in record.outcomes)
    return _lines(counts, column) if counts else []


def _events(record: ComparisonRecord, column: _Column) -> Lines:
    lines: Lines = []
    for line in _telling(record, column.room):
        signs = _marked(column, line.collected, line.disputed)
        year = (line.period or "undated")[:4]  # which its name may have
        period = show_period(line.period) if line.period else "undated"
        when = "" if year in line.name else f"{period}: "
        how = f"{span_of_certainty(line.certainties)}{signs}"
        words = f"{when}{line.name}, {how} {_marks(line.sources, column)}"
        lines += _lines(words, column)
    if record.events and not lines:
        return _lines(f"{count(len(record.events), 'event')}: --full", column, "muted")
    return [*lines, *_more(len(record.events) - column.room.events)]


def _contested(record: ComparisonRecord, column: _Column) -> Lines:
    """What is contested, each thing once, with how."""
    hows: dict[str, dict[Contest, None]] = {}
    for contest in record.contested:
        hows.setdefault(contest.what, {})[contest] = None
    number = column.room.others
    lines: Lines = []
    for what, contests in list(hows.items())[:number]:
        lines += _lines(f"{what}: {', '.join(contest.how for contest in contests)}", column)
    return [*lines, *_more(len(hows) - number)]


def _rests_on(record: ComparisonRecord, column: _Column) -> Lines:
    lines = _lines(f"{count(len(record.claims), 'claim')}, {record.quoted} quoted", column)
    sources = f"{count(len(record.sources), 'source')}, {record.independent_sources} independent"
    lines += _lines(sources, column)
    if record.together:
        lines += _lines(f"+{count(record.together, 'claim')} on it with others", column, "muted")
    return lines


_ROWS: Final[Mapping[str, Callable[[ComparisonRecord, _Column], Lines]]] = {
    "Category": _category,
    "Why": _why,
    "Outcomes": _outcomes,
    "Events": _events,
    "Strongest": _evidence,
    "Contested": _contested,
    "Rests on": _rests_on,
}


def _lines(text: str, column: _Column, style: Style = "plain") -> Lines:
    """A text in the column, hanging where it runs over."""
    return lines_of(text, column.size, style, hang=1)


def _marks(sources: Sequence[str], column: _Column) -> str:
    return "".join(f"[{column.marks.number(id_)}]" for id_ in sources)


def _signs(collected: int, disputed: int) -> Iterator[Sign]:
    """The signs of what has a collector's grade, and of what is contested."""
    if collected:
        yield COLLECTED
    if disputed:
        yield CONTESTED


def _marked(column: _Column, collected: int, disputed: int) -> str:
    """The same as text."""
    return "".join(column.marks.sign(sign).text for sign in _signs(collected, disputed))


def _surely(claim: Told) -> Style:
    return sure(claim.certainty, proved=claim.known == claim.certainty).style


def _hedged(claim: Told) -> str:
    return f" (“{claim.hedge}”)" if claim.hedge else ""


def _more(left: int) -> Lines:
    return [[Piece(f"+{left} more", "muted")]] if left > 0 else []
