"""List the objects of a knowledge base: choose by filters, sort, limit. Pure functions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, get_args

from targetmarkets.classify import Classifier, evidence_kind
from targetmarkets.compose import Composer
from targetmarkets.errors import UsageError
from targetmarkets.fields import OBJECTS, choose, value_at
from targetmarkets.models import Claim, Customer
from targetmarkets.names import resolve, resolve_term
from targetmarkets.records import AnyRecord
from targetmarkets.store import KnowledgeBase, Object
from targetmarkets.vocabulary import (
    ACTIVITY_TYPES,
    CERTAINTIES,
    CERTAINTY_ORDER,
    EVIDENCE_KINDS,
    REGIONS,
    CustomerKind,
)

Kind = Literal["customers", "categories", "activities", "sources"]
"""What can be listed."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


def as_kind(name: str) -> Kind:
    """The kind of list that is meant. Raises `UsageError`."""
    known = resolve_term(name, KINDS, "list of")
    return next(kind for kind in KINDS if kind == known)


class Filters(NamedTuple):
    """What to choose. Several values of one filter mean either; different filters mean both."""

    category: Sequence[str] = ()
    customer: Sequence[str] = ()
    kind: Sequence[str] = ()
    region: Sequence[str] = ()
    activity: Sequence[str] = ()
    certainty: Sequence[str] = ()
    evidence: Sequence[str] = ()
    source: Sequence[str] = ()

    def given(self) -> list[str]:
        """Names of the filters that have a value."""
        return [name for name in self._fields if getattr(self, name)]

    def resolved(self, kb: KnowledgeBase) -> "Filters":
        """The same with every name replaced by the id or term that it means.

        Raises `RequestError` for a name that means nothing, or several things.
        """
        regions = list(dict.fromkeys([*REGIONS, *REGIONS.values()]))
        return Filters(
            category=[resolve(name, kb.categories, "category").id for name in self.category],
            customer=[resolve(name, kb.customers, "customer").id for name in self.customer],
            kind=[resolve_term(t, get_args(CustomerKind), "kind of customer") for t in self.kind],
            region=[resolve_term(term, regions, "region") for term in self.region],
            activity=[resolve_term(t, ACTIVITY_TYPES, "type of activity") for t in self.activity],
            certainty=[resolve_term(term, CERTAINTIES, "certainty") for term in self.certainty],
            evidence=[resolve_term(t, EVIDENCE_KINDS, "kind of evidence") for t in self.evidence],
            source=[resolve(name, kb.sources, "source").id for name in self.source],
        )


APPLICABLE: Final[Mapping[Kind, frozenset[str]]] = {
    "customers": frozenset(Filters._fields),
    "categories": frozenset({"category", "customer"}),
    "activities": frozenset(Filters._fields),
    "sources": frozenset({"category", "customer", "evidence", "source"}),
}
"""The filters that mean something for each kind of list."""


def select(
    kb: KnowledgeBase,
    kind: Kind,
    filters: Filters,
    *,
    sort: str | None = None,
    reverse: bool = False,
    limit: int | None = None,
) -> list[AnyRecord]:
    """Records of one kind that pass the filters, the first `limit` of them.

    Without a field to sort by, customers come by category, and everything as the file has it.
    Filters choose records and never trim them. Raises `RequestError`.
    """
    choose(sort, OBJECTS[kind])
    if wrong := [name for name in filters.given() if name not in APPLICABLE[kind]]:
        useful = ", ".join(f"--{name}" for name in sorted(APPLICABLE[kind]))
        raise UsageError(f"--{wrong[0]} does not apply to {kind}", f"these apply: {useful}")
    composer = Composer(kb)
    selection = _Selection(kb, composer.classifier, filters.resolved(kb))
    chosen: Mapping[Kind, Callable[[], Iterable[Object]]] = {
        "customers": selection.customers,
        "categories": selection.categories,
        "activities": selection.activities,
        "sources": selection.sources,
    }
    records = [composer.record(item) for item in chosen[kind]()]
    return _sorted(records, sort, reverse=reverse)[:limit]


