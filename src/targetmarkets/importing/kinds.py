"""What a document is: by what it begins with, and never by its name alone."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

PDF: Final = "application/pdf"
HTML: Final = "text/html"
TEXT: Final = "text/plain"
ZIP: Final = "application/zip"
MAIL: Final = "message/rfc822"
MHTML: Final = "multipart/related"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT: Final = "application/vnd.oasis.opendocument.text"
EPUB: Final = "application/epub+zip"
OTHER: Final = "application/octet-stream"
WITNESS: Final = "application/pdf; a second reader"

ENDINGS: Final[Mapping[str, str]] = {
    PDF: "pdf", HTML: "html", MAIL: "eml", MHTML: "mhtml", DOCX: "docx", ODT: "odt", EPUB: "epub",
}  # fmt: skip
"""Endings of the names of archived documents, by media type."""

TURNS_OUT: Final[Mapping[str, frozenset[str]]] = {
    ZIP: frozenset({DOCX, ODT, EPUB}),
    MAIL: frozenset({MAIL, MHTML}),
}
"""What a reader may find a document to be that was taken for something wider."""

NAMES: Final[Mapping[str, str]] = {
    PDF: "PDF", HTML: "HTML", TEXT: "plain text", MAIL: "a message", MHTML: "a saved page (MHTML)",
    DOCX: "DOCX", ODT: "ODT", EPUB: "EPUB",
}  # fmt: skip

_BY_ENDING: Final[Mapping[str, frozenset[str]]] = {
    "pdf": frozenset({PDF}),
    "html": frozenset({HTML}),
    "htm": frozenset({HTML}),
    "xhtml": frozenset({HTML}),
    "txt": frozenset({TEXT}),
    "eml": frozenset({MAIL}),
    "mht": frozenset({MHTML}),
    "mhtml": frozenset({MHTML}),
    "docx": frozenset({DOCX}),
    "odt": frozenset({ODT}),
    "epub": frozenset({EPUB}),
}
"""What a document is whose name ends so, if the name is right."""


class Refused(NamedTuple):
    """A kind of document that is not read."""

    start: re.Pattern[bytes]
    what: str
    remedy: str


_SPACE: Final = rb"\A(?:\xef\xbb\xbf)?\s*"

REFUSED: Final = (
    Refused(
        re.compile(_SPACE + rb"\{\\rtf"), "rich text (RTF)",
        "open it in a word processor, and save it as PDF or DOCX",
    ),
    Refused(
        re.compile(rb"\AWARC/\d"), "an archive of web pages (WARC)",
        "open it in a viewer of web archives, and save the page that you mean from there",
    ),
    Refused(
        re.compile(rb"\Abplist0|" + _SPACE + rb"(?:<\?xml[^>]*>\s*)?"
                   rb"(?:<!DOCTYPE[^>]*>\s*)?<plist\b"),
        "a web archive or property list of Apple's",
        "open it in Safari, and save the page as PDF or HTML",
    ),
    Refused(re.compile(rb"\A\x1f\x8b"), "packed (gzip)", "unpack it, and add what is in it"),
    Refused(
        re.compile(rb"\A\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an old document of Microsoft Office",
        "open it in its program or in LibreOffice, and save it as PDF or DOCX",
    ),
)  # fmt: skip
"""Kinds that would be taken for text, or are met so often that they deserve their own words."""

_HTML: Final = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--", b"<meta")

_FIELD: Final = re.compile(rb"(?:From \S.*|([A-Za-z][A-Za-z0-9-]*):.*|[ \t]+\S.*)\Z")
"""A line of the head of a message."""

_OF_MESSAGES: Final = frozenset({
    b"mime-version", b"content-type", b"content-transfer-encoding", b"message-id", b"received",
    b"return-path", b"delivered-to", b"snapshot-content-location",
})  # fmt: skip
"""Fields that programs write into messages, and people into no text."""


def media_type_of(data: bytes, name: str) -> str:
    """What a document is. The ending of its name tells pages from text, where nothing else does."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\f").lower()
    if b"%pdf-" in data[:1024].lower():
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return ZIP
    if _is_message(data):
        return MAIL
    utf16 = data.startswith((b"\xff\xfe<", b"\xfe\xff\x00<"))
    ending = name.lower().endswith((".html", ".htm", ".xhtml"))
    if ending or utf16 or start.startswith(_HTML):
        return HTML
    return TEXT


def refused(data: bytes) -> Refused | None:
    """The kind of a document that is not read, and would be taken for another."""
    return next((kind for kind in REFUSED if kind.start.search(data[:4096])), None)


def misnamed(name: str, media_type: str) -> str | None:
    """What is to be said of a document whose name says that it is something else."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    expected = _BY_ENDING.get(ending, frozenset({media_type}))
    if media_type in expected:
        return None
    return f"it is {NAMES.get(media_type, media_type)}, whatever its name says"


def _is_message(data: bytes) -> bool:
    """Whether it begins as a message does: with fields, one of which only programs write."""
    names: set[bytes] = set()
    for line in data[:65536].lstrip(b"\xef\xbb\xbf\r\n").splitlines():
        if not line.strip():
            break
        field = _FIELD.match(line)
        if not field:
            return False
        names.add((field[1] or b"").lower())
    return bool(names & _OF_MESSAGES)
