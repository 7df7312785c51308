"""Records of BibTeX, CSL-JSON and RIS as others write them: what is read, and what is told."""

import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from targetmarkets.errors import UsageError
from targetmarkets.formats.citations.as_bibtex import _tex
from targetmarkets.importing.bibliography import Imported, no_title, read_record
from targetmarkets.importing.references.ledger import MOST_TOLD, told
from targetmarkets.model.csl import Bibliography
from targetmarkets.writing.edits import build
from tests.timing import takes_time_in_proportion


def bib(fields: str, kind: str = "misc") -> Imported:
    return read_record(f"@{kind}{{k, {fields}}}")


def csl(**fields: Any) -> Imported:
    return read_record(json.dumps({"id": "k", "type": "book", "title": "T", **fields}))


def ris(*lines: str) -> Imported:
    return read_record("\n".join(["TY  - RPRT", *lines, "ER  - "]))


def lines(read: Imported) -> list[str]:
    build(Bibliography, {"type": "book", **read.fields})
    return list(told(read.left_out))


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("UN", [{"family": "UN"}]),
        ("{Panel of Ports}", [{"literal": "Panel of Ports"}]),
        ("{Kim}, {Jong Un}", [{"family": "Kim", "given": "Jong Un"}]),
        ("Kim, Ann and others", [{"family": "Kim", "given": "Ann"}, {"literal": "others"}]),
        (r"Jo\~{a}o Nu\~nez", [{"family": "Nuñez", "given": "João"}]),
        (r"Pe\~na, I\~naki", [{"family": "Peña", "given": "Iñaki"}]),
        ("Jean~Paul Roe", [{"family": "Roe", "given": "Jean Paul"}]),
        ("King, Jr., Martin", [{"family": "King", "suffix": "Jr.", "given": "Martin"}]),
        (
            "family=Roe, given=Rich, given-i=R, prefix=von, useprefix=true",
            [{"family": "Roe", "given": "Rich", "non-dropping-particle": "von"}],
        ),
        (
            "family=Roe, prefix=de, useprefix=false",
            [{"family": "Roe", "dropping-particle": "de"}],
        ),
        ("given=Plato", [{"literal": "Plato"}]),
        (
            "Ludwig van Roe and de la Doe, Ann",
            [
                {"family": "Roe", "given": "Ludwig", "non-dropping-particle": "van"},
                {"family": "Doe", "given": "Ann", "non-dropping-particle": "de la"},
            ],
        ),
        ("{Federal {B}ureau of Ports}", [{"literal": "Federal Bureau of Ports"}]),
        ("Doe, and and Roe, R.", [{"family": "Doe"}, {"family": "Roe", "given": "R."}]),
        (
            "Doe, J. AND Roe, R. and",
            [{"family": "Doe", "given": "J."}, {"family": "Roe", "given": "R."}],
        ),
        ("Doe, J.; Roe, R.", [{"family": "Doe", "given": "J."}, {"family": "Roe", "given": "R."}]),
        ("Doe, J., Roe, R., Poe", [{"literal": "Doe, J., Roe, R., Poe"}]),
        ("van Roe,", [{"family": "Roe", "non-dropping-particle": "van"}]),
        (
            r"Gu\dh{}mundsson, S{\o}ren and Kj{\ae}r, Lu{\'\i}s and \DJ or, \TH or",
            [
                {"family": "Guðmundsson", "given": "Søren"},
                {"family": "Kjær", "given": "Luís"},
                {"family": "Đor", "given": "Þor"},
            ],
        ),
    ],
)  # fmt: skip
def test_names_in_bibtex(authors: str, names: list[dict[str, str]]) -> None:
    read = bib(f"title = {{T}}, AUTHOR = {{{authors}}}")
    assert (read.fields["author"], lines(read)) == (names, [])


