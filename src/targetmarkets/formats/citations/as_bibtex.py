"""BibTeX, for LaTeX and every reference manager, in entries that BibLaTeX and pandoc read too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from targetmarkets.errors import MissingExtraError
from targetmarkets.formats.citations.works import address
from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Setters
from targetmarkets.model.csl import MONTHS
from targetmarkets.records.works import Work

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from targetmarkets.formats.interface import Citing, Look
    from targetmarkets.model.csl import Bibliography, Issued, Name

TYPES: Final[Mapping[str, tuple[str, str, str]]] = {
    "article-journal": ("article", "journal", "publisher"),
    "article-magazine": ("article", "journal", "publisher"),
    "article-newspaper": ("article", "journal", "publisher"),
    "book": ("book", "booktitle", "publisher"),
    "chapter": ("incollection", "booktitle", "publisher"),
    "manuscript": ("unpublished", "howpublished", "organization"),
    "paper-conference": ("inproceedings", "booktitle", "publisher"),
    "personal_communication": ("unpublished", "howpublished", "organization"),
    "post": ("online", "organization", "publisher"),
    "post-weblog": ("online", "organization", "publisher"),
    "report": ("techreport", "howpublished", "institution"),
    "thesis": ("phdthesis", "howpublished", "school"),
    "webpage": ("online", "organization", "publisher"),
}
"""Types of CSL: the type of entry, and its fields for the container and for the publisher."""

_OTHER = ("misc", "howpublished", "publisher")
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}

_SPECIAL: Final = {
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{character: rf"\{character}" for character in "#$%&_"},
}
"""What LaTeX takes for a command, and how it is made to print it. Braces are another matter."""

_PAIRED: Final = str.maketrans({**_SPECIAL, "{": r"\{", "}": r"\}"})
_UNPAIRED: Final = str.maketrans({**_SPECIAL, "{": r"$\lbrace$", "}": r"$\rbrace$"})
"""BibTeX counts braces, those that are escaped for LaTeX too: one without its other must not be
there at all.
"""

_IN_ADDRESSES: Final = str.maketrans({character: f"%{ord(character):X}" for character in "\\{}^"})

_LIGATURE: Final = re.compile(r"([-`',<>])(?=\1)|[!?](?=`)")
_PLAIN_NAME: Final = re.compile(r"[^\W\d_a-z][\w.’-]*( (?!and\b)[^\W\d_a-z][\w.’-]*)*")
"""A name that BibTeX cannot take apart wrongly: no particle, no comma, no `and`."""


def citations(citing: Citing, _: Look) -> str:
    """The works that are cited, an entry for each."""
    try:
        from bibtexparser.entrypoint import write_string
        from bibtexparser.library import Library
        from bibtexparser.model import Block, Entry, Field
    except ModuleNotFoundError as error:
        raise MissingExtraError("BibTeX", "cite") from error

    entries: list[Block] = []
    for source in citing.works():
        work = Work.of(source)
        type_ = TYPES.get(work.type, _OTHER)[0]
        fields = [Field(name, value) for name, value in _fields(work)]
        entries.append(Entry(type_, source.id, fields))
    return write_string(Library(entries), unparse_stack=[])


SETTERS: Final = Setters(citations=citations)


def _fields(work: Bibliography) -> Iterator[tuple[str, str]]:
    """The fields of an entry that are known, with their values as they stand in the file."""
    _, container, publisher = TYPES.get(work.type, _OTHER)
    number = work.issue or work.number
    series = (work.collection_title, work.collection_number if number else None)
    texts = {
        "title": work.title,
        container: work.container_title,
        "series": " ".join(filter(None, series)),
        "volume": work.volume,
        "number": number or work.collection_number,
        publisher: work.publisher,
        "pagetotal": work.number_of_pages,
        "annote": work.note,
    }
    if work.authority:
        texts.setdefault("organization", work.authority)
    if work.author:
        yield "author", f"{{{' and '.join(map(_name, work.author))}}}"
    # Two pairs of braces: the inner one keeps capitals, and an `and` that parts no names.
    yield from ((name, f"{{{{{_tex(text)}}}}}") for name, text in texts.items() if text)
    if work.type in _SUBTYPES:
        yield "entrysubtype", f"{{{_SUBTYPES[work.type]}}}"
    if work.page:
        pages = re.split(r"\s*[-–]+\s*", work.page)
        yield "pages", f"{{{'--'.join(map(_tex, pages))}}}"
    if work.issued:
        yield from _date(work.issued)
    verbatim = {"doi": work.doi, "url": work.url and address(work.url)}
    yield from ((name, f"{{{_verbatim(text)}}}") for name, text in verbatim.items() if text)


def _tex(text: str) -> str:
    """A text as LaTeX that prints nothing but that text."""
    text = visible(text)
    pieces = _LIGATURE.sub("\\g<0>\0", text).split("\0")
    escapes = _PAIRED if _paired(text) else _UNPAIRED
    return "{}".join(piece.translate(escapes) for piece in pieces)


def _verbatim(text: str) -> str:
    """An address, which is read as it stands but for braces, and for `^^5c`, a backslash to TeX."""
    return visible(text).translate(_IN_ADDRESSES)


def _name(name: Name) -> str:
    if name.literal:
        return f"{{{_tex(name.literal)}}}"
    parts = [part for part in (name.family, name.given) if part]
    return ", ".join(p if _PLAIN_NAME.fullmatch(p) else f"{{{_tex(p)}}}" for p in parts)


def _date(issued: Issued) -> Iterator[tuple[str, str]]:
    """Year, month and day; the month is a macro that every style has in its own language."""
    year, *rest = issued.date_parts[0]
    yield "year", f"{{{year:04}}}"
    if rest:
        yield "month", MONTHS[rest[0] - 1][:3].lower()
    if rest[1:]:
        yield "day", f"{{{rest[1]}}}"


def _paired(text: str) -> bool:
    """Whether every brace has its other."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0
