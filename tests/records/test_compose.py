"""Records: complete, self-contained, and never saying of one what is said of many."""

from targetmarkets.formats.cells import cell
from targetmarkets.kb.classify import layer
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.records.categories import CategoryRecord
from targetmarkets.records.compose import Composer
from targetmarkets.records.customers import CustomerRecord
from targetmarkets.records.sources import SourceRecord
from tests.build import (
    activity,
    category,
    claim,
    classification,
    customer,
    knowledge,
    source,
)


def composed(*claims: dict[str, object]) -> CustomerRecord:
    kb = knowledge(
        customers=[customer("a"), customer("b")],
        categories=[category("good")],
        groups=[
            {"id": "naming", "name": "some of these", "members": ["a", "b"]},
            {"id": "equated", "name": "good buyers"},
            {"id": "other", "name": "others"},
        ],
        claims=[
            classification("c", "a", "good"),
            classification("e", "equated", "good", scope="group"),
            *claims,
        ],
    )
    return Composer(kb).customer(kb.customers["a"])


def ids(claims: tuple[object, ...]) -> list[str]:
    return [str(getattr(claim, "id", None)) for claim in claims]


def test_what_is_said_of_one_of_several_and_of_a_group_is_kept_apart() -> None:
    record = composed(
        activity("alone", "a"),
        activity("together", "a", "b", scope="collective"),
        activity("of-naming", "naming", scope="group"),
        activity("of-equated", "equated", scope="group"),
        activity("of-category", "good", scope="group"),
        activity("of-other", "other", scope="group"),
        activity("of-nobody"),
        activity("of-b", "b"),
        claim("reason", "a", kind="driver"),
    )
    assert ids(record.activities) == ["alone"]
    assert ids(record.claims) == ["reason"]
    assert ids(record.collective) == ["together"]
    assert ids(record.group) == ["e", "of-naming", "of-equated", "of-category"]
    assert record.activity_types == ("arms",)


def test_a_group_claim_is_not_shown_where_the_category_is_in_conflict() -> None:
    record = composed(
        classification("no", "a", "good", stance="denied", denies=["c"]),
        activity("of-category", "good", scope="group"),
    )
    assert record.category is None
    assert record.category_conflict
    assert record.group == ()


def test_denied_and_retracted_claims_are_not_among_what_is_asserted() -> None:
    record = composed(
        activity("yes", "a", conflicts_with=["no"]),
        activity("no", "a", stance="denied", denies=["yes"]),
        activity("gone", "a", status="retracted", retraction="Misread."),
    )
    assert ids(record.activities) == ["yes"]
    assert ids(record.denied) == ["no"]
    assert record.activities[0].denied_by == ("no",)
    assert record.activities[0].conflicts_with == ("no",)
    assert record.denied[0].conflicts_with == ("yes",)
    assert record.denied[0].denies == ("yes",)


def test_the_layer_is_that_of_the_speakers(kb: FileKnowledge) -> None:
    layers = {claim.id: layer(claim) for claim in kb.content.claims}
    assert layers["steadfast-arms"] == "book"
    assert layers["syria-officers"] == "book"
    assert layers["drc-resilient-contents"] == "book"
    assert layers["yemen-reluctant-abstract"] == "book"
    assert layers["ethiopia-tank-assistance"] == "author"
    assert layers["syria-gas-masks"] == "context"
    assert layers["eritrea-ad-hoc-last-group"] == "context"


def test_a_conflict_with_a_retracted_claim_is_none() -> None:
    gone = activity("gone", "a", status="retracted", retraction="Misread.", conflicts_with=["yes"])
    assert composed(activity("yes", "a"), gone).activities[0].conflicts_with == ()
    denial = activity("no", "a", stance="denied", denies=["yes"])
    gone = denial | {"status": "retracted", "retraction": "Misread."}
    assert composed(activity("yes", "a"), gone).activities[0].denied_by == ()


def test_retracted_claims_are_in_no_other_record() -> None:
    retracted = {"status": "retracted", "retraction": "Misread."}
    archived = source(archive={"file": "t", "sha256": "0" * 64, "media_type": "text/plain"})
    kb = knowledge(
        sources=[archived],
        quotes=[{"id": "q", "source": "work", "exact": "x", "start": 0, "end": 1}],
        categories=[category("good")],
        groups=[{"id": "some", "name": "some"}],
        claims=[
            claim("c1", "good", scope="group", **retracted),
            claim("c2", "some", scope="group", evidence=[{"quote": "q"}], **retracted),
        ],
    )
    composer = Composer(kb)
    assert composer.category(kb.categories["good"]).claims == ()
    assert composer.group(kb.groups["some"]).claims == ()
    assert composer.quote(kb.quotes["q"]).claims == ()
    assert composer.source(kb.sources["work"]).claims == ()


def test_a_category_keeps_its_customers_apart_from_what_is_said_of_it() -> None:
    kb = knowledge(
        customers=[customer("a"), customer("b")],
        categories=[category("good")],
        claims=[
            classification("c", "a", "good"),
            claim("why", "a", "good", kind="driver"),
            claim("both", "a", "b", "good", scope="collective"),
            claim("of-it", "good", scope="group"),
        ],
    )
    record = Composer(kb).category(kb.categories["good"])
    assert ids(record.classifications) == ["c"]
    assert ids(record.claims) == ["of-it"]
    assert ids(record.individual) == ["why"]
    assert ids(record.collective) == ["both"]


