"""CSL-JSON, BibTeX and RIS, read back by pandoc and by another parser."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from latexcodec.codec import LatexIncrementalDecoder
from pybtex.database import parse_string as parse_bibtex

from targetmarkets.formats.citations.as_pandoc import key
from targetmarkets.formats.interface import STYLE, Citing, Look
from targetmarkets.formats.registry import set_citations
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.model.objects import Source
from targetmarkets.records.citation import Citation, Via
from targetmarkets.records.works import Work
from tests.build import knowledge, source
from tests.pandoc import notes, records, rendered, style_file

FORMATS = {"csl-json": "json", "bibtex": "bib", "ris": "ris"}
NAMES = {"csl-json": "csljson", "bibtex": "bibtex", "ris": "ris"}


def export(works: dict[str, Source], format_: str) -> str:
    return set_citations(Citing([Citation(id_) for id_ in works], works), format_, Look())


def works_of(*bibliographies: dict[str, Any]) -> dict[str, Source]:
    sources = [source(f"w{i}", bibliography=b) for i, b in enumerate(bibliographies)]
    return dict(knowledge(sources=sources).sources)


def flat(text: str) -> str:
    """A text whatever its typesetter makes of white space, dashes and quotation marks."""
    return re.sub("[“”‘’`']+|\"", "'", re.sub("[-–—]+", "-", " ".join(text.split())))


@pytest.mark.parametrize("format_", FORMATS)
def test_pandoc_sets_a_document_that_cites_every_source(
    kb: FileKnowledge, tmp_path: Path, format_: str
) -> None:
    file = tmp_path / f"works.{FORMATS[format_]}"
    file.write_text(export(dict(kb.sources), format_), "utf-8")
    document = "\n\n".join(key(Citation(id_)) for id_ in kb.sources)
    found = notes(rendered(document, file, style_file(STYLE)))
    assert len(found) == len(kb.sources)
    for note, work in zip(found, kb.sources.values(), strict=True):
        assert flat(work.title)[-20:].casefold() in flat(note).casefold()
        assert (work.bibliography.doi or work.bibliography.url or "") in note


@pytest.mark.parametrize("format_", FORMATS)
def test_every_source_reads_back_as_it_was(kb: FileKnowledge, format_: str) -> None:
    read = records(export(dict(kb.sources), format_), NAMES[format_])
    stored = json.loads(export(dict(kb.sources), "csl-json"))
    assert [work["id"] for work in read] == list(kb.sources)
    for found, work in zip(read, stored, strict=True):
        assert flat(found["title"]) == flat(work["title"])
        assert found.get("URL") == work.get("URL")
        assert found.get("DOI") == work.get("DOI")
        assert [flat(" ".join(name.values())) for name in found.get("author", [])] == [
            flat(name_in(format_, name)) for name in work.get("author", [])
        ]
        date = work.get("issued")
        exact = date and {"date-parts": [date["date-parts"][0][: 1 if format_ == "ris" else 3]]}
        assert found.get("issued") == exact, "pandoc reads no more than the year of RIS"
        assert found["type"] == TYPES.get((format_, work["type"]), work["type"])


TYPES = {
    ("bibtex", "document"): "",
    ("bibtex", "legal_case"): "",
    ("bibtex", "post-weblog"): "webpage",
    ("ris", "document"): "entry",
    ("ris", "webpage"): "misc",
}
"""Types that pandoc takes for others: BibTeX has none for them, and of RIS it does not know all."""


def name_in(format_: str, name: dict[str, str]) -> str:
    """A name as that format can have it: RIS has no comma but between family and given name."""
    text = " ".join(name[part] for part in ("family", "given", "literal") if part in name)
    return text.replace(", ", " – ") if format_ == "ris" else text


def test_csl_json_has_the_records_as_stored(kb: FileKnowledge) -> None:
    records_ = json.loads(export(dict(kb.sources), "csl-json"))
    for record, work in zip(records_, kb.sources.values(), strict=True):
        assert record.pop("id") == work.id
        dumped = Work.of(work).model_dump(mode="json", by_alias=True, exclude_defaults=True)
        assert record == dumped
        assert None not in record.values()
        assert [] not in record.values()


def test_both_works_of_a_secondary_citation_are_there_once() -> None:
    works = works_of({"type": "book", "title": "A"}, {"type": "webpage", "title": "B"})
    twice = [Citation("w1", via=Via("w0", "quoted in")), Citation("w1"), Citation("w0")]
    for format_ in FORMATS:
        read = records(set_citations(Citing(twice, works), format_, Look()), NAMES[format_])
        assert [work["id"] for work in read] == ["w0", "w1"]


HOSTILE = [
    *("a {b} c", "} {", "{", "}", r"\input{/etc/passwd}", r"\foo", "50% # $x$ & _y_ ~z ^q^"),
    *("back\\", "“q” ‘r’ – é ü ŋ", 'a "b" c', "x -- y --- z", "a, b", "A and B", "and others"),
    *("@book{x, title={y}}", "a\\}b", "$\\lbrace$", "<i>b</i>", "??`a!`b", "''a'' ``b``", "%", "#"),
    *(
        "ER  -",
        "TY  - BOOK",
        "a\rER  - \rTY  - X",
        "a\u2028ER  -",
        "a\x0bb",
        "a\x85b",
        "a\x1b[31mb",
    ),
]
MIXED = "ab é’–.,:;!?()[]{}<>@#$%^&*_~`|\\/\"'-+="


def hostile() -> list[str]:
    chooser = random.Random(15)
    texts = ["".join(chooser.choices(MIXED, k=chooser.randint(1, 14))).strip() for _ in range(300)]
    return HOSTILE + [text for text in texts if re.search("[a-z]", text)]


def shown(text: str) -> str:
    """What is left of a text whose control characters are written as escapes."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def test_pandoc_reads_hostile_titles_in_bibtex_as_their_text() -> None:
    texts = hostile()
    works = works_of(*({"type": "report", "title": text} for text in texts))
    read = records(export(works, "bibtex"), "bibtex")
    assert len(read) == len(texts)
    for text, work in zip(texts, read, strict=True):
        title = re.sub(r'</?span( class="nocase")?>', "", work["title"])
        assert braces(flat(title)) == braces(flat(shown(text))), text


