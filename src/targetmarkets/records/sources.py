"""The records of what claims rest on: sources, and quotations from them."""

from typing import Literal

from targetmarkets.model.base import Whole
from targetmarkets.model.objects import Quote
from targetmarkets.model.parts import Archive, SetAside
from targetmarkets.records.citation import Citation
from targetmarkets.records.claims import page_locator
from targetmarkets.records.works import Work


class QuoteRecord(Whole):
    """A quotation, and the claims that rest on it."""

    TOLD = ("id", "source", "page", "exact", "claims")

    object: Literal["quote"] = "quote"
    """What this record is."""
    id: str
    """Id of the quotation."""
    source: str
    """Id of the archived source."""
    exact: str
    """The passage, code point by code point (W3C TextQuoteSelector)."""
    start: int
    """Its first code point in the archived text, from 0 (W3C TextPositionSelector)."""
    end: int
    """The code point after its last."""
    page: str | None
    """The page on which it begins; null where the archived text has no pages."""
    last_page: str | None
    """The page on which it ends, where that is another; null otherwise."""
    citation: str
    """The work, with the place in it, and whether the quotation is part of a word."""
    claims: tuple[str, ...]
    """Ids of the claims that rest on it."""
    part_of_word: bool
    """Whether it begins or ends within a word or a number, on purpose."""

    def stored(self) -> Quote:
        """The quotation as it is stored."""
        return Quote(**self.model_dump(include=set(Quote.model_fields)))

    def citations(self) -> tuple[Citation, ...]:
        """The source that was read."""
        return (Citation(self.source, page_locator(self.page, self.last_page), self.stored()),)


class SourceRecord(Whole):
    """A source, its quotations, and the claims that rest on it."""

    TOLD = ("id", "title", "issued", "archived", "quotes", "claims")

    object: Literal["source"] = "source"
    """What this record is."""
    id: str
    """Citation key."""
    title: str
    """Title of the work."""
    issued: str | None
    """Date of publication, in ISO 8601, as exact as it is known."""
    archived: bool
    """Whether its text is archived here, so that quotations from it can be proved."""
    citation: str
    """Reference to the work."""
    descriptor: str
    """What it is, who made it, its limits."""
    bibliography: Work
    """Bibliographic record in CSL-JSON."""
    archive: Archive | None
    """File, hash and media type of the archived text."""
    read: bool
    """Whether a curator or collector read it."""
    reports_on: tuple[str, ...]
    """Ids of sources that it reports on or is part of."""
    quotes: tuple[Quote, ...]
    """Quotations from it, in the order of the text."""
    claims: tuple[str, ...]
    """Ids of the claims that rest on it."""
    set_aside: tuple[SetAside, ...]
    """Passages that no claim needs."""

    def citations(self) -> tuple[Citation, ...]:
        """The work itself."""
        return (Citation(self.id),)