SMALL = '<span style="font-variant:small-caps;">'


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("Exports fell 50% in 2014, then rose", "Exports fell 50% in 2014, then rose"),
        (r"The \TeX book on \enquote{cargo}", "The TeX book on “cargo”"),
        (r"method\hyphen independent \copyright{} 5\degree{} C", "method-independent © 5° C"),
        (r"\textsuperscript{light} CO$_2$ $\omega$", "<sup>light</sup> CO<sub>2</sub> ω"),
        (r"Cost of \$5 \& 6 --- ``now'' \dots\ end~here", "Cost of $5 & 6 — “now” … end here"),
        (r"\emph{A} \textbf{b}, O'Neil's", "<i>A</i> <b>b</b>, O'Neil's"),
        ("the `way' a_b #1 & $5", "the ‘way’ a_b #1 & $5"),
        ("Bla bla\n   @bla bla bla.", "Bla bla @bla bla bla."),
        ("{T}arget {M}arkets", "Target Markets"),
        (r"Stra{\ss}e, \OE{}uvre, \L\'od\'z, P{\i}", "Straße, Œuvre, Łódź, Pı"),
        (r"1990\textendash 2008\textemdash{}5 \texteuro", "1990–2008—5 €"),
        (r"G-\mbox{Animal's} \BibTeX{} and \XeTeX{}s", "G-Animal's BibTeX and XeTeXs"),
        (r"AMS\LaTeX", "AMSLaTeX"),
        (r"{\sc Word} {\small and} a\;b\!c", f"{SMALL}Word</span> and a bc"),
        (r"\input{/etc/passwd} x \end{document}", r"\input{/etc/passwd} x \end{document}"),
    ],
)  # fmt: skip
def test_latex_is_read_whole(latex: str, text: str) -> None:
    read = bib(f"title = {{{latex}}}")
    assert (read.fields["title"], lines(read)) == (text, [])


def test_latex_that_is_not_known_is_told() -> None:
    read = bib(r"title = {A \foo{bar} b\footnote{c}}, note = {\foreignlanguage{french}{Bon}}")
    assert read.fields["title"] == "A b"
    assert lines(bib(r"title = {A \foo{b's}}"))[0] == (
        r"left out: title, \foo{b's}: this LaTeX is not known"
    )
    assert lines(read) == [
        r"left out: title, \foo{bar} c: this LaTeX is not known",
        r"left out: title, b\footnote{c}: it is not understood",
        r"left out: note, \foreignlanguage{french}{Bon}: it is not understood",
    ]


@pytest.mark.parametrize(
    ("fields", "issued", "said"),
    [
        ("year=2014, month={15 May}", {"date-parts": [[2014, 5, 15]]}, None),
        ("year=2014, month={8~dec}", {"date-parts": [[2014, 12, 8]]}, None),
        ('year=2014, month="10~" # jan', {"date-parts": [[2014, 1, 10]]}, None),
        ("year=2014, month=sept, day=3", {"date-parts": [[2014, 9, 3]]}, None),
        ("year=2014, month=05", {"date-parts": [[2014, 5]]}, None),
        (
            "year=2014, month={May/June}",
            {"date-parts": [[2014, 5], [2014, 6]], "edtf": "2014-05/2014-06"},
            None,
        ),
        (
            'year=2014, month={M{\\"a}rz}',
            {"date-parts": [[2014]]},
            'left out: month, M{\\"a}rz: no date is understood with it',
        ),
        ("date={1998~}", {"date-parts": [[1998]], "circa": True, "edtf": "1998~"}, None),
        ("date={2015-21}", {"date-parts": [[2015]], "season": 1, "edtf": "2015-21"}, None),
        (
            "date={2004-05-03T10:00:00}",
            {"date-parts": [[2004, 5, 3]]},
            "left out: date, T10:00:00: dates have no time of day",
        ),
        (
            "date={2014-05}, year=2014, month=may, day=7",
            {"date-parts": [[2014, 5]]},
            "left out: day, 7: sources have no such field",
        ),
        ("year={in press}", {"literal": "in press"}, None),
        (
            "year=2012, month={jan--feb}",
            {"date-parts": [[2012, 1], [2012, 2]], "edtf": "2012-01/2012-02"},
            None,
        ),
        ("date={2014-13}", {"literal": "2014-13"}, None),
    ],
)
def test_dates_in_bibtex(fields: str, issued: dict[str, Any], said: str | None) -> None:
    read = bib(f"title={{T}}, {fields}")
    assert (read.fields["issued"], lines(read)) == (issued, [said] if said else [])


