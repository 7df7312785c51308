"""A sentence that goes on over the end of a page: found, quoted, checked, carried over."""

import json
from pathlib import Path

import pytest

from targetmarkets.errors import PassageError
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.json_file import load
from targetmarkets.writing.quoting import quote
from tests.build import archive, claim

BEFORE, PAST = "The Panel did not inspect the ship at", "\n⁴ It may be false.\n12\fReport\n"
AFTER = "Colón⁵ in June. It sold non-"
MORE = "\n⁵ See the annex.\n13\fReport\n"
TEXT = f"{BEFORE}{PAST}{AFTER}{MORE}lethal goods.\n"
BREAKS = [
    {"start": len(BEFORE), "end": len(BEFORE + PAST)},
    {"start": len(BEFORE + PAST + AFTER), "end": len(BEFORE + PAST + AFTER + MORE)},
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return with_breaks(archive(tmp_path, TEXT), BREAKS)


def with_breaks(path: Path, breaks: list[dict[str, int]]) -> Path:
    data = json.loads(path.read_text())
    text = (path.parent / "sources" / "text.txt").read_text()
    starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\f")]
    data["sources"][0]["archive"] |= {
        "breaks": breaks,
        "pages": [{"label": str(12 + at), "start": start} for at, start in enumerate(starts)],
    }
    path.write_text(json.dumps(data))
    return path


def test_it_is_found_as_typed_and_is_the_archives_own(path: Path) -> None:
    found = quote(load(path), "work", "inspect the ship at Colón in June")
    assert found.quote.exact == f"inspect the ship at{PAST}Colón⁵ in June"
    assert (found.status, found.notes, found.passed_over) == ("normalised", ("⁵",), (PAST,))
    assert found.left_out == ("not",), "and not the ‘may’ of the note"
    assert quote(load(path), "work", found.quote.exact).quote.start == found.quote.start


def test_without_what_is_recorded_it_is_missing(tmp_path: Path) -> None:
    kb = load(with_breaks(archive(tmp_path, TEXT), []))
    with pytest.raises(PassageError, match="does not stand"):
        quote(kb, "work", "inspect the ship at Colón in June")


@pytest.mark.parametrize(
    "passage", ["the ship at 4 It may be false", "12 Report Colón", "at Report"]
)
def test_no_passage_runs_from_the_text_into_what_is_passed_over(path: Path, passage: str) -> None:
    with pytest.raises(PassageError, match="does not stand"):
        quote(load(path), "work", passage)


def test_what_is_passed_over_can_be_quoted_by_itself(path: Path) -> None:
    kb = load(path)
    note = quote(kb, "work", "It may be false")
    assert (note.quote.exact, note.passed_over, note.left_out) == ("It may be false", (), ())
    with pytest.raises(PassageError, match="2 places"):
        quote(kb, "work", "It")
    with pytest.raises(PassageError, match="within 'false'"):
        quote(kb, "work", "be fals")
    assert quote(kb, "work", "be fals", part_of_word=True).quote.part_of_word


def test_a_word_goes_on_over_it(path: Path) -> None:
    with pytest.raises(PassageError, match="within 'non-") as caught:
        quote(load(path), "work", "lethal goods")
    assert "p. 13–14" in caught.value.details[1]
    whole = quote(load(path), "work", "sold non-lethal goods")
    assert whole.passed_over == (MORE,)
    start = TEXT.index("lethal")
    cut = {"id": "q", "source": "work", "exact": "lethal goods", "start": start, "end": start + 12}
    data = json.loads(path.read_text()) | {"quotes": [cut]}
    path.write_text(json.dumps(data))
    (finding,) = verify(path).findings
    assert (finding.check, finding.id) == ("word", "q")


def test_doubt_is_looked_for_in_the_sentence_and_not_in_what_is_passed_over(path: Path) -> None:
    data = json.loads(path.read_text())
    spans = {"over": (BEFORE, "ship at", "in June"), "note": (PAST, "It may", "false")}
    for id_, (_, first, last) in spans.items():
        start, end = TEXT.index(first), TEXT.index(last) + len(last)
        data["quotes"].append({"id": f"q-{id_}", "source": "work", "exact": TEXT[start:end],
                               "start": start, "end": end})  # fmt: skip
    data["claims"] = [
        claim("over", evidence=[{"quote": "q-over"}]),
        claim("note", evidence=[{"quote": "q-note"}]),
    ]
    path.write_text(json.dumps(data))
    found = {finding.id: finding.message for finding in verify(path).findings}
    assert "leaves out 'not'" in found["over"]
    assert "has the word 'may'" in found["note"]


@pytest.mark.parametrize(
    "breaks",
    [[{"start": 4, "end": 9}], [{"start": 37, "end": 400}], [{"start": 37, "end": 58}]],
)
def test_what_is_recorded_to_be_passed_over_is_checked(
    tmp_path: Path, breaks: list[dict[str, int]]
) -> None:
    findings = verify(with_breaks(archive(tmp_path, TEXT), breaks)).findings
    assert [(finding.check, finding.path) for finding in findings] == [
        ("page", "sources[0].archive.breaks[0]")
    ]


def test_breaks_that_overlap_do_not_load(tmp_path: Path) -> None:
    path = with_breaks(archive(tmp_path, TEXT), [BREAKS[1], BREAKS[0]])
    assert "one after the other" in verify(path).findings[0].message
