"""Customers side by side, each by what is said of it alone."""

import pytest

from targetmarkets.errors import RequestError
from targetmarkets.query.compare import STRONGEST, compare
from targetmarkets.query.ranking import strength_of
from targetmarkets.records.compose import Composer


def test_each_customer_is_what_its_record_says(composer: Composer) -> None:
    found = compare(composer, ["iran", "SY"])
    assert [record.id for record in found] == ["iran", "syria"]
    for record in found:
        whole = composer.customer(composer.kb.customers[record.id])
        alone = (*whole.classifications, *whole.activities, *whole.claims, *whole.denied)
        assert record.claims == tuple(claim.id for claim in alone)
        assert set(record.sources) == {id_ for claim in alone for id_ in claim.sources}
        assert (record.supplies, record.events) == (whole.overview.supplies, whole.overview.events)
        assert sum(count.occurrences for count in record.outcomes) > 1
        assert record.classification
        assert record.classification.id == (whole.category_basis and whole.category_basis.claim)
        drivers = {claim.id for claim in whole.claims if claim.kind == "driver"}
        assert {told.id for told in record.drivers} == drivers


def test_the_strongest_evidence_comes_first(composer: Composer) -> None:
    _, syria = compare(composer, ["iran", "syria"])
    claims = {
        claim.id: claim for claim in composer.customer(composer.kb.customers["syria"]).activities
    }
    ranked = sorted(
        (strength_of(composer.shared, [claim]) for claim in claims.values()), reverse=True
    )
    shown = [strength_of(composer.shared, [claims[told.id]]) for told in syria.strongest]
    assert shown == ranked[:STRONGEST]
    assert syria.strongest[0].known == "stated"


@pytest.mark.parametrize("names", [[], ["syria"], ["syria", "SY"], ["syria", "resilient"]])
def test_it_takes_two_customers(composer: Composer, names: list[str]) -> None:
    with pytest.raises(RequestError):
        compare(composer, names)
