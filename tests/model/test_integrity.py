"""What stops a knowledge base from loading, and where it is said to be."""

import json
from typing import Any

import pytest

from targetmarkets.model.integrity import read_structure
from tests.build import (
    SPEAKER,
    category,
    claim,
    classification,
    content,
    customer,
    source,
)

GROUP = {"id": "some", "name": "some countries", "members": ["a"]}
QUOTE = {"id": "q", "source": "work", "exact": "x", "start": 0, "end": 1}
ARCHIVED = source(archive={"file": "t.txt", "sha256": "0" * 64, "media_type": "text/plain"})
A = customer("a")
CATEGORY = category("good")


def found(data: Any) -> list[tuple[str, str | None, str | None]]:
    _, findings = read_structure(json.dumps(data, indent=1), "kb.json")
    return [(finding.check, finding.path, finding.id) for finding in findings]


def test_a_sound_knowledge_base_has_no_findings() -> None:
    claims = [
        claim("c1", "a", conflicts_with=["c2"]),
        classification("c2", "a", "good"),
        claim("c3", "a", "b", scope="collective"),
        claim("c4", "some", scope="group"),
        claim("c5", "good", scope="group"),
        claim("c6"),
        classification("c7", "some", "good", scope="group"),
        claim("c8", "a", evidence=[{"quote": "q"}], stance="denied", denies=["c1"]),
    ]
    data = content(
        sources=[ARCHIVED],
        quotes=[QUOTE],
        customers=[A, customer("b")],
        categories=[CATEGORY],
        groups=[GROUP],
        claims=claims,
    )
    assert found(data) == []


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ({"customers": [A, A]}, ("ids", "customers[1].id", "a")),
        ({"customers": [A], "groups": [category("x") | {"id": "a"}]}, None),
        ({"customers": [A], "categories": [category("a")]}, ("ids", "categories[0].id", "a")),
        ({"customers": [customer("B")]}, ("ids", "customers[0].id", "B")),
        (
            {"sources": [source(reports_on=["b"])]},
            ("references", "sources[0].reports_on[0]", "work"),
        ),
        ({"quotes": [QUOTE]}, ("references", "quotes[0].source", "q")),
        ({"groups": [GROUP]}, ("references", "groups[0].members[0]", "some")),
        ({"claims": [claim("c", "a")]}, ("references", "claims[0].about[0]", "c")),
        ({"claims": [claim("c", "work")]}, ("references", "claims[0].about[0]", "c")),
        (
            {"claims": [claim("c", stance="denied", denies=["d"])]},
            ("references", "claims[0].denies[0]", "c"),
        ),
        (
            {"claims": [claim("c", conflicts_with=["work"])]},
            ("references", "claims[0].conflicts_with[0]", "c"),
        ),
        (
            {"claims": [claim("c", evidence=[{"quote": "q"}])]},
            ("references", "claims[0].evidence[0].quote", "c"),
        ),
        (
            {"claims": [claim("c", evidence=[{"reference": {"source": "x"}}])]},
            ("references", "claims[0].evidence[0].reference.source", "c"),
        ),
        (
            {"claims": [claim("c", speakers=[SPEAKER, SPEAKER | {"work": "x"}])]},
            ("references", "claims[0].speakers[1].work", "c"),
        ),
        (
            {
                "sources": [source(), source("other")],
                "claims": [claim("c", speakers=[SPEAKER | {"work": "other"}])],
            },
            ("references", "claims[0].speakers[0].work", "c"),
        ),
        (
            {
                "sources": [source(), source("other"), source("news", reports_on=["other"])],
                "claims": [
                    claim(
                        "c",
                        speakers=[SPEAKER, SPEAKER | {"work": "other"}],
                        evidence=[{"reference": {"source": id_}} for id_ in ("news", "work")],
                    )
                ],
            },
            ("references", "claims[0].speakers[1].work", "c"),
        ),
        (
            {
                "sources": [ARCHIVED, source("other")],
                "quotes": [QUOTE],
                "claims": [
                    claim("c", speakers=[SPEAKER | {"work": "other"}], evidence=[{"quote": "q"}])
                ],
            },
            ("references", "claims[0].speakers[0].work", "c"),
        ),
        ({"claims": [claim("c", evidence=[])]}, ("evidence", "claims[0].evidence", "c")),
        (
            {"customers": [A], "claims": [claim("c", "a", scope="group")]},
            ("scope", "claims[0].scope", "c"),
        ),
        (
            {"customers": [A, customer("b")], "claims": [claim("c", "a", "b")]},
            ("scope", "claims[0].scope", "c"),
        ),
        (
            {"categories": [CATEGORY], "claims": [claim("c", "good")]},
            ("scope", "claims[0].scope", "c"),
        ),
        ({"claims": [claim("c") | {"scope": "group"}]}, ("scope", "claims[0].scope", "c")),
        (
            {"customers": [A], "claims": [classification("c", "a")]},
            ("scope", "claims[0].about", "c"),
        ),
        (
            {"categories": [CATEGORY], "claims": [classification("c", "good", scope="group")]},
            ("scope", "claims[0].about", "c"),
        ),
        (
            {"customers": [A], "claims": [claim("c", "a", "a", scope="collective")]},
            ("references", "claims[0].about[1]", "c"),
        ),
        (
            {"claims": [claim("c", conflicts_with=["c"])]},
            ("references", "claims[0].conflicts_with[0]", "c"),
        ),
        (
            {"sources": [source(reports_on=["work"])]},
            ("references", "sources[0].reports_on[0]", "work"),
        ),
        (
            {
                "customers": [A, customer("b")],
                "categories": [CATEGORY],
                "claims": [classification("c", "a", "b", "good", scope="collective")],
            },
            ("scope", "claims[0].about", "c"),
        ),
        (
            {
                "customers": [A],
                "categories": [CATEGORY, category("bad")],
                "claims": [classification("c", "a", "good", "bad")],
            },
            ("scope", "claims[0].about", "c"),
        ),
        (
            {"claims": [claim("c", kind="activity", activity={"goods": "cakes"})]},
            ("shape", "claims[0].activity.goods", "c"),
        ),
        ({"unknown": []}, ("shape", "unknown", None)),
        ({"customers": {}}, ("shape", "customers", None)),
        ({"customers": {"a": 1}}, ("shape", "customers", None)),
        ({"claims": [claim("c", denies=["d"])]}, ("shape", "claims[0]", "c")),
        ({"customers": [{"id": 1}]}, ("shape", "customers[0].name", None)),
        ({"customers": [customer("a" * 150)]}, ("ids", "customers[0].id", "a" * 100)),
        ({"schema_version": 0}, ("shape", "schema_version", None)),
        (
            {
                "sources": [source(), source("other")],
                "claims": [claim("c"), claim("d", speakers=[SPEAKER | {"work": "other"}])],
            },
            ("references", "claims[1].speakers[0].work", "d"),
        ),
    ],
)
def test_what_is_wrong_is_found_and_placed(
    lists: dict[str, Any], expected: tuple[str, str, str | None] | None
) -> None:
    assert (expected or ("shape", "groups[0].chapter", "a")) in found(content(**lists))


