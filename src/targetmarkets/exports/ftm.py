"""FollowTheMoney, for OpenAleph and OpenSanctions: entities in JSON, one a line.

Every claim is an event, and none a link between who supplies and who is supplied: a claim may be
denied, doubted or withdrawn, and such a link says neither.
"""

from __future__ import annotations

import hashlib
import json
from itertools import chain
from typing import TYPE_CHECKING, Final

from targetmarkets.exports import ftm_claims
from targetmarkets.exports.about import about
from targetmarkets.exports.ftm_claims import entity, formerly, id_of
from targetmarkets.exports.ftm_dates import dates, is_whole
from targetmarkets.exports.ftm_words import MAX_NUMBER, cut, is_name_kept, word
from targetmarkets.exports.interface import Export
from targetmarkets.exports.passages import UNPROVED
from targetmarkets.kb.lookup import fold_name
from targetmarkets.model.objects import Actor, Category, Customer, Event, Group, Quote, Source
from targetmarkets.records.wording import iso_date
from targetmarkets.text.addresses import web_address
from targetmarkets.text.letters import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from targetmarkets.exports.ftm_claims import Entity
    from targetmarkets.exports.interface import Losses
    from targetmarkets.exports.selection import Selection
    from targetmarkets.model.activities import ActorKind, Scheme
    from targetmarkets.model.stored import Named

_SCHEMAS: Final[Mapping[ActorKind, str]] = {
    "firm": "Company",
    "agency": "PublicBody",
    "ship": "Vessel",
    "aircraft": "Airplane",
    "armed-group": "Organization",
    "person": "Person",
}

_NUMBERS: Final[Mapping[Scheme, str]] = {
    "imo": "imoNumber",
    "mmsi": "mmsi",
    "registration": "registrationNumber",
}
_FIRMS: Final[Sequence[Scheme]] = ("imo", "registration")
_ROOM: Final[Mapping[ActorKind, Sequence[Scheme]]] = {
    "ship": ("imo", "mmsi", "registration"),
    "aircraft": ("registration",),
    "person": ("registration",),
}
"""Numbers for which a schema has a property; others stand in notes alone."""

DATES: Final = "periods that are more or less than plain dates"
TEXTS: Final = "archived texts"
OTHER_TEXTS: Final = "archived texts that cannot be read, or are not those recorded"
SET_ASIDE: Final = "passages set aside"
UNNAMED: Final = "what is recorded of categories, groups and events"
PASSAGES: Final = "quotations that no claim rests on"

_LACKS: Final[Mapping[str, str]] = {
    DATES: "they stand whole in notes; dates are given for those of their ends that are plain",
    TEXTS: "only their names and hashes are given, and nothing of their pages",
    OTHER_TEXTS: "tm verify says why; they have no contentHash",
    SET_ASIDE: "they are of use beside the archived text alone",
    UNNAMED: "claims give their ids; members, chapters and other names have no place",
    PASSAGES: "a passage is given as the evidence of a claim",
    UNPROVED: "tm verify says why; their status says so",
}

_OF_CLAIMS: Final[Mapping[str, str]] = {
    "id": "`Event.id`, after `tm-`; `recordId`",
    "formerly": "`Event.keywords`: `formerly 1: …`",
    "about": "`Event.keywords`: `about 1: …`; `involved`, where it is a customer",
    "kind": "`Event.keywords`: `kind: …`",
    "statement": "`Event.summary`; `notes`: `statement, exactly: …` where FollowTheMoney alters it",
    "certainty": "`Event.keywords`: `certainty: …`; `name`",
    "certainty_basis": "`Event.keywords`: `certainty rests on: …`; `name`",
    "negative": "`Event.keywords`: `certainty is: …`; `name`",
    "hedge": "`Event.notes`: `hedge: …`; `name`",
    "hedge_note": "`Event.notes`: `hedge note: …`",
    "speakers": "`Event.notes`: `speakers, outermost first: …`, the chain in one value",
    "scope": "`Event.keywords`: `scope: …`",
    "stance": "`Event.keywords`: `stance: …`; `name`; `UnknownLink.status`",
    "denies": "`Event.keywords`: `denies 1: …`",
    "conflicts_with": "`Event.keywords`: `conflicts with 1: …`",
    "event": "`Event.keywords`: `occurrence: …`",
    "period": "`Event.notes`: `period, in EDTF: …`; `date`, `startDate`, `endDate` where plain",
    "said": "`Event.notes`: `said, in EDTF: …`",
    "places": "`Event.notes`: `place 1: …`; `location`, `country`",
    "parties": "`Event.notes`: `party 1: …`; an `UnknownLink` with the role, for each entity",
    "activity": "`Event.keywords`: `goods: …`, `form: …`, `outcome: …`; `notes`: `item 1: …`, "
    "`quantity 1: …`",
    "evidence": "a `Documentation` each: `document`, `recordId`, `summary`, `description`",
    "joint": "`Event.keywords`: `evidence is joint`",
    "reasoning": "`Event.notes`: `reasoning: …`",
    "note": "`Event.notes`: `note: …`",
    "assessment": "`Event.notes`: `assessment by curators: …`",
    "status": "`Event.keywords`: `status: …`; `name`",
    "retraction": "`Event.notes`: `retracted because: …`",
}

