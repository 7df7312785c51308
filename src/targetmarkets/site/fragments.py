r"""Links to a passage within a page of the web: text fragments, made so that browsers find them.

A browser looks for words, and begins and ends at whole ones; a passage that begins or ends within
one, or before a raised note, is given with what stands beside it. It looks for each part within one
paragraph, so that of a passage over several lines only the beginning and the end are given. The
first place on the page that fits is taken; what begins alike earlier in the archived text is told
apart by more words.

>>> text_fragment("He sold T-54s.", 8, 12)
'text=T%2D54,-s.'
>>> text_fragment("One.\nTwo.", 0, 9)
'text=One.,Two.'
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from targetmarkets.text.addresses import web_address

LONG: Final = 200
"""Characters of a passage that is given whole."""

WORDS: Final = 6
"""Words of the beginning and of the end of a longer one."""

MOST_WORDS: Final = 40
"""Words that are given at most to tell a place from another."""

NEAR: Final = 100
"""Characters before and after a passage that are looked at."""


def original(address: str | None, text: str, start: int, end: int) -> str | None:
    """The address of a passage of an archived text within its original, if that has one."""
    known = web_address(address)
    if known is None:
        return None
    return f"{known}{'' if '#' in known else '#'}:~:{text_fragment(text, start, end)}"


def text_fragment(text: str, start: int, end: int) -> str:
    """The directive that finds a passage of a text."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    exact = text[start:end]
    before, after = text[max(start - NEAR, 0) : start], text[end : end + NEAR]
    prefix = before.split()[-1] if before and not before[-1].isspace() else ""
    suffix = after.split()[0] if after and not after[0].isspace() else ""
    if "\n" not in exact and len(exact) <= LONG:
        first, last = exact, None
    else:
        first, last = _beginning(text, start, end), _ending(text, start, end)
    if not prefix and _earlier(text, first, start):
        prefix = _told_apart(text, first, start)
    parts = [f"{_encoded(prefix)}-"] if prefix else []
    parts += [_encoded(first)]
    parts += [_encoded(last)] if last else []
    parts += [f"-{_encoded(suffix)}"] if suffix else []
    return f"text={','.join(parts)}"


def _beginning(text: str, start: int, end: int) -> str:
    """The first words of a passage, within its first line, as many as tell it apart."""
    line = text[start:end].split("\n", 1)[0]
    words = [match.end() for match in re.finditer(r"\S+", line)]
    for number in range(min(WORDS, len(words)), min(MOST_WORDS, len(words)) + 1):
        first = line[: words[number - 1]]
        if not _earlier(text, first, start):
            return first
    return line[: words[min(WORDS, len(words)) - 1]]


def _ending(text: str, start: int, end: int) -> str:
    """The last words of a passage, within its last line, that stand nowhere in it before."""
    line = text[start:end].rsplit("\n", 1)[-1]
    words = [match.start() for match in re.finditer(r"\S+", line)]
    for number in range(min(WORDS, len(words)), min(MOST_WORDS, len(words)) + 1):
        last = line[words[-number] :]
        if _plain(text[start:end]).count(_plain(last)) == 1:
            return last
    return line[words[-min(WORDS, len(words))] :]


def _earlier(text: str, words: str, start: int) -> bool:
    """Whether some words stand earlier in a text, too."""
    return _stands(text, words, start + len(words) - 1)


def _stands(text: str, words: str, end: int) -> bool:
    """Whether some words stand in the beginning of a text, whatever their case and white space."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return re.compile(pattern, re.IGNORECASE).search(text, 0, end) is not None


def _told_apart(text: str, first: str, start: int) -> str:
    """The words before a passage that tell it from places that begin alike, within its line."""
    line = text[:start].rsplit("\n", 1)[-1] or text[:start].rstrip("\n").rsplit("\n", 1)[-1]
    words = [match.start() for match in re.finditer(r"\S+", line)]
    for number in range(1, min(MOST_WORDS, len(words)) + 1):
        prefix = line[words[-number] :].strip()
        if not _stands(text, f"{prefix} {first}", start + len(first) - 1):
            return prefix
    return ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _encoded(text: str) -> str:
    """What is given, with all that has a meaning in a directive by its number; `-` too."""
    return quote(text, safe="").replace("-", "%2D")
