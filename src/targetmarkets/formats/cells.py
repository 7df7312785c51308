"""The values of records as the text of a cell, for every format with rows and columns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel

from targetmarkets.formats.wording import DENIED
from targetmarkets.model.parts import Identifier, Place, Quantity, Speaker
from targetmarkets.records.accounts import show_place, show_quantity
from targetmarkets.records.categories import Member
from targetmarkets.records.claims import Account, ActivityRecord, EvidenceRecord, PartyRecord
from targetmarkets.records.fields import value_at
from targetmarkets.records.objects import ListedRecord
from targetmarkets.records.overview import Contest, EventLine, OutcomeCount, Supply
from targetmarkets.records.wording import cut, span_of_certainty
from targetmarkets.text.json_source import dump


def cell(value: Any) -> str:
    """A value as plain text: nothing for None, the parts of a list joined by semicolons.

    Evidence is shown with its citation, a customer of a category with how it is known to be one,
    another object that has an id by its id.
    """
    if show := _SHOWN.get(type(value)):
        return show(value)
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case BaseModel():
            return str(getattr(value, "id", None) or value.model_dump_json(by_alias=True))
        case Iterable() if not isinstance(value, str):
            return "; ".join(cell(part) for part in value)
    return str(value)


def _evidence(item: EvidenceRecord) -> str:
    if item.quote is None:
        return item.citation
    return f"{item.quote.exact}{cut(item.quote)} [{item.citation}]"


def _member(member: Member) -> str:
    return sorted_into(member.id, member.basis.known, member.basis.hedge) or ""


_CONTESTED: Final = {"denied": "is denied by", "differs": "differs from"}

_SHOWN: Final[Mapping[type, Callable[[Any], str]]] = {
    Account: lambda account: account.value,
    ActivityRecord: lambda a: f"{a.type}: {', '.join(a.items)} ({a.outcome})",
    EvidenceRecord: _evidence,
    Contest: lambda c: f"{', '.join(c.claims)} {_CONTESTED[c.how]} {', '.join(c.by)}",
    EventLine: lambda line: line.event,
    Identifier: lambda identifier: f"{identifier.scheme} {identifier.value}",
    Member: _member,
    OutcomeCount: lambda count: f"{count.outcome}: {count.occurrences}",
    PartyRecord: lambda party: f"{party.part}: {party.name or party.state}",
    Place: show_place,
    Quantity: show_quantity,
    Supply: lambda s: f"{s.label}: {s.occurrences} ({span_of_certainty(s.certainties)})",
    Speaker: lambda speaker: f"{speaker.name} ({speaker.mode})",
}
"""Values that are shown by what they hold, each with how."""


def stored(value: Any) -> str | None:
    """A value of the file as plain text: a text as it is, anything else as JSON."""
    return value if value is None or isinstance(value, str) else dump(value)


def sorted_into(name: str | None, known: str | None, hedge: str | None) -> str | None:
    """A category, or what is in it, and how that is known; None where there is none."""
    return name and (f"{name} ({known}, “{hedge}”)" if hedge else f"{name} ({known})")


def stacked(record: ListedRecord, fields: Sequence[str]) -> tuple[str, str]:
    """A cell for people: the first field, and what stands below it. A denial says that it is."""
    first, *others = (cell(value_at(record, field)) for field in fields)
    if fields[0] == "statement" and value_at(record, "stance") == "denied":
        first = f"{DENIED}{first}"
    return first, " · ".join(dict.fromkeys(filter(None, others)))
