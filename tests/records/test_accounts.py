"""Events and actors say what their claims say, value by value, and choose none."""

import pytest

from targetmarkets.model.parts import Place, Quantity
from targetmarkets.records.accounts import scenes, show_place, show_quantity
from targetmarkets.records.compose import Composer
from tests.build import activity, claim, customer, knowledge, source


@pytest.fixture
def composer() -> Composer:
    seized = activity(
        "seized", "a", event="e", period="2013-07", statement="The Ship was stopped by Panama.",
        parties=[{"id": "ship", "part": "carrier"}, {"state": "PA", "part": "interceptor"}],
        places=[{"name": "Colón", "country": "PA", "relation": "at"}],
    )  # fmt: skip
    seized["activity"] |= {
        "outcome": "intercepted",
        "quantities": [{"value": 445, "unit": "rods"}],
    }
    other = activity("other", "a", event="e", period="2013-07-15", conflicts_with=["seized"])
    other["activity"] |= {
        "outcome": "intercepted",
        "quantities": [{"value": 535, "unit": "rods"}],
    }
    other["evidence"] = [{"reference": {"source": "news"}}]
    return Composer(
        knowledge(
            sources=[source(), {**source("news"), "reports_on": ["unread"]},
                     {**source("unread"), "read": False}],
            customers=[customer("a")],
            events=[{"id": "e", "name": "The Ship, 2013", "kind": "interception"}],
            actors=[{"id": "ship", "name": "Ship", "kind": "ship", "formerly": ["vessel"]}],
            claims=[
                seized,
                other,
                claim("no", "a", event="e", stance="denied", denies=["seized"], said="2014"),
                claim("gone", "a", event="e", period="1999", status="retracted", retraction="X."),
                claim("rumour", "a", evidence=[{"reference": {"source": "unread"}}]),
            ],
        )
    )  # fmt: skip


def test_each_value_comes_with_the_claims_that_give_it(composer: Composer) -> None:
    event = composer.event(composer.kb.events["e"])
    assert [(a.value, a.claims, a.sources) for a in event.dates] == [
        ("2013-07", ("seized",), ("work",)),
        ("2013-07-15", ("other",), ("news",)),
    ]
    assert [(a.value, a.claims) for a in event.quantities] == [
        ("445 rods", ("seized",)),
        ("535 rods", ("other",)),
    ]
    assert [(a.value, a.claims) for a in event.outcomes] == [("intercepted", ("seized", "other"))]
    assert [a.value for a in event.parties] == ["carrier: Ship", "interceptor: PA"]
    assert [a.value for a in event.places] == ["at Colón (PA)"]
    assert event.eras == ("sanctions",)
    assert event.disputed
    assert [c.id for c in event.claims] == ["seized", "other"]
    assert [c.id for c in event.denied] == ["no"]
    assert [c.id for c in event.customers] == ["a"]
    assert event.independent_sources == 2
    assert composer.customer(composer.kb.customers["a"]).events == ("e",)


def test_an_actor_is_known_by_its_parts_and_counterparts(composer: Composer) -> None:
    actor = composer.actor(composer.kb.actors["ship"])
    assert [(a.value, a.claims) for a in actor.parts] == [("carrier", ("seized",))]
    assert [(p.state, p.part) for p in actor.counterparts] == [("PA", "interceptor")]
    assert actor.events == ("e",)
    assert [record.id for record in composer.named(["vessel", "Ship"])] == ["ship", "ship"]


def test_what_nobody_read_says_so_and_adds_no_origin(composer: Composer) -> None:
    kb = composer.kb
    assert composer.claim(kb.claims["seized"]).read
    assert composer.claim(kb.claims["other"]).read
    assert not composer.claim(kb.claims["rumour"]).read
    assert composer.shared.origins(["unread"]) == 0
    assert composer.shared.origins(["news", "unread"]) == 1
    assert composer.shared.origins(["work", "news", "unread"]) == 2


def test_an_event_without_claims_says_nothing() -> None:
    kb = knowledge(events=[{"id": "e", "name": "E", "kind": "visit"}])
    event = Composer(kb).event(kb.events["e"])
    assert event.eras == ("undated",)
    assert not event.disputed
    assert event.dates == event.parties == ()
    assert event.claims == ()


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"value": 445, "unit": "cylinders"}, "445 cylinders"),
        ({"value": 14_000, "unit": "suits", "qualifier": "nearly"}, "nearly 14,000 suits"),
        ({"value": 11, "to": 15, "unit": "officers"}, "11–15 officers"),
        ({"value": 2.5, "unit": "tons", "qualifier": "about"}, "about 2.5 tons"),
    ],
)
def test_quantities_are_shown_as_the_source_has_them(fields: dict[str, object], shown: str) -> None:
    assert show_quantity(Quantity.model_validate(fields, strict=False)) == shown


def test_places_are_shown_with_their_relation() -> None:
    place = Place(name="Latakia", country="SY", relation="to")
    assert show_place(place) == "to Latakia (SY)"
    assert show_place(Place(name="the border", relation="via")) == "via the border"


def test_where_an_event_was_is_where_it_happened_and_not_where_a_claim_of_it_was() -> None:
    def at(name: str, relation: str = "at") -> list[dict[str, str]]:
        return [{"name": name, "relation": relation}]

    kb = knowledge(
        sources=[source()],
        customers=[customer("a")],
        events=[{"id": e, "name": e, "kind": "interception"} for e in ("e", "visit")],
        claims=[
            activity("seized", "a", event="e", places=at("Port")),
            claim("hidden", "a", event="e", places=at("Elsewhere")),
            claim("bound", "a", event="e", places=at("Abroad", "to")),
            claim("same", "a", event="e", places=at("Port")),
            claim("seen", "a", event="visit", places=at("Palace")),
        ],
    )
    own, others = scenes(Composer(kb).event(kb.events["e"]))
    assert [(place.value, place.claims) for place in own] == [
        ("at Port", ("seized", "same")),
        ("to Abroad", ("bound",)),
    ]
    assert [place.value for place in others] == ["at Elsewhere"]
    assert [p.value for p in scenes(Composer(kb).event(kb.events["visit"]))[0]] == ["at Palace"]


def test_an_event_says_how_sure_its_claims_are_and_chooses_none() -> None:
    archived = source("text", archive={"file": "t", "sha256": "0" * 64, "media_type": "text/plain"})
    kb = knowledge(
        sources=[source(), archived],
        quotes=[{"id": "q", "source": "text", "exact": "x", "start": 0, "end": 1}],
        customers=[customer("a")],
        events=[{"id": "e", "name": "E", "kind": "shipment"}],
        claims=[
            claim("1", "a", event="e", certainty="alleged", evidence=[{"quote": "q"}]),
            claim("2", "a", event="e", certainty="likely", certainty_basis="collected"),
            claim("3", "a", event="e"),
            claim("4", "a", event="e", certainty="possible", stance="denied", denies=["3"]),
        ],
    )
    record = Composer(kb).event(kb.events["e"])
    assert record.certainties == ("stated", "likely", "alleged")
    assert record.known == (
        "alleged",
        "stated, by reference only",
        "likely, as collected, by reference only",
    )
