"""List the objects of a knowledge base: choose by filters, sort, limit. Pure functions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, Literal, NamedTuple, get_args

from targetmarkets.classify import Classifier, evidence_kind
from targetmarkets.compose import Composer, layer
from targetmarkets.errors import UsageError
from targetmarkets.fields import OBJECTS, choose, value_at
from targetmarkets.models import Claim, Customer, is_period
from targetmarkets.names import resolve, resolve_term, shorten
from targetmarkets.periods import days
from targetmarkets.records import AnyRecord
from targetmarkets.store import Knowledge, Object
from targetmarkets.vocabulary import (
    ACTIVITY_TYPES,
    CERTAINTIES,
    CLAIM_KINDS,
    EVIDENCE_KINDS,
    LAYERS,
    REGIONS,
    SCOPES,
    STANCES,
    STATUSES,
    CustomerKind,
)

CUSTOMER_KINDS: Final[tuple[CustomerKind, ...]] = get_args(CustomerKind)

Kind = Literal[
    "customers", "categories", "groups", "activities", "claims", "findings", "quotes", "sources"
]
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
    layer: Sequence[str] = ()
    scope: Sequence[str] = ()
    stance: Sequence[str] = ()
    status: Sequence[str] = ()
    period: Sequence[str] = ()

    def given(self) -> list[str]:
        """Names of the filters that have a value."""
        return [name for name in self._fields if getattr(self, name)]

    def resolved(self, kb: Knowledge, kinds: Sequence[str]) -> "Filters":
        """The same with every name replaced by the id or term that it means.

        `kinds` are those that the list knows.

        Raises `RequestError` for a name that means nothing, or several things.
        """
        regions = list(dict.fromkeys([*REGIONS, *REGIONS.values()]))
        return Filters(
            category=[resolve(name, kb.categories, "category").id for name in self.category],
            customer=[resolve(name, kb.customers, "customer").id for name in self.customer],
            kind=[resolve_term(term, kinds, "kind") for term in self.kind],
            region=[resolve_term(term, regions, "region") for term in self.region],
            activity=[resolve_term(t, ACTIVITY_TYPES, "type of activity") for t in self.activity],
            certainty=[resolve_term(term, CERTAINTIES, "certainty") for term in self.certainty],
            evidence=[resolve_term(t, EVIDENCE_KINDS, "kind of evidence") for t in self.evidence],
            source=[resolve(name, kb.sources, "source").id for name in self.source],
            layer=[resolve_term(term, LAYERS, "layer") for term in self.layer],
            scope=[resolve_term(term, SCOPES, "scope") for term in self.scope],
            stance=[resolve_term(term, STANCES, "stance") for term in self.stance],
            status=[resolve_term(term, STATUSES, "status") for term in self.status],
            period=[_checked_period(period) for period in self.period],
        )


_OF_CUSTOMERS = frozenset(
    {"category", "customer", "kind", "region", "activity", "certainty", "evidence", "source"}
)
_OF_CLAIMS = frozenset(Filters._fields)

APPLICABLE: Final[Mapping[Kind, frozenset[str]]] = {
    "customers": _OF_CUSTOMERS,
    "categories": frozenset({"category", "customer"}),
    "groups": frozenset({"category", "customer"}),
    "activities": _OF_CLAIMS,
    "claims": _OF_CLAIMS,
    "findings": _OF_CLAIMS - {"category", "customer", "region", "scope"},
    "quotes": frozenset({"category", "customer", "source"}),
    "sources": frozenset({"category", "customer", "evidence", "source"}),
}
"""The filters that mean something for each kind of list."""


def select(
    kb: Knowledge,
    kind: Kind,
    filters: Filters,
    *,
    sort: str | None = None,
    reverse: bool = False,
    limit: int | None = None,
    composer: Composer | None = None,
) -> list[AnyRecord]:
    """Records of one kind that pass the filters, the first `limit` of them.

    `sort` names fields, with commas; the first counts most. Without it, customers come by
    category, and everything as the file has it. Filters choose records and never trim them.
    Raises `RequestError`.
    """
    order = choose(sort, OBJECTS[kind])
    composer = composer or Composer(kb)
    records = [composer.record(item) for item in find(composer, kind, filters)]
    return _sorted(records, order, reverse=reverse)[:limit]


def find(composer: Composer, kind: Kind, filters: Filters) -> Iterable[Object]:
    """Objects of one kind that pass the filters. Raises `RequestError`."""
    kb = composer.kb
    if wrong := [name for name in filters.given() if name not in APPLICABLE[kind]]:
        useful = ", ".join(f"--{name}" for name in sorted(APPLICABLE[kind]))
        raise UsageError(f"--{wrong[0]} does not apply to {kind}", f"these apply: {useful}")
    kinds = [*CUSTOMER_KINDS, *(CLAIM_KINDS if kind in {"claims", "findings"} else ())]
    selection = _Selection(kb, composer.classifier, filters.resolved(kb, kinds))
    chosen: Mapping[Kind, Callable[[], Iterable[Object]]] = {
        "customers": selection.customers,
        "categories": selection.categories,
        "groups": selection.groups,
        "activities": selection.activities,
        "claims": selection.claims,
        "findings": selection.findings,
        "quotes": selection.quotes,
        "sources": selection.sources,
    }
    return chosen[kind]()


class _Selection:
    """The objects of a knowledge base that pass resolved filters."""

    def __init__(self, kb: Knowledge, classifier: Classifier, filters: Filters) -> None:
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

    def groups(self) -> list[Object]:
        """Groups; `customer` chooses those that name a customer, `category` those equated with
        it.
        """
        return [
            group
            for group in self.kb.content.groups
            if self._matches("customer", group.members)
            and self._matches("category", {self.classifier.of[group.id].category or ""})
        ]

    def claims(self) -> list[Claim]:
        """Claims; every filter speaks of the claim and of those it is about."""
        statuses = self.filters.status or ["accepted"]
        return [
            claim
            for claim in self.kb.content.claims
            if claim.status in statuses and self._concerns(claim) and self._says(claim)
        ]

    def activities(self) -> list[Claim]:
        """Claims of kind activity."""
        return [claim for claim in self.claims() if claim.activity]

    def findings(self) -> list[Claim]:
        """Claims about the trade, the supplier, the sanctions or the book: about no customer,
        category or group.
        """
        return [claim for claim in self.claims() if not claim.about]

    def quotes(self) -> list[Object]:
        """Quotations, in the order of the sources and of their texts; `customer` and `category`
        choose those that claims about them rest on.
        """
        used = {item.quote for claim in self._concerning() for item in claim.evidence}
        return [
            quote
            for source in self.kb.sources
            for quote in self.kb.quotes_from.get(source, ())
            if self._matches("source", {source}) and (not self._narrowed or quote.id in used)
        ]

    def sources(self) -> list[Object]:
        """Sources; `customer` and `category` choose those that claims about them rest on, and
        `evidence` those that are quoted from, or only referred to.
        """
        used = {id_ for claim in self._concerning() for id_ in self.kb.sources_of(claim)}
        return [
            source
            for source in self.kb.content.sources
            if (not self._narrowed or source.id in used)
            and self._matches("source", {source.id})
            and self._matches(
                "evidence", {"quoted" if self.kb.quotes_from.get(source.id) else "referenced"}
            )
        ]

    @property
    def _narrowed(self) -> bool:
        return bool(self.filters.customer or self.filters.category)

    def _concerning(self) -> Iterable[Claim]:
        """Accepted claims about the customers and categories that are asked for."""
        return (
            claim
            for claim in self.kb.content.claims
            if claim.status == "accepted" and self._concerns(claim)
        )

    def _concerns(self, claim: Claim) -> bool:
        """Whether a claim is about a customer, or of a category, kind or region, asked for."""
        customers = [self.kb.customers[id_] for id_ in claim.about if id_ in self.kb.customers]
        regions = {name for c in customers for name in (c.region, REGIONS[c.region])}
        return (
            self._matches("customer", claim.about)
            and self._matches("category", self.classifier.categories(claim))
            and self._matches("kind", {claim.kind, *(c.kind for c in customers)})
            and self._matches("region", regions)
        )

    def _says(self, claim: Claim) -> bool:
        """Whether what a claim says, and on whose word, is what is asked for."""
        return (
            self._matches("activity", {claim.activity.type} if claim.activity else ())
            and self._matches("layer", {layer(claim)})
            and self._matches("scope", {claim.scope or ""})
            and self._matches("stance", {claim.stance})
            and self._overlaps(claim.period)
            and self._claim_matches([claim])
        )

    def _overlaps(self, period: str | None) -> bool:
        """Whether a claim's period may share a day with one that is asked for."""
        if not self.filters.period:
            return True
        asked = map(days, self.filters.period)
        return period is not None and any(days(period).overlaps(other) for other in asked)

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


