"""A document is what it is, and not what it is called: read, or refused with what to do."""

import gzip
from email.message import EmailMessage

import pytest

from targetmarkets.errors import DocumentError
from targetmarkets.importing.extract import Extraction, extract
from targetmarkets.importing.kinds import DOCX, EPUB, HTML, MAIL, MHTML, ODT, TEXT, misnamed
from tests.importing.packages import docx, epub, odt, zipped

pytestmark = pytest.mark.usefixtures("read_here")


def gaps(found: Extraction) -> dict[str, int]:
    return {gap["kind"]: gap["count"] for gap in found.gaps}


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


RAISED = '<w:vertAlign w:val="superscript"/>'
NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="12"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1">'
    '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1(%2)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph(run("12"), run("4", RAISED), run(" rockets")), "12⁴ rockets"),
        (paragraph(run("to "), f"<w:del>{run('Syria')}</w:del>", f"<w:ins>{run('Jordan')}</w:ins>"),
         "to Jordan"),
        (paragraph(run("was "), run("not ", "<w:strike/>"), run("agreed")), "was agreed"),
        (paragraph(run("was "), run("not ", "<w:vanish/>"), run("agreed")), "was agreed"),
        (paragraph(run("was "), run("so ", '<w:strike w:val="0"/>'), run("agreed")),
         "was so agreed"),
        (paragraph(run("12"), '<w:r><w:footnoteReference w:id="9"/></w:r>', run(" rockets")),
         "12⸢1⸣ rockets\n\n¹ The note."),
        (paragraph("<w:r><w:t>T</w:t><w:noBreakHyphen/><w:t>55</w:t><w:br/><w:t>x</w:t></w:r>"),
         "T\u201155\nx"),
        (paragraph(run("5 "), '<w:r><w:sym w:char="F0B0"/></w:r>', run("C")), "5 \ufffdC"),
        (paragraph(run("5 \uf0b0C, \U000f0001")), "5 \ufffdC, \ufffd"),
        (paragraph(run("a "), "<w:r><w:drawing/></w:r>", run(" b")), "a \ufffd b"),
        (paragraph("<w:r><w:pict><w:txbxContent>", paragraph(run("In a box.")),
                   "</w:txbxContent></w:pict></w:r>"), "In a box."),
        (paragraph(run("is "), "<m:oMath><m:r><m:t>15±2</m:t></m:r><m:sSup><m:e><m:r><m:t>x</m:t>"
                   "</m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"),
         "is 15±2x²"),
        (paragraph("<w:fldSimple>", run("F"), "</w:fldSimple>",
                   "<w:r><w:instrText>PAGE</w:instrText></w:r>"), "F"),
        ("".join(f"<w:p>{NUMBERED.format(level)}{run('x')}</w:p>" for level in (0, 1, 1, 0)),
         "12. x\n\n12(a) x\n\n12(b) x\n\n13. x"),
        ("<w:tbl><w:tr><w:tc>" + paragraph(run("a")) + "</w:tc><w:tc>" + paragraph(run("b"))
         + "</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph(run("c"))
         + "</w:tc></w:tr></w:tbl>", "a\tb"),
    ],
)  # fmt: skip
def test_a_docx_is_read_as_it_is_printed(body: str, text: str) -> None:
    notes = f'<w:footnote w:id="9">{paragraph(run("The note."))}</w:footnote>'
    found = extract(docx(body, numbering=NUMBERING, footnotes=notes), "a.docx")
    assert [line.split() for line in found.text.split("\n")] == [
        line.split() for line in [*text.split("\n"), ""]
    ]
    assert found.media_type == DOCX
    assert found.record == {"title": "The sales", "author": [{"literal": "Jane Doe"}]}
    assert ("struck" in gaps(found)) == ("<w:del>" in body or "strike/>" in body or "del/>" in body)
    assert ("\ufffd" in text) == bool(gaps(found).keys() & {"characters", "pictures"})


def test_the_styles_of_a_docx_and_its_margins_are_looked_at() -> None:
    styles = (
        '<w:style w:styleId="Base"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:styleId="Mark"><w:basedOn w:val="Base"/></w:style>'
    )
    body = paragraph(run("12"), run("4", '<w:rStyle w:val="Mark"/>'), run(" rockets"))
    head = paragraph(run("S/2015/131"))
    found = extract(docx(body, styles=styles, header1=head, header2=head), "a")
    assert found.text == "12⁴ rockets\n\nS/2015/131\n"


