"""The columns that a list shows unless told: rows for programs, and tables for people."""

from collections.abc import Mapping
from typing import Final

_CLAIMS = (
    "id", "kind", "about", "scope", "stance", "statement", "certainty", "hedge", "said_by",
    "layer", "period", "evidence_kind", "evidence", "denies", "denied_by", "conflicts_with",
    "note", "status",
)  # fmt: skip

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "customers": (
        "id", "name", "kind", "region", "category", "category_basis.certainty",
        "category_basis.hedge", "category_basis.evidence", "category_basis.said_by",
        "category_basis.citation", "activity_types",
    ),
    "categories": (
        "id", "name", "chapter", "customers", "classifications", "claims", "sources",
    ),
    "groups": (
        "id", "name", "members", "category", "category_basis.certainty", "category_basis.hedge",
        "category_basis.evidence", "category_basis.said_by", "claims", "sources",
    ),
    "activities": (
        "id", "about", "scope", "stance", "activity.type", "activity.items", "activity.outcome",
        "statement", "certainty", "hedge", "said_by", "layer", "period", "evidence_kind",
        "evidence", "denies", "denied_by", "conflicts_with", "note",
    ),
    "claims": _CLAIMS,
    "findings": _CLAIMS,
    "quotes": ("id", "source", "start", "end", "page", "exact", "claims", "citation"),
    "sources": (
        "id", "title", "issued", "archived", "reports_on", "claims", "descriptor",
        "citation",
    ),
    "hits": (
        "kind", "id", "marked", "start", "end", "line", "certainty", "stance", "hedge", "claims",
        "sources", "citation", "gloss",
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
        "How known": ("category_basis.known", "category_basis.hedge"),
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
}
"""Columns of a list on a terminal: the heading, the field that is shown under it, and those that
are shown below that one in a smaller voice."""
