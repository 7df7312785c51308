"""What the filters of lists look at: by the name of a filter, the values that choose an object."""

from collections.abc import Callable, Iterable, Mapping

from targetmarkets.kb.classify import Classifier, evidence_kind, layer
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.lookup import Item
from targetmarkets.model.objects import Claim, Customer
from targetmarkets.model.vocabulary import REGIONS

Facets = Mapping[str, Callable[[Item], Iterable[str]]]
"""By the name of a filter: the values of it that choose an object."""


def claim_facets(kb: Knowledge, classifier: Classifier) -> Facets[Claim]:
    """What filters of claims look at."""

    def customers(claim: Claim) -> list[Customer]:
        return [kb.customers[id_] for id_ in claim.about if id_ in kb.customers]

    def regions(claim: Claim) -> set[str]:
        return {name for c in customers(claim) for name in (c.region, REGIONS[c.region])}

    return {
        "customer": lambda claim: claim.about,
        "category": classifier.categories,
        "kind": lambda claim: {claim.kind, *(c.kind for c in customers(claim))},
        "region": regions,
        "activity": lambda claim: {claim.activity.type} if claim.activity else (),
        "certainty": lambda claim: {claim.certainty},
        "evidence": lambda claim: {evidence_kind(claim)},
        "source": kb.sources_of,
        "layer": lambda claim: {layer(claim)},
        "scope": lambda claim: {claim.scope} if claim.scope else (),
        "stance": lambda claim: {claim.stance},
        "status": lambda claim: {claim.status},
    }


def customer_facets(kb: Knowledge, classifier: Classifier) -> Facets[Customer]:
    """What filters of customers look at: certainty, evidence and source are those of the
    classification that puts each where it is, activities those asserted of it alone.
    """

    def basis(customer: Customer) -> list[Claim]:
        claim = classifier.of(customer.id).basis
        return [claim] if claim else []

    def activities(customer: Customer) -> set[str]:
        return {
            claim.activity.type
            for claim in kb.claims_about(customer.id)
            if claim.activity and claim.scope == "individual"
            if claim.status == "accepted" and claim.stance == "asserted"
        }

    def category(customer: Customer) -> Iterable[str]:
        category = classifier.of(customer.id).category
        return {category} if category else ()

    return {
        "customer": lambda customer: {customer.id},
        "category": category,
        "kind": lambda customer: {customer.kind},
        "region": lambda customer: {customer.region, REGIONS[customer.region]},
        "activity": activities,
        "certainty": lambda customer: {claim.certainty for claim in basis(customer)},
        "evidence": lambda customer: {evidence_kind(claim) for claim in basis(customer)},
        "source": lambda customer: {s for c in basis(customer) for s in kb.sources_of(c)},
    }