def braces(text: str) -> str:
    """A text with the formulas that stand for lone braces set."""
    return text.replace("$\\lbrace$", "{").replace("$\\rbrace$", "}")


def test_other_parsers_read_hostile_titles_in_bibtex_as_their_text() -> None:
    texts = hostile()
    works = works_of(*({"type": "book", "title": text} for text in texts))
    exported = export(works, "bibtex")
    entries = parse_bibtex(exported, "bibtex").entries
    assert list(entries) == list(works)
    assert len(parse_string(exported).entries) == len(texts)
    for text, entry in zip(texts, entries.values(), strict=True):
        assert set(entry.fields) == {"title"}
        title = plain_tex(entry.fields["title"])
        assert flat(title) == flat(marks_off(shown(text))), text


def marks_off(text: str) -> str:
    """A text without the marks of CSL-JSON, which are commands in LaTeX."""
    return re.sub("<(i|b)>(.*?)</\\1>", r"\2", text)


def plain_tex(text: str) -> str:
    """LaTeX as text, by the tokens that latexcodec finds in it."""
    words = {"\\textbackslash": "\\", "\\textasciitilde": "~", "\\textasciicircum": "^"}
    words |= {"\\lbrace": "{", "\\rbrace": "}", "\\emph": ""}
    words |= {f"\\{c}": c for c in "#$%&_{}"} | dict.fromkeys(("{", "}", "$", "$$"), "")
    decoder = LatexIncrementalDecoder()  # type: ignore[no-untyped-call] # it has no types
    tokens = decoder.get_unicode_tokens(text, final=True)
    return "".join(words.get(token.strip(), token) for token in tokens)


def test_bibtex_counts_no_brace_that_has_no_other() -> None:
    for text in hostile():
        exported = export(works_of({"type": "book", "title": text}), "bibtex")
        depth = 0
        for character in exported:
            depth += (character == "{") - (character == "}")
            assert depth >= 0, text
        assert depth == 0, text


@pytest.mark.parametrize(
    "name",
    [
        *({"family": f} for f in ("Berger", "de Silva", "O’Neill", "and", "others", "A, B", "X{}")),
        *({"family": "Berger", "given": g} for g in ("Edith M.", "Jae-soon", "A and B")),
        *({"literal": t} for t in ("Panel, and Others", "A and B", "US Embassy", "% #1")),
    ],
)
def test_names_stay_one_name_each_in_bibtex(name: dict[str, str]) -> None:
    authors = [name, {"family": "Zed", "given": "Y."}]
    works = works_of({"type": "book", "title": "T", "author": authors})
    exported = export(works, "bibtex")
    (read,) = records(exported, "bibtex")
    # Pandoc puts a particle behind the family name, and takes one from it.
    texts = [sorted(" ".join(found.values()).split()) for found in read["author"]]
    assert texts == [sorted(" ".join(name.values()).split()), ["Y.", "Zed"]]
    assert len(parse_bibtex(exported, "bibtex").entries["w0"].persons["author"]) == 2


