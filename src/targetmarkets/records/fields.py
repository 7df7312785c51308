"""Fields of the records by name, how to reach them, and which of them lists show.

The names are an interface: they are only ever added to. They stand here as plain text, so that
shell completion can offer them without building the models; a test holds them to the models.
"""

from collections.abc import Mapping
from typing import Any, Final

from targetmarkets.errors import UsageError, shorten
from targetmarkets.model.types import KINDS, LISTS

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "customer": (
        "object", "id", "name", "aliases", "kind", "iso_3166", "iso_3166.alpha_2",
        "iso_3166.alpha_3", "iso_3166.numeric", "region", "category", "category_basis",
        "category_basis.claim",
        "category_basis.certainty", "category_basis.hedge", "category_basis.evidence",
        "category_basis.known", "category_basis.said_by", "category_basis.sources",
        "category_basis.citation", "category_basis.quoted_sources", "category_conflict",
        "activity_types", "independent_sources",
        "classifications", "activities", "claims", "denied", "collective", "group", "events",
        "quotes", "sources", "overview", "overview.supplies", "overview.events",
        "overview.drivers", "overview.contested", "overview.together", "overview.of_groups",
        "overview.last", "overview.latest_source", "overview.claims", "overview.quoted",
        "overview.kinds", "overview.independent_sources", "overview.sources",
    ),
    "category": (
        "object", "id", "name", "chapter", "customers", "classifications", "claims", "individual",
        "collective", "quotes", "sources",
    ),
    "group": (
        "object", "id", "name", "members", "category", "category_basis", "category_basis.claim",
        "category_basis.certainty", "category_basis.hedge", "category_basis.evidence",
        "category_basis.known", "category_basis.said_by", "category_basis.sources",
        "category_basis.citation", "category_basis.quoted_sources", "claims", "quotes", "sources",
    ),
    "event": (
        "object", "id", "name", "aliases", "kind", "dates", "eras", "places", "parties", "goods",
        "quantities", "outcomes", "disputed", "customers", "claims", "denied",
        "independent_sources", "quotes", "sources", "certainties", "known",
    ),
    "actor": (
        "object", "id", "name", "aliases", "kind", "country", "identifiers", "parts", "events",
        "counterparts", "claims", "denied", "independent_sources", "quotes", "sources",
    ),
    "claim": (
        "object", "id", "kind", "about", "statement", "certainty", "certainty_basis", "negative",
        "certainty_of", "hedge", "hedge_note", "known", "speakers",
        "said_by", "layer", "scope", "stance", "denies", "denied_by", "conflicts_with",
        "event", "period", "era", "said", "places", "parties", "activity", "activity.type",
        "activity.items", "activity.outcome", "activity.goods", "activity.form",
        "activity.quantities",
        "evidence_kind", "evidence", "joint", "reasoning", "note", "assessment",
        "assessment.reliability", "assessment.credibility", "assessment.by", "assessment.why",
        "read", "sources", "citation",
        "status", "retraction", "customers", "category", "year", "address",
    ),
    "quote": (
        "object", "id", "source", "exact", "start", "end", "page", "citation", "claims",
        "part_of_word", "last_page",
    ),
    "source": (
        "object", "id", "title", "issued", "archived", "citation", "descriptor", "bibliography",
        "archive", "archive.file", "archive.sha256", "archive.media_type", "archive.pages",
        "archive.original", "archive.original.file", "archive.original.sha256",
        "archive.original.media_type", "archive.original.extractor", "archive.gaps",
        "archive.breaks", "read", "reports_on",
        "quotes", "claims", "set_aside",
    ),
    "hit": (
        "object", "kind", "id", "excerpt", "matches", "marked", "start", "end", "line",
        "certainty", "stance", "hedge", "claims", "sources", "citation", "gloss",
        "found_in",
    ),
    "moment": (
        "object", "period", "outcomes", "certainties", "collected", "claims", "quoted",
        "assessments", "disputed",
        "independent_sources", "sources", "event", "name", "goods", "rank", "kind", "placed",
        "year", "customers", "together",
    ),
    "cell": (
        "object", "period", "outcomes", "certainties", "collected", "claims", "quoted",
        "assessments", "disputed",
        "independent_sources", "sources", "row", "id", "name", "category", "scope", "goods",
        "range", "occurrences", "events", "undated",
    ),
    "comparison": (
        "object", "id", "name", "category", "category_conflict", "classification",
        "classification.id", "classification.statement", "classification.certainty",
        "classification.hedge", "classification.known", "classification.said_by",
        "classification.disputed", "classification.sources", "drivers", "supplies", "events",
        "outcomes", "strongest", "contested", "together", "quoted", "independent_sources",
        "claims", "sources",
    ),
}  # fmt: skip
"""Every field that can be named, by the `object` of the record."""


OBJECTS: Final[Mapping[str, str]] = {
    **LISTS,
    **{kind: "claim" for kind in KINDS if kind not in LISTS},
}
"""What can be listed: the lists of the file and parts of them, each with what it is made of."""

ROWS_OF: Final[Mapping[str, str]] = {
    "search": "hit",
    "timeline": "moment",
    "matrix": "cell",
    "compare": "comparison",
}
"""Other commands that print rows, each with what a row is."""

_CLAIMS = (
    "id", "kind", "about", "scope", "stance", "statement", "certainty", "hedge", "said_by",
    "layer", "period", "evidence_kind", "evidence", "denies", "denied_by", "conflicts_with",
    "note", "status", "certainty_basis", "event", "said", "places", "parties", "customers",
    "category", "year", "sources", "citation", "address",
)  # fmt: skip


COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "customers": (
        "id", "name", "kind", "region", "category", "category_basis.certainty",
        "category_basis.hedge", "category_basis.evidence", "category_basis.said_by",
        "category_basis.citation", "activity_types", "overview.kinds", "overview.last",
        "overview.independent_sources", "overview.sources",
    ),
    "categories": (
        "id", "name", "chapter", "customers", "classifications", "claims", "sources",
    ),
    "groups": (
        "id", "name", "members", "category", "category_basis.certainty", "category_basis.hedge",
        "category_basis.evidence", "category_basis.said_by", "claims", "sources",
    ),
    "events": (
        "id", "name", "kind", "dates", "eras", "customers", "goods", "outcomes", "disputed",
        "independent_sources", "claims", "sources", "certainties", "known",
    ),
    "actors": (
        "id", "name", "kind", "country", "identifiers", "parts", "events", "claims", "sources",
        "independent_sources",
    ),
    "activities": (
        "id", "about", "scope", "stance", "activity.type", "activity.items", "activity.outcome",
        "statement", "certainty", "hedge", "said_by", "layer", "period", "evidence_kind",
        "evidence", "denies", "denied_by", "conflicts_with", "note",
        "activity.goods", "activity.form", "activity.quantities", "certainty_basis", "event",
        "said", "places", "parties", "customers", "category", "year", "sources", "citation",
        "address",
    ),
    "claims": _CLAIMS,
    "findings": _CLAIMS,
    "quotes": (
        "id", "source", "start", "end", "page", "exact", "claims", "citation", "part_of_word",
        "last_page",
    ),
    "sources": (
        "id", "title", "issued", "archived", "reports_on", "claims", "descriptor",
        "citation",
    ),
    "hits": (
        "kind", "id", "marked", "start", "end", "line", "certainty", "stance", "hedge", "claims",
        "sources", "citation", "gloss", "found_in",
    ),
    "timeline": (
        "period", "placed", "year", "event", "name", "kind", "customers", "together", "goods",
        "outcomes", "certainties", "collected", "disputed", "independent_sources", "quoted",
        "claims", "sources",
    ),
    "matrix": (
        "row", "id", "name", "category", "scope", "goods", "occurrences", "range", "certainties",
        "collected", "outcomes", "period", "undated", "disputed", "independent_sources", "quoted",
        "events", "claims", "sources",
    ),
    "comparisons": (
        "id", "name", "category", "classification.known", "classification.hedge",
        "classification.said_by", "drivers", "supplies", "events", "outcomes", "strongest",
        "contested", "together", "independent_sources", "quoted", "claims", "sources",
    ),
}  # fmt: skip
"""Columns of a list in rows and columns."""


_CLAIM_HEADINGS = {
    "Claim": ("statement", "about", "said_by", "sources", "id"),
    "Kind": ("kind", "stance"),
    "Certainty": ("known", "hedge"),
}


HEADINGS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "customers": {
        "Customer": ("name",),
        "Category": ("category",),
        "Known": ("category_basis.known", "category_basis.hedge"),
        "Got or sought": ("overview.kinds",),
        "Last": ("overview.last",),
        "Origins": ("overview.independent_sources",),
        "Who says so": ("category_basis.said_by", "category_basis.sources"),
    },
    "categories": {
        "Category": ("name", "id"),
        "Chapter": ("chapter",),
        "Customers": ("customers",),
        "Sources": ("sources",),
    },
    "groups": {
        "Group": ("name", "sources", "id"),
        "Names": ("members",),
        "Taken to be": ("category", "category_basis.known", "category_basis.hedge"),
        "Who says so": ("category_basis.said_by", "category_basis.sources"),
    },
    "events": {
        "When": ("dates",),
        "Event": ("name", "sources", "id"),
        "Kind": ("kind",),
        "Outcome": ("outcomes",),
        "How sure": ("known",),
        "Customer": ("customers",),
    },
    "actors": {
        "Actor": ("name", "sources", "id"),
        "Kind": ("kind",),
        "State": ("country",),
        "Part": ("parts",),
        "Events": ("events",),
    },
    "activities": {
        "Activity": ("statement", "about", "said_by", "sources", "id"),
        "Certainty": ("known", "hedge"),
        "Outcome": ("activity.outcome",),
    },
    "claims": _CLAIM_HEADINGS,
    "findings": _CLAIM_HEADINGS,
    "quotes": {
        "Quotation": ("exact", "citation", "id"),
        "Claims": ("claims",),
    },
    "sources": {
        "Source": ("citation", "id"),
        "Date": ("issued",),
        "Archived": ("archived",),
    },
    "hits": {
        "Found": ("marked", "gloss", "sources", "id"),
        "What": ("kind",),
    },
    "timeline": {
        "When": ("period", "placed"),
        "Event": ("name", "sources", "event"),
        "Customers": ("customers",),
        "Outcome": ("outcomes",),
        "Certainty": ("certainties",),
    },
    "matrix": {
        "Row": ("name", "scope"),
        "Goods": ("goods", "sources"),
        "Events": ("occurrences",),
        "Certainty": ("certainties",),
    },
    "comparisons": {
        "Customer": ("name", "id"),
        "Category": ("category", "classification.known", "classification.said_by"),
        "Why": ("drivers",),
        "Goods": ("supplies",),
        "Events": ("events",),
        "Outcomes": ("outcomes",),
        "Strongest evidence": ("strongest", "sources"),
        "Contested": ("contested",),
    },
}
"""Columns of a list for people: the heading, the field that is shown under it, and those that are
shown below that one in a smaller voice. On a terminal, `formats/glance.py` has lists of which each
record has a line."""

REPORTS: Final = (
    "verification", "coverage", "statistics", "diff", "anchoring", "check", "merge", "log",
)  # fmt: skip
"""What `verify`, `coverage`, `stats`, `diff`, `anchor`, `check`, `merge` and `log` print, by its
`object`."""


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
