"""Sentences, and what claims use of them."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.errors import UsageError
from targetmarkets.evidence.archive import Archives
from targetmarkets.evidence.coverage import cover, measure, report
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.text.sentences import sentences
from tests.build import archive, claim
from tests.timing import takes_time_in_proportion


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n ", []),
        ("One. Two! Three? four.", ["One.", "Two!", "Three? four."]),
        ("A line\nand another", ["A line", "and another"]),
        ("Iran among N. Korea’s customers. Next.", ["Iran among N. Korea’s customers.", "Next."]),
        ("II. North Korea", ["II. North Korea"]),
        ("“It is.” She went. “So.”", ["“It is.”", "She went.", "“So.”"]),
        ("Prior to... read more", ["Prior to... read more"]),
        ("It cost 3.5 million. Then", ["It cost 3.5 million.", "Then"]),
        ("One.\u00a0Two.", ["One.", "Two."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(st.text(st.sampled_from("aB .!?“”\n’1\u00a0")))
def test_sentences_are_in_order_and_hold_every_word(text: str) -> None:
    spans = list(sentences(text))
    assert all(span.start < span.end for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert "".join("".join(split(text)).split()) == "".join(text.split())
    assert all(part == part.strip() and "\n" not in part for part in split(text))


def made(folder: Path, *, status: str = "accepted") -> FileKnowledge:
    text = "First one here. Second two there. Third.\nMenu\nLast."
    path = archive(folder, text, ("q", 6, 9, "one"), ("r", 23, 33, "two there."))
    content = json.loads(path.read_text())
    retracted = {} if status == "accepted" else {"status": status, "retraction": "Misread."}
    content["claims"] = [
        claim("c1", evidence=[{"quote": "q"}]),
        claim("c2", evidence=[{"quote": "r"}], **retracted),
    ]
    aside = {"exact": "Menu", "start": 41, "end": 45, "reason": "Navigation."}
    content["sources"][0]["set_aside"] = [aside]
    path.write_text(json.dumps(content))
    return load(path)


def test_a_sentence_is_cited_set_aside_or_left_over(tmp_path: Path) -> None:
    kb = made(tmp_path / "kb")
    covered = cover(kb, Archives(kb), "work")
    assert [(i.text, i.standing, i.line) for i in covered.items] == [
        ("First one here.", "cited", 1),
        ("Second two there.", "cited", 1),
        ("Third.", "left over", 1),
        ("Menu", "set aside", 2),
        ("Last.", "left over", 3),
    ]
    assert (covered.sentences, covered.cited, covered.set_aside, covered.left_over) == (5, 2, 1, 2)
    assert (covered.words, covered.words_quoted) == (9, 3)
    assert covered.items[0].claims == ("c1",)
    assert covered.items[0].quoted == ((6, 9),)
    assert covered.items[3].reason == "Navigation."


def test_a_retracted_claim_cites_nothing(tmp_path: Path) -> None:
    kb = made(tmp_path / "kb", status="retracted")
    assert cover(kb, Archives(kb), "work").left_over == 3


def test_the_bundled_sources_leave_nothing_over(kb: FileKnowledge) -> None:
    found = report(kb)
    assert [source.source for source in found.sources] == ["nknews-2015", "rusi-2015"]
    for source in found.sources:
        assert [item.text for item in source.items if item.standing == "left over"] == []
        assert source.cited + source.set_aside == source.sentences


def test_a_source_without_text_has_no_coverage(kb: FileKnowledge) -> None:
    with pytest.raises(UsageError, match="no archived text"):
        report(kb, ["berger-2015"])


def test_a_long_line_of_initials_takes_time_in_proportion() -> None:
    def divide(initials: int) -> None:
        assert len(list(sentences("A. " * initials))) == 1

    takes_time_in_proportion(divide, 1_000)


def test_a_sentence_is_cited_where_a_quotation_has_a_word_of_it(kb: FileKnowledge) -> None:
    archives = Archives(kb)
    for source in kb.archived:
        coverage = cover(kb, archives, source.id)
        assert all((item.standing == "cited") == bool(item.quotes) for item in coverage.items)
        standings = [item.standing for item in coverage.items]
        assert coverage.cited == standings.count("cited")
        assert coverage.set_aside == standings.count("set aside")
        assert coverage.left_over == standings.count("left over")


def test_what_is_set_aside_in_any_order_and_without_a_word(tmp_path: Path) -> None:
    text = "One here. “Two there.” Three more."
    path = archive(tmp_path / "kb", text, ("q", 0, 11, "One here. “"))
    file = json.loads(path.read_text("utf-8"))
    file["claims"] = [claim("c", evidence=[{"quote": "q"}])]
    file["sources"][0]["set_aside"] = [
        {"exact": text[start:end], "start": start, "end": end, "reason": "Boilerplate."}
        for start, end in ((23, 34), (11, 21))
    ]
    path.write_text(json.dumps(file), "utf-8")
    kb = load(path)
    measured = measure(kb, Archives(kb), "work")
    assert (measured.cited, measured.set_aside, measured.left_over) == (1, 2, 0)
    assert (measured.words, measured.words_quoted) == (6, 2)
