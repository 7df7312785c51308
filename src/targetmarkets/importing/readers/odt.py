"""ODT (OpenDocument text, ISO 26300), as it is printed with its changes accepted."""

from typing import Any, Final

from lxml import etree

from targetmarkets import limits
from targetmarkets.importing.readers.html import words_of
from targetmarkets.importing.readers.laid_out import LaidOut
from targetmarkets.importing.readers.numerals import written
from targetmarkets.importing.readers.package import XML, Package, attribute, child, local, texts
from targetmarkets.importing.readers.reading import (
    READER,
    Gaps,
    Reading,
    UnfitError,
    clean,
    first,
    holds_words,
)

EXTRACTOR: Final = f"{XML}, {READER}"

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.text"

_PASSED: Final = frozenset((
    "tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "shapes",
    "variable-decls", "user-field-decls", "hidden-text", "change-start", "change-end", "title",
    "desc", "index-title-template", "table-of-content-source", "binary-data",
))  # fmt: skip
"""Elements that hold no words of the document."""

_FORMATS: Final = {
    "1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman",
}  # fmt: skip


def read(data: bytes, name: str = "") -> Reading:
    """The text of a document with its notes, and what it says of itself."""
    package = Package(data)
    content = package.xml("content.xml")
    gaps = Gaps()
    text = clean(_Document(package, content, gaps).text(), gaps) if content is not None else ""
    if not holds_words(text):
        raise UnfitError("it holds no text", "open it in a word processor and save it anew")
    meta = package.xml("meta.xml")
    about = {
        "title": first(texts(meta, "title")),
        "author": texts(meta, "initial-creator") or texts(meta, "creator"),
    }
    return Reading(text, EXTRACTOR, MEDIA_TYPE, about=about, gaps=gaps)


