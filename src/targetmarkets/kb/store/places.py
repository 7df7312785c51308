"""Where an object stands among the others: a number that leaves room between two of them."""

from typing import Final

from targetmarkets.model.types import LISTS

BITS: Final = 59
"""Bits of a place within its list; the number of the list stands above them."""

ROOM: Final = 1 << 34
"""How far one object stands from the next where a file is copied in."""

STEP: Final = 1 << 20
"""How far behind another a new one stands, so that others can follow it."""

WIDE: Final = 1 << 10
"""A gap of which half is room for more than the next few."""

_NUMBERS: Final = {name: number for number, name in enumerate(LISTS)}


def stretch(list_: str) -> tuple[int, int]:
    """The places of a list: the first of them, and the first of the next list."""
    number = _NUMBERS[list_]
    return number << BITS, (number + 1) << BITS


def nth(list_: str, index: int) -> int:
    """The place of an object of a list that is filled in order."""
    return stretch(list_)[0] + (index + 1) * ROOM


def behind(place: int, following: int) -> int | None:
    """A place behind one, and before the following one; None where there is no room. It leaves more
    behind it than before: what comes next mostly follows it.
    """
    gap = following - place
    return place + max(1, min(STEP, gap // 4)) if gap > 1 else None
