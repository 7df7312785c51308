"""Lists and dossiers in every format: nothing cut, nothing interpreted, nothing left out."""

import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.text import Text

from targetmarkets.evidence.archive import Archives
from targetmarkets.formats.cells import cell
from targetmarkets.formats.document import Document
from targetmarkets.formats.dossier.source import mark
from targetmarkets.formats.glance import GLANCES
from targetmarkets.formats.interface import Dossiers, Listing, Look
from targetmarkets.formats.registry import DOSSIER_FORMATS, LIST_FORMATS, set_dossiers, set_listing
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.model.objects import Quote
from targetmarkets.model.types import KINDS, Kind
from targetmarkets.query.select import select
from targetmarkets.records.briefs import CustomerBrief
from targetmarkets.records.claims import ClaimRecord
from targetmarkets.records.compose import Composer
from targetmarkets.records.customers import CustomerRecord
from targetmarkets.records.fields import COLUMNS, FIELDS, OBJECTS, value_at
from tests.build import archive, claim, customer, knowledge
from tests.formats import readers

if TYPE_CHECKING:
    from targetmarkets.records.objects import AnyRecord

HOSTILE = [
    "[sic] [/] [bold red]x[/bold red]",
    ":warning: :smile:",
    "a\tb|c,d;e\"f'g",
    "=1+1",
    "<b>&amp;</b>",
    "\\n not a newline",
    "שלום",
    "汉字 🙂 e\u0301",
]


def listing(kb: FileKnowledge, kind: Kind, fields: Sequence[str] = ()) -> Listing:
    return Listing(kind, select(kb, kind, Filters()), fields, kb.sources)


@pytest.mark.parametrize("format_", ["csv", "tsv"])
@pytest.mark.parametrize("kind", KINDS)
def test_rows_have_a_header_and_a_row_for_each_record(
    kb: FileKnowledge, kind: Kind, format_: str
) -> None:
    items = listing(kb, kind)
    rows = readers.LISTS[format_](set_listing(items, format_, Look()))
    assert tuple(rows[0]) == COLUMNS[kind]
    for row, record in zip(rows[1:], items.records, strict=True):
        assert row == [cell(value_at(record, name)) for name in COLUMNS[kind]]


@pytest.mark.parametrize("kind", KINDS)
def test_json_lines_are_the_records_of_json(kb: FileKnowledge, kind: Kind) -> None:
    items = listing(kb, kind)
    for look in (Look(), Look(width=80)):
        lines = set_listing(items, "jsonl", look).splitlines()
        data = json.loads(set_listing(items, "json", look))
        assert [json.loads(line) for line in lines] == data


@pytest.mark.parametrize("kind", KINDS)
def test_json_is_the_records(kb: FileKnowledge, kind: Kind) -> None:
    items = listing(kb, kind)
    for look in (Look(), Look(width=80, colour=True)):
        data = json.loads(set_listing(items, "json", look))
        assert [item["id"] for item in data] == [value_at(record, "id") for record in items.records]
        assert {item["object"] for item in data} == {OBJECTS[kind]}
        for item, record in zip(data, items.records, strict=True):
            assert not isinstance(record, CustomerBrief)
            assert type(record).model_validate_json(json.dumps(item)) == record
            assert set(item) == {name for name in FIELDS[OBJECTS[kind]] if "." not in name}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_can_be_chosen_in_every_format(kb: FileKnowledge, kind: Kind) -> None:
    whole = listing(kb, kind)
    ids = [value_at(record, "id") for record in whole.records]
    for field in FIELDS[OBJECTS[kind]]:
        chosen = whole._replace(fields=[field, "id"])
        for format_ in LIST_FORMATS:
            if format_ == "table":
                assert set_listing(chosen, format_, Look(width=100))
                continue
            header, *rows = readers.LISTS[format_](set_listing(chosen, format_, Look()))
            names = [field.split(".")[0], "id"] if "json" in format_ else [field, "id"]
            assert dict.fromkeys(header) == dict.fromkeys(names)
            assert [row[-1] for row in rows] == ids


