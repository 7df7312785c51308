"""Full-text search."""

import json
import sqlite3
import weakref
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.errors import RequestError, TargetMarketsError, UsageError
from targetmarkets.evidence.archive import Archives
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.query.excerpts import MATCHES_SHOWN_WITHIN, SHOWN_AROUND_MATCHES
from targetmarkets.query.search import Search, Within, parse, search
from targetmarkets.records.hits import HitRecord
from tests.build import archive, category, claim, classification, customer, knowledge


@pytest.fixture(scope="session")
def kb(stored_kb: Knowledge) -> Knowledge:
    return stored_kb


def within(kind: list[str] | None = None, **filters: list[str]) -> Within:
    return Within(kind or (), Filters(**filters))


def found(kb: Knowledge, text: str, **asked: list[str]) -> list[tuple[str, str]]:
    return [(hit.kind, hit.id) for hit in search(kb, text, within(**asked)).hits]


def texts(
    folder: Path, text: str, *quotes: tuple[str, int, int, str], **lists: Any
) -> FileKnowledge:
    path = archive(folder, text, *quotes)
    path.write_text(json.dumps({**json.loads(path.read_text()), **lists}), "utf-8")
    return load(path)


def test_hits_are_told_one_by_one_and_none_is_held(kb: Knowledge) -> None:
    asked = Search(kb, "missile*")
    told = [weakref.ref(hit) for hit in asked.hits()]
    assert len(told) == len(search(kb, "missile*").hits) > 20
    assert [hit() for hit in told] == [None] * len(told)


def only(kb: Knowledge, text: str, **asked: list[str]) -> HitRecord:
    (hit,) = search(kb, text, within(**asked)).hits
    return hit


@pytest.mark.parametrize(
    "query",
    [
        "missile", "MISSILE", "miss*", "Syrian missile", "“air missile”", '"AIR missile"',
        "missile -scud", "surface to air", "surface–to–air", '"surface-to-air missile" syrian',
        "deja vu", "DÉJÀ", "Assad's", "Assad’s", '"assad s"', "syrian\n\tmissile", '"syr* miss*',
        '"surface to ai"*',
    ],
)  # fmt: skip
def test_what_people_vary_does_not_matter(query: str) -> None:
    statement = "Assad’s Syrian surface-to-air missile, déjà vu."
    kb = knowledge(claims=[claim("one", statement=statement), claim("two")])
    if query == '"syr* miss*':  # within quotation marks a star is no prefix
        assert found(kb, query) == []
    else:
        assert found(kb, query) == [("claim", "one")]


@pytest.mark.parametrize(
    "query",
    ["missiles", "issile", "missile -syrian", '"missile Syrian"', "scud missile", 'air -"to air"'],
)
def test_all_words_must_be_there_and_none_that_is_excluded(query: str) -> None:
    kb = knowledge(claims=[claim("one", statement="A Syrian surface-to-air missile.")])
    assert found(kb, query) == []


@pytest.mark.parametrize(
    "query", ["", " ", "-", "*", '""', "-syria", '-"a b"', "«»", "\0", "\ud800"]
)
def test_a_query_that_looks_for_nothing_is_refused(query: str) -> None:
    with pytest.raises(UsageError, match="nothing to search for"):
        parse(query)


def test_a_query_has_a_bounded_number_of_words() -> None:
    kb = knowledge(claims=[claim("one", statement=" ".join(map(str, range(100))))])
    assert found(kb, " ".join(map(str, range(100)))) == [("claim", "one")]
    with pytest.raises(UsageError, match="at most 100"):
        parse(" ".join(map(str, range(101))))


@given(st.text(max_size=60))
def test_no_query_breaks_it(kb: Knowledge, query: str) -> None:
    try:
        hits = search(kb, query, Within(["customer", "text"])).hits
    except RequestError:
        return
    assert all(hit.matches for hit in hits)


def test_notes_are_searched_and_shown_as_notes() -> None:
    fields = {
        "statement": "Syria got masks.",
        "note": "The sheet has another figure.",
        "hedge_note": "“Seem” belongs to the figure.",
        "reasoning": "The heading and the sheet together.",
    }
    kb = knowledge(claims=[claim("one", **fields), claim("two")])
    hit = only(kb, "figure")
    assert hit.found_in == ("note", "hedge note")
    assert hit.marked == (
        "Syria got masks. · note: The sheet has another ⟦figure⟧. · "
        "hedge note: “Seem” belongs to the ⟦figure⟧."
    )
    assert [hit.excerpt[a:b] for a, b in hit.matches] == ["figure", "figure"]
    assert only(kb, "masks").found_in == ("statement",)
    assert only(kb, "masks").marked == "Syria got ⟦masks⟧."
    assert only(kb, "heading").marked.endswith("reasoning: The ⟦heading⟧ and the sheet together.")
    assert only(kb, "masks heading").found_in == ("statement", "reasoning")
    # the words for what is a note are no words of it
    assert found(kb, "hedge") == found(kb, "reasoning") == []
    # a phrase that runs over a joint is marked on both its sides
    assert only(kb, '"masks the sheet"').marked == (
        "Syria got ⟦masks.⟧ · note: ⟦The sheet⟧ has another figure."
    )


