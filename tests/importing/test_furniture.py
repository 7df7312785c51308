"""What is passed over between the halves of a sentence in a PDF, and what is not."""

import pytest

from targetmarkets.importing.extract import Extraction, extract
from tests.importing.pdfs import pages, text

pytestmark = pytest.mark.usefixtures("read_here")

FULL = b"and so on and on and on and on and on"
LINES = 12
TOP = 170


def read(*contents: bytes) -> Extraction:
    return extract(pages(*contents), "a.pdf")


def passed_over(found: Extraction) -> list[str]:
    return [found.text[start:end] for start, end in found.breaks]


def body(first: bytes = FULL, last: bytes = FULL, *, lines: int = 8, x: float = 20) -> bytes:
    """The text of a page, in lines of 12 points that are as long as one another."""
    words = [first, *[FULL] * (lines - 2), last]
    return b"".join(text(line, 12, x, TOP - 13 * at) for at, line in enumerate(words))


def head(words: bytes, y: float = 190) -> bytes:
    return text(words, 9, 20, y)


def foot(words: bytes, y: float = 5) -> bytes:
    return text(words, 9, 140, y)


def sheet(number: int, first: bytes = FULL, last: bytes = FULL) -> bytes:
    return head(b"Report on the trade") + body(first, last) + foot(b"%d" % number)


def test_running_heads_and_page_numbers_are_passed_over() -> None:
    half = b"the Panel inspected the ship and the ca"
    rest = b"rgo that it had carried in May, and so"
    found = read(sheet(1, last=half), sheet(2, rest), sheet(3))
    assert passed_over(found) == [
        "\n1\fReport on the trade\n", "\n2\fReport on the trade\n",
    ]  # fmt: skip
    start, end = found.breaks[0]
    assert found.text[:start].endswith("and the ca")
    assert found.text[end:].startswith("rgo that")


def test_roman_numbers_and_those_in_words_count_the_pages() -> None:
    made = [
        head(b"Report S/2014/1 Page %d of 3" % at) + body() + foot(roman)
        for at, roman in enumerate((b"iii", b"iv", b"v"), start=1)
    ]
    assert passed_over(read(*made)) == [
        "\niii\fReport S/2014/1 Page 2 of 3\n", "\niv\fReport S/2014/1 Page 3 of 3\n",
    ]  # fmt: skip


@pytest.mark.parametrize("mark", [b"BT /F 7 Tf 20 28 Td (4) Tj ET ", text(b"4 ", 9, 20, 25)])
def test_notes_at_the_foot_are_passed_over_and_their_calls_told_from_exponents(
    mark: bytes,
) -> None:
    raised = b"BT /F 12 Tf 20 92 Td (It sold 12) Tj /F 7 Tf 4 Ts (4) Tj 0 Ts /F 12 Tf"
    call = raised + b" ( rockets over 10) Tj /F 7 Tf 4 Ts (2) Tj 0 Ts /F 12 Tf ( km.) Tj ET "
    lines = b"".join(text(FULL, 12, 20, TOP - 13 * at) for at in range(6))
    note = mark + text(b"See the annex, which", 9, 30, 25) + text(b"is long.", 9, 20, 15)
    first = head(b"Report on the trade") + lines + call + text(FULL, 12, 20, 79) + note + foot(b"1")
    found = read(first, sheet(2), sheet(3))
    assert "12⸢4⸣ rockets over 10² km." in found.text
    assert "See the annex, which\nis long.\n1\fReport on the trade" in passed_over(found)[0]
    none = read(first.replace(b"(4) Tj 0 Ts", b"(5) Tj 0 Ts"), sheet(2), sheet(3))
    assert "12⁵ rockets" in none.text
    assert passed_over(none) == ["\n2\fReport on the trade\n"], "a mark that nothing calls"


def test_notes_are_told_from_exponents_only_where_each_is_called_once() -> None:
    twice = b"BT /F 12 Tf 20 92 Td (12) Tj /F 7 Tf 4 Ts (4) Tj 0 Ts /F 12 Tf ( x 10) Tj /F 7 Tf"
    call = twice + b" 4 Ts (4) Tj 0 Ts /F 12 Tf ( km and so on and on and on) Tj ET "
    lines = b"".join(text(FULL, 12, 20, TOP - 13 * at) for at in range(6))
    page = head(b"Report on the trade") + lines + call + text(b"4 The note.", 9, 20, 25)
    found = read(page + foot(b"1"), sheet(2), sheet(3))
    assert "12⁴ x 10⁴ km" in found.text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (sheet(1, last=b"A heading"), sheet(2)),
        (sheet(1, last=b"x" * 30), sheet(2) + text(b"Beside it", 12, 20, 182)),
        (sheet(1) + text(FULL, 9, 20, 40), sheet(2)),
        (sheet(1), head(b"Report on the trade") + body(x=90) + foot(b"2") + text(FULL, 12, 20, 40)),
        (body() + foot(b"12"), body() + foot(b"1,500")),
        (head(b"It is false that", 183) + body(), head(b"It is true that", 183) + body()),
    ],
)  # fmt: skip
def test_what_is_not_told_for_sure_is_text(first: bytes, second: bytes) -> None:
    assert passed_over(read(first, second)) == []


def test_what_is_between_two_columns_is_passed_over() -> None:
    small = b"and on and on and on"

    def column(x: float, last: bytes, first: bytes = small) -> bytes:
        words = [first, *[small] * 5, last]
        return b"".join(text(line, 12, x, TOP - 13 * at) for at, line in enumerate(words))

    call = b"BT /F 12 Tf 20 79 Td (sold to four) Tj /F 7 Tf 4 Ts (1) Tj 0 Ts /F 12 Tf ( and) Tj ET "
    note = text(b"1 The note.", 9, 20, 40)
    left = column(20, small) + call + text(small, 12, 20, 66) + note
    found = read(left + column(160, small, b"the ships of the se"))
    assert passed_over(found) == ["\n1 The note.\n"]
    start, end = found.breaks[0]
    assert found.text[start - 5 : start] + "|" + found.text[end : end + 9] == "nd on|the ships"
