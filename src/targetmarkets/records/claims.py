"""The record of a claim, with its whole chain of evidence, and what it is made of."""

from collections.abc import Iterable
from typing import Literal

from targetmarkets.model.activities import (
    ActivityType,
    Form,
    Goods,
    Outcome,
    Part,
)
from targetmarkets.model.base import Record, Whole
from targetmarkets.model.objects import Quote
from targetmarkets.model.parts import (
    Assessment,
    Locator,
    Place,
    Quantity,
    Reference,
    Speaker,
)
from targetmarkets.model.vocabulary import (
    Certainty,
    CertaintyBasis,
    CertaintyOf,
    ClaimKind,
    Era,
    EvidenceKind,
    Layer,
    Scope,
    Stance,
    Status,
)
from targetmarkets.records.citation import Citation, distinct, via


class Subject(Record):
    """What a claim is about: an object by its id and name."""

    object: Literal["customer", "category", "group"]
    """What it is."""
    id: str
    """Its id."""
    name: str
    """Its name."""


class EvidenceRecord(Record):
    """One item of evidence, with the citation that goes with it."""

    kind: Literal["quotation", "reference"]
    """A quotation, which `tm verify` proves, or a reference, which nothing here proves."""
    quote: Quote | None
    """The quotation: id, source, exact words, and the code points where it starts and ends."""
    reference: Reference | None
    """The reference: source, locator, and where it was consulted."""
    page: str | None
    """Of a quotation: the page on which it begins; null where the archived text has no pages."""
    last_page: str | None = None
    """Of a quotation: the page on which it ends, where that is another than it begins on."""
    citation: str
    """The work, with the place in it."""

    def place(self) -> tuple[str, Locator | None]:
        """Id of the source, and the place in it by its own count, where one is given."""
        if self.quote:
            return self.quote.source, page_locator(self.page, self.last_page)
        assert self.reference is not None, "evidence is a quotation or a reference"
        return self.reference.source, self.reference.locator


class ActivityRecord(Record):
    """A supply or a service."""

    type: ActivityType
    """Goods and form in one word."""
    items: tuple[str, ...]
    """What the source names, in its own terms."""
    outcome: Outcome
    """What came of it, as far as the source says."""
    goods: Goods
    """What is supplied, or what the service is for."""
    form: Form
    """In what form."""
    quantities: tuple[Quantity, ...]
    """How many or how much, as the source has it."""


class PartyRecord(Record):
    """Somebody who takes part in what a claim says."""

    object: Literal["actor", "customer", "state"]
    """What it is; a state that is no customer has no id."""
    id: str | None
    """Its id."""
    state: str | None
    """Code of the state in ISO 3166-1."""
    name: str | None
    """Its name; null for a state that is given by its code."""
    part: Part
    """What it does there."""


