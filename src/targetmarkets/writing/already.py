"""What is there already of what somebody adds: kept, or refused with what to do, and always told.

A thing is there already where an object of its type goes by its name, says what it says, or has the
id that was given for it. If nothing was given otherwise, that object is what was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from targetmarkets.errors import AmbiguousNameError, UsageError, shorten
from targetmarkets.kb.lookup import fold_name
from targetmarkets.model.objects import Claim, Quote
from targetmarkets.model.stored import Named
from targetmarkets.text.json_source import dump

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.stored import Stored

MAX_ALIKE: Final = 3
"""Claims on the same passage that are named."""

_APART: Final = ("goods", "form", "event", "period", "negative")
"""Fields in which claims of one wording say two things."""

_KNOWN_BY: Final = {"id", "formerly", "about", "statement"}
"""Fields by which it is known that an object is there."""


class Told(NamedTuple):
    """Something to be told of what was added, and what to do, if anything."""

    message: str
    remedy: str | None = None


class Settled(NamedTuple):
    """What becomes of things that are to be added."""

    new: Sequence[Stored]
    """Those that are to be added."""
    ids: Sequence[str]
    """The id of each, in their order: its own, or that of what is there already."""
    told: Sequence[Told]


def settled(kb: Knowledge, items: Sequence[Stored], given_id: str | None = None) -> Settled:
    """What of some objects is new, and what is there already. `given_id` is the id that the last of
    them was given, if it was.

    Raises `UsageError` for one that is there already and was given otherwise, and
    `AmbiguousNameError` for one whose name several have.
    """
    new: list[Stored] = []
    ids: list[str] = []
    told: list[Told] = []
    for item in items:
        there = _there(kb, item, named=item.id == given_id)
        if there is None:
            new.append(item)
        elif differing := _differing(there, item):
            raise _taken(there, item, differing)
        else:
            told.append(_kept(there, item, given_id if item.id == given_id else None))
        ids.append(there.id if there else item.id)
    return Settled(new, ids, told)


def _there(kb: Knowledge, item: Stored, *, named: bool) -> Stored | None:
    """The object that somebody means who adds one. An id that was given tells one thing from
    another of the same name; no two claims say the same.
    """
    own = kb.objects.get(item.id)
    if own == item or (named and isinstance(own, type(item))):
        return own
    match item:
        case Claim():
            standing = (c for c in kb.claims_saying(item) if c.status == "accepted")
            return next(standing, None)
        case Named() if not named:
            return _called(kb, item)
    return None


def _called(kb: Knowledge, item: Named) -> Stored | None:
    """What goes by the name of an object: the only one, or the only one of which it is the main
    name. Raises `AmbiguousNameError` with those of which each may be meant.
    """
    found = kb.of(type(item)).called(item.name)
    main = [one for one in found if fold_name(one.name) == fold_name(item.name)]
    meant = main or found
    if len(meant) > 1:
        candidates = " or ".join(f"{one.id} ({one.label})" for one in meant)
        apart = "a name" if item.word() == "customer" else "an --id"
        remedy = f"if one of them is meant, give its id; if another, {apart} of its own"
        message = f"{shorten(item.name)} is here already, and may be {candidates}"
        raise AmbiguousNameError(message, remedy)
    return next(iter(meant), None)


def _kept(there: Stored, given: Stored, given_id: str | None) -> Told:
    """What is said of a thing that is there already, and as it was given."""
    remedy = None
    if given_id is not None and given_id not in there.ids:
        remedy = f"tm rename {there.id} {given_id} gives it that id"
    elif isinstance(there, Named) and there.word() != "customer":
        remedy = f"if another {there.word()} of that name is meant, give it an id of its own: --id"
    what = given.exact if isinstance(given, Quote) else given.label
    return Told(f"{shorten(what)} is here already, as {there.id}", remedy)


def _differing(there: Stored, given: Stored) -> list[str]:
    """What was given otherwise than it is there: each field, with both values."""
    known, said = _fields(there), _fields(given)
    return [
        f"{name} {_shown(value)}, there {_shown(known.get(name))}"
        for name, value in said.items()
        if not _holds(known.get(name), value)
    ]


def _holds(known: object, said: object) -> bool:
    if isinstance(said, list) and isinstance(known, list):
        return all(item in known for item in said)
    return known == said


def _fields(item: Stored) -> dict[str, Any]:
    """What an object says, by field; of what it is known by, nothing."""
    apart = _KNOWN_BY | ({"name"} if isinstance(item, Named) else set())
    fields = item.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=apart)
    flat: dict[str, Any] = {}
    for name, value in fields.items():
        flat |= value if isinstance(value, dict) else {name: value}
    return flat


def _taken(there: Stored, given: Stored, differing: Sequence[str]) -> UsageError:
    """The error for what is there already and was given otherwise."""
    told = "; ".join(differing)
    what = "says the same" if isinstance(there, Claim) else f"is {shorten(there.label)}"
    message = f"{there.id} {what} already, and this is given otherwise: {told}"
    remedy = f"tm edit {there.id} changes it"
    if isinstance(there, Named):
        remedy += f"; if another {there.word()} is meant, give it another name"
        remedy += "" if there.word() == "customer" else " or an --id"
    return UsageError(message, remedy)


def _shown(value: object) -> str:
    parts = value if isinstance(value, list) else [value]
    words = ", ".join(part if isinstance(part, str) else dump(part) for part in parts)
    return "nothing" if value is None else shorten(words)


def beside(before: Knowledge, after: Knowledge, items: Sequence[Stored]) -> Iterator[Told]:
    """What is like some objects that were added, and not the same: what has their name too, and
    claims about the same that rested on the same passage before.
    """
    for item in items:
        match item:
            case Claim():
                yield from _like(before, item)
            case Named():
                for other in after.of(type(item)).called(item.name):
                    if other.id != item.id:
                        message = f"{other.id} goes by the name of {item.id}, too"
                        yield Told(message, "neither is found by it; their ids tell them apart")


def _like(kb: Knowledge, claim: Claim) -> Iterator[Told]:
    """Claims about the same that rest on the same passage; and what said the same, and is
    retracted.
    """
    for other in kb.claims_saying(claim):
        if other.status == "retracted":
            yield Told(f"{other.id} said the same, and was retracted: {other.retraction}")
    passages = dict.fromkeys(item.quote for item in claim.evidence if item.quote)
    on_them = {c.id: c for id_ in passages for c in standing_on(kb, id_)}
    like = [other for other in on_them.values() if {*other.about} == {*claim.about}]
    for other in like[:MAX_ALIKE]:
        what = _apart(other, claim) or shorten(other.statement)
        message = f"{other.id} is about the same, on the same passage: {what}"
        yield Told(message, "keep both only if they say two things; tm undo takes the new one back")
    if len(like) > MAX_ALIKE:
        yield Told(f"and {len(like) - MAX_ALIKE} more are")


def _apart(there: Claim, given: Claim) -> str:
    """In what two claims of one wording differ, with both values; empty for another wording."""
    if there.statement.casefold().split() != given.statement.casefold().split():
        return ""
    known, said = _fields(there), _fields(given)
    pairs = [(name, said.get(name), known.get(name)) for name in _APART]
    differing = [
        f"{name} {_shown(new)}, there {_shown(old)}" for name, new, old in pairs if new != old
    ]
    return f"in the same words, but {'; '.join(differing)}" if differing else ""


def standing_on(kb: Knowledge, quote: str) -> list[Claim]:
    """The claims that rest on a quotation, and are not retracted."""
    return [claim for claim in kb.claims_on_quote(quote) if claim.status == "accepted"]
