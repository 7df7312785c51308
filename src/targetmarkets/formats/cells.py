"""The values of records as the text of a cell, for every format with rows and columns."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel

from targetmarkets.model.objects import Activity, Quote, Speaker
from targetmarkets.records.fields import value_at
from targetmarkets.records.objects import Basis, EvidenceRecord, ListedRecord, Member
from targetmarkets.text.json_source import dump


def cell(value: Any) -> str:
    """A value as plain text: nothing for None, the parts of a list joined by semicolons.

    Evidence is shown with its citation, a customer of a category with how it is known to be one,
    another object that has an id by its id.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case EvidenceRecord(quote=Quote(exact=exact), citation=citation):
            return f"{exact} [{citation}]"
        case EvidenceRecord(citation=citation):
            return citation
        case Speaker():
            return f"{value.name} ({value.mode})"
        case Activity():
            return f"{value.type}: {', '.join(value.items)} ({value.outcome})"
        case Member(id=id_, basis=Basis(known=known, hedge=hedge)):
            return sorted_into(id_, known, hedge) or ""
        case BaseModel():
            return str(getattr(value, "id", None) or value.model_dump_json(by_alias=True))
        case Iterable() if not isinstance(value, str):
            return "; ".join(cell(part) for part in value)
    return str(value)


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
        first = f"✗ denied: {first}"
    return first, " · ".join(dict.fromkeys(filter(None, others)))
