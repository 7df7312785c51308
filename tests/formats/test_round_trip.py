"""Every quotation comes out of every format as it went in, or with what is unsafe visibly escaped.

Read back by programs that are not ours; the documented escapes are written out here once more.
"""

import json
import re
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from targetmarkets.errors import TargetMarketsError
from targetmarkets.evidence.archive import Archives
from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Dossiers, Listing, Look
from targetmarkets.formats.registry import DOSSIER_FORMATS, LIST_FORMATS, set_dossiers, set_listing
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.query.select import select
from targetmarkets.records.compose import Composer, quotes_in
from targetmarkets.records.objects import AnyRecord
from tests.build import archive
from tests.formats import readers

HOSTILE = (
    "[sic] [/] [bold red]x[/bold red] [a](b) ![a](b) [^1] [x]: y [@cite]",
    ":warning: :smile: http://a.example/b_c_d www.example.org a@b.example @user #1",
    "two\nlines\r\nand\ra third\u2028and a fourth\u0085fifth",
    "a\tb\vc\fd",
    "a,b;c|d\\|e\\\\|f\\",
    "\"double\" 'single' “curly” ‘curly’ ‘open “ close ” ’ rock ‘n’ roll",
    *("=1+1", "+1", "-1", "@SUM(1)", "＝1", "＋1", "－1", "＠1", "\t=1", " =1", "\n=1", "'=1", "-"),
    "right\u200fto\u202eleft \u2067isolated\u2069 שלום العربية",
    "\x1b[31mred\x1b[0m \x1b]8;;http://a.example\x07link\x1b]8;;\x07 \x9b2J \x00\x7f\x08",
    "<b>&amp;</b> <script>alert(1)</script> <!-- x --> &copy; &#35; <http://a.example>",
    "`code` ``` ~~~ *a* **b** _c_ __d__ ~~e~~ H~2~O x^2^ $x$ $$y$$ \\(z\\) \\[z\\] \\begin{x}",
    *(
        "# one",
        "- two",
        "+ three",
        "1. four",
        "(1) five",
        "i) six",
        "> seven",
        "    eight",
        ": nine",
    ),
    *(
        "% ten",
        "===",
        "---",
        "| a | b |",
        "::: x",
        "Table: y",
        "é. z",
        "{#id .class}",
        "Mr. X, p. 3",
    ),
    "2014-04",
    "\\n is no newline, \\t no tab, \\x1b no escape",
    "  spaces  inside   and at the ends  ",
    "\u00a0no-break\u00a0\u00a0spaces\u3000\u2003",
    "soft\u00adhyphen zero\u200bwidth \ufeffmark \U000e0041tag",
    "汉字 🙂 e\u0301 ﷽",
    "-- --- ... …",
)
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
"""What a spreadsheet cannot keep."""
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30) | st.lists(
    st.sampled_from([*" \n\t\\`*_[](){}<>#$&@^~|'\"-+=:.!‘’“”a1", "Mr. ", "www.", "//", "--", "é"]),
    min_size=1,
    max_size=12,
).map("".join)


def same(text: str) -> str:
    return text


def csv_cell(text: str) -> str:
    """As it is but for controls; an apostrophe before what could be a formula."""
    shown = "".join(visible(c) if UNSTORABLE.match(c) else c for c in text)
    seen = "".join(c for c in shown if visible(f"a{c}b") == f"a{c}b" and c not in "\u200c\u200d")
    formula = shown[0] in "\n\t" or seen.lstrip()[:1] in {*"=+-@＝＋－＠"}
    return f"'{shown}" if formula else shown


def csv_on_a_terminal(text: str) -> str:
    """What hides is shown, too; line ends and tabs stay."""
    shown = "".join(
        part if part in "\n\t" else visible(part) for part in re.split("([\n\t])", text)
    )
    formula = shown[0] in "\n\t" or shown.lstrip()[:1] in {*"=+-@＝＋－＠"}
    return f"'{shown}" if formula else shown


def table_line(text: str) -> str:
    return visible(text).rstrip()


EXPECTED: dict[str, Callable[[str], str]] = {
    "table": table_line,
    "json": same,
    "jsonl": same,
    "csv": csv_cell,
    "tsv": same,
    "markdown": visible,
    "text": visible,
}
"""What a reader gets of a quotation, by format."""


def texts_in(folder: Path, texts: Sequence[str]) -> FileKnowledge:
    """A knowledge base with an archived text that is nothing but quotations, each with a claim."""
    at, quotes = 0, []
    for number, text in enumerate(texts):
        quotes.append((f"q{number}", at, at + len(text), text))
        at += len(text) + 1
    path = archive(folder, "\n".join(texts), *quotes)
    content = json.loads(path.read_text("utf-8"))
    content["customers"] = [{"id": "c", "name": "C", "kind": "state", "region": "Western Asia"}]
    content["claims"] = [
        {
            "id": f"claim-{id_}",
            "about": ["c"],
            "scope": "individual",
            "kind": "driver",
            "statement": f"Statement {id_}.",
            "certainty": "stated",
            "speakers": [{"role": "book", "name": "B", "mode": "narrates"}],
            "evidence": [{"quote": id_}],
        }
        for id_, *_ in quotes
    ]
    path.write_text(json.dumps(content), "utf-8")
    return load(path)


