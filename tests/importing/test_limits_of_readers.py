"""What the readers of documents pass over or refuse, at the limits that `tm help limits` names."""

from typing import Any

import pytest

from targetmarkets import limits
from targetmarkets.errors import DocumentError
from targetmarkets.importing.extract import Extraction, extract
from targetmarkets.importing.readers import drawn
from tests.importing.packages import docx, odt
from tests.importing.pdfs import pages, text
from tests.importing.test_kinds import NUMBERED, NUMBERING, paragraph, run, span
from tests.importing.test_pdf import GROUPS, LAYERS, NAMED, form
from tests.test_limits import lowered

pytestmark = pytest.mark.usefixtures("read_here")


def test_a_part_that_unpacks_to_more_is_refused_by_its_number() -> None:
    data = docx(paragraph(run("word " * 100)))
    with lowered("PART", 400), pytest.raises(DocumentError) as caught:
        extract(data, "a.docx")
    assert "its part word/document.xml has over 400 bytes" in caught.value.message
    assert caught.value.remedy == limits.PART.remedy


def test_a_page_of_elements_within_one_another_is_refused_by_their_number() -> None:
    most = limits.NESTED.most
    unclosed = f"<html><body>{'<p>one<li>two<br>' * (most + 1)}{'<div>a</div>' * (most + 1)}"
    assert extract(unclosed.encode(), "a.html").text.startswith("one")
    deep = f"<html><body>{'<div><p>' * most}deep"
    assert extract(deep.encode(), "a.html").text.strip() == "deep"
    with pytest.raises(DocumentError, match=f"over {most:,} elements within one another"):
        extract(f"{deep}<UL class=x>deeper".encode(), "a.html")


def of_styles(number: int, last: str) -> str:
    """Styles each of which rests on the next; the last one is raised, and rests on another."""
    based = "".join(
        f'<w:style w:styleId="S{n}"><w:basedOn w:val="S{n + 1}"/></w:style>'
        for n in range(number - 1)
    )
    return (
        f'{based}<w:style w:styleId="S{number - 1}"><w:basedOn w:val="{last}"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )


def test_a_style_of_a_docx_rests_on_so_many_and_never_endlessly_on_itself() -> None:
    body = paragraph(run("12"), run("4", '<w:rStyle w:val="S0"/>'))
    most = limits.STYLES.most
    assert extract(docx(body, styles=of_styles(most, "S0")), "a").text == "12⁴\n"
    assert extract(docx(body, styles=of_styles(most + 1, "S0")), "a").text == "124\n"


def test_a_style_of_an_odt_rests_on_so_many_and_never_endlessly_on_itself() -> None:
    def styles(number: int) -> str:
        based = "".join(
            f'<style:style style:name="S{n}" style:parent-style-name="S{n + 1}"/>'
            for n in range(number - 1)
        )
        return (
            f'{based}<style:style style:name="S{number - 1}" style:parent-style-name="S0">'
            '<style:text-properties style:text-position="super 58%"/></style:style>'
        )

    body = f"<text:p>12{span('4', 'S0')}</text:p>"
    most = limits.STYLES.most
    assert extract(odt(body, styles(most)), "a").text == "12⁴\n"
    assert extract(odt(body, styles(most + 1)), "a").text == "124\n"


def test_a_list_of_a_docx_has_so_many_levels() -> None:
    body = f"<w:p>{NUMBERED.format(1)}{run('x')}</w:p>"
    assert extract(docx(body, numbering=NUMBERING), "a").text.endswith("(a) x\n")
    with lowered("STYLES", 0):
        assert extract(docx(body, numbering=NUMBERING), "a").text == "x\n"


def layered() -> Extraction:
    """A page with words in a form that is in a layer which is off."""
    made = pages(
        text(b"Said.") + b"/X Do",
        catalogue=LAYERS,
        resources=NAMED + b" /XObject << /X 13 0 R >>",
        after=[*GROUPS, b"null", form(text(b"The draft.", 12, 20, 90), b"/OC 11 0 R")],
    )
    return extract(made, "a.pdf")


@pytest.mark.parametrize("name", ["FORMS", "LAYERS"])
def test_of_too_many_layers_and_forms_all_is_taken_as_drawn(name: str) -> None:
    assert layered().text.split() == ["Said."]
    with lowered(name, 0):
        assert layered().text.split() == ["Said.", "The", "draft."]


def test_a_page_of_any_size_is_drawn_in_so_many_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    rendered = drawn._rendered

    def measured(page: Any, scale: float) -> tuple[bytes, int, int, int]:
        picture = rendered(page, scale)
        sizes.append(picture[1] * picture[2])
        return picture

    monkeypatch.setattr(drawn, "_rendered", measured)
    wide = b"/MediaBox [0 0 14000 14000]"
    extract(pages(b"1 g " + text(b"White.") + b"0 g " + text(b"Said."), sheet=wide), "a.pdf")
    assert sizes
    assert max(sizes) <= 1.01 * limits.PIXELS.most


def record() -> Any:
    """What a page with sixty authors and a title of 1,400 characters says of itself."""
    head = "".join(f'<meta name="citation_author" content="Roe, R{n}">' for n in range(60))
    title = f"<title>{'A long title. ' * 100}</title>"
    return extract(f"<html><head>{title}{head}</head><body>Words.".encode(), "a.html").record


def test_what_a_document_says_of_itself_has_so_many_authors_and_characters() -> None:
    told = record()
    assert len(told["author"]) == limits.AUTHORS.most
    assert limits.FIELD.most - 20 < len(told["title"]) <= limits.FIELD.most
    with lowered("AUTHORS", 2):
        assert len(record()["author"]) == 2
    with lowered("FIELD", 6):
        assert record()["title"] == "A long"
