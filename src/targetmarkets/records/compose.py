"""Dossiers: what is said of each object, composed of the stored ones. The one place that fills
their records; what they have in common comes from `shared`.

A run composes few kinds of record, and builds the models of those: each is imported where it is
filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.kb.held import Held
from targetmarkets.kb.resolve import resolve
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
from targetmarkets.records.shared import Gathered, Shared, accepted
from targetmarkets.records.wording import cut, iso_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.stored import Stored
    from targetmarkets.records.categories import CategoryRecord, GroupRecord
    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.customers import CustomerRecord
    from targetmarkets.records.events import ActorRecord, EventRecord
    from targetmarkets.records.objects import AnyRecord
    from targetmarkets.records.sources import QuoteRecord, SourceRecord


MAX_GROUPS_HELD: Final = 16
"""Categories of which what is said is held, of a knowledge base that is not in memory itself."""


class Composer:
    """Composes the records of one knowledge base."""

    def __init__(self, kb: Knowledge) -> None:
        self.kb = kb
        self.shared = Shared(kb)
        self._of_groups = Held[Gathered](MAX_GROUPS_HELD if kb.keeps_texts else None)

    def named(self, names: Iterable[str]) -> list[AnyRecord]:
        """The records of what goes by some names. Raises `RequestError`."""
        items = [resolve(name, self.kb.objects, "object") for name in names]
        return [self.record(item) for item in items]

    def record(self, item: Stored) -> AnyRecord:
        """The record of any object."""
        match item:
            case Customer():
                return self.customer(item)
            case Category():
                return self.category(item)
            case Group():
                return self.group(item)
            case Event():
                return self.event(item)
            case Actor():
                return self.actor(item)
            case Claim():
                return self.claim(item)
            case Quote():
                return self.quote(item)
            case Source():
                return self.source(item)
        raise TypeError(f"{type(item)} has no record")

    def customer(self, customer: Customer) -> CustomerRecord:
        """The dossier of a customer, with what is said of it alone kept apart from the rest."""
        from targetmarkets.records.customers import CustomerRecord
        from targetmarkets.records.summing import overview

        classification = self.shared.classifier.of(customer.id)
        about = accepted(self.kb.claims_about(customer.id))
        alone = [c for c in about if c.scope == "individual" and c.kind != "classification"]
        together = [c for c in about if c.scope == "collective"]
        asserted = [c for c in alone if c.stance == "asserted"]
        activities = [c for c in asserted if c.kind == "activity"]
        group = self._group_claims(customer, classification.category)
        own = self.shared.gathered([*classification.claims, *alone, *together])
        sources = self.shared.sources(own.sources | group.sources)
        classifications = self.shared.records(classification.claims)
        denied = self.shared.records(c for c in alone if c.stance == "denied")
        return CustomerRecord(
            id=customer.id,
            name=customer.name,
            aliases=customer.aliases,
            kind=customer.kind,
            iso_3166=customer.iso_3166,
            region=customer.region,
            category=classification.category,
            category_basis=self.shared.basis(classification.basis),
            category_conflict=classification.conflict,
            activity_types=tuple(
                sorted({c.activity.type for c in activities if c.activity is not None})
            ),
            independent_sources=self.shared.origins(sources),
            classifications=classifications,
            activities=self.shared.records(activities),
            claims=self.shared.records(c for c in asserted if c.kind != "activity"),
            denied=denied,
            collective=self.shared.records(together),
            group=group.records,
            events=tuple(dict.fromkeys(claim.event for claim in about if claim.event)),
            quotes=self.shared.quotes(own.quotes | group.quotes),
            sources=sources,
            overview=overview(
                self.shared,
                asserted=self.shared.records(asserted),
                classifications=classifications,
                denied=denied,
                together=len(together),
                of_groups=group.records,
                category=classification.category,
            ),
        )

    def category(self, category: Category) -> CategoryRecord:
        """A category, its customers, and what is said of it or of a group equated with it."""
        from targetmarkets.records.categories import CategoryRecord, Member

        members = self.shared.classifier.members(category.id)
        groups = [id_ for id_ in members if id_ in self.kb.groups]
        about = self.shared.about_any([category.id, *groups])
        gathered = self.shared.gathered(about)
        alone = [claim for claim in about if claim.scope == "individual"]
        customers = [self.kb.customers[id_] for id_ in members if id_ in self.kb.customers]
        bases = {c.id: self.shared.basis(self.shared.classifier.of(c.id).basis) for c in customers}
        return CategoryRecord(
            id=category.id,
            name=category.name,
            chapter=category.chapter,
            customers=tuple(
                Member(id=c.id, name=c.name, basis=basis)
                for c in customers
                if (basis := bases[c.id])
            ),
            classifications=self.shared.records(c for c in alone if c.kind == "classification"),
            claims=self.shared.records(c for c in about if c.scope == "group"),
            individual=self.shared.records(c for c in alone if c.kind != "classification"),
            collective=self.shared.records(c for c in about if c.scope == "collective"),
            quotes=self.shared.quotes(gathered.quotes),
            sources=self.shared.sources(gathered.sources),
        )

    def group(self, group: Group) -> GroupRecord:
        """A group and what is said of it."""
        from targetmarkets.records.categories import GroupRecord

        classification = self.shared.classifier.of(group.id)
        gathered = self.shared.gathered(accepted(self.kb.claims_about(group.id)))
        return GroupRecord(
            id=group.id,
            name=group.name,
            members=tuple(map(self.shared.subject, group.members)),
            category=classification.category,
            category_basis=self.shared.basis(classification.basis),
            claims=gathered.records,
            quotes=self.shared.quotes(gathered.quotes),
            sources=self.shared.sources(gathered.sources),
        )

    def event(self, event: Event) -> EventRecord:
        """An event, with each value that its claims give."""
        from targetmarkets.records.accounts import event_record

        return event_record(self.shared, event)

    def actor(self, actor: Actor) -> ActorRecord:
        """An actor, with what it does in what claims say."""
        from targetmarkets.records.accounts import actor_record

        return actor_record(self.shared, actor)

    def claim(self, claim: Claim) -> ClaimRecord:
        """A claim with its whole chain of evidence."""
        return self.shared.claim(claim)

    def quote(self, quote: Quote) -> QuoteRecord:
        """A quotation and the claims that rest on it."""
        from targetmarkets.records.sources import QuoteRecord

        return QuoteRecord(
            id=quote.id,
            source=quote.source,
            exact=quote.exact,
            start=quote.start,
            end=quote.end,
            page=self.shared.page(quote),
            citation=self.shared.cite_passages(quote.source, [quote]) + cut(quote),
            claims=tuple(c.id for c in accepted(self.kb.claims_on_quote(quote.id))),
            part_of_word=quote.part_of_word,
            last_page=self.shared.last_page(quote),
        )

    def source(self, source: Source) -> SourceRecord:
        """A source, its quotations, and the claims that rest on it."""
        from targetmarkets.records.sources import SourceRecord
        from targetmarkets.records.works import Work

        return SourceRecord(
            id=source.id,
            title=source.title,
            issued=iso_date(source.bibliography.issued),
            archived=source.archive is not None,
            citation=self.shared.work(source.id),
            descriptor=source.descriptor,
            bibliography=Work.of(source),
            archive=source.archive,
            read=source.read,
            reports_on=source.reports_on,
            quotes=tuple(self.kb.quotes_from(source.id)),
            claims=tuple(c.id for c in accepted(self.kb.claims_on_source(source.id))),
            set_aside=source.set_aside,
        )

    def _group_claims(self, customer: Customer, category: str | None) -> Gathered:
        """What is said of the groups that name a customer, and of its category."""
        naming = tuple(group.id for group in self.kb.groups_naming(customer.id))
        key = " ".join([category or "", *naming])  # the same for most customers of a category
        return self._of_groups.of(key, lambda: self._of_category(category, naming))

    def _of_category(self, category: str | None, naming: Sequence[str]) -> Gathered:
        """What is said of a category and of some groups.

        A classification of such a group tells of the group, not of what its members do.
        """
        belonging = self.shared.classifier.members(category) if category else []
        groups = [id_ for id_ in belonging if id_ in self.kb.groups]
        subjects = [category, *groups, *naming] if category else naming
        claims = self.shared.about_any(subjects)
        return self.shared.gathered(claim for claim in claims if claim.scope == "group")


def quotes_in(records: Iterable[AnyRecord]) -> list[Quote]:
    """Every quotation that some records hold, once."""
    quotes: dict[str, Quote] = {}
    for record in records:
        if record.object == "claim":
            held = [item.quote for item in record.evidence if item.quote]
        elif record.object == "quote":
            held = [record.stored()]
        else:
            held = list(record.quotes)
        quotes |= {quote.id: quote for quote in held}
    return list(quotes.values())
