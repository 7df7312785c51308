"""EPUB: its chapters in the order in which they are read, each as a page."""

from posixpath import dirname, join, normpath
from typing import Any, Final
from urllib.parse import unquote

from targetmarkets.importing.readers import html
from targetmarkets.importing.readers.charset import decode
from targetmarkets.importing.readers.package import Package, attribute, child, local, texts
from targetmarkets.importing.readers.reading import Gaps, Reading, UnfitError, first, holds_words

MEDIA_TYPE: Final = "application/epub+zip"


def read(data: bytes, name: str = "") -> Reading:
    """The text of a book, and what it says of itself."""
    package = Package(data)
    if "META-INF/rights.xml" in package.names:
        raise UnfitError("it is locked to its buyer (DRM)", "give one that is not")
    container = package.xml("META-INF/container.xml")
    path = attribute(child(container, "rootfiles", "rootfile"), "full-path")
    root = package.xml(path)
    gaps = Gaps()
    chapters = [_chapter(package, part, gaps) for part in _spine(root, dirname(path))]
    text = "\n".join(chapter for chapter in chapters if chapter.strip())
    if not holds_words(text):
        raise UnfitError("it holds no text", "save it as PDF or HTML")
    metadata = child(root, "metadata")
    about = {
        "type": "book",
        "title": first(texts(metadata, "title")),
        "author": texts(metadata, "creator"),
        "publisher": first(texts(metadata, "publisher")),
        "issued": first(texts(metadata, "date")),
        "DOI": " ".join(texts(metadata, "identifier")),
    }
    return Reading(text, html.EXTRACTOR, MEDIA_TYPE, about=about, gaps=gaps)


def _spine(root: Any, folder: str) -> list[str]:
    """Names of the parts that are read, in order."""
    items = child(root, "manifest")
    known = {attribute(item, "id"): attribute(item, "href") for item in
             (items if items is not None else ())}  # fmt: skip
    spine = child(root, "spine")
    order = [attribute(item, "idref") for item in (spine if spine is not None else ())
             if local(item) == "itemref"]  # fmt: skip
    return [_inside(folder, known[id_]) for id_ in order if id_ in known]


def _inside(folder: str, address: str) -> str:
    return normpath(join(folder, unquote(address.partition("#")[0])))


def _chapter(package: Package, name: str, gaps: Gaps) -> str:
    data = package.part(name)
    if data is None:
        gaps.add("parts")
        return ""
    text = decode(data, gaps=gaps).text
    sheets = _Sheets(package, dirname(name))
    return html.words_of(text, gaps, sheets)[1]


class _Sheets(dict[str, str]):
    """The style sheets of a chapter, by the addresses that it gives them."""

    def __init__(self, package: Package, folder: str) -> None:
        super().__init__()
        self._package = package
        self._folder = folder

    def __contains__(self, address: object) -> bool:
        return isinstance(address, str) and _inside(self._folder, address) in self._package.names

    def __getitem__(self, address: str) -> str:
        data = self._package.part(_inside(self._folder, address)) or b""
        return data.decode("utf-8", "replace")
