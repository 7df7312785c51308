"""What of a page is text: what a browser shows of it, with marks where something is unread."""

import pytest

from targetmarkets.importing.extract import Extraction, extract

pytestmark = pytest.mark.usefixtures("read_here")


def read(body: str, head: str = "") -> Extraction:
    return extract(f"<!DOCTYPE html><head>{head}</head><body>{body}".encode(), "a.html")


def gaps(found: Extraction) -> dict[str, int]:
    return {gap["kind"]: gap["count"] for gap in found.gaps}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("12<sup>4</sup> rockets", "12⁴ rockets"),
        ("12<sup> 4 </sup>rockets", "12 ⁴ rockets"),
        ("45<sup><a href='#5'>5</a></sup> units", "45⸢5⸣ units"),
        ("45<a href='#5'><sup>5</sup></a> units", "45⸢5⸣ units"),
        ("45<sup><a href='file:///p.html#n'>5</a></sup> units <i id=n>x", "45⸢5⸣ units x"),
        ("12<a role=doc-noteref><sup>1</sup></a> x", "12⸢1⸣ x"),
        ("licences<a role=doc-noteref><sup>1</sup></a> x", "licences¹ x"),
        ("5 km<a role=doc-noteref>1</a> x", "5 km⸢1⸣ x"),
        ("10<sup><a href='#u'>2</a></sup> km, 3<sup><a href='b#u'>2</a></sup> m", "10⸢2⸣ km, 3² m"),
        ("10<sup>-2</sup> km, CO<sub>2</sub>", "10⁻² km, CO₂"),
        ("the 5<sup>th</sup> ship<sup>[1]</sup>", "the 5⸢th⸣ ship⸢[1]⸣"),
        ("2<sup>2<sup>3</sup></sup>", "2⸢2³⸣"),
        ("12<a role=doc-noteref>1</a> x", "12⸢1⸣ x"),
        ("12<span style='vertical-align:super'>1</span> x", "12¹ x"),
        ("<ruby>平壌<rp>(</rp><rt>ピョンヤン</rt><rp>)</rp></ruby>から", "平壌⸢ピョンヤン⸣から"),
    ],
)
def test_what_is_raised_is_raised(body: str, text: str) -> None:
    assert read(body).text == f"{text}\n"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("counts <math><mn>450</mn></math> rifles", "counts 450 rifles"),
        ("<math><mn>15</mn><mo>±</mo><mn>2</mn></math> kt", "15±2 kt"),
        ("3<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "3¹⁄₂"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math>", "x²"),
        ("<math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>", "x₁²"),
        ("<math><mroot><mn>8</mn><mn>3</mn></mroot><msqrt><mn>2</mn></msqrt></math>", "³√8√2"),
        ("<math><mn>2</mn><mo>&#x2062;</mo><mi>x</mi></math>", "2x"),
        (
            "<math><semantics><mn>4</mn><annotation>four</annotation></semantics></math> x",
            "4 x",
        ),
        ("3 <svg><g><text>seven</text></g><title>T</title></svg> crates", "3 seven crates"),
        ("<q>never <q>ever</q></q>", "“never ‘ever’”"),
        ("<ol start=12><li>The Panel<li value=20>Next</ol>", "12. The Panel\n20. Next"),
        ("<ol type=a start=27><li>x</ol>", "aa. x"),
        ("<ol type=I reversed><li>x<li>y</ol>", "II. x\nI. y"),
        ("<ol style='list-style: none'><li>x</ol>", "x"),
        ("<details><summary>More</summary><p>Closed.</details>", "More\n\nClosed."),
        ("<dialog open>Open.</dialog>", "Open."),
        ("<input value='450 rifles'><input type=hidden value=x>", "450 rifles"),
    ],
)
def test_what_is_shown_is_text(body: str, text: str) -> None:
    assert read(body).text == f"{text}\n"


