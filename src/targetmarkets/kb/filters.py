"""The filters of lists, each in this one place: its name and help, what it takes, the lists to
which it applies, and what of an object it looks at.

The command line with its help and completion, the Python interface, selections, the search and
the index read this table. No models are imported: help and completion read it first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from targetmarkets.errors import UsageError, shorten
from targetmarkets.kb.classify import evidence_kind, layer
from targetmarkets.kb.filtering import Facet, Filter, Ids, Periods, Terms, View
from targetmarkets.model.activities import ACTIVITY_TYPES, ACTOR_KINDS, EVENT_KINDS, FORMS, GOODS
from targetmarkets.model.types import KINDS, Kind
from targetmarkets.model.vocabulary import (
    CERTAINTIES,
    CLAIM_KINDS,
    CUSTOMER_KINDS,
    EVIDENCE_KINDS,
    LAYERS,
    REGIONS,
    SCOPES,
    STANCES,
    STATUSES,
)

if TYPE_CHECKING:
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.objects import Actor, Claim, Customer, Event, Group
    from targetmarkets.model.parts import Activity

_ABOUT: Final[Sequence[Kind]] = ("activities", "claims")
_CLAIMS: Final[Sequence[Kind]] = (*_ABOUT, "findings")
_BUT_FINDINGS: Final = [kind for kind in KINDS if kind != "findings"]
"""A finding is about no customer, and so in no region or category, and of no scope."""

_EVENTS: Final[Sequence[Kind]] = ("events", "actors")
"""They are chosen by what their claims are about and say."""


def _kinds(kind: Kind) -> list[str]:
    """What `kind` may mean in a list: activities are all of one kind of claim."""
    own: Mapping[str, Iterable[str]] = {"events": EVENT_KINDS, "actors": ACTOR_KINDS}
    if kind in own:
        return list(own[kind])
    return [*CUSTOMER_KINDS, *(CLAIM_KINDS if kind in {"claims", "findings"} else ())]


def _customers(view: View, claim: Claim) -> list[Customer]:
    """Those that a claim is about."""
    return [view.kb.customers[id_] for id_ in claim.about if id_ in view.kb.customers]


def _region(customer: Customer) -> set[str]:
    return {customer.region, REGIONS[customer.region]}


def _basis(view: View, customer: Customer) -> list[Claim]:
    """The classification that puts a customer where it is, if one does."""
    claim = view.classifier.of(customer.id).basis
    return [claim] if claim else []


def _category(view: View, item: Customer | Group) -> set[str]:
    category = view.classifier.of(item.id).category
    return {category} if category else set()


def _telling(view: View, item: Event | Actor) -> list[Claim]:
    """The accepted claims that speak of an event, or in which an actor is a party."""
    way = view.kb.claims_of_event if item.word() == "event" else view.kb.claims_with_party
    return [claim for claim in way(item.id) if claim.status == "accepted"]


def _told(facet: Facet[Claim]) -> Facet[Event | Actor]:
    """What a filter looks at in the claims that tell of an event or an actor."""
    return lambda view, item: {v for claim in _telling(view, item) for v in facet(view, claim)}


def _supplies(claim: Claim) -> Iterable[Activity]:
    return [claim.activity] if claim.activity else []


def _goods(_: View, claim: Claim) -> Iterable[str]:
    return {activity.goods for activity in _supplies(claim)}


def _form(_: View, claim: Claim) -> Iterable[str]:
    return {activity.form for activity in _supplies(claim)}


def _alone(facet: Facet[Claim]) -> Facet[Customer]:
    """What a filter looks at in what is asserted of a customer alone."""
    return lambda view, customer: {
        value
        for claim in view.kb.claims_about(customer.id)
        if claim.scope == "individual" and claim.status == "accepted"
        if claim.stance == "asserted"
        for value in facet(view, claim)
    }


def _types(_: View, claim: Claim) -> Iterable[str]:
    return {type_ for activity in _supplies(claim) for type_ in activity.types}


def _categories(view: View, claim: Claim) -> Iterable[str]:
    return view.classifier.categories(claim)


def _about(_: View, claim: Claim) -> Iterable[str]:
    return claim.about


_TABLE: Final = (
    Filter(
        "category",
        metavar="NAME",
        help="Those in a category: resilient, reluctant, ad hoc.",
        takes=Ids("categories"),
        lists=_BUT_FINDINGS,
        facets={
            "customers": _category,
            "categories": lambda _, category: {category.id},
            "groups": _category,  # those that a text equates with it
            "events": _told(_categories),
            "actors": _told(_categories),
            "claims": _categories,
        },
        searched="What is about customers of a category, or cited by claims about them.",
    ),
    Filter(
        "customer",
        metavar="NAME",
        help="A customer, by id, name, alias or ISO code.",
        takes=Ids("customers"),
        lists=_BUT_FINDINGS,
        facets={
            "customers": lambda _, customer: {customer.id},
            "categories": lambda view, category: view.classifier.members(category.id),
            "groups": lambda _, group: group.members,  # those that a text names as of it
            "events": _told(_about),
            "actors": _told(_about),
            "claims": _about,
        },
        searched="What is about a customer, or cited by claims about it.",
    ),
    Filter(
        "kind",
        metavar="KIND",
        help="Customers of a kind: state, non-state. Claims, events and actors also of a kind of "
        f"their own: {', '.join(dict.fromkeys([*CLAIM_KINDS, *EVENT_KINDS, *ACTOR_KINDS]))}.",
        takes=Terms("kind", [*CUSTOMER_KINDS, *CLAIM_KINDS, *EVENT_KINDS, *ACTOR_KINDS], _kinds),
        lists=("customers", *_EVENTS, *_CLAIMS),
        facets={
            "events": lambda _, event: {event.kind},
            "actors": lambda _, actor: {actor.kind},
            "customers": lambda _, customer: {customer.kind},
            "claims": lambda view, claim: {claim.kind, *(c.kind for c in _customers(view, claim))},
        },
    ),
    Filter(
        "region",
        metavar="NAME",
        help="Customers of a UN M49 region or sub-region, such as Africa or Eastern Africa.",
        takes=Terms("region", REGIONS, lambda _: dict.fromkeys([*REGIONS, *REGIONS.values()])),
        lists=("customers", *_ABOUT),
        facets={
            "customers": lambda _, customer: _region(customer),
            "claims": lambda view, claim: {
                name for customer in _customers(view, claim) for name in _region(customer)
            },
        },
    ),
    Filter(
        "activity",
        metavar="TYPE",
        help="A type of activity; for customers, one asserted of them alone.",
        takes=Terms("type of activity", ACTIVITY_TYPES),
        lists=("customers", *_CLAIMS),
        facets={
            "customers": _alone(_types),
            "claims": _types,
        },
    ),
    Filter(
        "goods",
        metavar="WORD",
        help="What is supplied: missiles, small-arms, …; for customers, to them alone.",
        takes=Terms("kind of goods", GOODS),
        lists=("customers", *_EVENTS, *_CLAIMS),
        facets={
            "customers": _alone(_goods),
            "events": _told(_goods),
            "actors": _told(_goods),
            "claims": _goods,
        },
    ),
    Filter(
        "form",
        metavar="WORD",
        help="In what form: whole, parts, production, training, …; for customers, as --goods.",
        takes=Terms("form", FORMS),
        lists=("customers", *_EVENTS, *_CLAIMS),
        facets={
            "customers": _alone(_form),
            "events": _told(_form),
            "actors": _told(_form),
            "claims": _form,
        },
    ),
    Filter(
        "certainty",
        metavar="WORD",
        help="How sure: stated, likely, possible, alleged, implied. "
        "For customers, of the classification that puts them in their category.",
        takes=Terms("certainty", CERTAINTIES),
        lists=("customers", *_CLAIMS),
        facets={
            "customers": lambda view, customer: {c.certainty for c in _basis(view, customer)},
            "claims": lambda _, claim: {claim.certainty},
        },
    ),
    Filter(
        "evidence",
        metavar="|".join(EVIDENCE_KINDS),
        help="With at least one quotation, or with none. For customers, as --certainty.",
        takes=Terms("kind of evidence", EVIDENCE_KINDS),
        lists=("customers", *_CLAIMS, "sources"),
        facets={
            "customers": lambda view, customer: map(evidence_kind, _basis(view, customer)),
            "claims": lambda _, claim: {evidence_kind(claim)},
            "sources": lambda view, source: {
                "quoted" if view.kb.quotes_from(source.id) else "referenced"
            },
        },
    ),
    Filter(
        "source",
        metavar="ID",
        help="Resting on a source. For customers, as --certainty.",
        takes=Ids("sources"),
        lists=("customers", *_CLAIMS, "quotes", "sources"),
        facets={
            "customers": lambda view, customer: {
                id_ for claim in _basis(view, customer) for id_ in view.kb.sources_of(claim)
            },
            "claims": lambda view, claim: view.kb.sources_of(claim),
            "quotes": lambda _, quote: {quote.source},
            "sources": lambda _, source: {source.id},
        },
        searched="What is in a source, or rests on it.",
    ),
    Filter(
        "layer",
        metavar="|".join(LAYERS),
        help="Claims whose chain of speakers holds the book, else its author, or neither.",
        takes=Terms("layer", LAYERS),
        lists=_CLAIMS,
        facets={"claims": lambda _, claim: {layer(claim)}},
    ),
    Filter(
        "scope",
        metavar="|".join(SCOPES),
        help="Claims of a scope: of one customer, of several together, of a group.",
        takes=Terms("scope", SCOPES),
        lists=_ABOUT,
        facets={"claims": lambda _, claim: {claim.scope} if claim.scope else ()},
    ),
    Filter(
        "stance",
        metavar="|".join(STANCES),
        help="Claims that assert, or that deny.",
        takes=Terms("stance", STANCES),
        lists=_CLAIMS,
        facets={"claims": lambda _, claim: {claim.stance}},
    ),
    Filter(
        "status",
        metavar="|".join(STATUSES),
        help="Claims of a status; accepted unless told.",
        takes=Terms("status", STATUSES),
        lists=_CLAIMS,
        facets={"claims": lambda _, claim: {claim.status}},
        usual=("accepted",),
    ),
    Filter(
        "period",
        metavar="EDTF",
        help="Claims whose period may share a day with this one: 2009, 2009-07, 2009/2013.",
        takes=Periods(),
        lists=_CLAIMS,
        facets={"claims": lambda _, claim: {claim.period} if claim.period else ()},
    ),
)

FILTERS: Final[Mapping[str, Filter]] = {filter_.name: filter_ for filter_ in _TABLE}
"""Every filter by its name, in the order of the help."""


class Filters(Mapping[str, Sequence[str]]):
    """What to choose by: the values that are asked for, by the name of a filter.

    Several values of one filter mean either; different filters mean both.
    """

    def __init__(self, **asked: Sequence[str]) -> None:
        """Raises `UsageError` for a name that no filter has."""
        if unknown := [name for name in asked if name not in FILTERS]:
            remedy = f"choose from: {', '.join(FILTERS)}"
            raise UsageError(f"there is no filter {shorten(unknown[0])}", remedy)
        self._asked = {name: asked[name] for name in FILTERS if asked.get(name)}

    def __getitem__(self, name: str) -> Sequence[str]:
        return self._asked[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._asked)

    def __len__(self) -> int:
        return len(self._asked)

    @property
    def looked_up(self) -> bool:
        """Whether an index can look up any of what is asked for."""
        return any(FILTERS[name].takes.exact for name in self)

    def resolved(self, kb: Knowledge, kind: Kind) -> Filters:
        """The same with every name replaced by the id or term that it means in a kind of list.

        Raises `RequestError` for what does not apply to the list, and for a name that means
        nothing, or several things.
        """
        if wrong := [name for name in self if kind not in FILTERS[name].lists]:
            useful = sorted(name for name, filter_ in FILTERS.items() if kind in filter_.lists)
            remedy = f"these apply: {', '.join(f'--{name}' for name in useful)}"
            raise UsageError(f"--{wrong[0]} does not apply to {kind}", remedy)
        return Filters(
            **{
                name: [FILTERS[name].takes.resolve(text, kb, kind) for text in texts]
                for name, texts in self.items()
            }
        )
