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
from targetmarkets.kb.resolve import FINDS_IDS
from targetmarkets.model.types import Kind
from targetmarkets.query.search import Results, Within, search

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

WIDTH: Final = 76
"""Columns of a line, which a message sets in by four."""


class Meaning(NamedTuple):
    """What an empty answer means, and what to do next."""

    lines: Sequence[str]
    """What it means, set in as the lines of a message are."""
    remedy: str | None


def of_search(kb: Knowledge, text: str, within: Within, results: Results) -> Meaning:
    """What it means that a search found nothing."""
    if within.kinds or within.filters:
        everywhere = len(search(kb, text).hits)
        if everywhere:
            said = f"Elsewhere in this knowledge base it has {_counted(everywhere, 'hit')}."
            return Meaning(_set(said), f"without the filters: tm search {shlex.quote(text)}")
    about = list(_subjects(kb, text))
    remedy: str | None = "fewer words, or a beginning with a star, find more: miss*"
    if results.instead:
        remedy = f"did you mean: tm search {shlex.quote(results.instead)}?"
    elif about:
        remedy = None
    return Meaning(_set(*about, _reach(kb, about), PROVES_NOTHING), remedy)


def of_list(kb: Knowledge, kind: Kind, filters: Filters) -> Meaning:
    """What it means that nothing in a list passes the filters."""
    if "status" in filters:  # what was retracted is no matter of what is covered
        return Meaning((), None)
    asked = filters.resolved(kb, kind)
    named = [kb.customers[id_].name for id_ in asked.get("customer", ())]
    of_kind = [f"{kb.categories[id_].name} customers" for id_ in asked.get("category", ())]
    about = [] if kind == "customers" else [_covered(name) for name in [*named, *of_kind]]
    together = kind == "customers" and asked.keys() & {"activity", "goods", "form"}
    hint = "tm list activities finds what is said of several together, or of a group"
    lines = _set(*about, _reach(kb, about), PROVES_NOTHING)
    return Meaning(lines, hint if together else None)


def of_name(kb: Knowledge, error: UnknownNameError) -> UnknownNameError:
    """An error for a name that no object has, with what is said of it all the same."""
    name = error.sought
    if name is None or error.suggests or not fold_name(name):
        return error
    state = countries.known_as(name)
    claims = _taking_part(kb, state.code) if state else []
    words = state.name if state and len(name) < MIN_STATE_LETTERS else re.sub("[-_]+", " ", name)
    mentions = _mentions(kb, words)
    sentences = []
    if state and claims:
        sentences.append(f"{state.name} is no customer here, and takes part in what is said:")
        sentences.append(_first(claims))
    elif state:
        sentences.append(f"{state.name} is not covered.")
    if not claims and (state or not mentions):
        sentences.append(_reach(kb, ()))
    if not claims and not mentions:
        sentences.append(PROVES_NOTHING)
    remedy = None if error.remedy == FINDS_IDS else error.remedy
    if mentions:
        query = shlex.quote(f'"{words}"' if re.search(r"\W", words) else words)
        verb = "mentions" if mentions == 1 else "mention"
        remedy = f"{_counted(mentions, 'thing')} {verb} it: tm search {query}"
    return UnknownNameError(error.message, remedy, _set(*sentences))


def _taking_part(kb: Knowledge, code: str) -> list[str]:
    """Ids of the accepted claims in which a state that is no customer is a party."""
    return [claim.id for claim in kb.claims_with_party(code) if claim.status == "accepted"]


def _first(ids: Sequence[str]) -> str:
    """The first few of some ids, and how many more there are."""
    more = len(ids) - MAX_CLAIMS_NAMED
    return ", ".join(ids[:MAX_CLAIMS_NAMED]) + (f" and {more} more" if more > 0 else "")


def _subjects(kb: Knowledge, text: str) -> Iterator[str]:
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


def _subject(kb: Knowledge, name: str) -> list[str]:
    """Whether the customers or the state that go by a name are covered."""
    if found := kb.customers.called(name):
        return [_covered(customer.name) for customer in found]
    state = countries.known_as(name) if len(name) >= MIN_STATE_LETTERS else None
    return [f"{state.name} is not covered."] if state else []


def _covered(name: str) -> str:
    return f"{name}: covered, and nothing of the kind is said here."


def _reach(kb: Knowledge, about: Sequence[str]) -> str:
    """How far the knowledge base goes; of what is covered, only to when."""
    reach = extent(kb)
    if any("not covered" in sentence for sentence in about) or not about:
        return f"Covered: {reach} (tm list)."
    return f"What is said comes from {reach.dated}." if reach.dated else ""


def _mentions(kb: Knowledge, name: str) -> int:
    """How many things hold a name, as a phrase."""
    if len(name) > MAX_QUERY_LENGTH:
        return 0
    try:
        return len(search(kb, f'"{name}"').hits)
    except RequestError:
        return 0


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _set(*sentences: str) -> list[str]:
    """Sentences as lines of a message, one after the other, none broken within a word."""
    text = " ".join(filter(None, sentences))
    lines = wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [f"    {line}" for line in lines]
