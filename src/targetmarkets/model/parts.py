"""What the stored objects are made of: archives, speakers, activities, places, evidence."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, model_validator

from targetmarkets import limits
from targetmarkets.model.activities import (
    SCHEMES,
    ActivityType,
    Form,
    Goods,
    Outcome,
    Part,
    PlaceRelation,
    Qualifier,
    Scheme,
    types_of,
)
from targetmarkets.model.base import Id, Line, Model, Number, Text
from targetmarkets.model.edtf import PERIOD_PATTERN, real_days
from targetmarkets.model.gaps import Gap
from targetmarkets.model.vocabulary import Credibility, LocatorLabel, Mode, Reliability, Role

PassageText = Annotated[str, Field(min_length=1)]

Start = Number

End = Annotated[Number, Field(gt=0)]

Sha256 = Annotated[str, Text(r"^[0-9a-f]{64}$")]

MediaType = Annotated[str, Text(r"^[a-z]+/[a-z0-9.+-]+$")]

FILE_PATTERN: Final = r"^[A-Za-z0-9_][A-Za-z0-9._ -]*$"

FileName = Annotated[str, Text(FILE_PATTERN, max_length=limits.FILE_NAME.most)]
"""A bare file name: no folder, no leading dot, nothing that a shell would read as more."""

Period = Annotated[str, Text(PERIOD_PATTERN), AfterValidator(real_days)]
"""A date or an interval in EDTF (ISO 8601-2): `2011`, `2011-03`, `2011/..`, `197X`, `2011~`."""


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


class Break(Model):
    """What stands in an archived text where a sentence goes on in the next column or page."""

    start: Start
    """Its first code point: the line end before notes, running heads and page numbers."""
    end: End
    """The code point after its last, where the text goes on."""


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
    gaps: tuple[Gap, ...] = ()
    """What of the document could not be read, or is not shown by it and so left out."""
    breaks: tuple[Break, ...] = ()
    """What is passed over between pages and columns, in order: notes, running heads, numbers."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        ends = [at for part in self.breaks for at in (part.start, part.end)]
        if any(one >= other for one, other in pairwise(ends)):
            raise ValueError("breaks are stretches of the text, one after the other")
        return self

    @property
    def kept(self) -> tuple["Archive | Original", ...]:
        """All that is kept among the archived texts: the text, and the document that it is from."""
        return (self, self.original) if self.original else (self,)

    @property
    def passed_over(self) -> Iterator[tuple[int, int]]:
        """The same as plain offsets."""
        return ((part.start, part.end) for part in self.breaks)

    def pages_of(self, start: int, end: int) -> str | None:
        """Labels of the page, or of the first and last, of a stretch; None without pages."""
        first, last = self.page_at(start), self.last_page_of(start, end)
        return f"{first}–{last}" if last else first

    def last_page_of(self, start: int, end: int) -> str | None:
        """Label of the page on which a stretch ends, where that is another than it begins on."""
        first, last = self.page_at(start), self.page_at(max(start, end - 1))
        return last if last != first else None

    def page_at(self, offset: int) -> str | None:
        """Label of the page on which a code point stands; None where the text has no pages."""
        index = bisect_right(self.pages, offset, key=lambda page: page.start)
        return self.pages[index - 1].label if index else None


class SetAside(Model):
    """A passage of an archived text that no claim needs, and why."""

    exact: PassageText
    """The passage, code point by code point."""
    start: Start
    """Its first code point, counted from 0."""
    end: End
    """The code point after its last."""
    reason: Line
    """Why: navigation, boilerplate, image caption, repeats another sentence."""


class Iso3166(Model):
    """The codes of a state in ISO 3166-1."""

    alpha_2: Annotated[str, Text(r"^[A-Z]{2}$")]
    """Two-letter code."""
    alpha_3: Annotated[str, Text(r"^[A-Z]{3}$")]
    """Three-letter code."""
    numeric: Annotated[str, Text(r"^[0-9]{3}$")] | None = None
    """Three digits."""


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


class Quantity(Model):
    """How many or how much of something, as the source has it."""

    value: Annotated[int | float, Field(ge=0, le=limits.QUANTITY.most)]
    """The number, or the lower end of a range."""
    to: Annotated[int | float, Field(gt=0, le=limits.QUANTITY.most)] | None = None
    """The upper end of a range."""
    unit: Line
    """What is counted or measured, in the source's own terms."""
    qualifier: Qualifier | None = None
    """How exact it is; null where the source gives it as exact."""

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if self.to is not None and self.to <= self.value:
            raise ValueError("'to' is the upper end of a range, and above 'value'")
        return self


class Activity(Model):
    """A supply or a service."""

    goods: Goods
    """What is supplied, or what the service is for."""
    form: Form
    """In what form: whole, in parts, as training, …"""
    items: tuple[Line, ...] = ()
    """What the source names, in its own terms."""
    quantities: tuple[Quantity, ...] = ()
    """How many or how much. What several claims say of one thing is not to be added up."""
    outcome: Outcome
    """What came of it, as far as the source says."""

    @property
    def types(self) -> tuple[ActivityType, ...]:
        """Goods and form in one word, or in two that both fit."""
        return types_of(self.goods, self.form)

    @property
    def type(self) -> ActivityType:
        """The first of them."""
        return self.types[0]


CountryCode = Annotated[str, Text(r"^[A-Z]{2}$")]
"""A two-letter code of ISO 3166-1; `verify` looks it up in the standard's table."""


class Party(Model):
    """Somebody who takes part in what a claim says, and as what."""

    id: Id | None = None
    """Id of an actor or a customer."""
    state: CountryCode | None = None
    """Code of a state that is no customer."""
    part: Part
    """What it does there."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.id is None) == (self.state is None):
            raise ValueError("a party is either an 'id' or a 'state'")
        return self


class Place(Model):
    """A place that a claim names."""

    name: Line
    """Its name, as the source has it."""
    country: CountryCode | None = None
    """Code of the country where it lies, where that is given or plain."""
    relation: PlaceRelation
    """What it is to what happens."""


class Identifier(Model):
    """A number by which an actor is known."""

    scheme: Scheme
    """What it is a number of."""
    value: Line
    """The number."""

    @model_validator(mode="after")
    def _well_formed(self) -> Self:
        if self.scheme == "imo" and not _is_imo_number(self.value):
            raise ValueError(f"this is no {SCHEMES['imo']}")
        return self


def _is_imo_number(text: str) -> bool:
    """Seven digits, of which the last is that of the sum of the others, weighted 7 to 2."""
    if not (len(text) == 7 and text.isascii() and text.isdigit()):
        return False
    digits = [int(digit) for digit in text]
    weighted = sum(digit * (7 - place) for place, digit in enumerate(digits[:6]))
    return weighted % 10 == digits[6]


class Assessment(Model):
    """What curators think of a claim: their own judgement, and nobody else's."""

    reliability: Reliability
    """Reliability of the source on the Admiralty scale, A to F."""
    credibility: Credibility
    """Credibility of what is said on the Admiralty scale, 1 to 6."""
    by: Line
    """Who judges."""
    why: Line
    """Why."""


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
