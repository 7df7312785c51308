"""How far a knowledge base goes: whose customers it holds, how many, and how late its sources are.

All but one thing follows from what it holds; `covers` in the file says the rest.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from targetmarkets.kb.knowledge import Knowledge

MOST: Final = 0.9
"""The share of the dated sources that is told apart from the latest ones."""


class Extent(NamedTuple):
    """What a knowledge base covers."""

    customers: int
    """How many customers it holds."""
    whose: str | None
    """Whose they are, in words that follow their number; None where the file does not say."""
    sources: int
    """Sources that somebody here read."""
    latest: int | None
    """The year of the latest of them; None where none has a date."""
    most: int | None
    """The year by which most of those with a date had appeared."""

    def __str__(self) -> str:
        """It in words: `14 customers, those of one book; sources to 2023, nine in ten to 2017`."""
        return f"{self.held}; {self.dated}" if self.dated else self.held

    @property
    def held(self) -> str:
        """Its customers, in words."""
        number = f"{self.customers:,}" if self.customers else "no"
        customers = f"{number} customer{'' if self.customers == 1 else 's'}"
        return f"{customers}, {self.whose}" if self.whose else customers

    @property
    def dated(self) -> str | None:
        """How late its sources are, in words."""
        if self.latest is None:
            return None
        earlier = f", nine in ten to {self.most}" if self.most != self.latest else ""
        return f"sources to {self.latest}{earlier}"


def extent(kb: Knowledge) -> Extent:
    """How far a knowledge base goes. A work that nobody here read says nothing of how late."""
    read = [source for source in kb.sources.values() if source.read]
    dates = [source.bibliography.issued for source in read]
    years = sorted(date.date_parts[-1][0] for date in dates if date and date.date_parts)
    return Extent(
        customers=len(kb.customers),
        whose=kb.covers,
        sources=len(read),
        latest=years[-1] if years else None,
        most=years[ceil(MOST * len(years)) - 1] if years else None,
    )
