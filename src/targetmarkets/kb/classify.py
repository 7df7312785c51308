"""How well a claim is known and whose view it is; which category a customer is in, and how that is
known. It follows from the claims alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.kb.held import Held
from targetmarkets.model.vocabulary import CERTAINTY_ORDER, CertaintyOf, EvidenceKind, Layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.objects import Claim
    from targetmarkets.model.vocabulary import Stance


def evidence_kind(claim: Claim) -> EvidenceKind:
    """`quoted` if at least one item of evidence is a quotation, else `referenced`."""
    return "quoted" if any(item.quote for item in claim.evidence) else "referenced"


def known(claim: Claim) -> str:
    """How well a claim is known, in words: `stated`, `stated, by reference only`, or
    `likely, as collected, by reference only`.
    """
    if evidence_kind(claim) == "quoted":
        return claim.certainty
    graded = ", as collected" if claim.certainty_basis == "collected" else ""
    return f"{claim.certainty}{graded}, by reference only"


def certainty_of(claim: Claim) -> CertaintyOf:
    """Of what the certainty is: it goes with the statement as it stands."""
    return "that it is not so" if claim.negative else "that it is so"


def layer(claim: Claim) -> Layer:
    """Whose view a claim is. Nothing without the book in its chain counts as the book's."""
    roles = {speaker.role for speaker in claim.speakers}
    if "curators" in roles:
        return "context"  # a join is theirs, whatever it is made of
    if roles & {"book", "publisher"}:
        return "book"
    return "author" if "author" in roles else "context"


def best_first(claims: Iterable[Claim]) -> list[Claim]:
    """Claims in order of how well they are known: quoted before referenced, then by certainty."""
    return sorted(
        claims,
        key=lambda claim: (
            evidence_kind(claim) == "referenced",
            CERTAINTY_ORDER.index(claim.certainty),
        ),
    )


MAX_HELD: Final = 4_096
"""Classifications that are held of a knowledge base that is not in memory itself."""


class Classification(NamedTuple):
    """What the accepted classifications of a customer or a group come to."""

    claims: Sequence[Claim]
    """All of them, best known first."""
    category: str | None
    """The category; None where they disagree, or where there are none."""

    @property
    def basis(self) -> Claim | None:
        """The one that decides."""
        if self.category is None:
            return None
        return next(claim for claim in self.claims if claim.stance == "asserted")

    @property
    def conflict(self) -> bool:
        """Whether they disagree."""
        return self.category is None and any(claim.stance == "asserted" for claim in self.claims)


class Classifier:
    """The classifications of a knowledge base, each worked out once, when it is asked for."""

    def __init__(self, kb: Knowledge, *, most: int = MAX_HELD) -> None:
        """`most` is how many are held of a knowledge base that is not in memory itself."""
        self.kb = kb
        self._of = Held[Classification](most if kb.keeps_texts else None)
        self._members: dict[str, list[str]] = {}

    def of(self, id_: str) -> Classification:
        """The classification of a customer or a group."""
        return self._of.of(id_, lambda: self._classify(id_))

    def members(self, category: str) -> list[str]:
        """Ids of the customers and groups in a category, in the order of the file."""
        if category not in self._members:
            classified = {
                id_
                for claim in self.kb.classifications(category)
                for id_ in claim.about
                if id_ != category and self.of(id_).category == category
            }
            self._members[category] = sorted(classified, key=self.kb.order)
        return self._members[category]

    def _classify(self, id_: str) -> Classification:
        claims = best_first(
            claim for claim in self.kb.classifications(id_) if claim.status == "accepted"
        )
        asserted = {self.category_of(claim) for claim in claims if claim.stance == "asserted"}
        denied = {self.category_of(claim) for claim in claims if claim.stance == "denied"}
        return Classification(claims, _agreed(asserted, denied))

    def categories(self, claim: Claim) -> list[str]:
        """Ids of the categories that a claim concerns: those that it is about, and those of the
        customers and groups that it is about.
        """
        concerned = {
            id_ if id_ in self.kb.categories else self.of(id_).category for id_ in claim.about
        }
        ids = (id_ for id_ in concerned if id_)
        return sorted(ids, key=self.kb.order)

    def category_of(self, claim: Claim) -> str:
        """Id of the category in which a classification puts its subject."""
        return next(id_ for id_ in claim.about if id_ in self.kb.categories)


def all_categories(kb: Knowledge) -> Mapping[str, str]:
    """The category of each customer and group that is in one, by its id: the same as `Classifier`
    says of each, in one pass over the classifications, of which none is held.
    """
    from targetmarkets.model.objects import Claim  # brings the models

    said: dict[str, dict[Stance, set[str]]] = {}
    categories = frozenset(kb.categories)
    for claim in kb.with_filters(Claim, [("kind", ["classification"])]):
        if claim.kind == "classification" and claim.status == "accepted":
            category = next(id_ for id_ in claim.about if id_ in categories)
            for id_ in claim.about:
                if id_ != category:
                    of_it = said.setdefault(id_, {"asserted": set(), "denied": set()})
                    of_it[claim.stance].add(category)
    agreed = {id_: _agreed(each["asserted"], each["denied"]) for id_, each in said.items()}
    return {id_: category for id_, category in agreed.items() if category}


def _agreed(asserted: AbstractSet[str], denied: AbstractSet[str]) -> str | None:
    """The category that is asserted, and no other, and not denied; None where there is none."""
    return next(iter(asserted)) if len(asserted) == 1 and not asserted & denied else None
