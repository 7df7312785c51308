"""The marks of CSL-JSON in a text, and the text without them."""

import pytest

from targetmarkets.text.rich import plain


@pytest.mark.parametrize(
    ("rich", "text"),
    [
        ("The <i>Chong Chon Gang</i>", "The Chong Chon Gang"),
        ('<span class="nocase">un</span> and <span class="else">two</span>', None),
        ('<span class="nocase">un</span> and', "un and"),
        ("<span style='font-variant:small-caps;'>UN</span> <sc>a</sc>", "UN a"),
        ("10<sup>6</sup> H<sub>2</sub>O 5<sup>th</sup>", "10⁶ H₂O 5⸢th⸣"),
        ("<i>a <b>b <sup>2</sup></b> c</i> d", "a b ² c d"),
        ("a < b </i> <i> c", None),
        ("<i>a</b>", None),
        ("<b>x</i></b>", None),
        ("<script>x</script> &amp; <I>y</I>", None),
        ("<i>" * 500 + "x" + "</i>" * 500, "x"),
    ],
)
def test_marks_are_taken_off_and_all_else_is_text(rich: str, text: str | None) -> None:
    if text is None:
        assert plain(rich).replace("un and", '<span class="nocase">un</span> and') == rich
    else:
        assert plain(rich) == text
