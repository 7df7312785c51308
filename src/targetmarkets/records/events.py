"""The records of events, and of the actors that take part in them."""

from typing import Literal

from targetmarkets.model.activities import ActorKind, EventKind
from targetmarkets.model.base import Whole
from targetmarkets.model.objects import Quote
from targetmarkets.model.parts import Identifier
from targetmarkets.model.vocabulary import Certainty, Era
from targetmarkets.records.citation import Citation
from targetmarkets.records.claims import Account, ClaimRecord, PartyRecord, Subject, cited_by


class EventRecord(Whole):
    """An event, as its claims tell of it: each value with those who give it, none chosen."""

    TOLD = ("id", "name", "kind", "disputed", "claims", "denied", "sources")

    object: Literal["event"] = "event"
    """What this record is."""
    id: str
    """Id of the event."""
    name: str
    """What it is called here."""
    aliases: tuple[str, ...]
    """Other names that find it."""
    kind: EventKind
    """What sort of occurrence it is."""
    dates: tuple[Account, ...]
    """When, in EDTF."""
    eras: tuple[Era, ...]
    """How these dates lie to the sanctions era; `undated` alone where there is none."""
    places: tuple[Account, ...]
    """Where, with the relation of the place: `to Latakia (SY)`."""
    parties: tuple[Account, ...]
    """Who took part, and as what: `interceptor: PA`, `carrier: Chong Chon Gang`."""
    goods: tuple[Account, ...]
    """What was supplied, and in what form: `missiles, parts`."""
    quantities: tuple[Account, ...]
    """How many or how much."""
    outcomes: tuple[Account, ...]
    """What came of it."""
    disputed: bool
    """Whether claims of it are denied, or differ from one another by their own account."""
    customers: tuple[Subject, ...]
    """Customers that its claims are about."""
    claims: tuple[ClaimRecord, ...]
    """What is asserted of it, in the order of the file."""
    denied: tuple[ClaimRecord, ...]
    """What is denied of it."""
    independent_sources: int
    """Lines of sources that do not report on one another or on the same work."""
    quotes: tuple[Quote, ...]
    """The quotations that these claims rest on."""
    sources: tuple[str, ...]
    """Ids of the sources of these claims."""
    certainties: tuple[Certainty, ...]
    """Every certainty of what is asserted of it, the surest first: a range, of which none is
    chosen."""
    known: tuple[str, ...]
    """How well these claims are known, in words: `stated, by reference only`; the surest first."""

    def citations(self) -> tuple[Citation, ...]:
        """What these claims cite, in their order."""
        return cited_by((*self.claims, *self.denied))


class ActorRecord(Whole):
    """An actor, and what it does in what claims say."""

    TOLD = ("id", "name", "kind", "country", "events", "claims")

    object: Literal["actor"] = "actor"
    """What this record is."""
    id: str
    """Id of the actor."""
    name: str
    """Its usual name."""
    aliases: tuple[str, ...]
    """Other names that find it."""
    kind: ActorKind
    """What it is."""
    country: str | None
    """Code of its country, where a claim says so."""
    identifiers: tuple[Identifier, ...]
    """Numbers by which it is known."""
    parts: tuple[Account, ...]
    """What it does, by the words for parts of parties."""
    events: tuple[str, ...]
    """Ids of the events in which it takes part."""
    counterparts: tuple[PartyRecord, ...]
    """Who else takes part in what these claims say."""
    claims: tuple[ClaimRecord, ...]
    """What is asserted with it as a party."""
    denied: tuple[ClaimRecord, ...]
    """What is denied with it as a party."""
    independent_sources: int
    """Lines of sources that do not report on one another or on the same work."""
    quotes: tuple[Quote, ...]
    """The quotations that these claims rest on."""
    sources: tuple[str, ...]
    """Ids of the sources of these claims."""

    def citations(self) -> tuple[Citation, ...]:
        """What these claims cite, in their order."""
        return cited_by((*self.claims, *self.denied))
