"""The controlled terms of the knowledge base, each with its definition, each in this one place.

A term is added here when a claim needs it. The JSON Schema, the help texts and the data
model page take their words from these tables.
"""

from typing import Final, Literal, get_args

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

CertaintyOf = Literal["that it is so", "that it is not so"]
"""Of what a certainty is: of the statement as it stands, which may be in the negative."""

CertaintyBasis = Literal["source", "collected"]
CERTAINTY_BASES: Final[dict[CertaintyBasis, str]] = {
    "source": "the words of the source, or of the fact that was collected from it",
    "collected": "the grade that its collector gave; the words of the source are not at hand",
}
"""On what the certainty of a claim rests."""

HEDGES: Final[dict[Certainty, tuple[str, ...]]] = {
    "likely": ("likely", "seem", "appear", "probabl"),
    "possible": ("could", "may", "might", "possib", "perhaps"),
    "alleged": ("claim", "report", "said", "alleg", "accus"),
}
"""Word beginnings, one of which the hedge of a quoted claim of that certainty holds."""

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

Role = Literal["book", "publisher", "author", "journalist", "third-party", "curators"]
ROLES: Final[dict[Role, str]] = {
    "book": "the text of the book, Target Markets",
    "publisher": "the publisher of the book, on pages about it",
    "author": "the author of the book, outside it",
    "journalist": "a news outlet",
    "third-party": "somebody else",
    "curators": "the curators of this knowledge base, who put together what others say",
}

Mode = Literal["narrates", "quotes", "paraphrases", "remark", "unclear", "infers"]
MODES: Final[dict[Mode, str]] = {
    "narrates": "speaks in a text of its own, naming nobody else as the source",
    "quotes": "gives the words of the next speaker between quotation marks",
    "paraphrases": "gives what the next speaker says in words of its own",
    "remark": "said it to the speaker before",
    "unclear": "the text leaves open where or how this speaker said it",
    "infers": "draws it from what others say",
}

Layer = Literal["book", "author", "context"]
LAYERS: Final[dict[Layer, str]] = {
    "book": "the book or its publisher is in the chain of speakers",
    "author": "Andrea Berger's other words",
    "context": "everyone else",
}

Era = Literal["sanctions", "before", "across", "uncertain", "undated"]
ERAS: Final[dict[Era, str]] = {
    "sanctions": "all of it from 14 October 2006 on, when the Security Council adopted resolution "
    "1718",
    "before": "all of it before that day",
    "across": "it began before that day and went on after it",
    "uncertain": "its dates do not say on which side of that day it lies",
    "undated": "it has no date",
}
"""How a period lies to the sanctions era."""

Reliability = Literal["A", "B", "C", "D", "E", "F"]
RELIABILITIES: Final[dict[Reliability, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""Reliability of a source on the Admiralty scale (NATO AJP-2.1), as a curator judges it."""

Credibility = Literal[1, 2, 3, 4, 5, 6]
CREDIBILITIES: Final[dict[Credibility, str]] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""Credibility of what is said on the Admiralty scale (NATO AJP-2.1), as a curator judges it."""

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
