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

_ABBREVIATION = r"(?<=[^\W\d_])(?<![^\W\d_]{5})\.(?= )"
"""A full stop after which pandoc may set a space that does not break."""

_NAME = r":(?=[a-z0-9_+\\/-])"
"""A colon before what may be the name of an emoji, or the rest of an address."""

_IMAGE = r"!(?=\[)"
"""An exclamation mark before the mark of a footnote, which would be an image."""

_IN_QUOTES = r"(?:[^‘’“”*]|’\w)*"
_QUOTE = rf"‘(?!(?=[^\s’]){_IN_QUOTES}(?:“{_IN_QUOTES}”{_IN_QUOTES})*’(?!\w))| (?=[’”])"
"""An opening quotation mark that pandoc would take for an apostrophe, as it finds no end; and a
space that it would drop before a closing one."""


def visible(text: str) -> str:
    """A text for a terminal or a line: what controls or hides becomes a visible escape."""
    if text.isprintable():  # nearly always, and much quicker to see than to search for
        return text
    return _pattern(f"\x00-\x1f{_UNSAFE_IN_JSON}").sub(_escape, text)


def visible_lines(text: str) -> str:
    """The same for a cell that can hold lines: line feeds and tabs stay."""
    return _pattern(f"\x00-\x08\x0b-\x1f{_UNSAFE_IN_JSON}").sub(_escape, text)


def reversible(text: str) -> str:
    """The same with backslashes doubled, so that the text can be had back."""
    return visible(text.replace("\\", "\\\\"))


def markdown(text: str) -> str:
    """A text that CommonMark, GitHub and pandoc show as it is, with backslashes where they must be.

    What controls or hides becomes a visible escape. The result belongs into a `markdown_line` or a
    `markdown_cell`.
    """
    words = _markdown().sub(lambda match: _backslashed(match[0]), visible(text))
    return re.sub("(?<= ) ", _reference, words)  # or pandoc would make one of several


def markdown_line(line: str) -> str:
    """A line of Markdown whose beginning starts no list, heading, code or definition."""
    return re.sub(r"^([-+:=])|^(\(?[^\W_]+)([.)])", r"\2\\\1\3", _exact(_edged(line)))


def markdown_cell(text: str, below: str = "") -> str:
    """A cell of a table in Markdown; `below` is its second line."""
    return _exact("<br> ".join(_edged(markdown(part)) for part in (text, below) if part))


def _edged(line: str) -> str:
    """A line of Markdown that keeps its outer spaces."""
    return re.sub(r"^\s+|(?<!\s)\s+$", _reference, line)


def _exact(line: str) -> str:
    """A line of Markdown in which nothing changes that lies between words."""
    return re.sub(f"{_ABBREVIATION}|{_NAME}|{_IMAGE}", r"\\\g<0>", re.sub(_QUOTE, _reference, line))


def json_safe(text: str) -> str:
    """A JSON text with the unsafe characters that JSON allows written as its escapes.

    A parser gives back the same values.
    """
    if text.replace("\u00a0", " ").isprintable():
        return text
    return _pattern(_UNSAFE_IN_JSON).sub(_json_escape, text)


@cache
def _markdown() -> re.Pattern[str]:
    return re.compile(
        r"""
        [\\`*_{}\[\]<>#$&@^~|'"]      # markup, references, mathematics, citations, quotation marks
        | (?<=\\)\(                    # mathematics
        | -{2,} | \.{2,} | ={2,}        # dashes, ellipses, highlights
        | (?<=www)\.                   # addresses
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def _reference(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match[0])


def _backslashed(characters: str) -> str:
    return "".join(f"\\{character}" for character in characters)


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]")


def _escape(match: re.Match[str]) -> str:
    return ascii(match[0])[1:-1]


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
