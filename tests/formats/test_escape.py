"""Untrusted text stays text, and every character of it visible."""

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.formats.escape import json_safe, reversible, storable, visible, visible_lines

ANYTHING = st.text(st.characters(codec=None))
DANGEROUS = [
    *(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))),
    *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    *"\u00ad\u200b\u2060\u2064\u2028\u2029\ufeff\ud800\udfff\U000e0001\U000e0041",
]


@pytest.mark.parametrize("character", DANGEROUS, ids=ascii)
def test_what_controls_or_hides_is_shown_as_an_escape(character: str) -> None:
    assert visible(f"a{character}b") == f"a{ascii(character)[1:-1]}b"
    assert visible(f"a{character}b").isascii()


@given(ANYTHING)
def test_no_control_character_is_left(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in shown)
    shown.encode()


@given(ANYTHING)
def test_lines_and_tabs_can_stay(text: str) -> None:
    parts = re.split("([\n\t])", text)
    assert visible_lines(text) == "".join(p if p in {"\n", "\t"} else visible(p) for p in parts)


@given(ANYTHING)
def test_a_spreadsheet_gets_the_text_but_for_what_it_cannot_keep(text: str) -> None:
    lost = {"Cc", "Cs"}
    kept = {"\n", "\t"}
    assert storable(text) == "".join(
        visible(c) if c not in kept and unicodedata.category(c) in lost else ascii(c)[1:-1]
        if c in "\ufffe\uffff" else c
        for c in text
    )  # fmt: skip


@given(st.text("aé‘’“”–\u00a0 [](){}:;*_`|<>&=+-@#%\\/\"'🙂"))
def test_everything_else_is_left_alone(text: str) -> None:
    assert visible(text) == text


@given(ANYTHING)
def test_the_reversible_form_gives_the_text_back(text: str) -> None:
    shown = reversible(text)
    assert "\t" not in shown
    assert "\n" not in shown
    pieces = shown.split("\\\\")
    back = "\\".join(
        piece.encode("ascii", "backslashreplace").decode("unicode_escape") for piece in pieces
    )
    assert back == text


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_keeps_its_values(value: object) -> None:
    text = json_safe(json.dumps(value, ensure_ascii=False, indent=2).encode())
    assert json.loads(text) == value
    assert not set(text.replace("\n", "")) & set(DANGEROUS)