def test_a_speaker_may_speak_in_whatever_the_source_leads_to() -> None:
    works = ["news", "report", "book"]
    sources = [
        source("news", reports_on=["report"]),
        source("report", reports_on=["book"]),
        source("book", reports_on=["news"]),  # as with two that answer each other
    ]
    chain = [SPEAKER | {"work": work} for work in (*works, "book")]
    stored = claim("c", speakers=chain, evidence=[{"reference": {"source": "news"}}])
    assert found(content(sources=sources, claims=[stored])) == []


def test_it_is_said_which_source_does_not_report_on_a_work() -> None:
    sources = [source(), source("other")]
    data = content(sources=sources, claims=[claim("c", speakers=[SPEAKER | {"work": "other"}])])
    _, findings = read_structure(json.dumps(data), "kb.json")
    assert findings[0].message == "speaks in 'other', on which 'work' does not report"
    assert "what the source reports on" in findings[0].remedy


def test_a_newer_schema_version_is_refused_by_name() -> None:
    _, findings = read_structure(json.dumps(content() | {"schema_version": 3}), "kb.json")
    assert findings[0].message == "is written in schema version 3; this tm reads 2"
    assert findings[0].remedy == "upgrade targetmarkets"


def test_the_line_is_that_of_the_broken_value() -> None:
    text = json.dumps(content(claims=[claim("c", certainty="sure")]), indent=1)
    _, findings = read_structure(text, "kb.json")
    assert findings[0].line is not None
    assert '"certainty": "sure"' in text.splitlines()[findings[0].line - 1]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"evidence": [{"quote": "Not an id"}]}, "claims[0].evidence[0].quote"),
        ({"speakers": [SPEAKER | {"role": "oracle"}]}, "claims[0].speakers[0].role"),
    ],
)
def test_a_list_with_a_broken_item_is_not_called_too_short(
    fields: dict[str, Any], path: str
) -> None:
    assert found(content(claims=[claim("c", **fields)])) == [("shape", path, "c")]


@pytest.mark.parametrize("data", [[], [[]], "text", 1, None])
def test_what_is_no_object_has_the_wrong_shape(data: Any) -> None:
    assert found(data) == [("shape", "", None)]


def test_a_key_that_stands_twice_is_named() -> None:
    text = json.dumps(content()).replace('"id": "work"', '"id": "work", "id": "work"')
    _, (finding,) = read_structure(text, "kb.json")
    assert (finding.path, finding.message) == (
        "sources[0].id",
        "the key 'id' stands twice in one object",
    )


@pytest.mark.parametrize("version", ['"1"', "0", "1.5", "null", "[]", "true", ""])
def test_only_a_newer_version_asks_for_an_upgrade(version: str) -> None:
    text = f'{{"schema_version": {version}}}' if version else "{}"
    _, (finding,) = read_structure(text, "kb.json")
    assert "schema version" not in finding.message
    assert finding.remedy.startswith("see docs/")


def test_a_work_that_does_not_exist_is_one_fault() -> None:
    data = content(claims=[claim("c", speakers=[SPEAKER | {"work": "x"}])])
    assert found(data) == [("references", "claims[0].speakers[0].work", "c")]
