"""Text with the marks of CSL-JSON for italics, bold, small capitals, and what stands raised or
lowered: `The <i>Chong Chon Gang</i>`, `10<sup>6</sup>`. A mark that has no other is text.

>>> plain('The <i>Chong Chon Gang</i> and <span class="nocase">the</span> 10<sup>6</sup> < 2<i>')
'The Chong Chon Gang and the 10⁶ < 2<i>'
"""

import re
from typing import Final, NamedTuple

from targetmarkets.text.raised import DOWN, UP

_TAG: Final = (
    r"<(?:(?P<end>/)(?P<closing>i|b|sup|sub|sc|span)|(?P<opening>i|b|sup|sub|sc)"
    r"|span (?:class=(?P<q>[\"'])(?P<class>nocase)(?P=q)"
    r"|style=(?P<r>[\"'])font-variant: ?(?P<style>small-caps);?(?P=r)))>"
)
"""Compiled where it is needed: few texts have a mark."""

_PLACED: Final = {
    "sup": (str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾"), UP),
    "sub": (str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"), DOWN),
}


class Mark(NamedTuple):
    """A pair of marks in a text."""

    kind: str
    """`i`, `b`, `sup`, `sub`, `sc` or `nocase`."""
    opening: re.Match[str]
    closing: re.Match[str]


def marks(text: str) -> list[Mark]:
    """The pairs of marks that lie in one another, in the order of their ends."""
    if "</" not in text:
        return []
    pairs: list[Mark] = []
    opened: list[re.Match[str]] = []
    for tag in re.finditer(_TAG, text):
        if not tag["end"]:
            opened.append(tag)
        elif opened and _name(opened[-1]) == tag["closing"]:
            opening = opened.pop()
            kind = "sc" if opening["style"] else opening["class"] or opening["opening"]
            pairs.append(Mark(kind, opening, tag))
        else:
            opened.clear()
    return pairs


def plain(text: str) -> str:
    """A text without its marks; what is raised or lowered as in documents that are read."""
    pairs = marks(text)
    tags = {mark.opening.start(): (mark.opening, "") for mark in pairs}
    tags |= {mark.closing.start(): (mark.closing, mark.kind) for mark in pairs}
    pieces, end = [""], 0
    for start in sorted(tags):
        tag, closed = tags[start]
        pieces[-1] += text[end:start]
        end = tag.end()
        if closed:
            inner = pieces.pop()
            pieces[-1] += placed(inner, closed) if closed in _PLACED else inner
        else:
            pieces.append("")
    return pieces[0] + text[end:]


def placed(text: str, kind: str) -> str:
    """What is raised (`sup`) or lowered (`sub`): by Unicode's own characters, or half brackets."""
    table, around = _PLACED[kind]
    moved = text.translate(table)
    if all(ord(character) in table for character in text):
        return moved
    return f"{around[0]}{text}{around[1]}"


def _name(opening: re.Match[str]) -> str:
    return opening["opening"] or "span"
