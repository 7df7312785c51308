"""What a table for people shows of a customer, without its whole record.

The names are those of the record, so that the same table is made of either. These are no models:
to build those takes longer than to fill a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from targetmarkets.kb.classify import evidence_kind, known
from targetmarkets.model.activities import describe_kind
from targetmarkets.model.edtf import days, latest_date, span
from targetmarkets.records.origins import origins
from targetmarkets.records.wording import show_voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from targetmarkets.kb.filtering import View
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.objects import Claim, Customer
    from targetmarkets.model.vocabulary import Certainty, EvidenceKind
    from targetmarkets.records.claims import ClaimRecord

C = TypeVar("C", "Claim", "ClaimRecord")

_NO_KIND: Final = describe_kind("unspecified", "unspecified")
"""What dealings are called of which neither goods nor form are given."""


class BasisGlance(NamedTuple):
    """Of the classification that puts a customer in its category."""

    certainty: Certainty
    hedge: str | None
    evidence: EvidenceKind
    known: str
    said_by: str
    sources: tuple[str, ...]
    quoted_sources: tuple[str, ...]
    citation: str | None
    """None where nobody asked for it."""


class OverviewGlance(NamedTuple):
    """Of the overview of a customer."""

    kinds: tuple[str, ...]
    last: str | None
    independent_sources: int
    sources: tuple[str, ...]


class CustomerGlance(NamedTuple):
    """Of a customer."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    region: str
    category: str | None
    category_basis: BasisGlance | None
    category_conflict: bool
    activity_types: tuple[str, ...]
    overview: OverviewGlance


FIELDS: Final = frozenset(
    {
        *(name for name in CustomerGlance._fields if name not in {"category_basis", "overview"}),
        *(f"category_basis.{name}" for name in BasisGlance._fields),
        *(f"overview.{name}" for name in OverviewGlance._fields),
    }
)
"""The fields of a customer that are there, by the names that they have in its record."""

Cite = Callable[["Claim"], str]
"""Gives the citation of a claim."""


def glance(view: View, customer: Customer, cite: Cite | None = None) -> CustomerGlance:
    """A customer at a glance, from what is said of it alone."""
    kb = view.kb
    classification = view.classifier.of(customer.id)
    alone = [
        claim
        for claim in kb.claims_about(customer.id)
        if claim.status == "accepted"
        if claim.scope == "individual" and claim.kind != "classification"
    ]
    asserted = [claim for claim in alone if claim.stance == "asserted"]
    own = (*classification.claims, *alone)
    basis = classification.basis
    used = {id_ for claim in own for id_ in kb.sources_of(claim)}
    sources = tuple(sorted(used, key=kb.order))
    return CustomerGlance(
        id=customer.id,
        name=customer.name,
        aliases=customer.aliases,
        kind=customer.kind,
        region=customer.region,
        category=classification.category,
        category_basis=_basis(kb, basis, cite) if basis else None,
        category_conflict=classification.conflict,
        activity_types=tuple(sorted({c.activity.type for c in asserted if c.activity})),
        overview=OverviewGlance(
            kinds=kinds(asserted),
            last=last_event(asserted),
            independent_sources=origins(kb, sources),
            sources=sources,
        ),
    )


def _basis(kb: Knowledge, claim: Claim, cite: Cite | None) -> BasisGlance:
    quoted = (kb.quotes[item.quote].source for item in claim.evidence if item.quote)
    return BasisGlance(
        certainty=claim.certainty,
        hedge=claim.hedge,
        evidence=evidence_kind(claim),
        known=known(claim),
        said_by=show_voice(claim.speakers),
        sources=tuple(kb.sources_of(claim)),
        quoted_sources=tuple(dict.fromkeys(quoted)),
        citation=cite(claim) if cite else None,
    )


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
