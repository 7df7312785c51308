"""Cells of customers and categories, counted once more from the claims."""

from collections import defaultdict

import pytest

from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.query.matrix import matrix
from targetmarkets.records.compose import Composer
from tests.build import activity, category, classification, customer, knowledge

Found = dict[tuple[str | None, str | None, str], tuple[int, str]]


def cells(composer: Composer, by: str = "customer") -> Found:
    found = matrix(composer, "category" if by == "category" else "customer")
    return {(c.id, c.scope, c.goods): (c.occurrences, c.range) for c in found}


def test_a_customers_cells_hold_what_is_said_of_it_alone(
    kb: FileKnowledge, composer: Composer
) -> None:
    expected: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in kb.claims.values():
        if claim.activity and claim.stance == "asserted" and claim.scope == "individual":
            for id_ in claim.about:
                expected[id_, claim.activity.goods].add(claim.event or claim.id)
    found = matrix(composer)
    own = {(c.id, c.goods): c.occurrences for c in found if c.id is not None}
    assert own == {place: len(things) for place, things in expected.items()}
    for cell in found:
        claims = [kb.claims[id_] for id_ in cell.claims]
        assert {claim.scope for claim in claims} == {cell.scope}
        assert cell.id is not None or cell.scope != "individual"
        assert cell.sources
        assert cell.range == "–".join(
            dict.fromkeys(word[0].upper() for word in (cell.certainties[0], cell.certainties[-1]))
        )


def test_every_activity_is_somewhere(kb: FileKnowledge, composer: Composer) -> None:
    asserted = {
        claim.id for claim in kb.claims.values() if claim.activity and claim.stance == "asserted"
    }
    assert {id_ for cell in matrix(composer) for id_ in cell.claims} == asserted
    assert {id_ for cell in matrix(composer, "category") for id_ in cell.claims} == asserted


@pytest.fixture
def small() -> Composer:
    return Composer(
        knowledge(
            customers=[customer("a"), customer("b"), customer("free")],
            categories=[category("first"), category("second", "II")],
            events=[{"id": "e", "name": "E", "kind": "shipment"}],
            claims=[
                classification("c-a", "a", "first"),
                classification("c-b", "b", "second"),
                activity("one", "a", event="e"),
                activity("two", "a", event="e", certainty="alleged"),
                activity("three", "a", certainty="likely"),
                activity("both", "a", "b", scope="collective"),
                activity("all", "first", scope="group", certainty="possible"),
                activity("trained", "free", type_="training"),
                activity("no", "b", stance="denied", denies=["one"]),
            ],
        )
    )


def test_an_event_counts_once_with_the_range_of_its_certainties(small: Composer) -> None:
    assert cells(small) == {
        ("a", "individual", "arms"): (2, "S–A"),
        ("free", "individual", "unspecified"): (1, "S"),
        (None, "collective", "arms"): (1, "S"),
        (None, "group", "arms"): (1, "P"),
    }
    (cell,) = [c for c in matrix(small) if c.id == "a"]
    assert cell.disputed
    assert cell.category == "first"
    assert cell.undated == 3


def test_by_category_each_scope_has_a_row(small: Composer) -> None:
    assert cells(small, "category") == {
        ("first", "individual", "arms"): (2, "S–A"),
        ("first", "collective", "arms"): (1, "S"),
        ("first", "group", "arms"): (1, "P"),
        ("second", "collective", "arms"): (1, "S"),
        (None, "individual", "unspecified"): (1, "S"),
    }
