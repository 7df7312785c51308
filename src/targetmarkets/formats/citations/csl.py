"""Citations in any CSL style, by pandoc's citeproc."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from targetmarkets.errors import UsageError, shorten
from targetmarkets.formats.citations.styles import Style, StyleError, read_style
from targetmarkets.formats.citations.works import csl_record
from targetmarkets.importing.pandoc import PandocError, pandoc
from targetmarkets.records.wording import cite_work
from targetmarkets.text.rich import placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.model.objects import Source
    from targetmarkets.model.parts import Locator
    from targetmarkets.records.citation import Citation

Element = dict[str, Any]
"""An element of a document as pandoc has it in JSON."""

NO_LABEL: Final = frozenset({None, "appendix"})
"""Labels, and the lack of one, that pandoc would read as a page."""

_VERSION: Final = [1, 23, 1]
_BLANKS: Final = frozenset({"Space", "SoftBreak", "LineBreak"})


class Set(NamedTuple):
    """Citations in a style."""

    citations: list[str]
    references: list[str]
    """The list of references; empty where the style cites in notes, or has no list."""


def set_in_style(style: str, works: Sequence[Source], citations: Sequence[Citation]) -> Set:
    """Citations in a style, each as if it were the first: in full, if the style cites in notes.

    Raises `UsageError` for a style that cannot be used, and `MissingExtraError`.
    """
    try:
        sheet = read_style(style)
        blocks = _set(sheet, works, citations)
    except (StyleError, PandocError) as error:
        reason = re.sub(r"^Citeproc\w+: ?", "", str(error))
        message = f"the style {shorten(style)} cannot be used: {reason}"
        raise UsageError(message, "choose another, or correct the file") from error
    # For a style that has no words for such a work: a citation is never left out.
    plain = {work.id: cite_work(work) for work in works}
    texts = []
    for block, citation in zip(blocks, citations, strict=False):
        text = _text(block)
        texts.append(text if re.search(r"\w", text) else plain[citation.source])
    references = [] if sheet.in_notes else [_text(block) for block in _references(blocks)]
    return Set(texts, references)


def _set(sheet: Style, works: Sequence[Source], citations: Sequence[Citation]) -> list[Element]:
    """The blocks that pandoc makes of a document in which each citation is a paragraph."""
    labels = _labels(sheet.locale)
    paragraphs = [_paragraph(n, citation, labels) for n, citation in enumerate(citations, 1)]
    return _run(sheet.text, [_bare(csl_record(work)) for work in works], paragraphs)


def _run(sheet: str, records: Sequence[Element], blocks: Sequence[Element]) -> list[Element]:
    """The blocks of a document with its citations set."""
    document = {"pandoc-api-version": _VERSION, "meta": {}, "blocks": blocks}
    with TemporaryDirectory() as folder:
        library, style = Path(folder, "works.json"), Path(folder, "style.csl")
        library.write_text(json.dumps(records), "utf-8")
        style.write_text(sheet, "utf-8")
        options = ("--citeproc", f"--bibliography={library}", f"--csl={style}")
        text = json.dumps(document)
        made = pandoc(text, "-f", "json", "-t", "json", *options, purpose="formatted text")
    set_: list[Element] = json.loads(made)["blocks"]
    return set_


def _bare(record: dict[str, Any]) -> dict[str, Any]:
    """A record without its note: of one that begins with `Author:` pandoc makes an author."""
    return {name: value for name, value in record.items() if name != "note"}


def _labels(locale: str) -> dict[str, str]:
    """What a place is called in the language of a style, where that is another than English.

    Pandoc knows the names in that language, and is asked for them.
    """
    from targetmarkets.model.vocabulary import LOCATOR_ABBREVIATIONS

    names: dict[str, str] = {name: name for name in LOCATOR_ABBREVIATIONS if name not in NO_LABEL}
    if locale.startswith("en"):
        return names
    terms = "".join(f'<text term="{name}" suffix="|"/>' for name in names)
    sheet = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" '
        f'default-locale="{locale}"><citation><layout>{terms}</layout></citation></style>'
    )
    work = {"id": "x", "type": "book", "title": "x"}
    blocks = _run(sheet, [work], [{"t": "Para", "c": [_cite([_item("x", 1)])]}])
    found = _text(blocks[0]).split("|")
    return {name: term.strip() or name for name, term in zip(names, found, strict=False)}


def _paragraph(number: int, citation: Citation, labels: dict[str, str]) -> Element:
    items = []
    if citation.via:
        items.append(_item(citation.via.work, number))
    place = _place(citation.locator, labels)
    mode = citation.via.mode if citation.via else ""
    items.append(_item(citation.source, number, mode, place))
    return {"t": "Para", "c": [_cite(items)]}


def _cite(items: list[Element]) -> Element:
    return {"t": "Cite", "c": [items, []]}


def _item(key: str, number: int, before: str = "", after: str = "") -> Element:
    return {
        "citationId": key,
        "citationPrefix": _words(before),
        "citationSuffix": _words(after),
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": number,
        "citationHash": 0,
    }


def _place(locator: Locator | None, labels: dict[str, str]) -> str:
    """A place as pandoc reads it. Braces mark where a locator begins and ends; with nothing in them
    they say that what follows is none, or pandoc would read `page header` as a page.
    """
    if locator is None:
        return ""
    if locator.label is None:
        return f"{{}}, {locator.value}"
    if locator.label in NO_LABEL:
        return f"{{}}, {locator.label} {locator.value}"
    return f", {{{labels[locator.label]} {locator.value}}}"


def _words(text: str) -> list[Element]:
    """A text as inline elements."""
    elements: list[Element] = []
    for word in text.split(" ") if text else ():
        elements += [{"t": "Space"}] if elements else []
        elements += [{"t": "Str", "c": word}] if word else []
    return elements


def _references(blocks: Sequence[Element]) -> Iterator[Element]:
    """The entries of the list of references, which pandoc puts at the end."""
    for block in blocks:
        if block["t"] == "Div" and block["c"][0][0] == "refs":
            yield from block["c"][1]


def _text(content: Any) -> str:
    """What pandoc has set as plain text, on one line: what is raised or lowered as in documents
    that are read, small capitals as they are.
    """
    return re.sub(" {2,}", " ", "".join(_pieces(content))).strip(" ")


def _pieces(content: Any) -> Iterator[str]:
    if isinstance(content, list):
        for part in content:
            yield from _pieces(part)
        return
    kind, inner = content["t"], content.get("c")
    if kind == "Str":
        yield inner
    elif kind in _BLANKS:
        yield " "
    elif kind in {"Superscript", "Subscript"}:
        yield placed("".join(_pieces(inner)), "sup" if kind == "Superscript" else "sub")
    elif kind == "Quoted":
        marks = "“”" if inner[0]["t"] == "DoubleQuote" else "‘’"
        yield from (marks[0], *_pieces(inner[1]), marks[1])
    elif kind in {"Span", "Link", "Cite"}:
        yield from _pieces(inner[1])
        if kind == "Span" and set(inner[0][1]) & {"csl-left-margin", "csl-block"}:
            yield " "
    elif kind == "Div":
        yield from _pieces(inner[1])
    elif kind in {"Code", "Math", "RawInline"}:
        yield inner[1]
    elif isinstance(inner, list):
        yield from _pieces(inner)
