"""What a table for people shows of a customer, without its whole record.

The names are those of the record, so that the same table is made of either. These are no models:
to build those takes longer than to fill a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from targetmarkets.kb.classify import evidence_kind, known
from targetmarkets.records.occurrences import kinds, last_event
from targetmarkets.records.origins import origins
from targetmarkets.records.wording import show_voice

if TYPE_CHECKING:
    from targetmarkets.kb.filtering import View
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.objects import Claim, Customer
    from targetmarkets.model.vocabulary import Certainty, EvidenceKind


class BasisBrief(NamedTuple):
    """Of the classification that puts a customer in its category."""

    certainty: Certainty
    hedge: str | None
    evidence: EvidenceKind
    known: str
    said_by: str
    sources: tuple[str, ...]
    quoted_sources: tuple[str, ...]


class OverviewBrief(NamedTuple):
    """Of the overview of a customer."""

    kinds: tuple[str, ...]
    last: str | None
    independent_sources: int


class CustomerBrief(NamedTuple):
    """Of a customer."""

    id: str
    name: str
    aliases: tuple[str, ...]
    category: str | None
    category_basis: BasisBrief | None
    category_conflict: bool
    overview: OverviewBrief


def brief(view: View, customer: Customer) -> CustomerBrief:
    """A customer in brief, from what is said of it alone."""
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
    return CustomerBrief(
        id=customer.id,
        name=customer.name,
        aliases=customer.aliases,
        category=classification.category,
        category_basis=_basis(kb, basis) if basis else None,
        category_conflict=classification.conflict,
        overview=OverviewBrief(
            kinds=kinds(asserted),
            last=last_event(asserted),
            independent_sources=origins(kb, {id_ for claim in own for id_ in kb.sources_of(claim)}),
        ),
    )


def _basis(kb: Knowledge, claim: Claim) -> BasisBrief:
    quoted = (kb.quotes[item.quote].source for item in claim.evidence if item.quote)
    return BasisBrief(
        certainty=claim.certainty,
        hedge=claim.hedge,
        evidence=evidence_kind(claim),
        known=known(claim),
        said_by=show_voice(claim.speakers),
        sources=tuple(kb.sources_of(claim)),
        quoted_sources=tuple(dict.fromkeys(quoted)),
    )
