"""What stands between the halves of a sentence that goes on in the next column or page of a PDF.

Running heads and feet, page numbers and the notes at the foot are told by where they stand and by
what repeats; whatever is not told for sure is text. Where something of it lies between the last
line of a column and the first of the next, and those two can be one sentence, it is passed over.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.importing.readers.reading import UNREAD, note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.importing.readers.lines import Line

SAME: Final = 2.0
"""Points by which what stands at one place on two pages may differ."""

MOST_RUNNING: Final = 4
"""Lines at the head, and at the foot, of a page that are looked at."""

_NEAREST: Final = 6
"""Pages that have a line like it with which one is compared."""

_ESTABLISHED: Final = 3
"""Running lines at one place that make whatever stands alone there another."""

_APART: Final = 1.25
"""How many times as far as lines are from one another it is from a running line to the text."""

_NEAR: Final = 0.9
"""The same of one in another size than the text."""

_SMALL: Final = 0.93
"""What notes have at most of the size of the text."""

_REACH: Final = 0.75
"""Share of its column to which a line reaches at least that may go on in the next."""

_INDENT: Final = 4.0
"""How many times its size a line may begin to the right of its column."""

_NUMBER: Final = re.compile(r"\d+|\b[ivxlc]+\b")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CALL: Final = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|⸢([^⸢⸣]{1,5})⸣")
_MARK: Final = re.compile(
    r"\s*(?:(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+|⸢[^⸢⸣]{1,5}⸣|[*†‡§])\s*|(?P<plain>\d{1,4})\.?\s+)(?=\S)"
)


class Place(NamedTuple):
    """A line, by its page and its place among the lines of that."""

    page: int
    line: int


class _Run(NamedTuple):
    """The notes of a column: lines that follow one another."""

    lines: range
    marks: tuple[str, ...]


class Pages:
    """The lines of the pages of a document, and what of them is furniture."""

    def __init__(self, pages: Sequence[list[Line]]) -> None:
        self._pages = pages
        every = [line for page in pages for line in page]
        sizes: Counter[float] = Counter()
        for line in every:
            sizes[line.size] += len(line.text)
        self._size = sizes.most_common(1)[0][0] if sizes else 0.0
        self._leading = self._usual_leading()
        self._running = self._all_running()
        self._notes = [self._notes_of(number) for number in range(len(pages))]

    def with_calls(self) -> None:
        """Write the calls of notes so that they can be told from exponents, where a page has notes
        at its foot, and each of their marks is raised once above them, in the same order.
        """
        for number, runs in enumerate(self._notes):
            marks = [mark for run in runs for mark in run.marks]
            calls = [mark for _, mark in self._calls(number, set(marks))]
            if marks and calls == marks:
                self._rewrite(number, set(marks))

    def between(self) -> Iterator[tuple[Place, Place]]:
        """The last line before what is passed over, and the first after it."""
        text = [
            Place(number, line)
            for number, page in enumerate(self._pages)
            for line in range(len(page))
            if not self._is_furniture(number, line) and page[line].text.strip()
        ]
        for before, after in pairwise(text):
            near = after.page - before.page
            passed = near == 1 or (near == 0 and after.line > before.line + 1)
            if passed and self._something_between(before, after) and self._goes_on(before, after):
                yield before, after

    def _usual_leading(self) -> float:
        """How far the lines of the text are from one another, mostly."""
        steps: Counter[float] = Counter()
        for page in self._pages:
            for one, other in pairwise(page):
                if one.size == other.size == self._size and 0 < one.y - other.y < 4 * self._size:
                    steps[round(one.y - other.y, 1)] += 1
        return steps.most_common(1)[0][0] if steps else 1.2 * self._size

    # Running heads and feet

    def _all_running(self) -> list[set[int]]:
        """The running lines of each page."""
        alike: dict[tuple[str, int], list[tuple[int, Line]]] = defaultdict(list)
        ends = [self._ends(page) for page in self._pages]
        for number, sides in enumerate(ends):
            for line in (line for side in sides for line in side):
                text = self._pages[number][line]
                alike[_shape(text.text), round(text.size * 2)].append((number, text))
        repeated = [
            {line for side in sides for line in side if self._repeats(number, line, alike)}
            for number, sides in enumerate(ends)
        ]
        slots: Counter[tuple[int, int]] = Counter(
            slot for number, lines in enumerate(repeated)
            for slot in {_slot(self._pages[number][line]) for line in lines}
        )  # fmt: skip
        return [
            {line for side in sides
             for line in self._taken(number, side, repeated[number], slots)}
            for number, sides in enumerate(ends)
        ]  # fmt: skip

    def _ends(self, page: Sequence[Line]) -> tuple[list[int], list[int]]:
        """The lines at the head of a page, from its edge, and those at its foot."""
        order = sorted(
            (at for at, line in enumerate(page) if line.text.strip()), key=lambda at: -page[at].y
        )
        return order[:MOST_RUNNING], order[: -MOST_RUNNING - 1 : -1]

    def _repeats(
        self, number: int, line: int, alike: dict[tuple[str, int], list[tuple[int, Line]]]
    ) -> bool:
        """Whether another page has the line at the same place, with the same numbers or with such
        as count the pages.
        """
        this = self._pages[number][line]
        others = alike[_shape(this.text), round(this.size * 2)]
        at = next(index for index, (page, _) in enumerate(others) if page == number)
        near = others[max(0, at - _NEAREST) : at + _NEAREST]
        return any(
            page != number and abs(that.y - this.y) < SAME and _counts(this, that, number - page)
            for page, that in near
        )

    def _taken(
        self, number: int, side: Sequence[int], repeated: set[int], slots: Counter[tuple[int, int]]
    ) -> list[int]:
        """Of the lines at an end of a page, from its edge, those that are running lines: as far as
        each is one, and if the text stands apart from them.
        """
        page = self._pages[number]
        taken: list[int] = []
        for line in side:
            slot = _slot(page[line])
            others = slots[slot] - (line in repeated)
            if line not in repeated and others < _ESTABLISHED:
                break
            taken.append(line)
        while taken:
            edge, size = page[taken[-1]].y, page[taken[-1]].size
            alike = _SMALL * self._size < size < self._size / _SMALL
            rest = [abs(page[at].y - edge) for at in range(len(page))
                    if at not in taken and page[at].text.strip()]  # fmt: skip
            if not rest or min(rest) > (_APART if alike else _NEAR) * self._leading:
                break
            taken.pop()
        return taken

    # Notes

    def _notes_of(self, number: int) -> list[_Run]:
        page = self._pages[number]
        runs = []
        at = 0
        while at < len(page):
            run = self._run_from(number, at)
            if run is None:
                at += 1
                continue
            runs.append(run)
            at = run.lines.stop
        return runs

    def _run_from(self, number: int, start: int) -> _Run | None:
        """The notes that begin with a line, if it begins any: small, at the foot of a column, with
        a mark that is raised in the text of the page.
        """
        page = self._pages[number]
        first = _MARK.match(page[start].text)
        if first is None or not self._is_small(number, start):
            return None
        mark = _mark(first)
        if not any(self._calls(number, {mark})):
            return None
        marks, stop = [mark], start + 1
        while stop < len(page) and self._is_small(number, stop) and page[stop].y < page[stop - 1].y:
            found = _MARK.match(page[stop].text)
            if found and (not found["plain"] or _follows(marks[-1], found["plain"])):
                marks.append(_mark(found))
            stop += 1
        lines = range(start, stop)
        column = page[start]
        below = any(
            at not in lines
            and at not in self._running[number]
            and other.y < column.y
            and _overlap(other, column)
            and other.text.strip()
            for at, other in enumerate(page)
        )
        return None if below else _Run(lines, tuple(marks))

    def _is_small(self, number: int, line: int) -> bool:
        this = self._pages[number][line]
        return line not in self._running[number] and 0 < this.size <= _SMALL * self._size

    def _calls(self, number: int, marks: set[str]) -> Iterator[tuple[int, str]]:
        """Where some marks are raised in the text of a page, in order."""
        for at, line in enumerate(self._pages[number]):
            if at in self._running[number] or line.size <= _SMALL * self._size:
                continue
            for call in _CALL.finditer(line.text):
                if (mark := _level(call[0])) in marks:
                    yield at, mark

    def _rewrite(self, number: int, marks: set[str]) -> None:
        page = self._pages[number]
        for at in {at for at, _ in self._calls(number, marks)}:
            line = page[at]
            text = _CALL.sub(
                lambda call: note(call[0], call.string[: call.start()])
                if _level(call[0]) in marks else call[0],
                line.text,
            )  # fmt: skip
            page[at] = line._replace(text=text)

    # What goes on

    def _is_furniture(self, number: int, line: int) -> bool:
        return line in self._running[number] or any(
            line in run.lines for run in self._notes[number]
        )

    def _something_between(self, before: Place, after: Place) -> bool:
        if before.page == after.page:
            return True
        rest = self._pages[before.page][before.line + 1 :], self._pages[after.page][: after.line]
        return any(line.text.strip() for lines in rest for line in lines)

    def _goes_on(self, before: Place, after: Place) -> bool:
        """Whether a line may go on in another: the last of a column in the first of the next, both
        of one size, the one as long as its column and the other at its beginning.
        """
        last, first = self._pages[before.page][before.line], self._pages[after.page][after.line]
        if abs(last.size - first.size) > 0.3 or UNREAD in (last.text[-1:], first.text[:1]):
            return False
        here, there = self._text_of(before.page), self._text_of(after.page)
        if before.page == after.page:
            if first.left < last.right or first.y < last.y:
                return False
        elif any(
            _is_beside(other, last, here) for other in here if other.left >= last.right
        ) or any(_is_beside(other, first, there) for other in there if other.right <= first.left):
            return False
        columns = (
            [line for line in here if _overlap(line, last)],
            [line for line in there if _overlap(line, first)],
        )
        if min(line.y for line in columns[0]) < last.y or max(
            line.y for line in columns[1]
        ) > first.y:  # fmt: skip
            return False
        column = [line for line in columns[0] if abs(line.left - last.left) < 6 * last.size]
        left, right = min(line.left for line in column), max(line.right for line in column)
        begins = min(line.left for line in columns[1] if line.left > first.left - 6 * first.size)
        return (
            last.right - left >= _REACH * (right - left)
            and first.left - begins <= _INDENT * first.size
        )

    def _text_of(self, number: int) -> list[Line]:
        return [
            line for at, line in enumerate(self._pages[number])
            if line.text.strip() and not self._is_furniture(number, at)
        ]  # fmt: skip


def _shape(text: str) -> str:
    """A line without its numbers, and without blanks."""
    return _NUMBER.sub("#", "".join(text.split()) if text.strip().isdigit() else text.strip())


def _slot(line: Line) -> tuple[int, int]:
    """Where a line stands, and how large."""
    return round(line.y / SAME), round(line.size * 2)


def _counts(one: Line, other: Line, pages: int) -> bool:
    """Whether the numbers of two lines are the same, or as far apart as their pages are."""
    pairs = zip(_NUMBER.findall(one.text), _NUMBER.findall(other.text), strict=False)
    return all(a == b or _value(a) - _value(b) == pages for a, b in pairs)


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number[:9])
    values = [_ROMAN[letter] for letter in number[:12]]
    return sum(-a if a < b else a for a, b in pairwise([*values, 0]))


def _level(mark: str) -> str:
    """The mark of a note as it is on the line."""
    return mark.strip("⸢⸣").translate(_RAISED)


def _mark(found: re.Match[str]) -> str:
    return _level(found["raised"] or found["plain"])


def _follows(before: str, mark: str) -> bool:
    return before.isdecimal() and int(mark) == int(before) + 1


def _overlap(one: Line, other: Line) -> bool:
    """Whether two lines stand above one another, in part."""
    return min(one.right, other.right) - max(one.left, other.left) > 1


def _is_beside(other: Line, line: Line, page: Sequence[Line]) -> bool:
    """Whether a line is of another column than one beside it, and no more than a number there."""
    width = max(each.right for each in page) - min(each.left for each in page)
    return other.right - other.left > 0.2 * width and not _overlap(other, line)
