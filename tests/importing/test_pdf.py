"""What of a PDF is text: what is drawn, raised where it is, with marks where it is unread."""

import pytest

from targetmarkets.importing.extract import Extraction, extract
from tests.importing.pdfs import GLYPH, NO_GLYPH, bitmap_font, pages, stream, text

pytestmark = pytest.mark.usefixtures("read_here")

LAYERS = b"/OCProperties << /OCGs [10 0 R 11 0 R] /D << /OFF [11 0 R] >> >>"
GROUPS = [b"<< /Type /OCG /Name (On) >>", b"<< /Type /OCG /Name (Off) >>"]
NAMED = b"/Properties << /A 10 0 R /B 11 0 R /M 12 0 R >>"
SCAN = b"q 300 0 0 200 0 0 cm /I Do Q "
PICTURE = stream(
    b"\x80",
    b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
    b" /BitsPerComponent 8",
)


def read(data: bytes) -> Extraction:
    return extract(data, "a.pdf")


def gaps(found: Extraction) -> dict[str, tuple[int, list[str]]]:
    return {gap["kind"]: (gap["count"], gap["pages"]) for gap in found.gaps}


def form(content: bytes, entries: bytes = b"") -> bytes:
    resources = b"/Resources << /Font << /F 3 0 R >> /Properties << /B 11 0 R >> >>"
    return stream(content, b"/Subtype /Form /BBox [0 0 300 200] %s %s" % (resources, entries))


def shifting(before: bytes, small: bytes, after: bytes, *, rise: int) -> bytes:
    return b"BT /F 12 Tf 20 150 Td (%s) Tj /F 7 Tf %d Ts (%s) Tj 0 Ts /F 12 Tf (%s) Tj ET\n" % (
        before,
        rise,
        small,
        after,
    )


def test_a_character_without_a_value_leaves_a_mark() -> None:
    made = pages(
        text(b"10\\02520 launchers, o\\036cial {\\351"),
        b"",
        font=bitmap_font(),
        after=[GLYPH, NO_GLYPH],
    )
    found = read(made)
    assert found.text == "10\ufffd20 launchers, o\ufffdcial \ufffd\ufffd\f"
    assert gaps(found) == {"characters": (4, ["1"])}
    assert read(pages(text(b"10\\22620 {\\351"))).text == "10–20 {é", "a font that says so is read"


def test_a_character_that_only_its_font_knows_leaves_a_mark() -> None:
    means = stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
        b" 1 begincodespacerange <00> <FF> endcodespacerange"
        b" 6 beginbfchar <41> <0041> <42> <F0B7> <43> <DB80DC01> <44> <F735> <45> <F768>"
        b" <46> <F7E9> endbfchar"
        b" endcmap end end"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 10 0 R >>"
    found = read(pages(text(b"ABACA"), font=font, after=[means]))
    assert found.text == "A\ufffdA\ufffdA"
    assert gaps(found) == {"characters": (2, ["1"])}
    named = read(pages(text(b"A DEF"), font=font, after=[means]))
    assert named.text == "A 5hé", "Adobe's list of names had these"
    assert named.gaps == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (shifting(b"sold 12", b"4", b" rockets", rise=4), "12⁴ rockets"),
        (shifting(b"range 10", b"2", b" km", rise=4), "10² km"),
        (shifting(b"of CO", b"2", b" here", rise=-3), "CO₂ here"),
        (shifting(b"the 5", b"th", b" ship", rise=4), "5⸢th⸣ ship"),
        (shifting(b"the 5", b"TH", b" ship", rise=0), "5TH ship"),
    ],
)
def test_what_stands_smaller_and_higher_is_raised(content: bytes, words: str) -> None:
    assert words in read(pages(content)).text


def test_what_runs_across_the_page_does_not_stand_in_its_sentences() -> None:
    mark = b"BT /F 40 Tf .7 .7 -.7 .7 60 20 Tm (DRAFT) Tj ET "
    content = text(b"The minister denied") + mark + text(b"the sale.", 12, 20, 135)
    assert " ".join(read(pages(content)).text.split()) == "The minister denied the sale. DRAFT"


@pytest.mark.parametrize(
    ("content", "after"),
    [
        (b"/OC /B BDC " + text(b"The draft.", 12, 20, 90) + b" EMC", []),
        (
            b"/OC /M BDC " + text(b"The draft.", 12, 20, 90) + b" EMC",
            [b"<< /Type /OCMD /OCGs [11 0 R] /P /AllOn >>"],
        ),
        (b"/X Do", [b"null", form(text(b"The draft.", 12, 20, 90), b"/OC 11 0 R")]),
        (b"/X Do", [b"null", form(b"/OC /B BDC " + text(b"The draft.", 12, 20, 90) + b" EMC")]),
    ],
)
def test_a_layer_that_is_off_is_left_out(content: bytes, after: list[bytes]) -> None:
    shown = b"/OC /A BDC " + text(b"Shown.", 12, 20, 120) + b" EMC "
    resources = NAMED + b" /XObject << /X 13 0 R >>"
    made = pages(
        text(b"Said.") + shown + content,
        catalogue=LAYERS,
        resources=resources,
        after=[*GROUPS, *after],
    )
    found = read(made)
    assert found.text.split() == ["Said.", "Shown."]
    assert gaps(found) == {"hidden": (1, ["1"])}


