"""What claims tell of: the events that they speak of, what was supplied in them, and when."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeVar

from targetmarkets.model.activities import describe_kind
from targetmarkets.model.edtf import days, latest_date, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from targetmarkets.model.objects import Claim
    from targetmarkets.records.claims import ClaimRecord

C = TypeVar("C", "Claim", "ClaimRecord")

_NO_KIND: Final = describe_kind("unspecified", "unspecified")
"""What dealings are called of which neither goods nor form are given."""


def kinds(claims: Iterable[Claim | ClaimRecord]) -> tuple[str, ...]:
    """Kinds of goods and services of which activities tell, in words."""
    told: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.activity and not claim.negative:
            told[describe_kind(claim.activity.goods, claim.activity.form)] |= occurrences([claim])
    return tuple(sorted(told, key=lambda kind: (kind == _NO_KIND, -len(told[kind]), kind)))


def last_event(claims: Iterable[Claim | ClaimRecord]) -> str | None:
    """When the latest dated supply or service was, with an event or without. An end that is open
    says nothing.
    """
    told: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        if claim.activity and not claim.negative and claim.period:
            told[claim.event or claim.id].append(claim.period)
    dated = [period for periods in told.values() if (period := span(periods))]
    return max(dated, key=lambda period: days(latest_date(period)).last, default=None)


def what_happened(claims: Sequence[C]) -> Sequence[C]:
    """Of the claims of an event those that tell of what was supplied and how it ended, where there
    are any: what others say of it is no surer for that.
    """
    told = [claim for claim in claims if not claim.negative]
    return [claim for claim in told if claim.activity] or told or claims


def occurrences(claims: Iterable[Claim | ClaimRecord]) -> set[str]:
    """The events that claims speak of, and the claims that speak of none."""
    return {claim.event or claim.id for claim in claims}