def _checked_period(period: str) -> str:
    if not is_period(period):
        message = f"{shorten(period)} is no date or interval in EDTF"
        raise UsageError(message, "write it as 2009, 2009-07, 2009/2013 or 2013/..")
    return period


def _sorted(records: list[AnyRecord], fields: Sequence[str], *, reverse: bool) -> list[AnyRecord]:
    """Records by some fields, certainties by how sure they are; what has no value comes last."""
    if not fields:
        return records[::-1] if reverse else records
    for field in reversed(fields):  # a stable sort: the first field is sorted by last
        known = [record for record in records if value_at(record, field) is not None]
        missing = [record for record in records if value_at(record, field) is None]
        known.sort(key=partial(_sort_key, field), reverse=reverse)
        records = known + missing
    return records


def _sort_key(field: str, record: AnyRecord) -> tuple[bool, int, str]:
    """What a record is sorted by: text without regard to case, a list by its length, and how sure
    a thing is by the order of certainties, what is quoted before what is only referred to.
    """
    value = value_at(record, field)
    name = field.rpartition(".")[2]
    match value:
        case str() if name in {"certainty", "known"}:
            certainty, comma, _ = value.partition(",")
            return bool(comma), [*map(str, CERTAINTIES)].index(certainty), ""
        case str():
            return False, 0, value.casefold()
        case int():
            return False, value, ""
        case Sequence():
            return False, len(value), ""
    return False, 0, value.model_dump_json()
