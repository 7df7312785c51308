"""Filters choose records and never trim them; an order is an order."""

from typing import Any

import pytest

from targetmarkets.errors import RequestError, UsageError
from targetmarkets.query import KINDS, Filters, Kind, as_kind, select
from targetmarkets.records import CategoryRecord, ClaimRecord, CustomerRecord
from targetmarkets.store import KnowledgeBase

RESILIENT = [
    *("syria", "iran", "uganda", "drc", "burma", "cuba"),
    *("armed-palestinian-organisations", "hizbullah", "ltte"),
]
RELUCTANT = ["yemen", "ethiopia"]
AD_HOC = ["republic-of-the-congo", "eritrea", "tanzania"]


def chosen(kb: KnowledgeBase, what: Kind = "customers", /, **options: Any) -> list[str]:
    ordering = {name: options.pop(name) for name in ("sort", "reverse", "limit") if name in options}
    return [record.id for record in select(kb, what, Filters(**options), **ordering)]


def test_customers_come_by_category(kb: KnowledgeBase) -> None:
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
        ({"activity": ["training"]}, []),
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
    kb: KnowledgeBase, filters: dict[str, Any], expected: list[str]
) -> None:
    assert chosen(kb, **filters) == expected


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"customer": ["iran"]}, {"steadfast-arms", "steadfast-materiel", "steadfast-services"}),
        ({"activity": ["training"]}, {"more-resilient-training"}),
        ({"certainty": ["alleged"]}, {"syria-officers"}),
        ({"category": ["reluctant"]}, {"some-countries-earlier-supply", "ethiopia-tank-assistance"}),
        ({"category": ["ad-hoc"]}, set()),
        ({"region": ["Eastern Africa"], "certainty": ["possible"]}, set()),
        ({"evidence": ["referenced"]}, set()),
    ],
)
def test_filters_of_activities_speak_of_the_claim(
    kb: KnowledgeBase, filters: dict[str, Any], ids: set[str]
) -> None:
    assert set(chosen(kb, "activities", **filters)) == ids


def test_activities_are_all_activities_that_stand(kb: KnowledgeBase) -> None:
    for record in select(kb, "activities", Filters()):
        assert isinstance(record, ClaimRecord)
        assert record.activity is not None
        assert record.status == "accepted"


def test_categories_and_sources(kb: KnowledgeBase) -> None:
    assert chosen(kb, "categories") == ["resilient", "reluctant", "ad-hoc"]
    assert chosen(kb, "categories", customer=["eritrea"]) == ["ad-hoc"]
    assert chosen(kb, "sources", evidence=["quoted"]) == ["nknews-2015", "rusi-2015"]
    assert chosen(kb, "sources", customer=["yemen"]) == ["berger-2015-ch4-ebook"]
    assert "rusi-2015" in chosen(kb, "sources", category=["ad-hoc"])


def test_a_filter_never_trims_a_record(kb: KnowledgeBase) -> None:
    whole = {record.id: record for record in select(kb, "customers", Filters())}
    for filters in (Filters(activity=["personnel"]), Filters(source=["rusi-2015"])):
        for record in select(kb, "customers", filters):
            assert record == whole[record.id]


@pytest.mark.parametrize(
    ("kind", "filters"),
    [
        ("sources", {"region": ["Africa"]}),
        ("categories", {"certainty": ["stated"]}),
        ("customers", {"category": ["bad"]}),
        ("customers", {"customer": ["congo"]}),
        ("customers", {"customer": ["resilient"]}),
        ("customers", {"kind": ["country"]}),
        ("customers", {"region": ["Europe"]}),
        ("customers", {"activity": ["cakes"]}),
        ("customers", {"certainty": [""]}),
        ("customers", {"evidence": ["none"]}),
        ("customers", {"source": ["nk"]}),
        ("customers", {"sort": "nothing"}),
        ("customers", {"sort": ""}),
    ],
)
def test_what_means_nothing_is_refused(
    kb: KnowledgeBase, kind: Kind, filters: dict[str, Any]
) -> None:
    with pytest.raises(RequestError) as caught:
        chosen(kb, kind, **filters)
    assert caught.value.remedy


def test_the_kind_of_list_is_as_forgiving(kb: KnowledgeBase) -> None:
    assert [as_kind(kind.upper()) for kind in KINDS] == list(KINDS)
    with pytest.raises(UsageError):
        as_kind("customs")


def test_sorting_puts_the_surest_first_and_what_is_missing_last(kb: KnowledgeBase) -> None:
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
def test_every_field_can_be_sorted_by(kb: KnowledgeBase, kind: Kind) -> None:
    from targetmarkets.fields import FIELDS, OBJECTS

    for field in FIELDS[OBJECTS[kind]]:
        assert sorted(chosen(kb, kind, sort=field)) == sorted(chosen(kb, kind))


def test_a_limit_takes_the_first(kb: KnowledgeBase) -> None:
    assert chosen(kb, limit=2) == ["syria", "iran"]
    assert chosen(kb, limit=0) == []
    assert chosen(kb, limit=1, sort="name", reverse=True) == ["yemen"]


def test_a_customer_in_conflict_is_in_no_category(kb: KnowledgeBase) -> None:
    listed = select(kb, "customers", Filters())
    assert all(isinstance(record, CustomerRecord) and record.category for record in listed)
    categories = select(kb, "categories", Filters())
    members = [m.id for c in categories if isinstance(c, CategoryRecord) for m in c.customers]
    assert sorted(members) == sorted(record.id for record in listed)
