"""What filters look at: the values of a filter that an object has.

No models are imported: the table of filters is read by help and completion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from targetmarkets.model.edtf import era, finest
from targetmarkets.model.vocabulary import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from targetmarkets.kb.filtering import Facet, View
    from targetmarkets.model.objects import Actor, Claim, Customer, Event, Group
    from targetmarkets.model.parts import Activity


def customers(view: View, claim: Claim) -> list[Customer]:
    """Those that a claim is about."""
    return [view.kb.customers[id_] for id_ in claim.about if id_ in view.kb.customers]


def region(customer: Customer) -> set[str]:
    """The region of a customer, and the larger one that holds it."""
    return {customer.region, REGIONS[customer.region]}


def basis(view: View, customer: Customer) -> list[Claim]:
    """The classification that puts a customer where it is, if one does."""
    claim = view.classifier.of(customer.id).basis
    return [claim] if claim else []


def category(view: View, item: Customer | Group) -> set[str]:
    """The category that its classifications put it in."""
    found = view.classifier.of(item.id).category
    return {found} if found else set()


def telling(view: View, item: Event | Actor) -> list[Claim]:
    """The accepted claims that speak of an event, or in which an actor is a party."""
    way = view.kb.claims_of_event if item.word() == "event" else view.kb.claims_with_party
    return [claim for claim in way(item.id) if claim.status == "accepted"]


def told(facet: Facet[Claim]) -> Facet[Event | Actor]:
    """What a filter looks at in the claims that tell of an event or an actor."""
    return lambda view, item: {v for claim in telling(view, item) for v in facet(view, claim)}


def asserted(facet: Facet[Claim]) -> Facet[Event | Actor]:
    """The same in those of them that assert: what is denied of an event is not found by it."""
    return lambda view, item: {
        value
        for claim in telling(view, item)
        if claim.stance == "asserted"
        for value in facet(view, claim)
    }


def supplies(claim: Claim) -> Iterable[Activity]:
    """What a claim says was supplied."""
    return [claim.activity] if claim.activity else []


def goods(_: View, claim: Claim) -> Iterable[str]:
    """What was supplied."""
    return {activity.goods for activity in supplies(claim)}


def form(_: View, claim: Claim) -> Iterable[str]:
    """In what form."""
    return {activity.form for activity in supplies(claim)}


def outcome(_: View, claim: Claim) -> Iterable[str]:
    """What came of it."""
    return {activity.outcome for activity in supplies(claim)}


def period(_: View, claim: Claim) -> Iterable[str]:
    """When."""
    return {claim.period} if claim.period else ()


def when(view: View, event: Event) -> Iterable[str]:
    """When an event was: the year that one claim gives is none beside the month of another."""
    return finest(asserted(period)(view, event))


def era_of(_: View, claim: Claim) -> Iterable[str]:
    """How that lies to the sanctions era."""
    return {era(claim.period)}


def eras(view: View, item: Event | Actor) -> Iterable[str]:
    """Those of its dates; `undated` where there are none."""
    found = set(asserted(era_of)(view, item))
    return found - {"undated"} or {"undated"}


def actors(_: View, claim: Claim) -> Iterable[str]:
    """Who takes part."""
    return {party.id for party in claim.parties if party.id}


def roles(_: View, claim: Claim) -> Iterable[str]:
    """What its parties do, and what each of them does."""
    return {
        role
        for party in claim.parties
        for role in (party.part, *([role_of(party.part, party.id)] if party.id else ()))
    }


def own_roles(view: View, actor: Actor) -> Iterable[str]:
    """What an actor does itself."""
    return {
        role
        for claim in telling(view, actor)
        if claim.stance == "asserted"
        for party in claim.parties
        if party.id == actor.id
        for role in (party.part, role_of(party.part, actor.id))
    }


def role_of(role: str, actor: str) -> str:
    """What is asked for where a role and an actor are: that it is the role of this actor."""
    return f"{role} {actor}"


def alone(facet: Facet[Claim]) -> Facet[Customer]:
    """What a filter looks at in what is asserted of a customer alone."""
    return lambda view, customer: {
        value
        for claim in view.kb.claims_about(customer.id)
        if claim.scope == "individual" and claim.status == "accepted"
        if claim.stance == "asserted"
        for value in facet(view, claim)
    }


def types(_: View, claim: Claim) -> Iterable[str]:
    """The two in one word."""
    return {type_ for activity in supplies(claim) for type_ in activity.types}


def categories(view: View, claim: Claim) -> Iterable[str]:
    """Those of what it is about."""
    return view.classifier.categories(claim)


def about(_: View, claim: Claim) -> Iterable[str]:
    """What it is about."""
    return claim.about
