"""The objects of a knowledge base as its file stores them.

Every model is frozen, strict and closed (an unknown field is an error), and does no input or
output. The descriptions below are the documentation of the file format: `tm` generates its
JSON Schema from them.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Annotated, Final, NamedTuple, Self, get_args

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from targetmarkets.model.base import Id, Line, Model
from targetmarkets.model.csl import Bibliography
from targetmarkets.model.edtf import PERIOD_PATTERN, real_days
from targetmarkets.model.vocabulary import (
    LISTS,
    ActivityType,
    Certainty,
    ClaimKind,
    CustomerKind,
    LocatorLabel,
    Mode,
    Outcome,
    Region,
    Role,
    Scope,
    Stance,
    Status,
)

SCHEMA_VERSION: Final = 1
"""The version of the file format that this package reads and writes."""

Passage = Annotated[str, Field(min_length=1)]
Start = Annotated[int, Field(ge=0)]
End = Annotated[int, Field(gt=0)]

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

MediaType = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9.+-]+$")]

FILE_PATTERN: Final = r"^[A-Za-z0-9_][A-Za-z0-9._ -]*$"

FileName = Annotated[str, StringConstraints(pattern=FILE_PATTERN, max_length=200)]
"""A bare file name: no folder, no leading dot, nothing that a shell would read as more."""

Period = Annotated[str, StringConstraints(pattern=PERIOD_PATTERN), AfterValidator(real_days)]
"""A date or an interval in EDTF (ISO 8601-2): `2011`, `2011-03`, `2011/..`, `197X`, `2011~`."""


class Mention(NamedTuple):
    """A place where one object refers to another by its id."""

    field: tuple[str | int, ...]
    """The way to it from the object that refers."""
    id: str
    """The id that stands there."""
    among: str
    """What it must be among: a list of the file, `archived` sources, or `subjects`."""


class Stored(Model):
    """An object with an id that is unique across the whole file."""

    id: Id
    """Unique id."""

    @classmethod
    def word(cls) -> str:
        """The word for one of them: see `vocabulary.OBJECT_TYPES`."""
        return cls.__name__.lower()

    @property
    def label(self) -> str:
        """How it is called in a message."""
        raise NotImplementedError

    def names(self) -> Iterator[str]:
        """Everything that it answers to, its id first."""
        yield self.id

    def mentions(self) -> Iterator[Mention]:
        """Every place where it refers to another object."""
        yield from ()


class Named(Stored):
    """An object with a name by which it is found."""

    name: Line
    """Its name."""

    @property
    def label(self) -> str:
        return self.name

    def names(self) -> Iterator[str]:
        yield self.id
        yield self.name


class Original(Model):
    """The document from which an archived text was extracted, kept byte for byte."""

    file: FileName
    """Bare name of the file, beside the archived text."""
    sha256: Sha256
    """SHA-256 of the file's bytes, in lower-case hexadecimal."""
    media_type: MediaType
    """Media type of the file (RFC 6838), such as `application/pdf`."""
    extractor: Line
    """Name and version of what extracted the text."""


class Page(Model):
    """A page of an archived text."""

    label: Line
    """What the document calls it, such as `12` or `iv`."""
    start: Start
    """Its first code point in the archived text, from 0; a form feed stands before each but the
    first."""


class Archive(Model):
    """The archived text of a source, kept byte for byte."""

    file: FileName
    """Bare name of the file, found in the knowledge base's folder of archived texts."""
    sha256: Sha256
    """SHA-256 of the file's bytes, in lower-case hexadecimal."""
    media_type: MediaType
    """Media type of the file (RFC 6838). The text is read as UTF-8, newlines untouched."""
    pages: tuple[Page, ...] = ()
    """Pages of the document, in order; empty where it has none."""
    original: Original | None = None
    """The document that the text was extracted from; null where the text is the document."""

    def page_at(self, offset: int) -> str | None:
        """Label of the page on which a code point stands; None where the text has no pages."""
        index = bisect_right(self.pages, offset, key=lambda page: page.start)
        return self.pages[index - 1].label if index else None


class SetAside(Model):
    """A passage of an archived text that no claim needs, and why."""

    exact: Passage
    """The passage, code point by code point."""
    start: Start
    """Its first code point, counted from 0."""
    end: End
    """The code point after its last."""
    reason: Line
    """Why: navigation, boilerplate, image caption, repeats another sentence."""


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
    archive: Archive | None = None
    """The archived text; null where the work is only referred to."""
    set_aside: tuple[SetAside, ...] = ()
    """Passages of the archived text that no claim needs."""

    @property
    def label(self) -> str:
        return self.bibliography.title

    def mentions(self) -> Iterator[Mention]:
        for index, id_ in enumerate(self.reports_on):
            yield Mention(("reports_on", index), id_, "sources")


