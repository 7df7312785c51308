"""Events and actors, as their claims tell of them: each value with the claims that give it."""

from collections.abc import Iterable

from targetmarkets.kb.classify import best_first, known
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.model.edtf import era
from targetmarkets.model.objects import Actor, Claim, Event
from targetmarkets.model.parts import Party, Place, Quantity
from targetmarkets.records.claims import Account, PartyRecord, Subject
from targetmarkets.records.events import ActorRecord, EventRecord
from targetmarkets.records.occurrences import what_happened
from targetmarkets.records.shared import Shared, accepted
from targetmarkets.records.summing import certainties


def event_record(shared: Shared, event: Event) -> EventRecord:
    """The record of an event. What is denied gives no value: it stands beside."""
    kb = shared.kb
    claims = accepted(kb.claims_of_event(event.id))
    asserted = [claim for claim in claims if claim.stance == "asserted"]
    gathered = shared.gathered(claims)
    customers = dict.fromkeys(id_ for c in claims for id_ in c.about if id_ in kb.customers)
    dates = _accounts(kb, ((c.period, c) for c in asserted if c.period))
    return EventRecord(
        id=event.id,
        name=event.name,
        aliases=event.aliases,
        kind=event.kind,
        dates=dates,
        eras=tuple(dict.fromkeys(era(date.value) for date in dates)) or ("undated",),
        places=_accounts(kb, ((show_place(p), c) for c in asserted for p in c.places)),
        parties=_accounts(kb, ((_show_party(kb, p), c) for c in asserted for p in c.parties)),
        goods=_accounts(kb, ((_show_goods(c), c) for c in asserted if c.activity)),
        quantities=_accounts(
            kb,
            ((show_quantity(q), c) for c in asserted if c.activity for q in c.activity.quantities),
        ),
        outcomes=_accounts(kb, ((c.activity.outcome, c) for c in asserted if c.activity)),
        disputed=any(record.denied_by or record.conflicts_with for record in gathered.records),
        customers=tuple(map(shared.subject, customers)),
        claims=shared.records(asserted),
        denied=shared.records(c for c in claims if c.stance == "denied"),
        independent_sources=shared.origins(gathered.sources),
        quotes=shared.quotes(gathered.quotes),
        sources=shared.sources(gathered.sources),
        certainties=certainties(what_happened(asserted)),
        known=tuple(dict.fromkeys(map(known, best_first(what_happened(asserted))))),
    )


def actor_record(shared: Shared, actor: Actor) -> ActorRecord:
    """The record of an actor."""
    kb = shared.kb
    claims = accepted(kb.claims_with_party(actor.id))
    asserted = [claim for claim in claims if claim.stance == "asserted"]
    gathered = shared.gathered(claims)
    others: dict[tuple[str | None, str | None], PartyRecord] = {}
    for claim in asserted:
        for party in claim.parties:
            if party.id != actor.id:
                others.setdefault((party.id, party.state), shared.party(party))
    return ActorRecord(
        id=actor.id,
        name=actor.name,
        aliases=actor.aliases,
        kind=actor.kind,
        country=actor.country,
        identifiers=actor.identifiers,
        parts=_accounts(kb, ((p.part, c) for c in asserted for p in c.parties if p.id == actor.id)),
        events=tuple(dict.fromkeys(claim.event for claim in claims if claim.event)),
        counterparts=tuple(others.values()),
        claims=shared.records(asserted),
        denied=shared.records(c for c in claims if c.stance == "denied"),
        independent_sources=shared.origins(gathered.sources),
        quotes=shared.quotes(gathered.quotes),
        sources=shared.sources(gathered.sources),
    )


def show_place(place: Place) -> str:
    """`to Latakia (SY)`."""
    country = f" ({place.country})" if place.country else ""
    return f"{place.relation} {place.name}{country}"


def show_quantity(quantity: Quantity) -> str:
    """`about 445 graphite cylinders`, `11–15 officers`."""
    upper = f"–{quantity.to:,}" if quantity.to is not None else ""
    qualifier = f"{quantity.qualifier} " if quantity.qualifier else ""
    return f"{qualifier}{quantity.value:,}{upper} {quantity.unit}"


def _show_party(kb: Knowledge, party: Party) -> str:
    name = kb.objects[party.id].label if party.id else party.state
    return f"{party.part}: {name}"


def _show_goods(claim: Claim) -> str:
    assert claim.activity is not None
    return f"{claim.activity.goods}, {claim.activity.form}"


def _accounts(kb: Knowledge, pairs: Iterable[tuple[str, Claim]]) -> tuple[Account, ...]:
    """Values in the order in which claims give them, each with those claims."""
    given: dict[str, dict[str, Claim]] = {}
    for value, claim in pairs:
        given.setdefault(value, {})[claim.id] = claim
    return tuple(
        Account(
            value=value,
            claims=tuple(claims),
            sources=tuple(
                dict.fromkeys(id_ for claim in claims.values() for id_ in kb.sources_of(claim))
            ),
        )
        for value, claims in given.items()
    )


def scenes(event: EventRecord) -> tuple[list[Account], list[Account]]:
    """The places of an event: where it happened and which way its goods went; and where something
    else happened of which one of its claims tells, such as where they were hidden.
    """
    happened = {claim.id for claim in what_happened(event.claims)}
    own = [
        place
        for place in event.places
        if not place.value.startswith("at ") or happened.intersection(place.claims)
    ]
    return own, [place for place in event.places if place not in own]


def alone(event: EventRecord) -> tuple[list[Subject], list[Subject]]:
    """The customers of whom something of an event is asserted alone; and the others of whom it is
    said together with others, or denied.
    """
    ids = {
        subject.id
        for claim in event.claims
        if claim.scope == "individual"
        for subject in claim.about
    }
    own = [customer for customer in event.customers if customer.id in ids]
    return own, [customer for customer in event.customers if customer.id not in ids]