class _Document(LaidOut):
    """A document that is laid out."""

    def __init__(self, package: Package, content: Any, gaps: Gaps) -> None:
        super().__init__(gaps)
        self._package = package
        self._content = content
        self._notes: list[tuple[str, Any]] = []
        self._lists: list[tuple[str, int]] = []
        self._styles: dict[str, Any] = {}
        for root in (package.xml("styles.xml"), content):
            for element in root.iter() if root is not None else ():
                if local(element) in {"style", "list-style"}:
                    self._styles[attribute(element, "name")] = element

    def text(self) -> str:
        """Its text: the body, and then the notes."""
        self._each(child(self._content, "body"))
        for mark, body in self._notes:
            self._sheet.line(2)
            self._raised(mark)
            self._sheet.words(f" {self._apart(body)}", exact=True)
        return self._sheet.text()

    def _each(self, element: Any) -> None:
        if element is None:
            return
        self._sheet.words(element.text or "")
        for inner in element:
            self._one(inner)
            self._sheet.words(inner.tail or "")

    def _one(self, element: Any) -> None:
        name = local(element)
        write = getattr(self, f"_write_{name.replace('-', '_')}", None)
        if name == "change":
            self._gaps.add("struck")
        elif name == "tab":
            self._sheet.words("\t", exact=True)
        elif name == "line-break":
            self._sheet.line()
        elif attribute(element, "display") == "none":
            self._gaps.add("hidden")
        elif write and name not in _PASSED:
            write(element)
        elif name and name not in _PASSED:
            self._each(element)

    def _write_p(self, element: Any) -> None:
        self._sheet.line(1 if self._in_cell else 2)
        self._looking(element)
        self._sheet.line(1 if self._in_cell else 2)

    _write_h = _write_p

    def _write_s(self, element: Any) -> None:
        count = attribute(element, "c")
        spaces = int(count) if count.isdecimal() and len(count) < 5 else 1
        self._sheet.words(" " * spaces, exact=True)

    def _write_span(self, element: Any) -> None:
        self._looking(element)

    def _write_note(self, element: Any) -> None:
        citation = child(element, "note-citation")
        mark = "".join(citation.itertext()) if citation is not None else ""
        self._raised(mark, "note")
        self._notes.append((mark, child(element, "note-body")))

    def _write_ruby_text(self, element: Any) -> None:
        self._raised("".join(element.itertext()))

    def _write_list(self, element: Any) -> None:
        style = attribute(element, "style-name") or (self._lists[-1][0] if self._lists else "")
        self._lists.append((style, 0))
        self._each(element)
        self._lists.pop()

    def _write_list_item(self, element: Any) -> None:
        style, count = self._lists[-1] if self._lists else ("", 0)
        start = attribute(element, "start-value")
        level = self._level(style, len(self._lists))
        first = attribute(level, "start-value")
        if start.isdecimal():
            count = int(start[:9]) - 1
        elif not count and first.isdecimal():
            count = int(first[:9]) - 1
        if self._lists:
            self._lists[-1] = (style, count + 1)
        self._sheet.line(1 if self._in_cell else 2)
        form = _FORMATS.get(attribute(level, "num-format"))
        before, self._in_cell = self._in_cell, True
        if form:
            number = written(count + 1, form)
            around = attribute(level, "num-prefix"), attribute(level, "num-suffix")
            self._numbered(f"{around[0]}{number}{around[1]} ", element)
        else:
            self._each(element)
        self._in_cell = before

    def _numbered(self, number: str, element: Any) -> None:
        """An item, its number on the line of its first paragraph."""
        for inner in element:
            if local(inner) in {"p", "h"} and number:
                self._sheet.line()
                self._sheet.words(number)
                self._looking(inner)
                self._sheet.line()
                number = ""
            else:
                self._one(inner)

    def _level(self, style: str, depth: int) -> Any:
        for level in self._styles.get(style, ()):
            if attribute(level, "level") == str(depth):
                return level
        return None

    def _write_table_row(self, element: Any) -> None:
        self._row(element)

    def _write_table_cell(self, element: Any) -> None:
        self._cell(element)

    def _write_frame(self, element: Any) -> None:
        for inner in element:
            if local(inner) == "text-box":
                self._each(inner)
                return
            if local(inner) == "object" and self._formula(attribute(inner, "href")):
                return
        self._gaps.add("pictures")
        self._sheet.unread()

    def _formula(self, name: str) -> bool:
        root = self._package.xml(f"{name.strip('./')}/content.xml")
        if root is None or local(root) != "math":
            return False
        source = etree.tostring(root, encoding="unicode")
        self._sheet.words(words_of(f"<?xml version='1.0'?>{source}", self._gaps)[1].strip())
        return True

    def _looking(self, element: Any) -> None:
        """Write the words of an element as its style has them look."""
        values = self._values(attribute(element, "style-name"))
        position = values.get("text-position", "").split()
        first = position[0] if position else ""
        way = "raised" if first == "super" or _percent(first) > 0 else ""
        way = "lowered" if first == "sub" or _percent(first) < 0 else way
        if values.get("display") == "none":
            self._gaps.add("hidden")
        elif values.get("text-line-through-style", "none") != "none":
            self._gaps.add("struck")
        elif way:
            self._sheet.begin(way)
            self._each(element)
            self._sheet.end()
        else:
            self._each(element)

    def _values(self, name: str) -> dict[str, str]:
        """What a style, and those that it is based on, say of words."""
        values: dict[str, str] = {}
        for _ in range(limits.STYLES.most):
            style = self._styles.get(name)
            properties = child(style, "text-properties")
            for key in properties.attrib if properties is not None else ():
                values.setdefault(key.rpartition("}")[2], str(properties.get(key)))
            name = attribute(style, "parent-style-name")
            if not name:
                break
        return values


def _percent(text: str) -> float:
    try:
        return float(text.removesuffix("%")) if text.endswith("%") else 0
    except ValueError:
        return 0