def test_what_else_is_found_is_no_part_of_a_claim(kb: Knowledge) -> None:
    hits = search(kb, "syria").hits
    assert {hit.kind for hit in hits if hit.found_in is None} >= {"customer", "source", "text"}
    assert all(hit.found_in for hit in hits if hit.kind == "claim")


def test_operators_of_the_index_are_words() -> None:
    kb = knowledge(claims=[claim("one", statement="This and that, not those."), claim("two")])
    assert found(kb, "this AND that") == found(kb, "NOT those") == [("claim", "one")]
    assert found(kb, "words:this") == found(kb, "this OR two") == found(kb, "NEAR(this that)") == []


def test_names_are_found_by_every_name_and_come_first() -> None:
    kb = knowledge(
        customers=[
            customer("burma", aliases=["Myanmar"], iso_3166={"alpha_2": "MM", "alpha_3": "MMR"})
        ],
        categories=[category("resilient")],
        claims=[claim("one", "burma", statement="Burma is a market, and Burma buys.")],
    )
    for name in ("myanmar", "MM", "mmr"):
        assert found(kb, name) == [("customer", "burma")]
    assert found(kb, "burma") == [("customer", "burma"), ("claim", "one")]
    assert found(kb, "resilient") == [("category", "resilient")]
    assert found(kb, "title work") == [("source", "work")]


def test_a_passage_says_which_claims_cite_its_words_or_that_none_does(tmp_path: Path) -> None:
    text = "Syria got masks and suits.\nNobody else got masks.\n"
    lists = {
        "claims": [
            claim("masks", evidence=[{"quote": "q"}]),
            claim("gone", evidence=[{"quote": "q"}], status="retracted", retraction="Wrong."),
        ]
    }
    kb = texts(tmp_path, text, ("q", 0, 15, "Syria got masks"), **lists)
    first, second = search(kb, "masks", Within(["text"])).hits
    if first.line != 1:
        first, second = second, first
    assert (first.claims, first.gloss) == (("masks",), "line 1, cited by masks")
    assert (second.claims, second.gloss) == ((), "line 2, cited by no claim")
    assert only(kb, "suits", kind=["text"]).claims == ()
    assert only(kb, "masks", kind=["quote"]).gloss == "cited by masks"
    assert first.id == "work"
    assert first.citation == "Title of work, no date, characters 0–26 of the archived text"


def test_a_phrase_is_found_across_the_lines_of_a_page_and_not_across_paragraphs(
    tmp_path: Path,
) -> None:
    kb = texts(tmp_path, "They sold surface-to-air mis-\nsiles and gas\nmasks\n\nto Syria.\n")
    assert only(kb, '"gas masks"').excerpt.startswith("They sold")
    assert only(kb, "missiles").matches == ((25, 35),)
    assert found(kb, '"masks to syria"') == []
    assert found(kb, "masks syria") == []


@given(
    st.text(alphabet=st.sampled_from("ab é\n-\ufdd0\ufdd1\0x“’\u00adﬁ\u0301."), max_size=500),
    st.sampled_from(["a", "b*", "é", "fi*", '"a b"']),
)
def test_hits_show_the_words_of_the_text_itself(text: str, query: str) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        kb = texts(Path(folder), text)
        for hit in search(kb, query, Within(["text"])).hits:
            assert hit.start is not None
            assert hit.excerpt == text[hit.start : hit.end]
            assert hit.matches
            for start, end in hit.matches:
                assert 0 <= start < end <= len(hit.excerpt)
            assert hit.marked.replace("⟦", "").replace("⟧", "").strip("…") == hit.excerpt


def test_of_a_long_text_the_part_with_the_most_matches_is_shown(tmp_path: Path) -> None:
    filler = "other words " * 200
    kb = texts(tmp_path, f"mask {filler}mask and mask and mask {filler}mask")
    hit = only(kb, "mask")
    assert hit.marked.count("⟦mask⟧ and ⟦mask⟧ and ⟦mask⟧") == 1
    assert hit.marked.startswith("…")
    assert hit.marked.endswith("…")
    assert len(hit.excerpt) <= MATCHES_SHOWN_WITHIN + 2 * SHOWN_AROUND_MATCHES
    assert len(hit.matches) == 3


