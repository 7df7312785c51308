"""Edits of content, and objects from what is typed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.errors import ConflictError, InvalidError, RequestError, UsageError
from targetmarkets.kb.json_file import FileKnowledge, load, tidy, write_canonical
from targetmarkets.kb.paths import bundled
from targetmarkets.kb.resolve import free_id
from targetmarkets.model.objects import Claim, Customer, KnowledgeFile
from targetmarkets.writing import drafts
from targetmarkets.writing.drafts import ClaimDraft, claims_from, draft_claim, iso_codes
from targetmarkets.writing.edits import build, fill, retracted, rewritten, stored_text
from tests.build import archive, category, claim, content, customer, knowledge, source


def draft(**fields: Any) -> ClaimDraft:
    usual: dict[str, Any] = {
        "statement": "Syria got masks.",
        "id": None,
        "about": ["Syria"],
        "speakers": ["journalist:NK News:narrates"],
        "quotes": [],
        "references": ["work, para. 8"],
        "consulted_at": None,
        "event": None,
        "parties": [],
        "places": [],
        "fields": {"kind": "market", "certainty": "stated"},
    }
    return ClaimDraft(**{**usual, **fields})


@pytest.fixture
def small() -> FileKnowledge:
    return knowledge(
        customers=[customer("syria"), customer("iran")],
        categories=[category("resilient")],
        claims=[claim("old", "syria")],
    )


def test_what_is_wrong_with_an_object_is_said_field_by_field() -> None:
    with pytest.raises(UsageError) as caught:
        build(Customer, {"id": "A b", "name": "X", "kind": "empire", "more": 1})
    for field in ("id: ", "kind: ", "region: ", "more: "):
        assert field in caught.value.message
    assert caught.value.message.startswith("this is no customer: ")


def test_a_retracted_claim_stays_with_its_reason(small: FileKnowledge) -> None:
    after = retracted(small.claims["old"], " Wrong. ")
    assert (after.id, after.status, after.retraction) == ("old", "retracted", "Wrong.")
    with pytest.raises(UsageError, match=r"retracted already: Wrong\."):
        retracted(after, "More.")
    with pytest.raises(UsageError, match="retraction"):
        retracted(small.claims["old"], " ")


def test_canonical_order_is_that_of_the_texts(kb: FileKnowledge) -> None:
    mixed = kb.content.model_copy(update={"quotes": kb.content.quotes[::-1]})
    assert tidy(mixed) == tidy(kb.content)
    assert write_canonical(tidy(kb.content)) == bundled().read_text("utf-8")


def test_ids_are_made_of_words_and_free(small: FileKnowledge) -> None:
    assert free_id(small, "Angola") == "angola"
    assert free_id(small, "Syria") == "syria-2"
    assert free_id(small, "Côte d’Ivoire", "(the)") == "cote-d-ivoire-the"
    assert free_id(small, "!!") == "unnamed"
    assert free_id(small, "word " * 40) == "-".join(["word"] * 12)
    assert free_id(small, "x" * 200) == "x" * 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("book:Target Markets:narrates", ("book", "Target Markets", "narrates", None)),
        ("book:A: a book:quotes", ("book", "A: a book", "quotes", None)),
        ("book:B:quotes@work", ("book", "B", "quotes", "work")),
    ],
)
def test_speakers_are_read(text: str, expected: tuple[str | None, ...]) -> None:
    read = drafts.speaker(text)
    assert tuple(read.get(name) for name in ("role", "name", "mode", "work")) == expected


@pytest.mark.parametrize("text", ["", "book", "book:B", ":B:quotes", "book::quotes", "book:B:"])
def test_what_is_no_speaker_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no speaker"):
        drafts.speaker(text)


@pytest.mark.parametrize(
    ("text", "locator"),
    [
        ("work", None),
        ("Work, para. 108", {"label": "paragraph", "value": "108"}),
        ("work, paras. 10, 12", {"label": "paragraph", "value": "10, 12"}),
        ("work, p. 4", {"label": "page", "value": "4"}),
        ("work, pp. 4-5", {"label": "page", "value": "4-5"}),
        ("work, Page 3", {"label": "page", "value": "3"}),
        ("work, pages 3", {"label": "page", "value": "3"}),
        ("work, lines 3–4", {"label": "line", "value": "3–4"}),
        ("work, Paras 7, 9", {"label": "paragraph", "value": "7, 9"}),
        ("work, note 5", {"label": "note", "value": "5"}),
        ("work, chap. II", {"label": "chapter", "value": "II"}),
        ("work, page", {"value": "page"}),
        ("work, plates 3", {"value": "plates 3"}),
        ("work, chap. IV", {"label": "chapter", "value": "IV"}),
        ("work, chapter IV", {"label": "chapter", "value": "IV"}),
        ("work, opening lines", {"value": "opening lines"}),
    ],
)
def test_references_are_read(
    small: FileKnowledge, text: str, locator: dict[str, str] | None
) -> None:
    expected = {"source": "work", **({"locator": locator} if locator else {})}
    assert drafts.reference(small, text, None) == expected
    assert drafts.reference(small, text, "there") == {**expected, "consulted_at": "there"}


def test_a_claim_is_drafted_with_the_scope_that_fits(small: FileKnowledge) -> None:
    made = draft_claim(small, draft())
    assert made.id.startswith("syria-got-masks-")
    assert (made.about, made.scope) == (("syria",), "individual")
    assert made.evidence[0].reference is not None
    assert made.evidence[0].reference.locator is not None
    assert draft_claim(small, draft(about=["SYRIA", "iran"])).scope == "collective"
    assert draft_claim(small, draft(about=["resilient"])).scope == "group"
    assert draft_claim(small, draft(about=[])).scope is None
    wrongs: tuple[dict[str, Any], ...] = (
        {"speakers": []},
        {"references": []},
        {"about": ["nobody"]},
        {"quotes": ["none"]},
        {"references": ["none"]},
        {"fields": {"kind": "x", "certainty": "stated"}},
        {"statement": " "},
    )
    for wrong in wrongs:
        with pytest.raises(RequestError):
            draft_claim(small, draft(**wrong))


def test_the_id_of_a_claim_follows_from_what_it_says_of_whom_and_on_what(
    small: FileKnowledge,
) -> None:
    made = draft_claim(small, draft()).id
    assert re.fullmatch("syria-got-masks-[0-9a-f]{6}", made)
    same: tuple[dict[str, Any], ...] = (
        {"about": ["SYRIA"], "speakers": ["Journalist:NK News:Narrates"]},
        {"consulted_at": "https://example.org"},
        {"fields": {"kind": "policy", "certainty": "likely"}},
    )
    assert {draft_claim(small, draft(**fields)).id for fields in same} == {made}
    another: tuple[dict[str, Any], ...] = (
        {"statement": "Syria got masks"},
        {"about": ["iran"]},
        {"speakers": ["journalist:AP:narrates"]},
        {"references": ["work, para. 9"]},
        {"references": ["work, para. 8", "work, para. 9"]},
    )
    assert len({made, *(draft_claim(small, draft(**fields)).id for fields in another)}) == 6
    both = ["work, para. 8", "work, para. 9"]
    turned = draft(about=["iran", "syria"], references=both[::-1])
    assert draft_claim(small, turned).id == draft_claim(
        small, draft(about=["syria", "iran"], references=both)
    ).id  # fmt: skip
    assert draft_claim(small, draft(id="typed")).id == "typed"


def test_iso_codes_are_read() -> None:
    codes = {"alpha_2": "AO", "alpha_3": "AGO", "numeric": "024"}
    assert iso_codes("ao, AGO") == iso_codes("AGO,AO") == iso_codes("AO") == codes
    for wrong in ("", "AO,AG", "A,B,C"):
        with pytest.raises(UsageError):
            iso_codes(wrong)


def test_claims_are_read_as_the_file_has_them(small: FileKnowledge) -> None:
    one = small.content.claims[0]
    assert claims_from(stored_text(one)) == [one]
    assert claims_from(json.dumps([claim("a"), claim("b")])) == [
        build(Claim, claim("a")),
        build(Claim, claim("b")),
    ]
    for wrong in ("", "{", "[1]", '{"id": "a"}', "NaN"):
        with pytest.raises(UsageError):
            claims_from(wrong)


def test_an_object_is_replaced_by_what_is_written(small: FileKnowledge) -> None:
    item = small.customers["syria"]
    text = stored_text(item)
    assert rewritten(small, item, text) == item
    after = small.put([rewritten(small, item, text.replace('"Syria"', '"Suriya"'))])
    assert [c.name for c in after.customers.values()] == ["Suriya", "Iran"]
    for wrong, message in (
        (text.replace('"syria"', '"other"'), "cannot become other"),
        (text.replace('"name"', '"id": "syria", "name"'), "stands there twice"),
        ("{", "not JSON"),
        ("[]", "no customer"),
    ):
        with pytest.raises(UsageError, match=message):
            rewritten(small, item, wrong)
    with pytest.raises(ConflictError, match="somebody else"):
        rewritten(after, item, text)


def test_what_is_missing_is_filled_in_and_nothing_overwritten(tmp_path: Path) -> None:
    path = archive(tmp_path, "One two three.\n", ("q", 4, 7, "two"))
    whole = load(path).content
    data = json.loads(path.read_text())
    del data["quotes"][0]["start"], data["quotes"][0]["end"]
    del data["sources"][0]["archive"]["sha256"]
    assert fill(json.dumps(data), path) == whole
    wrong = json.loads(path.read_text())
    wrong["quotes"][0].update(start=0, end=3)
    wrong["sources"][0]["archive"]["sha256"] = "0" * 64
    kept = fill(json.dumps(wrong), path)
    assert kept.quotes[0].start == 0
    assert kept.sources[0].archive is not None
    assert kept.sources[0].archive.sha256 == "0" * 64


@pytest.mark.parametrize(("exact", "often"), [("e", "more than once"), ("four", "nowhere")])
def test_a_span_is_filled_in_only_where_it_is_certain(
    tmp_path: Path, exact: str, often: str
) -> None:
    path = archive(tmp_path, "One two three.\n")
    data = json.loads(path.read_text())
    data["quotes"] = [{"id": "q", "source": "work", "exact": exact}]
    with pytest.raises(UsageError, match=often):
        fill(json.dumps(data), path)


@pytest.mark.parametrize("file", ["../text.txt", "/etc/passwd", "te\0xt", "text.txt\n", "", 1])
def test_a_file_is_read_only_by_a_bare_name(tmp_path: Path, file: object) -> None:
    path = archive(tmp_path, "One two three.\n")
    (tmp_path / "text.txt").write_text("One two three.\n")
    data = json.loads(path.read_text())
    del data["sources"][0]["archive"]["sha256"]
    data["sources"][0]["archive"] |= {"file": file}
    with pytest.raises(InvalidError) as caught:
        fill(json.dumps(data), path)
    places = [str(finding.path) for finding in caught.value.findings]
    assert "sources[0].archive.file" in places
    assert "sources[0].archive.sha256" in places


@pytest.mark.parametrize("text", ["", "[]", "{", "{}", '{"sources": 1}', '{"sources": [1]}'])
def test_filling_in_what_is_no_knowledge_base_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises((UsageError, InvalidError)):
        fill(text, tmp_path / "customers.json")


def test_edits_do_not_touch_what_they_are_given(small: FileKnowledge) -> None:
    before = write_canonical(small.content)
    small.put([build(Customer, customer("new")), retracted(small.claims["old"], "Wrong.")])
    assert write_canonical(small.content) == before
    assert KnowledgeFile.model_validate_json(json.dumps(content(sources=[source()])))
