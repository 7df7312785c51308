"""What it means that nothing was found: that the subject is covered and nothing is said of it, or
that it lies outside what a knowledge base covers.
"""

import re
import shlex
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final, NamedTuple

from targetmarkets.errors import RequestError, UnknownNameError
from targetmarkets.kb import countries
from targetmarkets.kb.extent import extent
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.lookup import fold_name
from targetmarkets.kb.paths import is_large
from targetmarkets.kb.resolve import FINDS_IDS
from targetmarkets.model.types import Kind
from targetmarkets.query.search import Search, Within, search
from targetmarkets.records.wording import count

MAX_NAME_WORDS: Final = 4
"""Words of a query that are taken together for the name of a customer or a state."""

MAX_QUERY_LENGTH: Final = 200
"""Characters of a query in which names are looked for."""

MAX_CLAIMS_NAMED: Final = 3
"""Claims that a message names."""

PROVES_NOTHING: Final = "That nothing is here proves nothing."


MIN_STATE_LETTERS: Final = 4
"""Letters of a word that is searched for, from which on it may be the name of a state. Shorter ones
are codes, and codes are words: `it`, `no`."""

WIDTH: Final = 80
"""Columns of a line, unless told."""

INDENT: Final = "    "
"""What lines of a message are set in by."""


COVERED: Final = ": covered, and nothing of the kind is said here."
NO_CUSTOMER: Final = " is no customer here."
NOT_COVERED: Final = " is not covered."


class Said(NamedTuple):
    """What is said of a subject where nothing was found."""

    name: str
    how: str

    def __str__(self) -> str:
        return self.name + self.how


class Meaning(NamedTuple):
    """What an empty answer means, and what to do next."""

    lines: Sequence[str]
    """What it means, set in as the lines of a message are."""
    remedy: str | None


MANY: Final = 5_000
"""Claims beyond which a knowledge base is not searched for a slip of the hand."""


def of_search(
    kb: Knowledge, text: str, within: Within, instead: str | None, width: int = WIDTH
) -> Meaning:
    """What it means that a search found nothing; `instead` is the query that was meant, maybe."""
    if within.kinds or within.filters:
        everywhere = sum(1 for _ in Search(kb, text).hits())
        if everywhere:
            said = f"Elsewhere in this knowledge base it has {count(everywhere, 'hit')}."
            return Meaning(_set(width, said), f"without the filters: tm search {shlex.quote(text)}")
    about = list(_subjects(kb, text))
    remedy: str | None = "a beginning with a star finds more: miss*"
    if instead:
        remedy = f"did you mean: tm search {shlex.quote(instead)}?"
    elif about:
        remedy = None
    elif len(text.split()) > 1:
        remedy = "fewer words, or a beginning with a star, find more: miss*"
    return Meaning(_set(width, *about, _reach(kb, about), PROVES_NOTHING), remedy)


def of_list(kb: Knowledge, kind: Kind, filters: Filters, width: int = WIDTH) -> Meaning:
    """What it means that nothing in a list passes the filters."""
    if "status" in filters:  # what was retracted is no matter of what is covered
        return Meaning((), None)
    asked = filters.resolved(kb, kind)
    named = [kb.customers[id_].name for id_ in asked.get("customer", ())]
    of_kind = [f"{kb.categories[id_].name} customers" for id_ in asked.get("category", ())]
    about = [] if kind == "customers" else [Said(name, COVERED) for name in [*named, *of_kind]]
    together = kind == "customers" and asked.keys() & {"activity", "goods", "form"}
    hint = "tm list activities finds what is said of several together, or of a group"
    lines = _set(width, *about, _reach(kb, about), PROVES_NOTHING)
    return Meaning(lines, hint if together else None)


