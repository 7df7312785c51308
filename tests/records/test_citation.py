"""Citations: what a record cites, by way of what, and how pandoc is told."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.formats.citations.as_pandoc import escape_markdown, key
from targetmarkets.model.parts import Locator
from targetmarkets.model.vocabulary import LOCATOR_ABBREVIATIONS
from targetmarkets.records.citation import Citation, Via
from targetmarkets.records.compose import Composer
from tests.build import SPEAKER, category, claim, classification, customer, knowledge, source
from tests.pandoc import cited, pandoc, plain, rendered

QUOTES = [
    {"id": "q", "source": "news", "exact": "x", "start": 0, "end": 1},
    {"id": "r", "source": "news", "exact": "y", "start": 1, "end": 2},
]
SOURCES = [source("book"), source("news", reports_on=["book"]), source("page", reports_on=["book"])]


def locator(label: str | None, value: str) -> Locator:
    return Locator.model_validate_json(json.dumps({"label": label, "value": value}))


def reference(source: str, value: str | None = None) -> dict[str, Any]:
    place = {"locator": {"label": "page", "value": value}} if value else {}
    return {"reference": {"source": source, **place}}


def link(mode: str, work: str | None = None) -> dict[str, Any]:
    return SPEAKER | {"mode": mode} | ({"work": work} if work else {})


def composed(**lists: Any) -> Composer:
    return Composer(knowledge(**{"sources": SOURCES, "quotes": QUOTES, **lists}))


def cite(*speakers: dict[str, Any], evidence: list[dict[str, Any]] | None = None) -> Any:
    stored = claim("c", speakers=list(speakers), evidence=evidence or [{"quote": "q"}])
    composer = composed(claims=[stored])
    return composer.claim(composer.kb.claims["c"]).citations()


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("quotes", "quoted in"),
        ("paraphrases", "paraphrased in"),
        ("narrates", "as told in"),
        ("unclear", "as told in"),
    ],
)
def test_a_work_that_a_source_reports_on_is_cited_by_way_of_it(mode: str, said: str) -> None:
    (found,) = cite(link(mode), link("narrates", "book"))
    assert (found.source, found.quote.id, found.via) == ("news", "q", ("book", said))
    assert found.keys == ("book", "news")
    assert key(found) == f"[@book; {said} @news]"


def test_the_mode_is_that_of_whoever_speaks_before_the_work() -> None:
    (found,) = cite(link("paraphrases"), link("quotes"), link("narrates", "book"))
    assert found.via == ("book", "quoted in")
    (found,) = cite(link("quotes", "book"))
    assert found.via == ("book", "as told in")


def test_of_several_works_that_counts_which_the_source_reports_on_itself() -> None:
    (found,) = cite(link("quotes", "news"), link("paraphrases", "book"), link("narrates", "page"))
    assert found.via == ("book", "quoted in")


def test_what_is_read_in_the_work_itself_is_cited_as_it_is() -> None:
    assert cite(link("narrates", "book"), evidence=[reference("book")]) == (Citation("book"),)
    assert cite(link("quotes"), link("remark")) == (Citation("news", quote=QUOTE_Q),)


QUOTE_Q = composed().kb.quotes["q"]


def test_of_several_sources_it_is_not_known_which_one_quotes() -> None:
    evidence = [reference("news", "1"), reference("page"), reference("news", "1")]
    found = cite(link("quotes"), link("narrates", "book"), evidence=evidence)
    assert found == (
        Citation("news", locator("page", "1"), None, Via("book", "as told in")),
        Citation("page", None, None, Via("book", "as told in")),
    )


def test_records_cite_what_their_claims_cite_once_and_in_order() -> None:
    claims = [
        claim("m", "a", evidence=[{"quote": "q"}, reference("page", "2")]),
        claim("n", "a", "b", scope="collective", evidence=[reference("book"), {"quote": "q"}]),
        classification("k", "a", "good", evidence=[reference("page", "3")]),
        claim("g", "good", scope="group", evidence=[{"quote": "r"}]),
        claim("h", "some", scope="group", evidence=[reference("news", "9")]),
        claim("x", "a", evidence=[reference("x")], status="retracted", retraction="Wrong."),
    ]
    composer = composed(
        customers=[customer("a"), customer("b")],
        categories=[category("good")],
        groups=[{"id": "some", "name": "some", "members": ["b"]}],
        sources=[*SOURCES, source("x")],
        claims=claims,
    )
    found = {
        id_: [(c.source, c.quote.id if c.quote else c.locator and c.locator.value) for c in cited_]
        for id_, item in composer.kb.objects.items()
        if (cited_ := composer.record(item).citations())
    }
    of_a = [("page", "3"), ("news", "q"), ("page", "2"), ("book", None), ("news", "r")]
    assert found["a"] == of_a
    assert found["b"] == [("book", None), ("news", "q"), ("news", "9")]
    assert found["good"] == [("page", "3"), ("news", "r")]
    assert found["some"] == [("news", "9")]
    assert found["q"] == [("news", "q")]
    assert found["book"] == [("book", None)]
    assert found["x"] == [("x", None)]


def test_every_work_of_the_bundled_file_that_is_reported_on_is_cited_so(
    composer: Composer,
) -> None:
    claims = composer.kb.claims.values()
    through = {c.id: composer.claim(c).citations()[0].via for c in claims}
    assert through["syria-officers"] == ("berger-2015", "paraphrased in")
    assert through["uganda-police-trainers-2015"] == ("un-s-2016-157", "paraphrased in")
    assert through["uganda-firearms-instruction"] == ("un-s-2015-131", "paraphrased in")
    assert through["last-group-economical-help"] == ("berger-2015", "quoted in")
    remarks = [c.id for c in claims if any(speaker.role == "author" for speaker in c.speakers)]
    assert not any(through[id_] for id_ in remarks)
    assert sum(via is not None for via in through.values()) == 84


PLACES = [
    (None, None, ""),
    ("paragraph", "108", ", paragraph 108"),
    ("chapter", "4", ", chapter 4"),
    ("page", "1, 3–5", ", page 1, 3–5"),
    ("note", "3a and 4", ", {note 3a and 4}"),
    ("note", "3--4", ", note 3\\--4"),
    ("section", "a] @b; {c}", ", section a\\] \\@b\\; \\{c\\}"),
    ("appendix", "7", "{}, appendix 7"),
    (None, "page header", "{}, page header"),
    (None, "p. 101, author note", "{}, p. 101, author note"),
]


@pytest.mark.parametrize(("label", "value", "shown"), PLACES)
def test_places_in_pandoc_keys(label: str | None, value: str | None, shown: str) -> None:
    place = locator(label, value) if value else None
    assert key(Citation("work", place)) == f"[@work{shown}]"
    through = Via("book", "quoted in")
    assert key(Citation("work", place, via=through)) == f"[@book; quoted in @work{shown}]"


def test_pandoc_reads_every_citation_of_the_bundled_file(composer: Composer) -> None:
    claims = [composer.claim(c) for c in composer.kb.claims.values()]
    citations = list(dict.fromkeys(c for record in claims for c in record.citations()))
    read = cited("\n\n".join(key(c) for c in citations))
    assert [[key for key, _ in keys] for keys in read] == [list(c.keys) for c in citations]


STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/><citation>
<layout><label variable="locator"/><text variable="locator" prefix=": "/></layout>
</citation></style>"""


