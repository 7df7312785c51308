"""Documents laid out for a width: nothing lost, nothing too wide, no address in two."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.formats.document import Document, Line, Piece
from targetmarkets.formats.escape import visible
from targetmarkets.formats.layout import MAX_WRAPPED_LENGTH, lay_out, width_of, wrap
from targetmarkets.formats.marks import SIGNS

WORDS = st.text(alphabet="abc é—’漢 \n\x1b", max_size=60)
PIECES = st.lists(
    st.builds(Piece, WORDS, st.sampled_from(["plain", "label"]), st.none()), max_size=4
)

PARAGRAPHS = st.lists(
    st.builds(
        Line,
        PIECES.map(tuple),
        st.integers(0, 9),
        st.integers(0, 9),
        st.just("text"),
        st.just(()),
    )
)


def lines(document: Document, width: int) -> list[str]:
    return ["".join(piece.text for piece in line) for line in lay_out(document, width)]


def squeezed(text: str) -> str:
    return "".join(visible(text).split())


@given(PARAGRAPHS, st.integers(12, 60))
def test_paragraphs_keep_every_word_and_no_line_is_too_wide(given_: list[Line], width: int) -> None:
    shown = lines(Document(given_), width)
    whole = "".join(piece.text for line in given_ for piece in line.pieces)
    assert squeezed("".join(shown)) == squeezed(whole)
    assert all(width_of(line) <= width for line in shown)


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=5),
       st.integers(4, 80))  # fmt: skip
def test_tables_keep_every_cell_and_are_no_wider_than_there_is_room(
    rows: list[list[str]], width: int
) -> None:
    document = Document()
    for row in rows:
        document.row(*([cell] for cell in row))
    shown = lines(document, width)
    letters = re.compile(r"[\s·]")
    assert sorted(letters.sub("", "".join(shown))) == sorted(
        letters.sub("", visible("".join(cell for row in rows for cell in row)))
    )
    assert all(width_of(line) <= max(width, 2) for line in shown)


def test_columns_are_as_wide_as_they_must_be_and_the_cheapest_gives_way() -> None:
    document = Document()
    document.row(["what"], ["when"], ["from"], role="header")
    document.row(["a long name of goods"], ["2013"], ["1"])
    document.row(["short"], ["2014–2015"], ["2 3"])
    assert lines(document, 40) == [
        "what                  when       from",
        "a long name of goods  2013       1",
        "short                 2014–2015  2 3",
    ]
    assert lines(document, 30) == [
        "what           when       from",
        "a long name    2013       1",
        "of goods",
        "short          2014–2015  2 3",
    ]
    assert lines(document, 12) == [
        "a long name",
        "  of goods ·",
        "  2013 · 1",
        "short ·",
        "  2014–2015",
        "  · 2 3",
    ]


def test_a_paragraph_hangs_and_keeps_its_styles() -> None:
    document = Document()
    document.add(Piece("Why  ", "label"), "one two three", indent=2, hang=2)
    assert lines(document, 14) == ["  Why  one two", "    three"]
    (first, second) = lay_out(document, 14)
    assert [(piece.text, piece.style) for piece in first[1:]] == [
        ("Why  ", "label"),
        ("one two", "plain"),
    ]
    assert [piece.text for piece in second] == ["    ", "three"]


def test_an_address_is_never_broken_and_keeps_its_link() -> None:
    address = "https://example.org/" + "a" * 60
    pieces = (Piece("read at "), Piece(address, "muted", address), Piece(" today"))
    parts = list(wrap(pieces, 30, 30))
    assert ["".join(p.text for p in part) for part in parts] == ["read at", address, "today"]
    assert parts[1] == (Piece(address, "muted", address),)
    word = "b" * 60
    broken = ["".join(p.text for p in part) for part in wrap((Piece(word),), 30, 20)]
    assert broken == ["b" * 30, "b" * 20, "b" * 10]


def test_what_nobody_reads_to_its_end_is_left_to_the_terminal() -> None:
    document = Document()
    document.add("word " * MAX_WRAPPED_LENGTH)
    assert len(lines(document, 80)) == 1


def test_wide_characters_take_two_columns_and_marks_none() -> None:
    assert width_of("abc") == 3
    assert width_of("武器") == 4
    assert width_of("e\u0301") == 1
    assert width_of("✓1 ○2–4 · ‘x’") == 13


def test_spaces_that_hold_words_together_are_not_broken() -> None:
    document = Document()
    document.add("1\u00a0first\u00a0· 2\u00a0second")
    assert lines(document, 12) == ["1\u00a0first\u00a0·", "2\u00a0second"]


def test_a_word_without_room_is_broken_after_a_hyphen_if_that_is_far_enough() -> None:
    assert broken("a-long-word", 8) == ["a-long-", "word"]
    assert broken("a-longer-word", 7) == ["a-longe", "r-word"]
    assert broken("漢字漢字", 5) == ["漢字", "漢字"]


def broken(word: str, width: int) -> list[str]:
    return ["".join(p.text for p in part) for part in wrap((Piece(word),), width, width)]


@pytest.mark.parametrize("width", range(24, 90))
def test_a_sign_stands_with_the_word_that_tells_what_it_means(width: int) -> None:
    legend = ", ".join(map(str, SIGNS))
    found = ["".join(piece.text for piece in line) for line in wrap([Piece(legend)], width, width)]
    assert " ".join(found) == legend
    assert not [line for line in found if line.endswith((" ✓", " ✗", " ○", " †", " *"))]
