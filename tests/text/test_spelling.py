"""Which word was meant by a misspelt one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.text.spelling import MAX_LENGTH, spelt_like

KNOWN = ["syria", "burma", "iran", "cuba", "tanzania", "resilient", "congobrazzaville", "rusigap"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("siria", ["syria"]),  # another letter
        ("siryia", []),  # two slips in a short word
        ("syriia", ["syria"]),  # one too many
        ("sria", ["syria"]),  # one too few
        ("sirya", ["syria"]),  # its letters in another order
        ("tanzanai", ["tanzania"]),  # two changed places
        ("tenzanai", ["tanzania"]),  # two slips in a long word
        ("tenzenai", []),
        ("kongobrazzaville", []),  # the first letter is another one
        ("congobrasavile", ["congobrazzaville"]),  # three in a very long one
        ("russia", []),
        ("ira", []),  # too short to be like anything
        ("iraq", ["iran"]),  # that it is a state is not known here
        ("", []),
        ("s" * (MAX_LENGTH + 1), []),
    ],
)
def test_few_slips_are_forgiven(word: str, meant: list[str]) -> None:
    assert spelt_like(word, KNOWN) == meant


def test_the_nearest_comes_first_and_each_once() -> None:
    assert spelt_like("resilien", ["resiliants", "resilient", "resilient"]) == ["resilient"]
    assert spelt_like("resiliant", ["resilent", "resilient"]) == ["resilient", "resilent"]


def test_of_a_few_words_a_shorter_one_may_be_meant() -> None:
    assert spelt_like("lst", ["list"]) == []
    assert spelt_like("lst", ["list", "last", "show"], shortest=3) == ["list", "last"]
    assert spelt_like("ls", ["lst"], shortest=3) == []


@given(st.text(), st.lists(st.text(), max_size=5))
def test_whatever_is_typed_only_known_words_come(word: str, known: list[str]) -> None:
    assert set(spelt_like(word, known)) <= set(known)
