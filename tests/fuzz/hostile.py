"""Texts that have broken programs, and others that nobody thought of."""

import os
import re
from typing import Final

from hypothesis import strategies as st

ODD: Final = (
    "", " ", "\t", "\n", "a\nb", "\r\n", "-", "--", "-x", "--x=", "=", ",", ",,", ":", "::", "@",
    "a:b:c",
    "\x1b[31mred", "\x1b]0;title\x07", "\x9b31m", "\x07", "\x08", "\x7f", "\x85", "\x0c", "\x1f",
    "\u202ecod", "\u2066x\u2069", "\u200e", "\u061c", "\u2028", "\u2029", "\ufeff", "\u200b",
    "\xad",
    "\U000e0041", "\ufffe", "\uffff", "\U0010ffff", "\ufffd", "e\u0301\u0301\u0301", "\u0301",
    "\udcff", "a\udc80b", "💣", "👩‍👩‍👧", "漢字", "ﷺ", "İ", "ı", "ß", "Ⅷ", "²", "٣", "½", "K",
    "[bold]x[/bold]", "[/]", "[link=x]", ":warning:", "{0}", "{", "}", "%s", "%n", "%", "$(id)",
    "`id`",
    "${HOME}", "'; --", '"', "'", "“", '"open', "*", "?", "a*", "(", ")", "[", "^", "\\", "\\x",
    "a AND", "NEAR(a b)", "NOT", "a OR b", "col:x", "-a", "+", "^a", "=1+1", "@SUM(A1)", "|", "<b>",
    "<!--", "&#0;", "&amp;", "a/b", "a\\b", "C:\\x", "file:///x", "http://x/%00", ".", "~", "CON",
    "NaN", "Infinity", "-1", "0", "00", "1", "2", "1.5", "1e999", "0x10", "1_000", "9" * 30,
    "9" * 5_000,
    "null", "true", "[]", "{}", "[1", '{"a": 1, "a": 2}', "x" * 300, "x" * 100_000, "é" * 5_000,
    " x ", "x y", "a" * 61, "-".join("a" * 60), "\n" * 1_000, "0000", "9999-99-99", "2015-02-30",
    "2015-12/..", "../2015", "2015/2014", "20XX", "2015~", "-2015", "12015",
)  # fmt: skip
"""Each went wrong somewhere: controls, bidirectional marks, markup, formulas, numbers, dates."""


def tame(text: str) -> bool:
    """Whether a text, taken for a path, stays in the folder at hand, and can be an argument."""
    return "\0" not in text and not text.startswith(("/", "~")) and ".." not in text


_RANDOM: Final = st.one_of(
    st.text(max_size=30),
    st.text("\x00\x1b\x7f\x85\x9b\u202e\u2066\u2028\r\n\t[]{}()<>\"'\\-=:,;@*|/%$&#~^_. aé0",
    max_size=20),
)  # fmt: skip

texts: Final = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(ODD),
    _RANDOM,
    st.lists(st.sampled_from(ODD), min_size=2, max_size=4).map("".join),
)
"""Any text, lone surrogates included where Hypothesis makes them."""

arguments: Final = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(ODD),
    _RANDOM,
    st.binary(max_size=12).map(lambda data: data.decode("utf-8", "surrogateescape")),
).filter(tame)
"""What a person or a shell can hand to a program: any bytes but NUL, and no path to elsewhere."""

binaries: Final = st.one_of(
    st.binary(max_size=200),
    texts.map(lambda text: text.encode("utf-8", "surrogatepass")),
    texts.map(lambda text: text.encode("utf-16", "surrogatepass")),
    st.sampled_from((b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x89PNG\r\n\x1a\n",
    os.linesep.encode())),
)  # fmt: skip
"""Contents of a file that may be anything."""

UNFIT: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
"""What no text of a document may hold; a carriage return and a form feed mean something in one."""
