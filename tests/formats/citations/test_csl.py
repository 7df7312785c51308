"""Formatted text: as pandoc sets it, for every source; and styles that are not to be trusted."""

import json
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.errors import UsageError
from targetmarkets.formats.citations.as_pandoc import key
from targetmarkets.formats.citations.csl import Set, set_in_style
from targetmarkets.formats.interface import STYLE, Citing, Look
from targetmarkets.formats.registry import set_citations
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.model.objects import Source
from targetmarkets.records.citation import Citation, Via
from targetmarkets.records.compose import Composer
from targetmarkets.records.wording import cite_work
from tests.build import knowledge, source
from tests.pandoc import notes, pandoc, plain, rendered, style_file

AUTHOR_DATE = ("chicago-author-date", "harvard-cite-them-right")


def works_of(*bibliographies: dict[str, Any]) -> dict[str, Source]:
    sources = [source(f"w{i}", bibliography=b) for i, b in enumerate(bibliographies)]
    return dict(knowledge(sources=sources).sources)


class Processor:
    """A style, and works that are all cited."""

    def __init__(self, style: str, works: list[Source]) -> None:
        self.style = style
        self.works = works

    def set_(self, *citations: Citation) -> Set:
        whole = [Citation(work.id) for work in self.works]
        return set_in_style(self.style, self.works, [*whole, *citations])

    def cite(self, citation: Citation) -> str:
        return self.set_(citation).citations[-1]

    def cited(self, citations: Iterable[Citation]) -> list[str]:
        return self.set_(*citations).citations[len(self.works) :]

    def references(self) -> list[str]:
        return self.set_().references


def berger(year: int, title: str, **more: Any) -> dict[str, Any]:
    author = [{"family": "Berger", "given": "Andrea"}]
    issued = {"date-parts": [[year]]}
    return {"type": "book", "title": title, "author": author, "issued": issued, **more}


@pytest.fixture(scope="module")
def bibliography(kb: FileKnowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("works") / "works.json"
    whole = Citing([Citation(id_) for id_ in kb.sources], kb.sources)
    file.write_text(set_citations(whole, "csl-json", Look()), "utf-8")
    return file


def places(composer: Composer) -> list[Citation]:
    """Every place that the bundled file cites, without what it is cited for."""
    claims = [composer.claim(claim) for claim in composer.kb.claims.values()]
    found = [c._replace(quote=None, via=None) for r in claims for c in r.citations()]
    return [*(Citation(id_) for id_ in composer.kb.sources), *dict.fromkeys(found)]


def test_the_notes_of_all_sources_are_those_of_pandoc(
    composer: Composer, bibliography: Path
) -> None:
    style = style_file(STYLE)
    processor = Processor(STYLE, list(composer.kb.sources.values()))
    batches: list[list[Citation]] = []  # pandoc shortens what it has set before
    for citation in places(composer):
        fresh = (b for b in batches if all(c.source != citation.source for c in b))
        batch = next(fresh, None)
        if batch is None:
            batches.append(batch := [])
        batch.append(citation)
    for batch in batches:
        document = "\n\n".join(key(citation) for citation in batch)
        expected = notes(rendered(document, bibliography, style))
        assert processor.cited(batch) == expected


@pytest.mark.parametrize("style", AUTHOR_DATE)
def test_citations_in_the_text_and_references_are_those_of_pandoc(
    composer: Composer, bibliography: Path, style: str
) -> None:
    processor = Processor(style, list(composer.kb.sources.values()))
    cited = places(composer)
    document = "\n\n".join(key(citation) for citation in cited)
    expected = rendered(document, bibliography, style_file(style))
    assert processor.cited(cited) == expected[: len(cited)]
    ours, theirs = processor.references(), expected[len(cited) :]
    assert sorted(ours) == sorted(theirs)
    assert [text for text in ours if "[" not in text] == [t for t in theirs if "[" not in t]


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (STYLE, "Andrea Berger, One (2015); quoted in Andrea Berger, Two (2016), chap. 4."),
        ("chicago-author-date", "(Berger 2015; quoted in Berger 2016, chap. 4)"),
        ("apa", "(Berger, 2015; quoted in Berger, 2016, Chapter 4)"),
        ("ieee", "[1], quoted in [2, Ch. 4]"),
    ],
)
def test_a_work_by_way_of_another(style: str, text: str) -> None:
    works = works_of(berger(2015, "One"), berger(2016, "Two"))
    place = knowledge_locator("chapter", "4")
    citation = Citation("w1", place, via=Via("w0", "quoted in"))
    assert Processor(style, list(works.values())).cite(citation) == text


