"""Two versions of a knowledge base, compared by what they say."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from targetmarkets.kb.classify import Classifier, known
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.model.objects import Claim
from targetmarkets.model.types import LISTS
from targetmarkets.records.reports import (
    CategoryChange,
    DiffRecord,
    FieldChange,
    ObjectChange,
    What,
)
from targetmarkets.records.wording import gloss


def diff(before: Knowledge, after: Knowledge) -> DiffRecord:
    """Compare two versions by meaning: order and layout do not count."""
    return DiffRecord(
        before=str(before.path),
        after=str(after.path),
        categories=tuple(_categories(before, after)),
        changes=tuple(object_changes(before, after)),
        file=tuple(_of_file(before, after)),
    )


def _of_file(before: Knowledge, after: Knowledge) -> Iterator[FieldChange]:
    """What two versions say of themselves differently."""
    if before.covers != after.covers:
        yield FieldChange(field="covers", before=before.covers, after=after.covers)


def object_changes(before: Knowledge, after: Knowledge) -> Iterator[ObjectChange]:
    """Objects that two versions do not have alike."""
    for name, kind in LISTS.items():
        old, new = before.among([name]), after.among([name])
        for id_ in dict.fromkeys([*old, *new]):
            one, other = old.get(id_), new.get(id_)
            if one != other:
                fields = tuple(field_changes(one, other))
                shown: Any = other or one
                yield ObjectChange(
                    change=_change(one, other),
                    kind=kind,
                    id=id_,
                    label=shown.label,
                    gloss=gloss(shown) if isinstance(shown, Claim) else None,
                    fields=fields,
                )


def _change(one: Any, other: Any) -> What:
    if one is None or other is None:
        return "added" if one is None else "removed"
    retracted = getattr(other, "status", None) == "retracted" != one.status
    return "retracted" if retracted else "changed"


def field_changes(one: Any, other: Any) -> Iterator[FieldChange]:
    """The fields that two versions of an object do not have alike; None is none at all."""
    before, after = (
        item.model_dump(mode="json", by_alias=True, exclude_defaults=True) if item else {}
        for item in (one, other)
    )
    for field in before | after:
        if before.get(field) != after.get(field):
            yield FieldChange(field=field, before=before.get(field), after=after.get(field))


def _categories(before: Knowledge, after: Knowledge) -> Iterator[CategoryChange]:
    old, new = _sorted_into(before), _sorted_into(after)
    names = {item.id: item.name for kb in (before, after) for item in kb.subjects.values()}
    for id_ in old | new:
        was, now = old.get(id_, _UNSORTED), new.get(id_, _UNSORTED)
        if was != now:
            yield CategoryChange(
                id=id_,
                name=names[id_],
                before=was.category,
                before_known=was.known,
                before_hedge=was.hedge,
                after=now.category,
                after_known=now.known,
                after_hedge=now.hedge,
            )


class _Sorted(NamedTuple):
    """A category, how it is known, and how it is hedged."""

    category: str | None
    known: str | None
    hedge: str | None


_UNSORTED: Final = _Sorted(None, None, None)


def _sorted_into(kb: Knowledge) -> dict[str, _Sorted]:
    """Each customer and group with its category."""
    of = Classifier(kb).of
    found = {id_: of(id_) for id_ in (*kb.customers, *kb.groups)}
    return {
        id_: _Sorted(one.category, known(one.basis), one.basis.hedge) if one.basis else _UNSORTED
        for id_, one in found.items()
    }
