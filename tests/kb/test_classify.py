"""A customer's category follows from its claims: best known first, and none in a conflict."""

from typing import Any

from targetmarkets.kb.classify import Classifier, all_categories, best_first, certainty_of
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.records.compose import Composer
from tests.build import category, claim, classification, customer, knowledge, source

QUOTED: dict[str, Any] = {"evidence": [{"quote": "q"}]}


def classified(*claims: dict[str, Any]) -> Classifier:
    archived = source(archive={"file": "t", "sha256": "0" * 64, "media_type": "text/plain"})
    return Classifier(
        knowledge(
            sources=[archived],
            quotes=[{"id": "q", "source": "work", "exact": "x", "start": 0, "end": 1}],
            customers=[customer("a"), customer("b")],
            categories=[category("good"), category("bad")],
            claims=list(claims),
        )
    )


def test_without_classifications_there_is_no_category_and_no_conflict() -> None:
    classification_ = classified().of("a")
    assert (classification_.category, classification_.basis) == (None, None)
    assert not classification_.conflict


def test_quoted_comes_before_referenced_and_then_the_surer() -> None:
    classifier = classified(
        classification("stated", "a", "good"),
        classification("implied", "a", "good", certainty="implied", **QUOTED),
        classification("likely", "a", "good", certainty="likely", **QUOTED),
    )
    of = classifier.of("a")
    assert [claim.id for claim in of.claims] == ["likely", "implied", "stated"]
    assert of.basis is not None
    assert of.basis.id == "likely"
    assert of.category == "good"


def test_accepted_ones_that_disagree_are_a_conflict() -> None:
    of = classified(classification("c", "a", "good"), classification("d", "a", "bad")).of("a")
    assert of.conflict
    assert (of.category, of.basis) == (None, None)


def test_a_denial_of_the_category_is_a_conflict_and_of_another_is_none() -> None:
    yes = classification("yes", "a", "good")
    no = classification("no", "a", "good", stance="denied", denies=["yes"])
    other = classification("other", "a", "bad", stance="denied")
    assert classified(yes, no).of("a").conflict
    assert classified(yes, other).of("a").category == "good"
    assert classified(other).of("a").category is None
    assert not classified(other).of("a").conflict


def test_a_denial_never_decides_even_where_it_is_better_known() -> None:
    yes = classification("yes", "a", "good")
    other = classification("other", "a", "bad", stance="denied", **QUOTED)
    basis = classified(yes, other).of("a").basis
    assert basis is not None
    assert basis.id == "yes"


def test_a_retracted_classification_does_not_count() -> None:
    gone = classification("gone", "a", "bad", status="retracted", retraction="Misread.")
    assert classified(classification("c", "a", "good"), gone).of("a").category == "good"


def test_members_are_in_the_order_of_the_file() -> None:
    claims = classification("c", "b", "good"), classification("d", "a", "good")
    classifier = classified(*claims)
    assert classifier.members("good") == ["a", "b"]
    assert classifier.members("bad") == []


def test_the_order_of_equally_known_claims_is_that_of_the_file(kb: FileKnowledge) -> None:
    claims = [claim for claim in kb.content.claims if claim.certainty == "stated"]
    quoted = [claim for claim in claims if any(item.quote for item in claim.evidence)]
    assert best_first(claims)[: len(quoted)] == quoted
    assert best_first(claims)[len(quoted) :] == [c for c in claims if c not in quoted]


def test_all_categories_in_one_pass_are_those_that_are_asked_for_one_by_one(
    kb: FileKnowledge,
) -> None:
    disputed = knowledge(
        categories=[category("resilient"), category("reluctant", "II")],
        customers=[customer("one"), customer("two"), customer("three"), customer("four")],
        claims=[
            classification("a", "one", "resilient"),
            classification("b", "two", "resilient"),
            classification("c", "two", "reluctant"),
            classification("d", "three", "resilient"),
            classification("e", "three", "resilient", stance="denied"),
            classification("f", "four", "resilient", status="retracted", retraction="Wrong."),
            classification("g", "four", "reluctant", certainty="implied"),
        ],
    )
    assert all_categories(disputed) == {"one": "resilient", "four": "reluctant"}
    for each in (kb, disputed):
        classifier = Classifier(each)
        one_by_one = {id_: classifier.of(id_).category for id_ in [*each.customers, *each.groups]}
        found = all_categories(each)
        assert {id_: found.get(id_) for id_ in one_by_one} == one_by_one


def test_the_certainty_of_what_was_not_so_is_that_it_was_not() -> None:
    said = claim("no", "a", certainty="likely", negative=True)
    kb = knowledge(customers=[customer("a")], claims=[said, claim("yes", "a")])
    words = {"no": "that it is not so", "yes": "that it is so"}
    assert {claim_.id: certainty_of(claim_) for claim_ in kb.content.claims} == words
    composer = Composer(kb)
    records = [composer.claim(claim_) for claim_ in kb.content.claims]
    assert {record.id: record.certainty_of for record in records} == words
