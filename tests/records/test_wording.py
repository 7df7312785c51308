"""References in words."""

import json
from typing import Any

import pytest

from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.model.csl import Issued
from targetmarkets.model.objects import Source
from targetmarkets.model.parts import Reference, Speaker
from targetmarkets.records.wording import (
    cite_work,
    iso_date,
    show_date,
    show_speakers,
    show_voice,
    with_locator,
    with_passages,
)


def source(**fields: Any) -> Source:
    data = {"id": "work", "bibliography": fields, "descriptor": "A work."}
    return Source.model_validate_json(json.dumps(data))


def speaker(name: str, mode: str) -> Speaker:
    data = {"role": "journalist", "name": name, "mode": mode}
    return Speaker.model_validate_json(json.dumps(data))


def test_an_article_without_author_goes_by_its_outlet(kb: FileKnowledge) -> None:
    assert cite_work(kb.sources["nknews-2015"]) == (
        "NK News, ‘Syria, Iran among N. Korea’s “resilient” customers – Berger’, December 2015"
    )


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"type": "book", "title": "T"}, "T, no date"),
        (
            {
                "type": "chapter",
                "title": "C",
                "author": [{"family": "B", "given": "A"}, {"literal": "D"}],
                "container-title": "T",
                "issued": {"date-parts": [[2015]]},
            },
            "A B and D, ‘C’, in T, 2015",
        ),
        (
            {
                "type": "report",
                "title": "R",
                "author": [{"literal": "UN"}],
                "number": "S/2014/147",
                "publisher": "United Nations",
                "collection-title": "Series",
                "collection-number": "3",
                "issued": {"date-parts": [[2014, 3, 6]]},
            },
            "UN, R, Series 3, S/2014/147, United Nations, 6 March 2014",
        ),
    ],
)
def test_works(fields: dict[str, Any], text: str) -> None:
    assert cite_work(source(**fields)) == text


def test_places_follow_the_work() -> None:
    assert with_passages("T", [(3, 5), (9, 10)]) == "T, characters 3–5, 9–10 of the archived text"
    for locator, place in (
        (None, ""),
        ({"label": "paragraph", "value": "108"}, ", para. 108"),
        ({"value": "abstract"}, ", abstract"),
    ):
        reference = Reference.model_validate_json(json.dumps({"source": "w", "locator": locator}))
        assert with_locator("T", reference.locator) == f"T{place}"


@pytest.mark.parametrize(
    ("parts", "words", "iso"),
    [
        ([2015, 12, 8], "8 December 2015", "2015-12-08"),
        ([2015, 1], "January 2015", "2015-01"),
        ([987], "987", "0987"),
    ],
)
def test_dates(parts: list[int], words: str, iso: str) -> None:
    issued = Issued.model_validate_json(json.dumps({"date-parts": [parts]}))
    assert (show_date(issued), iso_date(issued)) == (words, iso)


@pytest.mark.parametrize(
    ("chain", "words", "voice"),
    [
        ([("N", "narrates")], "N", "N"),
        ([("N", "quotes"), ("B", "narrates")], "B, quoted by N", "B, via N"),
        (
            [("N", "paraphrases"), ("A", "remark")],
            "A, in a remark, paraphrased by N",
            "A, via N",
        ),
        (
            [("N", "paraphrases"), ("B", "quotes"), ("D", "unclear")],
            "D, quoted by B, paraphrased by N (unclear where or how)",
            "D, via B, via N",
        ),
        ([("N", "narrates"), ("B", "narrates")], "B, as told by N", "B, via N"),
    ],
)
def test_who_speaks(chain: list[tuple[str, str]], words: str, voice: str) -> None:
    speakers = [speaker(*link) for link in chain]
    assert (show_speakers(speakers), show_voice(speakers)) == (words, voice)
