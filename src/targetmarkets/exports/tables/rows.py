"""The rows of what is selected, made of the stored objects: no record is composed for them."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import MAXYEAR, MINYEAR
from operator import attrgetter
from typing import Final, TypeVar

from targetmarkets.exports.selection import Selection
from targetmarkets.exports.tables import schema
from targetmarkets.exports.tables.table import Row, Table
from targetmarkets.kb.classify import all_categories, certainty_of, evidence_kind, known, layer
from targetmarkets.model.edtf import era, may_hold
from targetmarkets.model.objects import (
    Actor,
    Category,
    Claim,
    Customer,
    Event,
    Group,
    Quote,
    Source,
)
from targetmarkets.model.parts import Evidence, Party
from targetmarkets.model.stored import Named, Stored
from targetmarkets.records.wording import iso_date, show_voice, with_locator
from targetmarkets.text.json_source import dump

AT_ONCE: Final = 500
"""Objects of which the rows are handed over together."""

_NONE: Final = (None, None, None, None)

T = TypeVar("T")
Item = TypeVar("Item", bound=Stored)

Batch = dict[str, list[Row]]
"""Rows by the names of their tables."""


def batches(selection: Selection) -> Iterator[Batch]:
    """Every row of what is selected; what is referred to comes before what refers to it, but for
    claims that refer to claims, and sources that do to sources.
    """
    rows = _Rows(selection)
    yield from rows.of(selection.objects(Source), rows.source)
    yield from rows.of(selection.objects(Quote), rows.quote)
    yield from rows.of(selection.objects(Category), rows.category)
    yield from rows.of(selection.objects(Customer), rows.customer)
    yield from rows.of(selection.objects(Group), rows.group)
    yield from rows.of(selection.objects(Event), rows.event)
    yield from rows.of(selection.objects(Actor), rows.actor)
    yield from rows.of(selection.claims(), rows.claim)


class _Rows:
    """The rows of each object, in the order of the columns."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self._batch: Batch = defaultdict(list)
        self._categories = all_categories(selection.kb)

    def of(self, items: Iterable[Item], put: Callable[[Item], None]) -> Iterator[Batch]:
        """The rows of some objects, those of several together."""
        for number, item in enumerate(items, 1):
            put(item)
            self._names(item)
            if number % AT_ONCE == 0:
                yield self._handed_over()
        yield self._handed_over()

    def _handed_over(self) -> Batch:
        batch, self._batch = self._batch, defaultdict(list)
        return batch

    def _put(self, table: Table, row: Row) -> None:
        self._batch[table.name].append(row)

    def _put_all(
        self, table: Table, owner: str, parts: Sequence[T], values: Callable[[T], Row]
    ) -> None:
        """Put a row for each of what an object has several of, in their order."""
        if parts:  # of most there are none
            rows = self._batch[table.name]
            rows += [(owner, at, *values(part)) for at, part in enumerate(parts)]

    def _names(self, item: Stored) -> None:
        aliases = item.aliases if isinstance(item, Named) else ()
        for kind, names in (("alias", aliases), ("former id", item.formerly)):
            for at, name in enumerate(names):
                self._put(schema.OTHER_NAMES, (item.id, kind, at, name))

    def source(self, source: Source) -> None:
        work, archive = source.bibliography, source.archive
        original = archive.original if archive else None
        gaps = [gap.model_dump(mode="json") for gap in archive.gaps] if archive else []
        self._put(
            schema.SOURCES,
            (
                source.id,
                source.title,
                iso_date(work.issued),
                work.type,
                self.selection.shared.work(source.id),
                work.address,
                source.descriptor,
                source.read,
                source.title_from,
                dump(work.model_dump(mode="json", by_alias=True)),
                *((archive.file, archive.sha256, archive.media_type) if archive else _NONE[:3]),
                *(
                    (original.file, original.sha256, original.media_type, original.extractor)
                    if original
                    else _NONE
                ),
                dump(gaps) if gaps else None,
            ),
        )
        self._put_all(schema.REPORTS_ON, source.id, source.reports_on, lambda id_: (id_,))
        self._put_all(
            schema.SET_ASIDE,
            source.id,
            source.set_aside,
            attrgetter("exact", "start", "end", "reason"),
        )
        if archive:
            self._put_all(schema.PAGES, source.id, archive.pages, attrgetter("label", "start"))
            self._put_all(schema.BREAKS, source.id, archive.breaks, attrgetter("start", "end"))

    def quote(self, quote: Quote) -> None:
        shared = self.selection.shared
        self._put(
            schema.QUOTES,
            (
                quote.id,
                quote.source,
                quote.exact,
                quote.start,
                quote.end,
                quote.part_of_word,
                shared.page(quote),
                shared.last_page(quote),
                shared.cite_passages(quote.source, [quote]),
            ),
        )

    def category(self, category: Category) -> None:
        self._put(schema.CATEGORIES, (category.id, category.name, category.chapter))

    def customer(self, customer: Customer) -> None:
        codes = customer.iso_3166
        self._put(
            schema.CUSTOMERS,
            (
                customer.id,
                customer.name,
                customer.kind,
                *((codes.alpha_2, codes.alpha_3, codes.numeric) if codes else _NONE[:3]),
                customer.region,
                self._categories.get(customer.id),
            ),
        )

    def group(self, group: Group) -> None:
        self._put(schema.GROUPS, (group.id, group.name))
        self._put_all(schema.GROUP_MEMBERS, group.id, group.members, lambda id_: (id_,))

    def event(self, event: Event) -> None:
        self._put(schema.EVENTS, (event.id, event.name, event.kind))

    def actor(self, actor: Actor) -> None:
        self._put(schema.ACTORS, (actor.id, actor.name, actor.kind, actor.country))
        self._put_all(
            schema.IDENTIFIERS, actor.id, actor.identifiers, attrgetter("scheme", "value")
        )

    def claim(self, claim: Claim) -> None:
        period, activity, judged = claim.period, claim.activity, claim.assessment
        ends = map(_on_a_calendar, may_hold(period)) if period else _NONE[:2]
        self._put(
            schema.CLAIMS,
            (
                claim.id,
                claim.kind,
                claim.statement,
                claim.stance,
                claim.certainty,
                certainty_of(claim),
                claim.certainty_basis,
                claim.negative,
                claim.hedge,
                claim.hedge_note,
                known(claim),
                show_voice(claim.speakers),
                layer(claim),
                claim.scope,
                claim.event,
                period,
                *ends,
                era(period),
                claim.said,
                *(
                    (activity.type, activity.goods, activity.form, activity.outcome)
                    if activity
                    else _NONE
                ),
                evidence_kind(claim),
                claim.joint,
                claim.reasoning,
                claim.note,
                *(
                    (judged.reliability, judged.credibility, judged.by, judged.why)
                    if judged
                    else _NONE
                ),
                claim.status,
                claim.retraction,
            ),
        )
        self._parts(claim)

    def _parts(self, claim: Claim) -> None:
        id_ = claim.id
        self._put_all(schema.ABOUT, id_, claim.about, self._subject)
        self._put_all(
            schema.SPEAKERS, id_, claim.speakers, attrgetter("role", "name", "mode", "work")
        )
        self._put_all(schema.PLACES, id_, claim.places, attrgetter("name", "country", "relation"))
        self._put_all(schema.PARTIES, id_, claim.parties, self._party)
        self._put_all(schema.EVIDENCE, id_, claim.evidence, self._evidence)
        if claim.activity:
            self._put_all(schema.ITEMS, id_, claim.activity.items, lambda item: (item,))
            self._put_all(
                schema.QUANTITIES,
                id_,
                claim.activity.quantities,
                attrgetter("value", "to", "unit", "qualifier"),
            )
        has = self.selection.has
        for relation in ("denies", "conflicts_with"):
            for at, other in enumerate(getattr(claim, relation)):
                row = (id_, relation, at, other, other if has(other) else None)
                self._put(schema.LINKS, row)

    def _subject(self, id_: str) -> Row:
        word = self.selection.words[id_]
        return tuple(id_ if word == one else None for one in ("customer", "category", "group"))

    def _party(self, party: Party) -> Row:
        word = self.selection.words[party.id] if party.id else ""
        ids = (party.id if word == one else None for one in ("actor", "customer"))
        return (party.part, *ids, party.state)

    def _evidence(self, item: Evidence) -> Row:
        reference = item.reference
        if reference is None:
            return ("quotation", item.quote, *_NONE, None)
        locator = reference.locator
        return (
            "reference",
            None,
            reference.source,
            locator.label if locator else None,
            locator.value if locator else None,
            reference.consulted_at,
            with_locator(self.selection.shared.work(reference.source), locator),
        )


def _on_a_calendar(day: str) -> str | None:
    """A day, of one of a month that may be reckoned too long; None for what no calendar has, such
    as an end that is open.
    """
    year, month, of_month = map(int, day.rsplit("-", 2))
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12):
        return None
    return f"{year:04}-{month:02}-{min(of_month, monthrange(year, month)[1]):02}"
