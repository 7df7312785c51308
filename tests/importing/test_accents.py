"""What is drawn over a letter is part of it: accents, strokes, dots, in whatever order."""

from collections.abc import Callable

import pytest

from targetmarkets.importing.extract import Extraction, extract
from targetmarkets.importing.readers.accents import composed
from targetmarkets.importing.readers.glyphs import GENERATED, Glyph, Run
from tests.importing.fonts import BAR, BODY, STEM, Box, bitmaps, named, slavonic
from tests.importing.pdfs import pages, stream, text

pytestmark = pytest.mark.usefixtures("read_here")


BELOW = text(b"allalla", y=20)
"""A word by which a font that does not say what it has is known to be one of text."""


def read(content: bytes, font: list[bytes] | None = None) -> Extraction:
    if font is None:
        return extract(pages(content), "a.pdf")
    if b"/Type3" in font[0]:
        content += BELOW
    found = extract(pages(content, font=font[0], after=font[1:]), "a.pdf")
    return found._replace(text=found.text.removesuffix("\nallalla"))


def words(content: bytes, font: list[bytes] | None = None) -> str:
    return read(content, font).text


def row(*parts: bytes | int, y: int = 150) -> bytes:
    """Words and the way back or on between them, in thousandths of the size."""
    shown = b" ".join(b"(%s)" % part if isinstance(part, bytes) else b"%d" % part for part in parts)
    return b"BT /F 12 Tf 20 %d Td [%s] TJ ET\n" % (y, shown)


STROKE = (b" ", 500)
"""A stroke, and the way back to where it began."""


@pytest.mark.parametrize("font", [slavonic, bitmaps])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (row(*STROKE, b"La"), "Ła"),
        (row(b"a", *STROKE, b"la"), "ała"),
        (row(b"a", *STROKE, b"l", 250, *STROKE, b"la"), "ałła"),
        (row(b"a", -500, *STROKE, b"la"), "a ła"),
        (row(b"la", -500, *STROKE, b"La"), "la Ła"),
        (row(b"la", -500, *STROKE, b"l", -500, b"Lal"), "la ł Lal"),
        (text(b"la") + text(b" ", 12, 40) + text(b"La", 12, 40), "la Ła"),
        (row(b"La", -500, b"lal", -500, b"Lal"), "La lal Lal"),
        (row(b"lal") + row(*STROKE, b"Lal", y=130) + row(b"Lal", y=110), "lal\nŁal\nLal"),
    ],
)  # fmt: skip
def test_a_stroke_at_the_place_of_the_blank_is_part_of_its_letter(
    font: Callable[[], list[bytes]], content: bytes, expected: str
) -> None:
    found = read(content, font())
    assert found.text == expected
    assert found.gaps == ()


@pytest.mark.parametrize("font", [slavonic, bitmaps])
def test_a_stroke_on_another_letter_is_told(font: Callable[[], list[bytes]]) -> None:
    found = read(row(b"la", *STROKE, b"a", -500, b"l"), font())
    assert found.text == "la\ufffda l"
    assert [(gap["kind"], gap["count"]) for gap in found.gaps] == [("characters", 1)]
    apart = text(b"la") + text(b" ", 12, 40) + text(b"a", 12, 50)
    assert words(apart, font()) == "la \ufffd a"


def test_a_blank_that_is_none_is_told_whatever_its_code() -> None:
    places = {13: "b1", 10: "b2", 9: "b3", 97: "a", 98: "b"}
    font = named(places, {name: [BODY] for name in places.values()})
    found = read(row(rb"a\015b\012a\011b"), font)
    assert found.text == "a\ufffdb\ufffda\ufffdb"


def test_a_blank_of_pixels_is_a_blank() -> None:
    font = bitmaps()
    font[4] = stream(b"500 0 60 280 390 390 d1")
    assert words(row(b"la La"), font) == "la La"
    turned = pages(row(b"la La") + BELOW, font=font[0], after=font[1:], sheet=b"/Rotate 90")
    assert extract(turned, "a.pdf").text.endswith("la\ufffd La"), "it cannot be seen there"


def test_a_font_may_say_that_what_is_drawn_is_a_blank() -> None:
    font = named({32: "space", 97: "a"}, {"space": [BAR], "a": [BODY]})
    assert words(row(b"a a"), font) == "a a"


@pytest.mark.parametrize("line", [(20, 720, 300, 790), (20, 20, 300, 90), (20, 100, 300, 600)])
def test_not_every_line_in_place_of_the_blank_is_a_stroke(line: Box) -> None:
    font = named({32: "line", 76: "L"}, {"L": [STEM], "line": [line]})
    assert words(row(*STROKE, b"L"), font) == "\ufffdL"


