"""Claims as entities of FollowTheMoney: an event for each, with its evidence and who takes part."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.exports.bracket import bracket
from targetmarkets.exports.ftm_dates import dates
from targetmarkets.exports.ftm_words import cut, is_kept, word
from targetmarkets.text.addresses import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from targetmarkets.exports.selection import Selection
    from targetmarkets.model.base import Model
    from targetmarkets.model.objects import Claim
    from targetmarkets.model.parts import Speaker
    from targetmarkets.model.stored import Stored
    from targetmarkets.records.claims import ClaimRecord, EvidenceRecord, PartyRecord

Entity = dict[str, Any]

THEN: Final = " → "
"""What stands between two speakers of a chain."""

NOT_FOUND: Final = "not found in its archived text"
"""What is said of a quotation that does not stand in the recorded text."""

MAX_HEDGE: Final = 100
"""Code points of a hedge in a caption, which has room for the statement, too."""

MAX_ADDRESS: Final = 250
"""Code points that a location may have."""

_OF_CHAINS: Final = frozenset('"()→')
"""Signs with a meaning in a chain of speakers."""


def id_of(object_id: str) -> str:
    """The id of the entity for an object. No id of ours has two hyphens on end, which go before
    what belongs to it; a point would begin a signature, and all after it be passed over.
    """
    return f"tm-{object_id}"


def entity(id_: str, schema: str, properties: dict[str, Iterable[str | None]]) -> Entity:
    """An entity, without the properties that have no value."""
    held = {key: [v for v in dict.fromkeys(each) if v] for key, each in properties.items()}
    return {
        "id": id_,
        "schema": schema,
        "properties": {key: values for key, values in held.items() if values},
    }


def entities(selection: Selection, claim: Claim) -> Iterator[Entity]:
    """The event of a claim; then its evidence, and its parties that are entities themselves."""
    record = selection.shared.claim(claim)
    yield _event(selection, claim, record)
    for number, item in enumerate(record.evidence, 1):
        yield _documentation(selection, record, item, number)
    for number, party in enumerate(record.parties, 1):
        if party.id is not None:
            yield _part(record, party, number)


def caption(record: ClaimRecord) -> str:
    """The statement, after how sure it is, whether it is a denial, and what it rests on."""
    hedge = record.hedge and cut(record.hedge, MAX_HEDGE)
    return cut(f"{bracket(record, hedge)} {record.statement}")


def chain(speakers: Iterable[Speaker]) -> str:
    """The speakers in one value, since values have no order: `A (journalist, quotes) → B (book,
    narrates, in berger-2015)`.
    """
    return THEN.join(map(_speaker, speakers))


def _speaker(speaker: Speaker) -> str:
    called = word(speaker.name)
    if called == speaker.name and _OF_CHAINS & set(called):
        called = json.dumps(speaker.name)
    work = f", in {speaker.work}" if speaker.work else ""
    return f"{called} ({speaker.role}, {speaker.mode}{work})"


def _event(selection: Selection, claim: Claim, record: ClaimRecord) -> Entity:
    involved = [id_of(each.id) for each in record.about if each.object == "customer"]
    return entity(
        id_of(record.id),
        "Event",
        {
            "name": [caption(record)],
            "summary": [record.statement],
            "description": [f"Said by {record.said_by}."],
            "recordId": [record.id],
            **{key: [date] for key, date in dates(record.period).items()},
            "country": _countries(selection, record),
            "location": [cut(place.name, MAX_ADDRESS) for place in record.places],
            "involved": involved,
            "keywords": _keywords(claim, record),
            "notes": _notes(selection, claim, record),
        },
    )


def _countries(selection: Selection, record: ClaimRecord) -> Iterator[str]:
    """The codes that the model has, of whom it is about, who takes part, and where."""
    kb = selection.kb
    parties = [party.id for party in record.parties if party.id]
    for id_ in [*(each.id for each in record.about), *parties]:
        customer = kb.customers.get(id_)
        if customer and customer.iso_3166:
            yield customer.iso_3166.alpha_2.lower()
        actor = kb.actors.get(id_)
        if actor and actor.country:
            yield actor.country.lower()
    codes = [party.state for party in record.parties] + [p.country for p in record.places]
    yield from (code.lower() for code in codes if code)


def _keywords(claim: Claim, record: ClaimRecord) -> Iterator[str]:
    """What a program asks for: controlled words and ids, each after what it is."""
    yield f"kind: {record.kind}"
    yield f"certainty: {record.certainty}"
    yield f"certainty is: {record.certainty_of}"
    yield f"certainty rests on: {record.certainty_basis}"
    yield f"evidence: {record.evidence_kind}"
    yield f"stance: {record.stance}"
    yield f"status: {record.status}"
    yield f"layer: {record.layer}"
    if record.scope:
        yield f"scope: {record.scope}"
    if record.joint:
        yield "evidence is joint"
    if record.event:
        yield f"occurrence: {record.event}"
    if record.activity:
        yield f"goods: {record.activity.goods}"
        yield f"form: {record.activity.form}"
        yield f"outcome: {record.activity.outcome}"
    yield from _numbered("about", (f"{each.object} {each.id}" for each in record.about))
    yield from _numbered("denies", claim.denies)
    yield from _numbered("conflicts with", claim.conflicts_with)
    yield from formerly(claim)


def _notes(selection: Selection, claim: Claim, record: ClaimRecord) -> Iterator[str]:
    """What a reader asks for: each value after what it is."""
    yield f"speakers, outermost first: {chain(record.speakers)}"
    for label, text in (
        ("hedge", record.hedge),
        ("hedge note", record.hedge_note),
        ("period, in EDTF", record.period),
        ("said, in EDTF", record.said),
        ("reasoning", record.reasoning),
        ("note", record.note),
        ("retracted because", record.retraction),
    ):
        if text is not None:
            yield f"{label}: {word(text)}"
    if record.event:
        event = selection.kb.events[record.event]
        yield f"occurrence: {word(event.name)} ({event.kind})"
    if claim.activity:
        yield from _numbered("item", map(word, claim.activity.items))
        yield from _numbered("quantity", map(_json, claim.activity.quantities))
    yield from _numbered("place", map(_json, record.places))
    yield from _numbered("party", map(_party, record.parties))
    if record.assessment:
        yield f"assessment by curators: {_json(record.assessment)}"
    if not is_kept(record.statement):
        yield f"statement, exactly: {word(record.statement)}"
    for number, item in enumerate(record.evidence, 1):
        if item.quote and not is_kept(item.quote.exact):
            yield f"quotation {number}, exactly: {word(item.quote.exact)}"


def _party(party: PartyRecord) -> str:
    whom = f"{party.object} {party.id}" if party.id else f"state {party.state}"
    return f"{party.part}: {whom}"


def _documentation(
    selection: Selection, record: ClaimRecord, item: EvidenceRecord, number: int
) -> Entity:
    """An item of evidence: a quotation with its place, which is looked up there; or a reference,
    which nothing proves.
    """
    source, _ = item.place()
    place = f"{number} of {len(record.evidence)}"
    properties: dict[str, Iterable[str | None]] = {
        "document": [id_of(source)],
        "entity": [id_of(record.id)],
    }
    if item.quote:
        proof = selection.archives.prove(selection.kb.quotes[item.quote.id])
        span = f"code points {item.quote.start} to {item.quote.end} of the archived text"
        properties |= {
            "role": ["quotation"],
            "status": [NOT_FOUND if proof.problem else None],
            "recordId": [f"{place}: {item.quote.id}, {span}"],
            "summary": [item.quote.exact],
            "description": [
                f"citation: {item.citation}",
                "part of a word" if item.quote.part_of_word else None,
                *formerly(item.quote),
            ],
        }
    else:
        assert item.reference is not None, "evidence is a quotation or a reference"
        locator, consulted = item.reference.locator, item.reference.consulted_at
        properties |= {
            "role": ["reference"],
            "status": ["unproved"],
            "recordId": [f"{place}: reference"],
            "description": [
                f"citation: {item.citation}",
                f"locator: {_json(locator)}" if locator else None,
                f"consulted at: {word(consulted)}" if consulted else None,
            ],
            "sourceUrl": [web_address(consulted)],
        }
    return entity(f"{id_of(record.id)}--evidence-{number}", "Documentation", properties)


def _part(record: ClaimRecord, party: PartyRecord, number: int) -> Entity:
    """Who takes part, and as what: of a ship, no property of an event can say so."""
    assert party.id is not None, "a state that is given by its code is no entity"
    return entity(
        f"{id_of(record.id)}--party-{number}",
        "UnknownLink",
        {
            "subject": [id_of(party.id)],
            "object": [id_of(record.id)],
            "role": [party.part],
            "status": [record.stance, record.status],
            "recordId": [f"{number} of {len(record.parties)}"],
            "summary": [caption(record)],
        },
    )


def formerly(item: Stored) -> Iterator[str]:
    """Ids that an object had."""
    return _numbered("formerly", item.formerly)


def _numbered(label: str, values: Iterable[str]) -> Iterator[str]:
    """Values with their places, since those of a property have no order."""
    return (f"{label} {number}: {value}" for number, value in enumerate(values, 1))


def _json(model: Model) -> str:
    return json.dumps(model.model_dump(mode="json", exclude_none=True))