def of_name(kb: Knowledge, error: UnknownNameError, width: int = WIDTH) -> UnknownNameError:
    """An error for a name that no object has, with what is said of it all the same."""
    name = error.sought
    if name is None or not fold_name(name) or len(name) > MAX_QUERY_LENGTH:
        return error
    state = countries.known_as(name)
    words = state.name if state and len(name) < MIN_STATE_LETTERS else re.sub("[-_]+", " ", name)
    mentions = _mentions(kb, words, respelt=not error.suggests)
    if error.suggests:
        meant = f"{INDENT}{error.remedy}"
        return UnknownNameError(error.message, mentions, [meant]) if mentions else error
    claims = _taking_part(kb, state.code) if state else []
    sentences = []
    if state and claims:
        sentences.append(f"{state.name} is no customer here, and takes part in what is said:")
        sentences.append(_first(claims))
    elif state or not mentions:
        about = [Said(state.name, NOT_COVERED)] if state else list(_subjects(kb, words))
        sentences += [*map(str, about), _reach(kb, about)]
        sentences += [] if mentions else [PROVES_NOTHING]
    remedy = None if error.remedy == FINDS_IDS else error.remedy
    return UnknownNameError(error.message, mentions or remedy, _set(width, *sentences))


def _taking_part(kb: Knowledge, code: str) -> list[str]:
    """Ids of the accepted claims in which a state that is no customer is a party."""
    return [claim.id for claim in kb.claims_with_party(code) if claim.status == "accepted"]


def _first(ids: Sequence[str]) -> str:
    """The first few of some ids, and how many more there are."""
    more = len(ids) - MAX_CLAIMS_NAMED
    return ", ".join(ids[:MAX_CLAIMS_NAMED]) + (f" and {more} more" if more > 0 else "")


def _subjects(kb: Knowledge, text: str) -> Iterator[Said]:
    """For each customer and state that a query names, whether it is covered."""
    words = re.findall(r"[^\W_]+", text[:MAX_QUERY_LENGTH])
    start = 0
    while start < len(words):
        taken = 1
        for end in range(min(len(words), start + MAX_NAME_WORDS), start, -1):
            name = " ".join(words[start:end])
            if said := _subject(kb, name):
                yield from said
                taken = end - start
                break
        start += taken


def _subject(kb: Knowledge, name: str) -> list[Said]:
    """Whether the customers or the state that go by a name are covered."""
    if found := kb.customers.called(name):
        return [Said(customer.name, COVERED) for customer in found]
    state = countries.known_as(name) if len(name) >= MIN_STATE_LETTERS else None
    if state is None:
        return []
    return [Said(state.name, NO_CUSTOMER if _taking_part(kb, state.code) else NOT_COVERED)]


def _reach(kb: Knowledge, about: Sequence[Said]) -> str:
    """How far the knowledge base goes; of what is covered, only to when."""
    reach = extent(kb)
    if about and all(said.how == COVERED for said in about):
        return f"What is said comes from {reach.dated}." if reach.dated else ""
    return f"Covered: {reach} (tm list)."


def _mentions(kb: Knowledge, name: str, *, respelt: bool) -> str | None:
    """How many things hold a name, as a phrase or else in single words, and the search for them.

    Where nothing does, the search for what is spelt nearly so, if that is wanted, or None. A large
    knowledge base is not searched for a slip of the hand.
    """
    phrase = f'"{name}"' if re.search(r"\W", name) else name
    if is_large(kb.path) or len(kb.claims) > MANY:
        return f"tm search {shlex.quote(phrase)} looks for it"
    instead = None
    for query, it in (phrase, "it"), (name, "these words"):
        try:
            hits, _, instead = search(kb, query)
        except RequestError:
            return None
        if hits:
            verb = "mentions" if len(hits) == 1 else "mention"
            return f"{count(len(hits), 'thing')} {verb} {it}: tm search {shlex.quote(query)}"
    return f"did you mean: tm search {shlex.quote(instead)}?" if instead and respelt else None


def _set(width: int, *sentences: object) -> list[str]:
    """Sentences as lines of a message, one after the other, none broken within a word."""
    text = " ".join(filter(None, map(str, sentences)))
    room = max(width - len(INDENT), 1)
    lines = wrap(text, room, break_long_words=False, break_on_hyphens=False)
    return [INDENT + line for line in lines]