def test_a_whole_record_in_bibtex() -> None:
    work = {
        "type": "article-journal",
        "title": "NATO and the DPRK",
        "author": [{"family": "Berger", "given": "Andrea"}],
        "container-title": "Survival",
        "volume": "58",
        "issue": "3",
        "page": "101-130",
        "issued": {"date-parts": [[2016, 6, 1]]},
        "DOI": "10.1080/a_b",
        "URL": "https://example.org/a_b%20c?d=e&f=~g#h{i}\\",
        "note": "Read in a copy.",
    }
    assert export(works_of(work), "bibtex") == (
        "@article{w0,\n"
        "\tauthor = {Berger, Andrea},\n"
        "\ttitle = {{NATO and the DPRK}},\n"
        "\tjournal = {{Survival}},\n"
        "\tvolume = {{58}},\n"
        "\tnumber = {{3}},\n"
        "\tannote = {{Read in a copy.}},\n"
        "\tpages = {101--130},\n"
        "\tyear = {2016},\n"
        "\tmonth = jun,\n"
        "\tday = {1},\n"
        "\tdoi = {10.1080/a_b},\n"
        "\turl = {https://example.org/a_b%20c?d=e&f=~g#h%7Bi%7D%5C}\n"
        "}\n"
    )


def test_numbers_and_series_find_their_fields_in_bibtex() -> None:
    series = {"collection-title": "Papers", "collection-number": "84"}
    book, report, case = (
        {"type": "book", "title": "T", "publisher": "P", **series},
        {"type": "report", "title": "T", "publisher": "P", "number": "S/1", **series},
        {"type": "legal_case", "title": "T", "authority": "Court", "container-title": "F."},
    )
    text = export(works_of(book, report, case), "bibtex")
    one, other, third = text.split("\n\n\n")
    assert "series = {{Papers}},\n\tnumber = {{84}},\n\tpublisher = {{P}}" in one
    assert "series = {{Papers 84}},\n\tnumber = {{S/1}},\n\tcsl-collection-number = {{84}}" in other
    assert "institution = {{P}}" in other
    assert third.startswith("@misc{")
    assert "howpublished = {{F.}}" in third
    assert "organization = {{Court}}" in third


def test_ris_has_a_line_for_a_tag_whatever_the_record_holds() -> None:
    texts = hostile()
    works = works_of(
        *({"type": "book", "title": t, "note": t, "author": [{"literal": t}]} for t in texts)
    )
    exported = export(works, "ris")
    assert all(re.match(r"([A-Z][A-Z0-9]  - .*)?$", line) for line in exported.splitlines())
    assert exported.count("\nER  - ") == exported.count("TY  - BOOK\nID") == len(texts)
    read = records(exported, "ris")
    assert [work["id"] for work in read] == list(works)
    for text, work in zip(texts, read, strict=True):
        assert flat(work["title"]) == flat(shown(text))


def test_a_whole_record_in_ris() -> None:
    work = {
        "type": "chapter",
        "title": "T",
        "author": [{"family": "Berger", "given": "A., Jr"}, {"literal": "UN, Panel"}],
        "container-title": "C",
        "collection-title": "Papers",
        "collection-number": "84",
        "publisher": "P",
        "page": "113–128",
        "issued": {"date-parts": [[2015, 12]]},
    }
    assert export(works_of(work), "ris") == (
        "TY  - CHAP\nID  - w0\nAU  - Berger, A.  Jr\nAU  - UN – Panel,\nTI  - T\nT2  - C\n"
        "T3  - Papers 84\nPB  - P\nPY  - 2015\nDA  - 2015/12//\nSP  - 113\nEP  - 128\n"
        'C8  - csl:author=[{"family": "Berger", "given": "A., Jr"}, {"literal": "UN, Panel"}]\n'
        'C8  - csl:collection-title="Papers"\nC8  - csl:collection-number="84"\n'
        'C8  - csl:page="113–128"\nER  - \n'
    )


@pytest.mark.parametrize("note", ["Author: nobody", "Publisher: a", "Émile: b", "{:author: x}"])
def test_a_note_is_no_field_for_pandoc(note: str) -> None:
    work = {"type": "book", "title": "T", "author": [{"literal": "Ministry"}], "note": note}
    (read,) = records(export(works_of(work), "csl-json"), "csljson")
    assert read == {"id": "w0", **work, "note": f" {note}"}
