"""Fields of the records by name, and how to reach them.

The names are an interface: they are only ever added to. They stand here as plain text, so that
shell completion can offer them without building the models; a test holds them to the models.
"""

from collections.abc import Mapping
from typing import Any, Final

from targetmarkets.errors import UsageError, shorten
from targetmarkets.model.vocabulary import KINDS, LISTS

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "customer": (
        "object", "id", "name", "aliases", "kind", "iso_3166", "iso_3166.alpha_2",
        "iso_3166.alpha_3", "region", "category", "category_basis", "category_basis.claim",
        "category_basis.certainty", "category_basis.hedge", "category_basis.evidence",
        "category_basis.known", "category_basis.said_by", "category_basis.sources",
        "category_basis.citation", "category_conflict", "activity_types", "independent_sources",
        "classifications", "activities", "claims", "denied", "collective", "group", "quotes",
        "sources",
    ),
    "category": (
        "object", "id", "name", "chapter", "customers", "classifications", "claims", "individual",
        "collective", "quotes", "sources",
    ),
    "group": (
        "object", "id", "name", "members", "category", "category_basis", "category_basis.claim",
        "category_basis.certainty", "category_basis.hedge", "category_basis.evidence",
        "category_basis.known", "category_basis.said_by", "category_basis.sources",
        "category_basis.citation", "claims", "quotes", "sources",
    ),
    "claim": (
        "object", "id", "kind", "about", "statement", "certainty", "hedge", "known", "speakers",
        "said_by", "layer", "scope", "stance", "denies", "denied_by", "conflicts_with",
        "period", "activity", "activity.type", "activity.items", "activity.outcome",
        "evidence_kind", "evidence", "joint", "reasoning", "note", "sources", "citation",
        "status", "retraction",
    ),
    "quote": (
        "object", "id", "source", "exact", "start", "end", "page", "citation", "claims",
    ),
    "source": (
        "object", "id", "title", "issued", "archived", "citation", "descriptor", "bibliography",
        "archive", "archive.file", "archive.sha256", "archive.media_type", "archive.pages",
        "archive.original", "archive.original.file", "archive.original.sha256",
        "archive.original.media_type", "archive.original.extractor", "reports_on",
        "quotes", "claims", "set_aside",
    ),
    "hit": (
        "object", "kind", "id", "excerpt", "matches", "marked", "start", "end", "line",
        "certainty", "stance", "hedge", "claims", "sources", "citation", "gloss",
    ),
}  # fmt: skip
"""Every field that can be named, by the `object` of the record."""


OBJECTS: Final[Mapping[str, str]] = {
    **LISTS,
    **{kind: "claim" for kind in KINDS if kind not in LISTS},
}
"""What can be listed, each with the word for one of its objects."""

REPORTS: Final = ("verification", "coverage", "statistics", "diff", "anchoring")
"""What `verify`, `coverage`, `stats`, `diff` and `anchor` print, by its `object`."""


def choose(names: str | None, object_: str) -> tuple[str, ...]:
    """Field names from a list with commas; empty where none is asked for.

    Raises `UsageError`, with the valid ones, for a name that is not a field of such a record.
    """
    chosen = tuple(name.strip() for name in names.split(",")) if names is not None else ()
    for name in chosen:
        if name not in FIELDS[object_]:
            message = f"a {object_} has no field {shorten(name)}"
            raise UsageError(message, f"choose from: {', '.join(FIELDS[object_])}")
    return chosen


def value_at(record: object, field: str) -> Any:
    """Value of a field; a dotted name leads into the record. None ends the way."""
    value: Any = record
    for part in field.split("."):
        if value is None:
            return None
        value = getattr(value, part)
    return value
