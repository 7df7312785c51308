"""What is shown of a text that was found: the words that match, and what stands around them."""

from collections.abc import Mapping, Sequence
from typing import Final

from targetmarkets.kb.store.engine import Match, Unit
from targetmarkets.kb.words import JOINT
from targetmarkets.model.types import FoundIn
from targetmarkets.records.hits import HitRecord

MATCHES_SHOWN_WITHIN: Final = 240
"""Code points of a long text within which its matches are shown, where they are densest."""

SHOWN_AROUND_MATCHES: Final = 80
"""Code points that are shown before and after them."""

_SAID: Final = frozenset({"statement", "event"})
"""What of a claim is told without a word for what it is."""


def where_found(
    parts: Mapping[FoundIn, str], matches: Sequence[Match]
) -> tuple[str, list[Match], tuple[FoundIn, ...]]:
    """The statement of a claim and what else of it holds a match, with the matches in it, and the
    words for what holds one. What is not said by a source stands behind the word for what it is.
    """
    text, placed, found_in, start = "", list[Match](), list[FoundIn](), 0
    for part, words in parts.items():
        end = start + len(words)
        inside = [(max(a, start), min(b, end)) for a, b in matches if a < end and b > start]
        if inside:
            found_in.append(part)
        if inside or part == "statement":
            text += JOINT if text else ""
            text += "" if part in _SAID else f"{part}: "
            placed += [(a - start + len(text), b - start + len(text)) for a, b in inside]
            text += words
        start = end + len(JOINT)
    return text, placed, tuple(found_in)


def show(unit: Unit, text: str, matches: Sequence[Match]) -> HitRecord:
    """The words that were found; of a long text, the part where the matches are densest."""
    start, end = _excerpt(text, matches)
    excerpt = text[start:end]
    shown = [(a - start, b - start) for a, b in matches if start <= a and b <= end]
    marked, at = "…" if text[:start].strip() else "", 0
    for first, last in shown:
        marked += f"{excerpt[at:first]}⟦{excerpt[first:last]}⟧"
        at = last
    marked += excerpt[at:] + ("…" if text[end:].strip() else "")
    placed = unit.kind in {"quote", "text"}
    return HitRecord(
        kind=unit.kind,
        id=unit.id,
        excerpt=excerpt,
        matches=tuple(shown),
        marked=marked,
        start=unit.start + start if placed else None,
        end=unit.start + end if placed else None,
    )


def _excerpt(text: str, matches: Sequence[Match]) -> Match:
    """Where to cut a text for showing it: between words, and without white space at the ends."""
    start, end = 0, len(text)
    if end > MATCHES_SHOWN_WITHIN + 2 * SHOWN_AROUND_MATCHES:
        first, last = _densest(matches)
        if first > SHOWN_AROUND_MATCHES:
            start = (
                text.find(" ", first - SHOWN_AROUND_MATCHES, first) + 1
                or first - SHOWN_AROUND_MATCHES
            )
        if last + SHOWN_AROUND_MATCHES < end:
            end = text.rfind(" ", last, last + SHOWN_AROUND_MATCHES)
            end = last + SHOWN_AROUND_MATCHES if end < 0 else end
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


def _densest(matches: Sequence[Match]) -> Match:
    """The first stretch of at most `MATCHES_SHOWN_WITHIN` code points that holds the most matches,
    or the first match if it is longer.
    """
    best, left = (0, 0), 0
    for right in range(len(matches)):
        while left < right and matches[right][1] - matches[left][0] > MATCHES_SHOWN_WITHIN:
            left += 1
        if right - left > best[1] - best[0]:
            best = left, right
    return matches[best[0]][0], matches[best[1]][1]
