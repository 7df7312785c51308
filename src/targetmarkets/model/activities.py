"""What is supplied, in what form, with what outcome: the terms of activities, on their two axes.

`GOODS` says what, `FORMS` says how; the single list of types, which mixed both, follows from them.
The goods are those of the United Nations Register of Conventional Arms where it has a category.
"""

from collections.abc import Mapping
from typing import Final, Literal

Goods = Literal[
    "arms",
    "small-arms",
    "ammunition",
    "artillery",
    "armoured-vehicles",
    "aircraft",
    "ships",
    "missiles",
    "air-defence",
    "chemical-weapons",
    "nuclear",
    "protective-equipment",
    "communications",
    "materiel",
    "facilities",
    "unspecified",
]
GOODS: Final[dict[Goods, str]] = {
    "arms": "weapons or weapons systems whose kind is not named, or that no other word fits",
    "small-arms": "small arms and light weapons",
    "ammunition": "ammunition, explosives, fuses, detonators",
    "artillery": "guns, rocket launchers and their rockets",
    "armoured-vehicles": "tanks and other armoured vehicles",
    "aircraft": "aircraft with or without a crew, and their engines",
    "ships": "ships and boats of a navy",
    "missiles": "ballistic and cruise missiles",
    "air-defence": "surface-to-air missiles, shoulder-fired ones too, and radars for air defence",
    "chemical-weapons": "what serves a chemical weapons programme",
    "nuclear": "what serves a nuclear programme",
    "protective-equipment": "equipment that protects people, such as suits and gas masks",
    "communications": "military radios and other communications equipment",
    "materiel": "goods related to arms that are not weapons",
    "facilities": "tunnels, bunkers, bases and other works",
    "unspecified": "goods that are not named, or none, as in the training of police",
}

REGISTER_CATEGORIES: Final[Mapping[Goods, str]] = {
    "small-arms": "small arms and light weapons (reported as background information)",
    "artillery": "III (large-calibre artillery systems; from 75 mm)",
    "armoured-vehicles": "I (battle tanks) and II (armoured combat vehicles)",
    "aircraft": "IV (combat aircraft) and V (attack helicopters)",
    "ships": "VI (warships)",
    "missiles": "VII (a) (missiles and missile launchers; range from 25 km)",
    "air-defence": "VII (b) (man-portable air-defence systems); others have none",
}
"""Categories of the UN Register of Conventional Arms to which goods correspond. The Register has
limits of size and range that sources seldom give: a term here says no more than its own words."""

Form = Literal[
    "whole",
    "parts",
    "materials",
    "production",
    "works",
    "maintenance",
    "training",
    "personnel",
    "designs",
    "unspecified",
]
FORMS: Final[dict[Form, str]] = {
    "whole": "whole items",
    "parts": "parts and components",
    "materials": "materials, machines and propellants for making or using the goods",
    "production": "plant, or help for making the goods",
    "works": "building: tunnels, bunkers, bases",
    "maintenance": "upkeep, repair, refurbishment; also of goods that are sent away for it",
    "training": "teaching forces, police or technicians",
    "personnel": "North Korean officers, technicians or others, working for the customer",
    "designs": "designs, know-how, expertise",
    "unspecified": "the source does not say in what form",
}

ActivityType = Literal[
    "arms",
    "small-arms",
    "ammunition",
    "artillery",
    "armoured-vehicles",
    "missiles",
    "air-defence",
    "missile-parts",
    "missile-technology",
    "weapon-parts",
    "weapon-designs",
    "materiel",
    "protective-equipment",
    "communications",
    "chemical-weapons-assistance",
    "nuclear-assistance",
    "arms-production",
    "construction",
    "training",
    "maintenance",
    "personnel",
    "naval-assistance",
    "technical-assistance",
    "arms-services",
    "military-cooperation",
]
ACTIVITY_TYPES: Final[dict[ActivityType, str]] = {
    "arms": "weapons or weapons systems that no other type fits, or of a kind not named",
    "small-arms": "small arms and light weapons",
    "ammunition": "ammunition, explosives, fuses, detonators",
    "artillery": "guns, rocket launchers and their rockets",
    "armoured-vehicles": "tanks and other armoured vehicles",
    "missiles": "missiles, whole",
    "air-defence": "surface-to-air missiles, and radars for air defence",
    "missile-parts": "parts of missiles",
    "missile-technology": "materials, technology or work for making missiles",
    "weapon-parts": "parts of conventional weapons",
    "weapon-designs": "designs of weapons or weapons systems",
    "materiel": "goods related to arms that are not weapons",
    "protective-equipment": "equipment that protects people, such as suits and gas masks",
    "communications": "military radios and other communications equipment",
    "chemical-weapons-assistance": "goods or help for a chemical weapons programme",
    "nuclear-assistance": "goods or help for a nuclear programme",
    "arms-production": "plant, machinery, materials or help for making arms",
    "construction": "tunnels, bunkers, bases and other works",
    "training": "teaching forces, police or technicians",
    "maintenance": "keeping equipment or plant in service: upkeep, repair, refurbishment",
    "personnel": "North Korean officers, technicians or others, working for the customer",
    "naval-assistance": "help for a navy, its form not given",
    "technical-assistance": "help or expertise, its form not given",
    "arms-services": "services related to arms, their kind not given",
    "military-cooperation": "military aid, purchases or agreements, the supply not named",
}
"""One word for goods and form together; version 1 of the file had these. They follow from the two
axes (`types_of`), and each stands for a pair of them (`AXES`)."""

