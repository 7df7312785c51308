"""Filters choose records and never trim them; an order is an order."""

from typing import Any

import pytest

from targetmarkets.errors import RequestError, UsageError
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.model.types import KINDS, Kind
from targetmarkets.query.choose import as_kind, briefs, by_time
from targetmarkets.query.select import select
from targetmarkets.records.categories import CategoryRecord
from targetmarkets.records.claims import ClaimRecord
from targetmarkets.records.fields import value_at
from tests.build import (
    activity,
    category,
    claim,
    classification,
    customer,
    knowledge,
    source,
)

RESILIENT = [
    *("syria", "iran", "uganda", "drc", "burma", "cuba"),
    *("armed-palestinian-organisations", "hizbullah", "ltte"),
]
RELUCTANT = ["yemen", "ethiopia"]
AD_HOC = ["republic-of-the-congo", "eritrea", "tanzania"]


def chosen(kb: FileKnowledge, what: Kind = "customers", /, **options: Any) -> list[str]:
    ordering = {name: options.pop(name) for name in ("sort", "reverse", "limit") if name in options}
    return [record.id for record in select(kb, what, Filters(**options), **ordering)]


def test_customers_come_by_category(kb: FileKnowledge) -> None:
    assert chosen(kb) == RESILIENT + RELUCTANT + AD_HOC


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"category": ["Resilient"]}, RESILIENT),
        ({"category": ["ad hoc", "RELUCTANT"]}, RELUCTANT + AD_HOC),
        ({"kind": ["non-state"]}, RESILIENT[-3:]),
        ({"region": ["Middle Africa"]}, ["drc", "republic-of-the-congo"]),
        (
            {"region": ["africa"]},
            ["uganda", "drc", "ethiopia", *AD_HOC],
        ),
        ({"region": ["africa"], "category": ["resilient"]}, ["uganda", "drc"]),
        ({"customer": ["SY", "myanmar"]}, ["syria", "burma"]),
        ({"activity": ["protective equipment"]}, ["syria"]),
        ({"activity": ["technical-assistance"]}, ["ethiopia"]),
        ({"activity": ["weapon designs"]}, []),
        ({"certainty": ["possible"]}, ["tanzania"]),
        ({"certainty": ["stated"]}, ["syria", "iran", "yemen", "ethiopia"]),
        ({"certainty": ["stated"], "evidence": ["quoted"]}, ["syria", "iran"]),
        ({"evidence": ["referenced"]}, ["yemen", "ethiopia", "tanzania"]),
        ({"source": ["berger-2015-intro"]}, ["tanzania"]),
        ({"source": ["berger-2015-ch3"]}, []),
        ({"source": ["rusi-2015"], "category": ["ad-hoc"]}, ["republic-of-the-congo", "eritrea"]),
    ],
)
def test_filters_of_customers(
    kb: FileKnowledge, filters: dict[str, Any], expected: list[str]
) -> None:
    assert chosen(kb, **filters) == expected


@pytest.mark.parametrize(
    ("filters", "among", "not_among"),
    [
        ({"customer": ["iran"]}, "steadfast-arms", "syria-gas-masks more-resilient-training"),
        ({"activity": ["training"]}, "more-resilient-training", "syria-gas-masks"),
        ({"certainty": ["alleged"]}, "syria-officers", "syria-military-cooperation"),
        ({"category": ["reluctant"]}, "ethiopia-tank-assistance", "steadfast-arms"),
        ({"category": ["reluctant"]}, "some-countries-earlier-supply", "syria-officers"),
        ({"category": ["resilient"]}, "more-resilient-training", "ethiopia-tank-assistance"),
        ({"evidence": ["quoted"]}, "syria-officers", "syria-officers-aleppo-2013"),
        ({"layer": ["author"]}, "ethiopia-tank-assistance", "syria-gas-masks"),
        ({"period": ["2013"]}, "syria-gas-masks-2013", "syria-brass-discs-copper-rods-2010"),
    ],
)
def test_filters_of_activities_speak_of_the_claim(
    kb: FileKnowledge, filters: dict[str, Any], among: str, not_among: str
) -> None:
    found = set(chosen(kb, "activities", **filters))
    assert set(among.split()) <= found
    assert not set(not_among.split()) & found


