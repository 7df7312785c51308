"""The division of a text into words, for search; their letters are plain (`letters.py`).

A text is divided at all that is neither a letter nor a digit; between letters and digits, so that
`T-55`, `T55` and `T 55` are the same two words; and between the characters of scripts that write no
space between words, and of Korean, whose particles are written on to the word:

>>> divided("T55s, 北朝鮮の武器, 북한은, CO₂, 12⁴ rockets").text
't 55 s, 北 朝 鮮 の 武 器, 북 한 은, co 2, 12 4 rockets'
>>> asked("T-55"), asked("북한")
(['t 55'], ['북 한'])

What is written as one word elsewhere stands for those words as well, and so does a designation
whose beginning is not repeated:

>>> for alias in sorted(aliases("The T-54/55 of the al-Qa'ida; 1,500 co-workers.")):
...     print(*alias, sep=": ")
1500: 1 500
alqaida: al qa ida
coworkers: co workers
qaida: qa ida
t 55: t 54 55
>>> asked("Ba'th"), asked("1,500")
(['ba th', 'bath'], ['1 500', '1500'])
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from targetmarkets.text.folding import Folded, fold, rewritten
from targetmarkets.text.letters import plain
from targetmarkets.text.raised import RAISED, UP

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSPACED: Final = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
"""Scripts that write no space between words."""

_DIVIDED: Final = re.compile(rf"\d+|{UNSPACED.pattern}|[\uac00-\ud7a3]")
"""What is a word of its own, whatever stands beside it."""

_RAISED: Final = "".join(map(re.escape, sorted(RAISED)))

_APOSTROPHES: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)+")
_COMPOUNDS: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)+")
_NUMBERS: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:[,.']\d{3})+(?![\d]|[.,]\d)")
_DESIGNATIONS: Final = re.compile(r"([^\W\d_]{1,5})([- ]?)(\d{1,4})((?:/-?\d{1,4})+)(?!\d)")


_TYPED: Final = str.maketrans("‘’“”–—\xa0", "''\"\"-- ")
_SIMPLE_WORD: Final = re.compile("[a-z]+|[0-9]+")
_BROKEN: Final = re.compile(r"-\s*\n")


def _simple(text: str) -> str | None:
    """A text as it is typed, where it has no letter but those of ASCII: most have none. None of
    others, and of those in which a hyphen at the end of a line may be none.
    """
    typed = text.translate(_TYPED)
    if not typed.isascii() or _BROKEN.search(typed):
        return None
    return typed.lower()


def divided(text: str) -> Folded:
    """A text as it is searched: plain words with something between them."""
    folded = fold(text, case=True, joined=True)
    if changed := "".join(c for c in set(folded.text) if c in RAISED or plain(c) != c):
        one_by_one = "".join(map(re.escape, sorted(set(changed) - RAISED))) or UP[0]
        pattern = re.compile(f"[{_RAISED}]+|[{one_by_one}]")
        folded = rewritten(folded, pattern, _letters)
    return rewritten(folded, _DIVIDED, _apart)


def _letters(match: re.Match[str]) -> str:
    """A letter as it is plain, or what is raised, apart from what it is raised beside."""
    letters = plain(match[0])
    return f" {letters}" if match[0][0] in RAISED else letters


def _apart(match: re.Match[str]) -> str:
    """A word of its own, apart from the letters and digits beside it."""
    text, (start, end) = match.string, match.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    joined_before = before.isalnum() and not _DIVIDED.match(before)
    return (" " if joined_before else "") + match[0] + (" " if after.isalnum() else "")


def asked(words: str) -> list[str]:
    """What is looked for by a word or phrase as it is typed: the words in order, and the same with
    what is written together in some texts and apart in others.
    """
    typed = fold(words, joined=True).text
    forms = [typed, re.sub(r"(?<=\w)['’](?=\w)|(?<=\d)[,.](?=\d{3})", "", plain(typed))]
    forms.append(re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "", forms[-1]))
    return list(dict.fromkeys(filter(None, map(words_in, forms))))


def aliases(text: str) -> Iterator[tuple[str, str]]:
    """Words by which something of a text can be asked for that are not so written there, each with
    those that are.
    """
    letters = _simple(text) or plain(fold(text, joined=True).text)
    for pattern in _APOSTROPHES, _COMPOUNDS, _NUMBERS:
        for match in pattern.finditer(letters):
            yield re.sub(r"\W", "", match[0]), words_in(match[0])
    for match in _DESIGNATIONS.finditer(letters):
        name, _, first, more = match.groups()
        numbers = re.findall(r"\d+", more)
        for at, number in enumerate(numbers):
            yield f"{name} {number}", " ".join([name, first, *numbers[: at + 1]])


def words_in(text: str) -> str:
    """The words of a text, with one blank between them."""
    if (simple := _simple(text)) is not None:
        return " ".join(_SIMPLE_WORD.findall(simple))
    return " ".join(re.findall(r"[^\W_]+", divided(text).text))
