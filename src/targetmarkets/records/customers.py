"""The record of a customer: its dossier."""

from typing import Literal

from targetmarkets.model.activities import ActivityType
from targetmarkets.model.base import Whole
from targetmarkets.model.objects import Quote
from targetmarkets.model.parts import Iso3166
from targetmarkets.model.vocabulary import CustomerKind, Region
from targetmarkets.records.citation import Citation
from targetmarkets.records.claims import Basis, ClaimRecord, cited_by
from targetmarkets.records.overview import Overview


class CustomerRecord(Whole):
    """The dossier of a customer."""

    TOLD = ("id", "name", "category", "category_basis.known", "activities", "events", "sources")

    object: Literal["customer"] = "customer"
    """What this record is."""
    id: str
    """Id of the customer."""
    name: str
    """Its name."""
    aliases: tuple[str, ...]
    """Other names that find it."""
    kind: CustomerKind
    """Whether it is a state."""
    iso_3166: Iso3166 | None
    """ISO 3166-1 codes."""
    region: Region
    """Sub-region in UN M49."""
    category: str | None
    """Id of its category; null where its classifications disagree or there is none."""
    category_basis: Basis | None
    """How the category is known."""
    category_conflict: bool
    """Whether accepted classifications disagree."""
    activity_types: tuple[ActivityType, ...]
    """Types of what is asserted of this customer alone."""
    independent_sources: int
    """Lines of sources that do not report on one another or on the same work."""
    classifications: tuple[ClaimRecord, ...]
    """Claims that put it in a category, the one that decides first."""
    activities: tuple[ClaimRecord, ...]
    """Supplies and services asserted of this customer alone."""
    claims: tuple[ClaimRecord, ...]
    """Other things asserted of this customer alone."""
    denied: tuple[ClaimRecord, ...]
    """What is denied of this customer alone."""
    collective: tuple[ClaimRecord, ...]
    """What is said of it together with others, with no word on who did what."""
    group: tuple[ClaimRecord, ...]
    """What is said of its category, or of a group to which it may belong."""
    events: tuple[str, ...]
    """Ids of the events that claims about it speak of."""
    quotes: tuple[Quote, ...]
    """The quotations that all these claims rest on, in the order of the archived texts."""
    sources: tuple[str, ...]
    """Ids of the sources of all these claims."""
    overview: Overview
    """What is said of it alone, summed up, and what else there is, counted."""

    def citations(self) -> tuple[Citation, ...]:
        """What all these claims cite, in their order."""
        asserted = (*self.classifications, *self.activities, *self.claims)
        return cited_by((*asserted, *self.denied, *self.collective, *self.group))
