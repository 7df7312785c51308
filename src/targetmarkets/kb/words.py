"""By what words a search finds an object: its names, its statement, its text."""

from collections.abc import Mapping
from typing import Final

from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.model.objects import Claim, Quote, Source
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import FoundIn

JOINT: Final = " · "
"""What stands between the names or parts of one object."""


def is_searched(item: Stored) -> bool:
    """Whether a search finds an object: a claim that was retracted it does not."""
    return getattr(item, "status", "accepted") == "accepted"


def words_of(kb: Knowledge, item: Stored) -> str:
    """What an object is found by."""
    match item:
        case Claim():
            return JOINT.join(parts_of(kb, item).values())
        case Quote():
            return item.exact
        case Source(bibliography=work):
            issued = work.issued.shown if work.issued else None
            facts = (work.container_title, work.publisher, work.number, issued)
            words = [
                item.title,
                *(name.shown for name in (*work.author, *work.editor)),
                *facts,
                item.id,
            ]
        case _:
            id_, *names = item.names()
            words = [*names, id_]
    return JOINT.join(dict.fromkeys(word for word in words if word))


def parts_of(kb: Knowledge, claim: Claim) -> Mapping[FoundIn, str]:
    """What a claim is found by, its statement first. The name of its event is among it, so that who
    looks for a ship finds all that is said of its seizure; and what curators note of it.
    """
    parts: dict[FoundIn, str | None] = {
        "statement": claim.statement,
        "event": kb.events[claim.event].name if claim.event else None,
        "note": claim.note,
        "hedge note": claim.hedge_note,
        "reasoning": claim.reasoning,
    }
    return {part: words for part, words in parts.items() if words}
