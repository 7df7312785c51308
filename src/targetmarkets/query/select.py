"""List the objects of a knowledge base as records: choose by filters, sort, limit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from targetmarkets.kb.filtering import View
from targetmarkets.model.vocabulary import CERTAINTIES
from targetmarkets.query import ranking
from targetmarkets.query.choose import choosing, chosen
from targetmarkets.records.compose import Composer
from targetmarkets.records.fields import OBJECTS, choose, value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from targetmarkets.kb.filters import Filters
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.types import Kind
    from targetmarkets.records.objects import AnyRecord


Shown = TypeVar("Shown")
"""A record, or what is known of one."""


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
    the evidence is, the strongest first. Without it, customers come by category, everything else
    as the file has it, and what lies inside a time that is asked for before what only overlaps it.
    Filters choose records and never trim them. Raises `RequestError`.
    """
    order = _order(sort, kind)
    composer = composer or Composer(kb)
    items = chosen(View(kb, composer.shared.classifier), kind, filters)
    if not order:  # what is cut off need not be composed
        items = (items[::-1] if reverse else items)[:limit]
        return [composer.record(item) for item in kb.foresee(items)]
    records = [composer.record(item) for item in kb.foresee(items)]
    return _sorted(records, order, composer, reverse=reverse)[:limit]


def in_order(records: Sequence[Shown], sort: str, *, reverse: bool) -> list[Shown]:
    """Records, or what is known of some, by fields that they have."""
    return _sorted(records, _order(sort, "customers"), None, reverse=reverse)


def streamed(
    kb: Knowledge, kind: Kind, filters: Filters, limit: int | None = None
) -> Iterator[AnyRecord]:
    """The same unsorted, each composed when it is its turn. Raises `RequestError` before that."""
    composer = Composer(kb)
    items = choosing(View(kb, composer.shared.classifier), kind, filters)
    return (composer.record(item) for item in kb.foresee(islice(items, limit)))


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


def _sorted(
    records: Sequence[Shown], fields: Sequence[str], composer: Composer | None, *, reverse: bool
) -> list[Shown]:
    """Records by some fields, certainties by how sure they are; what has no value comes last. Only
    who composed them can tell how strong their evidence is.
    """
    records = list(records)
    for field in reversed(fields):  # a stable sort: the first field is sorted by last
        if field == ranking.EVIDENCE and composer:
            strength: Callable[[Any], Any] = partial(ranking.strength, composer.shared)
            records.sort(key=strength, reverse=not reverse)
            continue
        known = [record for record in records if value_at(record, field) is not None]
        missing = [record for record in records if value_at(record, field) is None]
        known.sort(key=partial(_sort_key, field), reverse=reverse)
        records = known + missing
    return records


def _sort_key(field: str, record: object) -> tuple[bool, int, str]:
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
