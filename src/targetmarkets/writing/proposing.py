"""What the words of a quotation suggest for a claim on it: proposals, for a person to judge.

The words of doubt and denial are those by which a claim is proved; nothing else is guessed than
what stands in the passage, or in the record of its source.
"""

import re
from typing import Final, NamedTuple

from targetmarkets.evidence.archive import Archives
from targetmarkets.evidence.doubt import cited
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.model.csl import MONTHS
from targetmarkets.model.objects import Quote, Source
from targetmarkets.model.stored import Named
from targetmarkets.model.vocabulary import HEDGES

MIN_NAME: Final = 4
"""Letters of a name that is looked for in a passage; codes of countries are words, too."""

_DATE: Final = re.compile(
    rf"(?:(?:(?P<day>\d\d?) )?(?P<month>{'|'.join(MONTHS)}) )?(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


class Proposal(NamedTuple):
    """What a passage suggests for a claim on it."""

    doubts: tuple[str, ...]
    """Words of doubt in it."""
    denials: tuple[str, ...]
    """Words of denial in it."""
    left_out: tuple[str, ...]
    """Words of both that it leaves out of its sentence."""
    certainty: str
    """That of its words of doubt."""
    hedge: str
    """The first of these words; empty where there is none."""
    speaker: str
    """Who says it, if the source itself does."""
    about: tuple[str, ...]
    """Ids of the customers that it names."""
    actors: tuple[str, ...]
    """Ids of the actors that it names."""
    period: str
    """The first date in it, in EDTF; empty where there is none."""


def propose(kb: Knowledge, quote: Quote) -> Proposal:
    """What a quotation suggests, which need not be in the knowledge base yet."""
    passage = cited(quote, Archives(kb).as_read(quote.source))
    doubts, denials = passage.doubts(), passage.negations()
    left_out = [word.text for word in passage.left_out()]
    certainty, hedge = _hedge([*doubts, *left_out])
    exact = " ".join(quote.exact.split())
    return Proposal(
        tuple(doubts), tuple(denials), tuple(left_out), certainty, hedge,
        speaker=_speaker(kb.sources[quote.source]),
        about=tuple(item.id for item in kb.customers.values() if _names(item, exact)),
        actors=tuple(item.id for item in kb.actors.values() if _names(item, exact)),
        period=_period(exact),
    )  # fmt: skip


def _hedge(words: list[str]) -> tuple[str, str]:
    for word in words:
        for certainty, beginnings in HEDGES.items():
            if any(beginning in word.casefold() for beginning in beginnings):
                return certainty, word
    return "stated", ""


def _speaker(source: Source) -> str:
    """The outlet that published it, or else who wrote it, in a text of its own."""
    work = source.bibliography
    people = [person.literal or person.family or "" for person in work.author]
    name = work.container_title or (people[0] if people else "") or work.publisher or ""
    role = "journalist" if work.container_title else "third-party"
    return f"{role}:{name or source.title}:narrates"


def _names(item: Named, passage: str) -> bool:
    names = (name for name in item.names() if len(name) >= MIN_NAME or not name.isupper())
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", passage) for name in names)


def _period(passage: str) -> str:
    match = _DATE.search(passage)
    if match is None:
        return ""
    parts = [match["year"]]
    if match["month"]:
        parts.append(f"{MONTHS.index(match['month'].capitalize()) + 1:02}")
    if match["day"]:
        parts.append(f"{int(match['day']):02}")
    return "-".join(parts)
