"""The checks that read words, dates and names: each finds its fault, and nothing else."""

from pathlib import Path
from typing import Any

import pytest

from targetmarkets.evidence import consistency
from targetmarkets.evidence.archive import Archives
from targetmarkets.evidence.consistency import CHECKS
from targetmarkets.kb.json_file import FileKnowledge
from tests.build import activity, claim, customer, knowledge, source

QUOTES = [
    {"id": "plain", "source": "work", "exact": "Syria got suits.", "start": 0, "end": 16},
    {"id": "hedged", "source": "work", "exact": "Syria may have got suits.", "start": 0, "end": 25},
    {"id": "denied", "source": "work", "exact": "Syria never got suits.", "start": 0, "end": 22},
]
ISSUED = {"type": "book", "title": "T", "issued": {"date-parts": [[2015, 12]]}}


def found(**lists: Any) -> list[tuple[str, str | None]]:
    """Each fault by its check and its object."""
    kb = small(**lists)
    faults = consistency.faults(
        kb, kb.objects.values(), lambda _: ("claims", 0), Archives(kb).as_read
    )
    return [(fault.check, fault.id) for fault in faults]


def small(**lists: Any) -> FileKnowledge:
    lists.setdefault("sources", [source(bibliography=ISSUED)])
    lists.setdefault("customers", [customer("syria")])
    return knowledge(Path("customers.json"), quotes=QUOTES, **lists)


def quoted(id_: str, quote: str, **fields: Any) -> dict[str, Any]:
    return claim(id_, "syria", evidence=[{"quote": quote}], **fields)


def test_the_bundled_file_has_none(kb: FileKnowledge) -> None:
    texts = Archives(kb).as_read
    assert list(consistency.faults(kb, kb.objects.values(), lambda _: (), texts)) == []
    counts = consistency.counted(kb)
    assert counts.keys() == CHECKS.keys()
    assert all(counts.values())


@pytest.mark.parametrize(
    ("fields", "check"),
    [
        ({"quote": "hedged"}, "doubt"),
        ({"quote": "hedged", "hedge_note": "It speaks of something else."}, None),
        ({"quote": "hedged", "certainty": "possible", "hedge": "may"}, None),
        ({"quote": "hedged", "stance": "denied"}, None),
        ({"quote": "hedged", "certainty": "possible"}, "hedge"),
        ({"quote": "hedged", "certainty": "likely", "hedge": "may"}, "hedge"),
        ({"quote": "hedged", "certainty": "stated", "hedge": "may"}, "hedge"),
        ({"quote": "plain", "certainty": "possible", "hedge": "may"}, "hedge"),
        ({"quote": "plain"}, None),
        ({"quote": "hedged", "certainty": "implied", "reasoning": "So."}, None),
        ({"quote": "denied"}, "doubt"),
        ({"quote": "denied", "negative": True}, None),
        ({"quote": "denied", "stance": "denied"}, None),
        ({"quote": "denied", "statement": "Syria did not get suits."}, None),
        ({"quote": "denied", "hedge_note": "It speaks of something else."}, None),
    ],
)
def test_a_word_of_doubt_is_recorded_or_explained(
    fields: dict[str, Any], check: str | None
) -> None:
    assert found(claims=[quoted("c", **fields)]) == ([(check, "c")] if check else [])


@pytest.mark.parametrize(
    ("period", "late"),
    [
        ("2015", False),
        ("2011/2015-12", False),
        ("2015-12-31", False),
        ("2011/", False),
        ("2016", True),
        ("2011/..", True),
        ("2011/2016-01", True),
        (None, False),
    ],
)
def test_no_period_goes_on_after_its_source(period: str | None, late: bool) -> None:  # noqa: FBT001 - the expectation
    fields = {"period": period} if period else {}
    assert found(claims=[claim("c", "syria", **fields)]) == ([("time", "c")] if late else [])


def test_a_source_without_a_date_bounds_nothing() -> None:
    claims = [claim("c", "syria", period="2011/..")]
    assert found(sources=[source()], claims=claims) == []


def test_a_denial_is_of_the_time_of_what_it_denies() -> None:
    said = claim("said", "syria", period="2010")
    denial = claim("no", "syria", stance="denied", denies=["said"], period="2013")
    assert found(claims=[said, denial]) == [("time", "no")]
    assert found(claims=[said, {**denial, "period": "2010", "said": "2013"}]) == []


