"""RIS: what EndNote, Mendeley and library catalogues read. One tag, one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.errors import MissingExtraError
from targetmarkets.formats.citations.works import address
from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Setters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from targetmarkets.formats.interface import Citing, Look
    from targetmarkets.model.csl import Issued, Name
    from targetmarkets.model.objects import Source

TYPES: Final[Mapping[str, str]] = {
    "article": "GEN",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "UNPB",
    "paper-conference": "CPAPER",
    "personal_communication": "PCOMM",
    "post": "ELEC",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
"""Types of CSL that RIS knows; any other is `GEN`."""


def citations(citing: Citing, _: Look) -> str:
    """The works that are cited, one record after the other."""
    try:
        from rispy import dumps
        from rispy.writer import RisWriter
    except ModuleNotFoundError as error:
        raise MissingExtraError("RIS", "cite") from error

    class Writer(RisWriter):
        def set_header(self, _: int) -> str:
            """None: not every reader passes over a line that is no tag."""
            return ""

    text: str = dumps([_record(source) for source in citing.works()], implementation=Writer)
    return text


SETTERS: Final = Setters(citations=citations)


def _record(source: Source) -> dict[str, Any]:
    """A work by the names that the library has for the tags, without what is not known."""
    work = source.bibliography
    first, _, last = re.sub(r"\s*[-–]+\s*", "-", work.page or "").partition("-")
    fields = {
        "type_of_reference": TYPES.get(work.type, "GEN"),
        "id": source.id,
        "authors": [_name(name) for name in work.author],
        "title": source.title,
        "secondary_title": work.container_title,
        "tertiary_title": " ".join(filter(None, (work.collection_title, work.collection_number))),
        "publisher": work.publisher or work.authority,
        "year": f"{work.issued.date_parts[0][0]:04}" if work.issued else None,
        "date": _date(work.issued) if work.issued else None,
        "volume": work.volume,
        "number": work.issue or work.number,
        "start_page": first,
        "end_page": last,
        "doi": work.doi,
        "urls": [address(work.url)] if work.url else [],
        "notes": [work.note] if work.note else [],
    }
    return {name: _inert(value) for name, value in fields.items() if value}


def _inert(value: str | list[str]) -> str | list[str]:
    """A value without anything that a reader might take for the end of its line."""
    return visible(value) if isinstance(value, str) else [visible(part) for part in value]


def _name(name: Name) -> str:
    """`Berger, Andrea` or `US Embassy Sanaa,`.

    A comma parts family and given name; one at the end says that a body has no given name, and
    inside its name there can be none.
    """
    if name.literal:
        return re.sub(r",\s*", " – ", name.literal) + ","
    return ", ".join(part.replace(",", " ") for part in (name.family, name.given) if part)


def _date(issued: Issued) -> str:
    """`2015/12/08/`, and what is not known left empty: `2015/12//`."""
    year, *rest = issued.date_parts[0]
    month, day = [*(f"{part:02}" for part in rest), "", ""][:2]
    return f"{year:04}/{month}/{day}/"