def knowledge_locator(label: str, value: str) -> Any:
    from targetmarkets.model.parts import Locator

    return Locator.model_validate({"label": label, "value": value})


def test_a_second_note_is_as_full_as_the_first() -> None:
    processor = Processor(STYLE, list(works_of(berger(2015, "One")).values()))
    notes_ = [processor.cite(Citation("w0")) for _ in range(3)]
    assert set(notes_) == {"Andrea Berger, One (2015)."}
    assert processor.references() == []


@pytest.mark.parametrize("style", ["chicago-author-date", "american-political-science-association"])
def test_works_of_one_year_are_told_apart_by_letters(style: str) -> None:
    """The first style says where the letter stands, the second leaves it to the processor."""
    titles = [f"{chr(65 + i // 26)}{chr(97 + i % 26)}" for i in range(28)]
    works = works_of(*(berger(2015, title) for title in titles), berger(2016, "Z"))
    processor = Processor(style, list(works.values()))
    found = processor.cited(Citation(id_) for id_ in works)
    assert found[0] == "(Berger 2015a)"
    assert found[25:] == ["(Berger 2015z)", "(Berger 2015aa)", "(Berger 2015ab)", "(Berger 2016)"]
    assert "2015ab" in processor.references()[-2]


def test_works_are_told_apart_by_titles_where_the_style_does_that() -> None:
    works = works_of(berger(2015, "One"), berger(2015, "Two"))
    style = "modern-language-association"
    both = Processor(style, list(works.values()))
    assert both.cite(Citation("w1")) == "(Berger, Two)"
    alone = Processor(style, [works["w1"]])
    assert alone.cite(Citation("w1")) == "(Berger)"


def test_a_style_without_words_for_a_work_does_not_drop_it() -> None:
    works = works_of(berger(2015, "One"))
    processor = Processor("american-mathematical-society-label", list(works.values()))
    assert processor.cite(Citation("w0")) == "[Berg15]"


def test_a_column_for_numbers_leaves_a_space() -> None:
    works = list(works_of(berger(2015, "One")).values())
    assert Processor("ieee", works).references() == ["[1] A. Berger, One. 2015."]


def test_numbers_and_pieces_change_their_case(tmp_path: Path) -> None:
    file = tmp_path / "style.csl"
    date = (
        '<date variable="issued">'
        '<date-part name="day" text-case="uppercase" strip-periods="true" suffix="/"/>'
        '<date-part name="month" form="numeric" text-case="title" suffix="/"/></date>'
    )
    names = (
        '<names variable="author"><name and="text" name-as-sort-order="first">'
        '<name-part name="family" text-case="uppercase" suffix="*"/>'
        '<name-part name="given" text-case="capitalize-first" prefix="+"/></name></names>'
    )
    number = '<number variable="volume" text-case="capitalize-first" prefix=" "/>'
    file.write_text(style(date + names + number), "utf-8")
    issued = {"date-parts": [[2015, 3, 4]]}
    work = berger(2015, "One") | {"issued": issued, "volume": "twelve"}
    processor = Processor(str(file), list(works_of(work).values()))
    assert processor.cite(Citation("w0")) == "4/3/BERGER*, +Andrea Twelve"


EVERY_HUNDREDTH = sorted(path.stem for path in style_file(STYLE).parent.glob("*.csl"))[::100]


