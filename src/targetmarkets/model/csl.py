"""The bibliographic record of a work in CSL-JSON, as the file stores it."""

from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from targetmarkets import limits
from targetmarkets.model.base import Line, Model, Text
from targetmarkets.model.dates import csl_of
from targetmarkets.model.edtf import PERIOD_PATTERN, real_days

TYPES: Final = frozenset(
    {
        *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book"),
        *("broadcast", "chapter", "classic", "collection", "dataset", "document", "entry"),
        *("entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing"),
        *("interview", "legal_case", "legislation", "manuscript", "map", "motion_picture"),
        *("musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical"),
        *("personal_communication", "post", "post-weblog", "regulation", "report", "review"),
        *("review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage"),
    }
)
"""The types of CSL 1.0.2."""


OTHERS: Final = "others"
"""The name that says that a list of names is cut: with it pandoc sets `et al.`, and BibTeX too."""

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The months in English; their first three letters are what BibTeX calls them."""

SEASONS: Final = ("spring", "summer", "autumn", "winter")
"""The seasons, in the order of CSL and of EDTF."""


class Csl(Model):
    """An object of CSL-JSON, which leaves out what is not known: null is not a value there."""

    @model_serializer(mode="wrap")
    def _without_nulls(self, serialise: SerializerFunctionWrapHandler) -> dict[str, object]:
        fields: dict[str, object] = serialise(self)
        return {
            name: value
            for name, value in fields.items()
            if value is not None and (value not in ((), []) or name == "author")
        }


class Name(Csl):
    """The name of a person or body, as CSL-JSON writes it: family and given, or literal."""

    family: Line | None = None
    """Family name of a person."""
    given: Line | None = None
    """Given name of a person."""
    literal: Line | None = None
    """The whole name of a body; `others` at the end of a list says that the list is cut."""
    suffix: Line | None = None
    """What follows the name of a person: `Jr.`."""
    dropping_particle: Line | None = Field(default=None, alias="dropping-particle")
    """A particle that goes where the family name stands alone: the `de` of Jean de La Fontaine."""
    non_dropping_particle: Line | None = Field(default=None, alias="non-dropping-particle")
    """A particle that stays with the family name: the `La` of Jean de La Fontaine."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.literal is None) == (self.family is None):
            raise ValueError("give either 'literal' or 'family'")
        return self

    @property
    def shown(self) -> str:
        """`Andrea Berger`, `Jean de La Fontaine`, `Martin King, Jr.`."""
        if self.literal:
            return self.literal
        parts = (self.given, self.dropping_particle, self.non_dropping_particle, self.family)
        return ", ".join(filter(None, (" ".join(filter(None, parts)), self.suffix)))


DatePart = Annotated[int, Field(ge=1, le=limits.YEAR.most)]
"""A year, a month or a day; which of them there are is looked up in the calendar."""


class Issued(Csl):
    """A date, or a range of two, as CSL-JSON writes it; in EDTF beside it where that says more."""

    date_parts: tuple[Annotated[tuple[DatePart, ...], Field(min_length=1, max_length=3)], ...] = (
        Field(default=(), alias="date-parts", max_length=2)
    )
    """A list of year, month and day; the month and the day may be missing. Two for a range."""
    season: Annotated[int, Field(ge=1, le=4)] | None = None
    """Spring, summer, autumn or winter, as the work has it: 1 to 4."""
    circa: Literal[True] | None = None
    """That the date is about then, or not certain."""
    literal: Line | None = None
    """The date in words, where there are no parts that say all of it."""
    edtf: Annotated[str, Text(PERIOD_PATTERN)] | None = None
    """The same in EDTF (ISO 8601-2), where it is more than a day, a month or a year: `1998~`."""

    @model_validator(mode="after")
    def _real_date(self) -> Self:
        for parts in self.date_parts:
            year, month, day = (*parts, 1, 1)[:3]
            date(year, month, day)
        if self.edtf is None and bool(self.date_parts) == bool(self.literal):
            raise ValueError("give either 'date-parts' or 'literal'")
        if self.edtf is not None and csl_of(real_days(self.edtf)) != self._without_edtf():
            raise ValueError(f"'edtf' says {csl_of(self.edtf)}, and the rest does not")
        return self

    @property
    def shown(self) -> str:
        """`8 December 2015`, `December 2015`, `2015`, `spring 2015`, `c. 1998`, `2011–2012`."""
        if self.literal:
            return self.literal
        words = "–".join(_show_parts(*parts) for parts in self.date_parts)
        if self.season:
            words = f"{SEASONS[self.season - 1]} {words}"
        return f"c. {words}" if self.circa else words

    def _without_edtf(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"edtf"})