def test_a_year_with_what_it_is_sorted_by() -> None:
    read = bib(r"title={T}, year={{\noopsort{1973b}}1973}")
    assert read.fields["issued"] == {"date-parts": [[1973]]}
    assert lines(read)[0] == r"left out: year, \noopsort{1973b}: this LaTeX is not known"
    for nothing in (r"year={\noopsort{1973b}}", r"date={\foo{1}}"):
        assert "issued" not in bib(f"title={{T}}, {nothing}").fields


@pytest.mark.parametrize(
    ("kind", "fields", "made"),
    [
        ("thesis", "type={mathesis}", {"genre": "Master’s thesis"}),
        ("report", "type={resreport}", {"genre": "research report"}),
        ("report", "type={Resreport of a kind}", {"genre": "Resreport of a kind"}),
        ("article", "series={newseries}", {"collection-title": "new series"}),
        ("phdthesis", "school={S}", {"genre": "PhD thesis", "publisher": "S"}),
        ("phdthesis", "entrysubtype={thesis}", {}),
        ("periodical", "number=4", {"issue": "4"}),
        ("proceedings", "booktitle={T}", {}),
        ("book", "langid={latin}", {"language": "la"}),
        ("book", "language={langgerman}", {"language": "de"}),
        ("book", "origyear=1959", {"original-date": {"date-parts": [[1959]]}}),
        ("book", "doi={https://dx.doi.org/10.1/x}", {"DOI": "10.1/x"}),
        ("book", "doi={doi: 10.1/x}", {"DOI": "10.1/x"}),
        (
            "book",
            "author={van Roe, R.}, options={useprefix=false}",
            {"author": [{"family": "Roe", "given": "R.", "dropping-particle": "van"}]},
        ),
    ],
)
def test_what_a_field_stands_for_in_its_entry(kind: str, fields: str, made: dict[str, Any]) -> None:
    read = bib(f"title={{T}}, {fields}", kind)
    assert lines(read) == []
    assert {
        name: read.fields[name] for name in read.fields if name not in {"type", "title"}
    } == made


FILE = r"""
@string{press = "Harbour " # "Press"}
@comment{nothing here}
@preamble{"\newcommand{\x}{y}"}
@incollection{part, author={Doe, Jane}, title={Trails}, pages={11--29}, crossref={Whole}, note = {}}
@book{whole, editor={Roe, Rich}, title={Smuggling}, subtitle={By Sea}, publisher=press, year=2014}
@misc{dup, title={One}}
@misc{dup, title={Two}}
@article{ok, title={Three}, title={Four}, publisher=nowhere}
@report{r, title={T}, institution={Centre}, organization={Ministry}}
@misc(round, title = {in (parentheses)}, year = 1999)
@misc{x, title={X}, xdata={shared}, crossref={none}}
@xdata{shared, publisher={P # Q}}
@misc{broken, title={x
@misc{, title={nobody's}, publisher={Nobody}}
@book{set, author={Doe, Jane}, title={Set}, publisher=press}
@book{volume, volume=2, crossref={Set}, xdata={shared,}, title={Two}}
@string{{bad = "x"}
@misc{after, title={fine}, volume = { }, doi = "", url = {http://x.org/a\_b%20c}}
"""


@pytest.mark.parametrize(
    ("key", "fields", "said"),
    [
        (
            "part",
            {
                "type": "chapter", "title": "Trails", "container-title": "Smuggling: By Sea",
                "editor": [{"family": "Roe", "given": "Rich"}], "publisher": "Harbour Press",
                "author": [{"family": "Doe", "given": "Jane"}], "page": "11-29",
                "issued": {"date-parts": [[2014]]},
            },
            [],
        ),
        (
            "ok",
            {"type": "article-journal", "title": "Three", "publisher": "nowhere"},
            [
                "left out: title (2), Four: the record has this field twice",
                "left out: publisher, nowhere: the file does not define it",
            ],
        ),
        ("r", {"type": "report", "title": "T", "publisher": "Centre", "authority": "Ministry"}, []),
        (
            "round",
            {"type": "document", "title": "in (parentheses)", "issued": {"date-parts": [[1999]]}},
            [],
        ),
        (
            "x",
            {"type": "document", "title": "X", "publisher": "P # Q"},
            ["left out: crossref, none: the file has no such record"],
        ),
        (
            "volume",
            {
                "type": "book", "title": "Two", "volume": "2", "publisher": "P # Q",
                "author": [{"family": "Doe", "given": "Jane"}],
            },
            [],
        ),
        ("after", {"type": "document", "title": "fine", "URL": "http://x.org/a_b%20c"}, []),
    ],
)  # fmt: skip
def test_one_record_of_a_file_is_read(key: str, fields: dict[str, Any], said: list[str]) -> None:
    read = read_record(FILE, key)
    assert (read.fields, lines(read)) == (fields, said)


