"""Columns that are drawn row by row, and what only looks like them."""

import textwrap
from collections.abc import Iterable, Sequence

import pytest

from targetmarkets.importing.extract import Extraction, extract
from targetmarkets.importing.readers import columns
from targetmarkets.importing.readers.columns import in_order
from targetmarkets.importing.readers.glyphs import Glyph, Run
from tests.importing.pdfs import pages

pytestmark = pytest.mark.usefixtures("read_here")

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
SIZE = 5.0
WIDTH = 0.6 * SIZE
"""Of each character."""

LEFT = (
    "The Panel inspected the port in May and found that twelve crates had been opened. None "
    "of them was sealed again, and the letters that came with them were lost. The officers of "
    "the port said that nobody had asked for them. They had no list of the crates, and wrote "
    "none."
)
RIGHT = (
    "A second ship was sold in March to a firm that had no office and no staff. It was "
    "renamed, and left for the yard where its sister was repaired. The owner of both denies "
    "that he knew of the crates, but he paid for the repair of one. He did not answer the "
    "letters of the Panel."
)
THIRD = (
    "Nothing more is known of the third ship, which was seen by a fisherman in the night of "
    "the sale and by nobody later. Its papers are those of another, built at the same yard "
    "and broken up. The state whose flag it had says that it was struck from the register "
    "long ago, for want of a fee."
)


def wrapped(text: str, width: int = 30) -> list[str]:
    return textwrap.wrap(text, width)


def line(words: str, x: float, y: float, *, width: int = 0, size: float = SIZE) -> bytes:
    """A line, with its blanks as wide as it takes to make it so many characters long."""
    blanks = words.count(" ")
    more = (width - len(words)) * 0.6 * size / blanks if width and blanks else 0
    shown = words.encode("cp1252")
    return b"BT /F %g Tf %g Tw %g %g Td (%s) Tj ET\n" % (size, more, x, y, shown)


def beside(
    *columns: Sequence[str],
    gutter: float = 1.5,
    pitch: float = 1.2,
    top: float = 190,
    width: int = 0,
) -> bytes:
    """Columns row by row."""
    content, left, places = b"", 10.0, []
    for column in columns:
        places.append(left)
        left += max(width, *map(len, column)) * WIDTH + gutter * SIZE
    for row in range(max(map(len, columns))):
        for column, x in zip(columns, places, strict=True):
            if row < len(column) and column[row]:
                full = width if row + 1 < len(column) else 0
                content += line(column[row], x, top - row * pitch * SIZE, width=full)
    return content


def read(content: bytes) -> Extraction:
    return extract(pages(content, font=FONT), "a.pdf")


def lines(content: bytes) -> list[str]:
    return [line.rstrip() for line in read(content).text.split("\n")]


def rows(*columns: Sequence[str]) -> list[str]:
    return [" ".join(cells) for cells in zip(*columns, strict=True)]


@pytest.mark.parametrize("width", [0, 30])
@pytest.mark.parametrize("gutter", [1, 2, 6])
def test_columns_are_read_one_after_the_other(gutter: float, width: int) -> None:
    left, right = wrapped(LEFT), wrapped(RIGHT)
    found = read(beside(left, right, gutter=gutter, width=width))
    assert found.text.split("\n") == [*left, *right]
    assert found.gaps == ()


def test_three_columns_of_different_lengths() -> None:
    left, middle, right = wrapped(LEFT, 26), wrapped(RIGHT, 26)[:-2], wrapped(THIRD, 26)[:-1]
    assert lines(beside(left, middle, right)) == [*left, *middle, *right]


def test_few_rows_are_columns_where_the_gutter_is_wide() -> None:
    left = wrapped("Left column says that the port was closed in early May and left.", 26)
    right = wrapped("Right column says that the mine was sold in late March and left.", 26)
    assert len(left) == len(right) == 3
    assert lines(beside(left, right, gutter=8)) == [*left, *right]
    assert lines(beside(left, right, gutter=1.5)) == [*left, *right]
    assert lines(beside(left, right, gutter=1)) == rows(left, right), "as wide as a blank may be"


