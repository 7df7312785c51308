"""The rows behind `tm timeline`, `tm matrix` and `tm compare`: what their pictures are drawn of."""

from typing import Literal

from targetmarkets.model.activities import EventKind, Goods
from targetmarkets.model.base import Record
from targetmarkets.model.vocabulary import Certainty, Scope
from targetmarkets.records.claims import Subject
from targetmarkets.records.overview import Contest, EventLine, OutcomeCount, Summary, Supply


class _Moment(Record):
    object: Literal["moment"] = "moment"
    """What this record is."""


class MomentRecord(EventLine, _Moment):
    """An event on the timeline, by all that is asserted of it."""

    kind: EventKind
    """What sort of occurrence it is."""
    placed: Literal["year", "range", "undated"]
    """Whether it lies in one year, or in a stretch of time that is not one year for sure, such as
    `2012/2017`, `198X` or `2009~`, or has no date."""
    year: int | None
    """The year in which it lies; null unless it is placed in one."""
    customers: tuple[Subject, ...]
    """Customers of which its claims speak alone."""
    together: tuple[Subject, ...]
    """Customers that its claims name only together with others, with no word on who did what."""


class _Cell(Record):
    object: Literal["cell"] = "cell"
    """What this record is."""


class CellRecord(Summary, _Cell):
    """What is said of one row of the matrix and one kind of goods. Where nothing is said there is
    no record.
    """

    row: Literal["customer", "category"]
    """What the rows of the matrix are."""
    id: str | None
    """Id of the customer or category; null for what is said of no one customer, or of none in a
    category."""
    name: str
    """Its name."""
    category: str | None
    """Id of its category."""
    scope: Scope | None
    """Whether this was said of customers alone, of several together, or of groups and categories;
    null where it was said of nobody. What is said of one scope is in no cell of another."""
    goods: Goods
    """What is supplied."""
    range: str
    """The certainties from the surest to the least sure, by their first letters: `S`, `S–A`."""
    occurrences: int
    """Events, and claims that speak of no event."""
    events: tuple[str, ...]
    """Ids of the events that the claims speak of."""
    undated: int
    """How many of the claims have no period."""


class Told(Record):
    """A claim in short."""

    id: str
    """Its id."""
    statement: str
    """The claim, in the curator's words."""
    certainty: Certainty
    """How sure the speaker is."""
    hedge: str | None
    """The hedging words, verbatim."""
    known: str
    """How well it is known, in words."""
    said_by: str
    """Whose word it is, and through whom."""
    disputed: bool
    """Whether it is denied, or differs from another claim."""
    sources: tuple[str, ...]
    """Ids of its sources."""


class ComparisonRecord(Record):
    """A customer as it is set beside others, by what is said of it alone."""

    object: Literal["comparison"] = "comparison"
    """What this record is."""
    id: str
    """Id of the customer."""
    name: str
    """Its name."""
    category: str | None
    """Id of its category; null where its classifications disagree or there is none."""
    category_conflict: bool
    """Whether accepted classifications disagree."""
    classification: Told | None
    """The claim that puts it there."""
    drivers: tuple[Told, ...]
    """Why it buys, the best known first."""
    supplies: tuple[Supply, ...]
    """What it got, was to get or asked for, by kind of goods and form."""
    events: tuple[EventLine, ...]
    """The events that claims about it alone speak of, in order of time."""
    outcomes: tuple[OutcomeCount, ...]
    """How its supplies and services ended, the commonest first."""
    strongest: tuple[Told, ...]
    """What is said of its supplies and services, that with the strongest evidence first; the
    first three."""
    contested: tuple[Contest, ...]
    """What is denied or disputed."""
    together: int
    """How many claims are about it with others, with no word on who did what."""
    quoted: int
    """How many of its claims rest on a quotation, which `tm verify` proves."""
    independent_sources: int
    """Lines of sources that were read and do not report on one another or on the same work."""
    claims: tuple[str, ...]
    """Ids of the claims about it alone."""
    sources: tuple[str, ...]
    """Ids of their sources."""
