"""Read a draft, whatever it is: text by its lines, documents by the readers of documents."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from targetmarkets import limits
from targetmarkets.checking import latex, markdown
from targetmarkets.checking.draft import Block, Draft, Gap
from targetmarkets.errors import DocumentError
from targetmarkets.importing.kinds import HTML, NAMES, PDF, TEXT, media_type_of, refused
from targetmarkets.model.gaps import Gap as UnreadPart
from targetmarkets.model.gaps import told
from targetmarkets.text.sentences import unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARKDOWN: Final = frozenset({".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"})
LATEX: Final = frozenset({".tex", ".latex", ".ltx"})
TEXTS: Final = MARKDOWN | LATEX | {".txt", ".text"}
"""Endings of the names of texts, whatever they begin with."""

_QUOTED: Final = re.compile(r"[ \t]*>+[ \t]?")
"""Begins a line of a text that is quoted, as in letters."""

KINDS: Final = ("auto", "markdown", "text", "latex")
"""What a draft can be said to be; by itself, it is known by its name and content."""


def read(data: bytes, name: str, kind: str = "auto") -> Draft:
    """The draft that some bytes are. Raises `DocumentError`, and `MissingExtraError`.

    A text is Markdown by the ending of its name, or where it comes from stdin (`-`).
    """
    ending = PurePath(name).suffix.lower()
    if kind == "auto" and _is_document(data, name, ending):
        return _document(data, name)
    limit = limits.INPUT
    if len(data) > limit.most:
        raise DocumentError(*limit.exceeded(name, len(data)))
    text = _decoded(data, name)
    if kind == "latex" or (kind == "auto" and ending in LATEX):
        return latex.read(text, name)
    if kind == "markdown" or (kind == "auto" and (ending in MARKDOWN or name == "-")):
        return markdown.read(text, name)
    return plain(text, name)


def _is_document(data: bytes, name: str, ending: str) -> bool:
    """Whether a draft is read as a document. A text may begin as HTML does, with a comment."""
    media_type = media_type_of(data, name)
    start = data[:100].lstrip().lower()
    is_page = name == "-" and start.startswith((b"<!doctype html", b"<html"))
    if media_type == HTML and (ending in TEXTS or (name == "-" and not is_page)):
        return False
    return refused(data) is not None or media_type != TEXT


def _decoded(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{name}: byte {error.start} is not UTF-8, and it is no document that is read"
        raise DocumentError(message, "save it as UTF-8, DOCX, ODT or HTML") from error
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def plain(text: str, name: str) -> Draft:
    """A text as it is: paragraphs are what stands between empty lines."""
    return Draft(name, "text", list(_paragraphs(text)), text)


def _paragraphs(text: str) -> Iterator[Block]:
    number, start = 0, 0
    lines: list[tuple[int, str]] = []
    for line in (*text.split("\n"), ""):
        if line.strip():
            lines.append((start, line))
        elif lines:
            number += 1
            yield _paragraph(lines, number)
            lines = []
        start += len(line) + 1


def _paragraph(lines: Sequence[tuple[int, str]], number: int) -> Block:
    """Lines, each with where it begins, as a paragraph, without the marks that quote them all."""
    quoted = all(_QUOTED.match(line) for _, line in lines)
    places: list[int] = []
    shown: list[str] = []
    for start, line in lines:
        mark = _QUOTED.match(line) if quoted else None
        lead = mark.end() if mark else 0
        shown.append(line[lead:])
        places += range(start + lead, start + len(line) + 1)  # with the line end
    return Block("\n".join(shown), places[:-1], number, quoted)


def _document(data: bytes, name: str) -> Draft:
    """A document, read in the confined process. Its paragraphs are the lines of its text; of a PDF,
    whose lines are those of the page, what stands between lines that end as a paragraph does.
    """
    from targetmarkets.importing.extract import extract  # texts do without it

    extraction = extract(data, name)
    text = extraction.text.replace("\f", "\n")
    whole = unwrapped(text) if extraction.media_type == PDF else text
    ends = [at for at, character in enumerate(whole) if character == "\n"]
    lines = [text[start:end] for start, end in pairwise((0, *ends, len(text)))]
    blocks = [
        Block(line.strip(), (), number)
        for number, line in enumerate((line for line in lines if line.strip()), start=1)
    ]
    unread = [
        UnreadPart.model_validate({**gap, "pages": tuple(gap["pages"])}) for gap in extraction.gaps
    ]
    gaps = [Gap(sentence, None) for sentence, _ in told(unread, missing=True)]
    kind = NAMES.get(extraction.media_type, extraction.media_type)
    return Draft(name, kind, blocks, gaps=gaps)
