"""Find what a person means: by id, name, alias or code; forgiving, and never guessing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from targetmarkets.errors import AmbiguousNameError, UnknownNameError, UsageError, shorten
from targetmarkets.kb.files import sha256
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.lookup import Item, Objects, fold_name
from targetmarkets.model.objects import Customer
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import LIST_OF
from targetmarkets.text.json_source import dump
from targetmarkets.text.slug import slug

MAX_NAMES_OFFERED: Final = 20
"""Objects that a message lists rather than points to."""


def resolve(name: str, among: Objects[Item], what: str) -> Item:
    """The object that goes by a name; `what` says in a word what is looked for.

    Raises `UnknownNameError` with the nearest names, or `AmbiguousNameError` with the candidates.
    """
    if name in among:
        return among[name]
    found = among.called(name) or _states(name, among)
    if former := [item for item in found if name in item.formerly]:
        return former[0]  # integrity sees to it that there are no more
    if not found:
        few = f"choose from: {', '.join(among)}" if 0 < len(among) <= MAX_NAMES_OFFERED else None
        where = (
            f"tm list {LIST_OF[what]} shows what there is"
            if what in LIST_OF
            else "tm search finds ids"
        )
        remedy = _did_you_mean(fold_name(name), among.names) or few or where
        raise UnknownNameError(f"there is no {what} called {shorten(name)}", remedy)
    if len(found) > 1:
        candidates = " or ".join(f"{item.id} ({item.label})" for item in found)
        raise AmbiguousNameError(f"{shorten(name)} may be {candidates}", "give the id")
    return found[0]


def _states(name: str, among: Objects[Item]) -> list[Item]:
    """Those that a short or official name of a state in ISO 3166 leads to, by its code.

    A word that stands in the names of several customers leads to none of them.
    """
    folded = fold_name(name)
    ids = {id_ for other, ids in among.names.items() if folded in other for id_ in ids}
    if not folded or sum(isinstance(among[id_], Customer) for id_ in ids) > 1:
        return []
    from targetmarkets.kb import countries  # only a name that nothing has needs the table

    return [item for code in countries.called(folded) for item in among.called(code)]


def resolve_term(term: str, terms: Iterable[str], what: str) -> str:
    """A term of a controlled list, forgiving as names are. Raises `UsageError`."""
    terms = list(terms)
    for known in terms:
        if fold_name(known) == fold_name(term):
            return known
    raise UsageError(f"there is no {what} {shorten(term)}", f"choose from: {', '.join(terms)}")


def _did_you_mean(name: str, known: Mapping[str, Sequence[str]]) -> str | None:
    """The nearest names, as ids. Similar ones first, then those that hold the name."""
    from difflib import get_close_matches  # only a mistake needs it

    near = get_close_matches(name[:100], list(known), n=5, cutoff=0.6) if name else []
    holding = [other for other in known if len(name) > 2 and name in other]
    ids = list(dict.fromkeys(id_ for other in near + holding for id_ in known[other]))
    return f"did you mean {' or '.join(ids[:5])}?" if ids else None


MAX_MADE_ID_LENGTH: Final = 60
"""Characters of an id that is made of other words, without its hash."""

HASH_DIGITS: Final = 6
"""Digits of the hash in an id; two objects whose words are the same share it once in 16 million."""


def holders(kb: Knowledge, id_: str) -> list[Stored]:
    """The objects that have an id, or had it before; none where it is free."""
    if id_ in kb.objects:
        return [kb.objects[id_]]
    return list(kb.objects.formerly(id_))


def free_id(kb: Knowledge, *words: str, of: Iterable[object] = ()) -> str:
    """An id made of words, with a number if it is taken.

    With `of`, which says what is named, as JSON can hold it, the id ends in a hash of that: so
    two people who start from one file call different things differently, and one thing alike.
    """
    whole = re.sub(r"[^a-z0-9]+", "-", slug(" ".join(words))).strip("-")
    start = (
        whole
        if len(whole) <= MAX_MADE_ID_LENGTH
        else whole[: MAX_MADE_ID_LENGTH + 1].rpartition("-")[0]
    )
    start = start or whole[:MAX_MADE_ID_LENGTH] or "unnamed"
    if named := list(of):
        hash_ = sha256(dump(named).encode("utf-8", "surrogatepass"))  # the models refuse surrogates
        start = f"{start}-{hash_[:HASH_DIGITS]}"
    number, id_ = 1, start
    while holders(kb, id_):
        number += 1
        id_ = f"{start}-{number}"
    return id_
