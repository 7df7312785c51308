"""What a filter is: what it takes, the lists to which it applies, what of an object it looks at.

No models are imported: completion and help read the filters first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypedDict, TypeVar, cast

from targetmarkets.errors import UsageError
from targetmarkets.kb.periods import LIES, as_period, lie
from targetmarkets.model.activities import ACTOR_KINDS, EVENT_KINDS
from targetmarkets.model.edtf import may_hold
from targetmarkets.model.types import LISTS
from targetmarkets.model.vocabulary import CLAIM_KINDS, CUSTOMER_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from targetmarkets.kb.classify import Classifier
    from targetmarkets.kb.knowledge import Knowledge
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
    from targetmarkets.model.types import Kind

T = TypeVar("T")


class Values:
    """What a filter takes."""

    exact = True
    """Whether an object has the very value that is asked for, so that a store can look it up."""

    def resolve(self, text: str, kb: Knowledge, kind: Kind, /) -> str:
        """The value that a person means, for a kind of list.

        Raises `RequestError` for what means nothing, or several things.
        """
        raise NotImplementedError

    def fitting(self, asked: Sequence[str]) -> Callable[[Iterable[str]], bool]:
        """Whether the values of an object hold one that is asked for."""
        wanted = frozenset(asked)
        return lambda values: not wanted.isdisjoint(values)


class Ids(Values):
    """Objects of a list of the file, by every name that they go by."""

    def __init__(self, list_: str) -> None:
        self.list = list_

    def resolve(self, text: str, kb: Knowledge, _kind: Kind, /) -> str:
        from targetmarkets.kb.resolve import resolve  # brings the models, as does the next
        from targetmarkets.model.objects import STORED

        return resolve(text, kb.of(STORED[self.list]), LISTS[self.list]).id


class Terms(Values):
    """Terms of a controlled list; `what` names one in messages.

    `known` gives the terms that count for a kind of list, where they are not those `offered`.
    """

    def __init__(
        self,
        what: str,
        offered: Collection[str],
        known: Callable[[Kind], Iterable[str]] | None = None,
    ) -> None:
        self.what = what
        self.offered = offered
        self.known = known

    def resolve(self, text: str, _kb: Knowledge, kind: Kind, /) -> str:
        from targetmarkets.kb.resolve import resolve_term  # brings the models

        return resolve_term(text, self.known(kind) if self.known else self.offered, self.what)


def _kinds(kind: Kind) -> list[str]:
    """What `kind` may mean in a list: activities are all of one kind of claim."""
    own: Mapping[str, Iterable[str]] = {"events": EVENT_KINDS, "actors": ACTOR_KINDS}
    if kind in own:
        return list(own[kind])
    return [*CUSTOMER_KINDS, *(CLAIM_KINDS if kind in {"claims", "findings"} else ())]


_WITH_KINDS: Final[Mapping[Kind, str]] = {
    "customers": "customer",
    "events": "event",
    "actors": "actor",
    "claims": "claim",
}
"""Lists whose objects have kinds of their own, and what one of them is called."""


class KindTerms(Terms):
    """Kinds, of which each list has its own."""

    def __init__(self) -> None:
        offered = [*CUSTOMER_KINDS, *CLAIM_KINDS, *EVENT_KINDS, *ACTOR_KINDS]
        super().__init__("kind", offered, _kinds)

    def resolve(self, text: str, kb: Knowledge, kind: Kind, /) -> str:
        """A kind; one that only another list has is refused with that list."""
        from targetmarkets.kb.lookup import fold_name  # what only a run needs that has a filter

        named = {fold_name(term): term for term in self.offered}
        term = named.get(fold_name(text))
        if term and term not in _kinds(kind):
            other, one = next(own for own in _WITH_KINDS.items() if term in _kinds(own[0]))
            message = f"{term} is a kind of {one}, and {kind} are not chosen by that"
            raise UsageError(message, f"tm list {other} --kind {term}")
        return super().resolve(text, kb, kind)


class Times(Values):
    """Times, as people write them."""

    exact = False

    def __init__(self, read: Callable[[str], str] = as_period) -> None:
        self.read = read

    def resolve(self, text: str, _kb: Knowledge, _kind: Kind, /) -> str:
        return self.read(text)


class Dated(Terms):
    """The ways in which the periods of an object may lie to a time."""

    exact = False

    def __init__(self) -> None:
        super().__init__("way to be dated", LIES)

    @staticmethod
    def to(ways: Iterable[str], times: Iterable[str]) -> list[str]:
        """What is asked for with these ways to lie to one of these times."""
        times = list(times)
        return [f"{way} {time}" for way in ways for time in times]

    def fitting(self, asked: Sequence[str]) -> Callable[[Iterable[str]], bool]:
        ways, times = zip(*(each.split(" ") for each in asked), strict=True)
        spans = [may_hold(time) for time in dict.fromkeys(times)]
        return lambda periods: lie(periods, spans) in ways


class View(NamedTuple):
    """What a facet may ask, beside the object that it looks at."""

    kb: Knowledge
    classifier: Classifier


Facet = Callable[[View, T], Iterable[str]]
"""The values of a filter that choose an object."""


class ByList(TypedDict, total=False):
    """The facets of one filter, by the list that holds the objects."""

    customers: Facet[Customer]
    categories: Facet[Category]
    groups: Facet[Group]
    events: Facet[Event]
    actors: Facet[Actor]
    claims: Facet[Claim]
    quotes: Facet[Quote]
    sources: Facet[Source]


class Filter(NamedTuple):
    """One filter."""

    name: str
    metavar: str
    help: str
    takes: Values
    lists: Sequence[Kind]
    """Those to which it applies; elsewhere it is refused."""
    facets: ByList
    """What it looks at. Quotations and sources for which it has no facet are chosen by the claims
    that rest on them."""
    usual: Sequence[str] = ()
    """What it asks for unless told."""
    searched: str = ""
    """Its help in a search; empty if a search does not have it."""

    def facet(self, list_: str) -> Facet[Any] | None:
        """What it looks at in the objects of a list of the file."""
        return cast("Mapping[str, Facet[Any]]", self.facets).get(list_)
