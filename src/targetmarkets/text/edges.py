r"""Whether an end of a passage falls within a word, and which word that is.

Words are those of Unicode's UAX 29: `don’t`, `1,500` and `12.5` are one each. Beyond it, what says
something else when it is cut is whole, by the rules in `RULES`:

>>> for text, part in (
...     ("He paid −1 500 dollars.", "500"),
...     ("It sent 10–20 units.", "20"),
...     ("It cost US$12.5 million.", "12.5"),
...     ("It sold non-lethal goods.", "lethal"),
...     ("It sold non-\nlethal goods.", "lethal"),
...     ("It is unlikely.", "likely"),
... ):
...     at = text.index(part)
...     print([text[slice(*word)] for word in cut_words(text, at, at + len(part))])
['−1 500']
['10–20']
['US$12.5 million']
['non-lethal']
['non-\nlethal']
['unlikely']

A script that writes no space between words is exempt, and so is what follows a full stop that
lacks its space, and what stands before the `’s` that tells whose something is:

>>> cut_words("北朝鮮の武器輸出", 4, 6), cut_words("It was sold.The firm paid.", 12, 15)
([], [])
>>> cut_words("It is Syria’s army.", 6, 11)
[]

Beside what could not be read nobody knows where a word begins: `20` may be part of `10–20`.

>>> cut_words("It sent 10\N{REPLACEMENT CHARACTER}20 units.", 11, 13)
[(8, 13)]
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import category

from targetmarkets.text.notes import is_note
from targetmarkets.text.raised import DOWN, RAISED, UP
from targetmarkets.text.words import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import regex

    from targetmarkets.text.breaks import AsRead

MAX_LENGTH_LOOKED_AT: Final = 24
"""Characters on each side of an offset that tell whether a word goes on there."""

MAX_WORD_LENGTH: Final = 100
"""Characters of a word that are shown, to each side of where it is cut."""

_UNREAD: Final = "\ufffd"
"""What stands where a reader of documents could read nothing: `model.gaps.UNREAD`."""

_CURRENCY: Final = "$¢£¤¥֏؋৲৳૱௹฿៛₠-⃀﷼﹩＄￠￡￥￦"
_FRACTION: Final = "¼½¾⅐-⅞"
_DASH: Final = f"[-\u2010-\u2015\u2212{_UNREAD}]"
"""Between two numbers, also what could not be read."""
_SPACED_DASH: Final = f"[-\u2010-\u2013\u2212{_UNREAD}]"
"""The same between blanks, where a longer one parts a sentence."""
_HYPHEN: Final = "[-\u2010\u2011\u2013]"
"""What makes one word of two: an en dash as well, in `Iran–Iraq`, and no longer one."""
_SIGN: Final = "[-+\u2212\u2013±~≈<>≤≥]"
_SEPARATOR: Final = "[,.'’;:/·\u066b\u066c\xa0\u2007\u2009\u202f]"
_GROUP_END: Final = r"(?: ?\n| )"
_GROUPS: Final = rf"(?<![\d.,])\d{{1,3}}(?:{_GROUP_END}\d{{3}})*"
"""Groups of digits with blanks between them; a line may end there."""
_SPACE: Final = r"[^\S\f]{1,3}"
_LINE_END: Final = r"[\r\n\f]\s{0,3}"
_MAGNITUDE: Final = (
    r"(?:(?:hundred|thousand|million|billion|trillion|lakh|crore|dozen)s?|mn|bn|tn|m|k)(?!\w)"
)
_NUMERAL: Final = (
    rf"(?:\d[{_FRACTION}]?|[{_FRACTION}]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|[a-z]{3,6}teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
    r"|million|several|few|half a))"
)
_SUSPENDED: Final = r"(?!(?:and|or|to|nor|und|oder|et|ou|y|o|e)\b)"
"""No hyphen stands for the rest of a word, as in `pre- and post-war`."""


class Rule(NamedTuple):
    """What makes a word go on where UAX 29 ends it."""

    before: str
    """What stands before the offset, up to it."""
    after: str
    """What stands after it."""


RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "separators of a number": (
        Rule(r"\d", rf"{_SEPARATOR}\d"),
        Rule(rf"\d{_SEPARATOR}", r"\d"),
        Rule(_GROUPS, rf"{_GROUP_END}\d{{3}}(?!\d)"),
        Rule(rf"{_GROUPS} ", r"\n\d{3}(?!\d)"),
        Rule(rf"{_GROUPS}{_GROUP_END}", r"\d{3}(?!\d)"),
        Rule(r"(?:^|\s)\.", r"\d"),
        Rule(r"\d", f"[{_FRACTION}]"),
    ),
    "signs of a number": (
        Rule(rf"(?:^|[\s(\[]){_SIGN}", rf"[{_CURRENCY}]?\.?\d"),
        Rule(rf"[{_CURRENCY}]\s{{0,2}}", r"\s{0,2}\.?\d"),
        Rule(r"\b[A-Z]{1,3}", rf"[{_CURRENCY}]\s{{0,2}}\.?\d"),
        Rule(r"\d", rf"\s{{0,2}}[%‰°]|[{_CURRENCY}](?!\d)"),
        Rule(r"\d\s{1,2}", r"\s?[%‰°]"),
    ),
    "ranges": (
        Rule(r"\d%?", rf"{_DASH}\s{{0,2}}[{_CURRENCY}]?\d"),
        Rule(rf"\d%?{_DASH}\s{{0,2}}", rf"\s{{0,2}}[{_CURRENCY}]?\d"),
        Rule(r"\d%?", rf"\s{_SPACED_DASH}\s[{_CURRENCY}]?\d"),
        Rule(r"\d%?\s", rf"{_SPACED_DASH}\s[{_CURRENCY}]?\d"),
        Rule(rf"\d%?\s{_SPACED_DASH}", rf"\s[{_CURRENCY}]?\d"),
        Rule(rf"\d%?\s{_SPACED_DASH}\s", rf"[{_CURRENCY}]?\d"),
        Rule(r"(?<![\w-])\d{1,3}0", r"['’]s(?!\w)"),
        Rule(r"(?<![\w-])\d{1,3}0['’]", r"s(?!\w)"),
    ),
    "units of magnitude": (
        Rule(_NUMERAL, rf"{_SPACE}{_MAGNITUDE}"),
        Rule(rf"{_NUMERAL}{_SPACE}", _MAGNITUDE),
        Rule(r"\bhalf", rf"{_SPACE}an? {_MAGNITUDE}"),
        Rule(rf"\bhalf{_SPACE}", rf"an? {_MAGNITUDE}"),
        Rule(r"\d", "[万萬億亿兆百千만억조천백]"),
    ),
    "compounds": (
        Rule(r"\w", rf"{_HYPHEN}(?:{_LINE_END}{_SUSPENDED})?\w"),
        Rule(rf"\w{_HYPHEN}", rf"(?:{_LINE_END}{_SUSPENDED})?\w"),
        Rule(rf"\w{_HYPHEN}{_LINE_END}", rf"{_SUSPENDED}\w"),
    ),
}
"""By name: the numbers with what changes them, and the compounds, that are whole."""

_TELLING: Final = re.compile(rf"[\d{_FRACTION}\u2010-\u2013-]|{_MAGNITUDE}", re.IGNORECASE)
"""Without one of these nearby, no rule applies."""

_NEARBY: Final = 12
"""Characters on each side that hold it."""


def cut_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words within which a passage begins and ends, whole; none where it cuts none."""
    words = [_word_at(text, at) for at in (start, end) if within_word(text, at)]
    return list(dict.fromkeys(words))


