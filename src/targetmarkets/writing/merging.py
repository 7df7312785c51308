"""Two versions of a knowledge base that come from one, merged by what they say; pure functions.

What one side changed is taken from that side. Where both changed one object, its fields are merged
if none was changed by both, or if it is a list and each side added to it or took away. A claim is
read as a whole, and so is a quotation: nobody has read half of one side's with half of the other's.
Whatever else both changed is a conflict, in which ours stands.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from targetmarkets.model.objects import SCHEMA_VERSION, KnowledgeFile
from targetmarkets.model.types import LIST_OF, LISTS
from targetmarkets.writing.edits import with_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from targetmarkets.model.stored import Stored
    from targetmarkets.records.reports import Why

APART: Final[Mapping[str, frozenset[str]]] = {
    "claim": frozenset({"formerly", "conflicts_with"}),
    "quote": frozenset({"formerly"}),
}
"""The fields that are merged apart from the others, of objects that are read as a whole."""

OF_FILE: Final = {"schema_": "$schema", "covers": "covers"}
"""What a file says of itself, with the names that stand in it."""

NOTHING: Final = KnowledgeFile(schema_version=SCHEMA_VERSION)
"""What two files come from that have nothing in common."""

_END: Final = ""
"""What stands before the first of a list and behind its last; no id is empty."""


class Conflict(NamedTuple):
    """What cannot be merged: an object, or what the file says of itself."""

    id: str
    """Its id; of what the file says, the name of the field."""
    why: Why
    base: Any
    """Each version; None where it is not there."""
    ours: Any
    theirs: Any


class Merged(NamedTuple):
    """What two versions come to."""

    content: KnowledgeFile
    conflicts: Sequence[Conflict]


def merge(base: KnowledgeFile, ours: KnowledgeFile, theirs: KnowledgeFile) -> Merged:
    """Merge two versions that come from one.

    An object that was given another id on one side goes by that on both.
    """
    was, mine, other = (_by_id(content) for content in (base, ours, theirs))
    ids = _new_ids(was, mine, other)
    was, mine, other = (_called(objects, ids, was) for objects in (was, mine, other))
    conflicts: dict[str, Conflict] = {}
    result: dict[str, Stored] = {}
    for id_ in dict.fromkeys([*mine, *other, *was]):
        versions = was.get(id_), mine.get(id_), other.get(id_)
        item, why = _one(*versions)
        if why:
            conflicts[id_] = Conflict(id_, why, *versions)
        if item:
            result[id_] = item
    while needed := _needed(result, was):
        for id_ in needed:
            versions = was[id_], mine.get(id_), other.get(id_)
            conflicts[id_] = Conflict(id_, "removed and needed", *versions)
            result[id_] = versions[1] or versions[2] or was[id_]
    said, faults = _of_file(base, ours, theirs)
    lists = _lists(result, [*was], [*mine], [*other])
    return Merged(ours.model_copy(update=said | lists), [*faults, *conflicts.values()])


def _by_id(content: KnowledgeFile) -> dict[str, Stored]:
    return {item.id: item for name in LISTS for item in getattr(content, name)}


def _new_ids(
    was: Mapping[str, Stored], mine: Mapping[str, Stored], other: Mapping[str, Stored]
) -> dict[str, str]:
    """The id by which an object goes that was given another one: that of ours, if both did it.

    One that means something else on the other side is taken for no new name.
    """

    def given(side: Mapping[str, Stored]) -> dict[str, str]:
        """New ids by old ones."""
        return {
            old: item.id
            for item in side.values()
            for old in item.formerly
            if old in was and old not in side
        }

    by_us, by_them = given(mine), given(other)
    ids = {old: id_ for old, id_ in by_us.items() if id_ not in other or by_them.get(old) == id_}
    for old, id_ in by_them.items():
        if old in ids:
            ids[id_] = ids[old]  # both did it
        elif id_ not in mine and old in mine:
            ids[old] = id_
    return {old: id_ for old, id_ in ids.items() if old != id_}


def _called(
    objects: Mapping[str, Stored], ids: Mapping[str, str], was: Mapping[str, Stored]
) -> dict[str, Stored]:
    """The same objects by their new ids; an id that only one side gave leads to its object, too."""
    called = {}
    for item in objects.values():
        new = with_ids(item, ids)
        if new.id != item.id and item.id not in was:
            new = new.model_copy(update={"formerly": (*new.formerly, item.id)})
        called[new.id] = new
    return called


def _one(
    base: Stored | None, ours: Stored | None, theirs: Stored | None
) -> tuple[Stored | None, Why | None]:
    """What becomes of one object, and why it is in conflict, if it is."""
    if theirs in (ours, base):
        return ours, None
    if ours == base:
        return theirs, None
    if base is None:
        return ours, "added by both"
    if ours is None or theirs is None:
        return ours or theirs, "removed and changed"
    merged = _apart(base, ours, theirs)
    return merged or ours, None if merged else "changed by both"


def _apart(base: Stored, ours: Stored, theirs: Stored) -> Stored | None:
    """An object with what both sides changed in it; None where they changed one thing."""
    if not type(base) is type(ours) is type(theirs):
        return None
    names = set(type(ours).model_fields)
    apart = APART.get(ours.word(), names)
    update: dict[str, Any] = {}
    for fields in [*([name] for name in apart), names - apart]:
        was, mine, other = ([getattr(item, n) for n in fields] for item in (base, ours, theirs))
        if mine in (was, other):
            update |= dict(zip(fields, other, strict=True))
        elif other != was:
            values = was[0], mine[0], other[0]
            if len(mine) > 1 or not all(isinstance(value, tuple) for value in values):
                return None
            update |= {name: _items(*values) for name in fields}
    return ours.model_copy(update=update)


def _items(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> tuple[Any, ...]:
    """A list to which each side added, and from which each took away."""
    kept = [item for item in ours if item in theirs or item not in base]
    return (*kept, *(item for item in theirs if item not in base and item not in ours))


def _needed(result: Mapping[str, Stored], was: Mapping[str, Stored]) -> set[str]:
    """Ids of what one side removed, and to which something refers all the same."""
    return {
        id_
        for item in result.values()
        for _, id_, _ in item.mentions()
        if id_ not in result and id_ in was
    }


def _of_file(
    base: KnowledgeFile, ours: KnowledgeFile, theirs: KnowledgeFile
) -> tuple[dict[str, Any], list[Conflict]]:
    """What the file says of itself, and what both changed of that."""
    said, conflicts = {}, []
    for field, name in OF_FILE.items():
        was, mine, other = (getattr(content, field) for content in (base, ours, theirs))
        said[field] = other if mine == was else mine
        if was != mine != other != was:
            conflicts.append(Conflict(name, "changed by both", was, mine, other))
    return said, conflicts


def _lists(
    result: Mapping[str, Stored], was: Sequence[str], mine: Sequence[str], other: Sequence[str]
) -> dict[str, tuple[Stored, ...]]:
    """The lists of the file: in the order of the side that changed it, or else of ours, with what
    is not there behind what it follows on the other side.
    """
    common = {*was} & {*mine} & {*other}
    kept = [[id_ for id_ in order if id_ in common] for order in (was, mine, other)]
    first, second = (other, mine) if kept[0] == kept[1] != kept[2] else (mine, other)
    lists: dict[str, list[Stored]] = defaultdict(list)
    for id_ in _threaded(first, second, was):
        if id_ in result:
            lists[LIST_OF[result[id_].word()]].append(result[id_])
    return {name: tuple(lists[name]) for name in LISTS}


def _threaded(first: Sequence[str], *others: Sequence[str]) -> Iterator[str]:
    """An order, with what only others have behind what stands before it there."""
    following = dict(pairwise([_END, *first, _END]))
    for order in others:
        for before, id_ in pairwise([_END, *order]):
            if id_ not in following:
                following[id_] = following[before]
                following[before] = id_
    id_ = following[_END]
    while id_ != _END:
        yield id_
        id_ = following[id_]
