"""The Python interface: a knowledge base as typed records."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, Literal, TypedDict, TypeVar, Unpack, overload

from targetmarkets.errors import RequestError, UnknownNameError, UsageError
from targetmarkets.evidence import coverage, verification
from targetmarkets.evidence.archive import Archives
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.opening import load as open_
from targetmarkets.kb.resolve import resolve
from targetmarkets.model.base import Whole
from targetmarkets.query import stats
from targetmarkets.query.choose import as_kind
from targetmarkets.query.compare import compare
from targetmarkets.query.matrix import By, matrix
from targetmarkets.query.search import Within, search
from targetmarkets.query.select import select
from targetmarkets.query.timeline import timeline
from targetmarkets.records.compose import Composer
from targetmarkets.records.objects import AnyRecord

if TYPE_CHECKING:
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.kb.paths import Named, Place
    from targetmarkets.model.findings import Verification
    from targetmarkets.model.types import Kind
    from targetmarkets.records.categories import CategoryRecord, GroupRecord
    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.customers import CustomerRecord
    from targetmarkets.records.events import ActorRecord, EventRecord
    from targetmarkets.records.hits import HitRecord
    from targetmarkets.records.pictures import CellRecord, ComparisonRecord, MomentRecord
    from targetmarkets.records.reports import CoverageReport, StatisticsRecord
    from targetmarkets.records.sources import QuoteRecord, SourceRecord

Item = TypeVar("Item")
RecordT = TypeVar("RecordT", bound=Whole)

Values = str | Sequence[str]
"""One value, or several of which any will do."""


class Criteria(TypedDict, total=False):
    """What to choose by: the filters of `tm list`, and how to sort; None is no choice."""

    # Type checkers read no table, so the filters are written out; a test holds them to theirs.
    category: Values | None
    customer: Values | None
    kind: Values | None
    region: Values | None
    activity: Values | None
    goods: Values | None
    form: Values | None
    outcome: Values | None
    actor: Values | None
    role: Values | None
    certainty: Values | None
    evidence: Values | None
    source: Values | None
    layer: Values | None
    scope: Values | None
    stance: Values | None
    status: Values | None
    era: Values | None
    period: Values | None
    since: Values | None
    until: Values | None
    dated: Values | None
    sort: str | None
    reverse: bool
    limit: int | None


class KnowledgeBase(Mapping[str, AnyRecord]):
    """A knowledge base: a mapping from ids and names to records.

    >>> import targetmarkets
    >>> kb = targetmarkets.load()
    >>> kb["Myanmar"].id
    'burma'
    >>> kb["syria"].category
    'resilient'

    A record is what `tm show --json` prints of the same object, and is frozen. Names are as
    forgiving as on the command line; `errors.UnknownNameError`, which is a `KeyError`, and
    `errors.AmbiguousNameError` say what was meant.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._composer = Composer(knowledge)

    @property
    def path(self) -> Place:
        """The JSON file, the store, or the address."""
        return self._knowledge.path

    def __getitem__(self, name: object) -> AnyRecord:
        if not isinstance(name, str):
            raise UnknownNameError(f"there is no object called {name!r}", "give an id or a name")
        item = resolve(name, self._knowledge.objects, "object")
        return self._settled(self._composer.record(item))

    def __contains__(self, name: object) -> bool:
        """Whether exactly one object goes by a name."""
        try:
            return isinstance(name, str) and bool(self[name])
        except RequestError:
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(self._knowledge.objects)

    def __len__(self) -> int:
        return len(self._knowledge.objects)

    def __repr__(self) -> str:
        return f"<KnowledgeBase {str(self.path)!r}>"

    @property
    def customers(self) -> Mapping[str, CustomerRecord]:
        """Customers by id."""
        return self._records(self._knowledge.customers, self._composer.customer)

    @property
    def categories(self) -> Mapping[str, CategoryRecord]:
        """Categories by id.

        >>> [category.chapter for category in load().categories.values()]
        ['III', 'IV', 'V']
        """
        return self._records(self._knowledge.categories, self._composer.category)

    @property
    def groups(self) -> Mapping[str, GroupRecord]:
        """Groups by id."""
        return self._records(self._knowledge.groups, self._composer.group)

    @property
    def events(self) -> Mapping[str, EventRecord]:
        """Events by id."""
        return self._records(self._knowledge.events, self._composer.event)

    @property
    def actors(self) -> Mapping[str, ActorRecord]:
        """Actors by id."""
        return self._records(self._knowledge.actors, self._composer.actor)

    @property
    def claims(self) -> Mapping[str, ClaimRecord]:
        """Claims by id, retracted ones included.

        >>> load().claims["syria-officers"].hedge
        'claims'
        """
        return self._records(self._knowledge.claims, self._composer.claim)

    @property
    def quotes(self) -> Mapping[str, QuoteRecord]:
        """Quotations by id."""
        return self._records(self._knowledge.quotes, self._composer.quote)

    @property
    def sources(self) -> Mapping[str, SourceRecord]:
        """Sources by id."""
        return self._records(self._knowledge.sources, self._composer.source)

    @overload
    def find(
        self, what: Literal["customers"] = "customers", **criteria: Unpack[Criteria]
    ) -> list[CustomerRecord]: ...
    @overload
    def find(
        self, what: Literal["categories"], **criteria: Unpack[Criteria]
    ) -> list[CategoryRecord]: ...
    @overload
    def find(self, what: Literal["groups"], **criteria: Unpack[Criteria]) -> list[GroupRecord]: ...
    @overload
    def find(self, what: Literal["events"], **criteria: Unpack[Criteria]) -> list[EventRecord]: ...
    @overload
    def find(self, what: Literal["actors"], **criteria: Unpack[Criteria]) -> list[ActorRecord]: ...
    @overload
    def find(
        self, what: Literal["activities", "claims", "findings"], **criteria: Unpack[Criteria]
    ) -> list[ClaimRecord]: ...
    @overload
    def find(self, what: Literal["quotes"], **criteria: Unpack[Criteria]) -> list[QuoteRecord]: ...
    @overload
    def find(
        self, what: Literal["sources"], **criteria: Unpack[Criteria]
    ) -> list[SourceRecord]: ...

    def find(
        self,
        what: Kind = "customers",
        *,
        sort: str | None = None,
        reverse: bool = False,
        limit: int | None = None,
        **filters: Values | None,
    ) -> Sequence[AnyRecord]:
        """Records that pass filters: what `tm list` lists.

        Several values of one filter mean either; different filters mean both. Raises
        `errors.RequestError`.

        >>> [customer.id for customer in load().find(category="ad hoc")]
        ['republic-of-the-congo', 'eritrea', 'tanzania']
        >>> load().find("activities", customer="syria", certainty="possible")[0].hedge
        'could be'
        """
        asked = Filters(**{name: _several(values) for name, values in filters.items()})
        if limit is not None and limit < 0:
            raise UsageError(f"there is no limit of {limit}", "give none, or 0 and more")
        found = select(
            self._knowledge,
            as_kind(what),
            asked,
            sort=sort,
            reverse=reverse,
            limit=limit,
            composer=self._composer,
        )
        return [self._settled(record) for record in found]

    def search(
        self,
        text: str,
        *,
        kind: Values | None = None,
        category: Values | None = None,
        customer: Values | None = None,
        source: Values | None = None,
    ) -> list[HitRecord]:
        """What a full-text search finds, the best first: see `search.search`.

        Warns of archived texts that cannot be read, or are not what was recorded.

        >>> hit = load().search("gas masks", kind="text")[0]
        >>> hit.id, hit.line, "syria-gas-masks" in hit.claims
        ('nknews-2015', 7, True)
        """
        asked = {"category": category, "customer": customer, "source": source}
        filters = Filters(**{name: _several(values) for name, values in asked.items()})
        results = search(self._knowledge, text, Within(_several(kind), filters))
        for problem in results.problems:
            warnings.warn(problem, stacklevel=2)
        return results.hits

    def timeline(self, *names: str) -> list[MomentRecord]:
        """Events in order of time: those of customers, categories and actors, or all.

        >>> [moment.period for moment in load().timeline("syria")][:2]
        ['2007', '2009-11']
        """
        return timeline(self._composer, names).events

    def matrix(self, by: By = "customer") -> list[CellRecord]:
        """Customers or categories against kinds of goods, a record for each cell.

        >>> cell = load().matrix()[0]
        >>> cell.id, cell.goods, cell.occurrences, cell.range
        ('syria', 'arms', 1, 'S')
        """
        return matrix(self._composer, by)

    def compare(self, *names: str) -> list[ComparisonRecord]:
        """Two customers or more, each by what is said of it alone.

        >>> [record.category for record in load().compare("iran", "yemen")]
        ['resilient', 'reluctant']
        """
        return compare(self._composer, names)

    def verify(self) -> Verification:
        """Prove the file and its archived texts, as they are on the disk now.

        >>> load().verify().ok
        True
        """
        return verification.verify(self.path)

    def coverage(self, *sources: str) -> CoverageReport:
        """Which sentences of archived sources are cited, set aside or left over.

        >>> load().coverage("rusi-2015").sources[0].left_over
        0
        """
        ids = [resolve(name, self._knowledge.sources, "source").id for name in sources]
        return coverage.report(self._knowledge, ids)

    def stats(self) -> StatisticsRecord:
        """Counts.

        >>> load().stats().totals["categories"]
        3
        """
        return stats.statistics(self._knowledge)

    def html(self, record: AnyRecord) -> str:
        """A record as a notebook shows it: what `tm show` prints, its quotations proved anew.

        All that others wrote is escaped; nothing runs, and nothing is loaded.

        >>> kb = load()
        >>> "✓ proved" in kb.html(kb["syria-officers"])
        True
        """
        from targetmarkets.formats import notebook

        return notebook.show(record, Archives(self._knowledge))

    def _records(
        self, items: Mapping[str, Item], compose: Callable[[Item], RecordT]
    ) -> Mapping[str, RecordT]:
        return _Records(items, lambda item: self._settled(compose(item)))

    def _settled(self, record: RecordT) -> RecordT:
        """A record that can show itself in a notebook, as can the claims in it."""
        record.settle(self)
        for _, value in record:
            for part in value if isinstance(value, tuple) else ():
                if isinstance(part, Whole):
                    part.settle(self)
        return record


def load(kb: Named | None = None) -> KnowledgeBase:
    """Load a knowledge base: the bundled one, or the file, folder, store or address that is named.

    Without a name the environment variable `TM_KB` counts. Raises `errors.UnreadableError` where
    there is nothing to read, and `errors.InvalidError`, with its findings, where what was read is
    not a knowledge base.

    >>> len(load().customers)
    14
    """
    return KnowledgeBase(open_(kb))


class _Records(Mapping[str, RecordT], Generic[Item, RecordT]):
    """Records by id, each composed when it is asked for."""

    def __init__(self, items: Mapping[str, Item], compose: Callable[[Item], RecordT]) -> None:
        self._items = items
        self._compose = compose

    def __getitem__(self, id_: str) -> RecordT:
        return self._compose(self._items[id_])

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        shown = ", ".join([*self][:5])
        return f"<{len(self)} records: {shown}{', …' if len(self) > 5 else ''}>"


def _several(values: Values | None) -> Sequence[str]:
    return () if values is None else (values,) if isinstance(values, str) else tuple(values)