def test_between_few_rows_a_gutter_is_clear_in_each() -> None:
    left = wrapped("The Panel asked for those letters from the authorities, and got none.", 26)
    right = wrapped("The owner of the mine said that he had sold it in the late March.", 26)
    assert len(left) == len(right) == 3
    assert lines(beside(left, right, gutter=1.5)) == [*left, *right]
    first, rest = left[1].split(" ", 1)
    assert 26 - len(left[1]) >= 3, "a blank wider than the gutter"
    stretched = [(first, 10.0), (rest, 10 + (26 - len(rest)) * WIDTH)]
    content = b""
    for at, parts in enumerate([[(left[0], 10.0)], stretched, [(left[2], 10.0)]]):
        for words, x in [*parts, (right[at], 10 + 26 * WIDTH + 1.5 * SIZE)]:
            content += line(words, x, 190 - 6 * at)
    assert lines(content) == rows(left, right)


def test_what_stands_over_and_under_columns_stays_there() -> None:
    left, right = wrapped(LEFT), wrapped(RIGHT)
    over = wrapped(f"Over both columns, {THIRD}", 62)
    under = wrapped(f"Under both columns, {THIRD}", 62)
    content = b"".join(line(words, 10, 195 - 6 * at) for at, words in enumerate(over))
    content += beside(left, right, top=195 - 6 * len(over))
    foot = 195 - 6 * (len(over) + max(len(left), len(right)))
    content += b"".join(line(words, 10, foot - 6 * at) for at, words in enumerate(under))
    content += line("A heading", 10, foot - 6 * len(under) - 12)
    assert lines(content) == [*over, *left, *right, *under, "A heading"]


def test_a_short_line_under_columns_is_theirs_only_where_it_is_near() -> None:
    left, right = wrapped(LEFT), wrapped(RIGHT)
    both = min(len(left), len(right))
    left, right = [*left[:both], "and so on."], right[:both]
    near = beside(left, right)
    assert lines(near) == [*left, *right]
    far = beside(left[:both], right) + line("A heading", 10, 190 - 6 * both - 4)
    assert lines(far) == [*left[:both], *right, "A heading"]


def test_the_halves_of_rows_may_stand_a_little_apart_in_height() -> None:
    left, right = wrapped(LEFT), wrapped(RIGHT)
    content = b"".join(
        line(words, x, 190 - 6 * at - low)
        for at, pair in enumerate(zip(left, right, strict=False))
        for words, x, low in zip(pair, (10, 160), (0, 1.2), strict=True)
    )
    both = min(len(left), len(right))
    assert lines(content) == [*left[:both], *right[:both]]


def test_numbers_of_paragraphs_are_part_of_their_columns() -> None:
    left, right = wrapped(LEFT, 24), wrapped(RIGHT, 24)
    count = min(len(left), len(right))
    numbers = ["12.", *[""] * (count - 1)]
    content = beside(numbers, left[:count], numbers, right[:count], gutter=2)
    assert lines(content) == [
        f"12. {left[0]}", *left[1:count], f"12. {right[0]}", *right[1:count],
    ]  # fmt: skip


STATES = [
    "Ministry of Defence",
    "Office of the Army",
    "Directorate of Ports",
    "Bureau of Trade",
] * 3
GOODS = ["Rifles of one kind", "Spare parts for tanks", "Boats with a motor", "Training at sea"] * 3


@pytest.mark.parametrize(
    "columns",
    [
        (STATES, GOODS),
        (STATES, ["1,200", "36", "4", "18"] * 3, GOODS),
        (
            STATES,
            ["sold 1,200 in 2012", "sold 36 in 2013", "lost 4 in 2014", "sent 18 in 2015"] * 3,
        ),
        ([str(number) for number in range(12)], STATES, GOODS),
        (
            ["an office of it", "a bank of its own", "a port and yard", "the ministry of war"],
            ["parts of tanks", "boats for it", "some training", "what was sold twice in one year"],
        ),
        ([state.lower() for state in STATES], ["rifles", "parts", "boats", "training"] * 3),
    ],
)
def test_tables_are_read_row_by_row(columns: Sequence[Sequence[str]]) -> None:
    found = read(beside(*columns))
    assert found.text.split("\n") == rows(*columns)
    assert found.gaps == ()