CHAIN = """
@mvbook{whole, author={Doe, Jane}, title={Works}, subtitle={All}, year=2008, series={S}}
@book{second, crossref={whole}, volume=2, title={Poems}}
@bookinbook{part, crossref={second}, title={Odes}, pages=7}
@suppbook{after, crossref={part}, title={Afterword}, author={Roe, R.}}
@misc{a, title={A}, crossref={b}}
@misc{b, publisher={B}, crossref={a}}
"""


def test_what_a_record_has_from_others_goes_over_several() -> None:
    jane = [{"family": "Doe", "given": "Jane"}]
    second = {
        "type": "book", "author": jane, "title": "Poems", "container-title": "Works: All",
        "collection-title": "S", "volume": "2", "issued": {"date-parts": [[2008]]},
    }  # fmt: skip
    part = {"type": "chapter", "title": "Odes", "container-title": "Poems", "page": "7"}
    assert read_record(CHAIN, "second").fields == second
    read = read_record(CHAIN, "part")
    assert read.fields == second | part | {"container-author": jane}
    assert lines(read) == [
        "left out: maintitle, Works: another field is the container-title already",
        "left out: mainsubtitle, All: another field is the container-title already",
    ]
    assert read_record(CHAIN, "after").fields["author"] == [{"family": "Roe", "given": "R."}]
    assert read_record(CHAIN, "a").fields["publisher"] == "B"


def test_records_that_have_from_one_another_without_end_are_read() -> None:
    many = "".join(f"@misc{{k{n}, f{n}=1, crossref={{k{n + 1}}}}}\n" for n in range(5_000))
    file = f"{many}@misc{{k5000, publisher={{P}}}}"
    assert read_record(file, "k4901").fields["publisher"] == "P"
    with pytest.raises(UsageError, match="k0 has fields from over 100 records in a row"):
        read_record(file, "k0")


SHARED = r"""
@string{acm = "a{b"}
@string{acm = "ACM"}
@inproceedings{a, title={Paper}, crossref={p}, xdata={x}}
@proceedings{p, xdata={x}}
@xdata{x, title={Proc 2020}, publisher=acm}
@book{c, crossref={m}}
@mvbook{m, title={Set}, maintitle={X}}
@inproceedings{noted, title={Talk}, crossref={q}}
@proceedings{q, title={Days}, note={the booktitle is on p. 3}}
"""


def test_what_several_records_share_comes_to_each() -> None:
    read = read_record(SHARED, "a")
    assert (read.fields["container-title"], read.fields["publisher"]) == ("Proc 2020", "ACM")
    assert lines(read) == []
    assert lines(read_record(SHARED, "c")) == [
        "left out: maintitle (2), X: the record has this field twice"
    ]
    assert read_record(SHARED, "noted").fields["container-title"] == "Days"


