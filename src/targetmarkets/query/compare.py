"""Customers side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.errors import UsageError
from targetmarkets.kb.resolve import resolve
from targetmarkets.query.ranking import strength_of
from targetmarkets.records.pictures import ComparisonRecord, Told
from targetmarkets.records.summing import outcomes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.compose import Composer
    from targetmarkets.records.customers import CustomerRecord

STRONGEST: Final = 3
"""Claims that are shown for their evidence."""


def compare(composer: Composer, names: Iterable[str]) -> list[ComparisonRecord]:
    """Two or more customers, each by what is said of it alone. Raises `RequestError`."""
    customers = {
        customer.id: customer
        for name in names
        for customer in [resolve(name, composer.kb.customers, "customer")]
    }
    if len(customers) < 2:
        message = "it takes two customers to compare, and this is one"
        raise UsageError(message, "name another: tm compare iran syria")
    return [_comparison(composer, composer.customer(item)) for item in customers.values()]


def _comparison(composer: Composer, record: CustomerRecord) -> ComparisonRecord:
    own = (*record.classifications, *record.activities, *record.claims, *record.denied)
    basis = record.category_basis
    sources = composer.shared.sources({id_ for claim in own for id_ in claim.sources})
    overview = record.overview
    return ComparisonRecord(
        id=record.id,
        name=record.name,
        category=record.category,
        category_conflict=record.category_conflict,
        classification=next(
            (_told(c) for c in record.classifications if basis and c.id == basis.claim), None
        ),
        drivers=_best(composer, (c for c in record.claims if c.kind == "driver")),
        supplies=overview.supplies,
        events=overview.events,
        outcomes=outcomes(record.activities),
        strongest=_best(composer, record.activities)[:STRONGEST],
        contested=overview.contested,
        together=overview.together,
        quoted=overview.quoted,
        independent_sources=composer.shared.origins(sources),
        claims=tuple(claim.id for claim in own),
        sources=sources,
    )


def _best(composer: Composer, claims: Iterable[ClaimRecord]) -> tuple[Told, ...]:
    """Claims in short, those with the strongest evidence first."""
    key = composer.shared
    ranked = sorted(claims, key=lambda claim: strength_of(key, [claim]), reverse=True)
    return tuple(map(_told, ranked))


def _told(claim: ClaimRecord) -> Told:
    return Told(
        id=claim.id,
        statement=claim.statement,
        certainty=claim.certainty,
        hedge=claim.hedge,
        known=claim.known,
        said_by=claim.said_by,
        disputed=bool(claim.denied_by or claim.conflicts_with),
        sources=claim.sources,
    )