def span(words: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{words}</text:span>'


STYLES = (
    '<style:style style:name="Up"><style:text-properties style:text-position="super 58%"/>'
    '</style:style><style:style style:name="Up2" style:parent-style-name="Up"/>'
    '<style:style style:name="Low"><style:text-properties style:text-position="-33% 58%"/>'
    '</style:style><style:style style:name="Out"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style><style:style style:name="No">'
    '<style:text-properties text:display="none"/></style:style><text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="." '
    'text:start-value="12"/></text:list-style>'
)
ODT_CHANGES = (
    "<text:tracked-changes><text:p>Syria</text:p></text:tracked-changes>"
    "<text:p>to <text:change/>Jordan<text:s text:c='2'/>x<text:tab/>y<text:line-break/>z"
    "<office:annotation><text:p>No.</text:p></office:annotation></text:p>"
)
ODT_LIST = (
    "<text:list text:style-name='L'><text:list-item><text:p>x</text:p></text:list-item>"
    "<text:list-item text:start-value='20'><text:p>y</text:p></text:list-item></text:list>"
)
ODT_BOX = (
    "<text:p><draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box>"
    "</draw:frame></text:p>"
)
ODT_TABLE = (
    "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
    "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
)
ODT_NOTE = (
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>The note."
    "</text:p></text:note-body></text:note>"
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<text:p>12{span('4', 'Up2')} rockets, CO{span('2', 'Low')}</text:p>",
         "12⁴ rockets, CO₂"),
        (f"<text:p>12{ODT_NOTE} rockets</text:p>", "12⸢1⸣ rockets\n\n¹ The note."),
        (f"<text:p>was {span('not ', 'Out')}{span('un', 'No')}agreed</text:p>", "was agreed"),
        (ODT_CHANGES, "to Jordan  x\ty\nz"),
        (ODT_LIST, "12. x\n20. y"),
        ("<text:p>a <draw:frame><draw:image/></draw:frame> b</text:p>", "a \ufffd b"),
        ("<text:p>is <draw:frame><draw:object xlink:href='./F/'/></draw:frame></text:p>",
         "is 450"),
        (ODT_BOX, "In a box."),
        (ODT_TABLE, "a\tb"),
    ],
)  # fmt: skip
def test_an_odt_is_read_as_it_is_printed(body: str, text: str) -> None:
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mn>450</mn></math>'
    found = extract(odt(body, STYLES, **{"F/content.xml": formula}), "a.odt")
    lines = [line.split() for line in found.text.split("\n") if line]
    assert lines == [line.split() for line in text.split("\n") if line]
    assert found.media_type == ODT
    assert found.record == {"title": "The sales", "author": [{"literal": "Jane Doe"}]}


def test_an_epub_is_read_chapter_by_chapter() -> None:
    chapters = {
        "one": "<p>The sale of 12<sup>4</sup> rockets.</p><script/>",
        "two": "<p class='x'>not</p><p>Second.</p>",
    }
    found = extract(epub(chapters, ".x { display: none }"), "a.epub")
    assert found.text == "The sale of 12⁴ rockets.\n\nSecond.\n"
    assert (found.media_type, gaps(found)) == (EPUB, {"hidden": 1})
    assert found.record == {
        "type": "book",
        "title": "The sales",
        "author": [{"literal": "Jane Doe"}, {"literal": "Ann Poe"}],
        "issued": {"date-parts": [[2014, 5]]},
    }
    with pytest.raises(DocumentError, match="DRM"):
        extract(epub(chapters, **{"META-INF/rights.xml": "<r/>"}), "a.epub")


SAVED = b"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://example.org/a\r
Subject: =?utf-8?Q?Crates=20at=20sea?=\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type="text/html"; boundary="B"\r
\r
--B\r
Content-Type: text/html\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: https://example.org/a\r
\r
<!DOCTYPE html><html><head><link rel=3D"stylesheet" href=3D"cid:c"><meta=\r
 charset=3D"utf-8"></head><body><p>The minister=E2=80=99s crates reached the har=\r
