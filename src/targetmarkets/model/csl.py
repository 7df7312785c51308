"""The bibliographic record of a work in CSL-JSON, as the file stores it."""

from datetime import date
from typing import Annotated, Final, Self

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from targetmarkets import limits
from targetmarkets.model.base import Line, Model

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The months in English; their first three letters are what BibTeX calls them."""


class Csl(Model):
    """An object of CSL-JSON, which leaves out what is not known: null is not a value there."""

    @model_serializer(mode="wrap")
    def _without_nulls(self, serialise: SerializerFunctionWrapHandler) -> dict[str, object]:
        fields: dict[str, object] = serialise(self)
        return {name: value for name, value in fields.items() if value is not None}


class Name(Csl):
    """The name of a person or body, as CSL-JSON writes it: family and given, or literal."""

    family: Line | None = None
    """Family name of a person."""
    given: Line | None = None
    """Given name of a person."""
    literal: Line | None = None
    """The whole name of a body."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.literal is None) == (self.family is None):
            raise ValueError("give either 'literal' or 'family'")
        return self

    @property
    def shown(self) -> str:
        """`Andrea Berger`."""
        return self.literal or " ".join(filter(None, (self.given, self.family)))


DatePart = Annotated[int, Field(ge=1, le=limits.YEAR.most)]
"""A year, a month or a day; which of them there are is looked up in the calendar."""


class Issued(Model):
    """A date as CSL-JSON writes it."""

    date_parts: tuple[Annotated[tuple[DatePart, ...], Field(min_length=1, max_length=3)]] = Field(
        alias="date-parts"
    )
    """One list of year, month and day; the month and the day may be missing."""

    @model_validator(mode="after")
    def _real_date(self) -> Self:
        year, month, day = (*self.date_parts[0], 1, 1)[:3]
        date(year, month, day)
        return self

    @property
    def shown(self) -> str:
        """`8 December 2015`, `December 2015` or `2015`."""
        year, *rest = self.date_parts[0]
        words = [str(year)]
        if rest:
            words.insert(0, MONTHS[rest[0] - 1])
        if len(rest) > 1:
            words.insert(0, str(rest[1]))
        return " ".join(words)


class Bibliography(Csl):
    """The bibliographic record of a source in CSL-JSON, without its `id`: that is the source's."""

    type: Line
    """CSL type, such as `book`, `chapter`, `article-newspaper`, `webpage`, `report`."""
    title: Line | None = None
    """Title of the work; null where nobody here knows it."""
    author: tuple[Name, ...] = ()
    """Authors in order; empty where the work names none."""
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
    doi: Line | None = Field(default=None, alias="DOI")
    """Digital Object Identifier, without a resolver."""
    url: Line | None = Field(default=None, alias="URL")
    """Address of the work."""
    note: Line | None = None
    """What a user of this record should know about it."""
