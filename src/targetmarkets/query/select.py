"""List the objects of a knowledge base: choose by filters, sort, limit. Pure functions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from targetmarkets.errors import UsageError, shorten
from targetmarkets.kb.facets import facets
from targetmarkets.kb.filtering import View
from targetmarkets.kb.filters import FILTERS, Filters
from targetmarkets.kb.knowledge import Knowledge, Wanted
from targetmarkets.kb.lookup import Item, fold_name
from targetmarkets.kb.resolve import resolve_term
from targetmarkets.model.objects import Claim, Customer, Quote, Source
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import KINDS, LIST_OF, Kind
from targetmarkets.model.vocabulary import CERTAINTIES
from targetmarkets.query import ranking
from targetmarkets.records.compose import Composer
from targetmarkets.records.fields import OBJECTS, choose, value_at
from targetmarkets.records.objects import AnyRecord


def as_kind(name: str) -> Kind:
    """The kind of list that is meant. Raises `UsageError`."""
    plurals = {fold_name(word): plural for word, plural in LIST_OF.items()}
    if plural := plurals.get(fold_name(name)):
        raise UsageError(f"there is no list of {shorten(name)}", f"did you mean {plural}?")
    known = resolve_term(name, KINDS, "list of")
    return next(kind for kind in KINDS if kind == known)


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

    `sort` names fields, with commas; the first counts most; `evidence` is no field, but how strong
    the evidence is, the strongest first. Without it, customers come by category, and everything as
    the file has it. Filters choose records and never trim them. Raises `RequestError`.
    """
    order = _order(sort, kind)
    composer = composer or Composer(kb)
    items = list(chosen(composer, kind, filters))
    if not order:  # what is cut off need not be composed
        items = (items[::-1] if reverse else items)[:limit]
        return [composer.record(item) for item in items]
    records = [composer.record(item) for item in items]
    return _sorted(composer, records, order, reverse=reverse)[:limit]


def _order(sort: str | None, kind: Kind) -> tuple[str, ...]:
    """What is sorted by, checked. Raises `UsageError`."""
    names = [name.strip() for name in sort.split(",")] if sort is not None else []
    fields = [name for name in names if name != ranking.EVIDENCE or kind not in ranking.RANKED]
    choose(",".join(fields) if fields else None, OBJECTS[kind])
    return tuple(names)


def explained(sort: str | None, kind: Kind) -> str | None:
    """How an order that is no field's ranks, in words; None where there is nothing to explain."""
    return (
        ranking.HOW if ranking.EVIDENCE in _order(sort, kind) and kind in ranking.RANKED else None
    )


def chosen(composer: Composer, kind: Kind, filters: Filters) -> Iterable[Stored]:
    """Objects of one kind that pass the filters. Raises `RequestError`."""
    view = View(composer.kb, composer.shared.classifier)
    selection = _Selection(view, filters.resolved(composer.kb, kind))
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

    def customers(self) -> list[Customer]:
        """Customers, by category."""
        asked = self._asked("customers")
        passing = self._passing("customers", self.kb.with_filters(Customer, _exact(asked)), asked)
        of = self.view.classifier.of
        order = {category: index for index, category in enumerate(self.kb.categories)}
        return sorted(passing, key=lambda c: order.get(of(c.id).category or "", len(order)))

    def listed(self, list_: str) -> list[Stored]:
        """The objects of a list of the file."""
        return self._passing(list_, self.kb.among([list_]).values(), self._asked(list_))

    def claims(self, *more: tuple[str, Sequence[str]]) -> list[Claim]:
        """Claims, those with `more` alone."""
        asked = [*self._asked("claims"), *more]
        return self._passing("claims", self.kb.with_filters(Claim, _exact(asked)), asked)

    def activities(self) -> list[Claim]:
        """Claims of kind activity."""
        return self.claims(("kind", ["activity"]))

    def findings(self) -> list[Claim]:
        """Claims about the trade, the supplier, the sanctions or the book: about no customer,
        category or group.
        """
        return [claim for claim in self.claims() if not claim.about]

    def quotes(self) -> list[Quote]:
        """Quotations, in the order of the sources and of their texts."""
        claims = self._resting_claims("quotes")
        if claims is None:
            sources = dict.fromkeys(self.filters.get("source", self.kb.sources))
            quotes = [quote for id_ in sources for quote in self.kb.quotes_from(id_)]
        else:
            used = {item.quote for claim in claims for item in claim.evidence if item.quote}
            quotes = [self.kb.quotes[id_] for id_ in used]
        place = self.kb.position
        passing = self._passing("quotes", quotes, self._asked("quotes"))
        return sorted(passing, key=lambda q: (place(q.source), q.start, q.end, place(q.id)))

    def sources(self) -> list[Source]:
        """Sources."""
        ids = set(self.filters.get("source", self.kb.sources))
        claims = self._resting_claims("sources")
        if claims is not None:
            ids &= {id_ for claim in claims for id_ in self.kb.sources_of(claim)}
        in_order = sorted(ids, key=self.kb.position)
        sources = [self.kb.sources[id_] for id_ in in_order]
        return self._passing("sources", sources, self._asked("sources"))

    def _asked(self, list_: str) -> Wanted:
        """The filters that look at the objects of a list, with what is asked for."""
        return [(name, self.filters[name]) for name in self.filters if FILTERS[name].facet(list_)]

    def _resting_claims(self, list_: str) -> list[Claim] | None:
        """The claims that pass the filters which do not look at the objects of a list, but at
        the claims that rest on them; None where there are no such filters.
        """
        others = {n: values for n, values in self.filters.items() if not FILTERS[n].facet(list_)}
        return _Selection(self.view, Filters(**others)).claims() if others else None

    def _passing(self, list_: str, candidates: Iterable[Item], asked: Wanted) -> list[Item]:
        """Those objects of a list that have what is asked for, or what is usual."""
        looks = facets(list_, self.view)
        usual = [
            (name, FILTERS[name].usual)
            for name in looks
            if FILTERS[name].usual and name not in self.filters
        ]
        tests = [(looks[name], FILTERS[name].takes.fitting(ids)) for name, ids in [*asked, *usual]]
        return [item for item in candidates if all(fits(look(item)) for look, fits in tests)]


def _exact(asked: Wanted) -> Wanted:
    """What an index can look up, of what is asked for."""
    return [(name, values) for name, values in asked if FILTERS[name].takes.exact]


def _sorted(
    composer: Composer, records: list[AnyRecord], fields: Sequence[str], *, reverse: bool
) -> list[AnyRecord]:
    """Records by some fields, certainties by how sure they are; what has no value comes last."""
    for field in reversed(fields):  # a stable sort: the first field is sorted by last
        if field == ranking.EVIDENCE:
            strength = partial(ranking.strength, composer.shared)
            records = sorted(records, key=strength, reverse=not reverse)
            continue
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