_CARRIES: Final[Mapping[str, str]] = {
    **{f"Claim.{field}": place for field, place in _OF_CLAIMS.items()},
    "Quote.id": "`Documentation.recordId`",
    "Quote.source": "`Documentation.document`, after `tm-`",
    "Quote.exact": "`Documentation.summary`; `Event.notes`: `quotation 1, exactly: …` where "
    "FollowTheMoney alters it",
    "Quote.start": "`Documentation.recordId`, in code points",
    "Quote.end": "`Documentation.recordId`, in code points",
    "Quote.part_of_word": "`Documentation.description`: `part of a word`",
    "Quote.formerly": "`Documentation.description`: `formerly 1: …`",
    "Source.id": "`Document.id`, after `tm-`",
    "Source.bibliography": "`Document.notes`: `in CSL-JSON: …`; `title`, `publisher`, `date`, "
    "`sourceUrl`",
    "Source.descriptor": "`Document.notes`: `descriptor: …`",
    "Source.reports_on": "`Document.notes`: `reports on 1: …`",
    "Source.read": "`Document.notes`: `read: …`",
    "Source.title_from": "`Document.notes`: `title from: …`",
    "Source.formerly": "`Document.notes`: `formerly 1: …`",
    "Archive.file": "`Document.fileName`",
    "Archive.sha256": "`Document.notes`: `sha256: …`; `contentHash` is the SHA-1 of a "
    "text that has that hash, as there is room for no other",
    "Archive.media_type": "`Document.mimeType`",
    "Customer.id": "`id`, after `tm-`",
    "Customer.name": "`name`; `notes`: `name, exactly: …` where FollowTheMoney alters it",
    "Customer.aliases": "`alias`, or `weakAlias` where it is another's, too; `notes`: `alias 1: …`",
    "Customer.kind": "`PublicBody` for a state, `Organization` for others",
    "Customer.iso_3166": "`country`, in small letters; `notes`: `codes: …`",
    "Customer.region": "`notes`: `region: …`",
    "Customer.formerly": "`notes`: `formerly 1: …`",
    "Actor.id": "`id`, after `tm-`",
    "Actor.name": "`name`; `notes`: `name, exactly: …` where FollowTheMoney alters it",
    "Actor.aliases": "`alias`, or `weakAlias` where it is another's, too; `notes`: `alias 1: …`",
    "Actor.kind": "`Company`, `PublicBody`, `Vessel`, `Airplane`, `Organization`, `Person`; "
    "`notes`: `kind: …`",
    "Actor.country": "`country`, in small letters",
    "Actor.identifiers": "`imoNumber`, `mmsi`, `registrationNumber`; `notes`: `identifier 1: …`",
    "Actor.formerly": "`notes`: `formerly 1: …`",
}