AXES: Final[Mapping[str, tuple[Goods, Form]]] = {
    "arms": ("arms", "whole"),
    "small-arms": ("small-arms", "whole"),
    "ammunition": ("ammunition", "whole"),
    "artillery": ("artillery", "whole"),
    "armoured-vehicles": ("armoured-vehicles", "whole"),
    "missiles": ("missiles", "whole"),
    "air-defence": ("air-defence", "whole"),
    "missile-parts": ("missiles", "parts"),
    "missile-technology": ("missiles", "designs"),
    "weapon-parts": ("arms", "parts"),
    "weapon-designs": ("arms", "designs"),
    "materiel": ("materiel", "unspecified"),
    "protective-equipment": ("protective-equipment", "whole"),
    "communications": ("communications", "whole"),
    "chemical-weapons-assistance": ("chemical-weapons", "unspecified"),
    "nuclear-assistance": ("nuclear", "unspecified"),
    "arms-production": ("arms", "production"),
    "construction": ("facilities", "works"),
    "training": ("unspecified", "training"),
    "maintenance": ("unspecified", "maintenance"),
    "personnel": ("unspecified", "personnel"),
    "naval-assistance": ("ships", "unspecified"),
    "technical-assistance": ("unspecified", "designs"),
    "arms-services": ("arms", "unspecified"),
    "military-cooperation": ("unspecified", "unspecified"),
}
"""The goods and the form that an old type says, and no more than it says."""

_BY_GOODS: Final[Mapping[Goods, ActivityType]] = {
    "chemical-weapons": "chemical-weapons-assistance",
    "nuclear": "nuclear-assistance",
}
_SERVICES: Final[Mapping[Form, ActivityType]] = {
    "training": "training",
    "personnel": "personnel",
    "maintenance": "maintenance",
    "works": "construction",
}
_EQUIPMENT: Final[Mapping[Goods, ActivityType]] = {
    "protective-equipment": "protective-equipment",
    "communications": "communications",
    "materiel": "materiel",
}
_MISSILES: Final[Mapping[Form, tuple[ActivityType, ...]]] = {
    "whole": ("missiles",),
    "parts": ("missile-parts",),
    "unspecified": ("military-cooperation", "missile-technology"),
}
_WHOLE: Final[Mapping[Goods, ActivityType]] = {
    "small-arms": "small-arms",
    "ammunition": "ammunition",
    "artillery": "artillery",
    "armoured-vehicles": "armoured-vehicles",
    "air-defence": "air-defence",
    "facilities": "construction",
}
_UNSPECIFIED: Final[Mapping[Goods, ActivityType]] = {
    "ships": "naval-assistance",
    "arms": "arms-services",
    "facilities": "construction",
    "unspecified": "military-cooperation",
}


def types_of(goods: Goods, form: Form) -> tuple[ActivityType, ...]:
    """The types that goods and form together come to, the one that is printed first.

    Dealings in missiles of which the form is not given answer to two: sources speak of them as
    cooperation, and as technology.
    """
    if goods in _BY_GOODS:
        return (_BY_GOODS[goods],)
    if form in _SERVICES:
        return (_SERVICES[form],)
    if goods in _EQUIPMENT:
        return (_EQUIPMENT[goods],)
    if goods == "missiles":
        return _MISSILES.get(form, ("missile-technology",))
    if goods == "air-defence" and form == "production":
        return ("missile-technology",)
    if form == "whole":
        return (_WHOLE.get(goods, "arms"),)
    if form == "parts":
        return ("weapon-parts",)
    if form == "designs":
        return ("technical-assistance",) if goods == "unspecified" else ("weapon-designs",)
    if form == "unspecified":
        return (_UNSPECIFIED.get(goods, "technical-assistance"),)
    return ("materiel",) if (goods, form) == ("unspecified", "materials") else ("arms-production",)


