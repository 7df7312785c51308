"""Lists with a line for each record: what stands in it at every width, and what never does."""

import re
from typing import Any

import pytest

from targetmarkets.formats.glance import GLANCES
from targetmarkets.formats.grid import Column, cell, grid, listed, named
from targetmarkets.formats.interface import Listing, Look, Part
from targetmarkets.formats.layout import width_of
from targetmarkets.formats.registry import set_listing
from targetmarkets.formats.wording import show_years
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.model.types import Kind
from targetmarkets.query.choose import briefs
from targetmarkets.query.select import select
from tests.build import activity, category, classification, customer, knowledge, source

SHOWN: list[Kind] = ["customers", "events", "actors"]


def table(kb: FileKnowledge, kind: Kind, width: int = 80, *, colour: bool = False) -> list[str]:
    listing = Listing(kind, select(kb, kind, Filters()), (), kb.sources)
    return set_listing(listing, "table", Look(width, colour)).splitlines()


@pytest.mark.parametrize("width", [80, 100, 140, 500])
@pytest.mark.parametrize("kind", SHOWN)
def test_each_record_has_a_line(kb: FileKnowledge, kind: Kind, width: int) -> None:
    lines = table(kb, kind, width)
    rows = lines[2 : lines.index("")]
    records = select(kb, kind, Filters())
    assert len(rows) == len(records)
    assert max(map(len, lines)) <= width
    for row, record in zip(rows, records, strict=True):
        words = {record.id, *getattr(record, "aliases", ()), getattr(record, "name", "")}
        begun = re.split(r"…|  ", row.removeprefix(row[:12]) if kind == "events" else row)[0]
        assert any(word.startswith(begun.strip()) for word in words), row


def test_customers_fit_a_screen(kb: FileKnowledge) -> None:
    lines = table(kb, "customers")
    assert len(lines) <= 40
    assert lines[0].split() == [
        *("Customer", "Category", "Known", "Got", "or", "sought", "Last", "Orig.")
    ]
    assert re.split(r"  +", lines[2]) == [
        *("Syria", "resilient", "stated ✓1", "missiles +10", "2018", "9")
    ]
    assert sum(line.count("…") for line in lines) == 1  # Armed Palestinian…
    told = " ".join(lines)
    assert "Categories by Andrea Berger, via NK News: Syria, Iran; the curators: Uganda," in told
    assert any(line.startswith("1 nknews-2015: NK News, ‘Syria, Iran") for line in lines)


def test_a_brief_and_the_record_make_the_same_table(kb: FileKnowledge) -> None:
    for width in (20, 80, 140):
        shown = Listing("customers", briefs(kb, Filters()), (), kb.sources)
        assert set_listing(shown, "table", Look(width)).splitlines() == table(
            kb, "customers", width
        )


def test_more_room_shows_more_kinds(kb: FileKnowledge) -> None:
    shown = [table(kb, "customers", width)[2] for width in (80, 100, 140, 250)]
    counts = [int(found[1]) if (found := re.search(r" \+(\d+)", row)) else 0 for row in shown]
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) == len(counts)
    assert counts[-1] == 0


def known(kb: FileKnowledge) -> str:
    """How the category of the one customer is known, and what the signs mean."""
    lines = table(kb, "customers")
    return f"{re.split(r'  +', lines[2])[2]} | {' '.join(lines[lines.index('') :])}"


def test_what_is_only_referred_to_has_another_sign() -> None:
    made: dict[str, Any] = {
        "quotes": [{"id": "q", "source": "text", "exact": "x", "start": 0, "end": 1}],
        "customers": [customer("a")],
        "categories": [category("good")],
    }
    archived = source("text", archive={"file": "t", "sha256": "0" * 64, "media_type": "text/plain"})
    works = [archived, source("read", read=True), source("unread", read=False)]

    def by(*evidence: dict[str, object], **fields: str) -> str:
        put = classification("c", "a", "good", evidence=list(evidence), **fields)
        return known(knowledge(sources=works, claims=[put], **made))

    def reference(id_: str) -> dict[str, object]:
        return {"reference": {"source": id_}}

    quoted = by({"quote": "q"})
    assert quoted.startswith("stated ✓1 | ")
    assert "✓ quoted" in quoted
    assert "○" not in quoted
    assert by(reference("read")).startswith("stated ○1 | ")
    unread = by(reference("unread"))
    assert unread.startswith("stated ·1 | ")
    assert "· by reference that nobody here read" in unread
    assert by({"quote": "q"}, reference("read"), reference("unread")).startswith("stated ✓1 ○2 ·3")
    collected = by(reference("read"), certainty_basis="collected", certainty="likely")
    assert collected.startswith("likely* ○1 | ")
    assert "* its collector’s grade" in collected
    assert "A, “may be”" in by(reference("read"), certainty="possible", hedge="may be")


def test_without_colour_and_with_it_the_words_are_the_same(kb: FileKnowledge) -> None:
    for kind in SHOWN:
        coloured = table(kb, kind, colour=True)
        assert any("\x1b[" in line for line in coloured)
        assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in coloured] == table(kb, kind)


