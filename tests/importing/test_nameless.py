"""Fonts that do not say what they have: of text they are believed, of signs they are not."""

from collections.abc import Mapping, Sequence

import pytest

from targetmarkets.importing.extract import Extraction, extract
from tests.importing.fonts import BODY, Box, pixels
from tests.importing.pdfs import pages, text

pytestmark = pytest.mark.usefixtures("read_here")

Glyphs = Mapping[int, tuple[int, Sequence[Box]]]

DIGIT: Box = (50, 0, 450, 660)
SIGNS: Glyphs = {
    ord("0"): (280, [(30, 50, 250, 560)]),
    ord("1"): (1000, [(50, -10, 950, 440)]),
    ord("2"): (667, [(80, -50, 580, 550)]),
    ord("3"): (667, [(80, -50, 580, 550)]),
    ord("4"): (889, [(50, 0, 830, 716)]),
    ord("8"): (556, [(0, -20, 556, 694)]),
    ord("9"): (556, [(50, 0, 500, 694)]),
    ord(":"): (278, [(80, 0, 190, 110)]),
    ord("!"): (1000, [(50, 0, 950, 500)]),
    ord("x"): (570, [BODY]),
    ord("y"): (490, [BODY]),
}
"""What LaTeX's fonts of formulas have at these places, by where it stands: a prime, the signs of
infinity, of elements, a triangle, `for all`, `there is`, a point, an arrow, variables.
"""

DIGITS: Glyphs = {ord(digit): (500, [DIGIT]) for digit in "0123456789"}
WORDS: Glyphs = {
    **{ord(letter): (500, [BODY]) for letter in "abcdefghijklmnopqrstuvwxyz"},
    **DIGITS,
}


def read(*contents: bytes, glyphs: Glyphs) -> Extraction:
    """Pages with words in a font that says what it has, and others below in one that does not."""
    words = [text(b"sold here") + content.replace(b"/F ", b"/G ") for content in contents]
    made = pages(*words, fonts=b"/G 10 0 R", after=pixels(glyphs, 11))
    return extract(made, "a.pdf")


def shown(words: bytes, glyphs: Glyphs) -> str:
    """What is read of the words below."""
    return read(text(words, y=100), glyphs=glyphs).text.removeprefix("sold here\n")


@pytest.mark.parametrize(
    "words", [b"x", b"x2", b"2", b"8x9y", b"x0", b"3", b"1", b"1 4", b":", b"!"]
)
def test_signs_are_no_letters_and_digits(words: bytes) -> None:
    assert shown(words, SIGNS) == "".join(" " if sign == 32 else "\ufffd" for sign in words)


def test_what_is_not_known_is_told() -> None:
    found = read(text(b"x2", y=100), text(b":", y=100), glyphs=SIGNS)
    assert found.gaps == ({"kind": "characters", "count": 3, "pages": ["1", "2"]},)


def test_a_font_with_words_is_one_of_text() -> None:
    assert shown(b"in 1998 a ship", WORDS) == "in 1998 a ship"
    assert shown(b"ships", WORDS) == "ships"
    assert shown(b"abc", WORDS) == "\ufffd" * 3, "as variables beside one another"
    assert shown(b"a b c d e f word", WORDS).endswith("\ufffd" * 4), "variables, mostly"


@pytest.mark.parametrize("digits", [b"1", b"2", b"12", b"18", b"1998", b"7 3"])
def test_digits_stand_for_themselves(digits: bytes) -> None:
    assert shown(digits, DIGITS) == digits.decode()


def test_a_digit_for_which_signs_are_as_high_needs_another_beside_it() -> None:
    assert shown(b"8", DIGITS) == "\ufffd"
    assert shown(b"89", DIGITS) == "\ufffd\ufffd"
    for_all = {**DIGITS, ord("8"): SIGNS[ord("8")]}
    assert shown(b"18", for_all) == "1\ufffd", "it is of another width"


def test_each_page_is_looked_at_alone() -> None:
    found = read(text(b"2 ships", y=100), text(b"8", y=100), glyphs=WORDS)
    assert found.text == "sold here\n2 ships\fsold here\n\ufffd"


def test_an_ordinal_after_its_number_is_read() -> None:
    raised = text(b"at the 18", y=100) + text(b"th", 7, 67, 104).replace(b"/F ", b"/G ")
    made = pages(raised, fonts=b"/G 10 0 R", after=pixels(WORDS, 11))
    assert extract(made, "a.pdf").text == "at the 18⸢th⸣"
    assert shown(b"th", WORDS) == "\ufffd\ufffd", "not by itself"


@pytest.mark.parametrize(
    ("box", "expected"), [((60, -60, 450, 750), "$"), ((50, 0, 450, 500), "\ufffd")]
)
def test_a_dollar_is_read_where_it_stands_as_one(box: Box, expected: str) -> None:
    assert shown(b"$", {36: (500, [box])}) == expected
