"""The controlled terms of the knowledge base, each with its definition, each in this one place.

A term is added here when a claim needs it. The JSON Schema, the help texts and the data
model page take their words from these tables.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, get_args

CustomerKind = Literal["state", "non-state"]
CUSTOMER_KINDS: Final[dict[CustomerKind, str]] = {
    "state": "the government or the forces of a state",
    "non-state": "an armed group or organisation that is no state",
}

ClaimKind = Literal[
    "classification",
    "activity",
    "driver",
    "definition",
    "outlook",
    "policy",
    "market",
    "sanctions",
    "publication",
]
CLAIM_KINDS: Final[dict[ClaimKind, str]] = {
    "classification": "puts a customer, or a group that a text names, in a category",
    "activity": "a supply or a service: its type, its items and its outcome",
    "driver": "why a customer, a group or a category buys from North Korea",
    "definition": "what makes a category what it is",
    "outlook": "what is expected to happen",
    "policy": "what would or would not change the behaviour of customers",
    "market": "how the trade and its buyers are composed or change",
    "sanctions": "what the sanctions forbid, achieve or fail to achieve",
    "publication": "the book itself: its author, extent, parts and reception",
}

Certainty = Literal["stated", "likely", "possible", "alleged", "implied"]
CERTAINTIES: Final[dict[Certainty, str]] = {
    "stated": "said without a hedge, by the speaker who is named",
    "likely": "hedged as probable: likely, unlikely, seem, appear",
    "possible": "hedged as possible: could, may, might, possibly",
    "alleged": "passed on without being vouched for: claims, reportedly, is said to",
    "implied": "follows from the structure of a text, or from passages taken together",
}

HEDGES: Final[dict[Certainty, tuple[str, ...]]] = {
    "likely": ("likely", "seem", "appear", "probabl"),
    "possible": ("could", "may", "might", "possib", "perhaps"),
    "alleged": ("claim", "report", "said", "alleg", "accus"),
}
"""Word beginnings, one of which the hedge of a quoted claim of that certainty holds."""

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

Outcome = Literal["delivered", "intercepted", "agreed", "ended", "unstated"]
OUTCOMES: Final[dict[Outcome, str]] = {
    "delivered": "the source says that the goods were transferred or the service was given",
    "intercepted": "the source says that the goods were stopped on their way",
    "agreed": "the source says that a deal was made, and not that it was carried out",
    "ended": "the source says that the supply or service is over",
    "unstated": "the source does not say",
}

Scope = Literal["individual", "collective", "group"]
SCOPES: Final[dict[Scope, str]] = {
    "individual": "said of one customer",
    "collective": "said of several named customers together, with no word on who did what",
    "group": "said of a group or a category, and so of no member in particular",
}

Stance = Literal["asserted", "denied"]
STANCES: Final[dict[Stance, str]] = {
    "asserted": "the speaker says that it is so",
    "denied": "the speaker says that it is not so",
}

Status = Literal["accepted", "retracted"]
STATUSES: Final[dict[Status, str]] = {
    "accepted": "stands",
    "retracted": "withdrawn by the curator, for the reason recorded, and kept",
}

Role = Literal["book", "publisher", "author", "journalist", "third-party"]
ROLES: Final[dict[Role, str]] = {
    "book": "the text of the book, Target Markets",
    "publisher": "the publisher of the book, on pages about it",
    "author": "the author of the book, outside it",
    "journalist": "a news outlet",
    "third-party": "somebody else",
}

Mode = Literal["narrates", "quotes", "paraphrases", "remark", "unclear"]
MODES: Final[dict[Mode, str]] = {
    "narrates": "speaks in a text of its own, naming nobody else as the source",
    "quotes": "gives the words of the next speaker between quotation marks",
    "paraphrases": "gives what the next speaker says in words of its own",
    "remark": "said it to the speaker before",
    "unclear": "the text leaves open where or how this speaker said it",
}

Layer = Literal["book", "author", "context"]
LAYERS: Final[dict[Layer, str]] = {
    "book": "the book or its publisher is in the chain of speakers",
    "author": "Andrea Berger's other words",
    "context": "everyone else",
}

EvidenceKind = Literal["quoted", "referenced"]
EVIDENCE_KINDS: Final[dict[EvidenceKind, str]] = {
    "quoted": "at least one quotation of an archived text, which tm verify proves",
    "referenced": "bibliographic references only, which nothing here proves",
}

Region = Literal[
    "Northern Africa",
    "Eastern Africa",
    "Middle Africa",
    "Southern Africa",
    "Western Africa",
    "Caribbean",
    "Central America",
    "South America",
    "Northern America",
    "Central Asia",
    "Eastern Asia",
    "South-eastern Asia",
    "Southern Asia",
    "Western Asia",
    "Eastern Europe",
    "Northern Europe",
    "Southern Europe",
    "Western Europe",
    "Australia and New Zealand",
    "Melanesia",
    "Micronesia",
    "Polynesia",
]
REGIONS: Final[dict[Region, str]] = {
    "Northern Africa": "Africa",
    "Eastern Africa": "Africa",
    "Middle Africa": "Africa",
    "Southern Africa": "Africa",
    "Western Africa": "Africa",
    "Caribbean": "Americas",
    "Central America": "Americas",
    "South America": "Americas",
    "Northern America": "Americas",
    "Central Asia": "Asia",
    "Eastern Asia": "Asia",
    "South-eastern Asia": "Asia",
    "Southern Asia": "Asia",
    "Western Asia": "Asia",
    "Eastern Europe": "Europe",
    "Northern Europe": "Europe",
    "Southern Europe": "Europe",
    "Western Europe": "Europe",
    "Australia and New Zealand": "Oceania",
    "Melanesia": "Oceania",
    "Micronesia": "Oceania",
    "Polynesia": "Oceania",
}
"""Sub-regions of the UN M49 standard, each with the region it is part of."""

LocatorLabel = Literal[
    "appendix",
    "chapter",
    "column",
    "figure",
    "folio",
    "line",
    "note",
    "page",
    "paragraph",
    "part",
    "section",
    "volume",
]
LOCATOR_ABBREVIATIONS: Final[dict[LocatorLabel, str]] = {
    "appendix": "app.",
    "chapter": "chap.",
    "column": "col.",
    "figure": "fig.",
    "folio": "fol.",
    "line": "line",
    "note": "note",
    "page": "p.",
    "paragraph": "para.",
    "part": "pt.",
    "section": "sec.",
    "volume": "vol.",
}
"""Locator terms of CSL, each with its English abbreviation."""

CERTAINTY_ORDER: Final[tuple[Certainty, ...]] = get_args(Certainty)
"""Surest first; used to choose between classifications and to sort."""


Word = Literal["source", "quote", "customer", "category", "group", "claim"]
"""The word for an object of each type: `object` of its record, and what messages call it."""


class ObjectType(NamedTuple):
    """A type of stored object.

    Its model, of the same name, says what it refers to and how it is found. Its record, its fields
    and its columns go by the same word.
    """

    word: Word
    plural: str
    """The list of the file that holds them, and what `tm list` calls them."""
    found_by: str
    """What a search finds one by, in words."""
    is_named: bool = False
    """Whether it has a name and answers to it, and not to its id alone."""
    is_subject: bool = False
    """Whether claims can be about it."""


OBJECT_TYPES: Final = (
    ObjectType(
        "source", "sources", "by its title, authors, outlet, publisher, number or date"
    ),
    ObjectType("quote", "quotes", "by its words"),
    ObjectType(
        "customer", "customers", "by its name, another name or an ISO code",
        is_named=True, is_subject=True,
    ),
    ObjectType("category", "categories", "by its name", is_named=True, is_subject=True),
    ObjectType("group", "groups", "by the words of the text", is_named=True, is_subject=True),
    ObjectType("claim", "claims", "by its statement"),
)  # fmt: skip
"""Every type of stored object, in the order of the file."""

LISTS: Final[Mapping[str, str]] = {type_.plural: type_.word for type_ in OBJECT_TYPES}
"""The lists of the file in their order, each with the word for one of its objects."""

LIST_OF: Final[Mapping[str, str]] = {type_.word: type_.plural for type_ in OBJECT_TYPES}
"""The list of the file that holds objects of a type, by the word for one of them."""

SHOWN: Final[tuple[ObjectType, ...]] = (
    *(type_ for type_ in OBJECT_TYPES if type_.is_named),
    *reversed([type_ for type_ in OBJECT_TYPES if not type_.is_named]),
)
"""The types in the order in which people meet them: what has a name, then claims, then what they
rest on."""

HitKind = Literal[Word, "text"]
HIT_KINDS: Final[Mapping[str, str]] = {
    **{type_.word: f"a {type_.word}, {type_.found_by}" for type_ in SHOWN},
    "text": "a passage of an archived text, cited or not",
}
"""What a search can find, each with what it is found by."""

Kind = Literal[
    "customers", "categories", "groups", "activities", "claims", "findings", "quotes", "sources"
]
"""What can be listed: the lists of the file, and parts of the claims."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