def test_a_certainty_has_its_colour_where_it_is_quoted_alone(kb: FileKnowledge) -> None:
    rows = table(kb, "customers", colour=True)
    assert "\x1b[32mstated" in next(row for row in rows if "Syria" in row)
    assert "\x1b[32mstated" not in next(row for row in rows if "Yemen" in row)


def test_a_customer_of_no_category_says_why() -> None:
    kb = knowledge(
        customers=[customer("torn"), customer("new")],
        categories=[category("good"), category("bad")],
        claims=[classification("g", "torn", "good"), classification("b", "torn", "bad")],
    )
    rows = table(kb, "customers")[2:4]
    assert [row.split() for row in rows] == [["Torn", "disputed", "1"], ["New", "none", "0"]]


def test_kinds_come_by_their_events_and_what_is_not_named_last() -> None:
    kb = knowledge(
        customers=[customer("a")],
        events=[{"id": id_, "name": id_.title(), "kind": "shipment"} for id_ in ("e", "later")],
        claims=[
            activity("1", "a", type_="military-cooperation"),
            activity("2", "a", type_="military-cooperation"),
            activity("3", "a", type_="missile-parts", event="e", period="2009/.."),
            activity("4", "a", type_="missiles", event="e"),
            activity("5", "a", type_="training"),
            activity("6", "a", type_="training", event="later", period="2016-05"),
            activity("7", "a", type_="arms", stance="denied", denies=["1"], event="e"),
        ],
    )
    assert re.split(r"  +", table(kb, "customers", 100)[2])[2:] == [
        *("training, missiles, not named", "2016", "1")
    ]


def test_parts_have_headings(kb: FileKnowledge) -> None:
    events = select(kb, "events", Filters())
    parts = [Part("Inside", events[:2]), Part("Outside", events[2:3])]
    listing = Listing("events", events[:3], (), kb.sources, parts=parts)
    lines = set_listing(listing, "table", Look(100)).splitlines()
    assert (lines[0], lines[5], lines[6]) == ("Inside", "", "Outside")
    assert [line.count("○1") for line in (lines[3], lines[9])] == [1, 1]  # numbered throughout
    markdown = set_listing(listing, "markdown", Look())
    assert markdown.startswith("**Inside**\n\n| When |")
    assert "\n\n**Outside**\n\n| When |" in markdown
    claims = select(kb, "claims", Filters(), limit=2)
    parts = [Part("Inside", claims[:1]), Part("Outside", claims[1:])]
    text = set_listing(Listing("claims", claims, (), kb.sources, parts=parts), "table", Look(100))
    assert text.startswith("Inside\nClaim ")
    assert "\n\nOutside\nClaim " in text


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        ("2013-04-03", "2013-04-03"),
        ("2012/2017", "2012–2017"),
        ("2006-06/2012-03", "2006–2012"),
        ("2008-11-22/2008-11-29", "2008-11"),
        ("2009-07/2009-08", "2009"),
        ("/2006-07-12", "until 2006"),
        ("1990/..", "since 1990"),
        ("198X/2014", "198X–2014"),
        ("2011-06~", "2011-06~"),
    ],
)
def test_a_period_in_few_columns(period: str, shown: str) -> None:
    assert show_years(period) == shown


COLUMNS = (Column("Name", least=6), Column("Kinds", least=8), Column("N", to_right=True))


def drawn(width: int, *rows: tuple[str, str, list[str], str]) -> list[str]:
    cells = [[named(name, short), listed(kinds), cell(n)] for name, short, kinds, n in rows]
    return ["".join(piece.text for piece in line) for line in grid(COLUMNS, cells, width)]


def test_what_has_no_room_gives_way() -> None:
    row = ("A long name", "short", ["one", "two", "three"], "7")
    assert drawn(40, row)[2] == "A long name  one, two, three  7"
    assert drawn(26, row)[2] == "short       one, two +1  7"
    assert drawn(19, row)[2] == "short   one +2    7"
    assert drawn(19, ("A long name", "no shorter", ["only one"], "7"))[2] == "A lon…  only one  7"
    assert drawn(19, ("Name", "", ["overlong word", "x"], "7"))[2] == "Name  overlo… +1  7"
    assert drawn(18, row) == ["A long name", "  one, two, three", "  · 7"]
    assert drawn(3, row)[0] == "A"


def test_wide_characters_take_their_columns() -> None:
    rows = drawn(26, ("汉字汉字汉字", "", ["汉字汉字汉字汉字汉字"], "7"), ("b", "b", ["x"], "12"))
    assert {width_of(row) for row in rows} == {26}
    block = drawn(7, ("汉字汉字汉字 word", "", ["汉字汉字汉字汉字汉字"], "7"))
    assert all(width_of(line) <= 7 for line in block)


def test_controls_reach_no_terminal() -> None:
    rows = drawn(60, ("a\x1b[31mb\nc", "x", ["d\x07"], "\u202e1"))
    assert "\\x1b[31mb\\nc" in rows[2]
    assert "d\\x07" in rows[2]
    assert "\\u202e1" in rows[2]


def test_every_list_at_a_glance_is_tried() -> None:
    assert list(GLANCES) == SHOWN
