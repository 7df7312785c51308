"""Add many things together, all or none, and tell everything that is wrong with them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.errors import SeveralError, TargetMarketsError
from targetmarkets.evidence.verification import prove_change
from targetmarkets.writing.drafts import lines_of
from targetmarkets.writing.forms import FORM_OF, field_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from targetmarkets.model.stored import Stored
    from targetmarkets.writing.rows import Fault, Row
    from targetmarkets.writing.transaction import Transaction

_STAGES: Final = (("customer", "category", "event", "actor"), ("group", "quote"), ("claim",))
"""What can refer to what stands before it."""


def add_rows(
    transaction: Transaction, rows: Sequence[Row], faults: Sequence[Fault] = ()
) -> list[str]:
    """Add what rows say, and return the ids of it, in their order; those of quotations with them.

    Raises `SeveralError` with every fault, `faults` of the reading among them, and its place.
    """
    found = [(fault.place, [f"  {fault.message}"]) for fault in faults]
    places: dict[str, str] = {}
    made: dict[str, Stored] = {}
    given_ids = {str(row.given["id"]) for row in rows if row.given.get("id")}
    for stage in _STAGES:
        kb = transaction.look()
        for row in (row for row in rows if row.word in stage):
            form = FORM_OF[row.word]
            try:
                form.refuse_incomplete(row.word, row.given, {}, options=False)
                items = form.make(kb, row.given, given_ids)
                for item in items:
                    if made.get(item.id) != item:  # two claims may rest on one quotation
                        transaction.add(item)
                        made[item.id] = item
                        places[item.id] = row.place
            except TargetMarketsError as error:
                found.append((row.place, lines_of(error)))
    findings = prove_change(transaction.look(), list(made), (), {})
    for finding in findings:
        message = f"  {field_at(finding.path)}: {finding.message}; {finding.remedy}"
        found.append((places.get(finding.id or "", "the whole"), [message]))
    if found:
        lines = [line for place, told in found for line in (f"{place}:", *told)]
        count = f"{len(found)} faults" if len(found) > 1 else "a fault"
        message = f"nothing was added, because of {count}"
        raise SeveralError(message, "correct what is listed, and add it all again", lines)
    return list(made)
