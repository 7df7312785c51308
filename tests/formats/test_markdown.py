"""Markdown: structure that readers know, and text that none of them interprets."""

import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from targetmarkets.evidence.archive import Archives
from targetmarkets.formats.escape import markdown, markdown_cell, markdown_line, visible
from targetmarkets.formats.interface import Dossiers, Listing, Look
from targetmarkets.formats.registry import set_dossiers, set_listing
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.model.types import KINDS, Kind
from targetmarkets.query.select import select
from targetmarkets.records.compose import Composer
from targetmarkets.records.fields import HEADINGS, OBJECTS
from targetmarkets.records.wording import cite_work
from tests.build import archive, claim, customer, knowledge, source
from tests.formats import readers
from tests.formats.test_round_trip import HOSTILE, TEXTS

WORDS = TEXTS.filter(str.strip)


def page(composer: Composer, *ids: str) -> str:
    records = [composer.record(composer.kb.objects[id_]) for id_ in ids]
    return set_dossiers(Dossiers(records, Archives(composer.kb), full=True), "markdown", Look())


def lines(texts: Iterable[str]) -> str:
    return "# Title\n\n" + "".join(f"{markdown_line(markdown(text))}\n\n" for text in texts)


def table(texts: Iterable[str]) -> str:
    rows = "".join(f"| {markdown_cell(text, text)} | z |\n" for text in texts)
    return f"| a | b |\n| --- | --- |\n{rows}"


@given(st.lists(WORDS, min_size=1, max_size=20))
def test_a_reader_sees_the_text_and_nothing_else(texts: list[str]) -> None:
    shown = [visible(text) for text in texts]
    assert readers.paragraphs(lines(texts)) == ["Title", *shown]
    cells = [row[0] for row in readers.from_markdown(table(texts))]
    assert cells == ["a", *(f"{text}\n {text}" for text in shown)]


@pytest.mark.parametrize("before", ["- ", "> ", "# ", "- **key**: ", "a\\\n"])
@given(text=WORDS)
def test_a_text_opens_no_block_wherever_a_line_begins(before: str, text: str) -> None:
    words = readers.paragraphs(before + markdown_line(markdown(text)))
    shown = {"- **key**: ": "key: ", "a\\\n": "a\n"}.get(before, "")
    assert words == [shown + visible(text)]


@pytest.mark.parametrize("format_", ["markdown", "markdown+emoji", "gfm", "commonmark_x"])
@given(texts=st.lists(WORDS, min_size=30, max_size=60))
@settings(max_examples=5, deadline=None, derandomize=True)
def test_pandoc_sees_the_text_and_nothing_else(format_: str, texts: list[str]) -> None:
    texts = [*texts, *filter(str.strip, HOSTILE)]
    shown = [visible(text) for text in texts]
    if not format_.startswith("markdown"):  # which composes accents
        shown = [unicodedata.normalize("NFC", text) for text in shown]
    assert readers.pandoc(lines(texts), format_) == ["Title", *shown]
    if format_ != "commonmark_x":
        cells = [cell for text in shown for cell in (f"{text}\n {text}", "z")]
        assert readers.pandoc(table(texts), format_) == ["a", "b", *cells]


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_has_the_columns_of_the_terminal_and_the_references(
    kb: FileKnowledge, kind: Kind
) -> None:
    records = select(kb, kind, Filters())
    text = set_listing(Listing(kind, records, (), kb.sources), "markdown", Look())
    header, *rows = readers.from_markdown(text)
    assert header == list(HEADINGS[kind])
    assert len(rows) == len(records)
    below = readers.paragraphs(text)[len(header) * (len(rows) + 1) :]
    cited = {id_ for record in records for id_ in getattr(record, "sources", ())}
    shown = {line.partition(": ")[0] for line in below}
    assert below == [f"{key}: {cite_work(kb.sources[key])}" for key in kb.sources if key in shown]
    if OBJECTS[kind] == "customer":
        assert shown
        assert shown <= cited
    else:
        assert shown == cited
    assert "…" not in text


def test_a_reference_below_a_table_is_shown_as_it_is() -> None:
    title = "*a* [b] | ‘c ‘d’ Mr. E"
    kb = knowledge(
        sources=[source(bibliography={"type": "webpage", "title": title})],
        customers=[customer("a")],
        claims=[claim("c", "a")],
    )
    records = select(kb, "claims", Filters())
    text = set_listing(Listing("claims", records, (), kb.sources), "markdown", Look())
    assert readers.paragraphs(text)[-1] == f"work: ‘{title}’, no date"
    assert readers.pandoc(text)[-1] == f"work: ‘{title}’, no date"