class Quote(Stored):
    """A verbatim passage of an archived source that claims cite."""

    source: Id
    """Id of the archived source."""
    exact: Passage
    """The passage, code point by code point (W3C TextQuoteSelector `exact`)."""
    start: Start
    """Its first code point, counted from 0 (W3C TextPositionSelector `start`)."""
    end: End
    """The code point after its last (W3C TextPositionSelector `end`)."""

    @property
    def label(self) -> str:
        return f"quotation from {self.source}"

    def mentions(self) -> Iterator[Mention]:
        yield Mention(("source",), self.source, "archived")


class Iso3166(Model):
    """The codes of a state in ISO 3166-1."""

    alpha_2: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    """Two-letter code."""
    alpha_3: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    """Three-letter code."""


class Customer(Named):
    """A state or a non-state actor that a source sorts among North Korea's military customers.

    What it buys and where it is sorted are claims, and stand there alone. Kind, codes and region
    are the curator's, for finding and filtering.
    """

    name: Line
    """Name as the book's publisher or the article has it."""
    aliases: tuple[Line, ...] = ()
    """Other names that find it."""
    kind: CustomerKind
    """Whether it is a state."""
    iso_3166: Iso3166 | None = None
    """ISO 3166-1 codes; null for a non-state actor."""
    region: Region
    """Sub-region in UN M49 where it is, or where it chiefly operates."""

    def names(self) -> Iterator[str]:
        yield from super().names()
        yield from self.aliases
        if self.iso_3166:
            yield self.iso_3166.alpha_2
            yield self.iso_3166.alpha_3


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

    def mentions(self) -> Iterator[Mention]:
        for index, id_ in enumerate(self.members):
            yield Mention(("members", index), id_, "customers")


class Speaker(Model):
    """One link in the chain of those who say a thing."""

    role: Role
    """What this speaker is; decides the layer of the claim."""
    name: Line
    """Name as it is shown."""
    mode: Mode
    """How this speaker says it, or passes on what the next speaker says."""
    work: Id | None = None
    """Id of the work in which this speaker says it, where it is a source here."""


class Activity(Model):
    """A supply or a service."""

    type: ActivityType
    """What kind of supply or service."""
    items: tuple[Line, ...] = ()
    """What the source names, in its own terms."""
    outcome: Outcome
    """What came of it, as far as the source says."""


class Locator(Model):
    """A place within a work."""

    label: LocatorLabel | None = None
    """CSL locator label, where CSL has one for it."""
    value: Line
    """Number or description of the place."""


class Reference(Model):
    """A bibliographic reference: nothing here proves it."""

    source: Id
    """Id of the work."""
    locator: Locator | None = None
    """Place within it; null for the whole work."""
    consulted_at: Line | None = None
    """Address of the page on which it was read, often a copy of the work."""


class Evidence(Model):
    """What a claim rests on: either a quotation or a reference."""

    quote: Id | None = None
    """Id of the quotation."""
    reference: Reference | None = None
    """The bibliographic reference."""


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
    """How sure the speaker is."""
    hedge: Line | None = None
    """The hedging words, verbatim from the quotation; null where there are none."""
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
    period: Period | None = None
    """When, in EDTF; null where the source gives no date."""
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
    status: Status = "accepted"
    """Whether it stands."""
    retraction: Line | None = None
    """Why it was retracted; given exactly for retracted claims."""

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
        if self.denies and self.stance != "denied":
            raise ValueError("'denies' goes with a denied stance")
        for item in self.evidence:
            if (item.quote is None) == (item.reference is None):
                raise ValueError("evidence is either a 'quote' or a 'reference'")
        return self

    @property
    def label(self) -> str:
        return self.statement

    def mentions(self) -> Iterator[Mention]:
        for index, id_ in enumerate(self.about):
            yield Mention(("about", index), id_, "subjects")
        for field in ("denies", "conflicts_with"):
            for index, id_ in enumerate(getattr(self, field)):
                yield Mention((field, index), id_, "claims")
        for index, speaker in enumerate(self.speakers):
            if speaker.work is not None:
                yield Mention(("speakers", index, "work"), speaker.work, "sources")
        for index, item in enumerate(self.evidence):
            if item.quote is not None:
                yield Mention(("evidence", index, "quote"), item.quote, "quotes")
            if item.reference is not None:
                place = ("evidence", index, "reference", "source")
                yield Mention(place, item.reference.source, "sources")


class KnowledgeFile(Model):
    """A knowledge base of North Korea's military customers: the whole file."""

    model_config = ConfigDict(title="targetmarkets knowledge base")

    schema_: Line | None = Field(default=None, alias="$schema")
    """Address of the JSON Schema of this file, for editors."""
    schema_version: Annotated[int, Field(ge=1, le=SCHEMA_VERSION)]
    """Version of this format."""
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
    claims: tuple[Claim, ...] = ()
    """Claims; each stands once."""


STORED: Final[Mapping[str, type[Stored]]] = {
    name: get_args(KnowledgeFile.model_fields[name].annotation)[0] for name in LISTS
}
"""The model of the objects of each list of the file."""