bour.</p><p class=3D"x">not</p></body></html>\r
--B\r
Content-Type: text/css\r
Content-ID: <c>\r
\r
.x { display: none }\r
--B--\r
"""


def test_a_page_that_a_browser_saved_as_one_file_is_read() -> None:
    found = extract(SAVED, "page.mhtml")
    assert found.text == "The minister’s crates reached the harbour.\n"
    assert (found.media_type, gaps(found)) == (MHTML, {"hidden": 1})
    assert found.record == {
        "type": "webpage",
        "title": "Crates at sea",
        "URL": "https://example.org/a",
    }
    without = SAVED.replace(b"text/html\r", b"text/plain\r")
    with pytest.raises(DocumentError, match="no page"):
        extract(without, "page.mhtml")


def letter(*, page: bool = False, attached: bool = False) -> bytes:
    message = EmailMessage()
    message["From"] = "Jane Doe <jane@example.org>"
    message["To"] = "b@example.org"
    message["Date"] = "Mon, 05 May 2014 10:00:00 +0000"
    message["Subject"] = "Crates — and more"
    message.set_content("The crates reached the harbour – in “May”.", cte="base64")
    if page:
        message.add_alternative("<p>12<sup>4</sup> crates.</p>", subtype="html")
    if attached:
        message.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    return message.as_bytes()


def test_a_message_is_read_with_its_head() -> None:
    found = extract(letter(attached=True), "a.eml")
    assert found.text.rstrip().split("\n") == [
        "From: Jane Doe <jane@example.org>",
        "To: b@example.org",
        "Date: Mon, 05 May 2014 10:00:00 +0000",
        "Subject: Crates — and more",
        "",
        "The crates reached the harbour – in “May”.",
    ]
    assert (found.media_type, gaps(found)) == (MAIL, {"parts": 1})
    assert found.record["author"] == [{"literal": "Jane Doe"}]
    assert found.record["issued"] == {"date-parts": [[2014, 5, 5]]}
    assert extract(letter(page=True), "a").text.endswith("\n\n12⁴ crates.\n")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (rb"{\rtf1\ansi The crates.}", "rich text"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n<html>", "WARC"),
        (b'<?xml version="1.0"?><!DOCTYPE plist PUBLIC "a" "b"><plist><dict/></plist>', "Apple"),
        (b"bplist00\xd1", "Apple"),
        (gzip.compress(b"<p>x"), "gzip"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "old document of Microsoft"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(40), "JPEG"),
        (b"caf\xe9", "byte 3 is not UTF-8"),
        (zipped({"xl/workbook.xml": "<x/>"}), "spreadsheet"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "presentation"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.chart"}), "OpenDocument chart"),
        (zipped({"a.txt": "x"}), "ZIP archive"),
        (zipped({"word/document.xml": "<w>crates</w>"}), "no text"),
        (zipped({"word/document.xml": "<w>"}), "no text"),
        (odt(""), "no text"),
        (epub({}), "no text"),
        (b"PK\x03\x04 and no more", "damaged archive"),
        (docx(paragraph(run("x" * 3000)))[:-2500], "damaged"),
    ],
    ids=map(str, range(18)),  # packed files hold the time at which they were made
)
def test_what_is_not_read_is_refused_by_name_with_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        extract(data, "a.txt")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("data", "media_type", "text"),
    [
        (docx(paragraph(run("The crates."))), DOCX, "The crates.\n"),
        (odt("<text:p>The crates.</text:p>"), ODT, "The crates.\n"),
        (epub({"one": "<p>The crates.</p>"}), EPUB, "The crates.\n"),
        (SAVED, MHTML, "The minister’s crates reached the harbour.\n"),
        (letter(page=True), MAIL, "12⁴ crates.\n"),
        (b"<!DOCTYPE html><p>The crates.", HTML, "The crates.\n"),
    ],
    ids=("docx", "odt", "epub", "mhtml", "mail", "html"),
)
def test_each_is_read_where_nothing_but_reading_is_allowed(
    monkeypatch: pytest.MonkeyPatch, data: bytes, media_type: str, text: str
) -> None:
    monkeypatch.undo()
    found = extract(data, "a")
    assert found.media_type == media_type
    assert found.text.endswith(text)


@pytest.mark.parametrize(
    "words",
    [
        "<On 5 May> the crates reached the harbour. a < b & c > d &amp; e",
        "# Crates\n\nThe *crates* reached the [harbour](http://x.org).",
        "From: the minister\nTo: the port\n\nThe crates.",
        "Note: the crates.",
    ],
)
def test_what_people_write_is_text(words: str) -> None:
    found = extract(words.encode(), "a.txt")
    assert (found.text, found.media_type) == (words, TEXT)


def test_a_name_that_says_otherwise_is_told() -> None:
    assert misnamed("login.pdf", HTML) == "it is HTML, whatever its name says"
    assert misnamed("a.txt", HTML)
    for name in ("login.html", "login", "a.b/c", "page.XHTML"):
        assert misnamed(name, HTML) is None
    assert misnamed("notes.md", TEXT) is None