@pytest.mark.parametrize(
    ("fields", "made", "said"),
    [
        (r"date={\foo{}}, year={2000}", {"issued": {"date-parts": [[2000]]}}, [r"date, \foo"]),
        (
            "origdate={1950-03-04}, origyear={1951}",
            {"original-date": {"date-parts": [[1950, 3, 4]]}},
            ["origyear, 1951: another field is the original-date already"],
        ),
        (
            "origdate={1950}, origyear={before the war}",
            {"original-date": {"date-parts": [[1950]]}},
            ["origyear, before the war: another field is the original-date already"],
        ),
        (
            r"series={A \nocite{Kim} B}", {"collection-title": "A B"}, [r"series, \nocite"],
        ),
        ("doi={10.1000/a https://doi.org/10.5/b}", {"DOI": "10.1000/a https://doi.org/10.5/b"}, []),
    ],
)  # fmt: skip
def test_one_field_beside_another_is_taken_or_told(
    fields: str, made: dict[str, Any], said: list[str]
) -> None:
    read = bib(f"title={{T}}, {fields}")
    assert {name: read.fields[name] for name in made} == made
    assert len(lines(read)) >= len(said)
    for words in said:
        assert any(words in line for line in lines(read)), (words, lines(read))


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("dup", "2 records have the key 'dup': line 7 and line 8"),
        ("broken", "the record broken cannot be read from line 14 on"),
        (None, "there are 14 records in it: part, whole, dup"),
    ],
)
def test_a_record_that_cannot_be_chosen_or_read(key: str | None, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_record(FILE, key)
    assert caught.value.message.startswith(message)


DEEP = "{" * 101 + "}" * 101
OTHERS = rf"""
@misc{{links, title={{\href{{http://x.org}}{{Cargo}} lists}}, note={{\foo{{b}}}}}}
@misc{{plain, title={{Ships}}}}
@misc{{deep, title={{{DEEP}}}}}
"""


def test_only_the_record_that_is_chosen_is_decoded() -> None:
    read = read_record(OTHERS, "plain")
    assert (read.fields["title"], lines(read)) == ("Ships", [])
    read = read_record(OTHERS, "links")
    assert read.fields["title"] == "Cargo lists"
    assert any(r"left out: note, \foo{b}" in line for line in lines(read))
    with pytest.raises(UsageError, match="braces over 100 levels deep"):
        read_record(OTHERS, "deep")


def test_macros_that_grow_without_end_are_refused() -> None:
    grown = "".join(f"@string{{m{n} = m{n - 1} # m{n - 1} # m{n - 1}}}\n" for n in range(1, 30))
    with pytest.raises(UsageError, match="cannot be read"):
        read_record(f'@string{{m0 = "aaaa"}}\n{grown}@misc{{k, title = m29}}')


def test_braces_in_braces_are_refused_at_once() -> None:
    with pytest.raises(UsageError, match="braces over 100 levels deep"):
        bib("title={" + "{" * 200_000 + "}" * 200_000 + "}")


@pytest.mark.parametrize(
    ("given_", "issued", "said"),
    [
        (
            {"date-parts": [[1998]], "circa": True},
            {"date-parts": [[1998]], "circa": True, "edtf": "1998~"},
            [],
        ),
        (
            {"date-parts": [["2011"]], "season": "2"},
            {"date-parts": [[2011]], "season": 2, "edtf": "2011-22"},
            [],
        ),
        (
            {"date-parts": [[2011, 9, 24], [2011, 9, 26]]},
            {"date-parts": [[2011, 9, 24], [2011, 9, 26]], "edtf": "2011-09-24/2011-09-26"},
            [],
        ),
        (
            {"date-parts": [[2009], [0, 0, 0]]},
            {"date-parts": [[2009]], "literal": "since 2009", "edtf": "2009/.."},
            [],
        ),
        ({"date-parts": [[2014, 0, None]]}, {"date-parts": [[2014]]}, []),
        ({"date-parts": [["2014", "09"]], "circa": False}, {"date-parts": [[2014, 9]]}, []),
        ("2011-09-05", {"date-parts": [[2011, 9, 5]]}, []),
        ({"raw": "2011-09-05"}, {"date-parts": [[2011, 9, 5]]}, []),
        ({"literal": "in press"}, {"literal": "in press"}, []),
        (
            {"date-parts": [[2011]], "edtf": "2011?", "circa": True},
            {"date-parts": [[2011]], "edtf": "2011?", "circa": True},
            [],
        ),
        (
            {"date-parts": [[2011]], "literal": "one day", "season": "rainy"},
            {"date-parts": [[2011]]},
            [
                "left out: issued, rainy: sources have no such field",
                "left out: issued.literal, one day: the date stands in its parts",
            ],
        ),
        (
            {"date-parts": [[-44]]},
            None,
            ["left out: issued.date-parts, -44: no calendar has such a date"],
        ),
        ({"date-parts": [[2014, 5, 1, 7]]}, None, None),
        ({"date-parts": "2014"}, None, None),
        (["2014"], None, ["left out: issued, 2014: sources have no such field"]),
    ],
)  # fmt: skip
def test_dates_in_csl_json(given_: Any, issued: Any, said: list[str] | None) -> None:
    read = csl(issued=given_)
    assert read.fields.get("issued") == issued
    if said is None:
        assert lines(read)
    else:
        assert sorted(lines(read)) == sorted(said)


@pytest.mark.parametrize(
    ("person", "name", "said"),
    [
        ({"family": "King", "given": "M.", "suffix": "Jr."}, None, []),
        ({"family": "F.", "dropping-particle": "de", "non-dropping-particle": "La"}, None, []),
        ({"given": "Sukarno"}, {"literal": "Sukarno"}, []),
        ({"family": "", "given": "Plato"}, {"literal": "Plato"}, []),
        ({"literal": "Body", "family": "Body"}, {"literal": "Body"}, []),
        (
            {"literal": "Body", "family": "Other"},
            {"literal": "Body"},
            ["left out: author[0].family, Other: a name that is a whole has no parts"],
        ),
        (
            {"family": "King", "given": "Martin Luther, Jr."},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            [],
        ),
        (
            {"family": "Doe", "ORCID": "0000", "affiliation": [{"name": "U"}]},
            {"family": "Doe"},
            ["left out: author, 0000 U: sources have no such field"],
        ),
        ("Panel", {"literal": "Panel"}, []),
    ],
)
def test_names_in_csl_json(person: Any, name: dict[str, str] | None, said: list[str]) -> None:
    read = csl(author=[person])
    assert (read.fields["author"], lines(read)) == ([name or person], said)
    assert csl(author=person).fields["author"] == [name or person]


def test_a_doi_is_without_the_address_of_a_resolver() -> None:
    for given_ in ("10.1/x", "https://doi.org/10.1/x", "http://dx.doi.org/10.1/x", "DOI:10.1/x"):
        read = csl(DOI=given_)
        assert (read.fields["DOI"], lines(read)) == ("10.1/x", [])
        assert ris(f"DO  - {given_}").fields["DOI"] == "10.1/x"
    assert csl(DOI="https://a.example/10.1").fields["DOI"] == "https://a.example/10.1"


def test_what_csl_json_has_in_another_form_is_told() -> None:
    long = "word " * 900
    read = csl(
        title=["Crates"], volume=12, publisher=["A", "B"], note=True, abstract=long, genre=long
    )
    assert (read.fields["title"], read.fields["volume"]) == ("Crates", "12")
    said = lines(read)
    assert said[0] == "left out: publisher, A B: it is a list"
    assert said[1] == "left out: note, true: it is no text"
    assert said[2].startswith("left out: abstract, word word")
    assert said[2].endswith("… (4,499 characters): sources have no such field")
    assert len(said[2]) < MOST_TOLD + 100
    assert said[3].endswith("it has over 4,000 characters")
    with pytest.raises(UsageError, match="the title of the record, 'A B', is left out"):
        no_title({}, csl(title=["A", "B"]).left_out)


def test_a_record_in_ris() -> None:
    read = ris(
        "ID  - u1", "AU  - Doe, Jane, Jr.", "A1  - Panel on Ports,", "ED  - Roe, R.",
        "TI  - Ports and", "paper", "T2  - Log", "JO  - Log", "JF  - Other", "PY  - 2013",
        "DA  - 2013/05/28/spring sale", "Y2  - 2014/01/02/", "SP  - 11", "EP  - 29", "IS  - S/1",
        "UR  - https://a.example", "UR  - https://b.example", "N1  - one", "N1  - Author: two",
        "AB  - Words.", "XX  - x", "DO  - 10.1/2",
    )  # fmt: skip
    assert read.key == "u1"
    assert read.fields == {
        "type": "report", "title": "Ports and paper", "container-title": "Log", "number": "S/1",
        "author": [
            {"family": "Doe", "given": "Jane", "suffix": "Jr."}, {"literal": "Panel on Ports"},
        ],
        "editor": [{"family": "Roe", "given": "R."}], "page": "11-29", "DOI": "10.1/2",
        "URL": "https://a.example", "note": "one Author: two",
        "issued": {"date-parts": [[2013, 5, 28]]}, "accessed": {"date-parts": [[2014, 1, 2]]},
    }  # fmt: skip
    assert sorted(lines(read)) == [
        "left out: AB, Words.: sources have no such field",
        "left out: DA, spring sale: it is no part of a date",
        "left out: JF, Other: another tag is the container-title already",
        "left out: UR[1], https://b.example: sources have one address",
        "left out: XX, x: sources have no such field",
    ]


def test_several_records_in_ris_are_chosen_by_key() -> None:
    two = "TY  - JOUR\r\nID  - a\r\nTI  - A\r\nER  - \r\nTY  - NONE\r\nID  - b\r\nTI  - B\r\n"
    assert read_record(two, "a").fields == {"type": "article-journal", "title": "A"}
    more = read_record("TY  - JOUR\nPMID  - 33\nTI  - A\nER  - ")
    assert more.fields == {"type": "article-journal", "title": "A"}
    assert lines(more) == ["left out: TY, PMID - 33: sources have no such field"]
    second = read_record(two, "b")
    assert second.fields == {"type": "document", "title": "B"}
    assert lines(second) == ["left out: TY, NONE: no such type is known"]


WORDS = st.text("abcdefgh éŁ朝1234.,:;!?()%&#_^~'\"-", min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "x"
)
RIS_TAGS = [
    *("TI", "T2", "AU", "A2", "PY", "DA", "Y1", "Y2", "SP", "EP", "IS", "M1", "N1", "AB", "UR"),
    *("C8", "KW", "LA", "ZZ"),
]
BIBTEX_FIELDS = [
    *("title", "subtitle", "note", "annote", "isbn", "publisher", "institution", "organization"),
    *("year", "month", "day", "date", "pages", "number", "series", "howpublished", "language"),
    *("keywords", "urldate", "type", "doi", "url"),
]
KEYS = st.sampled_from(
    ["title", "note", "ISBN", "publisher", "author", "issued", "page", "language", "custom",
     "family", "given", "literal", "date-parts", "season", "circa", "suffix", "editor"]
)  # fmt: skip
VALUES = st.recursive(
    WORDS | st.integers(-50, 3000) | st.floats(0, 9) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def pool(read: Imported) -> str:
    """All that is in a record or told, as one text."""
    return json.dumps([read.fields, read.left_out], ensure_ascii=False).replace('\\"', '"')


def numbers(text: str) -> set[int]:
    return {int(part) for part in "".join(c if c.isdecimal() else " " for c in text).split()}


def accounted(value: Any, read: Imported) -> None:
    """Every text in a value stands in the record or in the list; of a date, its numbers."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            accounted(part, read)
    elif isinstance(value, str):
        assert all(word in pool(read) for word in value.split()), value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        assert str(value) in pool(read) or value == 0 or int(value) in numbers(pool(read)), value


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_no_text_of_csl_json_is_lost_in_silence(item: dict[str, Any]) -> None:
    accounted(list(item.values()), read_record(json.dumps({"id": "k", **item})))


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(RIS_TAGS),
            WORDS,
        ),
        max_size=8,
    )
)
def test_no_text_of_ris_is_lost_in_silence(tags: list[tuple[str, str]]) -> None:
    read = ris(*(f"{tag}  - {text}" for tag, text in tags))
    for _, text in tags:
        assert all(
            word.strip(",/") in pool(read) or numbers(word) <= numbers(pool(read))
            for word in text.replace(",", " ").replace("/", " ").split()
        ), text


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(
        st.sampled_from(BIBTEX_FIELDS),
        WORDS,
        max_size=8,
    )
)
def test_no_text_of_bibtex_is_lost_in_silence(fields: dict[str, str]) -> None:
    read = bib(", ".join(f"{name} = {{{_tex(text)}}}" for name, text in fields.items()), "report")
    for text in fields.values():
        for word in text.split():
            letters = "".join(character for character in word if character.isalnum())
            assert letters in pool(read) or numbers(word) <= numbers(pool(read)), (text, word)


def test_a_large_file_costs_the_time_of_its_size() -> None:
    entry = (
        "@article{{k{0}, author={{Doe, Jane}}, title={{Crates {0}}}, journal={{J}}, year=2001}}\n"
    )

    def choose(records: int) -> None:
        text = "".join(entry.format(number) for number in range(records))
        assert read_record(text, "k7").fields["title"] == "Crates 7"

    takes_time_in_proportion(choose, 1_000)
    tracemalloc.start()
    names = " and ".join(f"Doe{n}, J." for n in range(30_000))
    assert len(bib(f"title={{T}}, author={{{names}}}").fields["author"]) == 30_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200 * len(names)
