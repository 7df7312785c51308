"""Find what a person means: by id, name, alias or code; forgiving, and never guessing."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Final

from targetmarkets.errors import AmbiguousNameError, UnknownNameError, UsageError, shorten
from targetmarkets.kb.files import sha256
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.lookup import Item, Objects, fold_name
from targetmarkets.model.objects import Customer, Source
from targetmarkets.model.stored import Named, Stored
from targetmarkets.model.types import LIST_OF
from targetmarkets.text.json_source import dump
from targetmarkets.text.slug import slug
from targetmarkets.text.spelling import MAX_LENGTH, SHORTEST_TERM, spelt_like

MAX_NAMES_OFFERED: Final = 20
"""Objects that a message lists rather than points to."""

FINDS_IDS: Final = "tm search finds ids"
"""What to do where nothing better is known."""

MAX_SUGGESTED: Final = 3
"""Objects that a message takes for meant."""

MIN_STEM: Final = 5
"""Letters of the name of a state, without its last, that tell what is called after it."""

MIN_SUGGESTING: Final = 3
"""Letters of a name from which on others are suggested for it."""


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
        where = f"tm list {LIST_OF[what]} shows what there is" if what in LIST_OF else FINDS_IDS
        near = did_you_mean(suggestions(name, among))
        message = f"there is no {what} called {shorten(name)}"
        raise UnknownNameError(
            message, near or few or where, sought=name, suggests=near is not None
        )
    if len(found) > 1:
        candidates = " or ".join(f"{item.id} ({item.label})" for item in found)
        raise AmbiguousNameError(f"{shorten(name)} may be {candidates}", "give the id")
    return found[0]


def _states(name: str, among: Objects[Item]) -> list[Item]:
    """Those that a short or official name of a state in ISO 3166 leads to, by its code; or a
    withdrawn code, by the one that its territory has now.

    A word that stands in the names of several customers leads to none of them.
    """
    from targetmarkets.kb import countries  # only a name that nothing has needs the table

    if code := countries.successor(name):
        return among.called(code)
    folded = fold_name(name)
    ids = {id_ for other, ids in among.names.items() if folded in other for id_ in ids}
    if not folded or sum(isinstance(among[id_], Customer) for id_ in ids) > 1:
        return []
    return [item for code in countries.called(folded) for item in among.called(code)]


def resolve_term(term: str, terms: Iterable[str], what: str) -> str:
    """A term of a controlled list, forgiving as names are. Raises `UsageError`."""
    known = {fold_name(known): known for known in terms}
    folded = fold_name(term)
    if folded in known:
        return known[folded]
    near = spelt_like(folded, known, shortest=SHORTEST_TERM)[:MAX_SUGGESTED]
    remedy = (
        did_you_mean([known[other] for other in near])
        or f"choose from: {', '.join(known.values())}"
    )
    raise UsageError(f"there is no {what} {shorten(term)}", remedy)


def suggestions(name: str, among: Objects[Item]) -> list[str]:
    """Ids of the objects that a person may have meant by a name that none of them has.

    They are spelt nearly so, or have a name in which it begins a word. What has an id alone is
    meant by a word with a hyphen, as ids have them; a source by the beginning of its id, too. The
    name of a state is not misspelt, but means that state, or those called after it.
    """
    from targetmarkets.kb import countries  # only a name that nothing has needs the table

    typed, folded = slug(name[: MAX_LENGTH + 1]), fold_name(name[: MAX_LENGTH + 1])
    if not MIN_SUGGESTING <= len(folded) <= MAX_LENGTH:
        return []
    if countries.called(folded) or countries.codes(name):
        return _called_after(folded, among)
    near = [id_ for other in spelt_like(folded, among.names) for id_ in among.names[other]]
    holding = [id_ for other, ids in among.names.items() if folded in other for id_ in ids]
    meant = chain(
        (id_ for id_ in dict.fromkeys(near) if "-" in typed or isinstance(among[id_], Named)),
        (id_ for id_ in dict.fromkeys(holding) if _begins_a_word(typed, among[id_])),
    )  # whatever holds it is looked at only until there are enough
    return list(dict.fromkeys(islice(meant, MAX_SUGGESTED)))


def _called_after(state: str, among: Objects[Item]) -> list[str]:
    """Ids of the customers in whose names a word begins as the name of a state does, but for its
    last letter: Armed Palestinian organisations.
    """
    stem = state[:-1]
    holding = [id_ for other, ids in among.names.items() if stem in other for id_ in ids]
    customers = dict.fromkeys(id_ for id_ in holding if isinstance(among[id_], Customer))
    called = [id_ for id_ in customers if _begins_a_word(stem, among[id_])]
    return called[:MAX_SUGGESTED] if len(stem) >= MIN_STEM else []


def _begins_a_word(typed: str, item: Stored) -> bool:
    """Whether a word of an object's name, or an id that it may be meant by, begins so."""
    match item:
        case Named():
            return any(f"-{typed}" in f"-{slug(name)}" for name in item.names())
        case Source():
            return any(id_.startswith(typed) for id_ in item.ids)
    return "-" in typed and any(f"-{typed}" in f"-{id_}" for id_ in item.ids)


def did_you_mean(names: Sequence[str]) -> str | None:
    """The question whether one of some names was meant; None where there are none."""
    return f"did you mean {' or '.join(names)}?" if names else None


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
