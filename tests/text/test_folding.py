"""Folding: what readers see alike becomes the same, and every stretch leads back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.text.folding import SOFT, fold
from tests.timing import takes_time_in_proportion


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("one\r\ntwo\t\u00a0\u2003three\ffour\u2028five", "one two three four five"),
        ("‘a’ “b” «c» „d‟ 5′", '\'a\' "b" "c" "d" 5\''),
        ("1914–18 a‑b c — d −5", "1914-18 a-b c - d -5"),
        ("eﬃcient ﬁne Ａ　１ …", "efficient fine A 1 ..."),
        ("cafe\u0301 a\u0323\u0307 a\u0307\u0323 ᄒ\u1161\u11ab", "café ạ̇ ạ̇ 한"),
        ("re\u200bsi\u2060gn \u202bx\u202c\ufeff", "resign x"),
        ("10² H₂O 1½ ① º", "10² H₂O 1½ ① º"),  # said in plain letters they were something else
        ("朝鮮 向\n敘利亞，\n他 said", "朝鮮向敘利亞,他 said"),
        ("infor-\nmation, infor\u2010 \n mation", f"infor{SOFT}mation, infor{SOFT}mation"),
        ("infor\u00adma\u00ad\ntion", f"infor{SOFT}ma{SOFT}tion"),
        ("1914-\n18, word—\nword, pre- and", "1914-18, word-word, pre-and"),
        ("\n- item\n-- item", " - item - item"),
        ("´a¨ `b`", "'a¨ 'b'"),
        ("Straße", "Straße"),
        ("", ""),
    ],
)
def test_what_readers_see_alike_is_folded(text: str, folded: str) -> None:
    assert fold(text).text == folded
    assert fold(unicodedata.normalize("NFD", text)).text == fold(text).text


def test_case_is_folded_only_on_request() -> None:
    assert fold("STRASSE ΣΊΣΥΦΟΣ ǅ").text == "STRASSE ΣΊΣΥΦΟΣ Dž"
    assert fold("STRAẞE ΣΊΣΥΦΟΣ ǅ", case=True).text == fold("straße σίσυφος ǆ", case=True).text
    assert fold("İstanbul", case=True).text == fold("i̇stanbul", case=True).text


@pytest.mark.parametrize(
    ("text", "stretch", "original"),
    [
        ("a  \n b", " ", "  \n "),
        ("a\u200b \u200bb", "a", "a"),
        ("a\u200b \u200bb", "b", "b"),
        ("of\ufb01ce", "c", "c"),
        ("o\ufb03ce", "f", "\ufb03"),
        ("o\ufb03ce", "ffi", "\ufb03"),
        ("cafe\u0301s", "é", "e\u0301"),
        ("infor-\n  mation", "information".replace("rm", f"r{SOFT}m"), "infor-\n  mation"),
        ("infor-\n  mation", "mation", "mation"),
    ],
)
def test_a_stretch_leads_back_to_the_smallest_that_gives_it(
    text: str, stretch: str, original: str
) -> None:
    folded = fold(text)
    at = folded.text.index(stretch)
    start, end = folded.span(at, at + len(stretch))
    assert text[start:end] == original


def test_an_offset_within_a_character_is_told() -> None:
    folded = fold("o\ufb03ce")
    assert [folded.cuts(offset) for offset in range(7)] == [False, False, True, True] + 3 * [False]
    assert not fold("office").cuts(2)


@given(text=st.text(), case=st.booleans(), data=st.data())
def test_every_stretch_leads_back_to_what_gives_it(
    *, text: str, case: bool, data: st.DataObject
) -> None:
    text = text.replace("-", "").replace(SOFT, "")  # what becomes of them depends on neighbours
    folded = fold(text, case=case)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    if start < end and not folded.cuts(start) and not folded.cuts(end) and text.isprintable():
        assert folded.text[start:end] in fold(text[first:last], case=case).text


@given(text=st.text(), case=st.booleans())
def test_folding_is_final(*, text: str, case: bool) -> None:
    once = fold(text, case=case).text
    assert fold(once, case=case).text.replace(SOFT, "") == once.replace(SOFT, "")


@pytest.mark.parametrize("unit", ["\u0301\u0316", " \n", "-\u00ad"])
def test_hostile_marks_and_spaces_take_time_in_proportion(unit: str) -> None:
    takes_time_in_proportion(lambda size: fold("a" + unit * size, case=True), 4_000)
