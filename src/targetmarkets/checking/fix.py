"""Correct quotations in a draft: where one passage is meant, and nothing was lost that weighs.

A hedge or a negation that a draft lost is never put back by a machine: the sentence around it was
written without, and a person decides what it is to say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.checking.verdict import judge
from targetmarkets.errors import UsageError
from targetmarkets.formats.citations.as_pandoc import escape_markdown
from targetmarkets.text.notes import without_notes

if TYPE_CHECKING:
    from targetmarkets.checking.check import Checker, Quoted
    from targetmarkets.checking.draft import Draft

_NEVER: Final = frozenset({"splice", "part of a word"})
"""Ways to alter a passage that leave open what was meant."""

MIN_LIKENESS: Final = 0.75
"""Likeness to the one passage from which on that was meant."""


class Fixed(NamedTuple):
    """A draft with its quotations corrected."""

    text: str
    corrected: int
    left: int
    """Quotations that are altered, and were left for a person."""


def fixed(checker: Checker, draft: Draft) -> Fixed:
    """A draft with the source's words in the place of altered ones.

    Raises `UsageError` for one that is no text.
    """
    if draft.source is None:
        message = f"{draft.name} is {draft.kind}, and --fix writes texts alone"
        raise UsageError(message, "correct it by hand: the report has the passages")
    found, _ = checker.quoted(draft)
    changes: list[tuple[int, int, str]] = []
    left = 0
    for quoted in found:
        known = [s for s in map(checker.standings.source, (c.key for c in quoted.cited)) if s]
        finding = judge(checker.library, quoted.text, known)
        if finding.verdict != "altered":
            continue
        sure = (
            not finding.lost
            and not finding.rivals
            and finding.kind not in _NEVER
            and finding.likeness >= MIN_LIKENESS
            and (not known or finding.places[0].source in known)
        )
        stretch = quoted.block.stretch(quoted.start, quoted.end)
        if not sure or stretch is None or not _plain(draft, quoted, stretch):
            left += 1
            continue
        source, start, end = finding.places[0]
        words = " ".join(without_notes(checker.library.texts[source][start:end]).split())
        changes.append((*stretch, _set(words, quoted, draft)))
    text = draft.source
    for start, end, words in sorted(changes, reverse=True):
        text = text[:start] + words + text[end:]
    return Fixed(text, len(changes), left)


def _plain(draft: Draft, quoted: Quoted, stretch: tuple[int, int]) -> bool:
    """Whether a quotation has no mark-up within, which would be lost."""
    assert draft.source is not None
    written = re.sub(r"\n[ \t>]*", "\n", draft.source[slice(*stretch)])
    shown = re.sub(r"\n[ \t>]*", "\n", quoted.text)
    return written.replace("\\", "") == shown.replace("\\", "")


def _set(words: str, quoted: Quoted, draft: Draft) -> str:
    """The source's words with inner marks that do not end the quotation."""
    mark = quoted.block.text[quoted.start - 1 : quoted.start]
    if mark in {"“", "”", "„", '"'}:
        words = words.replace("“", "‘").replace("”", "’").replace('"', "'")
    elif mark in {"‘", "'"}:
        words = words.replace("‘", "“")
    last = quoted.text.rstrip()[-1:]
    if last in ".,;:" and not words.endswith((".", ",", ";", ":", "!", "?")):
        words += last
    return escape_markdown(words) if draft.kind == "Markdown" else words
