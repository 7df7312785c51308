"""DOCX (Office Open XML, ISO 29500), as it is printed with its changes accepted.

Read from its own mark-up: the libraries made for it leave out what was inserted, formulas and text
boxes without a word.
"""

from typing import Any, Final

from targetmarkets.importing.readers.docx_styles import Look, Numbers, looks_of
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

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_PASSED: Final = frozenset((
    "rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "instrText",
    "delText", "delInstrText", "commentReference", "annotationRef", "bookmarkStart", "bookmarkEnd",
    "proofErr", "footnoteRef", "endnoteRef", "fldChar", "rubyPr", "Fallback", "ctrlPr", "fPr",
    "sSupPr", "sSubPr", "sSubSupPr", "radPr", "naryPr", "dPr", "funcPr",
))  # fmt: skip
"""Elements that hold no words of the document."""

_GONE: Final = frozenset({"del", "moveFrom"})

_SIGNS: Final = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "tab": "\t", "ptab": "\t"}

_NOTES: Final = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}

_PICTURES: Final = frozenset({"drawing", "pict", "object"})

_FORMULAS: Final = {
    "sSup": ("e", ("sup", "raised")),
    "sSub": ("e", ("sub", "lowered")),
    "sSubSup": ("e", ("sub", "lowered"), ("sup", "raised")),
    "f": (("num", "raised"), "⁄", ("den", "lowered")),
    "rad": (("deg", "raised"), "√", "e"),
    "nary": ("∑", ("sub", "lowered"), ("sup", "raised"), "e"),
}  # fmt: skip
"""How the parts of a formula follow one another, and what stands between them."""


def read(data: bytes, name: str = "") -> Reading:
    """The text of a document with its notes, and what it says of itself."""
    package = Package(data)
    body = child(package.xml("word/document.xml"), "body")
    gaps = Gaps()
    text = clean(_Document(package, gaps).text(body), gaps) if body is not None else ""
    if not holds_words(text):
        raise UnfitError("it holds no text", "open it in a word processor and save it anew")
    core = package.xml("docProps/core.xml")
    about = {"title": first(texts(core, "title")), "author": texts(core, "creator")}
    return Reading(text, EXTRACTOR, MEDIA_TYPE, about=about, gaps=gaps)


class _Document(LaidOut):
    """A document that is laid out."""

    def __init__(self, package: Package, gaps: Gaps) -> None:
        super().__init__(gaps)
        self._package = package
        self._styles = looks_of(package.xml("word/styles.xml"))
        self._numbers = Numbers(package.xml("word/numbering.xml"), self._styles)
        self._notes: dict[str, list[str]] = {"footnotes": [], "endnotes": []}

    def text(self, body: Any) -> str:
        """Its text: the body, then notes, then what stands at the head and foot of pages."""
        self._each(body)
        for kind in self._notes:
            root = self._package.xml(f"word/{kind}.xml")
            notes = {attribute(note, "id"): note for note in (root if root is not None else ())}
            done = 0  # notes may have notes
            while done < len(self._notes[kind]):
                id_ = self._notes[kind][done]
                done += 1
                self._sheet.line(2)
                self._raised(_note_number(kind, done))
                if id_ in notes:
                    self._sheet.words(f" {self._apart(notes[id_])}", exact=True)
        self._margins()
        return self._sheet.text()

    def _margins(self) -> None:
        seen: set[str] = set()
        for name in sorted(self._package.names):
            if name.startswith(("word/header", "word/footer")):
                root = self._package.xml(name)
                words = "".join(texts(root, "t"))
                if words and words not in seen:
                    seen.add(words)
                    self._sheet.line(2)
                    self._each(root)

    def _each(self, element: Any) -> None:
        for inner in element:
            self._one(inner)

    def _one(self, element: Any) -> None:
        name = local(element)
        write = getattr(self, f"_write_{name}", None)
        if not name or name in _PASSED:
            return
        if name in _GONE:
            self._gaps.add("struck", count=int(any(True for _ in element.iter())))
        elif name in _SIGNS:
            self._sheet.words(_SIGNS[name], exact=True)
        elif name in {"br", "cr"}:
            self._sheet.line()
        elif name == "sym":  # a place in a font of symbols
            self._gaps.add("characters")
            self._sheet.unread()
        elif name in _NOTES:
            self._note(element, _NOTES[name])
        elif name in _PICTURES:
            self._picture(element)
        elif name in _FORMULAS:
            self._formula(element, _FORMULAS[name])
        elif write:
            write(element)
        else:
            self._each(element)

    def _write_t(self, element: Any) -> None:
        self._sheet.words(element.text or "", exact=True)

    def _write_p(self, element: Any) -> None:
        self._sheet.line(1 if self._in_cell else 2)
        look = self._look(child(element, "pPr"), "pStyle")
        if number := self._numbers.next(child(element, "pPr")):
            self._sheet.words(f"{number} ")
        if look.hidden:
            self._gaps.add("hidden")
        else:
            self._each(element)
        self._sheet.line(1 if self._in_cell else 2)

    def _write_tr(self, element: Any) -> None:
        if child(element, "trPr", "del") is not None:
            self._gaps.add("struck")
            return
        self._row(element)

    def _write_tc(self, element: Any) -> None:
        self._cell(element)

    def _write_r(self, element: Any) -> None:
        look = self._look(child(element, "rPr"), "rStyle")
        if look.hidden or look.struck:
            self._gaps.add("hidden" if look.hidden else "struck")
        elif look.way and child(element, "footnoteReference") is None:
            self._sheet.begin(look.way)
            self._each(element)
            self._sheet.end()
        else:
            self._each(element)

    def _write_rt(self, element: Any) -> None:
        self._sheet.begin("raised")
        self._each(element)
        self._sheet.end()

    def _look(self, properties: Any, style: str) -> Look:
        named = attribute(child(properties, style), "val")
        return self._styles.look(named).over(properties)

    def _note(self, element: Any, kind: str) -> None:
        if attribute(element, "customMarkFollows") in {"1", "true", "on"}:
            return
        self._notes[kind].append(attribute(element, "id"))
        self._raised(_note_number(kind, len(self._notes[kind])), "note")

    def _picture(self, element: Any) -> None:
        boxes = [inner for inner in element.iter() if local(inner) == "txbxContent"]
        for box in boxes:
            if not any(
                local(above) in {"Fallback", "txbxContent"} for above in box.iterancestors()
            ):
                self._each(box)
        if not boxes:
            self._gaps.add("pictures")
            self._sheet.unread()

    def _formula(self, element: Any, parts: tuple[Any, ...]) -> None:
        for part in parts:
            name, way = part if isinstance(part, tuple) else (part, "")
            inner = child(element, name)
            if inner is None:
                self._sheet.words(name if len(name) == 1 and not name.isascii() else "")
            elif way:
                self._sheet.begin(way)
                self._each(inner)
                self._sheet.end()
            else:
                self._each(inner)


def _note_number(kind: str, number: int) -> str:
    return str(number) if kind == "footnotes" else written(number, "lower-roman")
