"""Make text harmless to what will show it, and keep every character visible."""

import re
from functools import cache

_UNSAFE_IN_JSON = (
    "\x7f-\x9f"  # controls that JSON leaves as they are
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u00ad\u200b\u2060-\u2064"  # what is there and not to be seen
    "\u2028\u2029\ufeff"  # separators that some programs take for line ends; byte order mark
    "\ud800-\udfff"  # lone surrogates, which no encoding can write
    "\U000e0000-\U000e007f"  # tags, which nothing shows
)


def visible(text: str) -> str:
    """A text for a terminal or a line: what controls or hides becomes a visible escape."""
    if text.isprintable():  # nearly always, and much quicker to see than to search for
        return text
    return _pattern(f"\x00-\x1f{_UNSAFE_IN_JSON}").sub(_escape, text)


def reversible(text: str) -> str:
    """The same with backslashes doubled, so that the text can be had back."""
    return visible(text.replace("\\", "\\\\"))


def json_safe(text: str) -> str:
    """A JSON text with the unsafe characters that JSON allows written as its escapes.

    A parser gives back the same values.
    """
    if text.replace("\u00a0", " ").isprintable():
        return text
    return _pattern(_UNSAFE_IN_JSON).sub(_json_escape, text)


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]")


def _escape(match: re.Match[str]) -> str:
    return ascii(match[0])[1:-1]


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