class ClaimRecord(Whole):
    """A claim with its whole chain of evidence."""

    TOLD = ("id", "kind", "stance", "statement", "known", "hedge", "said_by")

    object: Literal["claim"] = "claim"
    """What this record is."""
    id: str
    """Id of the claim."""
    kind: ClaimKind
    """What sort of statement it is."""
    about: tuple[Subject, ...]
    """Customers, categories and groups that it is about."""
    statement: str
    """The claim, in the curator's words."""
    certainty: Certainty
    """How sure the speaker is."""
    certainty_basis: CertaintyBasis
    """Whether the certainty is that of the source's words, or the grade of its collector."""
    negative: bool
    """Whether the statement says that something is not so."""
    certainty_of: CertaintyOf
    """Of what the certainty is: it goes with the statement as it stands."""
    hedge: str | None
    """The hedging words, verbatim."""
    hedge_note: str | None
    """Why a word of doubt or negation in the sentences that it quotes does not bear on it."""
    known: str
    """How well it is known, in words: `stated`, `stated, by reference only`, or `likely, as
    collected, by reference only`."""
    speakers: tuple[Speaker, ...]
    """The chain of those who say it, outermost first."""
    said_by: str
    """Whose word it is, and through whom, in a line of text."""
    layer: Layer
    """Whether the book is in the chain, or its author, or neither."""
    scope: Scope | None
    """Whether it is said of one customer, of several together, or of a group."""
    stance: Stance
    """Whether the speaker asserts or denies it."""
    denies: tuple[str, ...]
    """Ids of claims that this one denies."""
    denied_by: tuple[str, ...]
    """Ids of claims that deny this one."""
    conflicts_with: tuple[str, ...]
    """Ids of claims that cannot both be right with this one, or that sort otherwise."""
    event: str | None
    """Id of the event that it speaks of."""
    period: str | None
    """When it happened, in EDTF."""
    era: Era
    """How that lies to the sanctions era."""
    said: str | None
    """When it was said or denied, in EDTF, where that is another time."""
    places: tuple[Place, ...]
    """Places that it names."""
    parties: tuple[PartyRecord, ...]
    """Who takes part in what it says."""
    activity: ActivityRecord | None
    """The supply or service."""
    evidence_kind: EvidenceKind
    """Quoted, if at least one item of evidence is a quotation; else referenced."""
    evidence: tuple[EvidenceRecord, ...]
    """What it rests on. Each item alone supports it, unless they are joint."""
    joint: bool
    """Whether all items of evidence are needed together."""
    reasoning: str | None
    """How the evidence gives the claim."""
    note: str | None
    """What a reader should know to judge it."""
    assessment: Assessment | None
    """What the curators think of it, apart from what the source says."""
    read: bool
    """Whether somebody here read one of its sources; false where they are known from others."""
    sources: tuple[str, ...]
    """Ids of the sources of its evidence."""
    citation: str
    """The citations of all its evidence in one line."""
    status: Status
    """Whether it stands."""
    retraction: str | None
    """Why it was retracted."""
    customers: tuple[str, ...]
    """Names of the customers that it is about."""
    category: str | None
    """Id of the category in which these customers are listed; null where they are in several, or in
    none."""
    year: int | None
    """The year in which its period begins; null where that is open, or not known to the year."""
    address: tuple[str, ...]
    """Addresses of its sources, and of the copies in which references were read."""

    def citations(self) -> tuple[Citation, ...]:
        """The works that it rests on, each at its place, and the works that these report on."""
        alone = len(self.sources) == 1
        cited = []
        for item in self.evidence:
            source, locator = item.place()
            through = via(self.speakers, source, alone=alone)
            cited.append(Citation(source, locator, item.quote, through))
        return distinct(cited)


class Basis(Record):
    """The classification that puts a customer in its category."""

    claim: str
    """Id of the claim."""
    certainty: Certainty
    """How sure it is."""
    hedge: str | None
    """Its hedging words, verbatim."""
    evidence: EvidenceKind
    """Whether a quotation proves it, or a reference only points to it."""
    known: str
    """The two in words: `stated`, `implied`, `stated, by reference only`."""
    said_by: str
    """Who says so."""
    sources: tuple[str, ...]
    """Ids of the sources."""
    citation: str
    """Where."""
    quoted_sources: tuple[str, ...]
    """Ids of those of them from which it is quoted."""


class Account(Record):
    """A value that claims of an event give, and which claims give it."""

    value: str
    """The value, in words."""
    claims: tuple[str, ...]
    """Ids of the accepted claims that say so."""
    sources: tuple[str, ...]
    """Ids of their sources."""


def page_locator(label: str | None, last: str | None = None) -> Locator | None:
    """The place in a work that a page is, or some pages are."""
    if label is None:
        return None
    return Locator(label="page", value=label if last is None else f"{label}–{last}")


def cited_by(claims: Iterable[ClaimRecord]) -> tuple[Citation, ...]:
    """What some claims cite, in their order."""
    return distinct(citation for claim in claims for citation in claim.citations())
