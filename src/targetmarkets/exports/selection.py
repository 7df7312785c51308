"""What goes into an export: the claims that are chosen, and everything that they lead to."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

from targetmarkets.errors import UnreadableError
from targetmarkets.evidence.archive import Archives, open_kept
from targetmarkets.exports.interface import AGAINST, CURATORS, LEFT_OUT, Losses
from targetmarkets.kb.classify import Classifier
from targetmarkets.kb.filtering import View
from targetmarkets.kb.filters import Filters
from targetmarkets.model.objects import Actor, Category, Claim, Customer, Group, Source
from targetmarkets.model.vocabulary import STATUSES
from targetmarkets.query.choose import choosing
from targetmarkets.records.shared import Shared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from targetmarkets.evidence.archive import ArchivedText
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.kb.lookup import Item
    from targetmarkets.model.stored import Stored

NOBODY: Final = "the curators"
"""What stands for the name of a curator that was not asked for."""

BYTES_HELD: Final = 512 << 10
"""Bytes of archived texts that are held: what goes comes source by source."""

_BETWEEN_CLAIMS: Final = ("denies", "conflicts_with")


class Selection:
    """The claims that the filters choose, and what they rest on, speak of and refer to.

    With no filter that is everything. Else a customer, an event, a source or a quotation goes if a
    claim that goes leads to it, on its own or by way of another. Only from claim to claim nothing
    is followed: of a claim that is left out, the id is given where another refers to it. Retracted
    claims go, unless a status is asked for: an export is no list that somebody reads.

    Everything comes in the order of the file, however often it is asked for, and is read when it is
    its turn.
    """

    def __init__(
        self, kb: Knowledge, filters: Filters, losses: Losses, *, curators: bool = False
    ) -> None:
        """Raises `RequestError` for filters that mean nothing here."""
        self.kb = kb
        self.filters = filters
        self.curators = curators
        self.archives = Archives(kb, most=BYTES_HELD)
        self._losses = losses
        kb.hold_little()
        self._ids = self._closure() if filters else None
        self._counted = False

    @cached_property
    def shared(self) -> Shared:
        """What records have in common: citations, pages; no more of it is held than is needed."""
        return Shared(self.kb, hold_little=True)

    def has(self, id_: str) -> bool:
        """Whether an object of the knowledge base goes."""
        return self._ids is None or id_ in self._ids

    def objects(self, model: type[Item]) -> Iterator[Item]:
        """The objects of a type that go; claims are asked for by `claims`."""
        return (item for item in self.kb.of(model).values() if self.has(item.id))

    def claims(self) -> Iterator[Claim]:
        """The claims that go, as stored; names of curators only where that is asked for."""
        counts, self._counted = not self._counted, True
        for claim in self.objects(Claim):
            names = _names_of_curators(claim)
            if counts:
                self._count(claim, names)
            yield self._shown(claim) if names else claim

    def on_quote(self, id_: str) -> Iterator[Claim]:
        """The claims that go and rest on a quotation, as `claims` gives them."""
        return (self._shown(c) for c in self.kb.claims_on_quote(id_) if self.has(c.id))

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The word for what claims are about and who takes part in them, by id: `customer`,
        `category`, `group`, `actor`.
        """
        return {
            id_: model.word()
            for model in (Customer, Category, Group, Actor)
            for id_ in self.kb.of(model)
        }

    def text(self, source: Source) -> ArchivedText | None:
        """The archived text of a source, whether or not its hash is right; None where there is
        none, or where it cannot be read.
        """
        if source.archive is None:
            return None
        try:
            archived = open_kept(self.kb, source.archive.file)
        except UnreadableError:
            return None
        return archived if archived.decoded() is not None else None

    def _chosen(self) -> Iterator[Stored]:
        asked = Filters(**{"status": list(STATUSES), **self.filters})
        return choosing(View(self.kb, Classifier(self.kb)), "claims", asked)

    def _closure(self) -> frozenset[str]:
        """The ids of all that goes."""
        found: dict[str, None] = {}
        leading: list[str] = []
        for claim in self._chosen():
            found[claim.id] = None
            leading += _led_to(claim)
        while leading:
            new = [id_ for id_ in dict.fromkeys(leading) if id_ not in found]
            found.update(dict.fromkeys(new))
            leading = [*chain.from_iterable(_led_to(self.kb.objects[id_]) for id_ in new)]
        return frozenset([*found, *self.kb.categories])

    def _count(self, claim: Claim, names: int) -> None:
        """Count what of a claim no target is given; `names` of curators stand in it."""
        if names and not self.curators:
            self._losses.note(CURATORS, names)
        if self._ids is not None:
            others = (*claim.denies, *claim.conflicts_with)
            self._losses.note(LEFT_OUT, sum(not self.has(id_) for id_ in others))
            self._losses.note(AGAINST, sum(not self.has(id_) for id_ in self._against(claim)))

    def _against(self, claim: Claim) -> Iterator[str]:
        """Ids of accepted claims that deny or contradict a claim, but for those that it names."""
        found = (*self.kb.denials(claim.id), *self.kb.conflicts(claim.id))
        named = {*claim.denies, *claim.conflicts_with}
        return iter({c.id for c in found if c.status == "accepted" and c.id not in named})

    def _shown(self, claim: Claim) -> Claim:
        """A claim without the names of curators, unless they were asked for."""
        if self.curators or not _names_of_curators(claim):
            return claim
        judged = claim.assessment
        return claim.model_copy(
            update={
                "speakers": tuple(
                    speaker.model_copy(update={"name": NOBODY})
                    if speaker.role == "curators"
                    else speaker
                    for speaker in claim.speakers
                ),
                "assessment": judged.model_copy(update={"by": NOBODY}) if judged else None,
            }
        )


def _names_of_curators(claim: Claim) -> int:
    """How many names of curators stand in a claim."""
    named = [s.name for s in claim.speakers if s.role == "curators" and s.name != NOBODY]
    judge = claim.assessment is not None and claim.assessment.by != NOBODY
    return len(named) + judge


def _led_to(item: Stored) -> Sequence[str]:
    """Ids of what goes where an object goes."""
    return [id_ for place, id_, _ in item.mentions() if place[0] not in _BETWEEN_CLAIMS]
