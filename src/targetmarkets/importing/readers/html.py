"""Pages: HTML as browsers parse it, and XML by its own rules where a page is well-formed XML."""

import re
from collections.abc import Mapping
from html.entities import html5
from typing import Any, Final

import selectolax
from lxml import etree
from lxml import html as lxml_html
from selectolax.lexbor import LexborHTMLParser

from targetmarkets.importing.readers.about import of_page
from targetmarkets.importing.readers.charset import decode
from targetmarkets.importing.readers.nesting import refuse_if_too_deep
from targetmarkets.importing.readers.page import Page
from targetmarkets.importing.readers.reading import (
    READER,
    UNREAD,
    Gaps,
    Reading,
    UnfitError,
    clean,
    holds_words,
)

EXTRACTOR: Final = f"selectolax {selectolax.__version__} with lexbor, {READER}"

_DECLARATION: Final = re.compile(r"\s*<\?xml\s[^>]*\?>")

_IS_XML: Final = re.compile(
    r"\s*(<\?xml\s|(<!DOCTYPE[^>]*>\s*)?<html[^>]*xmlns\s*=)", re.IGNORECASE
)

_ENTITY: Final = re.compile(r"&(\w{1,40});")

_OF_XML: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})

_ROOTS: Final = frozenset({"html", "body", "div", "svg", "math"})
"""Elements with which a page in XML begins."""

_PARAGRAPHS: Final = frozenset({"p", "head", "item", "para", "title", "l", "lg", "ab", "row"})
"""Elements of other XML that are lines wherever they stand."""

_LONE_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def read(data: bytes, name: str = "") -> Reading:
    """The text of a page, and what it says of itself."""
    gaps = Gaps()
    text = decode(data, gaps=gaps).text
    tree, words = words_of(text, gaps)
    if not holds_words(words):
        raise UnfitError("it holds no text", "save the page from a browser, as it shows it")
    return Reading(words, EXTRACTOR, about=of_page(tree), gaps=gaps)


def words_of(text: str, gaps: Gaps, sheets: Mapping[str, str] | None = None) -> tuple[Any, str]:
    """The tree of a page, and its words as they are shown; `sheets` came with it, by address."""
    gaps.add("characters", count=text.count("\0"))
    text = _as_html(text.replace("\0", UNREAD))
    refuse_if_too_deep(text)
    tree = LexborHTMLParser(text)
    words = Page({} if sheets is None else sheets, gaps).lay_out(tree) if tree.body else ""
    return tree, clean(words, gaps)


def _as_html(text: str) -> str:
    """Mark-up that a parser of HTML reads as its author meant it: an element of XML may close
    itself, which in HTML would leave all that follows within it.
    """
    if not _IS_XML.match(text):
        return text
    source = _DECLARATION.sub("", _LONE_SURROGATES.sub(UNREAD, text), count=1).lstrip()
    source = _ENTITY.sub(_character, source)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(source.encode(), parser)
    except etree.XMLSyntaxError:
        return text
    foreign = etree.QName(root).localname.lower() not in _ROOTS
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element).localname
        element.tag = _div_or_span(element) if foreign else name
    etree.cleanup_namespaces(root)
    made: str = lxml_html.tostring(root, encoding="unicode", method="html")
    return made


def _character(entity: re.Match[str]) -> str:
    """The character that a name of HTML stands for, which XML does not know."""
    return entity[0] if entity[1] in _OF_XML else html5.get(f"{entity[1]};", entity[0])


def _div_or_span(element: Any) -> str:
    """What an element of some other XML is most like: a line of its own, or words in one."""
    parent = element.getparent()
    if parent is None or etree.QName(element).localname in _PARAGRAPHS:
        return "div"
    beside = [parent.text, *(child.tail for child in parent)]
    return "span" if any(text and text.strip() for text in beside) else "div"