def test_rows_that_are_far_apart_are_those_of_a_table() -> None:
    left, right = wrapped(LEFT)[:8], wrapped(RIGHT)[:8]
    assert lines(beside(left, right, pitch=2)) == rows(left, right)


def test_a_mark_stands_where_nobody_knows_how_to_read() -> None:
    left = [
        "Protective plan adopted", "Petitioned for an order so that", "she is in need of it",
        "Placement with relatives", "Services in the house", "Visits, announced or not",
    ]  # fmt: skip
    right = [
        "Referral to an office", "Supervised visits only", "Case remains open",
        "Efforts to address it, or to", "enhance what others do", "Closed by the agency",
    ]  # fmt: skip
    found = read(beside(left, right, gutter=3))
    assert found.text.split("\n") == [
        f"{one} \ufffd {other}" for one, other in zip(left, right, strict=True)
    ]
    assert found.gaps == ({"kind": "beside", "count": 6, "pages": ["1"]},)


def test_columns_without_the_end_of_a_sentence_are_not_taken_for_sure() -> None:
    left = wrapped(LEFT.replace(".", ","))[:7]
    right = wrapped(RIGHT.replace(".", ","))[:7]
    assert read(beside(left, right, gutter=3)).text.count("\ufffd") == 7


def test_wide_blanks_of_justified_lines_are_no_gutter() -> None:
    for text in (LEFT, RIGHT, THIRD):
        for width in (18, 24, 30, 36):
            words = wrapped(text, width)
            content = b"".join(
                line(part, 10, 190 - 6 * at, width=width + 8) for at, part in enumerate(words[:-1])
            )
            assert lines(content) == words[:-1]


@pytest.mark.parametrize(
    ("labels", "texts"),
    [
        (["(a)", "(b)", "(c)", "(d)"], ["a list of it", "the names", "no flag", "the yard"]),
        (["Purpose", "", "Effect", ""], wrapped(LEFT, 40)[:4]),
        (
            [f"{title} {'. ' * (30 - len(title) // 2)}" for title in ("First", "Second", "Last")],
            ["1", "12", "123"],
        ),
        (["First of all things", "Second of them all", "Third of so many"], ["1", "12", "123"]),
    ],
)  # fmt: skip
def test_labels_and_numbers_of_pages_stay_beside_their_lines(
    labels: Sequence[str], texts: Sequence[str]
) -> None:
    expected = [
        " ".join(f"{one} {other}".split()) for one, other in zip(labels, texts, strict=True)
    ]
    assert [" ".join(words.split()) for words in lines(beside(labels, texts, gutter=3))] == expected


def test_a_sentence_goes_on_from_one_column_to_the_next() -> None:
    whole = wrapped(f"{LEFT} {RIGHT} {THIRD}")
    half = len(whole) // 2 + 1
    text = " ".join(read(beside(whole[:half], whole[half:])).text.split())
    assert text == f"{LEFT} {RIGHT} {THIRD}"


ROOM = [
    "the list of arms of",
    "one kind",
    "was kept there.",
    "and so on it",
    "went for a while",
] * 2
TITLES = wrapped(LEFT.title())[:8]
SENTENCES = ["The port was shut.", "A ship was sold.", "A crate was lost."] * 3


@pytest.mark.parametrize("left", [ROOM[:8], TITLES, SENTENCES[:8]])
def test_what_is_a_column_on_one_side_alone_is_not_taken_for_sure(left: Sequence[str]) -> None:
    found = read(beside(left, wrapped(RIGHT)[:8], gutter=3))
    assert found.text.count("\ufffd") == 8


def test_the_foot_of_the_page_is_no_row_of_columns() -> None:
    left, right = wrapped(LEFT), wrapped(RIGHT)
    both = min(len(left), len(right))
    content = beside(left[:both], right[:both])
    content += line("The report", 10, 60) + line("Page 12", 160, 60)
    assert lines(content) == [*left[:both], *right[:both], "The report Page 12"]


