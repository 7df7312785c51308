"""The filters of lists, each in this one place: its name and help, what it takes, the lists to
which it applies, and what of an object it looks at.

The command line with its help and completion, the Python interface, selections, the search and
the store read this table. No models are imported: help and completion read it first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypedDict

from targetmarkets.errors import UsageError, shorten
from targetmarkets.kb import looks
from targetmarkets.kb.classify import evidence_kind, layer
from targetmarkets.kb.filtering import ByList, Dated, Filter, Ids, KindTerms, Terms, Times
from targetmarkets.kb.periods import LIES, since, until
from targetmarkets.kb.together import in_time, of_one_party
from targetmarkets.model.activities import (
    ACTIVITY_TYPES,
    ACTOR_KINDS,
    EVENT_KINDS,
    FORMS,
    GOODS,
    OUTCOMES,
    PARTS,
)
from targetmarkets.model.types import KINDS, Kind
from targetmarkets.model.vocabulary import (
    CERTAINTIES,
    CLAIM_KINDS,
    ERAS,
    EVIDENCE_KINDS,
    LAYERS,
    REGIONS,
    SCOPES,
    STANCES,
    STATUSES,
)

if TYPE_CHECKING:
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.kb.periods import Lie

_ABOUT: Final[Sequence[Kind]] = ("activities", "claims")
_CLAIMS: Final[Sequence[Kind]] = (*_ABOUT, "findings")
_BUT_FINDINGS: Final = [kind for kind in KINDS if kind != "findings"]
"""A finding is about no customer, and so in no region or category, and of no scope."""

_EVENTS: Final[Sequence[Kind]] = ("events", "actors")
"""They are chosen by what their claims are about and say."""


class _Where(TypedDict):
    """Where a filter applies, and what it looks at there."""

    lists: Sequence[Kind]
    facets: ByList


_IN_TIME: Final[_Where] = {
    "lists": (*_EVENTS, *_CLAIMS),
    "facets": {
        "events": looks.when,
        "actors": looks.asserted(looks.period),
        "claims": looks.period,
    },
}
"""The filters that together say what time is asked for: see `in_time`."""

_TABLE: Final = (
    Filter(
        "category",
        metavar="NAME",
        help="Those in a category: resilient, reluctant, ad hoc.",
        takes=Ids("categories"),
        lists=_BUT_FINDINGS,
        facets={
            "customers": looks.category,
            "categories": lambda _, category: {category.id},
            "groups": looks.category,  # those that a text equates with it
            "events": looks.told(looks.categories),
            "actors": looks.told(looks.categories),
            "claims": looks.categories,
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
            "events": looks.told(looks.about),
            "actors": looks.told(looks.about),
            "claims": looks.about,
        },
        searched="What is about a customer, or cited by claims about it.",
    ),
    Filter(
        "kind",
        metavar="KIND",
        help="Customers of a kind: state, non-state. Claims, events and actors also of a kind of "
        f"their own: {', '.join(dict.fromkeys([*CLAIM_KINDS, *EVENT_KINDS, *ACTOR_KINDS]))}.",
        takes=KindTerms(),
        lists=("customers", *_EVENTS, *_CLAIMS),
        facets={
            "events": lambda _, event: {event.kind},
            "actors": lambda _, actor: {actor.kind},
            "customers": lambda _, customer: {customer.kind},
            "claims": lambda view, claim: {
                claim.kind,
                *(c.kind for c in looks.customers(view, claim)),
            },
        },
    ),
    Filter(
        "region",
        metavar="NAME",
        help="Customers of a UN M49 region or sub-region, such as Africa or Eastern Africa.",
        takes=Terms("region", REGIONS, lambda _: dict.fromkeys([*REGIONS, *REGIONS.values()])),
        lists=("customers", *_ABOUT),
        facets={
            "customers": lambda _, customer: looks.region(customer),
            "claims": lambda view, claim: {
                name for customer in looks.customers(view, claim) for name in looks.region(customer)
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
            "customers": looks.alone(looks.types),
            "claims": looks.types,
        },
    ),
    Filter(
        "goods",
        metavar="WORD",
        help="What is supplied: missiles, small-arms, …; for customers, to them alone.",
        takes=Terms("kind of goods", GOODS),
        lists=("customers", *_EVENTS, *_CLAIMS),
        facets={
            "customers": looks.alone(looks.goods),
            "events": looks.asserted(looks.goods),
            "actors": looks.asserted(looks.goods),
            "claims": looks.goods,
        },
    ),
    Filter(
        "form",
        metavar="WORD",
        help="In what form: whole, parts, production, training, …; for customers, as --goods.",
        takes=Terms("form", FORMS),
        lists=("customers", *_EVENTS, *_CLAIMS),
        facets={
            "customers": looks.alone(looks.form),
            "events": looks.asserted(looks.form),
            "actors": looks.asserted(looks.form),
            "claims": looks.form,
        },
    ),
    Filter(
        "outcome",
        metavar="WORD",
        help="What came of it: delivered, intercepted, agreed, …; for customers, as --goods.",
        takes=Terms("outcome", OUTCOMES),
        lists=("customers", *_EVENTS, *_CLAIMS),
        facets={
            "customers": looks.alone(looks.outcome),
            "events": looks.asserted(looks.outcome),
            "actors": looks.asserted(looks.outcome),
            "claims": looks.outcome,
        },
    ),
    Filter(
        "actor",
        metavar="NAME",
        help="With an actor as a party: a firm, a ship, a person, …, by id, name or number.",
        takes=Ids("actors"),
        lists=(*_EVENTS, *_CLAIMS),
        facets={
            "events": looks.asserted(looks.actors),
            "actors": lambda _, actor: {actor.id},
            "claims": looks.actors,
        },
    ),
    Filter(
        "role",
        metavar="WORD",
        help="With a party that is carrier, consignee, supplier, …; with --actor, where it is.",
        takes=Terms("role of a party", PARTS),
        lists=(*_EVENTS, *_CLAIMS),
        facets={
            "events": looks.asserted(looks.roles),
            "actors": looks.own_roles,
            "claims": looks.roles,
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
            "customers": lambda view, customer: {c.certainty for c in looks.basis(view, customer)},
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
            "customers": lambda view, customer: map(evidence_kind, looks.basis(view, customer)),
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
                id_ for claim in looks.basis(view, customer) for id_ in view.kb.sources_of(claim)
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
        "era",
        metavar="WORD",
        help=f"How its dates lie to the first sanctions of October 2006: {', '.join(ERAS)}.",
        takes=Terms("era", ERAS),
        lists=(*_EVENTS, *_CLAIMS),
        facets={
            "events": looks.eras,
            "actors": looks.eras,
            "claims": looks.era_of,
        },
    ),
    Filter(
        "period",
        metavar="TIME",
        help="Dated in a time: 2013, 2010-2014, since 2010, before 2010, 2010s, or in EDTF: "
        "2009/2013, and 2010-12 is December 2010. What lies inside comes first, then what may "
        "share a day: 2011-06~ with the months beside June, 2011~ with the years beside it, a "
        "season with that of either hemisphere.",
        takes=Times(),
        **_IN_TIME,
    ),
    Filter(
        "since",
        metavar="DATE",
        help="Dated from then on; with --until, between the two. As --period.",
        takes=Times(since),
        **_IN_TIME,
    ),
    Filter(
        "until",
        metavar="DATE",
        help="Dated up to then. As --period.",
        takes=Times(until),
        **_IN_TIME,
    ),
    Filter(
        "dated",
        metavar="|".join(LIES),
        help="How it lies to that time; inside and overlapping unless told. Without a time, "
        "undated finds what has no date.",
        takes=Dated(),
        **_IN_TIME,
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
        """Whether a store can look up any of what is asked for."""
        return any(FILTERS[name].takes.exact for name in self)

    @property
    def of_time(self) -> bool:
        """Whether a time is asked for."""
        return not self.keys().isdisjoint(("period", "since", "until"))

    def apart(self) -> Mapping[Lie, Filters]:
        """Resolved filters, by the ways in which a thing may lie to the time that is asked for;
        none where no time is.
        """
        asked = self.get("dated", ())
        ways = {way: [each for each in asked if each.startswith(f"{way} ")] for way in LIES}
        return {way: Filters(**{**self, "dated": each}) for way, each in ways.items() if each}

    def resolved(self, kb: Knowledge, kind: Kind) -> Filters:
        """The same with every name replaced by the id or term that it means in a kind of list.

        Raises `RequestError` for what does not apply to the list, and for a name that means
        nothing, or several things.
        """
        if wrong := [name for name in self if kind not in FILTERS[name].lists]:
            useful = sorted(name for name, filter_ in FILTERS.items() if kind in filter_.lists)
            remedy = f"these apply: {', '.join(f'--{name}' for name in useful)}"
            lists = FILTERS[wrong[0]].lists
            message = f"--{wrong[0]} does not apply to {kind}, but to {', '.join(lists)}"
            raise UsageError(message, remedy)
        found = {
            name: [FILTERS[name].takes.resolve(text, kb, kind) for text in texts]
            for name, texts in self.items()
        }
        return Filters(**of_one_party(in_time(found)))