def test_a_search_can_be_limited() -> None:
    kb = knowledge(
        customers=[customer("syria"), customer("iran")],
        categories=[category("resilient"), category("reluctant")],
        claims=[
            classification("c1", "syria", "resilient", statement="Syria is resilient, a buyer."),
            classification("c2", "iran", "reluctant", statement="Iran is reluctant, a buyer."),
            claim("c3", statement="There is a buyer."),
        ],
    )
    assert found(kb, "buyer") == [("claim", "c3"), ("claim", "c1"), ("claim", "c2")]
    assert found(kb, "buyer", customer=["Syria"]) == [("claim", "c1")]
    assert found(kb, "buyer", category=["Reluctant"]) == [("claim", "c2")]
    assert found(kb, "buyer", customer=["syria", "iran"]) == [("claim", "c1"), ("claim", "c2")]
    assert found(kb, "syria", kind=["customer"]) == [("customer", "syria")]
    assert found(kb, "syria", source=["work"]) == [("claim", "c1")]
    for asked in ({"kind": ["x"]}, {"customer": ["x"]}, {"category": ["x"]}, {"source": ["x"]}):
        with pytest.raises(RequestError):
            found(kb, "buyer", **asked)
    with pytest.raises(UsageError, match="region is no filter of a search"):
        found(kb, "buyer", region=["Africa"])


def test_passages_are_limited_to_those_that_claims_about_a_customer_cite(kb: Knowledge) -> None:
    everywhere = search(kb, "syria", Within(["text"])).hits
    about_cuba = search(kb, "syria", Within(["text"], Filters(customer=["cuba"]))).hits
    about = {item.id for item in kb.claims_about("cuba")}
    assert about_cuba
    assert about_cuba == [hit for hit in everywhere if about & set(hit.claims or ())]
    assert len(about_cuba) < len(everywhere)


def test_a_claim_comes_with_its_hedge_its_stance_and_its_speaker(kb: Knowledge) -> None:
    hit = only(kb, "observatory", kind=["claim"], customer=["syria"], source=["nknews-2015"])
    assert (hit.certainty, hit.hedge) == ("alleged", "claims")
    assert hit.gloss.startswith("alleged (“claims”) · director")
    assert hit.citation is not None
    denial = next(h for h in search(kb, "denied mwanza story").hits if h.kind == "claim")
    assert denial.gloss.startswith("denied · ")


def test_every_object_is_found_by_its_own_words(kb: Knowledge) -> None:
    for quote in kb.quotes.values():
        assert ("quote", quote.id) in found(kb, f'"{quote.exact}"', kind=["quote"])
        line = quote.exact.splitlines()[0]
        assert found(kb, f'"{line}"', kind=["text"], source=[quote.source])
    for item in kb.claims.values():
        if item.status == "accepted":
            assert ("claim", item.id) in found(kb, f'"{item.statement}"', kind=["claim"])
    for who in kb.customers.values():
        assert found(kb, who.name)[0] == ("customer", who.id)


def test_an_archived_text_that_is_not_as_recorded_is_told(tmp_path: Path) -> None:
    kb = texts(tmp_path, "Masks.")
    assert search(kb, "masks").problems == []
    (tmp_path / "sources" / "text.txt").write_text("Masks!")
    results = search(kb, "masks")
    assert [hit.kind for hit in results.hits] == ["text"]
    assert "SHA-256" in results.problems[0]
    (tmp_path / "sources" / "text.txt").unlink()
    results = search(kb, "masks")
    assert results.hits == []
    assert "is not in" in results.problems[0]
    assert search(kb, "masks", Within(["claim"])).problems == []


def test_an_sqlite_without_full_text_search_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Connection(sqlite3.Connection):
        def execute(self, *_: Any) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(sqlite3, "connect", lambda *_, **__: Connection(":memory:"))
    with pytest.raises(TargetMarketsError, match="no such module: fts5"):
        search(knowledge(), "word")


def test_the_order_is_the_same_from_run_to_run(kb: Knowledge) -> None:
    assert search(kb, "syria") == search(kb, "syria")


def test_a_passage_is_cited_where_it_stands(kb: Knowledge) -> None:
    texts_only = Within(["text"])
    hits = [hit for word in ("in", "the") for hit in search(kb, word, texts_only).hits]
    assert any(hit.marked.startswith("…") for hit in hits)
    for hit in hits:
        assert hit.citation is not None
        assert f"characters {hit.start}–{hit.end} of" in hit.citation
        assert hit.start is not None
        assert hit.line == Archives(kb).text(hit.id).line_of(hit.start)


@pytest.mark.parametrize("query", ["tank″", "‶tank", "``tank", "tank´´"])
def test_marks_that_fold_to_quotation_marks_are_no_syntax(query: str) -> None:
    kb = knowledge(claims=[claim("one", statement="A tank.")])
    assert found(kb, query) == [("claim", "one")]


def test_a_claim_is_found_by_the_name_of_its_event(kb: Knowledge) -> None:
    found = {hit.id for hit in search(kb, "chong chon gang").hits if hit.kind == "claim"}
    assert {claim.id for claim in kb.claims_of_event("chong-chon-gang-2013")} <= found
    assert "chong" not in kb.claims["cuba-concealment-locator"].statement.casefold()