class _Selection:
    """The objects of a knowledge base that pass resolved filters."""

    def __init__(self, kb: KnowledgeBase, classifier: Classifier, filters: Filters) -> None:
        self.kb = kb
        self.classifier = classifier
        self.filters = filters

    def customers(self) -> list[Customer]:
        """Customers, by category; `certainty`, `evidence` and `source` speak of the
        classification that puts each where it is.
        """
        order = {category: index for index, category in enumerate(self.kb.categories)}
        chosen = [c for c in self.kb.content.customers if self._customer(c)]
        return sorted(
            chosen, key=lambda c: order.get(self.classifier.of[c.id].category or "", len(order))
        )

    def _customer(self, customer: Customer) -> bool:
        classification = self.classifier.of[customer.id]
        basis = [classification.basis] if classification.basis else []
        done = {
            claim.activity.type
            for claim in self.kb.claims_about.get(customer.id, ())
            if claim.activity and claim.scope == "individual"
            if claim.status == "accepted" and claim.stance == "asserted"
        }
        return (
            self._matches("customer", {customer.id})
            and self._matches("category", {classification.category or ""})
            and self._matches("kind", {customer.kind})
            and self._matches("region", {customer.region, REGIONS[customer.region]})
            and self._matches("activity", done)
            and self._claim_matches(basis)
        )

    def categories(self) -> list[Object]:
        """Categories; `customer` chooses the one that a customer is in."""
        return [
            category
            for category in self.kb.content.categories
            if self._matches("category", {category.id})
            and self._matches("customer", self.classifier.members[category.id])
        ]

    def activities(self) -> list[Claim]:
        """Claims of kind activity; every filter speaks of the claim and of those it is about."""
        return [
            claim
            for claim in self._claims()
            if claim.activity
            and self._matches("activity", {claim.activity.type})
            and self._claim_matches([claim])
        ]

    def sources(self) -> list[Object]:
        """Sources; `customer` and `category` choose those that claims about them rest on, and
        `evidence` those that are quoted from, or only referred to.
        """
        narrowed = self.filters.customer or self.filters.category
        used = {id_ for claim in self._claims() for id_ in self.kb.sources_of(claim)}
        return [
            source
            for source in self.kb.content.sources
            if (not narrowed or source.id in used)
            and self._matches("source", {source.id})
            and self._matches(
                "evidence", {"quoted" if self.kb.quotes_from.get(source.id) else "referenced"}
            )
        ]

    def _claims(self) -> Iterable[Claim]:
        """Accepted claims about customers and categories that pass."""
        for claim in self.kb.content.claims:
            about = set(claim.about)
            customers = [self.kb.customers[id_] for id_ in claim.about if id_ in self.kb.customers]
            categories = about | {
                self.classifier.of[id_].category or "" for id_ in about if id_ in self.classifier.of
            }
            if (
                claim.status == "accepted"
                and self._matches("customer", about)
                and self._matches("category", categories)
                and self._matches("kind", {c.kind for c in customers})
                and self._matches(
                    "region", {r for c in customers for r in (c.region, REGIONS[c.region])}
                )
            ):
                yield claim

    def _claim_matches(self, claims: Sequence[Claim]) -> bool:
        """Whether `certainty`, `evidence` and `source` hold of one of the claims, if given."""
        asked = self.filters.certainty or self.filters.evidence or self.filters.source
        return not asked or any(
            self._matches("certainty", {claim.certainty})
            and self._matches("evidence", {evidence_kind(claim)})
            and self._matches("source", self.kb.sources_of(claim))
            for claim in claims
        )

    def _matches(self, name: str, values: Iterable[str]) -> bool:
        wanted = getattr(self.filters, name)
        return not wanted or not set(wanted).isdisjoint(values)


def _sorted(records: list[AnyRecord], field: str | None, *, reverse: bool) -> list[AnyRecord]:
    """Records by a field, certainties by how sure they are; what has no value comes last."""
    if field is None:
        return records[::-1] if reverse else records
    known = [record for record in records if value_at(record, field) is not None]
    missing = [record for record in records if value_at(record, field) is None]
    known.sort(key=lambda record: _sort_key(value_at(record, field)), reverse=reverse)
    return known + missing


def _sort_key(value: Any) -> Any:
    """What a value is sorted by: text without regard to case, a list by its length."""
    match value:
        case str():
            rank = CERTAINTY_ORDER.index(value) if value in CERTAINTY_ORDER else 0
            return rank, value.casefold()
        case bool() | int():
            return value
        case Sequence():
            return len(value)
    return value.model_dump_json()
