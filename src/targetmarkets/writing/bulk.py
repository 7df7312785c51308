"""Add many things together, all or none, and tell everything that is wrong with them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.errors import SeveralError, TargetMarketsError, UsageError
from targetmarkets.evidence.verification import prove_change
from targetmarkets.writing.already import Settled, Told, settled
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
) -> Settled:
    """Add what rows say. The ids are those of it all, in the order in which it is added; those of
    quotations with them.

    Raises `SeveralError` with every fault, `faults` of the reading among them, and its place.
    """
    found = [(fault.place, [f"  {fault.message}"]) for fault in faults]
    adding = _Adding(transaction, {str(row.given["id"]) for row in rows if row.given.get("id")})
    for stage in _STAGES:
        kb = transaction.look()
        for row in (row for row in rows if row.word in stage):
            form = FORM_OF[row.word]
            try:
                form.refuse_incomplete(row.word, row.given, {}, options=False)
                made = form.make(kb, row.given, adding.given_ids)
                adding.put(row, settled(kb, made, row.given.get("id")))
            except TargetMarketsError as error:
                found.append((row.place, lines_of(error)))
    findings = prove_change(transaction.look(), list(adding.new), (), {})
    for finding in findings:
        message = f"  {field_at(finding.path)}: {finding.message}; {finding.remedy}"
        found.append((adding.places.get(finding.id or "", "the whole"), [message]))
    if found:
        lines = [line for place, told in found for line in (f"{place}:", *told)]
        count = f"{len(found)} faults" if len(found) > 1 else "a fault"
        message = f"nothing was added, because of {count}"
        raise SeveralError(message, "correct what is listed, and add it all again", lines)
    return Settled([*adding.new.values()], list(dict.fromkeys(adding.ids)), adding.told)


class _Adding:
    """What rows come to, one after the other."""

    def __init__(self, transaction: Transaction, given_ids: set[str]) -> None:
        self.transaction = transaction
        self.given_ids = given_ids
        """Ids that rows give."""
        self.new: dict[str, Stored] = {}
        self.ids: list[str] = []
        self.places: dict[str, str] = {}
        """Where the row stands that each new object is of."""
        self.told: list[Told] = []

    def put(self, row: Row, made: Settled) -> None:
        """Add what a row says. Raises `UsageError` for what another says otherwise."""
        self.told += (told._replace(message=f"{row.place}: {told.message}") for told in made.told)
        self.ids += made.ids
        for item in made.new:
            there = self.new.get(item.id)
            if there is None:
                self.transaction.add(item)
                self.new[item.id] = item
                self.places[item.id] = row.place
            elif there != item:
                message = f"{item.id} is what {self.places[item.id]} adds, and otherwise"
                raise UsageError(message, "leave one of the two out, or give it another id")
            elif item.word() == row.word:  # two claims may rest on one quotation
                message = f"{row.place}: it says what {self.places[item.id]} says, {item.id}"
                self.told.append(Told(message, "it is there once"))
