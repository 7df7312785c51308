"""Sums say no more than their claims: every certainty, every claim, no article counted twice."""

from typing import Any

import pytest

from targetmarkets.model.edtf import days, span
from targetmarkets.records.accounts import alone
from targetmarkets.records.compose import Composer
from targetmarkets.records.overview import Overview
from tests.build import activity, category, claim, classification, customer, knowledge, source


def supply(id_: str, goods: str, form: str, outcome: str, **fields: Any) -> dict[str, Any]:
    made = activity(id_, *fields.pop("about", ["a"]), **fields)
    made["activity"] = {"goods": goods, "form": form, "outcome": outcome}
    return made


@pytest.fixture
def overview() -> Overview:
    news = [{"reference": {"source": "news"}}]
    again = [{"reference": {"source": "again"}}]
    unread = [{"reference": {"source": "unread"}}]
    kb = knowledge(
        sources=[
            source(bibliography={"type": "book", "title": "T", "issued": {"date-parts": [[2015]]}}),
            source("news", reports_on=["work"]),
            source("again", reports_on=["work"]),
            source("unread", read=False),
        ],
        categories=[category("good"), category("bad")],
        customers=[customer("a"), customer("b")],
        groups=[{"id": "many", "name": "many", "members": ["a"]}],
        events=[
            {"id": "later", "name": "Later", "kind": "shipment"},
            {"id": "first", "name": "First", "kind": "shipment"},
            {"id": "undated", "name": "Undated", "kind": "visit"},
        ],
        claims=[
            classification("is-good", "a", "good"),
            supply("one", "missiles", "parts", "intercepted", event="later", period="2013-07-10",
                   evidence=news),
            supply("two", "missiles", "parts", "unstated", event="later", period="2013-07-16",
                   evidence=again, certainty="alleged", conflicts_with=["one"]),
            supply("three", "missiles", "parts", "planned", evidence=unread, certainty="likely",
                   certainty_basis="collected"),
            supply("four", "missiles", "whole", "delivered", event="first", period="1990/.."),
            supply("five", "arms", "whole", "agreed"),
            claim("visit", "a", event="undated"),
            claim("why", "a", kind="driver"),
            claim("no", "a", stance="denied", denies=["four"]),
            supply("both", "ships", "whole", "delivered", about=["a", "b"], scope="collective",
                   event="first"),
            claim("of-all", "good", scope="group"),
            claim("of-many", "many", scope="group"),
            claim("of-bad", "bad", scope="group"),
            supply("gone", "ships", "whole", "delivered", status="retracted", retraction="No."),
        ],
    )  # fmt: skip
    return Composer(kb).customer(kb.customers["a"]).overview


def test_a_row_of_supplies_has_all_that_its_claims_say(overview: Overview) -> None:
    parts, whole, arms = overview.supplies  # and no ships: who got them is not said
    assert (parts.label, whole.label, arms.label) == ("missiles, parts", "missiles", "arms")
    assert parts.claims == ("one", "two", "three")
    assert parts.certainties == ("stated", "likely", "alleged")
    assert (parts.collected, parts.quoted, parts.disputed) == (1, 0, True)
    assert (parts.period, parts.undated) == ("2013-07", 1)
    assert parts.events == ("later",)
    assert parts.occurrences == 2
    assert [(o.outcome, o.occurrences) for o in parts.outcomes] == [
        ("intercepted", 1),
        ("planned", 1),
    ]
    # Two reports on one book are one origin, and what nobody read is none.
    assert parts.independent_sources == 1
    assert parts.sources == ("news", "again", "unread")
    assert (whole.disputed, whole.period) == (True, "1990/..")
    assert not arms.disputed


def test_events_come_in_order_of_time_and_are_ranked(overview: Overview) -> None:
    assert [line.event for line in overview.events] == ["first", "later", "undated"]
    ranks = {line.event: line.rank for line in overview.events}
    assert ranks == {"later": 1, "first": 2, "undated": 3}
    assert overview.events[1].goods == ("missiles, parts",)
    assert overview.last == "2013-07"  # that a thing goes on is no event of today