def test_a_chosen_part_keeps_its_nesting(kb: FileKnowledge) -> None:
    fields = ["category_basis.certainty", "category_basis.evidence", "iso_3166.alpha_2"]
    items = json.loads(set_listing(listing(kb, "customers", fields), "json", Look()))
    assert items[0] == {
        "category_basis": {"certainty": "stated", "evidence": "quoted"},
        "iso_3166": {"alpha_2": "SY"},
    }
    assert items[8]["iso_3166"] is None


@pytest.mark.parametrize("width", [20, 40, 80, 140])
@pytest.mark.parametrize("kind", KINDS)
def test_a_table_fits_and_cuts_nothing(kb: FileKnowledge, kind: Kind, width: int) -> None:
    items = listing(kb, kind)
    text = set_listing(items, "table", Look(width=width))
    assert "\x1b" not in text
    lines = text.split("\n")
    assert max(map(len, lines)) <= width
    if kind in GLANCES and width >= 80:
        return  # test_glance.py has what is cut there, and how
    assert "…" not in text
    letters = "".join(text.split())
    for record in items.records:
        title = value_at(record, "statement" if isinstance(record, ClaimRecord) else "id")
        if width >= 80:
            assert all(word in letters for word in title.split())


def test_a_table_of_nothing_is_nothing() -> None:
    assert set_listing(Listing("customers", []), "table", Look(width=80)) == ""
    assert set_listing(Listing("customers", []), "markdown", Look()) == ""
    assert set_listing(Listing("customers", []), "json", Look()) == "[]\n"
    assert set_listing(Listing("customers", []), "jsonl", Look()) == ""
    assert set_listing(Listing("customers", []), "tsv", Look()).count("\n") == 1
    assert set_listing(Listing("customers", []), "csv", Look()).count("\r\n") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_column_is_squeezed_to_letters(kb: FileKnowledge, kind: Kind) -> None:
    records = select(kb, kind, Filters())
    table = set_listing(Listing(kind, records), "table", Look(width=80)).split("\n\n")[0]
    slivers = [line for line in table.splitlines() if 0 < len(line.strip()) < 3]
    assert len(slivers) < len(records), table


def test_a_table_without_a_terminal_is_plain(kb: FileKnowledge) -> None:
    assert "\x1b" not in set_listing(listing(kb, "customers"), "table", Look())
    assert "\x1b" in set_listing(listing(kb, "customers"), "table", Look(80, colour=True))


@pytest.mark.parametrize("look", [Look(), Look(80), Look(140, colour=True)])
def test_hostile_text_is_shown_as_it_is_in_every_format(look: Look) -> None:
    for text in HOSTILE:
        shown = text.replace("\t", " ") if "\t" in text else text
        kb = knowledge(
            customers=[customer("a", name=shown)],
            claims=[claim("c", "a", statement=shown, kind="driver")],
        )
        records = select(kb, "customers", Filters())
        table = Text.from_ansi(set_listing(Listing("customers", records), "table", look)).plain
        assert shown in " ".join(table.split()) or shown in table
        for format_ in LIST_FORMATS.keys() - {"table", "csv"}:
            output = set_listing(Listing("customers", records, ["name"]), format_, look)
            assert readers.LISTS[format_](output) == [["name"], [shown]]
        output = set_dossiers(Dossiers(records, Archives(kb), full=True), "text", look)
        plain = " ".join(Text.from_ansi(output).plain.split())
        assert " ".join(shown.split()) in plain
        page = readers.paragraphs(
            set_dossiers(Dossiers(records, Archives(kb), full=True), "markdown", look)
        )
        assert page[0] == shown
        assert any(line.startswith(shown) for line in page[2:])


@pytest.mark.parametrize("look", [Look(), Look(80), Look(80, colour=True)])
@pytest.mark.parametrize("format_", DOSSIER_FORMATS)
def test_no_terminal_is_handed_a_raw_control_character(
    tmp_path: Path, look: Look, format_: str
) -> None:
    text = "a\x1b[31mred\x9b2J\u202egnp\r\nb\x07 c"
    path = archive(tmp_path / "kb", text, ("q", 0, len(text), text), ("r", 1, 5, text[1:5]))
    kb = load(path)
    composer = Composer(kb)
    for id_ in ("q", "work"):
        output = set_dossiers(
            Dossiers([composer.record(kb.objects[id_])], Archives(kb), full=True), format_, look
        )
        plain = Text.from_ansi(output).plain if look.colour and format_ == "text" else output
        assert not set(plain) & set("\x1b\x9b\u202e\r\x07")
        if format_ == "json" and id_ == "q":
            assert json.loads(output)["exact"] == text


