"""Compose records from the stored objects: the one place where their fields are filled."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from targetmarkets.kb.classify import Classifier, evidence_kind, known, layer
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import resolve
from targetmarkets.model.objects import (
    Category,
    Claim,
    Customer,
    Evidence,
    Group,
    Quote,
    Source,
    Stored,
)
from targetmarkets.records.objects import (
    AnyRecord,
    Basis,
    CategoryRecord,
    ClaimRecord,
    CustomerRecord,
    EvidenceRecord,
    GroupRecord,
    Member,
    QuoteRecord,
    SourceRecord,
    Subject,
)
from targetmarkets.records.wording import (
    cite_work,
    iso_date,
    show_voice,
    with_locator,
    with_passages,
)


class _Gathered(NamedTuple):
    """Some claims, and the ids of what they rest on."""

    records: tuple[ClaimRecord, ...]
    quotes: frozenset[str]
    sources: frozenset[str]


class Composer:
    """Composes the records of one knowledge base; what several of them share is composed once."""

    def __init__(self, kb: Knowledge) -> None:
        self.kb = kb
        self.classifier = Classifier(kb)
        self._claims: dict[str, ClaimRecord] = {}
        self._quotations: dict[str, EvidenceRecord] = {}
        self._works: dict[str, str] = {}
        self._of_groups: dict[tuple[str | None, Sequence[str]], _Gathered] = {}

    def named(self, names: Iterable[str]) -> list[AnyRecord]:
        """The records of what goes by some names. Raises `RequestError`."""
        what = "customer, category, group, claim, quote or source"
        items = [resolve(name, self.kb.objects, what) for name in names]
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
            case Claim():
                return self.claim(item)
            case Quote():
                return self.quote(item)
            case Source():
                return self.source(item)
        raise TypeError(f"{type(item)} has no record")

    def customer(self, customer: Customer) -> CustomerRecord:
        """The dossier of a customer, with what is said of it alone kept apart from the rest."""
        classification = self.classifier.of(customer.id)
        about = self._accepted(self.kb.claims_about(customer.id))
        alone = [c for c in about if c.scope == "individual" and c.kind != "classification"]
        together = [c for c in about if c.scope == "collective"]
        asserted = [c for c in alone if c.stance == "asserted"]
        activities = [c for c in asserted if c.kind == "activity"]
        group = self._group_claims(customer, classification.category)
        own = self._gathered([*classification.claims, *alone, *together])
        sources = self._sources(own.sources | group.sources)
        return CustomerRecord(
            id=customer.id,
            name=customer.name,
            aliases=customer.aliases,
            kind=customer.kind,
            iso_3166=customer.iso_3166,
            region=customer.region,
            category=classification.category,
            category_basis=self._basis(classification.basis),
            category_conflict=classification.conflict,
            activity_types=tuple(
                sorted({c.activity.type for c in activities if c.activity is not None})
            ),
            independent_sources=self._independent(sources),
            classifications=self._records(classification.claims),
            activities=self._records(activities),
            claims=self._records(c for c in asserted if c.kind != "activity"),
            denied=self._records(c for c in alone if c.stance == "denied"),
            collective=self._records(together),
            group=group.records,
            quotes=self._quotes(own.quotes | group.quotes),
            sources=sources,
        )

    def category(self, category: Category) -> CategoryRecord:
        """A category, its customers, and what is said of it or of a group equated with it."""
        members = self.classifier.members(category.id)
        groups = [id_ for id_ in members if id_ in self.kb.groups]
        about = self._about_any([category.id, *groups])
        gathered = self._gathered(about)
        alone = [claim for claim in about if claim.scope == "individual"]
        customers = [self.kb.customers[id_] for id_ in members if id_ in self.kb.customers]
        bases = {c.id: self._basis(self.classifier.of(c.id).basis) for c in customers}
        return CategoryRecord(
            id=category.id,
            name=category.name,
            chapter=category.chapter,
            customers=tuple(
                Member(id=c.id, name=c.name, basis=basis)
                for c in customers
                if (basis := bases[c.id])
            ),
            classifications=self._records(c for c in alone if c.kind == "classification"),
            claims=self._records(c for c in about if c.scope == "group"),
            individual=self._records(c for c in alone if c.kind != "classification"),
            collective=self._records(c for c in about if c.scope == "collective"),
            quotes=self._quotes(gathered.quotes),
            sources=self._sources(gathered.sources),
        )

    def group(self, group: Group) -> GroupRecord:
        """A group and what is said of it."""
        classification = self.classifier.of(group.id)
        gathered = self._gathered(self._accepted(self.kb.claims_about(group.id)))
        return GroupRecord(
            id=group.id,
            name=group.name,
            members=tuple(map(self._subject, group.members)),
            category=classification.category,
            category_basis=self._basis(classification.basis),
            claims=gathered.records,
            quotes=self._quotes(gathered.quotes),
            sources=self._sources(gathered.sources),
        )

    def claim(self, claim: Claim) -> ClaimRecord:
        """A claim with its whole chain of evidence."""
        if claim.id not in self._claims:
            self._claims[claim.id] = self._compose(claim)
        return self._claims[claim.id]

    def quote(self, quote: Quote) -> QuoteRecord:
        """A quotation and the claims that rest on it."""
        return QuoteRecord(
            id=quote.id,
            source=quote.source,
            exact=quote.exact,
            start=quote.start,
            end=quote.end,
            page=self._page(quote),
            citation=self._cite_passages(quote.source, [quote]),
            claims=tuple(c.id for c in self._accepted(self.kb.claims_on_quote(quote.id))),
        )

    def source(self, source: Source) -> SourceRecord:
        """A source, its quotations, and the claims that rest on it."""
        return SourceRecord(
            id=source.id,
            title=source.bibliography.title,
            issued=iso_date(source.bibliography.issued),
            archived=source.archive is not None,
            citation=self.work(source.id),
            descriptor=source.descriptor,
            bibliography=source.bibliography,
            archive=source.archive,
            reports_on=source.reports_on,
            quotes=tuple(self.kb.quotes_from(source.id)),
            claims=tuple(c.id for c in self._accepted(self.kb.claims_on_source(source.id))),
            set_aside=source.set_aside,
        )

    def _compose(self, claim: Claim) -> ClaimRecord:
        evidence = tuple(self._evidence(item) for item in claim.evidence)
        return ClaimRecord(
            id=claim.id,
            kind=claim.kind,
            about=tuple(map(self._subject, claim.about)),
            statement=claim.statement,
            certainty=claim.certainty,
            hedge=claim.hedge,
            known=known(claim),
            speakers=claim.speakers,
            said_by=show_voice(claim.speakers),
            layer=layer(claim),
            scope=claim.scope,
            stance=claim.stance,
            denies=claim.denies,
            denied_by=tuple(c.id for c in self._accepted(self.kb.denials(claim.id))),
            conflicts_with=self._conflicts(claim),
            period=claim.period,
            activity=claim.activity,
            evidence_kind=evidence_kind(claim),
            evidence=evidence,
            joint=claim.joint,
            reasoning=claim.reasoning,
            note=claim.note,
            sources=tuple(self.kb.sources_of(claim)),
            citation=self._citation(evidence),
            status=claim.status,
            retraction=claim.retraction,
        )

    def _evidence(self, item: Evidence) -> EvidenceRecord:
        if item.quote is not None:
            return self._quotation(item.quote)
        assert item.reference is not None, "the model allows one of the two"
        citation = with_locator(self.work(item.reference.source), item.reference.locator)
        return EvidenceRecord(
            kind="reference", quote=None, reference=item.reference, page=None, citation=citation
        )

    def _quotation(self, id_: str) -> EvidenceRecord:
        """A quotation as evidence; several claims may rest on one, and it is composed once."""
        if id_ not in self._quotations:
            quote = self.kb.quotes[id_]
            self._quotations[id_] = EvidenceRecord(
                kind="quotation",
                quote=quote,
                reference=None,
                page=self._page(quote),
                citation=self._cite_passages(quote.source, [quote]),
            )
        return self._quotations[id_]

    def _citation(self, evidence: Sequence[EvidenceRecord]) -> str:
        """The citations of several items, the passages of one work together."""
        if len(evidence) == 1:
            return evidence[0].citation
        quotes: dict[str, list[Quote]] = defaultdict(list)
        for item in evidence:
            if item.quote:
                quotes[item.quote.source].append(item.quote)
        works = [self._cite_passages(id_, passages) for id_, passages in quotes.items()]
        return "; ".join(works + [item.citation for item in evidence if item.reference])

    def _cite_passages(self, source: str, quotes: Sequence[Quote]) -> str:
        spans = [(quote.start, quote.end) for quote in quotes]
        return with_passages(self.work(source), spans, map(self._page, quotes))

    def _page(self, quote: Quote) -> str | None:
        archive = self.kb.sources[quote.source].archive
        return archive.page_at(quote.start) if archive else None

    def _basis(self, claim: Claim | None) -> Basis | None:
        if claim is None:
            return None
        record = self.claim(claim)
        return Basis(
            claim=record.id,
            certainty=record.certainty,
            hedge=record.hedge,
            evidence=record.evidence_kind,
            known=record.known,
            said_by=record.said_by,
            sources=record.sources,
            citation=record.citation,
        )

    def _subject(self, id_: str) -> Subject:
        """What a claim or a group refers to by its id."""
        kb = self.kb
        if id_ in kb.customers:
            return Subject(object="customer", id=id_, name=kb.customers[id_].name)
        if id_ in kb.categories:
            return Subject(object="category", id=id_, name=kb.categories[id_].name)
        return Subject(object="group", id=id_, name=kb.groups[id_].name)

    def work(self, id_: str) -> str:
        """Reference to a source in words."""
        if id_ not in self._works:
            self._works[id_] = cite_work(self.kb.sources[id_].bibliography)
        return self._works[id_]

    def _group_claims(self, customer: Customer, category: str | None) -> _Gathered:
        """What is said of the groups that name a customer, and of its category."""
        naming = tuple(group.id for group in self.kb.groups_naming(customer.id))
        key = category, naming
        if key not in self._of_groups:  # the same for most customers of a category
            self._of_groups[key] = self._of_category(category, naming)
        return self._of_groups[key]

    def _of_category(self, category: str | None, naming: Sequence[str]) -> _Gathered:
        """What is said of a category and of some groups.

        A classification of such a group tells of the group, not of what its members do.
        """
        belonging = self.classifier.members(category) if category else []
        groups = [id_ for id_ in belonging if id_ in self.kb.groups]
        subjects = [category, *groups, *naming] if category else naming
        claims = self._about_any(subjects)
        return self._gathered(claim for claim in claims if claim.scope == "group")

    def _about_any(self, ids: Iterable[str]) -> list[Claim]:
        """Accepted claims about any of several subjects, in the order of the file."""
        found = {claim.id: claim for id_ in ids for claim in self.kb.claims_about(id_)}
        return self._accepted(sorted(found.values(), key=lambda claim: self.kb.position(claim.id)))

    @staticmethod
    def _accepted(claims: Iterable[Claim]) -> list[Claim]:
        return [claim for claim in claims if claim.status == "accepted"]

    def _records(self, claims: Iterable[Claim]) -> tuple[ClaimRecord, ...]:
        return tuple(self.claim(claim) for claim in claims)

    def _gathered(self, claims: Iterable[Claim]) -> _Gathered:
        records = self._records(claims)
        quotes = (item.quote for record in records for item in record.evidence)
        return _Gathered(
            records,
            frozenset(quote.id for quote in quotes if quote),
            frozenset(id_ for record in records for id_ in record.sources),
        )

    def _quotes(self, ids: Iterable[str]) -> tuple[Quote, ...]:
        """Quotations in the order of the sources and of their texts."""
        order = self.kb.position
        quotes = [self.kb.quotes[id_] for id_ in ids]
        return tuple(sorted(quotes, key=lambda q: (order(q.source), q.start, q.end, q.id)))

    def _sources(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Ids of sources in the order of the file."""
        return tuple(sorted(ids, key=self.kb.position))

    def _independent(self, ids: Sequence[str]) -> int:
        """Into how many lines sources fall, if those that report on one another, or on the same
        work, count as one.
        """
        leader: dict[str, str] = {}

        def find(id_: str) -> str:
            while (up := leader.setdefault(id_, id_)) != id_:
                leader[id_] = id_ = leader[up]
            return id_

        ahead, reached = list(ids), set(ids)
        while ahead:
            id_ = ahead.pop()
            for other in self.kb.sources[id_].reports_on:
                leader[find(other)] = find(id_)
                if other not in reached:
                    reached.add(other)
                    ahead.append(other)
        return len({find(id_) for id_ in ids})

    def _conflicts(self, claim: Claim) -> tuple[str, ...]:
        """Ids of the claims that one conflicts with; the file records each pair on either side."""
        theirs = self._accepted(self.kb.conflicts(claim.id))
        own = claim.conflicts_with if claim.status == "accepted" else ()
        return tuple(dict.fromkeys([*own, *(other.id for other in theirs)]))


def quotes_in(records: Iterable[AnyRecord]) -> list[Quote]:
    """Every quotation that some records hold, once."""
    quotes: dict[str, Quote] = {}
    for record in records:
        match record:
            case ClaimRecord():
                held = [item.quote for item in record.evidence if item.quote]
            case QuoteRecord():
                held = [record.stored()]
            case _:
                held = list(record.quotes)
        quotes |= {quote.id: quote for quote in held}
    return list(quotes.values())
