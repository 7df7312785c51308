"""What dossiers share: claims as records, with their evidence, citations, sources and origins.

Each is composed once, however many dossiers hold it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from targetmarkets.kb.classify import Classifier, certainty_of, evidence_kind, known, layer
from targetmarkets.kb.held import Held
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.model.edtf import era, first_year
from targetmarkets.model.objects import Actor, Claim, Customer, Quote, Source
from targetmarkets.model.parts import Activity, Evidence, Party
from targetmarkets.model.types import AMONG
from targetmarkets.records.claims import (
    ActivityRecord,
    Basis,
    ClaimRecord,
    EvidenceRecord,
    PartyRecord,
    Subject,
)
from targetmarkets.records.origins import origins
from targetmarkets.records.wording import (
    cite_work,
    iso_date,
    show_voice,
    with_locator,
    with_passages,
)

MAX_HELD: Final = 2_000
"""Records of a sort that are held of a knowledge base that is not in memory itself."""


MAX_WORKS_HELD: Final = 2_000
"""References to works that are held all the same: they are short, and come again and again."""

LITTLE: Final = 250
"""The same where each is asked for once."""


class Gathered(NamedTuple):
    """Some claims, and the ids of what they rest on."""

    records: tuple[ClaimRecord, ...]
    quotes: frozenset[str]
    sources: frozenset[str]


class Shared:
    """Composes what the dossiers of one knowledge base have in common."""

    def __init__(self, kb: Knowledge, *, hold_little: bool = False) -> None:
        """Where all claims are asked for once, as in an export, `hold_little` keeps memory flat."""
        self.kb = kb
        self.classifier = Classifier(kb, most=LITTLE) if hold_little else Classifier(kb)
        most = LITTLE if hold_little else MAX_HELD if kb.keeps_texts else None
        self._claims = Held[ClaimRecord](most)
        self._quotations = Held[EvidenceRecord](most)
        self._works = Held[str](MAX_WORKS_HELD if hold_little else most)
        self._issued = Held[str | None](MAX_WORKS_HELD if hold_little else most)
        self._subjects = Held[Subject](most)

    def claim(self, claim: Claim) -> ClaimRecord:
        """A claim with its whole chain of evidence."""
        return self._claims.of(claim.id, lambda: self._compose(claim))

    def _compose(self, claim: Claim) -> ClaimRecord:
        evidence = tuple(map(self._evidence, claim.evidence))
        customers = self.kb.customers
        buying = [customers[id_] for id_ in claim.about if id_ in customers]
        sources = self.kb.sources_of(claim)
        works = [self.kb.sources[id_] for id_ in sources]
        return ClaimRecord(
            id=claim.id,
            kind=claim.kind,
            about=tuple(map(self.subject, claim.about)),
            statement=claim.statement,
            certainty=claim.certainty,
            certainty_basis=claim.certainty_basis,
            negative=claim.negative,
            certainty_of=certainty_of(claim),
            hedge=claim.hedge,
            hedge_note=claim.hedge_note,
            known=known(claim),
            speakers=claim.speakers,
            said_by=show_voice(claim.speakers),
            layer=layer(claim),
            scope=claim.scope,
            stance=claim.stance,
            denies=claim.denies,
            denied_by=tuple(c.id for c in accepted(self.kb.denials(claim.id))),
            conflicts_with=self._conflicts(claim),
            event=claim.event,
            period=claim.period,
            era=era(claim.period),
            said=claim.said,
            places=claim.places,
            parties=tuple(map(self.party, claim.parties)),
            activity=_activity(claim.activity) if claim.activity else None,
            evidence_kind=evidence_kind(claim),
            evidence=evidence,
            joint=claim.joint,
            reasoning=claim.reasoning,
            note=claim.note,
            assessment=claim.assessment,
            read=any(work.read for work in works),
            sources=tuple(sources),
            citation=self._citation(evidence),
            status=claim.status,
            retraction=claim.retraction,
            customers=tuple(customer.name for customer in buying),
            category=self._category(buying),
            year=first_year(claim.period),
            address=_addresses(claim, works),
        )

    def _category(self, customers: Iterable[Customer]) -> str | None:
        """The one category in which some customers are listed."""
        found = {self.classifier.of(customer.id).category for customer in customers}
        return found.pop() if len(found) == 1 else None

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
        return self._quotations.of(id_, lambda: self._quoted(self.kb.quotes[id_]))

    def _quoted(self, quote: Quote) -> EvidenceRecord:
        return EvidenceRecord(
            kind="quotation",
            quote=quote,
            reference=None,
            page=self.page(quote),
            citation=self.cite_passages(quote.source, [quote]),
            last_page=self.last_page(quote),
        )

    def cite(self, claim: Claim) -> str:
        """What a claim rests on, cited in a line."""
        return self._citation(tuple(map(self._evidence, claim.evidence)))

    def _citation(self, evidence: Sequence[EvidenceRecord]) -> str:
        """The citations of several items, the passages of one work together."""
        if len(evidence) == 1:
            return evidence[0].citation
        quotes: dict[str, list[Quote]] = defaultdict(list)
        for item in evidence:
            if item.quote:
                quotes[item.quote.source].append(item.quote)
        works = [self.cite_passages(id_, passages) for id_, passages in quotes.items()]
        return "; ".join(works + [item.citation for item in evidence if item.reference])

    def cite_passages(self, source: str, quotes: Sequence[Quote]) -> str:
        spans = [(quote.start, quote.end) for quote in quotes]
        return with_passages(self.work(source), spans, map(self._pages, quotes))

    def page(self, quote: Quote) -> str | None:
        archive = self.kb.sources[quote.source].archive
        return archive.page_at(quote.start) if archive else None

    def last_page(self, quote: Quote) -> str | None:
        """The page on which a quotation ends, where that is another than it begins on."""
        archive = self.kb.sources[quote.source].archive
        return archive.last_page_of(quote.start, quote.end) if archive else None

    def _pages(self, quote: Quote) -> str | None:
        archive = self.kb.sources[quote.source].archive
        return archive.pages_of(quote.start, quote.end) if archive else None

    def basis(self, claim: Claim | None) -> Basis | None:
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
            quoted_sources=tuple(
                dict.fromkeys(item.quote.source for item in record.evidence if item.quote)
            ),
        )

    def party(self, party: Party) -> PartyRecord:
        """A party by its id or the code of its state, with its name where it has one here."""
        if party.id is None:
            return PartyRecord(
                object="state", id=None, state=party.state, name=None, part=party.part
            )
        item = self.kb.among(AMONG["parties"])[party.id]
        return PartyRecord(
            object="actor" if isinstance(item, Actor) else "customer",
            id=party.id,
            state=None,
            name=item.name,
            part=party.part,
        )

    def subject(self, id_: str) -> Subject:
        """What a claim or a group refers to by its id."""
        return self._subjects.of(id_, lambda: self._subject(id_))

    def _subject(self, id_: str) -> Subject:
        kb = self.kb
        if id_ in kb.customers:
            return Subject(object="customer", id=id_, name=kb.customers[id_].name)
        if id_ in kb.categories:
            return Subject(object="category", id=id_, name=kb.categories[id_].name)
        return Subject(object="group", id=id_, name=kb.groups[id_].name)

    def work(self, id_: str) -> str:
        """Reference to a source in words."""
        return self._works.of(id_, lambda: cite_work(self.kb.sources[id_]))

    def issued(self, id_: str) -> str | None:
        """Date of a source, in ISO 8601, as exact as it is known."""
        bibliography = self.kb.sources[id_].bibliography
        return self._issued.of(id_, lambda: iso_date(bibliography.issued))

    def about_any(self, ids: Iterable[str]) -> list[Claim]:
        """Accepted claims about any of several subjects, in the order of the file."""
        found = {claim.id: claim for id_ in ids for claim in self.kb.claims_about(id_)}
        return accepted(sorted(found.values(), key=lambda claim: self.kb.order(claim.id)))

    def records(self, claims: Iterable[Claim]) -> tuple[ClaimRecord, ...]:
        return tuple(self.claim(claim) for claim in self.kb.foresee(claims))

    def gathered(self, claims: Iterable[Claim]) -> Gathered:
        records = self.records(claims)
        quotes = (item.quote for record in records for item in record.evidence)
        return Gathered(
            records,
            frozenset(quote.id for quote in quotes if quote),
            frozenset(id_ for record in records for id_ in record.sources),
        )

    def quotes(self, ids: Iterable[str]) -> tuple[Quote, ...]:
        """Quotations in the order of the sources and of their texts."""
        order = self.kb.order
        quotes = [self.kb.quotes[id_] for id_ in ids]
        return tuple(sorted(quotes, key=lambda q: (order(q.source), q.start, q.end, q.id)))

    def sources(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Ids of sources in the order of the file."""
        return tuple(sorted(ids, key=self.kb.order))

    def origins(self, ids: Iterable[str]) -> int:
        """Into how many lines sources fall."""
        return origins(self.kb, ids)

    def _conflicts(self, claim: Claim) -> tuple[str, ...]:
        """Ids of the claims that one conflicts with; the file records each pair on either side."""
        theirs = accepted(self.kb.conflicts(claim.id))
        own = claim.conflicts_with if claim.status == "accepted" else ()
        return tuple(dict.fromkeys([*own, *(other.id for other in theirs)]))


def accepted(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that stand."""
    return [claim for claim in claims if claim.status == "accepted"]


def _addresses(claim: Claim, works: Iterable[Source]) -> tuple[str, ...]:
    """Where the sources of a claim are, then where references were read, if elsewhere."""
    found = [work.bibliography.address for work in works]
    found += [item.reference.consulted_at for item in claim.evidence if item.reference]
    return tuple(dict.fromkeys(address for address in found if address))


def _activity(activity: Activity) -> ActivityRecord:
    return ActivityRecord(type=activity.type, **vars(activity))
