"""Find what a person means: by id, name, alias or code; forgiving, and never guessing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from targetmarkets.errors import AmbiguousNameError, UnknownNameError, UsageError, shorten
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.lookup import Item, Objects, fold_name
from targetmarkets.model.vocabulary import LIST_OF
from targetmarkets.text.slug import slug

FEW: Final = 20
"""Objects that a message lists rather than points to."""


def resolve(name: str, among: Objects[Item], what: str) -> Item:
    """The object that goes by a name; `what` says in a word what is looked for.

    Raises `UnknownNameError` with the nearest names, or `AmbiguousNameError` with the candidates.
    """
    if name in among:
        return among[name]
    found = among.called(name)
    if not found:
        few = f"choose from: {', '.join(among)}" if 0 < len(among) <= FEW else None
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


LONGEST_ID: Final = 60
"""Characters of an id that is made of other words."""


def free_id(kb: Knowledge, *words: str) -> str:
    """An id made of words, with a number if it is taken."""
    whole = re.sub(r"[^a-z0-9]+", "-", slug(" ".join(words))).strip("-")
    start = whole if len(whole) <= LONGEST_ID else whole[: LONGEST_ID + 1].rpartition("-")[0]
    start = start or whole[:LONGEST_ID] or "unnamed"
    number, id_ = 1, start
    while id_ in kb.objects:
        number += 1
        id_ = f"{start}-{number}"
    return id_
