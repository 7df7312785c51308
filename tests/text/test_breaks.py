"""A text over what is passed over in it."""

from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.text.breaks import AsRead
from targetmarkets.text.edges import words_cut


@given(st.text("ab \n\f", max_size=30), st.lists(st.integers(0, 30), max_size=8, unique=True))
def test_each_offset_of_what_is_read_has_its_own_in_the_text(text: str, ends: list[int]) -> None:
    ends = sorted(end for end in ends if end <= len(text))
    breaks = list(zip(ends[::2], ends[1::2], strict=False))
    as_read = AsRead.over(text, breaks)
    assert len(as_read.read) == len(text) - sum(end - start - 1 for start, end in breaks)
    for at in range(len(as_read.read) + 1):
        assert as_read.inner(as_read.outer(at)) in {at, at - 1}
        assert as_read.outer(at) <= len(text)
    for start, end in breaks:
        assert as_read.read[as_read.inner(start)] == "\n"
        assert as_read.inner(end) == as_read.inner(start) + 1


def test_what_does_not_lie_in_the_text_is_not_passed_over() -> None:
    for breaks in [(2, 9)], [(-1, 2)], [(2, 2)], [(1, 3), (2, 4)]:
        assert AsRead.over("abcdef", breaks).read.startswith("a")
    assert AsRead.over("abcdef", [(2, 9)]).read == "abcdef"
    assert AsRead.over("abcdef", [(1, 3), (2, 4)]).read == "a\ndef"


def test_a_word_may_go_on_over_what_is_passed_over() -> None:
    text = "It sold non-\n4 A note.\flethal goods for 12\n2\fmillion."
    breaks = [(12, 23), (42, 45)]
    as_read = AsRead.over(text, breaks)
    assert as_read.read == "It sold non-\nlethal goods for 12\nmillion."
    for part, word in ("lethal goods", "non-\nlethal"), ("million", "12\nmillion"):
        start = text.index(part)
        assert words_cut(as_read, start, start + len(part)) == [word]
    note = text.index("note")
    assert words_cut(as_read, note, note + 4) == []
    assert words_cut(as_read, note, note + 3) == ["note"]
