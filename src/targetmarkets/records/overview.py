"""What an overview shows: the claims of a dossier summed up, and no more than they say.

A row that joins several claims has the range of their certainty and the ids of all of them, so
that each word of it can be followed to its evidence.
"""

from typing import Literal

from targetmarkets.model.activities import Form, Goods, Outcome
from targetmarkets.model.base import Record
from targetmarkets.model.vocabulary import Certainty


class OutcomeCount(Record):
    """How many occurrences ended in a way, by what is said of them."""

    outcome: Outcome
    """The outcome."""
    occurrences: int
    """Events, and claims that speak of no event, with this outcome."""


class Summary(Record):
    """What several claims come to that are shown as one."""

    period: str | None
    """The time that their periods lie in, in EDTF; null where none has one."""
    outcomes: tuple[OutcomeCount, ...]
    """What came of it, the commonest first. Where claims of one event differ, each counts."""
    certainties: tuple[Certainty, ...]
    """Every certainty that they have, the surest first: a range, of which none is chosen."""
    collected: int
    """How many of them have the grade of a collector instead of a source's word."""
    claims: tuple[str, ...]
    """Their ids."""
    quoted: int
    """How many of them rest on a quotation."""
    assessments: tuple[str, ...]
    """What the curators think of them, on the Admiralty scale: `B2`. Empty where they gave none."""
    disputed: bool
    """Whether one of them is denied, or differs from another claim."""
    independent_sources: int
    """Lines of sources that were read and do not report on one another or on the same work."""
    sources: tuple[str, ...]
    """Ids of their sources."""


class Supply(Summary):
    """A kind of goods in one form, of which activities tell."""

    goods: Goods
    """What."""
    form: Form
    """In what form."""
    label: str
    """The two in words: `missiles, parts`."""
    undated: int
    """How many of the claims have no period."""
    events: tuple[str, ...]
    """Ids of the events that they speak of."""
    occurrences: int
    """Events, and claims that speak of no event."""


class EventLine(Summary):
    """An event, by what the claims of a dossier say of it."""

    event: str
    """Its id."""
    name: str
    """What it is called here."""
    goods: tuple[str, ...]
    """What was supplied, in words: `missiles, parts`."""
    rank: int
    """How telling it is, from 1: goods that moved or were stopped before plans, quotations before
    references, surer claims before others."""


class Contest(Record):
    """A matter on which claims deny others, or cannot both be right."""

    how: Literal["denied", "differs"]
    """Whether it is denied, or accounts of it differ."""
    what: str
    """The matter: an event, goods, or the kind of claim."""
    claims: tuple[str, ...]
    """Ids of the claims that are contested."""
    by: tuple[str, ...]
    """Ids of the claims that deny them or differ from them."""


class SaidOf(Record):
    """How many claims are about a category or a group, and so of no customer in particular."""

    object: Literal["category", "group"]
    """Which of the two it is."""
    id: str
    """Its id."""
    name: str
    """Its name."""
    claims: int
    """How many are about it."""


class Overview(Record):
    """A customer at a glance, from what is said of it alone."""

    supplies: tuple[Supply, ...]
    """What it got, was to get or asked for, by kind of goods and form; those of most occurrences
    first, kinds of goods together."""
    events: tuple[EventLine, ...]
    """The events that claims about it alone speak of, in order of time; undated ones last."""
    drivers: tuple[str, ...]
    """Ids of the claims on why it buys."""
    contested: tuple[Contest, ...]
    """What is denied or disputed."""
    together: int
    """How many claims are about it with others, with no word on who did what."""
    of_groups: tuple[SaidOf, ...]
    """How many are about its category, and about groups that may hold it."""
    last: str | None
    """When the latest dated event of it was, in EDTF."""
    latest_source: str | None
    """Date of the latest of its dated sources: nothing here is later."""
    claims: int
    """How many claims are about it alone, denials included."""
    quoted: int
    """How many of these rest on a quotation, which `tm verify` proves."""
    kinds: tuple[str, ...]
    """Kinds of goods and services that it got, was to get or asked for, in words; those of most
    occurrences first, and last dealings of which no kind is given."""
    independent_sources: int
    """Lines of sources of these claims that were read and do not report on one another or on the
    same work."""
    sources: tuple[str, ...]
    """Ids of the sources of these claims."""
