"""Citations in a paragraph, as pandoc has them: keys, each with its locator.

>>> text = "So says @nknews-2015 [line 14]; see [@un-s-2014-147, paras. 3–5; @a, {p. 7}]."
>>> [(cited.key, cited.label, cited.value) for cited in citations(text)]
[('nknews-2015', 'line', '14'), ('un-s-2014-147', 'paragraph', '3–5'), ('a', 'page', '7')]
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.model.vocabulary import LOCATOR_ABBREVIATIONS, LocatorLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEY: Final = (
    r"@(?:\{(?P<braced>[^{}\s]{1,200})\}"
    r"|(?P<key>[A-Za-z0-9_]+(?:(?:--|[:.#$%&\-+?<>~/])[A-Za-z0-9_]+)*))"
)
_CITED: Final = re.compile(rf"(?<![\w@./])-?{_KEY}")
_GROUP: Final = re.compile(r"\[([^\[\]@]{0,200}@[^\[\]]{0,400})\]")
_AFTER: Final = re.compile(r"\s?\[([^\[\]@]{1,200})\]")
"""What stands in brackets behind a key that has none: `@key [p. 3]`."""

_MORE: Final[dict[LocatorLabel, tuple[str, ...]]] = {
    "page": ("pp", "pages", "page", "p"),
    "line": ("lines", "line", "ll", "l"),
    "paragraph": ("paragraphs", "paragraph", "paras", "para", "¶¶", "¶"),
    "section": ("sections", "section", "secs", "sec", "§§", "§"),
    "chapter": ("chapters", "chapter", "chaps", "chap", "ch"),
    "note": ("notes", "note", "nn", "n"),
    "figure": ("figures", "figure", "figs", "fig"),
}
_LABELS: Final[dict[str, LocatorLabel]] = {
    word: label
    for label, words in (
        *((label, (short.rstrip("."), label)) for label, short in LOCATOR_ABBREVIATIONS.items()),
        *_MORE.items(),
    )
    for word in words
}
_NUMBER: Final = r"[0-9]+[a-z]?|[ivxlcdm]+"
_LABEL: Final = "|".join(sorted(map(re.escape, _LABELS), key=len, reverse=True))
_LOCATOR: Final = re.compile(
    rf"[,\s]*\{{?\s*(?:(?P<label>{_LABEL})"
    rf"\.?\s*)?(?P<value>(?:{_NUMBER})(?:\s*[-–]\s*(?:{_NUMBER}))?"
    rf"(?:,\s*(?:{_NUMBER})(?:\s*[-–]\s*(?:{_NUMBER}))?)*)(?![\w])",
    re.IGNORECASE,
)


class Cited(NamedTuple):
    """A key in a paragraph, with the place in the work that is given for it."""

    key: str
    start: int
    """Where the citation begins in the paragraph: its bracket, if it has one."""
    end: int
    """The character after its last."""
    label: LocatorLabel | None = None
    """What the place is: a page, a line; None where no place is given."""
    value: str = ""
    """Which it is."""
    bracketed: bool = True
    """Whether it stands in brackets, so that it can be nothing but a citation."""

    @property
    def shown(self) -> str:
        """The key with its place, in few words."""
        place = f", {LOCATOR_ABBREVIATIONS[self.label]} {self.value}" if self.label else ""
        return f"@{self.key}{place}"

    def numbers(self) -> set[str]:
        """The numbers of its place, each of a range."""
        found: set[str] = set()
        for part in re.split(r",\s*", self.value):
            first, *last = re.split(r"\s*[-–]\s*", part)
            found.add(first)
            if last and first.isdecimal() and last[0].isdecimal():
                end = last[0] if len(last[0]) >= len(first) else first[: -len(last[0])] + last[0]
                found |= {str(n) for n in range(int(first), min(int(end), int(first) + 500) + 1)}
            found.update(last)
        return {number.casefold() for number in found}


@lru_cache(64)
def citations(text: str) -> tuple[Cited, ...]:
    """The citations of a paragraph, in order."""
    return tuple(sorted(_citations(text), key=lambda cited: cited.start))


def _citations(text: str) -> Iterator[Cited]:
    groups: list[tuple[int, int]] = []
    for group in _GROUP.finditer(text):
        matches = list(_CITED.finditer(group[1]))
        if not matches or text[group.end() : group.end() + 1] == "(":
            continue
        groups.append(group.span())
        ends = [*(match.start() for match in matches[1:]), len(group[1])]
        for match, end in zip(matches, ends, strict=True):
            suffix = group[1][match.end() : end].partition(";")[0]
            label, value = _locator(suffix)
            yield Cited(_key(match), *group.span(), label, value)
    for match in _CITED.finditer(text):
        if any(start <= match.start() < end for start, end in groups):
            continue
        after = _AFTER.match(text, match.end())
        label, value = _locator(after[1]) if after else (None, "")
        last = after.end() if after and label else match.end()
        bracketed = bool(after and label)
        yield Cited(_key(match), match.start(), last, label, value, bracketed)


def _key(match: re.Match[str]) -> str:
    return match["braced"] or match["key"]


def _locator(suffix: str) -> tuple[LocatorLabel | None, str]:
    """What stands behind a key, as a place; no label where it is none. A bare number is a page."""
    if suffix.lstrip().startswith("{}"):
        return None, ""
    match = _LOCATOR.match(suffix)
    if not match or (match["label"] is None and not match["value"][0].isdigit()):
        return None, ""
    label = _LABELS[match["label"].lower()] if match["label"] else "page"
    return label, match["value"]
