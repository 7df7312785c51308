"""The objects of a knowledge base as its file stores them.

Every model is frozen, strict and closed (an unknown field is an error), and does no input or
output. The descriptions below are the documentation of the file format: `tm` generates its
JSON Schema from them.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, Self, get_args

from pydantic import (
    ConfigDict,
    Field,
    model_validator,
)

from targetmarkets.model.activities import ActorKind, EventKind
from targetmarkets.model.base import Id, Line, Model
from targetmarkets.model.csl import Bibliography
from targetmarkets.model.parts import (
    Activity,
    Archive,
    Assessment,
    CountryCode,
    End,
    Evidence,
    Identifier,
    Iso3166,
    Party,
    PassageText,
    Period,
    Place,
    SetAside,
    Speaker,
    Start,
)
from targetmarkets.model.stored import Named, Stored, Way
from targetmarkets.model.types import LISTS
from targetmarkets.model.vocabulary import (
    Certainty,
    CertaintyBasis,
    ClaimKind,
    CustomerKind,
    Region,
    Scope,
    Stance,
    Status,
)
from targetmarkets.text.rich import plain

SCHEMA_VERSION: Final = 2
"""The version of the file format that this package reads and writes."""


class Source(Stored):
    """A work that claims rest on, archived here or only referred to."""

    id: Id
    """Citation key, such as `nknews-2015`."""
    bibliography: Bibliography
    """Bibliographic record in CSL-JSON."""
    descriptor: Line
    """One sentence: what it is, who made it, its limits (after ICD 206 source descriptors)."""
    reports_on: tuple[Id, ...] = ()
    """Sources that this one reports on or is part of: they do not count as independent."""
    title_from: Line | None = None
    """Where the title of a work that nobody read is known from."""
    read: bool = True
    """Whether a curator or collector read it; what nobody read is known through what reports on it,
    and adds no origin."""
    archive: Archive | None = None
    """The archived text; null where the work is only referred to."""
    set_aside: tuple[SetAside, ...] = ()
    """Passages of the archived text that no claim needs."""

    WAYS = (Way("reports_on", "sources"),)

    @property
    def label(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its title; where none is known, the descriptor in square brackets, as styles have it."""
        title = self.bibliography.title
        return plain(title) if title else f"[{self.descriptor.removesuffix('.')}]"


class Quote(Stored):
    """A verbatim passage of an archived source that claims cite."""

    source: Id
    """Id of the archived source."""
    exact: PassageText
    """The passage, code point by code point (W3C TextQuoteSelector `exact`)."""
    start: Start
    """Its first code point, counted from 0 (W3C TextPositionSelector `start`)."""
    end: End
    """The code point after its last (W3C TextPositionSelector `end`)."""
    part_of_word: bool = False
    """Whether it begins or ends within a word or a number, on purpose."""

    WAYS = (Way("source", "archived", is_many=False),)

    @property
    def label(self) -> str:
        return f"quotation from {self.source}"


class Customer(Named):
    """A state or a non-state actor that a source sorts among North Korea's military customers.

    What it buys and where it is sorted are claims, and stand there alone. Kind, codes and region
    are the curator's, for finding and filtering.
    """

    name: Line
    """Name as the book's publisher or the article has it."""
    kind: CustomerKind
    """Whether it is a state."""
    iso_3166: Iso3166 | None = None
    """ISO 3166-1 codes; null for a non-state actor."""
    region: Region
    """Sub-region in UN M49 where it is, or where it chiefly operates."""

    def names(self) -> Iterator[str]:
        yield from super().names()
        if self.iso_3166:
            codes = (self.iso_3166.alpha_2, self.iso_3166.alpha_3, self.iso_3166.numeric)
            yield from filter(None, codes)


class Category(Named):
    """One of the three kinds of customer into which *Target Markets* sorts them."""

    name: Line
    """Name, as the book's chapter heading has it."""
    chapter: Line
    """Number of the book's chapter that treats it."""


class Group(Named):
    """A set of customers as one text names it, quantifier included."""

    name: Line
    """The words of the text, such as `many of these countries`."""
    members: tuple[Id, ...] = ()
    """Customers that the text names when it speaks of the set; empty where it names none.
    A claim about the group does not say which of them it holds for."""

    WAYS = (Way("members", "customers"),)


class Event(Named):
    """An occurrence that several claims speak of.

    It holds its identity alone: what happened, when, where, with whom, how it ended and who says
    so all come from the claims that name it.
    """

    name: Line
    """What it is called here, such as `Chong Chon Gang, Panama, July 2013`."""
    kind: EventKind
    """What sort of occurrence it is."""


class Actor(Named):
    """A firm, an agency, a ship, an aircraft, an armed group or a person.

    What it does are claims, of which it is a party.
    """

    name: Line
    """Its usual name."""
    kind: ActorKind
    """What it is."""
    country: CountryCode | None = None
    """Code of its country, where a claim says so."""
    identifiers: tuple[Identifier, ...] = ()
    """Numbers by which it is known."""

    def names(self) -> Iterator[str]:
        yield from super().names()
        for identifier in self.identifiers:
            yield identifier.value
            yield f"{identifier.scheme} {identifier.value}"


