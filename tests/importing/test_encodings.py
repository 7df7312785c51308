"""What fonts without a word on it have outside ASCII: told by their dashes and ligatures."""

from collections.abc import Mapping

import pytest

from targetmarkets.importing.extract import extract
from targetmarkets.importing.readers.encodings import Shape, decoded
from tests.importing.fonts import BODY, Box, pixels
from tests.importing.pdfs import pages, text

LETTERS = {ord(letter): Shape(0.5, 0.03, 0.47, 0, 0.43) for letter in "aceosz"}
N = {ord("n"): Shape(0.556, 0.03, 0.53, 0, 0.44)}
PLAIN: Mapping[int, Shape] = {**LETTERS, **N}

EN = Shape(0.5, 0, 0.5, 0.25, 0.28)
EM = Shape(1.0, 0, 1.0, 0.25, 0.28)
MINUS = Shape(0.778, 0.083, 0.694, 0.23, 0.27)
FI = Shape(0.556, 0.03, 0.53, 0, 0.7)
FF = Shape(0.583, 0.03, 0.58, 0, 0.7)
OE = Shape(0.722, 0.03, 0.7, 0, 0.44)
SLASHED = Shape(0.5, 0.03, 0.47, -0.1, 0.53)
AE = Shape(0.903, 0.03, 0.88, 0, 0.69)
CEDILLA = Shape(0.444, 0.1, 0.3, -0.2, 0)
ACUTE = Shape(0.5, 0.03, 0.47, 0, 0.67)
LOW = Shape(0.5, 0.03, 0.47, 0, 0.43)


@pytest.mark.parametrize(
    ("shapes", "code", "encoding"),
    [
        ({21: EN}, 21, "T1"),
        ({22: EM}, 22, "T1"),
        ({27: FF}, 27, "T1"),
        ({28: FI}, 28, "T1"),
        ({29: FI}, 29, "T1"),
        ({123: EN}, 123, "OT1"),
        ({124: EM}, 124, "OT1"),
        ({11: FF}, 11, "OT1"),
        ({12: FI}, 12, "OT1"),
        ({13: FI}, 13, "OT1"),
    ],
)
def test_a_dash_or_a_ligature_tells_the_encoding(
    shapes: Mapping[int, Shape], code: int, encoding: str
) -> None:
    found = decoded({**PLAIN, **shapes})
    assert found[code] in {"–", "—", "ff", "fi", "fl"}
    assert (found[28], found[16]) == (("fi", "“") if encoding == "T1" else ("ø", "ı"))


@pytest.mark.parametrize(
    "shapes",
    [
        {},
        {27: OE},
        {28: SLASHED},
        {29: AE},
        {11: CEDILLA},
        {21: MINUS},
        {21: ACUTE},
        {30: FI, 31: FF},
        {21: EN, 123: EN},
        {28: FI, 12: FI},
    ],
    ids=["nothing", "oe", "slashed o", "ae", "cedilla", "minus", "breve", "of both", "both", "two"],
)
def test_what_may_be_another_sign_or_tells_of_both_tells_nothing(
    shapes: Mapping[int, Shape],
) -> None:
    assert decoded({**PLAIN, **shapes}) == {}


def test_without_a_letter_to_compare_with_nothing_is_told() -> None:
    assert decoded({**LETTERS, 21: EN}) == {}


def test_accents_are_believed_where_all_are_higher_than_their_letters() -> None:
    assert decoded({**PLAIN, 21: EN, 0xE9: ACUTE, 0xF3: ACUTE})[0xE9] == "é"
    cyrillic = decoded({**PLAIN, 21: EN, 0xE9: ACUTE, 0xF3: LOW})
    assert cyrillic[21] == "–"
    assert not {0xE9, 0xF3} & cyrillic.keys()
    wide = decoded({**PLAIN, 21: EN, 0xE9: ACUTE._replace(advance=0.6)})
    assert 0xE9 not in wide
    alone = decoded({**PLAIN, 21: EN, 0xE9: ACUTE, 0xFC: ACUTE, 0xFF: LOW})
    assert alone[0xE9] == "é"
    assert not {0xFC, 0xFF} & alone.keys(), "no `u` is shown, and nothing is like ß"
    assert 0xE9 not in decoded({**PLAIN, 123: EN, 0xE9: ACUTE}), "OT1 has none"


BAR: Box = (0, 250, 500, 280)
TALL: Box = (30, 0, 530, 700)


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize(
    ("dash", "ligature", "words"),
    [(21, 28, b"the \\034nest 10\\02520 of them"), (123, 12, b"the \\014nest 10{20 of them")],
)
def test_dashes_and_ligatures_of_pixels_are_read(dash: int, ligature: int, words: bytes) -> None:
    letters = {ord(letter): (556, [BODY]) for letter in "themnsf"}
    digits = {ord(digit): (500, [(50, 0, 450, 660)]) for digit in "120"}
    font = pixels(
        {**letters, **digits, ord("o"): (500, [BODY]), dash: (500, [BAR]), ligature: (556, [TALL])}
    )
    found = extract(pages(text(words), font=font[0], after=font[1:]), "a.pdf")
    assert found.text == "the finest 10–20 of them"
    assert found.gaps == ()