@pytest.mark.parametrize(
    ("body", "style", "kind"),
    [
        ("<p hidden>not</p>", "", "hidden"),
        ("<p style='display: none'>not</p>", "", "hidden"),
        ("<p style='visibility:hidden'>not</p>", "", "hidden"),
        ("<p style='content-visibility:hidden'>not</p>", "", "hidden"),
        ("<div popover>not</div>", "", "hidden"),
        ("<dialog>not</dialog>", "", "hidden"),
        ("<noscript>not</noscript>", "", "hidden"),
        ("<p class=x>not</p>", ".x { display: none }", "hidden"),
        ("<p class=x>not</p>", ".x { display: none !important } p { display: block }", "hidden"),
        ("<p id=i class=x>not</p>", "#i { display: none } .x { display: block }", "hidden"),
        ("<p class=x>not</p>", "@media screen { .x { visibility: hidden } }", "hidden"),
        ("<p class=x>not</p>", ".x { position: absolute; clip: rect(0 0 0 0) }", "hidden"),
        ("<del>not</del>", "", "struck"),
        ("<s>not</s>", "", "struck"),
        ("<b class=x>not</b>", ".x { text-decoration: red line-through }", "struck"),
    ],
)
def test_what_is_hidden_or_struck_out_is_no_text(body: str, style: str, kind: str) -> None:
    found = read(f"The Panel did {body} confirm.", f"<style>{style}</style>")
    assert found.text.split() == ["The", "Panel", "did", "confirm."]
    assert gaps(found) == {kind: 1}


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("<p class=x>is</p>", ".x { display: none } p.x { display: block }"),
        ("<p class=x style='display: block'>is</p>", ".x { display: none }"),
        ("<p class=x>is</p>", "@media print { .x { display: none } }"),
        ("<p style='visibility:hidden'><b style='visibility:visible'>is</b></p>", ""),
        ("<dialog class=x>is</dialog>", ".x { display: flex }"),
        ("<p>is</p>", ":is( { display: none } p::before { display: none }"),
    ],
)
def test_what_a_style_shows_is_text(body: str, style: str) -> None:
    found = read(f"It {body}.", f"<style>{style}</style>")
    assert found.text.split() == ["It", "is", "."]
    assert gaps(found) == {}


@pytest.mark.parametrize(
    "head",
    [
        "<link rel=stylesheet href=a.css>",
        "<style>@import 'a.css';</style>",
        "<style>@media (min-width: 300px) { .x { display: none } }</style>",
    ],
)
def test_what_a_reader_of_files_cannot_know_is_told(head: str) -> None:
    found = read("<p class=x>It is.", head)
    assert found.text == "It is.\n"
    assert gaps(found) == {"styles": 1}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<img src=n.png alt=number>", "pictures"),
        ("<svg><path d='M0'/></svg>", "pictures"),
        ("<iframe src=x></iframe>", "elements"),
        ("<math><mmultiscripts><mi>x</mi></mmultiscripts></math>", "elements"),
    ],
)
def test_what_cannot_be_read_leaves_a_mark(body: str, kind: str) -> None:
    found = read(f"The Panel counts {body} rifles.")
    assert found.text == "The Panel counts \ufffd rifles.\n"
    assert gaps(found) == {kind: 1}
    for seen_as_nothing in ("<img src=x alt=''>", "<img src=x width=1>", "<svg aria-hidden=true>"):
        assert "\ufffd" not in read(f"x {seen_as_nothing}").text


SHADOW = (
    "<report-text><template shadowrootmode=open><style>.x{display:none}</style>"
    "<p>The Panel notes 450 rifles.</p><p class=x>not</p><slot>none</slot><slot name=foot></slot>"
    "<slot name=more>Otherwise.</slot></template><i slot=foot>Foot.</i>Light. <b class=x>Bold.</b>"
    "<u slot=nowhere>Lost.</u></report-text>"
)


def test_a_shadow_tree_is_shown_with_what_is_given_for_its_slots() -> None:
    found = read(f"<p>Outside.</p>{SHADOW}<template><p>Nothing.</p></template>")
    assert found.text == (
        "Outside.\n\nThe Panel notes 450 rifles.\n\nLight. Bold.Foot.Otherwise.\n"
    )


XHTML = (
    '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
    '<title/><script src="a.js"/></head><body><p>The sale&nbsp;of <b/>rifles.</p><textarea/>'
    "<p>More &amp; more.</p></body></html>"
)


def test_an_element_of_xml_may_close_itself() -> None:
    found = extract(XHTML.encode(), "a.xhtml")
    assert found.text == "The sale\xa0of rifles.\n\nMore & more.\n"
    broken = '<?xml version="1.0"?><html><body><p>The sale<br>of rifles.</body></html>'
    assert extract(broken.encode(), "a").text == "The sale\nof rifles.\n", "it is no XML"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<TEI><h><title>Letters</title></h><p>The <hi>yard</hi> sold.</p></TEI>",
         "Letters\n\nThe yard sold."),
        ("<rss><item><title>A</title><n>1</n><n>2</n></item></rss>", "A\n1\n2"),
    ],
)  # fmt: skip
def test_other_xml_is_read_by_its_lines(xml: str, text: str) -> None:
    found = extract(f"<?xml version='1.0'?>{xml}".encode(), "a.xml").text
    assert found.split() == text.split()
    assert "12" not in found


@pytest.mark.parametrize("odd", ["<?php x() ?>", "<?xml:namespace prefix = o />", "<!-- x -->"])
def test_what_is_no_element_does_not_end_the_reader(odd: str) -> None:
    assert read(f"<p>The crates {odd}reached.</p>").text == "The crates reached.\n"


RUSSIAN = "Поставка остановлена."


