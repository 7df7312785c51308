"""What every way of storing a knowledge base answers: one suite, run against each of them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.errors import AmbiguousNameError, UnknownNameError
from targetmarkets.kb import disposable, json_file
from targetmarkets.kb.classify import Classifier
from targetmarkets.kb.knowledge import RELATIONS, Knowledge
from targetmarkets.kb.opening import load
from targetmarkets.kb.resolve import free_id, resolve
from targetmarkets.kb.store.cached import load_cached
from targetmarkets.kb.store.stored import StoredKnowledge
from targetmarkets.model.objects import STORED, Claim, Customer, Quote
from targetmarkets.model.parts import Activity
from targetmarkets.model.types import LISTS
from tests.build import category, claim, classification, content, customer, source
from tests.stores import STORES, Store

QUOTES = [
    {"id": "late", "source": "work", "exact": "x", "start": 5, "end": 6},
    {"id": "long", "source": "work", "exact": "xx", "start": 1, "end": 3},
    {"id": "short", "source": "work", "exact": "x", "start": 1, "end": 2},
    {"id": "other", "source": "news", "exact": "x", "start": 0, "end": 1},
]
CITED = [{"quote": "other"}, {"reference": {"source": "work"}}, {"quote": "other"}]
ARCHIVE = {"file": "text.txt", "sha256": "0" * 64, "media_type": "text/plain"}
CONTENT = content(
    covers="those of one test",
    sources=[source(archive=ARCHIVE), source("news", archive=ARCHIVE), source("referred-to")],
    quotes=QUOTES,
    customers=[
        customer("a", aliases=["The Élan"], iso_3166={"alpha_2": "AA", "alpha_3": "AAA"}),
        customer("b", name="Congo (one)"),
        customer("c", name="Congo (two)", aliases=["A."]),
    ],
    categories=[category("good"), category("bad")],
    groups=[
        {"id": "g", "name": "both", "members": ["a", "b"]},
        {"id": "h", "name": "one", "members": ["b"]},
    ],
    events=[{"id": "e", "name": "An event", "kind": "visit"}],
    actors=[{"id": "ship", "name": "Ship", "kind": "ship", "formerly": ["vessel"]}],
    claims=[
        claim(
            "rests",
            "a",
            evidence=CITED,
            event="e",
            parties=[
                {"id": "ship", "part": "carrier"},
                {"id": "a", "part": "buyer"},
                {"state": "PA", "part": "host"},
            ],
        ),
        claim("together", "b", "a", "g", scope="collective", conflicts_with=["rests"]),
        claim("denial", "a", stance="denied", denies=["rests"], event="e"),
        classification("sorts", "a", "good"),
    ],
)

Open = Callable[[Path], Knowledge]


def _open_cached(path: Path) -> Knowledge:
    load_cached(path)  # who makes it, reads the file
    kb = load_cached(path)
    assert isinstance(kb, StoredKnowledge)
    return kb


def _open_in(store: Store) -> Open:
    return lambda path: load(store.made_of(path, path.with_name("other.sqlite")))


WAYS: dict[str, Open] = {
    "file": json_file.load,
    "cached": _open_cached,
    **{name: _open_in(store) for name, store in STORES.items()},
}
"""The ways of storing, each with what opens a knowledge base that is stored so."""


@pytest.fixture(params=WAYS)
def kb(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Knowledge:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv(disposable.ENVIRONMENT_VARIABLE, raising=False)
    path = tmp_path / "customers.json"
    path.write_text(json.dumps(CONTENT), "utf-8")
    path.with_name("sources").mkdir()
    path.with_name("sources").joinpath("text.txt").write_text("xxxxxxx", "utf-8")
    return WAYS[request.param](path)


def test_an_object_is_found_by_its_id_among_those_of_its_type(kb: Knowledge) -> None:
    assert kb.customers["a"].name == "A"
    assert kb.of(Claim)["rests"] == kb.claims["rests"] == kb.objects["rests"]
    assert "rests" not in kb.customers
    assert "rests" not in kb.subjects
    assert kb.of(Quote).get("nothing") is None
    for name in ("nothing", "", "half \ud800"):
        with pytest.raises(KeyError):
            kb.objects[name]


def test_an_object_is_found_by_an_id_that_it_had_before_to_the_letter(kb: Knowledge) -> None:
    assert [item.id for item in kb.objects.formerly("vessel")] == ["ship"]
    assert not kb.customers.formerly("vessel")
    for name in ("Vessel", "ship", "nothing", "half \ud800"):
        assert not kb.objects.formerly(name)


def test_every_list_comes_whole_and_in_order(kb: Knowledge) -> None:
    for name, model in STORED.items():
        ids = [item["id"] for item in CONTENT.get(name, [])]
        assert list(kb.of(model)) == list(kb.among([name])) == ids
        assert [item.id for item in kb.of(model).values()] == ids
        assert len(kb.of(model)) == len(ids)
    assert list(kb.subjects) == ["a", "b", "c", "good", "bad", "g", "h"]
    assert list(kb.among(["claims", "groups"])) == [
        *("rests", "together", "denial", "sorts"),
        *("g", "h"),
    ]


def test_it_says_whose_customers_it_holds(kb: Knowledge) -> None:
    assert kb.covers == "those of one test"


def test_a_state_that_is_no_customer_leads_to_what_it_takes_part_in(kb: Knowledge) -> None:
    assert [claim.id for claim in kb.claims_with_party("PA")] == ["rests"]


def test_the_place_of_an_object_is_that_in_the_file(kb: Knowledge) -> None:
    ids = [item["id"] for name in LISTS for item in CONTENT.get(name, [])]
    assert [kb.position(id_) for id_ in ids] == list(range(len(ids)))
    with pytest.raises(KeyError):
        kb.position("nothing")


RELATED = {
    "archived": {"": ["work", "news"]},
    "claims_about": {
        "a": ["rests", "together", "denial", "sorts"],
        "b": ["together"],
        "g": ["together"],
        "good": ["sorts"],
    },
    "classifications": {"a": ["sorts"], "good": ["sorts"]},
    "claims_on_quote": {"other": ["rests", "rests"]},
    "claims_of_event": {"e": ["rests", "denial"]},
    "claims_with_party": {"ship": ["rests"], "a": ["rests"]},
    "denials": {"rests": ["denial"]},
    "conflicts": {"rests": ["together"]},
    "groups_naming": {"a": ["g"], "b": ["g", "h"]},
    "quotes_from": {"work": ["short", "long", "late"], "news": ["other"]},
    "mentioning": {
        "a": ["g", "rests", "together", "denial", "sorts"],
        "b": ["g", "h", "together"],
        "g": ["together"],
        "e": ["rests", "denial"],
        "ship": ["rests"],
        "good": ["sorts"],
        "rests": ["together", "denial"],
        "other": ["rests"],
        "work": ["rests", "together", "denial", "sorts", "late", "long", "short"],
        "news": ["other"],
    },
}


def test_what_is_looked_up_ahead_is_what_is_looked_up_alone(kb: Knowledge) -> None:
    for relation, expected in RELATED.items():
        if relation == "mentioning":
            continue  # what mentions an object is not looked up ahead
        kb.lead_ahead((relation,), ["nothing", *expected, *kb.objects])
        for id_ in ["nothing", *kb.objects]:
            found = [item.id for item in kb.related(relation, id_)]
            assert found == (expected | {"nothing": []}).get(id_, [])


def test_objects_lead_to_those_that_name_them(kb: Knowledge) -> None:
    assert RELATED.keys() | {"claims_saying"} == RELATIONS.keys()
    for relation, expected in RELATED.items():
        found = {
            id_: [item.id for item in kb.related(relation, id_)]
            for id_ in ["", "nothing", *kb.objects]
        }
        assert {id_: ids for id_, ids in found.items() if ids} == expected, relation


def test_a_claim_leads_to_those_that_say_what_it_says(kb: Knowledge) -> None:
    rests = kb.claims["rests"]
    said = [rests.model_copy(update={"statement": statement}) for statement in
            ("statement  OF rests.", "Another statement.")]  # fmt: skip
    assert [[c.id for c in kb.claims_saying(claim)] for claim in said] == [["rests"], []]
    other_evidence = rests.model_copy(update={"evidence": kb.claims["denial"].evidence})
    other_stance = rests.model_copy(update={"stance": "denied"})
    for other in (other_evidence, other_stance, rests.model_copy(update={"about": ("b",)})):
        assert not kb.claims_saying(other)
    apart: dict[str, Any] = {"event": "other", "period": "1990~", "negative": not rests.negative}
    for field, value in apart.items():
        assert not kb.claims_saying(rests.model_copy(update={field: value})), field
    activity = Activity(goods="ships", form="parts", outcome="delivered")
    assert not kb.claims_saying(rests.model_copy(update={"activity": activity}))


def test_sources_lead_to_the_claims_that_rest_on_them(kb: Knowledge) -> None:
    found = {id_: [claim.id for claim in kb.claims_on_source(id_)] for id_ in (*kb.sources, "a")}
    everything = ["rests", "together", "denial", "sorts"]
    assert found == {"work": everything, "news": ["rests"], "referred-to": [], "a": []}


def test_the_sources_of_a_claim_come_in_the_order_of_its_evidence(kb: Knowledge) -> None:
    assert kb.sources_of(kb.claims["rests"]) == ["news", "work"]


def test_names_lead_to_objects_whatever_is_varied_in_them(kb: Knowledge) -> None:
    for name in ("A", "the elan", "THE-ÉLAN", "aa", "AAA"):
        found = [item.id for item in kb.customers.called(name)]
        assert "a" in found, name
    with pytest.raises(AmbiguousNameError):
        resolve("A.", kb.among(["groups", "customers"]), "customer")
    with pytest.raises(UnknownNameError, match="nobody"):
        resolve("nobody", kb.objects, "object")
    assert free_id(kb, "rests") == "rests-2"


def test_what_filters_leave_holds_all_that_is_wanted(kb: Knowledge) -> None:
    chosen = {c.id for c in kb.with_filters(Claim, [("customer", ["b"]), ("status", ["accepted"])])}
    assert "together" in chosen
    sorted_ = [c.id for c in kb.with_filters(Customer, [("category", ["good", "bad"])])]
    assert "a" in sorted_
    assert list(kb.with_filters(Customer, [])) == list(kb.customers.values())


def test_what_follows_from_the_claims_is_the_same(kb: Knowledge) -> None:
    classifier = Classifier(kb)
    assert classifier.of("a").category == "good"
    assert classifier.members("good") == ["a"]