@pytest.mark.parametrize("look", [Look(80), Look(80, colour=True)])
@pytest.mark.parametrize("format_", LIST_FORMATS)
def test_no_list_hands_a_terminal_a_raw_control_character(look: Look, format_: str) -> None:
    quote = {
        "id": "q",
        "source": "work",
        "exact": "a\x1b[31m\x9b2J\u202e\r\n\x07\t",
        "start": 0,
        "end": 9,
    }
    kb = knowledge(quotes=[quote])
    output = set_listing(listing(kb, "quotes", ["exact"]), format_, look)
    plain = Text.from_ansi(output).plain if look.colour and format_ == "table" else output
    assert not set(plain) & set("\x1b\x9b\u202e\r\x07")


def dossiers(kb: FileKnowledge, look: Look) -> dict[str, str]:
    """Dossiers of every customer, category and group, and of every tenth claim, quotation and
    source, the archived ones among them."""
    composer, archives = Composer(kb), Archives(kb)
    tenth = [*list(kb.claims)[::10], *list(kb.quotes)[::10], *list(kb.sources)[::10]]
    ids = dict.fromkeys([*kb.subjects, "nknews-2015", "rusi-2015", *tenth])
    return {
        id_: set_dossiers(
            Dossiers([composer.record(kb.objects[id_])], archives, full=True), "text", look
        )
        for id_ in ids
    }


def test_every_dossier_fits_the_terminal(kb: FileKnowledge) -> None:
    for width in (20, 80, 140):
        for id_, text in dossiers(kb, Look(width)).items():
            long = [line for line in text.split("\n") if len(line) > width]
            # An address is never broken: it stands whole on a line of its own.
            assert all(re.fullmatch(r" *https?://\S+", line) for line in long), id_


def test_a_plain_dossier_has_no_colour_and_breaks_no_paragraph(kb: FileKnowledge) -> None:
    for id_, text in dossiers(kb, Look()).items():
        assert "\x1b" not in text
        if id_ in kb.claims:
            assert kb.claims[id_].statement in text
        assert "\n\n\n" not in text or id_ in kb.sources  # an archived text has its own


def test_every_claim_shown_of_a_customer_leads_to_its_evidence(
    kb: FileKnowledge, composer: Composer
) -> None:
    for id_ in kb.customers:
        record = composer.record(kb.objects[id_])
        assert isinstance(record, CustomerRecord)
        text = set_dossiers(Dossiers([record], Archives(kb), full=True), "text", Look())
        page = "\n".join(
            readers.paragraphs(
                set_dossiers(Dossiers([record], Archives(kb), full=True), "markdown", Look())
            )
        )
        shown = (record.classifications, record.activities, record.claims, record.collective)
        claims = [claim for section in (*shown, record.denied) for claim in section]
        references = [e for claim in claims for e in claim.evidence if e.reference]
        for output in (text, page):
            for item in claims:
                assert item.statement in output
                assert item.certainty in output
                assert not item.hedge or f"“{item.hedge}”" in output
                for evidence in item.evidence:
                    assert not evidence.quote or evidence.quote.exact.split("\n")[0] in output
                    assert not evidence.reference or evidence.reference.source in output
            for source in record.sources:
                assert kb.sources[source].title in output
                assert kb.sources[source].descriptor.removesuffix(".") in output
            assert ("not proved" in output) == bool(references)
            assert output.count("✓ proved") == text.count("✓ proved") > 0


def test_a_dossier_says_what_is_not_said_of_the_customer_alone(kb: FileKnowledge) -> None:
    texts = dossiers(kb, Look())
    other = knowledge(customers=[customer("a", name="Aland")])
    bare = set_dossiers(
        Dossiers([Composer(other).record(other.objects["a"])], Archives(other), full=True),
        "text",
        Look(),
    )
    assert "none is said of Aland alone" in bare
    assert "Nothing here puts it in a category." in bare
    group = texts["eritrea"].split("Said of its category and of groups")[1]
    assert "limited budgets" in group
    assert "limited budgets" not in texts["eritrea"].split("Said of its category")[0]
    assert "not of Eritrea in particular" in group