def write(selection: Selection, path: Path, losses: Losses) -> None:
    """Write entities: sources, customers, actors, claims with their evidence, and a note on what
    is not carried.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for each in _entities(selection, losses):
            file.write(json.dumps(each, ensure_ascii=False) + "\n")
        file.write(json.dumps(_note(selection, losses), ensure_ascii=False) + "\n")


def _entities(selection: Selection, losses: Losses) -> Iterator[Entity]:
    for source in selection.objects(Source):
        losses.note(TEXTS, source.archive is not None)
        losses.note(OTHER_TEXTS, bool(source.archive and selection.archives.problem(source.id)))
        losses.note(SET_ASIDE, len(source.set_aside))
        yield _document(selection, source)
    for customer in selection.objects(Customer):
        yield _customer(selection, customer)
    for actor in selection.objects(Actor):
        yield _actor(selection, actor)
    for claim in selection.kb.foresee(selection.claims()):
        losses.note(DATES, not is_whole(claim.period))
        yield from ftm_claims.entities(selection, claim)
    for model in (Category, Group, Event):
        losses.note(UNNAMED, sum(1 for _ in selection.objects(model)))
    for quote in selection.objects(Quote):
        used = any(selection.on_quote(quote.id))
        losses.note(PASSAGES, not used)
        losses.note(UNPROVED, used and selection.archives.prove(quote).problem is not None)


def _document(selection: Selection, source: Source) -> Entity:
    """A source: an entity of its own, even where two say the same."""
    work, archive = source.bibliography, source.archive
    issued = iso_date(work.issued)
    return entity(
        id_of(source.id),
        "Document",
        {
            "title": [source.title],
            "fileName": [archive.file if archive else None],
            "mimeType": [archive.media_type if archive else None],
            "contentHash": [_sha1(selection, source)],
            "publisher": [work.publisher or work.container_title],
            "date": [dates(issued).get("date")],
            "sourceUrl": [web_address(work.address)],
            "notes": [
                f"citation: {word(selection.shared.work(source.id))}",
                f"descriptor: {word(source.descriptor)}",
                f"in CSL-JSON: {json.dumps(work.model_dump(mode='json', by_alias=True))}",
                f"sha256: {archive.sha256}" if archive else None,
                f"read: {'yes' if source.read else 'no'}",
                f"title from: {word(source.title_from)}" if source.title_from else None,
                *(f"reports on {n}: {id_}" for n, id_ in enumerate(source.reports_on, 1)),
                *formerly(source),
            ],
        },
    )


def _sha1(selection: Selection, source: Source) -> str | None:
    """The hash of an archived text; None where that is not the text that was recorded."""
    if source.archive is None or selection.archives.problem(source.id):
        return None
    data = selection.archives.text(source.id).data
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def _is_others(selection: Selection, item: Named, name: str) -> bool:
    """Whether another customer or actor goes by a name, in plain letters: `congo` is that of two
    states, also where the filters leave one of them out. A name without letters may be anybody's.
    """
    if not fold_name(name):
        return True
    called = chain.from_iterable(selection.kb.of(model).called(name) for model in (Customer, Actor))
    others = (other for other in called if other.id != item.id)
    return any(plain(name) in map(plain, (other.name, *other.aliases)) for other in others)


def _customer(selection: Selection, customer: Customer) -> Entity:
    codes = customer.iso_3166
    return entity(
        id_of(customer.id),
        "PublicBody" if customer.kind == "state" else "Organization",
        {
            **_names(selection, customer),
            "country": [codes.alpha_2.lower() if codes else None],
            "notes": [
                *_named_exactly(customer),
                *formerly(customer),
                f"region: {customer.region}",
                f"codes: {json.dumps(codes.model_dump(exclude_none=True))}" if codes else None,
            ],
        },
    )


def _actor(selection: Selection, actor: Actor) -> Entity:
    return entity(
        id_of(actor.id),
        _SCHEMAS[actor.kind],
        {
            **_names(selection, actor),
            "country": [actor.country.lower() if actor.country else None],
            **{
                _NUMBERS[scheme]: [
                    each.value
                    for each in actor.identifiers
                    if each.scheme == scheme and len(each.value) <= MAX_NUMBER
                ]
                for scheme in _ROOM.get(actor.kind, _FIRMS)
            },
            "notes": [
                *_named_exactly(actor),
                *formerly(actor),
                f"kind: {actor.kind}",
                *(
                    f"identifier {number}: {each.scheme} {word(each.value)}"
                    for number, each in enumerate(actor.identifiers, 1)
                ),
            ],
        },
    )


def _names(selection: Selection, item: Named) -> dict[str, list[str | None]]:
    """Its names; those that others have, too, are not for telling one from another."""
    shared = [alias for alias in item.aliases if _is_others(selection, item, alias)]
    return {
        "name": [cut(item.name)],
        "alias": [cut(alias) for alias in item.aliases if alias not in shared],
        "weakAlias": [cut(alias) for alias in shared],
    }


def _named_exactly(item: Named) -> Iterator[str]:
    if not is_name_kept(item.name):
        yield f"name, exactly: {word(item.name)}"
    for number, alias in enumerate(item.aliases, 1):
        yield f"alias {number}: {word(alias)}"


def _note(selection: Selection, losses: Losses) -> Entity:
    """What the export says of itself."""
    return entity(
        "tm--export",
        "Note",
        {
            "name": ["What this export is, and what it does not carry"],
            "notes": [
                *(f"{label}: {word(value)}" for label, value in about(selection)),
                *(f"not carried: {n} {kind}; {why}" for kind, n, why in losses),
            ],
        },
    )


EXPORT: Final = Export(write, _CARRIES, _LACKS)
