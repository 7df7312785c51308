"""Bibliographic records from files and options."""

import json
import sys

import pytest

from targetmarkets.errors import MissingExtraError, UsageError
from targetmarkets.importing.bibliography import date_of, name_of, read_record
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.model.csl import Bibliography
from targetmarkets.writing.edits import build

BOOK = r"""
@string{rusi = "Royal United Services Institute"}
@book{berger, title = {{Target {M}arkets}: {\"O}l \& Gas}, author = {Berger, Andrea and
  {Royal United Services Institute} and Ludwig van Beethoven}, year = 2015, month = dec,
  publisher = rusi, url = {http://a.example/c\_d%20e}, isbn = {1}}
@techreport{un, title = {Report}, institution = {UN}, number = {S/2014/147}, date = {2014-03-06}}
@article{x, title={T}, journal={J}, number={4}, volume={2}, pages={1--2}, year={n.d.}}
"""


def test_csl_json_is_taken_as_it_is(kb: FileKnowledge) -> None:
    for source in kb.content.sources:
        fields = source.bibliography.model_dump(mode="json", by_alias=True)
        read = read_record(json.dumps([{**fields, "id": source.id}]))
        assert read.key == source.id
        assert read.left_out == ()
        assert build(Bibliography, read.fields) == source.bibliography


def test_what_a_source_cannot_have_is_told() -> None:
    item = {
        "id": 7, "type": "book", "title": " A\n title ", "ISBN": "1", "volume": 2,
        "issued": {"raw": "2015-12"}, "author": [{"family": "Gaulle", "given": "C.",
        "non-dropping-particle": "de"}], "editor": [], "translator": [{"family": "T"}],
    }  # fmt: skip
    read = read_record(json.dumps(item))
    assert read.key == "7"
    assert [item[:2] for item in read.left_out] == [("ISBN", "1")]
    work = build(Bibliography, read.fields)
    assert (work.title, work.volume, work.author[0].family) == ("A title", "2", "Gaulle")
    assert work.author[0].non_dropping_particle == "de"
    assert work.translator[0].family == "T"
    assert work.issued is not None
    assert work.issued.date_parts == ((2015, 12),)


def test_bibtex_is_read_as_csl() -> None:
    book = read_record(BOOK, "berger")
    assert [item[:2] for item in book.left_out] == [("isbn", "1")]
    work = build(Bibliography, book.fields)
    assert work.title == "Target Markets: Öl & Gas"
    assert [name.shown for name in work.author] == [
        "Andrea Berger", "Royal United Services Institute", "Ludwig van Beethoven",
    ]  # fmt: skip
    assert work.publisher == "Royal United Services Institute"
    assert work.url == "http://a.example/c_d%20e"
    assert work.issued is not None
    assert work.issued.date_parts == ((2015, 12),)
    report = build(Bibliography, read_record(BOOK, "un").fields)
    assert (report.type, report.publisher, report.number) == ("report", "UN", "S/2014/147")
    article = build(Bibliography, read_record(BOOK, "x").fields)
    assert (article.container_title, article.issue) == ("J", "4")
    assert article.issued is not None
    assert article.issued.literal == "n.d."


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", None), ("[]", None), ("{", None), ("[1]", None), (BOOK, None), (BOOK, "nothing"),
        ('[{"id": "a"}, {"id": "b"}]', None), ("plain words", None), ("@book{", None),
    ],
)  # fmt: skip
def test_what_holds_no_one_record_is_refused(text: str, key: str | None) -> None:
    with pytest.raises(UsageError):
        read_record(text, key)


def test_without_its_packages_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("targetmarkets.importing.pandoc.find_spec", lambda _: None)
    monkeypatch.setitem(sys.modules, "rispy.parser", None)
    with pytest.raises(MissingExtraError, match="cite"):
        read_record(BOOK, "berger")
    with pytest.raises(MissingExtraError, match="cite"):
        read_record("TY  - BOOK\nER  - ")
    assert read_record('{"type": "book", "title": "T"}').fields["title"] == "T"


def test_names_and_dates_are_read() -> None:
    assert name_of("Berger, Andrea") == {"family": "Berger", "given": "Andrea"}
    assert name_of(" UN Panel of Experts ") == {"literal": "UN Panel of Experts"}
    assert name_of("Firm,") == {"literal": "Firm"}
    assert date_of("2015-12-08") == {"date-parts": [[2015, 12, 8]]}
    assert date_of("1998~") == {"date-parts": [[1998]], "circa": True, "edtf": "1998~"}
    for wrong in ("", "15", "2015-", "2015-12-08T", "December 2015"):
        with pytest.raises(UsageError):
            date_of(wrong)


def test_names_of_fields_may_be_written_in_capitals() -> None:
    capitals = read_record("@misc{k, Author = {UN}, TITLE = {Crates}, Year = 2011}")
    assert capitals == read_record("@misc{k, author = {UN}, title = {Crates}, year = 2011}")
    assert capitals.fields["author"] == [{"family": "UN"}]


def test_a_title_in_a_list_is_the_title() -> None:
    assert read_record('{"id": "k", "type": "book", "title": ["Crates"]}').fields == {
        "type": "book",
        "title": "Crates",
    }