def test_a_dossier_has_headings_and_lists(composer: Composer) -> None:
    text = page(composer, "tanzania")
    tokens = readers.MARKDOWN.parse(text)
    assert [token.tag for token in tokens if token.type == "heading_open"][:3] == ["h1", "h2", "h2"]
    assert "# Tanzania\n" in text
    assert "\n## Activities\n\n*said of Tanzania alone*\n" in text
    assert "\n### by others\n" in text
    assert "\n**AD HOC** *possible, by reference only*\n" in text
    assert "Footnotes" not in text, "a renderer has its own place for them"
    denial = next(t for t in tokens if t.type == "inline" and t.content.startswith("**✗ denied"))
    plain = next(t for t in tokens if t.type == "inline" and "refurbished F-7" in t.content)
    assert denial.level == plain.level + 2, "a denial lies in what it denies"


def test_what_is_said_of_a_group_lies_below_its_name(composer: Composer) -> None:
    tokens = readers.MARKDOWN.parse(page(composer, "eritrea"))
    group = next(t for t in tokens if t.type == "inline" and t.content.startswith("**Of “"))
    claim = next(t for t in tokens if t.type == "inline" and "limited budgets" in t.content)
    assert claim.level == group.level + 2


@pytest.mark.parametrize(
    "ids", [("syria",), ("syria", "tanzania"), ("syria", "syria"), ("resilient", "cuba", "drc")]
)
def test_every_footnote_is_defined_once_and_used(composer: Composer, ids: tuple[str, ...]) -> None:
    text = page(composer, *ids)
    defined = re.findall(r"(?m)^\[\^(\d+)\]: ", text)
    used = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert defined == [str(number + 1) for number in range(len(defined))]
    assert set(used) == set(defined)
    plain = [
        set_dossiers(
            Dossiers([composer.record(composer.kb.objects[i])], Archives(composer.kb), full=True),
            "text",
            Look(),
        )
        for i in ids
    ]
    assert len(defined) == sum(len(re.findall(r"(?m)^  \[\d+\] ", part)) for part in plain)


@pytest.mark.parametrize("end", ["!", "]", "\\", "‘", "Co.", "[^9]"])
def test_the_mark_of_a_footnote_is_one_after_any_statement(end: str) -> None:
    statement = f"It is so{end}"
    kb = knowledge(
        customers=[customer("a")], claims=[claim("c", "a", statement=statement, kind="driver")]
    )
    text = page(Composer(kb), "a")
    shown = markdown(statement).replace("!", "\\!").replace("‘", "&#8216;")
    assert f"- {shown}[^1]\\\n" in text
    assert any(part.startswith(f"{statement}\n") for part in readers.pandoc(text))


@pytest.mark.parametrize(
    "quoted",
    ["word", "http://evil.example", "javascript:alert(1)", "<x>", "a\u00a0b", "(x)", "a\nb"],
)
def test_a_footnote_is_no_definition_of_a_link(tmp_path: Path, quoted: str) -> None:
    """As it is for CommonMark, which has no footnotes, where it looks like one."""
    text = f"{quoted} and more"
    path = archive(tmp_path, text, ("q", 0, len(quoted), quoted))
    content = json.loads(path.read_text("utf-8"))
    content["customers"] = [customer("a")]
    content["claims"] = [
        claim("by-quotation", "a", evidence=[{"quote": "q"}]),
        claim("by-reference", "a"),
    ]
    path.write_text(json.dumps(content), "utf-8")
    shown = page(Composer(load(path)), "a", "by-quotation", "by-reference")
    defined: dict[str, object] = {}
    tokens = readers.MARKDOWN.parse(shown, defined)
    assert not defined.get("references")
    assert not [t for token in tokens for t in token.children or () if t.type == "link_open"]
    assert f"‘{visible(quoted)}’" in " ".join(readers.paragraphs(shown))
    assert f"‘{visible(quoted)}’" in " ".join(readers.pandoc(shown, "commonmark"))


def test_spaces_around_a_quotation_are_kept(tmp_path: Path) -> None:
    kb = load(archive(tmp_path / "kb", "a  b  c", ("q", 3, 4, "b")))
    parts = readers.paragraphs(page(Composer(kb), "q"))
    assert any(part.startswith("a  ⟦b⟧  c\n") for part in parts)


def test_joint_evidence_keeps_its_sign(composer: Composer) -> None:
    assert "among the ad hoc customers.[^3]+[^4]+[^1]\\\n" in page(composer, "ad-hoc")


def test_fields_are_a_list_with_labels(composer: Composer) -> None:
    text = page(composer, "syria-officers")
    assert "\n- **about**: Syria (syria)\n- **scope**: individual" in text
    assert "\n- **certainty**: *alleged*, in the words “claims”\n" in text
    assert " ⟦The report cites the director" in text


def test_the_marked_text_of_a_source_is_its_text(kb: FileKnowledge, composer: Composer) -> None:
    for id_ in ("nknews-2015", "rusi-2015"):
        parts = readers.paragraphs(page(composer, id_))
        bare = [re.sub(r"⟦\d+:|⟧\d+", "", part) for part in parts]
        text = Archives(kb).text(id_).text.split("\n")
        start = parts.index("quotation 1 stands between ⟦1: and ⟧1") + 1
        expected = [line.rstrip(" ") for line in text if line.strip(" ")]
        assert bare[start : start + len(expected)] == expected
