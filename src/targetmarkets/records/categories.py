"""The records of what customers are sorted into: categories, and groups that a text speaks of."""

from typing import Literal

from targetmarkets.model.base import Record, Whole
from targetmarkets.model.objects import Quote
from targetmarkets.records.citation import Citation
from targetmarkets.records.claims import Basis, ClaimRecord, Subject, cited_by


class Member(Record):
    """A customer as a category's record lists it."""

    id: str
    """Id of the customer."""
    name: str
    """Its name."""
    basis: Basis
    """How it is known to belong here."""


class CategoryRecord(Whole):
    """A category with its customers and what is said of it."""

    TOLD = ("id", "name", "chapter", "customers", "sources")

    object: Literal["category"] = "category"
    """What this record is."""
    id: str
    """Id of the category."""
    name: str
    """Its name."""
    chapter: str
    """Chapter of the book that treats it."""
    customers: tuple[Member, ...]
    """Customers in it, and how each is known to be."""
    classifications: tuple[ClaimRecord, ...]
    """Claims that put customers in it."""
    claims: tuple[ClaimRecord, ...]
    """What is said of the category, and of groups that a claim equates with it."""
    individual: tuple[ClaimRecord, ...]
    """What is said of one customer with regard to the category or to such a group, other than that
    it belongs there."""
    collective: tuple[ClaimRecord, ...]
    """What is said of several customers together with regard to the category or to such a group."""
    quotes: tuple[Quote, ...]
    """The quotations that all these claims rest on."""
    sources: tuple[str, ...]
    """Ids of the sources of these claims."""

    def citations(self) -> tuple[Citation, ...]:
        """What all these claims cite, in their order."""
        return cited_by((*self.classifications, *self.claims, *self.individual, *self.collective))


class GroupRecord(Whole):
    """A group that a text speaks of."""

    TOLD = ("id", "name", "category", "category_basis.known", "members", "claims")

    object: Literal["group"] = "group"
    """What this record is."""
    id: str
    """Id of the group."""
    name: str
    """The words of the text."""
    members: tuple[Subject, ...]
    """Customers that the text names when it speaks of the group."""
    category: str | None
    """Id of the category with which a claim equates it."""
    category_basis: Basis | None
    """How that is known."""
    claims: tuple[ClaimRecord, ...]
    """What is said of it."""
    quotes: tuple[Quote, ...]
    """The quotations that these claims rest on."""
    sources: tuple[str, ...]
    """Ids of the sources of these claims."""

    def citations(self) -> tuple[Citation, ...]:
        """What these claims cite, in their order."""
        return cited_by(self.claims)