def test_a_work_that_nobody_read_has_no_title_out_of_the_air() -> None:
    used = [claim("c", "syria")]
    unread = {**source(), "read": False}
    assert found(sources=[unread], claims=used) == [("title", "work")]
    assert found(sources=[{**unread, "title_from": "a catalogue"}], claims=used) == []
    assert found(sources=[{**unread, "bibliography": {"type": "book"}}], claims=used) == []


def counting(id_: str, value: int, **fields: Any) -> dict[str, Any]:
    made = activity(id_, "syria", event="e", **fields)
    made["activity"]["quantities"] = [{"value": value, "unit": "cylinders"}]
    return made


def test_claims_of_one_event_that_differ_say_so() -> None:
    events = [{"id": "e", "name": "Event", "kind": "interception"}]
    one, other = counting("a", 445), counting("b", 535)
    assert found(events=events, claims=[one, other]) == [("event", "e")]
    assert found(events=events, claims=[one, {**other, "conflicts_with": ["a"]}]) == []
    assert found(events=events, claims=[{**one, "conflicts_with": ["b"]}, other]) == []
    assert found(events=events, claims=[one, counting("b", 445)]) == []
    assert found(events=events, claims=[one, {**other, "event": None}]) == []
    about = counting("b", 535)
    about["activity"]["quantities"][0]["qualifier"] = "about"
    assert found(events=events, claims=[one, about]) == []
    days = [claim(id_, "syria", event="e", period=period) for id_, period in
            (("a", "2013-07-10"), ("b", "2013-07-15"), ("c", "2013-07"))]  # fmt: skip
    assert found(events=events, claims=days) == [("event", "e")]


@pytest.mark.parametrize(
    ("statement", "party", "named"),
    [
        ("The Chong Chon Gang sailed.", {"id": "ship"}, True),
        ("The chong-chon gang sailed.", {"id": "ship"}, True),
        ("IMO 7937317 sailed.", {"id": "ship"}, True),
        ("A ship sailed.", {"id": "ship"}, False),
        ("Syria paid.", {"id": "syria"}, True),
        ("It paid.", {"id": "syria"}, False),
        ("Panama stopped it.", {"state": "PA"}, True),
        ("North Korean goods were stopped.", {"state": "KP"}, True),
        ("It was stopped.", {"state": "PA"}, False),
    ],
)
def test_every_party_is_named_in_the_statement(
    statement: str,
    party: dict[str, str],
    named: bool,  # noqa: FBT001 - the expectation
) -> None:
    ship = {
        "id": "ship", "name": "Chong Chon Gang", "kind": "ship",
        "identifiers": [{"scheme": "imo", "value": "7937317"}],
    }  # fmt: skip
    made = claim("c", "syria", statement=statement, parties=[{"part": "carrier", **party}])
    assert found(actors=[ship], claims=[made]) == ([] if named else [("party", "c")])


def test_codes_are_those_of_the_standard() -> None:
    state = customer("a", iso_3166={"alpha_2": "CG", "alpha_3": "COD"})
    actor = {"id": "b", "name": "Firm", "kind": "firm", "country": "UK"}
    party = claim("c", "a", statement="A.", parties=[{"state": "BU", "part": "host"}])
    assert found(customers=[state], actors=[actor], claims=[party]) == [
        ("code", "a"),
        ("code", "b"),
        ("code", "c"),
    ]


@pytest.mark.parametrize(
    ("type_", "said"),
    [
        ("journal-article", "CSL has no type 'journal-article'; did you mean article-journal?"),
        ("newspaperArticle", "CSL has no type 'newspaperArticle'; did you mean article-newspaper?"),
        ("Book", "CSL has no type 'Book'; did you mean book?"),
        ("xyz", "CSL has no type 'xyz'"),
        ("article-journal", None),
    ],
)
def test_a_work_is_of_a_type_of_csl(type_: str, said: str | None) -> None:
    kb = small(sources=[{**source(), "bibliography": {"type": type_, "title": "T"}}])
    faults = consistency.faults(kb, kb.sources.values(), lambda _: (), Archives(kb).as_read)
    assert [fault.message for fault in faults if fault.check == "type"] == ([said] if said else [])