def test_a_stroke_is_seen_on_a_page_that_is_turned() -> None:
    font = slavonic()
    content = row(b"la", -500, *STROKE, b"La")
    for turn in (0, 90, 180, 270):
        made = pages(content, font=font[0], after=font[1:], sheet=b"/Rotate %d" % turn)
        assert extract(made, "a.pdf").text == "la Ła", turn


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # PDFium gives an accent over a capital after other letters, and blanks around it.
        (text(b"A") + text(b"o", 12, 28) + text(b"\\264", 12, 22, 153), "Áo"),
        (row(b"\\264", 400, b"z"), "ź"),
        (row(b"d", -100, b"\\264", 400, b"z", -400, b"d"), "dź d"),
        (row(b"a", -400, b"\\270", 400, b"c", -400, b"a"), "a ç a"),
        # A dot or a line under a letter, and two marks on one.
        (row(b"s") + text(b".", 12, 21.5, 147.4) + text(b"b", 12, 26), "ṣb"),
        (row(b"k") + text(b"\\257", 12, 21, 142) + text(b"b", 12, 26), "ḵb"),
        (row(b"end.", -400, b"So"), "end. So"),
        (row(b"\\210", 444, b"e") + text(b"\\264", 12, 21.5, 153), "ế"),
        # What has no letter of its own in Unicode.
        (row(b"\\257", 420, b"x"), "x\u0304"),
        (row(b"a \\264 b"), "a ´ b"),
        (row(b"d\\264un"), "d´un"),
        (row(b"5\\250", 400, b"6"), "5¨6"),
        (row(b"\\210", 333, b"\\264"), "ˆ´"),
        # What is drawn elsewhere: on another line, at the foot, in another size, high over it.
        (row(b"a") + text(b"\\264", 12, 21, 165), "a´"),
        (row(b"s") + text(b".", 12, 21.5, 149.4), "s."),
        (row(b"a") + text(b"\\264", 4, 22, 152), "a⸢´⸣"),
        (row(b"a") + text(b"\\257", 12, 20.3, 148), "ā"),
        # Line ends stay where lines end.
        (row(b"\\264", 400, b"z") + text(b"b", 12, 26, 136), "ź\nb"),
        (row(b"s") + text(b".", 12, 21.5, 147.4) + text(b"b", 12, 26, 130), "ṣ\nb"),
        (row(b"ok") + text(b"\\257", 12, 27.7, 142) + text(b"by", 12, 20, 110), "oḵ\nby"),
    ],
)  # fmt: skip
def test_marks_are_part_of_the_letters_that_they_are_drawn_over(
    content: bytes, expected: str
) -> None:
    assert words(content) == expected


def test_a_sign_that_nobody_knows_is_no_digit() -> None:
    glyphs = {"odd": [BAR], "odder": [BAR], "equal": [BAR], "braceleft": [BAR]}
    places = {54: "odd", 55: "odder", 61: "equal", 123: "braceleft"}
    content = row(b"6", 500, b"=", -500, b"7", -500, b"{")
    assert words(content, named(places, glyphs, b"ABCDEF+CMSY10")) == "≠ \ufffd {"
    assert words(content, named(places, glyphs)) == "⁶= ⁷ {", "of others, digits are taken"


def test_a_mark_that_stands_in_its_place_stays_as_it_is() -> None:
    glyphs = {"a": [BODY], "uni0301": [(200, 550, 260, 700)]}
    font = named({97: "a", 39: "uni0301"}, glyphs)
    assert words(row(b"a", 500, b"'"), font) == "a\u0301"
    assert words(row(b"'", 500, b"a"), font) == "á", "before its letter, it stood on another"


def test_many_letters_at_one_place_cost_no_day() -> None:
    run = Run(12, straight=True, handle=1)
    glyphs = [Glyph(text, 0, 0, run, place) for place, text in enumerate("a´" * 2000)]
    asked = 0

    def box(glyph: Glyph) -> tuple[float, float, float, float]:
        nonlocal asked
        asked += 1
        return (0, 0, 6, 6) if glyph.text == "a" else (20, 8, 22, 10)

    composed(glyphs, box, lambda *_: False, lambda _: False)
    assert asked < 100 * len(glyphs)


def test_what_is_left_of_the_ends_of_lines_around_a_mark_is_one() -> None:
    run = Run(12, straight=True, handle=1)
    places = {"s": (20, 150), "x": (60, 150), ".": (21, 147), "b": (20, 130)}
    glyphs = [
        Glyph(text, *places.get(text, (0, 0)), GENERATED if text == "\n" else run, place)
        for place, text in enumerate("sx\n.\nb")
    ]

    def box(glyph: Glyph) -> tuple[float, float, float, float]:
        return glyph.x, glyph.y, glyph.x + 4, glyph.y + 1

    made = composed(glyphs, box, lambda *_: False, lambda glyph: glyph.run is GENERATED)
    assert [glyph.text for glyph in made] == ["ṣ", "x", "\n", "b"]


def test_what_is_written_from_right_to_left_comes_in_the_order_in_which_it_is_read() -> None:
    places = {97: "uni05D0", 98: "uni05D1", 99: "uni05D2", 32: "space"}
    font = named(places, {name: [BODY] if name != "space" else [] for name in places.values()})
    assert words(row(b"cba ab"), font) == "בא אבג"
