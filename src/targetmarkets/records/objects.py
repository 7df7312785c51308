"""The records that `--json` prints and the Python interface returns.

A record is composed from the stored objects: it says what it is (`object`), stands by itself,
and has one shape wherever it is printed. Its fields are an interface: they are only added to.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, TypeAlias

from targetmarkets.model.activities import (
    ActivityType,
    ActorKind,
    EventKind,
)
from targetmarkets.model.base import Record, Whole
from targetmarkets.model.csl import Work
from targetmarkets.model.objects import Quote
from targetmarkets.model.parts import (
    Archive,
    Identifier,
    Iso3166,
    SetAside,
)
from targetmarkets.model.types import FoundIn, HitKind
from targetmarkets.model.vocabulary import (
    Certainty,
    CustomerKind,
    Era,
    Region,
    Stance,
)
from targetmarkets.records.citation import Citation, distinct
from targetmarkets.records.claims import (
    Account,
    Basis,
    ClaimRecord,
    PartyRecord,
    Subject,
    page_locator,
)
from targetmarkets.records.overview import Overview

if TYPE_CHECKING:  # or every list would build the models of pictures
    from targetmarkets.records.glance import CustomerGlance
    from targetmarkets.records.pictures import CellRecord, ComparisonRecord, MomentRecord


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
        return _cited((*asserted, *self.denied, *self.collective, *self.group))


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
        return _cited((*self.classifications, *self.claims, *self.individual, *self.collective))


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
        return _cited(self.claims)


class EventRecord(Whole):
    """An event, as its claims tell of it: each value with those who give it, none chosen."""

    TOLD = ("id", "name", "kind", "disputed", "claims", "denied", "sources")

    object: Literal["event"] = "event"
    """What this record is."""
    id: str
    """Id of the event."""
    name: str
    """What it is called here."""
    aliases: tuple[str, ...]
    """Other names that find it."""
    kind: EventKind
    """What sort of occurrence it is."""
    dates: tuple[Account, ...]
    """When, in EDTF."""
    eras: tuple[Era, ...]
    """How these dates lie to the sanctions era; `undated` alone where there is none."""
    places: tuple[Account, ...]
    """Where, with the relation of the place: `to Latakia (SY)`."""
    parties: tuple[Account, ...]
    """Who took part, and as what: `interceptor: PA`, `carrier: Chong Chon Gang`."""
    goods: tuple[Account, ...]
    """What was supplied, and in what form: `missiles, parts`."""
    quantities: tuple[Account, ...]
    """How many or how much."""
    outcomes: tuple[Account, ...]
    """What came of it."""
    disputed: bool
    """Whether claims of it are denied, or differ from one another by their own account."""
    customers: tuple[Subject, ...]
    """Customers that its claims are about."""
    claims: tuple[ClaimRecord, ...]
    """What is asserted of it, in the order of the file."""
    denied: tuple[ClaimRecord, ...]
    """What is denied of it."""
    independent_sources: int
    """Lines of sources that do not report on one another or on the same work."""
    quotes: tuple[Quote, ...]
    """The quotations that these claims rest on."""
    sources: tuple[str, ...]
    """Ids of the sources of these claims."""
    certainties: tuple[Certainty, ...]
    """Every certainty of what is asserted of it, the surest first: a range, of which none is
    chosen."""
    known: tuple[str, ...]
    """How well these claims are known, in words: `stated, by reference only`; the surest first."""

    def citations(self) -> tuple[Citation, ...]:
        """What these claims cite, in their order."""
        return _cited((*self.claims, *self.denied))


class ActorRecord(Whole):
    """An actor, and what it does in what claims say."""

    TOLD = ("id", "name", "kind", "country", "events", "claims")

    object: Literal["actor"] = "actor"
    """What this record is."""
    id: str
    """Id of the actor."""
    name: str
    """Its usual name."""
    aliases: tuple[str, ...]
    """Other names that find it."""
    kind: ActorKind
    """What it is."""
    country: str | None
    """Code of its country, where a claim says so."""
    identifiers: tuple[Identifier, ...]
    """Numbers by which it is known."""
    parts: tuple[Account, ...]
    """What it does, by the words for parts of parties."""
    events: tuple[str, ...]
    """Ids of the events in which it takes part."""
    counterparts: tuple[PartyRecord, ...]
    """Who else takes part in what these claims say."""
    claims: tuple[ClaimRecord, ...]
    """What is asserted with it as a party."""
    denied: tuple[ClaimRecord, ...]
    """What is denied with it as a party."""
    independent_sources: int
    """Lines of sources that do not report on one another or on the same work."""
    quotes: tuple[Quote, ...]
    """The quotations that these claims rest on."""
    sources: tuple[str, ...]
    """Ids of the sources of these claims."""

    def citations(self) -> tuple[Citation, ...]:
        """What these claims cite, in their order."""
        return _cited((*self.claims, *self.denied))


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
    citation: str
    """The work, with the place in it, and whether the quotation is part of a word."""
    claims: tuple[str, ...]
    """Ids of the claims that rest on it."""
    part_of_word: bool
    """Whether it begins or ends within a word or a number, on purpose."""
    last_page: str | None
    """The page on which it ends, where that is another; null otherwise."""

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


class HitRecord(Whole):
    """Something that a search found, with the words that match in their context."""

    TOLD = ("kind", "id", "marked", "gloss")

    object: Literal["hit"] = "hit"
    """What this record is."""
    kind: HitKind
    """What was found: an object that has an id, or a passage of an archived text."""
    id: str
    """The id that `tm show` takes; of a passage, that of its source."""
    excerpt: str
    """The words in which it was found: a name with its other names, a statement, a quotation, a
    passage; of a long one the part around the matches. After a statement stand the name of its
    event and the notes in which there are matches, each note behind the word for what it is."""
    matches: tuple[tuple[int, int], ...]
    """Where in the excerpt the matches stand: first code point, from 0, and the one after the
    last."""
    marked: str
    """The excerpt with ⟦ and ⟧ around each match, and … where it leaves something out."""
    start: int | None = None
    """Of a passage or a quotation: the first code point of the excerpt in the archived text."""
    end: int | None = None
    """The code point after its last."""
    line: int | None = None
    """Of a passage: the line of the archived text, from 1, in which the excerpt begins."""
    certainty: Certainty | None = None
    """Of a claim: how sure the speaker is."""
    stance: Stance | None = None
    """Of a claim: whether the speaker asserts or denies it."""
    hedge: str | None = None
    """Of a claim: the hedging words, verbatim."""
    claims: tuple[str, ...] | None = None
    """Of a passage, a quotation or a source: ids of the accepted claims that rest on it."""
    sources: tuple[str, ...] = ()
    """Ids of the sources of what was found; none for names."""
    citation: str | None = None
    """Where what was found comes from; null for names."""
    gloss: str = ""
    """What to know of it, in a line: how it is known and who says so, or what cites it."""
    found_in: tuple[FoundIn, ...] | None = None
    """Of a claim: where the words stand that match; what stands only in a note or in the reasoning
    is not said by the source."""


AnyRecord = (
    CustomerRecord
    | CategoryRecord
    | GroupRecord
    | EventRecord
    | ActorRecord
    | ClaimRecord
    | QuoteRecord
    | SourceRecord
)

ListedRecord: TypeAlias = (
    "AnyRecord | HitRecord | CustomerGlance | MomentRecord | CellRecord | ComparisonRecord"
)
"""What a list can be made of; a glance for a table of customers alone."""


def _cited(claims: Iterable[ClaimRecord]) -> tuple[Citation, ...]:
    return distinct(citation for claim in claims for citation in claim.citations())