def test_what_is_said_of_others_too_is_counted_apart(overview: Overview) -> None:
    assert overview.together == 1
    assert [(said.object, said.id, said.claims) for said in overview.of_groups] == [
        ("category", "good", 1),
        ("group", "many", 1),
    ]
    assert overview.drivers == ("why",)
    assert (overview.claims, overview.quoted) == (9, 0)
    assert overview.latest_source == "2015"


def test_what_is_contested_stands_once_by_its_matter(overview: Overview) -> None:
    assert [(c.how, c.what, c.claims, c.by) for c in overview.contested] == [
        ("differs", "Later", ("one",), ("two",)),
        ("denied", "First", ("four",), ("no",)),
    ]


@pytest.mark.parametrize(
    ("periods", "held"),
    [
        ([], None),
        (["2013-04-03"], "2013-04-03"),
        (["2013-07-10", "2013-07-16", "2013-07"], "2013-07"),
        (["2013-07", "2013"], "2013"),
        (["2007", "2012-05"], "2007/2012"),
        (["2009-11/2010-02", "2009"], "2009/2010"),
        (["198X/2014", "2007"], "198X/2014"),
        (["2006-06~", "2006-06"], "2006~/2006~"),
        (["1990/..", "2009"], "1990/.."),
        (["/2006-07-12", "2009"], "/2009"),
        (["../2006", "2009/.."], "../.."),
    ],
)
def test_the_period_of_several_holds_them_all(periods: list[str], held: str | None) -> None:
    assert span(periods) == held
    if held not in {None, "../.."}:
        assert held is not None
        for period in periods:
            assert days(held).first <= days(period).first
            assert days(period).last <= days(held).last


def test_how_sure_an_event_is_comes_from_what_tells_how_it_ended() -> None:
    kb = knowledge(
        customers=[customer("a"), customer("b")],
        events=[{"id": "e", "name": "E", "kind": "shipment"}],
        claims=[
            supply("got", "ships", "whole", "delivered", event="e", certainty="alleged"),
            claim("silence", "a", event="e", statement="The minister did not answer."),
            supply("none", "arms", "whole", "delivered", event="e", negative=True),
            supply("both", "ships", "whole", "delivered", about=["a", "b"], event="e",
                   scope="collective"),
        ],
    )  # fmt: skip
    composer = Composer(kb)
    (line,) = composer.customer(kb.customers["a"]).overview.events
    assert line.certainties == ("alleged",)
    assert [o.outcome for o in line.outcomes] == ["delivered"]
    assert line.claims == ("got", "silence", "none")
    (row,) = composer.customer(kb.customers["a"]).overview.supplies
    assert row.claims == ("got",)  # that nothing came is no supply
    event = composer.event(kb.events["e"])
    own, others = alone(event)
    assert ([c.id for c in own], [c.id for c in others]) == (["a"], ["b"])


def test_quarrels_that_do_not_hang_together_are_told_apart() -> None:
    kb = knowledge(
        customers=[customer("a")],
        events=[{"id": "e", "name": "E", "kind": "shipment"}],
        claims=[
            claim("ten", "a", event="e", conflicts_with=["eleven", "twelve"]),
            claim("eleven", "a", event="e", conflicts_with=["twelve"]),
            claim("twelve", "a", event="e"),
            claim("here", "a", event="e", conflicts_with=["there"]),
            claim("there", "a", event="e"),
            claim("chain-1", "a", conflicts_with=["chain-2"]),
            claim("chain-2", "a", conflicts_with=["chain-3"]),
            claim("chain-3", "a"),
        ],
    )
    found = Composer(kb).customer(kb.customers["a"]).overview.contested
    assert [(c.claims, c.by) for c in found] == [
        (("ten",), ("eleven", "twelve")),
        (("here",), ("there",)),
        (("chain-1", "chain-3"), ("chain-2",)),
    ]
