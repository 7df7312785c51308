"""List the objects of a knowledge base: choose by filters, sort, limit. Pure functions."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, Literal, NamedTuple, get_args

from targetmarkets.errors import UsageError, shorten
from targetmarkets.kb.classify import Classifier
from targetmarkets.kb.facets import Facets, claim_facets, customer_facets
from targetmarkets.kb.knowledge import Knowledge, Wanted
from targetmarkets.kb.lookup import Item
from targetmarkets.kb.resolve import resolve, resolve_term
from targetmarkets.model.edtf import days, is_period
from targetmarkets.model.objects import Claim, Customer, Quote, Stored
from targetmarkets.model.vocabulary import (
    ACTIVITY_TYPES,
    CERTAINTIES,
    CLAIM_KINDS,
    CUSTOMER_KINDS,
    EVIDENCE_KINDS,
    LAYERS,
    REGIONS,
    SCOPES,
    STANCES,
    STATUSES,
)
from targetmarkets.records.compose import Composer
from targetmarkets.records.fields import OBJECTS, choose, value_at
from targetmarkets.records.objects import AnyRecord

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
    items = list(find(composer, kind, filters))
    if not order:  # what is cut off need not be composed
        items = (items[::-1] if reverse else items)[:limit]
        return [composer.record(item) for item in items]
    records = [composer.record(item) for item in items]
    return _sorted(records, order, reverse=reverse)[:limit]


def find(composer: Composer, kind: Kind, filters: Filters) -> Iterable[Stored]:
    """Objects of one kind that pass the filters. Raises `RequestError`."""
    kb = composer.kb
    if wrong := [name for name in filters.given() if name not in APPLICABLE[kind]]:
        useful = ", ".join(f"--{name}" for name in sorted(APPLICABLE[kind]))
        raise UsageError(f"--{wrong[0]} does not apply to {kind}", f"these apply: {useful}")
    kinds = [*CUSTOMER_KINDS, *(CLAIM_KINDS if kind in {"claims", "findings"} else ())]
    selection = _Selection(kb, composer.classifier, filters.resolved(kb, kinds))
    chosen: Mapping[Kind, Callable[[], Iterable[Stored]]] = {
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
        facets = customer_facets(self.kb, self.classifier)
        chosen = _passing(partial(self.kb.with_filters, Customer), facets, self._wanted(facets))
        order = {category: index for index, category in enumerate(self.kb.categories)}
        return sorted(
            chosen, key=lambda c: order.get(self.classifier.of(c.id).category or "", len(order))
        )

    def categories(self) -> list[Stored]:
        """Categories; `customer` chooses the one that a customer is in."""
        return [
            category
            for category in self.kb.categories.values()
            if self._matches("category", {category.id})
            and self._matches("customer", self.classifier.members(category.id))
        ]

    def groups(self) -> list[Stored]:
        """Groups; `customer` chooses those that name a customer, `category` those equated with
        it.
        """
        return [
            group
            for group in self.kb.groups.values()
            if self._matches("customer", group.members)
            and self._matches("category", {self.classifier.of(group.id).category or ""})
        ]

    def claims(self, *more: tuple[str, Sequence[str]]) -> list[Claim]:
        """Claims; every filter speaks of the claim and of those it is about."""
        facets = claim_facets(self.kb, self.classifier)
        statuses = self.filters.status or ["accepted"]
        chosen = _passing(
            partial(self.kb.with_filters, Claim), facets, [*self._wanted(facets), *more]
        )
        return [c for c in chosen if c.status in statuses and self._overlaps(c.period)]

    def activities(self) -> list[Claim]:
        """Claims of kind activity."""
        return self.claims(("kind", ["activity"]))

    def findings(self) -> list[Claim]:
        """Claims about the trade, the supplier, the sanctions or the book: about no customer,
        category or group.
        """
        return [claim for claim in self.claims() if not claim.about]

    def quotes(self) -> list[Quote]:
        """Quotations, in the order of the sources and of their texts; `customer` and `category`
        choose those that claims about them rest on.
        """
        if self._narrowed:
            concerning = self._concerning()
            used = {item.quote for claim in concerning for item in claim.evidence if item.quote}
            quotes = [self.kb.quotes[id_] for id_ in used]
        else:
            sources = dict.fromkeys(self.filters.source or self.kb.sources)
            quotes = [quote for id_ in sources for quote in self.kb.quotes_from(id_)]
        place = self.kb.position
        chosen = [quote for quote in quotes if self._matches("source", {quote.source})]
        return sorted(chosen, key=lambda q: (place(q.source), q.start, q.end, place(q.id)))

    def sources(self) -> list[Stored]:
        """Sources; `customer` and `category` choose those that claims about them rest on, and
        `evidence` those that are quoted from, or only referred to.
        """
        ids = set(self.filters.source or self.kb.sources)
        if self._narrowed:
            ids &= {id_ for claim in self._concerning() for id_ in self.kb.sources_of(claim)}
        quoted = self.kb.quotes_from
        return [
            self.kb.sources[id_]
            for id_ in sorted(ids, key=self.kb.position)
            if self._matches("evidence", {"quoted" if quoted(id_) else "referenced"})
        ]

    @property
    def _narrowed(self) -> bool:
        return bool(self.filters.customer or self.filters.category)

    def _concerning(self) -> Iterable[Claim]:
        """Accepted claims about the customers and categories that are asked for."""
        asked = Filters(customer=self.filters.customer, category=self.filters.category)
        return _Selection(self.kb, self.classifier, asked).claims()

    def _overlaps(self, period: str | None) -> bool:
        """Whether a claim's period may share a day with one that is asked for."""
        if not self.filters.period:
            return True
        asked = map(days, self.filters.period)
        return period is not None and any(days(period).overlaps(other) for other in asked)

    def _matches(self, name: str, values: Iterable[str]) -> bool:
        wanted = getattr(self.filters, name)
        return not wanted or not set(wanted).isdisjoint(values)

    def _wanted(self, facets: Collection[str]) -> Wanted:
        """The filters that are given and of which some facets know."""
        return [
            (name, getattr(self.filters, name)) for name in facets if name in self.filters.given()
        ]


def _passing(
    candidates: Callable[[Wanted], Iterable[Item]], facets: Facets[Item], wanted: Wanted
) -> list[Item]:
    """The candidates that have one of the values wanted of each facet."""
    asked = [(facets[name], frozenset(values)) for name, values in wanted]
    return [
        item
        for item in candidates(wanted)
        if all(not values.isdisjoint(facet(item)) for facet, values in asked)
    ]


def _checked_period(period: str) -> str:
    if not is_period(period):
        message = f"{shorten(period)} is no date or interval in EDTF"
        raise UsageError(message, "write it as 2009, 2009-07, 2009/2013 or 2013/..")
    return period


def _sorted(records: list[AnyRecord], fields: Sequence[str], *, reverse: bool) -> list[AnyRecord]:
    """Records by some fields, certainties by how sure they are; what has no value comes last."""
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
