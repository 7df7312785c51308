"""Dossiers: whatever a record holds is shown, with its hedge, its speaker and its evidence."""

from pathlib import Path
from typing import Any

import pytest

from targetmarkets.evidence.archive import Archives
from targetmarkets.formats.interface import Dossiers, Look
from targetmarkets.formats.registry import set_dossiers
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.records.categories import CategoryRecord, GroupRecord
from targetmarkets.records.claims import ClaimRecord
from targetmarkets.records.compose import Composer
from targetmarkets.records.customers import CustomerRecord
from tests.build import (
    activity,
    category,
    claim,
    classification,
    customer,
    knowledge,
    source,
)
from tests.conftest import Workspace
from tests.formats import readers

GROUPS = [
    {"id": "naming", "name": "some of these", "members": ["a"]},
    {"id": "equated", "name": "good buyers"},
    {"id": "other", "name": "others", "members": ["b"]},
]


def made(*claims: dict[str, Any]) -> FileKnowledge:
    return knowledge(
        customers=[customer("a"), customer("b"), customer("c")],
        categories=[category("good"), category("bad", "II")],
        groups=GROUPS,
        claims=[classification("a-good", "a", "good"), *claims],
    )


def text(kb: FileKnowledge, id_: str) -> str:
    return set_dossiers(
        Dossiers([Composer(kb).record(kb.objects[id_])], Archives(kb), full=True), "text", Look()
    )


def held(record: CategoryRecord | CustomerRecord | GroupRecord) -> dict[str, ClaimRecord]:
    """Every claim that a record holds, in whatever field."""
    claims: dict[str, ClaimRecord] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, tuple):
            claims |= {item.id: item for item in value if isinstance(item, ClaimRecord)}
    return claims


def test_a_dossier_shows_every_claim_of_the_record_with_all_that_bears_on_it(
    kb: FileKnowledge, composer: Composer
) -> None:
    archives = Archives(kb)
    for id_, subject in kb.subjects.items():
        record = composer.record(subject)
        assert isinstance(record, CustomerRecord | CategoryRecord | GroupRecord)
        plain = set_dossiers(Dossiers([record], archives, full=True), "text", Look())
        markdown = set_dossiers(Dossiers([record], archives, full=True), "markdown", Look())
        for output in (plain, "\n".join(readers.paragraphs(markdown))):
            for item in held(record).values():
                assert item.statement in output, (id_, item.id)
                assert item.id in output, (id_, item.id)
                assert not item.hedge or f"“{item.hedge}”" in output
            for quote in record.quotes:
                assert quote.exact.split("\n")[0] in output, (id_, quote.id)
            for source_ in record.sources:
                assert kb.sources[source_].title in output, (id_, source_)


def test_a_record_holds_every_claim_whose_evidence_it_lists(
    kb: FileKnowledge, composer: Composer
) -> None:
    for subject in kb.subjects.values():
        record = composer.record(subject)
        assert isinstance(record, CustomerRecord | CategoryRecord | GroupRecord)
        rested = {item.quote.id for c in held(record).values() for item in c.evidence if item.quote}
        assert rested == {quote.id for quote in record.quotes}


def test_a_category_shows_each_classification_below_its_customer_or_apart() -> None:
    kb = made(
        classification("a-likely", "a", "good", certainty="likely", hedge="seems"),
        classification("b-denied", "b", "good", stance="denied"),
        classification("c-good", "c", "good"),
        classification("c-bad", "c", "bad"),
        claim("one", "b", "good", kind="driver"),
        claim("two", "a", "b", "good", scope="collective"),
    )
    shown = text(kb, "good")
    members, others = shown.split("Other classifications")
    assert members.index("a-good") < members.index("likely, by reference only (“seems”)")
    assert "✗ denied: Statement of b-denied." in others
    assert "Statement of c-good." in others
    assert "c-bad" not in shown
    one = others.index("Said of a customer and the category")
    two = others.index("Said of customers together and the category  who did what is not said")
    assert one < others.index("Statement of one.") < two < others.index("Statement of two.")


def test_the_hedge_of_the_deciding_classification_stands_beside_the_customer() -> None:
    kb = made(classification("b", "b", "good", certainty="possible", hedge="may be"))
    assert "  B  possible, by reference only (“may be”)\n" in text(kb, "good")


