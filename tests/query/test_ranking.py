"""What makes evidence strong, one thing before the other."""

from typing import Any

import pytest

from targetmarkets.cli import complete
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.model.types import Kind
from targetmarkets.query import ranking
from targetmarkets.query.select import explained, select
from targetmarkets.records.compose import Composer
from tests.build import SPEAKER, activity, claim, customer, knowledge, source


def said_by(*names: str) -> dict[str, Any]:
    outer = [{"role": "journalist", "name": "News", "mode": "paraphrases"}]
    inner = [{"role": "third-party", "name": name, "mode": "narrates"} for name in names]
    return {"speakers": [*outer, *inner]}


def on(*sources: str) -> dict[str, Any]:
    return {"evidence": [{"reference": {"source": id_}} for id_ in sources]}


def ranked(kb: FileKnowledge, kind: Kind, **order: Any) -> list[str]:
    records = select(kb, kind, Filters(), sort="evidence", **order)
    return [str(getattr(record, "id", "")) for record in records]


def test_proved_comes_before_read_independent_admitted_and_sure() -> None:
    archive = {"file": "t.txt", "sha256": "0" * 64, "media_type": "text/plain"}
    kb = knowledge(
        sources=[
            source(archive=archive), source("two"), source("unread", read=False),
            source("echo", reports_on=["two"]),
        ],
        quotes=[{"id": "q", "source": "work", "exact": "a", "start": 0, "end": 1}],
        customers=[customer("syria")],
        claims=[
            activity("unread", "syria", **on("unread")),
            activity("alleged", "syria", **on("two"), certainty="alleged"),
            activity("sure", "syria", **on("two"), **said_by("An expert")),
            activity("admitted", "syria", **on("two"), **said_by("Syria’s minister"),
                     certainty="alleged"),
            activity("same-line", "syria", **on("two", "echo"), certainty="likely"),
            activity("two-lines", "syria", **on("work", "two"), certainty="possible"),
            activity("proved", "syria", evidence=[{"quote": "q"}], certainty="possible"),
        ],
    )  # fmt: skip
    order = ["proved", "two-lines", "admitted", "sure", "same-line", "alleged", "unread"]
    assert ranked(kb, "activities") == ranked(kb, "claims") == order
    assert ranked(kb, "activities", limit=2) == order[:2]
    assert ranked(kb, "claims", reverse=True) == order[::-1]


@pytest.mark.parametrize(
    ("speaker", "is_own"),
    [
        ("Syria", True),
        ("Syria’s defence minister", True),
        ("President Assad of Syria", True),
        ("chief of the Syrian Arab Republic’s army", True),
        ("UN Group of Experts on Syria", False),
        ("director of the Syrian Observatory", False),
        ("Syriana", False),
        ("Iran", False),
        ("US Embassy Syria", False),
    ],
)
def test_a_customer_admits_in_its_own_name(speaker: str, is_own: bool) -> None:  # noqa: FBT001 - a case
    kb = knowledge(
        customers=[customer("syria", aliases=["Syrian Arab Republic"])],
        claims=[
            activity("a", "syria", **said_by(speaker)),
            activity("inner", "syria", **said_by("Syria", "An expert")),
            activity("no", "syria", **said_by("Syria"), stance="denied"),
            activity("not", "syria", **said_by("Syria"), negative=True),
            claim("other", "syria", **said_by("Syria")),
            activity("book", "syria", speakers=[{**SPEAKER, "name": "Syria"}]),
        ],
    )
    composer = Composer(kb)
    admitted = [
        id_
        for id_, item in kb.claims.items()
        if ranking.is_admitted(composer.shared, composer.claim(item))
    ]
    assert admitted == ["a"] * is_own


def test_customers_and_events_are_ranked_by_what_is_asserted_of_them(
    kb: FileKnowledge, composer: Composer
) -> None:
    kinds: tuple[Kind, ...] = ("customers", "events")
    for kind in kinds:
        found = [
            ranking.strength(composer.shared, record)
            for record in select(kb, kind, Filters(), sort="evidence")
        ]
        assert found == sorted(found, reverse=True)
        assert len(set(found)) > 2
    assert ranked(kb, "customers")[0] == "syria"


def test_an_order_among_others_keeps_them(kb: FileKnowledge) -> None:
    by_category = select(kb, "customers", Filters(), sort="category,evidence")
    categories = [str(getattr(record, "category", "")) for record in by_category]
    assert categories == sorted(categories)


def test_how_it_ranks_is_said_where_it_does(kb: FileKnowledge) -> None:
    assert complete.EVIDENCE == ranking.EVIDENCE
    for kind in ranking.RANKED:
        told = explained("evidence", kind)
        assert told == ranking.HOW
    assert explained("id", "customers") is explained(None, "claims") is None
