"""RIS: what EndNote, Mendeley and library catalogues read. One tag, one line.

What RIS has no tag for stands in `C8`, which is anybody's, for our own reader.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.formats.citations.works import address, private_value
from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Setters
from targetmarkets.importing.references import tables
from targetmarkets.importing.references.ledger import Ledger
from targetmarkets.importing.references.ris import take_tags
from targetmarkets.model.csl import OTHERS
from targetmarkets.records.works import Work

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.formats.interface import Citing, Look
    from targetmarkets.model.csl import Bibliography, Issued, Name
    from targetmarkets.model.objects import Source

_RANGE: Final = re.compile(r"(\d+|[ivxlcdm]+)[-–](\d+|[ivxlcdm]+)")
"""A range of pages; in `A-12` the hyphen is part of a page."""

Line = tuple[str, str]
"""A tag and its value."""


def citations(citing: Citing, _: Look) -> str:
    """The works that are cited, one record after the other."""
    return "\n".join(map(_record, citing.works()))


def lost(work: Bibliography) -> list[str]:
    """The fields of a work that other programs do not find in its record."""
    return [name for name, _ in _private(work, list(_lines(work)))]


SETTERS: Final = Setters(citations=citations, lost=lost)


def _record(source: Source) -> str:
    work = Work.of(source)
    tags = list(_lines(work))
    private = [(tables.RIS_PRIVATE, f"csl:{name}={text}") for name, text in _private(work, tags)]
    lines = [tags[0], ("ID", source.id), *tags[1:], *private, ("ER", "")]
    return "".join(f"{tag}  - {_inert(text)}\n" for tag, text in lines)


def _lines(work: Bibliography) -> Iterator[Line]:
    """What other programs read, without what is not known."""
    yield "TY", tables.RIS.get(work.type, "GEN")
    for tag, names in (("AU", work.author), ("A2", work.editor), ("A4", work.translator)):
        yield from ((tag, _name(name)) for name in _people(names))
    first, last = _pages(work.page or "")
    is_article = work.type in tables.ARTICLES
    series = " ".join(filter(None, (work.collection_title, work.collection_number)))
    texts = {
        "TI": work.title,
        "T2": work.container_title,
        "T3": series if work.collection_title else None,
        "PB": work.publisher or work.authority,
        "PY": _year(work.issued) if work.issued else None,
        "DA": _date(work.issued) if work.issued else None,
        "VL": work.volume,
        "IS": work.issue if is_article else work.number,
        "M1": work.number if is_article else None,
        "SP": first,
        "EP": last,
        "M3": work.genre,
        "ET": work.version,
        "LA": work.language,
        "DB": work.archive,
        "AV": work.archive_location,
        "DO": work.doi,
        "UR": work.url and address(work.url),
        "Y2": _date(work.accessed) if work.accessed else None,
        "N1": work.note,
    }
    yield from ((tag, text) for tag, text in texts.items() if text)


def _private(work: Bibliography, lines: Sequence[Line]) -> list[tuple[str, str]]:
    """What our own reader would not have of a work from what is written for others: it is read
    back, and what is otherwise then is said, as JSON.
    """
    tags: dict[str, list[str]] = {}
    for tag, text in lines:
        tags.setdefault(tag, []).append(_inert(text))
    read: dict[str, Any] = take_tags(tags, Ledger())
    meant = work.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    wrong = [name for name in {**meant, **read} if meant.get(name) != read.get(name)]
    return [(name, private_value(work, name) if name in meant else "null") for name in wrong]


def _year(issued: Issued) -> str | None:
    return f"{issued.date_parts[0][0]:04}" if issued.date_parts else None


def _inert(text: str) -> str:
    """A value without anything that a reader might take for the end of its line."""
    return visible(text)


def _people(names: Sequence[Name]) -> Sequence[Name]:
    """The names of a list without that which says that it is cut: RIS has no word for it."""
    return names[:-1] if len(names) > 1 and names[-1].literal == OTHERS else names


def _name(name: Name) -> str:
    """`Berger, Andrea` or `US Embassy Sanaa,`.

    A comma parts family and given name; one at the end says that a body has no given name, and
    inside its name there can be none.
    """
    if name.literal:
        return re.sub(r",\s*", " – ", name.literal) + ","
    family = (name.dropping_particle, name.non_dropping_particle, name.family)
    parts = (" ".join(filter(None, family)), name.given, name.suffix)
    return ", ".join(part.replace(",", " ") for part in parts if part)


def _pages(page: str) -> tuple[str, str]:
    """The first page and the last."""
    found = _RANGE.fullmatch(page)
    return (found[1], found[2]) if found else (page, "")


def _date(issued: Issued) -> str:
    """`2015/12/08/`, and what is not known left empty: `2015/12//`; behind it, what is more."""
    year, *rest = issued.date_parts[0] if issued.date_parts else [None]
    month, day = [*(f"{part:02}" for part in rest if part), "", ""][:2]
    more = issued.edtf or issued.literal or ""
    return f"{f'{year:04}' if year else ''}/{month}/{day}/{more}"