def test_activities_are_all_activities_that_stand(kb: FileKnowledge) -> None:
    for record in select(kb, "activities", Filters()):
        assert isinstance(record, ClaimRecord)
        assert record.activity is not None
        assert record.status == "accepted"


def test_categories_and_sources(kb: FileKnowledge) -> None:
    assert chosen(kb, "categories") == ["resilient", "reluctant", "ad-hoc"]
    assert chosen(kb, "categories", customer=["eritrea"]) == ["ad-hoc"]
    assert chosen(kb, "sources", evidence=["quoted"]) == ["nknews-2015", "rusi-2015"]
    assert "berger-2015-ch4-ebook" in chosen(kb, "sources", customer=["yemen"])
    assert "crs-r43480" not in chosen(kb, "sources", customer=["yemen"])
    assert "rusi-2015" in chosen(kb, "sources", category=["ad-hoc"])


def test_a_filter_never_trims_a_record(kb: FileKnowledge) -> None:
    whole = {record.id: record for record in select(kb, "customers", Filters())}
    for filters in (Filters(activity=["personnel"]), Filters(source=["rusi-2015"])):
        for record in select(kb, "customers", filters):
            assert record == whole[record.id]


@pytest.mark.parametrize(
    ("kind", "filters"),
    [
        ("sources", {"region": ["Africa"]}),
        ("categories", {"certainty": ["stated"]}),
        ("findings", {"category": ["resilient"]}),
        ("findings", {"customer": ["syria"]}),
        ("findings", {"region": ["Africa"]}),
        ("findings", {"scope": ["group"]}),
        ("customers", {"category": ["bad"]}),
        ("customers", {"customer": ["congo"]}),
        ("customers", {"customer": ["resilient"]}),
        ("customers", {"kind": ["country"]}),
        ("customers", {"region": ["Atlantis"]}),
        ("customers", {"activity": ["cakes"]}),
        ("customers", {"certainty": [""]}),
        ("customers", {"evidence": ["none"]}),
        ("customers", {"source": ["nk"]}),
        ("customers", {"sort": "nothing"}),
        ("customers", {"sort": ""}),
    ],
)
def test_what_means_nothing_is_refused(
    kb: FileKnowledge, kind: Kind, filters: dict[str, Any]
) -> None:
    with pytest.raises(RequestError) as caught:
        chosen(kb, kind, **filters)
    assert caught.value.remedy


def test_the_kind_of_list_is_as_forgiving(kb: FileKnowledge) -> None:
    assert [as_kind(kind.upper()) for kind in KINDS] == list(KINDS)
    with pytest.raises(UsageError):
        as_kind("customs")