def _show_parts(year: int, month: int | None = None, day: int | None = None) -> str:
    words = (str(day) if day else None, MONTHS[month - 1] if month else None, str(year))
    return " ".join(filter(None, words))


class Bibliography(Csl):
    """The bibliographic record of a source in CSL-JSON, without its `id`: that is the source's.

    Its texts may have the marks of CSL-JSON: `<i>`, `<b>`, `<sup>`, `<sub>`, small capitals, and
    `<span class="nocase">` for what keeps its small letters.
    """

    type: Line
    """CSL type, such as `book`, `chapter`, `article-newspaper`, `webpage`, `report`."""
    title: Line | None = None
    """Title of the work; null where nobody here knows it."""
    author: tuple[Name, ...] = ()
    """Authors in order; empty where the work names none."""
    editor: tuple[Name, ...] = ()
    """Editors in order."""
    translator: tuple[Name, ...] = ()
    """Translators in order."""
    container_author: tuple[Name, ...] = Field(default=(), alias="container-author")
    """Authors of the work in which this one appeared."""
    container_title: Line | None = Field(default=None, alias="container-title")
    """Work or outlet in which this one appeared."""
    collection_title: Line | None = Field(default=None, alias="collection-title")
    """Series of the work."""
    collection_number: Line | None = Field(default=None, alias="collection-number")
    """Number within the series."""
    publisher: Line | None = None
    """Publisher."""
    issued: Issued | None = None
    """Date of publication, as exact as it is known."""
    number_of_pages: Line | None = Field(default=None, alias="number-of-pages")
    """Extent in pages."""
    volume: Line | None = None
    """Volume."""
    issue: Line | None = None
    """Issue."""
    page: Line | None = None
    """Pages of the work within its container."""
    number: Line | None = None
    """Number or symbol of a report or document."""
    authority: Line | None = None
    """Court or body that issued the work."""
    genre: Line | None = None
    """What kind of its type it is, as the work says: `Letter`, `PhD thesis`."""
    version: Line | None = None
    """Version of a data set, a program, a page."""
    event_title: Line | None = Field(default=None, alias="event-title")
    """Conference, hearing or other event from which the work comes."""
    archive: Line | None = None
    """Archive that holds the work, or a copy of it."""
    archive_location: Line | None = None
    """Where in that archive it is."""
    language: Line | None = None
    """Language of the work as a code: `en`, `pt-BR`. A title in another than English keeps its
    small letters in every style."""
    original_date: Issued | None = Field(default=None, alias="original-date")
    """When the work first appeared."""
    accessed: Issued | None = None
    """When it was read, for a work that changes."""
    doi: Line | None = Field(default=None, alias="DOI")
    """Digital Object Identifier, without a resolver."""
    url: Line | None = Field(default=None, alias="URL")
    """Address of the work."""
    note: Line | None = None
    """What a user of this record should know about it."""

    @property
    def address(self) -> str | None:
        """Where the work is: its address, else that of its DOI; None where it has neither."""
        return self.url or (f"https://doi.org/{self.doi}" if self.doi else None)
