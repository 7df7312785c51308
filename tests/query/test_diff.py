"""Two versions compared by meaning."""

import random
from typing import Any

from targetmarkets.formats.interface import Look
from targetmarkets.formats.registry import set_report
from targetmarkets.formats.rows import report_rows
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.query.diff import diff
from tests.build import category, claim, classification, customer, knowledge, source


def version(**lists: Any) -> FileKnowledge:
    usual: dict[str, Any] = {
        "sources": [source(), source("other")],
        "customers": [customer("syria"), customer("iran")],
        "categories": [category("resilient"), category("reluctant")],
        "claims": [
            classification("c1", "syria", "resilient"),
            claim("c2", "iran"),
            claim("c3"),
        ],
    }
    return knowledge(**{**usual, **lists})


def test_equal_versions_have_no_difference_whatever_their_order() -> None:
    one = version()
    lists = {
        name: getattr(one.content, name)
        for name in ("sources", "customers", "categories", "claims")
    }
    shuffled = {name: random.Random(1).sample(items, len(items)) for name, items in lists.items()}
    other = FileKnowledge(
        one.content.model_copy(update={name: tuple(items) for name, items in shuffled.items()}),
        one.path,
    )
    found = diff(one, other)
    assert (found.changes, found.categories) == ((), ())


def test_every_difference_is_told_once() -> None:
    after = version(
        sources=[source(), source("third")],
        customers=[customer("syria", name="Suriya"), customer("iran")],
        claims=[
            classification("c1", "syria", "reluctant", certainty="likely"),
            claim("c2", "iran", status="retracted", retraction="Wrong."),
            claim("c3", evidence=[{"reference": {"source": "third"}}]),
            claim("c4"),
        ],
    )
    found = diff(version(), after)
    told = [(change.change, change.kind, change.id) for change in found.changes]
    assert told == [
        ("removed", "source", "other"),
        ("added", "source", "third"),
        ("changed", "customer", "syria"),
        ("changed", "claim", "c1"),
        ("retracted", "claim", "c2"),
        ("changed", "claim", "c3"),
        ("added", "claim", "c4"),
    ]
    fields = {change.id: [field.field for field in change.fields] for change in found.changes}
    assert fields["syria"] == ["name"]
    assert fields["c1"] == ["about", "certainty"]
    assert fields["c2"] == ["status", "retraction"]
    assert fields["c3"] == ["evidence"]
    (moved,) = found.categories
    assert (moved.id, moved.before, moved.after) == ("syria", "resilient", "reluctant")
    assert (moved.before_known, moved.after_known) == (
        "stated, by reference only",
        "likely, by reference only",
    )
    assert (moved.before_hedge, moved.after_hedge) == (None, None)


def test_what_the_files_cover_is_compared() -> None:
    before, after = version(covers="those of one book"), version(covers="ours")
    found = diff(before, after)
    assert [(c.field, c.before, c.after) for c in found.file] == [
        ("covers", "those of one book", "ours")
    ]
    assert (found.changes, found.categories) == ((), ())
    text = set_report(found, "text", Look())
    assert text == "The file\n  covers:\n    − those of one book\n    + ours\n"
    assert report_rows(found)[1:] == [
        ["changed", "file", None, None, "covers", "those of one book", "ours", None]
    ]
    assert diff(before, before).file == ()
    gone = set_report(diff(before, version()), "text", Look())
    assert gone == "The file\n  covers:\n    − those of one book\n"


def test_a_category_that_is_hedged_otherwise_is_another_ground() -> None:
    quoted: dict[str, Any] = {
        "sources": [source(archive={"file": "a", "sha256": "0" * 64, "media_type": "text/plain"})],
        "quotes": [{"id": "q", "source": "work", "exact": "likely", "start": 0, "end": 6}],
    }
    ground = {"certainty": "implied", "evidence": [{"quote": "q"}]}
    before, after = (
        knowledge(
            **quoted,
            customers=[customer("a")],
            categories=[category("good")],
            claims=[classification("c", "a", "good", **ground, **hedge)],
        )
        for hedge in ({}, {"hedge": "likely"})
    )
    (changed,) = diff(before, after).categories
    assert (changed.before_hedge, changed.after_hedge) == (None, "likely")
    text = set_report(diff(before, after), "text", Look())
    assert "good (implied) → good (implied, “likely”)" in " ".join(text.split())


def test_turning_it_round_turns_it_round() -> None:
    before, after = version(), version(claims=[claim("c9")])
    there, back = diff(before, after), diff(after, before)
    assert {c.id for c in there.changes if c.change == "added"} == {
        c.id for c in back.changes if c.change == "removed"
    }
    assert [c.before for c in there.categories] == [c.after for c in back.categories]


def test_rows_say_how_a_claim_is_known_and_who_is_sorted_otherwise() -> None:
    denied = claim("c2", "iran", stance="denied", certainty="alleged", hedge="reportedly")
    claims = [classification("c1", "syria", "reluctant", certainty="likely"), denied]
    header, *rows = report_rows(diff(version(), version(claims=claims)))
    told = [dict(zip(header, row, strict=True)) for row in rows]
    (category_,) = (row for row in told if row["kind"] == "category of")
    assert (category_["id"], category_["label"]) == ("syria", "Syria")
    assert category_["before"] == "resilient (stated, by reference only)"
    assert category_["after"] == "reluctant (likely, by reference only)"
    glosses = {row["gloss"] for row in told if row["id"] == "c2"}
    assert glosses == {"denied · alleged, by reference only (“reportedly”) · The book"}