@pytest.mark.parametrize("name", EVERY_HUNDREDTH)
def test_styles_set_works_of_every_type(kb: FileKnowledge, name: str) -> None:
    types = {source.bibliography.type: source for source in kb.sources.values()}
    processor = Processor(name, list(types.values()))
    cited = processor.cited(Citation(work.id) for work in types.values())
    assert all(any(map(str.isalnum, text)) for text in cited)
    assert len(processor.references()) in {0, len(types)}


def test_text_is_text_and_harmless() -> None:
    title = 'A <i>b</i> <span class="nocase">c</span> &amp; \x1b[31m & “q”'
    works = works_of({"type": "webpage", "title": title, "container-title": "X\u202ey"})
    text = set_citations(Citing([Citation("w0")], works, "ieee"), "text", Look())
    assert "“A b c &amp; \\x1b[31m & ‘q’,” " in text
    assert "X\\u202ey" in text
    assert text.count("\n") == 3


def test_quotations_follow_on_request(composer: Composer) -> None:
    record = composer.record(composer.kb.objects["rusi-ad-hoc-congo"])
    citing = Citing(record.citations(), composer.kb.sources, quote=True)
    assert set_citations(citing, "text", Look()).endswith(
        "?c=1515162201510. ‘V. Ad Hoc Customers\\n\\nRepublic of the Congo’\n"
    )
    assert set_citations(citing, "pandoc", Look()) == (
        "‘V. Ad Hoc Customers\\\n\\\nRepublic of the Congo’ [@rusi-2015]\n"
    )


def test_quotations_in_markdown_are_no_markup() -> None:
    works = works_of(berger(2015, "One"))
    exact = "*a*\n\n# b [@evil]\r\n---\n<i>c</i>\n> d  \n1. e"
    stored = {"id": "q", "source": "w0", "exact": exact, "start": 0, "end": len(exact)}
    quote = knowledge(sources=[source("w0")], quotes=[stored]).quotes["q"]
    text = set_citations(Citing([Citation("w0", quote=quote)], works, quote=True), "pandoc", Look())
    (block,) = json.loads(pandoc(text, "-f", "markdown", "-t", "json"))["blocks"]
    assert block["t"] == "Para"
    *words, _, cite = block["c"]
    assert plain(words).split() == f"‘{exact}’".replace("\r", "\\r").split()
    assert cite["t"] == "Cite"


def test_places_that_look_alike_are_printed_once() -> None:
    works = works_of(berger(2015, "One"))
    quotes = [
        knowledge(sources=[source("w0")], quotes=[stored]).quotes["q"]
        for stored in (
            {"id": "q", "source": "w0", "exact": "x", "start": 0, "end": 1},
            {"id": "q", "source": "w0", "exact": "y", "start": 1, "end": 2},
        )
    ]
    citing = Citing([Citation("w0", quote=quote) for quote in quotes], works)
    assert set_citations(citing, "pandoc", Look()) == "[@w0]\n"
    assert set_citations(citing._replace(quote=True), "pandoc", Look()).count("[@w0]") == 2


def test_names_are_cut_only_where_the_style_says_so() -> None:
    work = berger(2016, "T") | {"author": [{"family": "Chang", "given": "Jae-soon Lee"}]}
    works = list(works_of(work).values())
    assert Processor(STYLE, works).cite(Citation("w0")).startswith("Jae-soon Lee Chang, T")
    assert "J. L. Chang, T" in Processor("ieee", works).references()[0]


HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">'
XINCLUDE = "http://www.w3.org/2001/XInclude"
TITLE = '<text variable="title"/>'
BOMB = "".join(
    f'<macro name="m{i}">' + f'<text macro="m{i + 1}"/>' * 10 + "</macro>" for i in range(9)
)
LAUGHS = "".join(f'<!ENTITY {b} "{10 * f"&{a};"}">' for a, b in pairwise("abcdefgh"))


def style(layout: str, before: str = "") -> str:
    return f"{HEAD}{before}<citation><layout>{layout}</layout></citation></style>"


def macro(name: str, body: str) -> str:
    return f'<macro name="{name}">{body}</macro>'