def describe_kind(goods: Goods, form: Form) -> str:
    """The kind of goods in words, in whatever form; of a service without goods, its form."""
    return describe_supply(goods, form if goods == "unspecified" else "whole")


def describe_supply(goods: Goods, form: Form) -> str:
    """Goods and form in a few words: `missiles`, `missiles, parts`, `training`."""
    if goods == "unspecified":
        if form == "unspecified":
            return "not named"
        return form
    words = goods.replace("-", " ")
    return words if form == "whole" else f"{words}, {form}"


Outcome = Literal[
    "delivered",
    "intercepted",
    "attempted",
    "agreed",
    "offered",
    "planned",
    "requested",
    "ended",
    "unstated",
]
OUTCOMES: Final[dict[Outcome, str]] = {
    "delivered": "the source says that the goods were transferred or the service was given",
    "intercepted": "the source says that the goods were stopped on their way",
    "attempted": "the source says that it was tried, and not how it ended",
    "agreed": "the source says that a deal was made, and not that it was carried out",
    "offered": "the source says that it was offered",
    "planned": "the source says that it was meant or prepared",
    "requested": "the source says that it was asked for",
    "ended": "the source says that the supply or service is over",
    "unstated": "the source does not say",
}

Qualifier = Literal["about", "nearly", "at least", "more than", "up to"]
QUALIFIERS: Final[dict[Qualifier, str]] = {
    "about": "the source gives it as approximate",
    "nearly": "the source says a little less",
    "at least": "the source says this many or more",
    "more than": "the source says more than this",
    "up to": "the source says this many or fewer",
}
"""How exact a quantity is, as the source has it; without one it is given as exact."""

Part = Literal[
    "supplier",
    "buyer",
    "broker",
    "carrier",
    "shipper",
    "consignee",
    "manufacturer",
    "interceptor",
    "host",
    "witness",
    "participant",
]
PARTS: Final[dict[Part, str]] = {
    "supplier": "gives or sells the goods or the service, or is asked for them",
    "buyer": "gets or buys them, or asks for them",
    "broker": "brings the two together, or deals for one of them",
    "carrier": "carries the goods: a ship, an aircraft, who runs it",
    "shipper": "sends the goods off, by the papers or by what is said",
    "consignee": "is to receive the goods, by the papers or by what is said",
    "manufacturer": "made the goods, or makes them",
    "interceptor": "stops or takes the goods",
    "host": "has on its ground what happens",
    "witness": "says that it saw, searched or tested",
    "participant": "takes part in a way for which there is no other word: visits, uses, is trained",
}
"""What a party does in what a claim says. (Who *says* it has a role: see the roles of speakers.)"""

PlaceRelation = Literal["at", "from", "to", "via"]
PLACE_RELATIONS: Final[dict[PlaceRelation, str]] = {
    "at": "where it happens",
    "from": "where the goods or people come from",
    "to": "where they are bound",
    "via": "where they pass",
}
"""What a place is to what a claim says."""

EventKind = Literal[
    "shipment",
    "interception",
    "contract",
    "visit",
    "works",
    "training",
    "test-or-use",
    "other",
]
EVENT_KINDS: Final[dict[EventKind, str]] = {
    "shipment": "goods or people on their way",
    "interception": "goods stopped on their way",
    "contract": "a deal, a purchase, an agreement",
    "visit": "people who go to see others",
    "works": "building something",
    "training": "teaching forces, police or technicians",
    "test-or-use": "weapons tested, fired or otherwise used",
    "other": "anything else that happens once",
}

ActorKind = Literal["firm", "agency", "ship", "aircraft", "armed-group", "person"]
ACTOR_KINDS: Final[dict[ActorKind, str]] = {
    "firm": "a company, state-owned ones and fronts included",
    "agency": "an office, institute or force of a state",
    "ship": "a ship",
    "aircraft": "an aircraft",
    "armed-group": "an armed group that is no customer here",
    "person": "a person",
}

Scheme = Literal["imo", "mmsi", "registration"]
SCHEMES: Final[dict[Scheme, str]] = {
    "imo": "number of a ship with the International Maritime Organization, with its check digit",
    "mmsi": "number of a ship's radio station",
    "registration": "number in a register of firms or aircraft",
}
"""What an identifier of an actor is a number of."""