def test_sorting_puts_the_surest_first_and_what_is_missing_last(kb: FileKnowledge) -> None:
    by_certainty = chosen(kb, sort="category_basis.certainty")
    assert by_certainty[:4] == ["syria", "iran", "yemen", "ethiopia"]
    assert by_certainty[4] == "tanzania"
    assert chosen(kb, sort="category_basis.certainty", reverse=True)[-1] == "ethiopia"
    names = chosen(kb, sort="name")
    assert names == sorted(names, key=lambda id_: kb.customers[id_].name.casefold())
    codes = chosen(kb, sort="iso_3166.alpha_2")
    assert set(codes[-3:]) == set(RESILIENT[-3:])
    assert set(chosen(kb, sort="iso_3166.alpha_2", reverse=True)[-3:]) == set(RESILIENT[-3:])
    assert chosen(kb, sort="activities", reverse=True)[0] == "syria"
    assert chosen(kb, reverse=True) == chosen(kb)[::-1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_can_be_sorted_by(kb: FileKnowledge, kind: Kind) -> None:
    from targetmarkets.records.fields import FIELDS, OBJECTS

    every = sorted(chosen(kb, kind))
    for field in FIELDS[OBJECTS[kind]]:
        assert sorted(chosen(kb, kind, sort=field)) == every


def test_a_brief_is_what_the_record_says(kb: FileKnowledge) -> None:
    shown = briefs(kb, Filters())
    for record, brief in zip(select(kb, "customers", Filters()), shown, strict=True):
        for field in (
            *("id", "name", "aliases", "category", "category_conflict", "overview.kinds"),
            *("overview.last", "overview.independent_sources", "category_basis.certainty"),
            *("category_basis.hedge", "category_basis.evidence", "category_basis.known"),
            *("category_basis.said_by",),
            *("category_basis.sources", "category_basis.quoted_sources"),
        ):
            assert value_at(brief, field) == value_at(record, field), field
    assert [brief.id for brief in briefs(kb, Filters(), reverse=True, limit=1)] == ["tanzania"]
    torn = briefs(small(), Filters(customer=["torn"]))[0]
    assert (torn.category, torn.category_basis, torn.category_conflict) == (None, None, True)


def test_a_limit_takes_the_first(kb: FileKnowledge) -> None:
    assert chosen(kb, limit=2) == ["syria", "iran"]
    assert chosen(kb, limit=0) == []
    assert chosen(kb, limit=1, sort="name", reverse=True) == ["yemen"]


def small() -> FileKnowledge:
    """Customers, and claims of every standing about them."""
    archived = source("text", archive={"file": "t", "sha256": "0" * 64, "media_type": "text/plain"})
    retracted: dict[str, Any] = {"status": "retracted", "retraction": "Misread."}
    quoted: dict[str, Any] = {"evidence": [{"quote": "q"}]}
    return knowledge(
        sources=[source(), archived, source("unquoted")],
        quotes=[{"id": "q", "source": "text", "exact": "x", "start": 0, "end": 1}],
        customers=[
            customer("torn"),
            customer("good-one", region="Caribbean"),
            customer("band", kind="non-state"),
        ],
        categories=[category("good"), category("bad")],
        groups=[{"id": "some", "name": "some", "members": ["torn"]}],
        claims=[
            classification("torn-good", "torn", "good"),
            classification("torn-bad", "torn", "bad"),
            classification("one-good", "good-one", "good", certainty="likely"),
            activity("told", "good-one", period="2009-07", **quoted),
            activity("denied", "good-one", type_="training", stance="denied", denies=["told"]),
            activity("gone", "good-one", type_="personnel", **retracted),
            activity("both", "good-one", "band", type_="missiles", scope="collective"),
            activity("of-some", "some", scope="group", certainty="possible"),
            claim("trade", period="197X", **quoted),
            claim("gone-trade", **retracted),
        ],
    )


def test_a_customer_in_conflict_comes_last_and_in_no_category() -> None:
    kb = small()
    assert chosen(kb) == ["good-one", "torn", "band"]
    assert chosen(kb, category=["good"]) == ["good-one"]
    assert chosen(kb, category=["bad"]) == []
    categories = select(kb, "categories", Filters())
    members = [[m.id for m in c.customers] for c in categories if isinstance(c, CategoryRecord)]
    assert members == [["good-one"], []]
    assert chosen(kb, certainty=["stated"]) == []


def test_a_customers_activities_are_asserted_of_it_alone_and_stand() -> None:
    kb = small()
    assert chosen(kb, activity=["arms"]) == ["good-one"]
    for type_ in ("training", "personnel", "missiles"):
        assert chosen(kb, activity=[type_]) == []


def test_claims_by_everything_that_they_say() -> None:
    kb = small()
    for filters, ids in (
        ({}, "torn-good torn-bad one-good told denied both of-some trade"),
        ({"status": ["retracted"]}, "gone gone-trade"),
        ({"status": ["accepted", "retracted"], "kind": ["market"]}, "trade gone-trade"),
        ({"stance": ["denied"]}, "denied"),
        ({"scope": ["group"]}, "of-some"),
        ({"scope": ["collective", "group"]}, "both of-some"),
        ({"layer": ["context"]}, ""),
        ({"kind": ["non-state"]}, "both"),
        ({"region": ["Americas"]}, "one-good told denied both"),
        ({"period": ["2009"]}, "told"),
        ({"period": ["1975-05", "2009-08/2010"]}, "trade"),
        ({"period": ["../2009-07"]}, "told trade"),
        ({"evidence": ["quoted"]}, "told trade"),
        ({"certainty": ["likely"], "evidence": ["quoted"]}, ""),
        ({"category": ["good"]}, "torn-good one-good told denied both"),
        ({"activity": ["arms"]}, "told of-some"),
    ):
        assert " ".join(chosen(kb, "claims", **filters)) == ids, filters
    assert chosen(kb, "activities") == ["told", "denied", "both", "of-some"]
    assert chosen(kb, "activities", kind=["non-state"]) == ["both"]
    assert chosen(kb, "findings") == ["trade"]
    assert chosen(kb, "groups", customer=["torn"]) == ["some"]
    assert chosen(kb, "groups", customer=["band"]) == []
    assert chosen(kb, "quotes", customer=["good-one"]) == ["q"]
    assert chosen(kb, "quotes", customer=["band"]) == []
    assert chosen(kb, "sources", evidence=["quoted"]) == ["text"]
    assert chosen(kb, "sources", evidence=["referenced"]) == ["work", "unquoted"]


def test_an_event_is_found_by_the_finest_of_its_dates() -> None:
    def told(id_: str, period: str, of: str) -> dict[str, Any]:
        return claim(id_, "a", event=of, period=period)

    kb = knowledge(
        sources=[source()],
        customers=[customer("a")],
        events=[{"id": id_, "name": id_, "kind": "shipment"} for id_ in ("exact", "vague")],
        claims=[
            told("year", "2013", "exact"),
            told("month", "2013-07", "exact"),
            told("unsure", "2013-07?", "vague"),
            told("alone", "2013", "vague"),
        ],
    )
    assert chosen(kb, "events", period=["2013-08"]) == ["vague"]
    assert chosen(kb, "events", period=["2013-07"], dated=["inside"]) == ["exact"]
    assert chosen(kb, "claims", period=["2013-08"]) == ["year", "unsure", "alone"]
    assert chosen(kb, "claims", period=["2013-09"]) == ["year", "alone"]


def test_when_something_was_said_is_not_when_it_was() -> None:
    """A denial in 2013 of what has no date is no event of 2013."""
    denied: dict[str, Any] = {"stance": "denied", "denies": ["sold"]}
    kb = knowledge(
        customers=[customer("a")],
        claims=[
            activity("sold", "a"),
            activity("undated", "a", said="2013-08", **denied),
            activity("dated", "a", period="2007", said="2013-08", **denied),
        ],
    )
    assert chosen(kb, "claims", period=["2013"]) == []
    assert chosen(kb, "claims", period=["2007"]) == ["dated"]
    records = {record.id: record for record in select(kb, "claims", Filters())}
    assert {id_: (value_at(r, "period"), value_at(r, "said")) for id_, r in records.items()} == {
        "sold": (None, None), "undated": (None, "2013-08"), "dated": ("2007", "2013-08"),
    }  # fmt: skip


@pytest.mark.parametrize("period", ["", "soon", "2009-13", "2009-02-30", "/", "9" * 100_000])
def test_a_period_that_is_none_is_refused(kb: FileKnowledge, period: str) -> None:
    with pytest.raises(UsageError) as caught:
        chosen(kb, "claims", period=[period])
    assert len(caught.value.message) < 200


def seen() -> FileKnowledge:
    """Events, actors, and claims of every date about them."""

    def party(id_: str, part: str) -> dict[str, str]:
        return {"id": id_, "part": part}

    def supply(id_: str, outcome: str, **fields: Any) -> dict[str, Any]:
        return activity(id_, "buyer", **fields) | {
            "activity": {"goods": "arms", "form": "whole", "outcome": outcome}
        }

    ship, firm = party("ship", "carrier"), party("firm", "supplier")
    return knowledge(
        customers=[customer("buyer")],
        events=[
            {"id": name, "name": name.title(), "kind": "shipment"}
            for name in ("early", "late", "open", "untold", "denied")
        ],
        actors=[
            {"id": "ship", "name": "The Ship", "kind": "ship"},
            {"id": "firm", "name": "The Firm", "kind": "firm"},
        ],
        claims=[
            supply("a", "intercepted", event="early", period="2005", parties=[ship]),
            supply("b", "delivered", event="late", period="2011-06", parties=[firm]),
            supply("c", "unstated", event="late", parties=[party("firm", "carrier")]),
            supply("d", "agreed", event="open", period="1990/..", parties=[ship, firm]),
            supply("e", "offered", event="untold"),
            supply(
                *("f", "delivered"),
                event="denied",
                period="2011",
                parties=[ship],
                stance="denied",
                denies=["e"],
            ),
        ],
    )


@pytest.mark.parametrize(
    ("kind", "filters", "ids"),
    [
        ("events", {"outcome": ["delivered"]}, "late"),
        ("events", {"outcome": ["agreed", "offered"]}, "open untold"),
        ("events", {"since": ["2010"]}, "late open"),
        ("events", {"since": ["2010"], "until": ["2012"]}, "late open"),
        ("events", {"since": ["2000"], "until": ["2006"]}, "early open"),
        ("events", {"period": ["2005", "since 2011"]}, "early late open"),
        ("events", {"period": ["2000s"], "until": ["2005"]}, "early open"),
        ("events", {"since": ["2010"], "dated": ["inside"]}, "late"),
        ("events", {"since": ["2010"], "dated": ["overlapping"]}, "open"),
        ("events", {"dated": ["undated"]}, "untold denied"),
        ("events", {"dated": ["undated", "inside"], "since": ["2010"]}, "late untold denied"),
        ("events", {"era": ["before"]}, "early"),
        ("events", {"era": ["sanctions"]}, "late"),
        ("events", {"era": ["undated"]}, "untold denied"),
        ("events", {"actor": ["THE SHIP"]}, "early open"),
        ("events", {"actor": ["firm"], "role": ["carrier"]}, "late"),
        ("events", {"role": ["carrier"]}, "early late open"),
        ("events", {"goods": ["arms"]}, "early late open untold"),
        ("events", {"customer": ["buyer"]}, "early late open untold denied"),
        ("actors", {"actor": ["ship"]}, "ship"),
        ("actors", {"role": ["carrier"]}, "ship firm"),
        ("actors", {"role": ["supplier"]}, "firm"),
        ("actors", {"actor": ["ship", "firm"], "role": ["supplier"]}, "firm"),
        ("actors", {"since": ["2011"]}, "firm ship"),
        ("actors", {"outcome": ["intercepted"]}, "ship"),
        ("actors", {"era": ["across"]}, "ship firm"),
        ("claims", {"actor": ["ship"], "role": ["carrier"], "stance": ["asserted"]}, "a d"),
        ("claims", {"actor": ["firm"], "role": ["carrier"]}, "c"),
        ("claims", {"role": ["supplier"]}, "b d"),
        ("claims", {"outcome": ["unstated"]}, "c"),
        ("claims", {"era": ["undated"]}, "c e"),
        ("activities", {"since": ["2006"]}, "b f d"),
        ("activities", {"until": ["2006"]}, "a d"),
        ("customers", {"outcome": ["delivered"]}, "buyer"),
        ("customers", {"outcome": ["planned"]}, ""),
    ],
)
def test_events_and_actors_by_what_claims_assert_of_them(
    kind: Kind, filters: dict[str, Any], ids: str
) -> None:
    assert " ".join(chosen(seen(), kind, **filters)) == ids


def test_times_with_nothing_in_common_are_refused() -> None:
    with pytest.raises(UsageError, match="nothing in common"):
        chosen(seen(), "events", since=["2012"], until=["2010"])


def test_nothing_is_left_out_of_a_time_in_silence() -> None:
    kb = seen()
    assert by_time(kb, "events", Filters(customer=["buyer"])) is None
    assert by_time(kb, "events", Filters(dated=["undated"])) is None
    time = by_time(kb, "events", Filters(since=["2010"], dated=["inside"], outcome=["delivered"]))
    assert time is not None
    assert (time.times, time.ids["inside"]) == (("2010/..",), ["late"])
    time = by_time(kb, "events", Filters(since=["2010"], until=["2012"]))
    assert time is not None
    assert time.times == ("2010/2012",)
    assert time.ids == {
        "inside": ["late"],
        "overlapping": ["open"],
        "undated": ["untold", "denied"],
    }


def test_an_exact_id_wins_over_another_name() -> None:
    kb = knowledge(customers=[customer("a", aliases=["b"]), customer("b", name="Other")])
    assert chosen(kb, customer=["b"]) == ["b"]
    with pytest.raises(RequestError):
        chosen(kb, customer=["B"])


def test_how_a_thing_is_known_sorts_by_evidence_and_then_by_certainty(kb: FileKnowledge) -> None:
    order = chosen(kb, sort="category_basis.known")
    assert order[:2] == ["syria", "iran"]
    assert order[-3:] == ["yemen", "ethiopia", "tanzania"]
    names = chosen(kb, sort="kind,name")
    assert names[:3] == ["armed-palestinian-organisations", "hizbullah", "ltte"]
    assert names[3:5] == ["burma", "cuba"]