class Claim(Stored):
    """One statement that one chain of speakers makes, and its evidence."""

    about: tuple[Id, ...] = ()
    """Customers, categories and groups; empty for a finding about the trade, the supplier,
    the sanctions or the book."""
    kind: ClaimKind
    """What sort of statement it is."""
    statement: Line
    """The claim in our own words; it says no more than its evidence does."""
    certainty: Certainty
    """How sure the speaker is of the statement as it stands: of one in the negative, that it is
    not so."""
    certainty_basis: CertaintyBasis = "source"
    """Whether the certainty is that of the source's words, or the grade of who collected it."""
    negative: bool = False
    """Whether the statement says that something is not so, or will not be."""
    hedge: Line | None = None
    """The hedging words, verbatim from the sentences that it quotes; null where there are none."""
    hedge_note: Line | None = None
    """Why a word of doubt in the passage, or one of doubt or negation that it leaves out of its
    sentence, does not bear on this claim; null where there is none, or it is the hedge."""
    speakers: Annotated[tuple[Speaker, ...], Field(min_length=1)]
    """The chain of those who say it, outermost first."""
    scope: Scope | None = None
    """Whether it is said of one customer, of several together, or of a group; null where it is
    about no customer, category or group."""
    stance: Stance = "asserted"
    """Whether the speaker asserts or denies it."""
    denies: tuple[Id, ...] = ()
    """Claims that this one denies."""
    conflicts_with: tuple[Id, ...] = ()
    """Claims that cannot both be right with this one, or that sort otherwise."""
    event: Id | None = None
    """Id of the event that it speaks of."""
    period: Period | None = None
    """When it happened, in EDTF; null where the source gives no date."""
    said: Period | None = None
    """When it was said or denied, in EDTF, where that is another time and the source gives it."""
    places: tuple[Place, ...] = ()
    """Places that it names."""
    parties: tuple[Party, ...] = ()
    """Who takes part in what it says."""
    activity: Activity | None = None
    """The supply or service; given exactly for claims of kind `activity`."""
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    """What it rests on. Each item alone supports the claim, unless they are joint."""
    joint: bool = False
    """Whether all items of evidence are needed together."""
    reasoning: Line | None = None
    """How the evidence gives the claim; needed where it is joint or the claim is implied."""
    note: Line | None = None
    """What a reader should know to judge it; not itself evidence."""
    assessment: Assessment | None = None
    """What the curators think of it, apart from what the source says."""
    status: Status = "accepted"
    """Whether it stands."""
    retraction: Line | None = None
    """Why it was retracted; given exactly for retracted claims."""

    WAYS = (
        Way("about", "subjects"),
        Way("denies", "claims"),
        Way("conflicts_with", "claims"),
        Way("event", "events", is_many=False),
        Way("parties", "parties", ("id",)),
        Way("speakers", "sources", ("work",)),
        Way("evidence", "quotes", ("quote",)),
        Way("evidence", "sources", ("reference", "source")),
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        """Refuse fields that contradict one another; one look for all, as there are many claims."""
        if (self.kind == "activity") != (self.activity is not None):
            raise ValueError("'activity' goes with the kind 'activity'")
        if (self.status == "retracted") != (self.retraction is not None):
            raise ValueError("'retraction' goes with the status 'retracted'")
        if self.reasoning is None and (self.joint or self.certainty == "implied"):
            raise ValueError("joint evidence and implied claims need a 'reasoning'")
        if self.joint and len(self.evidence) < 2:
            raise ValueError("joint evidence needs two items or more")
        if self.certainty_basis == "collected" and any(item.quote for item in self.evidence):
            raise ValueError("a quotation is at hand, so the certainty is that of its words")
        if self.denies and self.stance != "denied":
            raise ValueError("'denies' goes with a denied stance")
        for item in self.evidence:
            if (item.quote is None) == (item.reference is None):
                raise ValueError("evidence is either a 'quote' or a 'reference'")
        return self

    @property
    def label(self) -> str:
        return self.statement


class KnowledgeFile(Model):
    """A knowledge base of North Korea's military customers: the whole file."""

    model_config = ConfigDict(title="targetmarkets knowledge base")

    schema_: Line | None = Field(default=None, alias="$schema")
    """Address of the JSON Schema of this file, for editors."""
    schema_version: Annotated[int, Field(ge=SCHEMA_VERSION, le=SCHEMA_VERSION)]
    """Version of this format."""
    covers: Line | None = None
    """Whose customers it holds, in words that follow their number, such as `those of one book`;
    null where nobody said so. How many they are, and to which year its sources go, follows from the
    rest."""
    sources: tuple[Source, ...] = ()
    """Works that claims rest on."""
    quotes: tuple[Quote, ...] = ()
    """Verbatim passages of the archived ones."""
    customers: tuple[Customer, ...] = ()
    """Customers."""
    categories: tuple[Category, ...] = ()
    """Categories, in the book's order."""
    groups: tuple[Group, ...] = ()
    """Groups that the texts speak of."""
    events: tuple[Event, ...] = ()
    """Occurrences that claims speak of."""
    actors: tuple[Actor, ...] = ()
    """Firms, agencies, ships, aircraft, armed groups and persons."""
    claims: tuple[Claim, ...] = ()
    """Claims; each stands once."""


STORED: Final[Mapping[str, type[Stored]]] = {
    name: get_args(KnowledgeFile.model_fields[name].annotation)[0] for name in LISTS
}
"""The model of the objects of each list of the file."""
