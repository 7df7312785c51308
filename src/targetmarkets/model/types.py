"""The types of stored objects: what stands once of each, and what is read from it elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple, get_args

Word = Literal["source", "quote", "customer", "category", "group", "event", "actor", "claim"]
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
    is_party: bool = False
    """Whether they can be a party in what a claim says."""


OBJECT_TYPES: Final = (
    ObjectType(
        "source", "sources", "by its title, authors, outlet, publisher, number or date"
    ),
    ObjectType("quote", "quotes", "by its words"),
    ObjectType(
        "customer", "customers", "by its name, another name or an ISO code",
        is_named=True, is_subject=True, is_party=True,
    ),
    ObjectType("category", "categories", "by its name", is_named=True, is_subject=True),
    ObjectType("group", "groups", "by the words of the text", is_named=True, is_subject=True),
    ObjectType("event", "events", "by its name", is_named=True),
    ObjectType(
        "actor", "actors", "by its name, another name or a number such as that of a ship",
        is_named=True, is_party=True,
    ),
    ObjectType("claim", "claims", "by its statement, its event, a note or its reasoning"),
)  # fmt: skip
"""Every type of stored object, in the order of the file."""

LISTS: Final[Mapping[str, str]] = {type_.plural: type_.word for type_ in OBJECT_TYPES}
"""The lists of the file in their order, each with the word for one of its objects."""

LIST_OF: Final[Mapping[str, str]] = {type_.word: type_.plural for type_ in OBJECT_TYPES}
"""The list of the file that holds objects of a type, by the word for one of them."""

AMONG: Final[Mapping[str, Sequence[str]]] = {
    "subjects": [type_.plural for type_ in OBJECT_TYPES if type_.is_subject],
    "parties": [type_.plural for type_ in OBJECT_TYPES if type_.is_party],
}
"""Lists of the file that together are what a claim can be about, or who can be a party in it."""

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

FoundIn = Literal["statement", "event", "note", "hedge note", "reasoning"]
"""What of a claim a search finds it by."""

Kind = Literal[
    "customers", "categories", "groups", "events", "actors", "activities", "claims", "findings",
    "quotes", "sources",
]  # fmt: skip
"""What can be listed: the lists of the file, and parts of the claims."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


def either(words: Iterable[str]) -> str:
    """Words as a choice: `customer, category or group`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
