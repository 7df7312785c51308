"""The columns that a list shows unless told: rows for programs, and tables for people."""

from collections.abc import Mapping
from typing import Final

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "customers": (
        "id", "name", "kind", "region", "category", "category_basis.certainty",
        "category_basis.hedge", "category_basis.evidence", "category_basis.said_by",
        "category_basis.citation", "activity_types",
    ),
    "categories": ("id", "name", "chapter", "customers", "claims", "sources"),
    "activities": (
        "id", "about", "scope", "activity.type", "activity.items", "activity.outcome",
        "statement", "certainty", "hedge", "said_by", "layer", "period", "evidence_kind",
        "evidence", "note",
    ),
    "sources": (
        "id", "title", "issued", "archived", "reports_on", "claims", "descriptor",
        "citation",
    ),
}  # fmt: skip
"""Columns of a list in rows and columns."""

HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "customers": {
        "name": "Customer",
        "category": "Category",
        "category_basis.known": "How known",
        "category_basis.said_by": "Who says so",
        "category_basis.sources": "Source",
    },
    "categories": {
        "id": "Category",
        "chapter": "Chapter",
        "customers": "Customers",
        "sources": "Sources",
    },
    "activities": {
        "about": "About",
        "statement": "Activity",
        "certainty": "Certainty",
        "activity.outcome": "Outcome",
        "sources": "Source",
        "id": "Claim",
    },
    "sources": {"id": "Source", "issued": "Date", "archived": "Archived", "citation": "Reference"},
}
"""Columns of a list on a terminal, with their headings."""
