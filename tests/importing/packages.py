"""Small documents of word processors and books, made here, so that tests need no such programs."""

import io
import zipfile
from collections.abc import Mapping

_W = 'xmlns:w="urn:w" xmlns:m="urn:m" xmlns:mc="urn:mc"'
_ODF = (
    'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:style="urn:s" xmlns:table="urn:tb" '
    'xmlns:draw="urn:d" xmlns:xlink="urn:x" xmlns:fo="urn:f" xmlns:dc="urn:dc" xmlns:meta="urn:m"'
)


def zipped(parts: Mapping[str, str]) -> bytes:
    """An archive of parts, in order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A DOCX with the inside of its body, and of other parts."""
    made = {"word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>"}
    for name, content in parts.items():
        made[f"word/{name}.xml"] = f"<w:{name} {_W}>{content}</w:{name}>"
    made["docProps/core.xml"] = (
        '<c xmlns:dc="urn:dc"><dc:title>The sales</dc:title><dc:creator>Jane Doe</dc:creator></c>'
    )
    return zipped(made)


def odt(body: str, styles: str = "", **parts: str) -> bytes:
    """An ODT with the inside of its body and of its automatic styles."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    meta = (
        f"<office:meta {_ODF}><dc:title>The sales</dc:title>"
        "<meta:initial-creator>Jane Doe</meta:initial-creator></office:meta>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": content, "meta.xml": meta, **parts})


def epub(chapters: Mapping[str, str], style: str = "", **more: str) -> bytes:
    """An EPUB of chapters in XHTML, read in their order."""
    manifest = "".join(f'<item id="{name}" href="{name}.xhtml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    head = '<head><title/><link rel="stylesheet" href="../s.css"/></head>'
    pages = {
        f"OPS/text/{name}.xhtml": '<?xml version="1.0"?><html '
        f'xmlns="http://www.w3.org/1999/xhtml">{head}<body>{body}</body></html>'
        for name, body in chapters.items()
    }
    metadata = (
        "<dc:title>The sales</dc:title><dc:creator>Jane Doe</dc:creator>"
        "<dc:creator>Ann Poe</dc:creator><dc:date>2014-05</dc:date>"
    )
    return zipped({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<c><rootfiles><rootfile full-path="OPS/text/p.opf"/>'
        "</rootfiles></c>",
        "OPS/text/p.opf": f'<p xmlns:dc="urn:dc"><metadata>{metadata}</metadata>'
        f"<manifest>{manifest}</manifest><spine>{spine}</spine></p>",
        "OPS/s.css": style,
        **pages,
        **more,
    })  # fmt: skip