@pytest.mark.parametrize(
    ("encoding", "head", "declared"),
    [
        ("cp1251", "<!-- <meta charset=iso-8859-1> --><meta charset=windows-1251>", "declared"),
        ("utf-8", "<script>s='<meta charset=latin1>'</script><meta charset=utf-8>", "declared"),
        ("utf-8", "<meta name=d content='charset=latin1'><meta charset=utf-8>", "declared"),
        (
            "cp1251",
            "<meta http-equiv=Content-Type content='text/html; charset=cp1251'>",
            "declared",
        ),
        ("cp1251", f"<title>{'x' * 5000}</title><meta charset=windows-1251>", "declared"),
        ("utf-8", "<meta charset=utf-16>", "declared"),
        ("utf-8", "", "none"),
    ],
)
def test_the_encoding_is_found_as_browsers_find_it(encoding: str, head: str, declared: str) -> None:
    data = f"<html><head>{head}</head><body><p>{RUSSIAN}".encode(encoding)
    found = extract(data, "a.html")
    assert found.text == f"{RUSSIAN}\n"
    assert gaps(found) == ({} if declared == "declared" else {"charset": 1})


def test_a_declaration_of_xml_and_marks_of_order_are_declarations() -> None:
    page = f"<html><body><p>{RUSSIAN}</p></body></html>"
    declared = f"<?xml version='1.0' encoding='windows-1251'?>{page}".encode("cp1251")
    for data in (
        declared,
        b"\xef\xbb\xbf" + page.replace("<body>", "<meta charset=latin1><body>").encode(),
        f"\ufeff{page}".encode("utf-16-le"),
        f"\ufeff{page}".encode("utf-16-be"),
    ):
        found = extract(data, "a.html")
        assert (found.text, found.gaps) == (f"{RUSSIAN}\n", ())


def test_bytes_that_are_no_characters_leave_marks() -> None:
    found = extract(b"<meta charset=utf-8><p>Fa\xe7ade caf\xe9", "a.html")
    assert (found.text, gaps(found)) == ("Fa\ufffdade caf\ufffd\n", {"characters": 2})


ARCHIVED = "https://web.archive.org/web/20140203101112/http://gazette.example.org/crates"
TOOLBAR = (
    "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id=x><b>18 captures</b></div>"
    "<!-- END WAYBACK TOOLBAR INSERT -->"
)


def test_the_furniture_of_a_web_archive_is_not_the_page() -> None:
    found = read(f"{TOOLBAR}<p>Twelve crates.</p>", f"<link rel=canonical href='{ARCHIVED}'>")
    assert (found.text, gaps(found)) == ("Twelve crates.\n", {"furniture": 1})
    assert found.record["URL"] == "http://gazette.example.org/crates"
    assert found.record["note"] == "Read in the copy of 2014-02-03 in the Internet Archive."


JOURNAL = (
    "<meta name=citation_title content=T><meta name=citation_author content='Doe, Jane'>"
    "<meta name=citation_author content='Ann Poe'><meta name=citation_doi content="
    "'doi:10.1234/a.b'><meta name=citation_journal_title content=J>"
    "<meta name=citation_firstpage content=3><meta name=citation_lastpage content=9>"
    "<meta name=citation_publication_date content='2014/5/2'><meta name=og:title>"
)
LINKED = (
    '<script type="application/ld+json">{"@graph":[{"@type":"Person","name":"No"},'
    '{"@type":["NewsArticle"],"headline":"H","datePublished":"2015-03-04T01:00",'
    '"author":[{"name":"Jane Doe"},{"name":"United Nations"}],'
    '"publisher":{"name":"P"}}]}</script><title>H | Site</title>'
)
DUBLIN = (
    "<meta name=DC.title content=D><meta name=DC.creator content='Jane Doe'>"
    "<meta name=DC.creator content='Ann Poe'><meta name=DC.date content=2013-07>"
    "<meta name=DC.publisher content=UN>"
)


def record(title: str, *authors: str, date: list[int], **more: str) -> dict[str, object]:
    names = [
        dict(zip(("family", "given"), name.split(", "), strict=True))
        if "," in name
        else {"literal": name}
        for name in authors
    ]
    return {
        "type": "webpage", "title": title, "author": names, "issued": {"date-parts": [date]}, **more
    }  # fmt: skip


@pytest.mark.parametrize(
    ("head", "proposed"),
    [
        (
            JOURNAL,
            record("T", "Doe, Jane", "Ann Poe", date=[2014, 5, 2], type="article-journal",
                   page="3-9", DOI="10.1234/a.b", **{"container-title": "J"}),
        ),
        (LINKED, record("H", "Jane Doe", "United Nations", date=[2015, 3, 4], publisher="P")),
        (DUBLIN, record("D", "Jane Doe", "Ann Poe", date=[2013, 7], publisher="UN")),
        (
            "<script type='application/ld+json'>{no</script><title>Untitled-1</title>",
            {"type": "webpage"},
        ),
    ],
)  # fmt: skip
def test_a_record_is_proposed_from_all_fields(head: str, proposed: dict[str, object]) -> None:
    assert read("<p>x", head).record == proposed
