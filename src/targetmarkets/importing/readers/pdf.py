"""PDF, as PDFium draws it."""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree

from targetmarkets import limits
from targetmarkets.importing.readers import nameless, record
from targetmarkets.importing.readers.accents import STROKED, composed
from targetmarkets.importing.readers.drawn import Drawn
from targetmarkets.importing.readers.furniture import Pages, Place
from targetmarkets.importing.readers.glyphs import (
    HYPHEN,
    STROKE,
    Glyph,
    box,
    glyphs,
    with_shifts,
)
from targetmarkets.importing.readers.lines import Line, lines_of, text_of
from targetmarkets.importing.readers.reading import (
    READER,
    UNREAD,
    Gaps,
    Reading,
    UnfitError,
    clean,
    holds_words,
)
from targetmarkets.importing.readers.strokes import Strokes

EXTRACTOR: Final = (
    f"pypdfium2 {pypdfium2.PYPDFIUM_INFO.version} with PDFium {pypdfium2.PDFIUM_INFO.build}"
    f", {READER}"
)

_LEFT_OUT: Final = frozenset({"hidden", "struck"})

_PACKET: Final = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)

_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_PRISM: Final = re.compile(r"\{http://prismstandard\.org/namespaces/[^}]*\}doi")


def read(data: bytes, name: str = "") -> Reading:
    """The text of a document, page by page, and what it says of itself."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise UnfitError("it is encrypted", "save it without a password") from error
        raise UnfitError(f"it is no sound PDF: {error}", "print it to PDF again") from error
    count = len(document)
    if count > limits.PAGES.most:
        raise UnfitError(*limits.PAGES.exceeded("it", count))
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()
    layered = b"/OCProperties" in data or b"/ObjStm" in data
    gaps, pages, labels = Gaps(), list[list[Line]](), []
    for number in range(count):
        pages.append(_page(document, number, gaps, layered=layered))
        label = " ".join(clean(document.get_page_label(number)).split())[:100].strip()
        labels.append(label or str(number + 1))
        sys.stdout.write(f"{number + 1} {count}\n")
        sys.stdout.flush()
    if not any(holds_words(line.text) for page in pages for line in page):
        raise UnfitError("it holds no text, only pictures", "recognise its text (OCR) first")
    furniture = Pages(pages)
    furniture.with_calls()
    text = "\f".join(map(text_of, pages))
    breaks = _breaks(pages, furniture)
    return Reading(text, EXTRACTOR, "", labels, _about(document, data), gaps, breaks)


def _breaks(pages: Sequence[Sequence[Line]], furniture: Pages) -> list[tuple[int, int]]:
    """What is passed over between columns and pages, in code points of the text."""
    offset, starts = 0, dict[Place, int]()
    for number, page in enumerate(pages):
        for at, line in enumerate(page):
            starts[Place(number, at)] = offset
            offset += len(line.text) + 1
        offset += not page
    return [
        (starts[before] + len(pages[before.page][before.line].text.rstrip()), starts[after])
        for before, after in furniture.between()
    ]


def _page(document: Any, number: int, gaps: Gaps, *, layered: bool) -> list[Line]:
    """The lines of a page; of one that cannot be read, a mark."""
    try:
        page = document[number]
        if _has_writing(page):
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number]
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        gaps.add("pages", number)
        return [Line(UNREAD)]
    drawn = Drawn(page, textpage, layered=layered)
    shown, left_out, recognised = _shown(textpage, drawn)
    shown = list(_stroked(shown, Strokes(page, textpage)))
    for kind, count in left_out.items():
        gaps.add(kind, number, count)
    apart = partial(_is_apart, textpage)
    lines = lines_of(
        composed(
            shown,
            lambda glyph: box(textpage, glyph.place),
            apart,
            lambda glyph: pdfium.FPDFText_IsGenerated(textpage, glyph.place) == 1,
        ),
        apart,
        lambda glyph: box(textpage, glyph.place)[2],
        lambda glyph: _leads_within(document, page, glyph),
    )
    text = text_of(lines)
    beside = sum(line.beside for line in lines)
    gaps.add("beside", number, beside)
    gaps.add("characters", number, text.count(UNREAD) - beside)
    if holds_words(text):
        gaps.add("recognised", number, int(recognised))
        gaps.add("pictures", number, 0 if recognised else drawn.pictures)
        return lines
    if drawn.is_empty():
        return lines
    gaps.add("pages", number)
    return [Line(UNREAD)]


def _shown(textpage: Any, drawn: Drawn) -> tuple[list[Glyph], Counter[str], bool]:
    """The characters that are drawn, how many stretches are not, and whether a machine's are."""
    shown: list[Glyph] = []
    left_out, recognised, before = Counter[str](), False, "drawn"
    for glyph in with_shifts(textpage, nameless.known(textpage, glyphs(textpage))):
        blank = glyph.text == STROKE and drawn.is_blank(glyph)
        if blank or glyph.text.isspace():
            if before not in _LEFT_OUT or glyph.text == "\n":
                shown.append(glyph._replace(text=" ") if blank else glyph)
            continue
        kind = drawn.kind(glyph)
        if kind not in _LEFT_OUT:
            shown.append(glyph)
        elif before != kind:
            left_out[kind] += 1
        recognised |= kind == "recognised"
        before = kind
    return shown, left_out, recognised


