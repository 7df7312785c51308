"""CSV: what the standard says, and what spreadsheets must not do."""

import pytest

from targetmarkets.formats.interface import Listing, Look
from targetmarkets.formats.registry import set_listing, set_report
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.query.select import select
from targetmarkets.query.stats import statistics
from tests.build import knowledge, source
from tests.formats import readers

ARCHIVED = source(archive={"file": "a.txt", "sha256": "0" * 64, "media_type": "text/plain"})


def exact(text: str, look: Look) -> str:
    """The cell of a quotation as it stands in the file."""
    quote = {"id": "q", "source": "work", "exact": text, "start": 7, "end": 9}
    records = select(knowledge(sources=[ARCHIVED], quotes=[quote]), "quotes", Filters())
    output = set_listing(Listing("quotes", records, ["exact"]), "csv", look)
    end = "\n" if look.width else "\r\n"
    return output.removeprefix(f'"exact"{end}').removesuffix(end)


def test_lines_end_as_the_standard_has_it_and_text_is_quoted(kb: FileKnowledge) -> None:
    records = select(kb, "quotes", Filters(), limit=1)
    fields = ["id", "start", "end", "exact"]
    output = set_listing(Listing("quotes", records, fields), "csv", Look())
    assert output == (
        '"id","start","end","exact"\r\n'
        '"nknews-headline",0,59,"Syria, Iran among N. Korea’s “resilient” customers – Berger"\r\n'
    )


def test_a_terminal_gets_no_carriage_return(kb: FileKnowledge) -> None:
    items = Listing("sources", select(kb, "sources", Filters()))
    shown = set_listing(items, "csv", Look(80))
    assert "\r" not in shown
    assert readers.from_csv(shown) == readers.from_csv(set_listing(items, "csv", Look()))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠1", "'＠1"),
        (" =1", "' =1"),
        ("\t1", "'\t1"),
        ("\n=1", "'\n=1"),
        ("\r=1", "\\r=1"),
        ("'=1", "'=1"),
        ("1=1", "1=1"),
        ("– 1", "– 1"),
        ("a\nb\tc", "a\nb\tc"),
        ("a\x1bb\rc\x0cd\x9be", "a\\x1bb\\rc\\x0cd\\x9be"),
        ('a "b", c;d', 'a ""b"", c;d'),
        ("2014-04", "2014-04"),
    ],
)
def test_a_cell_is_text_and_no_formula(text: str, cell: str) -> None:
    assert exact(text, Look()) == f'"{cell}"'
    assert exact(text, Look(80)) == f'"{cell}"'


@pytest.mark.parametrize(
    ("text", "data", "on_a_terminal"),
    [
        ("un\u00addenied", "un\u00addenied", "un\\xaddenied"),
        ("a\u200bb\u202ec\ufeff", "a\u200bb\u202ec\ufeff", "a\\u200bb\\u202ec\\ufeff"),
        ("one\u2028two", "one\u2028two", "one\\u2028two"),
        ("\ufeff=1", "'\ufeff=1", "\\ufeff=1"),
        ("\u00ad\u200d +1", "'\u00ad\u200d +1", "\\xad\\u200d +1"),
        ("a\uffffb", "a\\uffffb", "a\uffffb"),
    ],
)
def test_data_is_as_it_is_and_a_terminal_sees_what_hides(
    text: str, data: str, on_a_terminal: str
) -> None:
    assert exact(text, Look()) == f'"{data}"'
    assert exact(text, Look(80)) == f'"{on_a_terminal}"'


def test_counts_are_numbers(kb: FileKnowledge) -> None:
    rows = set_report(statistics(kb), "csv", Look()).split("\r\n")
    assert rows[0] == '"table","row","column","count"'
    assert all(row.rpartition(",")[2].isdigit() for row in rows[1:-1])
