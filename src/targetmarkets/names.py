"""Find what a person means: by id, name, alias or code; forgiving, and never guessing."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from targetmarkets.errors import AmbiguousNameError, UnknownNameError, UsageError
from targetmarkets.models import Claim, Customer, Quote, Source
from targetmarkets.store import Object

LONGEST: Final = 4_000
"""Characters of a name that are looked at; the models allow no longer one."""

FEW: Final = 20
"""Objects that a message lists rather than points to."""

_LISTED: Final = frozenset({"customer", "group", "claim", "quote", "source"})
"""What `tm list` lists under a name with an s at its end."""

Found = TypeVar("Found", bound=Object)


def fold(name: str) -> str:
    """A name without what people vary: case, accents, hyphens, spaces, punctuation."""
    letters = unicodedata.normalize("NFKD", name[: LONGEST + 1]).casefold()
    return "".join(character for character in letters if character.isalnum())


def resolve(name: str, among: Mapping[str, Found], what: str) -> Found:
    """The object that goes by a name; `what` says in a word what is looked for.

    Raises `UnknownNameError` with the nearest names, or `AmbiguousNameError` with the candidates.
    """
    if name in among:
        return among[name]
    known: dict[str, dict[str, Found]] = defaultdict(dict)
    for item in among.values():
        for other in names_of(item):
            known[fold(other)][item.id] = item
    found = list(known[fold(name)].values()) if name and fold(name) in known else []
    if not found:
        few = f"choose from: {', '.join(among)}" if 0 < len(among) <= FEW else None
        where = f"tm list {what}s shows what there is" if what in _LISTED else "tm search finds ids"
        remedy = _did_you_mean(fold(name), known) or few or where
        raise UnknownNameError(f"there is no {what} called {shorten(name)}", remedy)
    if len(found) > 1:
        candidates = " or ".join(f"{item.id} ({label(item)})" for item in found)
        raise AmbiguousNameError(f"{shorten(name)} may be {candidates}", "give the id")
    return found[0]


def names_of(item: Object) -> Iterable[str]:
    """Everything that an object answers to."""
    yield item.id
    if isinstance(item, Claim | Quote | Source):
        return
    yield item.name
    if isinstance(item, Customer):
        yield from item.aliases
        if item.iso_3166:
            yield item.iso_3166.alpha_2
            yield item.iso_3166.alpha_3


def label(item: Object) -> str:
    """How an object is called in a message."""
    if isinstance(item, Claim):
        return item.statement
    if isinstance(item, Quote):
        return f"quotation from {item.source}"
    return item.bibliography.title if isinstance(item, Source) else item.name


def resolve_term(term: str, terms: Iterable[str], what: str) -> str:
    """A term of a controlled list, forgiving as names are. Raises `UsageError`."""
    terms = list(terms)
    for known in terms:
        if fold(known) == fold(term):
            return known
    raise UsageError(f"there is no {what} {shorten(term)}", f"choose from: {', '.join(terms)}")


def shorten(text: str, length: int = 60) -> str:
    """A text in quotes for a message: short, on one line, every character visible."""
    return repr(text if len(text) <= length else text[: length - 1] + "…")


def _did_you_mean(name: str, known: Mapping[str, Mapping[str, Object]]) -> str | None:
    """The nearest names, as ids. Similar ones first, then those that hold the name."""
    from difflib import get_close_matches  # only a mistake needs it

    near = get_close_matches(name[:100], list(known), n=5, cutoff=0.6) if name else []
    holding = [other for other in known if len(name) > 2 and name in other]
    ids = list(dict.fromkeys(id_ for other in near + holding for id_ in known[other]))
    return f"did you mean {' or '.join(ids[:5])}?" if ids else None
