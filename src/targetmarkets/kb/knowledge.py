"""The questions that readers ask a knowledge base, whatever it is stored in.

A way of storing answers the abstract ones; the rest follows. What leads from one object to others
is stated in `RELATIONS`, once for all of them.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeVar

from targetmarkets.kb.files import sha256
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
from targetmarkets.model.types import AMONG, SHOWN

if TYPE_CHECKING:
    from targetmarkets.kb.history import PastChange
    from targetmarkets.kb.lookup import Item, Objects, StoredSubject
    from targetmarkets.kb.paths import Place
    from targetmarkets.model.parts import Evidence
    from targetmarkets.model.stored import Stored

Foreseen = TypeVar("Foreseen")
"""What is going to be asked for."""

SAYING_DIGITS: Final = 24
"""Digits of a hash that tell what claims say: of any number of them, no two share it by chance."""

Wanted = Sequence[tuple[str, Sequence[str]]]
"""What objects are chosen by: names of filters, each with values of which one must fit."""


class Knowledge(Protocol):
    """A knowledge base: the stored objects, and the ways from one to another.

    Its content is known to have the right shape and no dangling ids. Nothing is known of its
    quotations: `verify` proves them.
    """

    path: Place
    """Where it is stored."""
    hash: str | None = None
    """SHA-256 of a JSON file, where it was needed."""
    keeps_texts: bool = False
    """Whether it keeps the archived texts itself; else they are files beside it."""
    covers: str | None
    """Whose customers it holds, in words that follow their number."""

    @abstractmethod
    def of(self, model: type[Item]) -> Objects[Item]:
        """All objects of a type by id, in the order of the file."""

    @abstractmethod
    def among(self, lists: Sequence[str]) -> Objects[Any]:
        """All objects of some lists of the file by id, list after list."""

    @abstractmethod
    def related(self, relation: str, id_: str) -> Sequence[Any]:
        """What one of the `RELATIONS` leads to from an id, in its order; none is no error."""

    @abstractmethod
    def position(self, id_: str) -> int:
        """The place of an object in the file. Raises `KeyError`."""

    def order(self, id_: str) -> int:
        """A number that is greater for what stands later in the file. Raises `KeyError`."""
        return self.position(id_)

    @abstractmethod
    def says(self, name: str) -> str | None:
        """What the file says of itself, by the name of the field; None where it does not."""

    @abstractmethod
    def history(self, ids: Sequence[str] = ()) -> Iterator[PastChange]:
        """The changes of it that are known, or those of some objects, the newest first.

        Raises `UnreadableError`.
        """

    @abstractmethod
    def with_filters(self, model: type[Item], wanted: Wanted) -> Iterable[Item]:
        """Objects of a type in the order of the file, among them all that have what is wanted."""

    def text_bytes(self, file: str) -> bytes | None:  # noqa: ARG002 - others keep some
        """The bytes of an archived file that it keeps, by its name; None where it keeps none."""
        return None

    def text_names(self) -> Sequence[str]:
        """The names of the archived files that it keeps; none where others keep them."""
        return ()

    def has_text(self, file: str) -> bool:  # noqa: ARG002 - others keep some
        """Whether it keeps an archived file of that name."""
        return False

    def foresee(self, items: Iterable[Item]) -> Iterable[Item]:
        """The same objects, of each of which the whole record is going to be asked for: who has to
        look things up does that for many at once.
        """
        return items

    def lead_ahead(self, relations: Sequence[str], ids: Iterable[str]) -> None:  # noqa: ARG002 - others look up
        """Look up at once what some relations lead to from some ids, where that has to be done."""
        return

    def several(self, ids: Iterable[str]) -> Sequence[Stored]:
        """The objects that have some ids: who has to look things up does that at once."""
        return [self.objects[id_] for id_ in dict.fromkeys(ids) if id_ in self.objects]

    @abstractmethod
    def hold_little(self) -> None:
        """Hold few objects from now on, where not everything is held: each is asked for once."""

    @property
    def objects(self) -> Objects[Stored]:
        """Everything that has an id."""
        return self.among([type_.plural for type_ in SHOWN])

    @property
    def subjects(self) -> Objects[StoredSubject]:
        """What claims can be about."""
        return self.among(AMONG["subjects"])

    @property
    def sources(self) -> Objects[Source]:
        return self.of(Source)

    @property
    def quotes(self) -> Objects[Quote]:
        return self.of(Quote)

    @property
    def customers(self) -> Objects[Customer]:
        return self.of(Customer)

    @property
    def categories(self) -> Objects[Category]:
        return self.of(Category)

    @property
    def groups(self) -> Objects[Group]:
        return self.of(Group)

    @property
    def claims(self) -> Objects[Claim]:
        return self.of(Claim)

    @property
    def events(self) -> Objects[Event]:
        return self.of(Event)

    @property
    def actors(self) -> Objects[Actor]:
        return self.of(Actor)

    @property
    def archived(self) -> Sequence[Source]:
        """Sources with an archived text."""
        return self.related("archived", "")

    def claims_about(self, id_: str) -> Sequence[Claim]:
        """Claims about a customer, a category or a group, retracted ones included."""
        return self.related("claims_about", id_)

    def classifications(self, id_: str) -> Sequence[Claim]:
        """Claims that sort a customer or a group, or into a category; retracted ones included."""
        return self.related("classifications", id_)

    def claims_on_quote(self, id_: str) -> Sequence[Claim]:
        """Claims that rest on a quotation."""
        return self.related("claims_on_quote", id_)

    @abstractmethod
    def claims_on_source(self, id_: str) -> Sequence[Claim]:
        """Claims that rest on a source, by quotation or reference."""

    def denials(self, id_: str) -> Sequence[Claim]:
        """Claims that deny a claim."""
        return self.related("denials", id_)

    def conflicts(self, id_: str) -> Sequence[Claim]:
        """Claims that conflict with a claim, by their own account."""
        return self.related("conflicts", id_)

    def groups_naming(self, id_: str) -> Sequence[Group]:
        """Groups of which a text names a customer."""
        return self.related("groups_naming", id_)

    def quotes_from(self, id_: str) -> Sequence[Quote]:
        """Quotations from a source, in the order of its text."""
        return self.related("quotes_from", id_)

    def claims_of_event(self, id_: str) -> Sequence[Claim]:
        """Claims that speak of an event, retracted ones included."""
        return self.related("claims_of_event", id_)

    def claims_with_party(self, id_: str) -> Sequence[Claim]:
        """Claims in which an actor or a customer is a party, or a state that is none, by its code;
        retracted ones included.
        """
        return self.related("claims_with_party", id_)

    def claims_saying(self, claim: Claim) -> Sequence[Claim]:
        """Claims that say what one says, retracted ones included, and itself if it is there."""
        return self.related("claims_saying", saying(claim))

    def mentioning(self, id_: str) -> Sequence[Stored]:
        """Objects that refer to an object by its id."""
        return self.related("mentioning", id_)

    def is_mentioned(self, id_: str) -> bool:
        """Whether an object refers to an object by its id."""
        return bool(self.mentioning(id_))

    def sources_of(self, claim: Claim) -> list[str]:
        """Ids of the sources that a claim rests on, in the order of its evidence."""
        ids = []
        for item in claim.evidence:
            if item.quote:
                ids.append(self.quotes[item.quote].source)
            elif item.reference:
                ids.append(item.reference.source)
        return list(dict.fromkeys(ids))


class Relation(NamedTuple):
    """A way from ids to objects, told from the objects to which it leads."""

    lists: Sequence[str]
    """The lists of the file that hold them."""
    leading: Callable[[Any], Iterable[str]]
    """The ids that lead to one, by what it says itself; an id that stands there twice leads to it
    twice."""
    order: Callable[[Any], Any] | None = None
    """What they are sorted by, where that is not the order of the lists."""


def _quotes_of(claim: Claim) -> Iterator[str]:
    return (item.quote for item in claim.evidence if item.quote)


def saying(claim: Claim) -> str:
    """What a claim says, in short: alike for those that state one thing of the same, of the same
    goods, event and time, by the same speakers and on the same evidence, whatever their case and
    white space.
    """
    activity = claim.activity
    whole = (
        " ".join(claim.statement.casefold().split()),
        sorted(claim.about),
        [(speaker.role, speaker.name, speaker.mode, speaker.work) for speaker in claim.speakers],
        claim.stance,
        (activity.goods, activity.form) if activity else (),
        (claim.event, claim.period, claim.negative),
        sorted(map(_rests_on, claim.evidence)),
    )
    return f"saying {sha256(repr(whole).encode())[:SAYING_DIGITS]}"


def _rests_on(evidence: Evidence) -> tuple[str, ...]:
    if evidence.reference is None:
        return (evidence.quote or "",)
    locator = evidence.reference.locator
    return evidence.reference.source, *((locator.label or "", locator.value) if locator else ())


def _parties_of(claim: Claim) -> Iterable[str]:
    return dict.fromkeys(filter(None, (party.id or party.state for party in claim.parties)))


FORESEEN: Final = 50
"""Objects of which what they refer to is looked up at once, where it has to be."""


def some_at_a_time(items: Iterable[Foreseen]) -> Iterator[list[Foreseen]]:
    """So many of them, in their order; no more are taken before these were used."""
    ahead = iter(items)
    while chunk := list(islice(ahead, FORESEEN)):
        yield chunk


RELATIONS: Final[Mapping[str, Relation]] = {
    "archived": Relation(("sources",), lambda source: [""] if source.archive else []),
    "claims_about": Relation(("claims",), lambda claim: claim.about),
    "claims_on_quote": Relation(("claims",), _quotes_of),
    "classifications": Relation(
        ("claims",), lambda claim: claim.about if claim.kind == "classification" else ()
    ),
    "claims_of_event": Relation(("claims",), lambda claim: filter(None, [claim.event])),
    "claims_saying": Relation(("claims",), lambda claim: [saying(claim)]),
    "claims_with_party": Relation(("claims",), _parties_of),
    "denials": Relation(("claims",), lambda claim: claim.denies),
    "conflicts": Relation(("claims",), lambda claim: claim.conflicts_with),
    "groups_naming": Relation(("groups",), lambda group: group.members),
    "quotes_from": Relation(
        ("quotes",), lambda quote: [quote.source], lambda quote: (quote.start, quote.end)
    ),
    "mentioning": Relation(
        tuple(type_.plural for type_ in SHOWN),
        lambda item: dict.fromkeys(mentioned for _, mentioned, _ in item.mentions()),
    ),
}
"""The ways from an id to objects, by name."""
