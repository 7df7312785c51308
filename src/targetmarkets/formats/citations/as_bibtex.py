"""BibTeX, for LaTeX and every reference manager, in entries that BibLaTeX and pandoc read too.

What BibTeX has no field for stands in fields of our own, such as `csl-number`, which others skip.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from targetmarkets.formats.citations.works import address, private_value
from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Setters
from targetmarkets.importing.references import tables
from targetmarkets.importing.references.names import is_small
from targetmarkets.model.csl import MONTHS, OTHERS
from targetmarkets.records.wording import iso_date
from targetmarkets.records.works import Work
from targetmarkets.text.rich import marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.formats.interface import Citing, Look
    from targetmarkets.model.csl import Bibliography, Issued, Name

_SPECIAL: Final = {
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "`": "{`}",
    **{character: rf"\{character}" for character in "#$%&_"},
}
"""What LaTeX takes for a command, and how it is made to print it. Braces are another matter."""

_PAIRED: Final = str.maketrans({**_SPECIAL, "{": r"\{", "}": r"\}"})
_UNPAIRED: Final = str.maketrans({**_SPECIAL, "{": r"$\lbrace$", "}": r"$\rbrace$"})
"""BibTeX counts braces, those that are escaped for LaTeX too: one without its other must not be
there at all.
"""

_MARKED: Final = {
    "i": r"\emph{", "b": r"\textbf{", "sup": r"\textsuperscript{", "sub": r"\textsubscript{",
    "sc": r"\textsc{", "nocase": "{",
}  # fmt: skip
"""The marks of CSL-JSON in LaTeX, up to what they are around."""

_IN_ADDRESSES: Final = str.maketrans({character: f"%{ord(character):X}" for character in "\\{}^"})

_LIGATURE: Final = re.compile(r"([-`',<>])(?=\1)|[!?](?=`)")
_PLAIN_NAME: Final = re.compile(r"[^\W\d_a-z][\w.’-]*( (?!and\b)[^\W\d_a-z][\w.’-]*)*")
"""A name that BibTeX cannot take apart wrongly: no particle, no comma, no `and`."""

_RANGE: Final = re.compile(r"(?<![^\s,])(\d+|[ivxlcdm]+)-(\d+|[ivxlcdm]+)(?![^\s,])")
"""A range of pages; in `A-12` the hyphen is part of a page."""


def citations(citing: Citing, _: Look) -> str:
    """The works that are cited, an entry for each."""
    return "\n\n".join(_entry(source.id, Work.of(source)) for source in citing.works())


def lost(work: Bibliography) -> list[str]:
    """The fields of a work that other programs do not find in its entry."""
    private = [name.removeprefix(tables.PRIVATE) for name, _ in _fields(work) if _is_private(name)]
    texts = (str(value) for value in dict(work).values() if isinstance(value, str))
    unmarked = any(mark.kind == "nocase" for text in texts for mark in marks(text))
    return [*private, *(["marks of small letters"] if unmarked else [])]


SETTERS: Final = Setters(citations=citations, lost=lost)


def _entry(key: str, work: Bibliography) -> str:
    lines = ",\n".join(f"\t{name} = {value}" for name, value in _fields(work))
    return f"@{_kind(work).entry}{{{key},\n{lines}\n}}\n"


def _kind(work: Bibliography) -> tables.Kind:
    return tables.BIBTEX.get(work.type, tables.Kind("misc"))


def _is_private(name: str) -> bool:
    return name.startswith(tables.PRIVATE)


def _fields(work: Bibliography) -> Iterator[tuple[str, str]]:
    """The fields of an entry that are known, with their values as they stand in the file."""
    for field, name in tables.BIBTEX_NAMES.items():
        if names := getattr(work, name.replace("-", "_")):
            yield field, f"{{{_names(names)}}}"
            if not all(map(_is_whole, names)):
                yield f"{tables.PRIVATE}{name}", _text(private_value(work, name))
    # Two pairs of braces: the inner one keeps capitals, and an `and` that parts no names.
    yield from ((name, _text(text)) for name, text in _texts(work).items() if text)
    if work.type not in tables.PLAIN or (work.type == "thesis" and not work.genre):
        word = {type_: word for word, type_ in tables.SUBTYPES.items()}.get(work.type, work.type)
        yield "entrysubtype", f"{{{word}}}"
    if work.page:
        yield "pages", f"{{{_tex(work.page, pages=True)}}}"
    if work.issued:
        yield from _date(work.issued)
    for name, date in (("origdate", work.original_date), ("urldate", work.accessed)):
        if date:
            yield name, f"{{{iso_date(date)}}}" if iso_date(date) else _text(date.literal or "")
    verbatim = {"doi": work.doi, "url": work.url and address(work.url)}
    yield from ((name, f"{{{_verbatim(text)}}}") for name, text in verbatim.items() if text)


def _texts(work: Bibliography) -> dict[str, str | None]:
    """The fields that are texts, by the names that this type of entry has for them."""
    kind, own = _kind(work), tables.PRIVATE
    same = work.type == "book" and work.container_title == work.title
    numbers = _numbers(work)
    in_series = numbers.get(f"{own}collection-number") if work.collection_title else None
    issues = work.publisher or work.type in tables.AUTHORITATIVE
    free = issues and "organization" not in {kind.container, kind.publisher}
    return {
        "title": work.title,
        f"{own}container-title" if same else kind.container: work.container_title,
        "series": " ".join(filter(None, (work.collection_title, in_series))),
        "volume": work.volume,
        **numbers,
        kind.publisher: work.publisher,
        "organization" if free else f"{own}authority": work.authority,
        "pagetotal": work.number_of_pages,
        "type": work.genre,
        "version": work.version,
        "eventtitle": work.event_title,
        "archive": work.archive,
        "archive_location": work.archive_location,
        "language": work.language,
        "annote": work.note,
    }


def _numbers(work: Bibliography) -> dict[str, str | None]:
    """What BibTeX calls `number`: the issue, the place in a series, or the number of a report."""
    own = tables.PRIVATE
    if work.type in tables.WITH_ISSUES:
        rest = {f"{own}collection-number": work.collection_number}
        return {"number": work.issue, f"{own}number": work.number, **rest}
    if work.type in tables.NUMBERED_IN_SERIES:
        return {"number": work.collection_number, f"{own}number": work.number, "issue": work.issue}
    rest = {f"{own}collection-number": work.collection_number}
    return {"number": work.number, "issue": work.issue, **rest}


def _text(text: str) -> str:
    return f"{{{{{_tex(text)}}}}}"


def _tex(text: str, *, pages: bool = False) -> str:
    """A text as LaTeX that prints nothing but that text, with its marks."""
    text = visible(text)
    escapes = _PAIRED if _paired(text) else _UNPAIRED
    tags = {}
    for kind, opening, closing in marks(text):
        tags[opening.start()] = (opening.end(), _MARKED[kind])
        tags[closing.start()] = (closing.end(), "}")
    written, end = [], 0
    for start in sorted(tags):
        written += [_escaped(text[end:start], escapes, pages=pages), tags[start][1]]
        end = tags[start][0]
    return "".join([*written, _escaped(text[end:], escapes, pages=pages)])


def _escaped(text: str, escapes: dict[int, str], *, pages: bool) -> str:
    pieces = _LIGATURE.sub("\\g<0>\0", text).split("\0")
    written = "{}".join(piece.translate(escapes) for piece in pieces)
    return _RANGE.sub(r"\1--\2", written) if pages else written


def _verbatim(text: str) -> str:
    """An address, which is read as it stands but for braces, and for `^^5c`, a backslash to TeX."""
    return visible(text).translate(_IN_ADDRESSES)


def _names(names: Sequence[Name]) -> str:
    """Names in a list; one that is cut ends with `others`."""
    cut = len(names) > 1 and names[-1].literal == OTHERS
    written = [_name(name) for name in (names[:-1] if cut else names)]
    return " and ".join([*written, OTHERS] if cut else written)


def _name(name: Name) -> str:
    """A name as `von Family, Suffix, Given`; a whole one in braces."""
    if name.literal:
        return f"{{{_tex(name.literal)}}}"
    particles = [part for part in (name.dropping_particle, name.non_dropping_particle) if part]
    first = " ".join([*map(_tex, particles), _part(name.family or "")])
    if name.suffix:
        return f"{first}, {_part(name.suffix)}, {_part(name.given or '')}"
    if name.given:
        return f"{first}, {_part(name.given)}"
    return first if _PLAIN_NAME.fullmatch(first) and " " not in first else f"{first},"


def _is_whole(name: Name) -> bool:
    """Whether BibTeX has all that a name says: it has one kind of particle, in small letters."""
    words = (name.non_dropping_particle or "").split()
    return not name.dropping_particle and all(map(is_small, words))


def _part(text: str) -> str:
    return text if _PLAIN_NAME.fullmatch(text) else f"{{{_tex(text)}}}"


def _date(issued: Issued) -> Iterator[tuple[str, str]]:
    """Year, month and day, the month as a macro that every style has in its own language; beside
    them what is more than a day, a month or a year, as BibLaTeX has it.
    """
    if issued.date_parts:
        year, *rest = issued.date_parts[0]
        yield "year", f"{{{year:04}}}"
        if rest:
            yield "month", MONTHS[rest[0] - 1][:3].lower()
        if rest[1:]:
            yield "day", f"{{{rest[1]}}}"
    if issued.edtf:
        yield "date", f"{{{issued.edtf}}}"
    elif issued.literal:
        yield "year", _text(issued.literal)


def _paired(text: str) -> bool:
    """Whether every brace has its other."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0