def test_sources_that_report_on_one_work_are_not_independent() -> None:
    def independent(*sources: dict[str, object]) -> int:
        evidence = [{"reference": {"source": item["id"]}} for item in sources]
        kb = knowledge(
            sources=[source("book"), *sources],
            customers=[customer("a")],
            claims=[claim("c", "a", evidence=evidence)],
        )
        return Composer(kb).customer(kb.customers["a"]).independent_sources

    first = source("first", reports_on=["book"])
    second = source("second", reports_on=["book"])
    assert independent(source("x")) == 1
    assert independent(source("x"), source("y")) == 2
    assert independent(first, second) == 1
    assert independent(first, source("x"), second) == 2
    assert independent(source("x"), source("y", reports_on=["x"])) == 1
    deep = [source("middle", reports_on=["book"]), source("far", reports_on=["middle"])]
    assert independent(deep[1], first, deep[0]) == 1


def test_a_customer_is_complete(kb: FileKnowledge, composer: Composer) -> None:
    record = composer.customer(kb.customers["syria"])
    assert record.category == "resilient"
    assert record.category_basis is not None
    assert record.category_basis.known == "stated"
    assert {"nknews-2015", "berger-2015-ch3"} <= set(record.sources)
    assert 1 < record.independent_sources < len(record.sources)
    quoted = {
        item.quote.id
        for claims in (
            *(record.classifications, record.activities, record.claims),
            *(record.denied, record.collective, record.group),
        )
        for claim in claims
        for item in claim.evidence
        if item.quote
    }
    assert {quote.id for quote in record.quotes} == quoted
    places = [(list(kb.sources).index(q.source), q.start) for q in record.quotes]
    assert places == sorted(places)


def test_a_claim_cites_the_passages_of_one_work_together(composer: Composer) -> None:
    record = composer.claim(composer.kb.claims["drc-resilient-steadfast"])
    assert record.citation.count("NK News") == 1
    assert record.evidence_kind == "quoted"
    assert all(item.citation for item in record.evidence)


def test_a_claim_stands_by_itself_in_a_row() -> None:
    """Names, category, year and addresses, for those who do not look them up elsewhere."""

    def read(source_: str, at: str | None = None) -> dict[str, object]:
        return {"reference": {"source": source_, "consulted_at": at}}

    def work(id_: str, **fields: str) -> dict[str, object]:
        return source(id_, bibliography={"type": "book", "title": id_, **fields})

    kb = knowledge(
        customers=[customer("a"), customer("b"), customer("c")],
        categories=[category("good"), category("bad")],
        groups=[{"id": "some", "name": "some of these", "members": ["a", "b"]}],
        sources=[
            source(),
            work("page", URL="https://a.example/1", DOI="10.1/page"),
            work("article", DOI="10.1/article"),
        ],
        claims=[
            *(classification(f"sorts-{id_}", id_, "good") for id_ in "ab"),
            classification("sorts-c", "c", "bad"),
            activity(
                "one",
                "a",
                period="2009-07/2010",
                evidence=[
                    read("page", "https://a.example/1"),
                    read("page", "https://copy.example/"),
                    read("article"),
                    read("work"),
                ],
            ),
            activity("alike", "b", "a", scope="collective", period="../2009"),
            activity("unlike", "a", "c", scope="collective"),
            activity("of-group", "some", scope="group"),
            activity("of-category", "good", scope="group"),
        ],
    )
    records = {id_: Composer(kb).claim(claim_) for id_, claim_ in kb.claims.items()}
    one = records["one"]
    assert (one.customers, one.category, one.year) == (("A",), "good", 2009)
    assert one.address == (
        "https://a.example/1",
        "https://doi.org/10.1/article",
        "https://copy.example/",
    )
    assert (records["alike"].customers, records["alike"].category) == (("B", "A"), "good")
    assert records["alike"].year is None
    assert (records["unlike"].customers, records["unlike"].category) == (("A", "C"), None)
    for id_ in ("of-group", "of-category"):
        assert (records[id_].customers, records[id_].category) == ((), None)
        assert records[id_].address == ()


def test_every_object_has_a_record_that_says_what_it_is(
    kb: FileKnowledge, composer: Composer
) -> None:
    for id_, item in kb.objects.items():
        record = composer.record(item)
        assert record.id == id_
        assert record.object == type(item).__name__.lower()


def test_categories_and_sources_know_what_rests_on_them(
    kb: FileKnowledge, composer: Composer
) -> None:
    ad_hoc = composer.record(kb.categories["ad-hoc"])
    assert isinstance(ad_hoc, CategoryRecord)
    assert [member.id for member in ad_hoc.customers] == [
        *("republic-of-the-congo", "eritrea", "tanzania")
    ]
    assert "one-last-group-is-ad-hoc" in ids(ad_hoc.claims)
    work = composer.record(kb.sources["berger-2015-intro"])
    assert isinstance(work, SourceRecord)
    assert {"republic-of-the-congo-ad-hoc-abstract", "tanzania-ad-hoc-abstract"} <= set(work.claims)
    assert not work.archived


def test_a_member_and_a_group_have_the_hedge_of_what_puts_them_in_a_category() -> None:
    hedged = {"certainty": "possible", "hedge": "may be"}
    kb = knowledge(
        customers=[customer("a")],
        categories=[category("good")],
        groups=[{"id": "some", "name": "some"}],
        claims=[
            classification("c", "a", "good", **hedged),
            classification("e", "some", "good", scope="group", **hedged),
        ],
    )
    basis = Composer(kb).group(kb.groups["some"]).category_basis
    assert basis
    assert (basis.claim, basis.known, basis.hedge) == ("e", "possible, by reference only", "may be")
    (member,) = Composer(kb).category(kb.categories["good"]).customers
    assert cell(member) == "a (possible, by reference only, “may be”)"