def test_what_is_said_of_a_group_is_not_headed_as_said_of_the_category() -> None:
    kb = made(
        classification("is", "equated", "good", scope="group"),
        claim("of-group", "equated", scope="group"),
    )
    before, after = text(kb, "good").split("Said of the category, and of groups taken to be it")
    assert "Statement of of-group." in after
    assert "Statement of of-group." not in before


def test_what_is_said_of_a_group_is_not_attributed_to_those_whom_another_names() -> None:
    kb = made(claim("both", "naming", "other", scope="group"))
    shown = text(kb, "a")
    assert "Of “some of these”, A among those named" in shown
    assert "“others”" not in shown
    assert "“some of these”" not in text(kb, "b")


def test_every_equation_of_a_group_is_shown_with_its_hedge_and_speaker() -> None:
    first = {"certainty": "implied", "hedge": "likely", "reasoning": "By the chapter."}
    kb = made(
        classification("first", "equated", "good", scope="group", **first),
        classification("second", "equated", "good", scope="group", note="In passing."),
    )
    shown = text(kb, "a").split("Said of its category and of groups")[1]
    assert "Of “good buyers”, taken to be good customers" in shown
    assert "implied, by reference only (“likely”) · The book · first" in shown
    assert "Reasoning: By the chapter." in shown
    assert "stated, by reference only · The book · second" in shown
    assert "Note: In passing." in shown
    assert shown.count("Statement of first.") == 1


def test_a_group_may_be_named_and_taken_to_be_a_category_and_a_denial_of_that_is_its_own() -> None:
    kb = made(
        classification("is", "naming", "good", scope="group"),
        classification("is-not", "naming", "bad", scope="group", stance="denied"),
    )
    shown = text(kb, "a")
    assert "Of “some of these”, A among those named, taken to be good customers" in shown
    assert shown.count("✗ denied: Statement of is-not.") == 1


def test_a_group_tells_what_is_said_of_a_customer_apart_from_what_is_said_of_the_group() -> None:
    kb = made(
        claim("of-it", "naming", scope="group"),
        claim("one", "a", "naming"),
        claim("two", "a", "b", "naming", scope="collective"),
    )
    of_it, rest = text(kb, "naming").split("Said of a customer and the group")
    one, two = rest.split("Said of customers together and the group")
    assert "and so of no customer in particular" in of_it
    assert "Statement of of-it." in of_it
    assert "Statement of one." in one
    assert "no customer in particular" not in rest
    assert "Statement of two." in two


def test_a_denial_is_one_wherever_claims_are_listed(kb: FileKnowledge) -> None:
    shown = text(kb, "eastafrican-2013")
    assert "✗ denied: The chief of Tanzania’s armed forces denied" in shown
    assert "denied · stated, by reference only · chief of Tanzania’s armed forces, via" in shown


@pytest.mark.parametrize("id_", ["q", "work"])
def test_a_listed_claim_has_its_hedge_and_speaker(tmp_path: Path, id_: str) -> None:
    quoting = [{"quote": "q"}, {"reference": {"source": "work"}}]
    hedged = {"certainty": "alleged", "hedge": "is said"}
    kb = knowledge(
        sources=[source(archive={"file": "t", "sha256": "0" * 64, "media_type": "text/plain"})],
        quotes=[{"id": "q", "source": "work", "exact": "x", "start": 0, "end": 1}],
        customers=[customer("a")],
        claims=[
            activity("quoted", "a", evidence=quoting, **hedged),
            activity("referred", "a", **hedged),
        ],
    )
    shown = text(kb, id_)
    if id_ == "q":
        assert "alleged (“is said”) · The book" in shown
        assert "referred" not in shown
    else:
        listed = shown.split("Claims that refer to it without a quotation")[1]
        assert "referred  Statement of referred." in listed
        assert "alleged, by reference only (“is said”) · The book" in listed
        assert "quoted  " not in listed


def test_a_source_shows_no_retracted_claim(workspace: Workspace) -> None:
    content = workspace.read()
    claims = {item["id"]: item for item in content["claims"]}
    claims["syria-gas-masks"] |= {"status": "retracted", "retraction": "Misread."}
    claims["book-rusi-page-date"] |= {"status": "retracted", "retraction": "Misread."}
    workspace.write(content)
    kb = load(workspace.file)
    assert "syria-gas-masks" not in text(kb, "nknews-2015")
    assert "book-rusi-page-date" not in text(kb, "rusi-2015")
    assert "book-whitehall-paper-84" in text(kb, "rusi-2015")