def test_a_broken_archive_is_said_where_the_quotation_is_shown(tmp_path: Path) -> None:
    kb = load(archive(tmp_path / "kb", "abc", ("q", 0, 1, "x")))
    text = set_dossiers(
        Dossiers([Composer(kb).record(kb.objects["q"])], Archives(kb), full=True), "text", Look()
    )
    assert "NOT PROVED" in text
    (tmp_path / "kb" / "sources" / "text.txt").unlink()
    for id_ in ("q", "work"):
        text = set_dossiers(
            Dossiers([Composer(kb).record(kb.objects[id_])], Archives(kb), full=True),
            "text",
            Look(),
        )
        assert "is not in" in text


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], ["abc", "def"]),
        ([(0, 3)], ["⟦1:abc⟧1", "def"]),
        ([(1, 2), (5, 6)], ["a⟦1:b⟧1c", "d⟦2:e⟧2f"]),
        ([(0, 7), (1, 2)], ["⟦1:a⟦2:b⟧2c", "def⟧1"]),
        ([(0, 5), (4, 7)], ["⟦1:abc", "⟦2:d⟧1ef⟧2"]),
        ([(0, 2), (2, 3)], ["⟦1:ab⟧1⟦2:c⟧2", "def"]),
        ([(0, 99), (3, 2)], ["abc", "def"]),
    ],
)
def test_quotations_are_marked_in_the_text(
    spans: list[tuple[int, int]], expected: list[str]
) -> None:
    quotes = [Quote(id=f"q{s}", source="w", exact="x", start=s, end=e) for s, e in spans]
    lines = ["".join(piece.text for piece in line) for line in mark("abc\ndef", quotes)]
    assert lines == expected


def test_lists_for_people_mark_what_nothing_proves(kb: FileKnowledge) -> None:
    for kind in ("activities", "claims", "findings"):
        referenced = select(kb, kind, Filters(evidence=["referenced"]))
        assert referenced
        shown = set_listing(Listing(kind, referenced), "markdown", Look())
        assert shown.count(", by reference only") >= len(referenced)
        assert "stated, by" in set_listing(listing(kb, kind), "table", Look(100))


@pytest.mark.parametrize("format_", ["table", "csv", "tsv", "markdown"])
def test_a_category_names_its_customers_with_how_each_is_known(
    kb: FileKnowledge, format_: str
) -> None:
    shown = " ".join(set_listing(listing(kb, "categories"), format_, Look(width=400)).split())
    assert "syria (stated)" in shown
    assert "tanzania (possible, by reference only)" in shown
    shown = set_listing(listing(kb, "groups"), format_, Look(width=400))
    assert "likely" in shown, "the hedge of an equation stands beside the category"


def test_a_document_never_has_two_empty_lines() -> None:
    document = Document()
    document.gap()
    document.heading("One")
    document.gap()
    document.heading("Two")
    assert ["".join(p.text for p in line.pieces) for line in document.lines] == ["One", "", "Two"]


def test_records_of_a_list_can_be_of_several_kinds(composer: Composer) -> None:
    records: list[AnyRecord] = [
        composer.record(composer.kb.objects[i]) for i in ("syria", "ad-hoc")
    ]
    text = set_dossiers(Dossiers(records, Archives(composer.kb), full=True), "json", Look())
    assert [item["object"] for item in json.loads(text)] == ["customer", "category"]
    assert json.load(
        io.StringIO(
            set_dossiers(Dossiers(records[:1], Archives(composer.kb), full=True), "json", Look())
        )
    )


def test_a_denial_is_marked_wherever_it_is_shown(kb: FileKnowledge) -> None:
    denials = select(kb, "activities", Filters(customer=["tanzania"], stance=["denied"]))
    table = set_listing(Listing("activities", denials), "table", Look(100))
    assert table.count("✗ denied:") == len(denials) > 0
    text = dossiers(kb, Look())["tanzania"]
    asserted = text.index("carries the allegation that North Korean technicians refurbished")
    denied = text.index("✗ denied: The chief")
    other = text.index("carries the allegation that 18 North Korean technicians")
    assert asserted < denied < other, "a denial stands below what it denies"
    assert "denied by tanzania-aircraft-work-denied" in text[other:]
    assert "Denied" not in text.split("\n"), "nothing is left for a section of its own"
