"""Make text harmless to what will show it, and keep every character visible."""

import re
from collections.abc import Callable
from functools import cache

_UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u3164\ufeff\uffa0"
    "\ufe00-\ufe0d\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What is there and not to be seen (Unicode, Default_Ignorable_Code_Point), without `_JOINING`."""

_UNSAFE = (
    "\x80-\x9f"  # controls that JSON leaves as they are, as it does \x7f
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidirectional controls, some of them retired
    "\u2028\u2029"  # separators that some programs take for line ends
    "\ud800-\udfff"  # lone surrogates, which no encoding can write
    f"{_UNSEEN}"
)

_JOINING = "\u200c\u200d\ufe0e\ufe0f"
"""Joiners and forms of emoji: not seen themselves, and needed by Persian, Hindi and emoji."""

_JOINED = (
    rf"[^\x00-\u02ff\u2000-\u206f\ud800-\udfff{_UNSEEN}{_JOINING}](?:\ufe0f?\u200d|[{_JOINING}])"
)
"""One of them where it can have a meaning. Anywhere else it would hide something."""

HIDDEN = rf"[\s{_UNSAFE}{_JOINING}]"
"""What can stand before a sign without being seen."""

_NOT_STORABLE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
"""What LibreOffice drops or changes where it stands in a cell, and what may control a terminal."""

_MARKS = 6
"""Marks on one letter, beyond which they only bury what stands around it."""

_FLOOD = rf"[^\w\s\x00-\x7f]{{{_MARKS + 1},}}"
"""What may hold more marks than that."""

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
    return _escaped(text, "\x00-\x1f", _escape)


def visible_lines(text: str) -> str:
    """The same for a cell that can hold lines: line feeds and tabs stay."""
    return _escaped(text, "\x00-\x08\x0b-\x1f", _escape)


def storable(text: str) -> str:
    """A text for a cell of a spreadsheet, as it is. What none can keep becomes a visible escape:
    controls but line feeds and tabs, and what no XML may hold.
    """
    return text if text.isprintable() else _pattern(_NOT_STORABLE).sub(_escaped_match, text)


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


def json_safe(data: bytes) -> str:
    """A JSON text with the unsafe characters that JSON allows written as its escapes.

    A parser gives back the same values.
    """
    text = data.decode()
    return _escaped(text, "", _json_escape) if b"\x7f" in data or _is_odd(data) else text


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


def _escaped(text: str, controls: str, escape: Callable[[str], str]) -> str:
    """A text with the controls of ASCII, and what else controls or hides, escaped."""
    if not text.isprintable():
        text = text.translate(_table(controls, escape))
    if text.isascii() or not _is_odd(text.encode("utf-8", "surrogatepass")):
        return text
    # In two steps, because most texts have few characters that the second must look at.
    return _pattern("[^\x00-\x7f]+").sub(lambda match: _seen(match[0], escape), text)


@cache
def _table(controls: str, escape: Callable[[str], str]) -> dict[int, str]:
    """The controls of ASCII with their escapes: a table takes no memory for each that is met."""
    escaped = filter(_pattern(f"[{controls}\x7f]").match, map(chr, range(0x80)))
    return {ord(character): escape(character) for character in escaped}


_ASCII = bytes(range(0x80))


def _is_odd(data: bytes) -> bool:
    """Whether some characters of a text may have to be escaped: the unseen, and marks."""
    # UTF-8 without the bytes of ASCII is UTF-8: the fastest way through a long text.
    rest = data.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    characters = "".join(set(rest))
    return bool(_pattern(f"[{_UNSAFE}{_JOINING}]").search(characters)) or any(
        map(_is_mark, characters)
    )


def _is_mark(character: str) -> bool:
    import unicodedata

    return unicodedata.category(character).startswith("M")


def _seen(characters: str, escape: Callable[[str], str]) -> str:
    """Characters beyond ASCII, with those escaped that nobody would see, or see rightly."""
    unseen = f"[{_UNSAFE}{_JOINING}]"
    if _pattern(unseen).search(characters):
        pattern = _pattern(f"{_JOINED}|{unseen}")
        characters = pattern.sub(lambda m: m[0] if len(m[0]) > 1 else escape(m[0]), characters)
    return _pattern(_FLOOD).sub(lambda match: _thinned(match[0], escape), characters)


def _thinned(characters: str, escape: Callable[[str], str]) -> str:
    """Characters with the marks beyond the most that one letter needs escaped."""
    marks = 0
    shown = ""
    for character in characters:
        marks = marks + 1 if _is_mark(character) else 0
        shown += escape(character) if marks > _MARKS else character
    return shown


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _escape(character: str) -> str:
    return ascii(character)[1:-1]


def _escaped_match(match: re.Match[str]) -> str:
    return _escape(match[0])


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