def words_cut(text: AsRead, start: int, end: int) -> list[str]:
    """The same words, in the text as it is read; for what is passed over in that, as it stands."""
    inner = text.inner(start), text.inner(end)
    if text.read[slice(*inner)].strip():
        return [text.read[slice(*word)] for word in cut_words(text.read, *inner)]
    return [text.text[slice(*word)] for word in cut_words(text.text, start, end)]


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A passage with the words that it cuts, whole."""
    spans = [(start, end), *cut_words(text, start, end)]
    return min(first for first, _ in spans), max(last for _, last in spans)


def within_word(text: str, at: int) -> bool:
    """Whether an offset falls within a word or a number that may not be cut there."""
    return _goes_on(text, at) and not _POSSESSIVE.match(text, at)


def _goes_on(text: str, at: int) -> bool:
    """Whether a word or a number goes on at an offset."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isascii() and after.isascii() and before.isalpha() and after.isalpha():
        return True
    if not (before.isspace() or after.isspace()) and _joined(text, at):
        return True
    if not _TELLING.search(text, max(0, at - _NEARBY), at + _NEARBY):
        return False
    left = text[max(0, at - MAX_LENGTH_LOOKED_AT) : at]
    return any(before.search(left) and after.match(text, at) for before, after in _compiled())


def _joined(text: str, at: int) -> bool:
    """Whether UAX 29 has a word there, or something raised belongs to what stands before it."""
    before, after = text[at - 1], text[at]
    if _UNREAD in before + after:
        return True
    if after in RAISED:
        return before in RAISED or not is_note(text, at)
    if before == UP[0] or before == DOWN[0]:
        return True
    if UNSPACED.search(before + after) or _is_sentence_end(text, at):
        return False
    start = max(0, at - MAX_LENGTH_LOOKED_AT)
    around = text[start : at + MAX_LENGTH_LOOKED_AT]
    return category(before)[0] in "LMNPC" and not _boundary().match(around, at - start)


def _is_sentence_end(text: str, at: int) -> bool:
    """Whether a sentence ends there without a blank: `sold.The` is two words."""
    found = _UNSPACED_END.search(text, max(0, at - 3), at + 2)
    return found is not None and found[1].isupper()


_POSSESSIVE: Final = re.compile(r"(?<=[^\W\d_])['’]s(?![\w'’-])")
"""What is written on to a word whole in itself. What stands before it can be quoted alone: no other
word begins so, but for a shortened `is` or `has`, before which a passage may end as well.
"""

_UNSPACED_END: Final = re.compile(r"[^\W\d_]{2}[.:]([^\W\d_])")


@cache
def _compiled() -> Sequence[tuple[re.Pattern[str], re.Pattern[str]]]:
    """The rules as patterns of what stands before and after an offset."""
    return [
        (re.compile(rf"(?:{rule.before})\Z", re.IGNORECASE), re.compile(rule.after, re.IGNORECASE))
        for rules in RULES.values()
        for rule in rules
    ]


@cache
def _boundary() -> regex.Pattern[str]:
    """A pattern for what UAX 29 calls a boundary of words."""
    import regex  # only a passage needs it

    return regex.compile(r"\b", regex.WORD | regex.VERSION1)


def _word_at(text: str, at: int) -> tuple[int, int]:
    """The word within which an offset falls."""
    start = end = at
    while at - start < MAX_WORD_LENGTH and _goes_on(text, start):
        start -= 1
    while end - at < MAX_WORD_LENGTH and _goes_on(text, end):
        end += 1
    return start, end