@pytest.mark.parametrize(
    ("content", "sheet"),
    [
        (text(b"The draft.", 12, 20, 20), b"/CropBox [0 100 300 200]"),
        (text(b"The draft.", 12, 400), b""),
        (b"3 Tr " + text(b"The draft.", 12, 20, 100), b""),
        (b"1 g " + text(b"The draft.", 12, 20, 100), b""),
    ],
)
def test_what_is_not_drawn_is_left_out(content: bytes, sheet: bytes) -> None:
    found = read(pages(text(b"Said.") + content, sheet=sheet))
    assert found.text.split() == ["Said."]
    assert gaps(found) == {"hidden": (1, ["1"])}


def test_white_on_black_is_drawn() -> None:
    content = text(b"Said.") + b"10 40 200 40 re f 1 g " + text(b"A head.", 12, 20, 55)
    assert read(pages(content)).text.split() == ["Said.", "A", "head."]


FIELD = (
    b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (q) /V (450 rifles) /DA (/F 12 Tf 0 g)"
    b" /Rect [150 140 290 165] /F 4 %s >>"
)
FREE = (
    b"<< /Type /Annot /Subtype /FreeText /DA (/F 12 Tf 0 g) /Rect [20 80 290 105] /F %s"
    b" /AP << /N 11 0 R >> >>"
)
IN_FORM = b"/AcroForm << /Fields [10 0 R] /DR << /Font << /F 3 0 R >> >> /DA (/F 12 Tf 0 g) >>"


@pytest.mark.parametrize(
    ("catalogue", "annotation", "words"),
    [
        (IN_FORM, FIELD % b"/AP << /N 11 0 R >>", "450 rifles"),
        (IN_FORM, FIELD % b"", "450 rifles"),
        (b"", FREE % b"4", "450 rifles"),
        (b"", FREE % b"2", ""),
        (b"", b"<< /Type /Annot /Subtype /Text /Contents (aside) /Rect [2 8 4 9] >>", ""),
    ],
)
def test_values_of_forms_and_words_typed_on_a_page_are_text(
    catalogue: bytes, annotation: bytes, words: str
) -> None:
    look = form(b"BT /F 12 Tf 2 8 Td (450 rifles) Tj ET")
    made = pages(
        text(b"Quantity:"), catalogue=catalogue, sheet=b"/Annots [10 0 R]", after=[annotation, look]
    )
    assert read(made).text.split() == ["Quantity:", *words.split()]


def test_pages_without_text_are_marked_and_told() -> None:
    made = pages(
        text(b"Cover."), SCAN, b"", SCAN, resources=b"/XObject << /I 10 0 R >>", after=[PICTURE]
    )
    found = read(made)
    assert found.text == "Cover.\f\ufffd\f\f\ufffd"
    assert gaps(found) == {"pages": (2, ["2", "4"])}


def test_recognised_text_is_told() -> None:
    content = SCAN + b"3 Tr " + text(b"Recognised words.")
    made = pages(content, resources=b"/XObject << /I 10 0 R >>", after=[PICTURE])
    found = read(made)
    assert found.text == "Recognised words."
    assert gaps(found) == {"recognised": (1, ["1"])}


@pytest.mark.parametrize(
    ("info", "record"),
    [
        (b"/Title (Microsoft Word - Final report v3 \\(2\\).doc) /Author (jdoe)", {}),
        (b"/Title (10811.exe)", {}),
        (
            b"/Title (Crates) /Author (Jane Doe; Richard Roe, Ann Poe; Kim, Un)",
            {
                "title": "Crates",
                "author": [
                    {"literal": "Jane Doe"},
                    {"literal": "Richard Roe"},
                    {"literal": "Ann Poe"},
                    {"family": "Kim", "given": "Un"},
                ],
            },
        ),
    ],
)
def test_a_record_is_proposed_from_what_a_person_wrote(
    info: bytes, record: dict[str, object]
) -> None:
    made = pages(text(b"Words."), after=[b"<< %s >>" % info])
    assert read(made.replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 10 0 R")).record == record


XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><rdf:Description>
 <dc:title><rdf:Alt><rdf:li xml:lang="x-default">The sales</rdf:li></rdf:Alt></dc:title>
 <dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li><rdf:li>Ann Poe</rdf:li></rdf:Seq></dc:creator>
 <prism:doi>10.1234/abc</prism:doi></rdf:Description></rdf:RDF></x:xmpmeta>"""


def test_a_record_is_proposed_from_xmp() -> None:
    made = pages(text(b"Words."), catalogue=b"/Metadata 10 0 R", after=[stream(XMP)])
    assert read(made).record == {
        "title": "The sales",
        "author": [{"literal": "Jane Doe"}, {"literal": "Ann Poe"}],
        "DOI": "10.1234/abc",
    }
    broken = pages(text(b"Words."), after=[stream(XMP.replace(b"</rdf:RDF>", b""))])
    assert read(broken).record == {}


def line(x: float, y: float, width: float) -> bytes:
    return b"%g %g %g 1 re f " % (x, y, width)


def test_what_is_struck_out_is_left_out() -> None:
    content = text(b"It did") + text(b"not", 12, 55, 150) + text(b"pay.", 12, 80, 150)
    struck = read(pages(content + line(54, 153, 22)))
    assert struck.text.split() == ["It", "did", "pay."]
    assert gaps(struck) == {"struck": (1, ["1"])}
    for below in line(54, 148, 22), line(54, 160, 22), line(120, 153, 22):
        assert read(pages(content + below)).text.split() == ["It", "did", "not", "pay."]


def test_an_accent_that_is_drawn_over_a_letter_is_part_of_it() -> None:
    for letters in ((b"\\264", 28), (b"a", 28)), ((b"a", 28), (b"\\264", 29)):
        over = b"".join(text(letter, 12, x) for letter, x in letters)
        assert read(pages(text(b"S") + over)).text == "Sá"
    assert read(pages(text(b"a \\264 b"))).text == "a ´ b"
