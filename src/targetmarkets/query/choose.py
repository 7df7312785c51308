"""Choose the objects of a knowledge base by filters. No record is composed for it."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from targetmarkets.errors import UsageError, shorten
from targetmarkets.kb.classify import Classifier
from targetmarkets.kb.facets import facets
from targetmarkets.kb.filtering import View
from targetmarkets.kb.filters import FILTERS, Filters
from targetmarkets.kb.knowledge import some_at_a_time
from targetmarkets.kb.lookup import Item, fold_name
from targetmarkets.kb.periods import LIES, Lie
from targetmarkets.kb.resolve import resolve_term
from targetmarkets.model.objects import Claim, Customer, Quote, Source
from targetmarkets.model.types import KINDS, LIST_OF, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from targetmarkets.kb.knowledge import Knowledge, Wanted
    from targetmarkets.model.stored import Stored
    from targetmarkets.records.briefs import Cite, CustomerBrief


def as_kind(name: str) -> Kind:
    """The kind of list that is meant. Raises `UsageError`."""
    plurals = {fold_name(word): plural for word, plural in LIST_OF.items()}
    if plural := plurals.get(fold_name(name)):
        raise UsageError(f"there is no list of {shorten(name)}", f"did you mean {plural}?")
    known = resolve_term(name, KINDS, "list of")
    return next(kind for kind in KINDS if kind == known)


def briefs(
    kb: Knowledge,
    filters: Filters,
    *,
    reverse: bool = False,
    limit: int | None = None,
    cite: Cite | None = None,
) -> list[CustomerBrief]:
    """The customers of `select`, no more of each than the usual columns show; a table for people
    does without what `cite` gives.
    """
    if not reverse:
        return list(briefly(kb, filters, limit, cite))
    return list(briefly(kb, filters, None, cite))[::-1][:limit]


def briefly(
    kb: Knowledge, filters: Filters, limit: int | None = None, cite: Cite | None = None
) -> Iterator[CustomerBrief]:
    """The same in their order, one after the other."""
    from targetmarkets.records.briefs import brief  # records do without it

    view = View(kb, Classifier(kb))
    items = islice(choosing(view, "customers", filters), limit)
    return (brief(view, item, cite) for item in items if isinstance(item, Customer))


class ByTime(NamedTuple):
    """How what passes filters lies to the time that is asked for."""

    times: tuple[str, ...]
    """The time in EDTF; several, of which any will do."""
    ids: Mapping[Lie, Sequence[str]]
    """Ids by how they lie to it, what is left out included."""


def chosen(view: View, kind: Kind, filters: Filters) -> list[Stored]:
    """Objects of one kind that pass the filters; where a time is asked for, what lies inside it
    before the rest. Raises `RequestError`.
    """
    return list(choosing(view, kind, filters))


def choosing(view: View, kind: Kind, filters: Filters) -> Iterator[Stored]:
    """The same, one after the other; what is wrong with the filters is raised before the first."""
    resolved = filters.resolved(view.kb, kind)
    parts = resolved.apart().values() or [resolved]
    return (item for part in parts for item in _of_kind(view, kind, part))


def by_time(kb: Knowledge, kind: Kind, filters: Filters) -> ByTime | None:
    """How what passes the filters lies to the time that is asked for; None where none is.

    Raises `RequestError`.
    """
    if not filters.of_time:
        return None
    view = View(kb, Classifier(kb))
    every = Filters(**{**filters, "dated": list(LIES)}).resolved(kb, kind)
    return ByTime(
        tuple(dict.fromkeys(asked.partition(" ")[2] for asked in every["dated"])),
        {
            way: [item.id for item in _of_kind(view, kind, part)]
            for way, part in every.apart().items()
        },
    )


def _of_kind(view: View, kind: Kind, filters: Filters) -> Iterable[Stored]:
    """Objects of one kind that pass resolved filters."""
    selection = _Selection(view, filters)
    parts: Mapping[Kind, Callable[[], Iterable[Stored]]] = {
        "customers": selection.customers,
        "activities": selection.activities,
        "claims": selection.claims,
        "findings": selection.findings,
        "quotes": selection.quotes,
        "sources": selection.sources,
    }
    return parts[kind]() if kind in parts else selection.listed(kind)


class _Selection:
    """The objects of a knowledge base that pass resolved filters."""

    def __init__(self, view: View, filters: Filters) -> None:
        self.view = view
        self.kb = view.kb
        self.filters = filters

    def customers(self) -> Iterator[Customer]:
        """Customers, by category. Their ids are put in order, and not they: there may be many."""
        asked = self._asked("customers")
        candidates = self._classified(self.kb.with_filters(Customer, _exact(asked)))
        of = self.view.classifier.of
        order: dict[str | None, list[str]] = {category: [] for category in self.kb.categories}
        order[None] = []
        for customer in self._passing("customers", candidates, asked):
            order.get(of(customer.id).category, order[None]).append(customer.id)
        for chunk in some_at_a_time(chain.from_iterable(order.values())):
            yield from (c for c in self.kb.several(chunk) if isinstance(c, Customer))

    def _classified(self, customers: Iterable[Customer]) -> Iterator[Customer]:
        """The same customers; what sorts some of them is looked up at once."""
        for chunk in some_at_a_time(customers):
            self.kb.lead_ahead(("classifications",), (customer.id for customer in chunk))
            yield from chunk

    def listed(self, list_: str) -> Iterator[Stored]:
        """The objects of a list of the file."""
        return self._passing(list_, self.kb.among([list_]).values(), self._asked(list_))

    def claims(self, *more: tuple[str, Sequence[str]]) -> Iterator[Claim]:
        """Claims, those with `more` alone."""
        asked = [*self._asked("claims"), *more]
        return self._passing("claims", self.kb.with_filters(Claim, _exact(asked)), asked)

    def activities(self) -> Iterator[Claim]:
        """Claims of kind activity."""
        return self.claims(("kind", ["activity"]))

    def findings(self) -> Iterator[Claim]:
        """Claims about the trade, the supplier, the sanctions or the book: about no customer,
        category or group.
        """
        return (claim for claim in self.claims() if not claim.about)

    def quotes(self) -> list[Quote]:
        """Quotations, in the order of the sources and of their texts."""
        claims = self._resting_claims("quotes")
        if claims is None:
            quoted = self.filters.get("source") or [source.id for source in self.kb.archived]
            quotes = [q for id_ in dict.fromkeys(quoted) for q in self.kb.quotes_from(id_)]
        else:
            used = {item.quote for claim in claims for item in claim.evidence if item.quote}
            quotes = [q for q in self.kb.several(used) if isinstance(q, Quote)]
        place = self.kb.order
        passing = self._passing("quotes", quotes, self._asked("quotes"))
        return sorted(passing, key=lambda q: (place(q.source), q.start, q.end, place(q.id)))

    def sources(self) -> Iterator[Source]:
        """Sources."""
        claims = self._resting_claims("sources")
        if claims is None and "source" not in self.filters:
            return self._passing("sources", self.kb.sources.values(), self._asked("sources"))
        ids = set(self.filters.get("source", self.kb.sources))
        if claims is not None:
            ids &= {id_ for claim in claims for id_ in self.kb.sources_of(claim)}
        in_order = sorted(self.kb.several(ids), key=lambda source: self.kb.order(source.id))
        sources = [source for source in in_order if isinstance(source, Source)]
        return self._passing("sources", sources, self._asked("sources"))

    def _asked(self, list_: str) -> Wanted:
        """The filters that look at the objects of a list, with what is asked for."""
        return [(name, self.filters[name]) for name in self.filters if FILTERS[name].facet(list_)]

    def _resting_claims(self, list_: str) -> list[Claim] | None:
        """The claims that pass the filters which do not look at the objects of a list, but at
        the claims that rest on them; None where there are no such filters.
        """
        others = {n: values for n, values in self.filters.items() if not FILTERS[n].facet(list_)}
        return list(_Selection(self.view, Filters(**others)).claims()) if others else None

    def _passing(self, list_: str, candidates: Iterable[Item], asked: Wanted) -> Iterator[Item]:
        """Those objects of a list that have what is asked for, or what is usual."""
        looks = facets(list_, self.view)
        usual = [
            (name, FILTERS[name].usual)
            for name in looks
            if FILTERS[name].usual and name not in self.filters
        ]
        tests = [(looks[name], FILTERS[name].takes.fitting(ids)) for name, ids in [*asked, *usual]]
        return (item for item in candidates if all(fits(look(item)) for look, fits in tests))


def _exact(asked: Wanted) -> Wanted:
    """What a store can look up, of what is asked for."""
    return [(name, values) for name, values in asked if FILTERS[name].takes.exact]