def error_of(style: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        Processor(style, list(works_of(berger(2015, "One")).values())).cite(Citation("w0"))
    return caught.value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is not XML: no element found"),
        ("not XML", "it is not XML: syntax error"),
        ("<style>", "it is not XML: no element found"),
        ("<html/>", "it is XML, and not a CSL style"),
        (HEAD + "</style>", "it does not say how a citation looks"),
        (
            '<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + style("&x;"),
            "it declares a document type",
        ),
        (f"<!DOCTYPE style [{LAUGHS}]>" + style("&h;"), "it declares a document type"),
        (
            style('<text macro="m"/>', macro("m", '<text macro="m"/>')),
            "its macros use one another",
        ),
        (style('<text macro="m0"/>', BOMB + macro("m9", TITLE)), "its macros use one another"),
        (style('<text macro="none"/>'), "there is no macro 'none'"),
        (style(f'<xi:include xmlns:xi="{XINCLUDE}" href="x"/>'), 'unknown element "include"'),
        (style("<foo/>"), 'unknown element "foo"'),
        (style("<text/>"), "text element lacks needed attribute"),
        (
            f'{HEAD}<info><link rel="independent-parent" href="x/none"/></info></style>',
            "it only points to x/none, which is not installed",
        ),
    ],
)
def test_a_file_that_is_no_sound_style_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "style.csl"
    file.write_text(text, "utf-8")
    error = error_of(str(file))
    assert said in error.message
    assert "root:" not in error.message
    assert not re.search("object|lxml|NoneType|variable'|argument", error.message)
    assert error.remedy == "choose another, or correct the file"


def test_a_style_of_ones_own_is_used(tmp_path: Path) -> None:
    file = tmp_path / "style.csl"
    file.write_text(style(f"{TITLE}<text value='&#10;!'/>"), "utf-8")
    works = works_of(berger(2015, "One"))
    citing = Citing([Citation("w0")], works, str(file))
    assert set_citations(citing, "text", Look()) == "One !\n"


@pytest.mark.parametrize("path", ["none.csl", "/", "a\0b.csl"])
def test_a_style_that_is_not_there(path: str) -> None:
    assert error_of(path).remedy == "name a style, or a file that ends in .csl"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("chicago-notes-bibliografy", "chicago-notes-bibliography"),
        ("Modern Language", "modern-language-association"),
        ("APA", "apa"),
        ("..", "https://www.zotero.org/styles"),
        ("", "https://www.zotero.org/styles"),
        ("x" * 10_000, "https://www.zotero.org/styles"),
    ],
)
def test_an_unknown_style_is_answered_with_the_nearest(name: str, near: str) -> None:
    error = error_of(name)
    assert error.message.startswith("there is no style")
    assert len(error.message) < 100
    assert near in (error.remedy or "")


def test_a_style_that_points_to_another_is_that_other(tmp_path: Path) -> None:
    works = list(works_of(berger(2015, "One")).values())
    file = tmp_path / "mine.csl"
    file.write_text(
        f'{HEAD}<info><link rel="independent-parent" href="x/apa"/></info></style>', "utf-8"
    )
    assert Processor(str(file), works).references() == Processor("apa", works).references()
    assert (
        Processor("nature-physics", works).references() == Processor("nature", works).references()
    )


def test_a_style_that_says_nothing_of_a_work_does_not_drop_it(tmp_path: Path) -> None:
    file = tmp_path / "style.csl"
    file.write_text(style("<names/>"), "utf-8")
    works = works_of(berger(2015, "One"))
    assert Processor(str(file), [works["w0"]]).cite(Citation("w0")) == cite_work(works["w0"])