def test_the_last_row_of_columns_may_stand_a_little_lower() -> None:
    left, right = wrapped(LEFT)[:8], wrapped(RIGHT)[:8]
    content = beside(left[:-1], right[:-1])
    low = 190 - 7 * 6 - 3
    content += line(left[-1], 10, low) + line(right[-1], 10 + 31.5 * WIDTH, low)
    assert lines(content) == [*left, *right]


@pytest.mark.parametrize("gutter", [1.5, 4])
def test_how_two_rows_are_read_is_told(gutter: float) -> None:
    left, right = wrapped(LEFT)[:2], wrapped(RIGHT)[:2]
    found = read(beside(left, right, gutter=gutter) + line("Below.", 10, 150))
    assert found.text.split("\n") == [
        f"{one} \ufffd {other}" for one, other in zip(left, right, strict=True)
    ] + ["Below."]
    assert [(gap["kind"], gap["count"]) for gap in found.gaps] == [("beside", 2)]


def test_two_rows_of_which_none_goes_on_are_a_table() -> None:
    left = ["Ministry of Defence", "Office of the Panel"]
    right = ["The port of Maputo", "Its yard and mine"]
    assert lines(beside(left, right, gutter=4)) == rows(left, right)


def glyphs(words: str, x: float, y: float) -> list[Glyph]:
    run = Run(10, straight=True, handle=1)
    return [Glyph(text, x + 10 * at, y, run, at) for at, text in enumerate(words)]


def test_columns_of_scripts_without_blanks() -> None:
    left = ["北朝鮮の武器輸出", "は二〇一二年にも", "続いた。安保理の", "専門家は報告書を"]
    right = ["船は三月に売られ", "港を出た。箱は十", "二あったが誰も開", "けなかった。以上"]
    drawn = [
        [*glyphs(one, 0, -12 * at), *glyphs(other, 110, -12 * at)]
        for at, (one, other) in enumerate(zip(left, right, strict=True))
    ]
    made = in_order(drawn, lambda glyph: glyph.x + 10)
    assert ["".join(glyph.text for glyph in line) for line in made] == [*left, *right]


def test_tables_of_scripts_without_blanks() -> None:
    cells = ["武器", "船舶", "部品と", "訓練", "北朝鮮の武器輸出"]
    drawn = [
        [*glyphs(cell, 0, -12 * at), *glyphs(cell, 110, -12 * at)] for at, cell in enumerate(cells)
    ]
    assert list(in_order(drawn, lambda glyph: glyph.x + 10)) == drawn


def test_blanks_that_lie_under_one_another_are_no_gutter_where_all_are_as_wide() -> None:
    halves = [["of", "crates", "and"], ["crates", "and", "of"], ["and", "of", "crates"]] * 2
    halves[-1] = ["and", "of", "crate."]
    drawn = []
    for at, words in enumerate(halves):
        x, row = 0.0, list[Glyph]()
        for word in words * 2:
            row += glyphs(f"{word} ", x, -12 * at)
            x += 10 * len(word) + 20
        drawn.append(row)
    assert list(in_order(drawn, lambda glyph: glyph.x + 10)) == drawn


def test_paragraphs_may_end_anywhere_in_a_column() -> None:
    left, right = (
        [words for part in text.split(". ") for words in wrapped(part.rstrip(".") + ".")]
        for text in (LEFT, RIGHT)
    )
    both = min(len(left), len(right))
    assert lines(beside(left[:both], right[:both])) == [*left[:both], *right[:both]]


def test_many_rows_cost_no_day(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = [
        [*glyphs("a", 0, -at), *glyphs("b" if at % 2 else "bb", 30, -at)] for at in range(1000)
    ]
    asked = 0
    merged = columns._merged

    def counted(spans: Iterable[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
        nonlocal asked
        asked += 1
        return merged(spans, gap)

    monkeypatch.setattr(columns, "_merged", counted)
    assert list(in_order(drawn, lambda glyph: glyph.x + 5)) == drawn
    assert asked < 200 * len(drawn)