def _stroked(glyphs: Iterable[Glyph], strokes: Strokes) -> Iterator[Glyph]:
    """Characters, with the strokes that PDFium passes over after a blank."""
    blank = False
    for glyph in glyphs:
        if blank and glyph.text in STROKED and strokes.has(glyph):
            yield glyph._replace(text=STROKED[glyph.text])
        else:
            yield glyph
        blank = glyph.text.isspace()


def _has_writing(page: Any) -> bool:
    """Whether there is more written on a page than in it: fields, notes, stamps; not links."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_TEXT}:
            return True
    return False


def _leads_within(document: Any, page: Any, glyph: Glyph) -> bool:
    """Whether a character leads to another place of the same document."""
    link = pdfium.FPDFLink_GetLinkAtPoint(page, glyph.x + 0.2 * glyph.run.size, glyph.y + 1)
    return bool(link) and bool(pdfium.FPDFLink_GetDest(document, link))


def _is_apart(textpage: Any, before: Glyph, after: Glyph) -> bool:
    """Whether there is white space between two characters of a line."""
    if before.text.isspace() or after.text.isspace() or before.text == HYPHEN:
        return False
    gap = box(textpage, after.place)[0] - box(textpage, before.place)[2]
    return gap > 0.2 * min(before.run.size or after.run.size, after.run.size or 1)


def _about(document: Any, data: bytes) -> dict[str, Any]:
    """What a document says of itself in its own fields, and in XMP where those say nothing."""
    about = document.get_metadata_dict()
    title, author = about.get("Title"), about.get("Author")
    packet = _packet(data)
    if not record.is_title(title):
        title = packet.get("title")
    creators = packet.get("creator") or []
    return {
        "title": title,
        "author": creators if len(creators) > 1 or not author else author,
        "DOI": packet.get("DOI"),
        "publisher": packet.get("publisher"),
    }


def _packet(data: bytes) -> dict[str, Any]:
    """The fields of Dublin Core in the XMP of a document, which is stored so that it is found."""
    for found in reversed(_PACKET.findall(data)):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(found, parser)
        except etree.XMLSyntaxError:
            continue
        fields = {
            name: [item.text for item in root.iter(f"{_DC}{name}") for item in item.iter() if
                   item.text and item.text.strip()]
            for name in ("title", "creator", "publisher", "identifier")
        }  # fmt: skip
        if fields["title"]:
            dois = [item.text for item in root.iter(etree.Element) if _PRISM.fullmatch(item.tag)]
            return {
                "title": fields["title"][0],
                "creator": fields["creator"],
                "publisher": (fields["publisher"] or [None])[0],
                "DOI": next(iter([*dois, *fields["identifier"]]), None),
            }
    return {}