def test_a_file_that_a_style_names_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    file = tmp_path / "style.csl"
    inside = f'<xi:include xmlns:xi="{XINCLUDE}" href="secret" parse="text"/>'
    file.write_text(style(TITLE).replace(HEAD, HEAD + inside), "utf-8")
    works = works_of(berger(2015, "One"))
    assert Processor(str(file), [works["w0"]]).cite(Citation("w0")) == "One"


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ('position="first"', True),
        ('position="subsequent"', False),
        ('position="ibid ibid-with-locator" match="any"', False),
        ('position="subsequent first" match="any"', True),
        ('position="subsequent" match="none"', True),
        ('position="first" match="none"', False),
        ('position="first" type="book"', True),
        ('position="first" type="report"', False),
        ('position="ibid" type="book"', False),
        ('position="ibid" type="book" match="any"', True),
        ('position="first" type="report" match="any"', True),
        ('position="ibid" type="report" match="none"', True),
    ],
)
def test_every_citation_is_the_first(tmp_path: Path, condition: str, *, shown: bool) -> None:
    file = tmp_path / "style.csl"
    text = (
        f'<choose><if {condition}><text value="yes"/></if><else><text value="no"/></else></choose>'
    )
    file.write_text(style(text), "utf-8")
    citations = Processor(str(file), [works_of(berger(2015, "One"))["w0"]]).set_(Citation("w0"))
    assert set(citations.citations) == {"Yes" if shown else "No"}


def test_places_are_named_in_the_language_of_a_style() -> None:
    works = list(works_of(berger(2015, "One")).values())
    place = knowledge_locator("chapter", "4")
    assert "chap.\u202f4" in Processor("annales", works).cite(Citation("w0", place))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            STYLE,
            ["Ann Doe, Die Lieferung ([1998?]).", "John King Jr., 10⁶ CO₂ et alia (2011–2012)."],
        ),
        ("apa", ["(Doe, ca. 1998)", "(King, 2011–2012)"]),
    ],
)  # fmt: skip
def test_what_a_record_says_is_set(name: str, texts: list[str]) -> None:
    one = {
        "type": "book", "title": "Die Lieferung", "language": "de",
        "author": [{"family": "Doe", "given": "Ann"}], "note": "Author: nobody",
        "issued": {"date-parts": [[1998]], "circa": True, "edtf": "1998~"},
    }  # fmt: skip
    two = {
        "type": "book",
        "title": '10<sup>6</sup> CO<sub>2</sub> <span class="nocase">et alia</span>',
        "author": [{"family": "King", "given": "John", "suffix": "Jr."}],
        "issued": {"date-parts": [[2011], [2012]], "edtf": "2011/2012"},
    }  # fmt: skip
    processor = Processor(name, list(works_of(one, two).values()))
    assert processor.set_().citations == texts


def test_a_list_that_is_cut_ends_with_et_al() -> None:
    author = [{"family": "Doe", "given": "Ann"}, {"literal": "others"}]
    works = list(works_of(berger(2015, "One") | {"author": author}).values())
    assert Processor(STYLE, works).cite(Citation("w0")) == "Ann Doe et al., One (2015)."
    assert Processor("apa", works).references() == ["Doe, A. et al. (2015). One."]


@pytest.mark.parametrize(
    ("number", "text"), [("2099/1", "Pub. L. No. 2099/1"), ("7", "Pub. L. No. 7")]
)
def test_a_number_with_a_slash_is_one_number(number: str, text: str) -> None:
    law = {"type": "legislation", "title": "Regulation on Crates", "number": number}
    works = list(works_of(law | {"issued": {"date-parts": [[2099]]}}).values())
    assert text in Processor(STYLE, works).cite(Citation("w0"))


@pytest.mark.parametrize(
    ("label", "value", "text"),
    [("chapter", "3", "ch 3"), ("part", "3", "pt 3"), ("section", "4", "s 4")],
)
def test_a_style_of_law_knows_the_labels_of_a_key(
    label: str, value: str, text: str, tmp_path: Path
) -> None:
    file = tmp_path / "works.json"
    works = works_of(berger(2015, "One"))
    file.write_text(set_citations(Citing([Citation("w0")], works), "csl-json", Look()), "utf-8")
    shown = rendered(
        key(Citation("w0", knowledge_locator(label, value))), file, style_file("oscola")
    )
    assert any(note.endswith(f" {text}.") for note in notes(shown)), shown
