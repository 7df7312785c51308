"""The character encoding of a page, found as browsers find it (HTML standard, 13.2.3)."""

import re
from typing import Final, NamedTuple

import webencodings
from selectolax.lexbor import LexborHTMLParser

from targetmarkets.importing.readers.reading import UNREAD, Gaps

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))
"""Byte order marks, which decide before all else."""

_DECLARATION: Final = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w:.-]+)["']""")

_CONTENT: Final = re.compile(r"charset\s*=\s*[\"']?\s*([^\s;\"']+)", re.IGNORECASE)

_HEAD: Final = 64 * 1024
"""Bytes in which a page may declare its encoding. Browsers read all of its head."""


class Decoded(NamedTuple):
    """A page as characters."""

    text: str
    encoding: str
    declared: bool
    """Whether the page, or whoever sent it, says which encoding it has."""


def decode(data: bytes, told: str = "", gaps: Gaps | None = None) -> Decoded:
    """A page by its own encoding; `told` is what came with it, such as the header of a message.

    Where none is declared, it is UTF-8 if it can be, and else that of the West.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name, gaps, declared=True)
    for label in (told, _in_page(data), _in_declaration(data)):
        encoding = webencodings.lookup(label) if label else None
        if encoding is not None:
            name = "utf-8" if encoding.name.startswith("utf-16") else encoding.name
            name = "windows-1252" if name == "x-user-defined" else name
            return _decoded(data, name, gaps, declared=True)
    if data[1:2] == b"\0" and data[:1] == b"<":
        return _decoded(data, "utf-16le", gaps, declared=False)
    name = "utf-8" if _is_utf8(data) else "windows-1252"
    if gaps is not None and not data.isascii():
        gaps.add("charset")
    return _decoded(data, name, gaps, declared=False)


def _decoded(data: bytes, name: str, gaps: Gaps | None, *, declared: bool) -> Decoded:
    text, _ = webencodings.decode(data, webencodings.lookup(name), errors="replace")
    if gaps is not None:
        gaps.add("characters", count=text.count(UNREAD))
    return Decoded(text, name, declared)


def _in_page(data: bytes) -> str:
    """The label that the first `meta` gives which is one: not in a comment, script or text.

    The parser of pages decides which those are, so that no pattern has to.
    """
    tree = LexborHTMLParser(data[:_HEAD].decode("latin-1").replace("\0", UNREAD))
    for node in tree.css("meta"):
        attributes = node.attributes
        if label := attributes.get("charset"):
            return label.strip()
        pragma = (attributes.get("http-equiv") or "").strip().lower()
        found = _CONTENT.search(attributes.get("content") or "")
        if pragma == "content-type" and found:
            return found[1]
    return ""


def _in_declaration(data: bytes) -> str:
    found = _DECLARATION.match(data)
    return found[1].decode("ascii", "replace") if found else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