@pytest.mark.parametrize("value", ["7", "7a"])
def test_pandoc_knows_every_label(tmp_path: Path, value: str) -> None:
    sheet, works = tmp_path / "s.csl", tmp_path / "w.json"
    sheet.write_text(STYLE, "utf-8")
    works.write_text('[{"id": "w", "type": "book", "title": "T"}]', "utf-8")
    labels = [label for label in LOCATOR_ABBREVIATIONS if label != "appendix"]
    keys = [key(Citation("w", locator(label, value))) for label in labels]
    read = rendered("\n\n".join(keys), works, sheet)
    assert read == [f"{label}: {value}" for label in labels]


def hostile(count: int = 400) -> list[str]:
    """Texts of one line that try to be more than text."""
    alphabet = r"""ab1é ‘’–.,:;!?()[]{}<>@#$%^&*_~`|\/'"-+="""
    chooser = random.Random(8)
    texts = ["".join(chooser.choices(alphabet, k=chooser.randint(1, 12))) for _ in range(count)]
    known = ["a] [@evil]", "}; @evil", "*a*", "<b>x</b>", "`x`", "$x$", "^[n]", "-- ...", "{=html}"]
    return [*known, *(text.strip() or "x" for text in texts)]


@pytest.mark.parametrize("label", [None, "paragraph"])
def test_no_place_says_more_to_pandoc_than_its_text(label: str | None) -> None:
    values = hostile()
    keys = [key(Citation("key", locator(label, value))) for value in values]
    for value, line, read in zip(values, keys, cited("\n\n".join(keys)), strict=True):
        ((id_, suffix),) = read
        assert id_ == "key", line
        meant = f", paragraph {value}" if label else f"{{}}, {value}"
        braced = f", {{paragraph {value}}}"
        assert suffix.split() in (meant.split(), braced.split()), line


def test_escaped_text_is_that_text_to_pandoc() -> None:
    texts = hostile()
    markdown = "\n\n".join(f"x{escape_markdown(text)}x" for text in texts)
    blocks = json.loads(pandoc(markdown, "-f", "markdown", "-t", "json"))["blocks"]
    assert [block["t"] for block in blocks] == ["Para"] * len(texts)
    for text, block in zip(texts, blocks, strict=True):
        assert plain(block["c"]).split() == f"x{text}x".split()
