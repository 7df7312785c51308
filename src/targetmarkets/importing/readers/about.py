"""What a page says of itself: in its head, in JSON-LD, in comments of what saved it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from targetmarkets.importing.readers.record import line

_WORKS: Final = re.compile("Article|Report|Posting|WebPage|Book|Dataset|CreativeWork|Thesis")

_ARCHIVED: Final = re.compile(
    r"https?://web\.archive\.org/web/(\d{4,14})[a-z_]*/(https?:/.*)", re.IGNORECASE
)
"""An address in the Internet Archive: when, and of what."""

_SAVED_FROM: Final = re.compile(
    r"(?:\burl:|saved from url=\(\d+\))\s*(https?://\S+)", re.IGNORECASE
)
"""What SingleFile, and browsers, write into a page that they save."""


def of_page(tree: Any) -> dict[str, Any]:
    """What a page says of itself, the most careful field first."""
    meta = _meta(tree)
    linked = next(_works(tree), {})

    def first(*names: str) -> str | None:
        return next((meta[name][0] for name in names if meta.get(name)), None)

    title, canonical = tree.css_first("title"), tree.css_first("link[rel=canonical]")
    journal = first("citation_journal_title")
    address = (canonical and canonical.attributes.get("href")) or first("og:url")
    return {
        "type": "article-journal" if journal else "webpage",
        "title": first("citation_title", "dc.title", "dcterms.title")
        or linked.get("headline")
        or first("og:title")
        or (title and title.text())
        or linked.get("name"),
        "author": meta.get("citation_author")
        or meta.get("dc.creator")
        or meta.get("dcterms.creator")
        or _names(linked.get("author"))
        or meta.get("author"),
        "container-title": journal
        or first("citation_conference_title", "og:site_name")
        or _name_of(linked.get("isPartOf")),
        "publisher": first("citation_publisher", "dc.publisher")
        or first("citation_technical_report_institution")
        or _name_of(linked.get("publisher")),
        "volume": first("citation_volume"),
        "issue": first("citation_issue"),
        "page": "-".join(
            part for part in (first("citation_firstpage"), first("citation_lastpage")) if part
        ),
        "number": first("citation_technical_report_number"),
        "DOI": first("citation_doi", "dc.identifier", "prism.doi"),
        "note": _note(captured(tree)),
        "URL": original(address or _saved_from(tree) or ""),
        "issued": first("citation_publication_date", "citation_date", "dc.date", "dcterms.date")
        or linked.get("datePublished")
        or first("article:published_time", "date"),
    }  # fmt: skip


def original(address: str) -> str:
    """An address; of a copy in the Internet Archive, that of which it is one."""
    found = _ARCHIVED.match(address)
    return found[2] if found else address


def captured(tree: Any) -> str:
    """When the Internet Archive took the copy that a page is, as a day; empty where it is none."""
    for node in tree.css("link[rel=canonical], meta[property='og:url']"):
        attributes = node.attributes
        address = attributes.get("href") or attributes.get("content") or ""
        if found := _ARCHIVED.match(address):
            day = found[1]
            return "-".join(part for part in (day[:4], day[4:6], day[6:8]) if part)
    return ""


def _note(day: str) -> str:
    return f"Read in the copy of {day} in the Internet Archive." if day else ""


def _meta(tree: Any) -> dict[str, list[str]]:
    meta: dict[str, list[str]] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = line(attributes.get("name") or attributes.get("property")).lower()
        if content := line(attributes.get("content")):
            meta.setdefault(name, []).append(content)
    return meta


def _saved_from(tree: Any) -> str:
    found = _SAVED_FROM.search((tree.html or "")[:4000])
    return found[1] if found else ""


def _works(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The works that a page describes in JSON-LD, in order."""
    for node in tree.css("script"):
        if (node.attributes.get("type") or "").lower() == "application/ld+json":
            try:
                yield from _among(json.loads(node.text() or ""))
            except (ValueError, RecursionError):
                continue


def _among(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _among(item)
    elif isinstance(value, dict):
        yield from _among(value.get("@graph"))
        types = value.get("@type")
        if any(isinstance(kind, str) and _WORKS.search(kind) for kind in _several(types)):
            yield value


def _several(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [value]


def _names(value: Any) -> list[str]:
    return [name for name in map(_name_of, _several(value)) if name]


def _name_of(value: Any) -> str:
    """The name of a person, body or work in JSON-LD."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return _name_of(value[0]) if value else ""
    return line(value)
