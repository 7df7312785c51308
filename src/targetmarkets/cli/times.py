"""What is said of a list for which a time is asked: what lies inside it, and what may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from targetmarkets.formats.interface import Part
from targetmarkets.formats.wording import show_period
from targetmarkets.kb.periods import DATED, LIES, Lie
from targetmarkets.records.fields import value_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from targetmarkets.query.choose import ByTime
    from targetmarkets.records.objects import ListedRecord

HEADINGS: dict[Lie, str] = {
    "inside": "{time}: wholly inside",
    "overlapping": "{time}: only overlapping; it began before, went on after, or has an open end",
    "undated": "Without a date",
}

COUNTED: dict[Lie, str] = {
    "inside": "{n} inside",
    "overlapping": "{n} only overlapping",
    "undated": "{n} undated",
}


def in_parts(records: Sequence[ListedRecord], time: ByTime) -> list[Part]:
    """Records by how they lie to the time that is asked for."""
    parts = []
    for way in LIES:
        ids = frozenset(time.ids.get(way, ()))
        if held := [record for record in records if value_at(record, "id") in ids]:
            parts.append(Part(_capital(HEADINGS[way].format(time=_words(time))), held))
    return parts


def told_of(time: ByTime, asked: Iterable[str]) -> tuple[str, str | None]:
    """How many lie to it in which way, those that are left out too; and what to do next, where
    there are several ways.

    `asked` are the ways that were asked for.
    """
    shown = set(asked) or set(DATED)
    counts = {way: COUNTED[way].format(n=len(time.ids.get(way, ()))) for way in LIES}
    within = ", ".join(count for way, count in counts.items() if way in shown)
    out = ", ".join(count for way, count in counts.items() if way not in shown)
    message = f"{_words(time)}: {within}" + (f"; left out: {out}" if out else "")
    held = [way for way in LIES if time.ids.get(way)]
    alone = f"one of them alone: {', '.join(f'--dated {way}' for way in held)}"
    return message, alone if held[1:] else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words(time: ByTime) -> str:
    return " or ".join(map(show_period, time.times))
