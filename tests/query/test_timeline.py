"""Events in order of time: what lies in a year for sure, and of whom each is told."""

import pytest

from targetmarkets.errors import RequestError
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.query.timeline import place, timeline
from targetmarkets.records.compose import Composer
from tests.build import activity, category, claim, classification, customer, knowledge


def event(id_: str) -> dict[str, str]:
    return {"id": id_, "name": f"Name of {id_}", "kind": "shipment"}


@pytest.fixture(scope="module")
def small() -> Composer:
    return Composer(
        knowledge(
            customers=[customer("syria"), customer("iran"), customer("cuba")],
            categories=[category("first")],
            actors=[{"id": "ship", "name": "Ship", "kind": "ship"}],
            events=[event("late"), event("early"), event("shared"), event("none"), event("told")],
            claims=[
                classification("c", "syria", "first"),
                activity("late-1", "syria", event="late", period="2013-07"),
                activity("late-2", "syria", event="late", period="2013-04", certainty="alleged"),
                activity("early-1", "iran", event="early", period="2009/2012"),
                activity(
                    "shared-1", "iran", event="shared", period="2009",
                    parties=[{"id": "ship", "part": "carrier"}],
                ),
                activity("shared-2", "syria", "cuba", scope="collective", event="shared"),
                claim("told-1", "iran", event="told", period="2013-01", stance="denied"),
                claim("none-1", "cuba", event="none", status="retracted", retraction="No."),
                claim("told-2", event="told"),
            ],
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("period", "placed"),
    [
        ("2013", ("year", 2013)),
        ("2013-07-10", ("year", 2013)),
        ("2013-04/2013-07", ("year", 2013)),
        ("2011-06~", ("year", 2011)),
        ("2011~", ("range", None)),
        ("2011?/2011-05", ("range", None)),
        ("2012/2013", ("range", None)),
        ("198X", ("range", None)),
        ("2013/..", ("range", None)),
        ("/2013", ("range", None)),
        (None, ("undated", None)),
    ],
)
def test_only_what_lies_in_a_year_for_sure_is_placed_in_it(
    period: str | None, placed: tuple[str, int | None]
) -> None:
    assert place(period) == placed


def test_events_come_in_order_of_time_with_all_that_is_asserted_of_them(small: Composer) -> None:
    found = timeline(small)
    assert [moment.event for moment in found.events] == ["shared", "early", "late", "told"]
    assert [c.id for c in found.customers] == ["syria", "iran", "cuba"]
    late = found.events[2]
    assert (late.period, late.year, late.placed) == ("2013", 2013, "year")
    assert late.certainties == ("stated", "alleged")
    assert late.claims == ("late-1", "late-2")
    told = found.events[3]
    assert (told.period, told.placed) == (None, "undated"), "a denial dates nothing"
    assert told.claims == ("told-2",)
    assert told.disputed is False


def test_what_is_said_of_several_is_no_ones_own(small: Composer) -> None:
    shared = timeline(small).events[0]
    assert [c.id for c in shared.customers] == ["iran"]
    assert [c.id for c in shared.together] == ["syria", "cuba"]


@pytest.mark.parametrize(
    ("names", "events", "rows"),
    [
        (["Syria"], ["shared", "late"], ["syria"]),
        (["first"], ["shared", "late"], ["syria"]),
        (["iran", "syria"], ["shared", "early", "late"], ["syria", "iran"]),
        (["ship"], ["shared"], ["syria", "iran", "cuba"]),
        (["ship", "iran"], ["shared", "early"], ["syria", "iran", "cuba"]),
    ],
)
def test_names_choose_events_and_trim_none(
    small: Composer, names: list[str], events: list[str], rows: list[str]
) -> None:
    found = timeline(small, names)
    assert [moment.event for moment in found.events] == events
    assert [subject.id for subject in found.customers] == rows
    whole = {moment.event: moment.model_copy(update={"rank": 0}) for moment in timeline(small)[0]}
    assert all(whole[m.event] == m.model_copy(update={"rank": 0}) for m in found.events)


def test_sources_claims_and_unknown_names_have_none(small: Composer) -> None:
    for name in ("work", "late-1", "nobody"):
        with pytest.raises(RequestError):
            timeline(small, [name])


def test_the_bundled_events_are_all_there_once(kb: FileKnowledge, composer: Composer) -> None:
    found = timeline(composer).events
    assert sorted(moment.event for moment in found) == sorted(kb.events)
    for moment in found:
        assert moment.sources
        assert moment.claims
        assert (moment.year is None) == (moment.placed != "year")
        assert not {c.id for c in moment.customers} & {c.id for c in moment.together}
    bangkok = next(m for m in found if m.event == "bangkok-il-76-2009")
    assert [c.id for c in bangkok.customers] == ["iran"]
    assert "hizbullah" in {c.id for c in bangkok.together}
