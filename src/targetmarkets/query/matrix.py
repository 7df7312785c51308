"""Customers or categories against kinds of goods."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal

from targetmarkets.kb.filtering import View
from targetmarkets.kb.filters import Filters
from targetmarkets.model.activities import GOODS
from targetmarkets.model.objects import Customer
from targetmarkets.model.vocabulary import SCOPES
from targetmarkets.query.choose import chosen
from targetmarkets.records.occurrences import occurrences
from targetmarkets.records.pictures import CellRecord
from targetmarkets.records.shared import accepted
from targetmarkets.records.summing import summary
from targetmarkets.records.wording import span_of_certainty

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from targetmarkets.model.objects import Claim
    from targetmarkets.model.vocabulary import Scope
    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.compose import Composer

By = Literal["customer", "category"]

NO_ONE: Final[Mapping[Scope | None, str]] = {
    "individual": "in no category",
    "collective": "several together",
    "group": "groups or categories",
    None: "nobody",
}
"""Names of rows that are no one customer's, or no category's."""

_Row = tuple[str | None, "Scope | None"]


def matrix(composer: Composer, by: By = "customer") -> list[CellRecord]:
    """A cell for each row and kind of goods of which something is asserted.

    In a customer's cells counts what is said of it alone. What is said of several together, or of
    groups and categories, has rows of its own. By category, what is said of its customers alone
    counts in its first row, and each of the others in a row below, in every category it concerns.
    """
    cells: dict[_Row, dict[str, list[ClaimRecord]]] = defaultdict(lambda: defaultdict(list))
    for claim in accepted(composer.kb.claims.values()):
        if claim.activity and claim.stance == "asserted":
            record = composer.shared.claim(claim)
            for row in _rows(composer, claim, by):
                cells[row][claim.activity.goods].append(record)
    return [
        _cell(composer, by, row, claims)
        for row in _ordered(composer, by)
        if row in cells
        for goods in GOODS
        if (claims := cells[row].get(goods))
    ]


def _rows(composer: Composer, claim: Claim, by: By) -> Iterator[_Row]:
    """The rows in which a claim counts."""
    classifier = composer.shared.classifier
    if by == "customer":
        customers = [id_ for id_ in claim.about if id_ in composer.kb.customers]
        ids: list[str | None] = [*customers] if claim.scope == "individual" else [None]
    else:
        ids = [*classifier.categories(claim)]
    for id_ in ids or [None]:
        yield id_, claim.scope


def _ordered(composer: Composer, by: By) -> Iterator[_Row]:
    """Every row that there may be, in order."""
    scopes: list[Scope | None] = [*SCOPES, None]
    if by == "customer":
        for customer in chosen(
            View(composer.kb, composer.shared.classifier), "customers", Filters()
        ):
            yield customer.id, "individual"
    for id_ in (*(composer.kb.categories if by == "category" else ()), None):
        for scope in scopes:
            yield id_, scope


def _cell(composer: Composer, by: By, row: _Row, claims: list[ClaimRecord]) -> CellRecord:
    id_, scope = row
    item = composer.kb.objects[id_] if id_ else None
    is_customer = isinstance(item, Customer)
    fields = summary(composer.shared, claims)
    activity = claims[0].activity
    assert activity is not None, "cells are made of activities"
    return CellRecord(
        **fields,
        row=by,
        id=id_,
        name=item.label if item else NO_ONE[scope],
        category=composer.shared.classifier.of(item.id).category if is_customer and item else id_,
        scope=scope,
        goods=activity.goods,
        range=span_of_certainty(fields["certainties"]),
        occurrences=len(occurrences(claims)),
        events=tuple(dict.fromkeys(claim.event for claim in claims if claim.event)),
        undated=sum(claim.period is None for claim in claims),
    )
