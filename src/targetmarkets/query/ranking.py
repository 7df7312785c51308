"""How strong the evidence is: what is proved before what is read, and so on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from targetmarkets.model.vocabulary import CERTAINTY_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.objects import AnyRecord
    from targetmarkets.records.shared import Shared

EVIDENCE: Final = "evidence"
"""What `sort` is told to rank by the strength of evidence."""

RANKED: Final = ("customers", "events", "activities", "claims")
"""The lists that can be ranked so."""

HOW: Final = (
    "by evidence: the most claims proved by a quotation, then the most with a source that was "
    "read, the most independent sources, the most supplies admitted by the customer itself, and "
    "the surest claim"
)
"""How it is ranked, in words."""


class Strength(NamedTuple):
    """How strong the evidence of some claims is; the greater, the stronger."""

    proved: int
    """Claims that rest on a quotation."""
    read: int
    """Claims of which a source was read."""
    origins: int
    """Independent lines of sources that were read."""
    admitted: int
    """Supplies and services of which a customer itself tells."""
    surest: int
    """How sure the surest of them is."""


def strength(shared: Shared, record: AnyRecord) -> Strength:
    """How strong the evidence of a record is: of a customer, what is asserted of it alone, and of
    an event, what is asserted of it.
    """
    return strength_of(shared, _claims(record))


def strength_of(shared: Shared, claims: Sequence[ClaimRecord]) -> Strength:
    """How strong the evidence of some claims is, taken together."""
    sure = [CERTAINTY_ORDER.index(claim.certainty) for claim in claims]
    return Strength(
        proved=sum(claim.evidence_kind == "quoted" for claim in claims),
        read=sum(claim.read for claim in claims),
        origins=shared.origins({id_ for claim in claims for id_ in claim.sources}),
        admitted=sum(is_admitted(shared, claim) for claim in claims),
        surest=-min(sure, default=len(CERTAINTY_ORDER)),
    )


def is_admitted(shared: Shared, claim: ClaimRecord) -> bool:
    """Whether a claim tells of a supply or service, and its innermost speaker is a customer that it
    is about or one of its own, by how the speaker is named: `Ethiopia`, `Yemen’s defence minister`,
    `President Saleh of Yemen`. One whose name does not tell, as `President Museveni`, is left out.
    """
    if claim.kind != "activity" or claim.stance == "denied" or claim.negative:
        return False
    speaker = claim.speakers[-1]
    if speaker.role != "third-party":
        return False
    customers = [s for s in claim.about if s.object == "customer"]
    return any(_speaks_as(speaker.name, _names(shared, s.id)) for s in customers)


def _names(shared: Shared, id_: str) -> Iterable[str]:
    customer = shared.kb.customers[id_]
    return (customer.name, *customer.aliases)


def _speaks_as(speaker: str, names: Iterable[str]) -> bool:
    either = "|".join(map(re.escape, names))
    return bool(re.search(rf"(?:^|\bof )(?:the )?(?:{either})(?:[’']s\b|$)", speaker))


def _claims(record: Any) -> Sequence[ClaimRecord]:
    match record.object:
        case "claim":
            return (record,)
        case "customer":
            return (*record.classifications, *record.activities, *record.claims)
    return tuple(record.claims)