def plain(output: str) -> str:
    """What was coloured, without the colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", output)


def check_lists(kb: FileKnowledge, look: Look) -> None:
    records = select(kb, "quotes", Filters())
    for format_ in LIST_FORMATS:
        wide = Look(10_000, look.colour) if format_ == "table" else look  # or it wraps
        output = set_listing(Listing("quotes", records, ["exact"]), format_, wide)
        if format_ == "table":
            output = "".join(f"{line.rstrip()}\n" for line in plain(output).splitlines())
        on_a_terminal = format_ == "csv" and look.width is not None
        expects = csv_on_a_terminal if on_a_terminal else EXPECTED[format_]
        expected = [expects(quote.exact) for quote in kb.quotes.values()]
        assert readers.LISTS[format_](output) == [["exact"], *([text] for text in expected)]
        unsafe = UNSTORABLE if format_ == "csv" else UNSAFE
        assert not unsafe.search(output.replace("\r\n", "\n"))
        usual = set_listing(Listing("quotes", records, (), kb.sources), format_, look)
        if format_ != "table":
            found = {cell for row in readers.LISTS[format_](usual) for cell in map(str, row)}
            found |= {cell.partition("\n")[0] for cell in found if format_ == "markdown"}
            assert found >= {*expected}


def check_dossiers(kb: FileKnowledge, records: Sequence[AnyRecord]) -> None:
    """Every quotation stands in each dossier that shows it, in the marks of a quotation."""
    for record in records:
        for format_ in DOSSIER_FORMATS:
            output = set_dossiers(Dossiers([record], Archives(kb), full=True), format_, Look())
            lines = readers.DOSSIERS[format_](output)
            assert not UNSAFE.search(output)
            for quote in quotes_in([record]):
                check_quotation(quote.exact, record, format_, lines)


def check_quotation(exact: str, record: AnyRecord, format_: str, lines: list[str]) -> None:
    words = EXPECTED[format_](exact)
    if format_ == "json":
        assert words in lines
    elif record.object == "source":
        bare = {re.sub(r"⟦\d+:|⟧\d+", "", line).strip() for line in lines}
        for line in exact.split("\n"):
            assert any(visible(line).strip() in other for other in bare), (format_, line)
    else:
        assert any(f"‘{words}’" in line or f"⟦{words}⟧" in line for line in lines), (format_, words)


@pytest.mark.parametrize("look", [Look(), Look(10_000), Look(10_000, colour=True)])
def test_every_quotation_comes_out_of_every_list(kb: FileKnowledge, look: Look) -> None:
    check_lists(kb, look)


def test_every_quotation_comes_out_of_every_dossier(kb: FileKnowledge, composer: Composer) -> None:
    ids = [*kb.quotes, *kb.customers, *kb.groups, *[*kb.claims][::5], *[*kb.sources][::5]]
    check_dossiers(kb, [composer.record(kb.objects[id_]) for id_ in ids])


def test_hostile_quotations_come_out_of_every_list_and_dossier(tmp_path: Path) -> None:
    kb = texts_in(tmp_path / "kb", HOSTILE)
    check_lists(kb, Look())
    composer = Composer(kb)
    check_dossiers(kb, [composer.record(item) for item in kb.objects.values()])


@given(st.lists(TEXTS, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_quotation_comes_out_of_every_list_and_dossier(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kb = texts_in(Path(folder) / "kb", texts)
        check_lists(kb, Look())
        composer = Composer(kb)
        check_dossiers(kb, [composer.record(kb.objects[id_]) for id_ in ("c", "q0", "claim-q0")])


def test_a_lone_surrogate_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "kb", "abc", ("q", 0, 3, "abc"))
    path.write_text(path.read_text("utf-8").replace('"abc"', '"\\ud800"'), "utf-8")
    with pytest.raises(TargetMarketsError):
        load(path)


@pytest.mark.parametrize("format_", ["markdown", "markdown+emoji+autolink_bare_uris", "gfm"])
def test_pandoc_reads_every_quotation(tmp_path: Path, kb: FileKnowledge, format_: str) -> None:
    for base in (kb, texts_in(tmp_path / "kb", HOSTILE)):
        records = select(base, "quotes", Filters())
        customers = select(base, "customers", Filters())
        table = set_listing(Listing("quotes", records, (), base.sources), "markdown", Look())
        cells = "\n".join(readers.pandoc(table, format_))
        page = set_dossiers(Dossiers(customers, Archives(base), full=True), "markdown", Look())
        lines = "\n".join(readers.pandoc(page, format_))
        shown = {quote.id for quote in quotes_in(customers)}
        for quote in base.quotes.values():
            words = visible(quote.exact)
            words = unicodedata.normalize("NFC", words) if format_ == "gfm" else words
            assert f"{words}\n" in cells
            assert quote.id not in shown or f"‘{words}’\n" in lines
