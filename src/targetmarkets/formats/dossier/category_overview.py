"""A category and a group on one screen: whom it holds, what defines it, what is said of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from targetmarkets.formats.document import Document, Piece
from targetmarkets.formats.dossier.customer import customer_of, equates
from targetmarkets.formats.dossier.screen import Room, Screen, fitted
from targetmarkets.formats.dossier.summary import how_sure
from targetmarkets.formats.marks import CONTESTED
from targetmarkets.records.shared import Shared
from targetmarkets.records.summing import contests, summarize
from targetmarkets.records.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.records.categories import CategoryRecord, GroupRecord
    from targetmarkets.records.claims import ClaimRecord


def write_category_overview(
    record: CategoryRecord, archives: Archives, width: int | None
) -> Document:
    """The overview, as much of it as fits a screen of a width; without a width, all of it."""
    shared = Shared(archives.kb)
    return fitted(
        lambda room: _Overview(record, archives, shared, width).category(record, room), width
    )


def write_group_overview(record: GroupRecord, archives: Archives, width: int | None) -> Document:
    """The overview, as much of it as fits a screen of a width; without a width, all of it."""
    shared = Shared(archives.kb)
    return fitted(
        lambda room: _Overview(record, archives, shared, width).group(record, room), width
    )


class _Overview(Screen):
    def __init__(
        self,
        record: CategoryRecord | GroupRecord,
        archives: Archives,
        shared: Shared,
        width: int | None,
    ) -> None:
        super().__init__(archives, width)
        self.shared = shared
        self.command = f"tm show {record.id} --full"

    def category(self, record: CategoryRecord, room: Room) -> Document:
        """Its customers each in a line, what defines it, why they buy, and what else is said."""
        self.title(f"{record.name} customers", f"chapter {record.chapter} of the book", record.id)
        members = {member.id for member in record.customers}
        of: dict[str, list[ClaimRecord]] = defaultdict(list)
        for claim in record.classifications:
            of[customer_of(claim)].append(claim)
        self._members(record, of, room.events)
        others = [claim for id_, claims in of.items() if id_ not in members for claim in claims]
        self.statements("Other classifications", others, room.denials, self.command)
        equations, said = _equations(record.claims)
        self.statements("Groups taken to be it", equations, room.claims, self.command)
        self._said(said, room)
        apart = [
            f"{count(len(claims), 'claim')} {words}"
            for claims, words in (
                (record.individual, "of a customer and the category"),
                (record.collective, "of customers together and the category"),
            )
            if claims
        ]
        if apart:
            self.field("Not of it alone", Piece(" · ".join(apart), "muted"))
        claims = (*record.classifications, *record.claims, *record.individual, *record.collective)
        self._counts(claims, record.sources)
        return self.document

    def group(self, record: GroupRecord, room: Room) -> Document:
        """Whom it names, what it is taken to be, and what is said of it."""
        self.title(f"“{record.name}”", "a group, in the words of a text", record.id)
        names = ", ".join(member.name for member in record.members)
        self.field("Names", names or Piece("the text names no member", "muted"))
        equations, said = _equations(claim for claim in record.claims if claim.scope == "group")
        self.statements("Taken to be a category", equations, room.claims, self.command)
        self._said(said, room, note="of no customer in particular")
        rest = [claim for claim in record.claims if claim.scope != "group"]
        self.statements("Said of customers and the group", rest, room.claims, self.command)
        self._counts(record.claims, record.sources)
        return self.document

    def _members(
        self, record: CategoryRecord, of: Mapping[str, Sequence[ClaimRecord]], limit: int
    ) -> None:
        """The customers, each by everything that puts it here: how sure, and from where."""
        if not record.customers:
            self.field("Customers", Piece("none", "muted"))
            return
        if not limit:
            self.field("Customers", f"{len(record.customers)}: {self.command}")
            return
        self.header("Customer", "how sure", "from")
        cells = []
        for member in record.customers:
            claims = sorted(of[member.id], key=lambda c: c.id != member.basis.claim)
            summary = summarize(self.shared, claims)
            hedges = "".join(f" (“{claim.hedge}”)" for claim in claims if claim.hedge)
            sure = how_sure(summary, self.marks)
            sure += [Piece(hedges, "muted"), self.marks.sign(CONTESTED) if summary.disputed else ""]
            marks = self.marks.of(claim.id for claim in claims)
            cells.append(([member.name], sure, marks))
        self.rows(cells, limit)

    def _said(self, claims: Sequence[ClaimRecord], room: Room, note: str = "") -> None:
        """What defines it, why they buy, and the rest."""
        for kind, label in (("definition", "What defines it"), ("driver", "Why they buy")):
            told = [claim for claim in claims if claim.kind == kind]
            self.statements(label, told, room.claims, self.command)
        rest = [claim for claim in claims if claim.kind not in {"definition", "driver"}]
        if room.claims:
            label = f"Said of it, {note}" if note else "Said of it"
            self.statements(label, rest, room.claims, self.command)
        self.contested(contests(self.shared, claims), room.contests, self.command)

    def _counts(self, claims: Sequence[ClaimRecord], sources: Sequence[str]) -> None:
        self.closing(
            f"{count(len(claims), 'claim')}, "
            f"{sum(claim.evidence_kind == 'quoted' for claim in claims)} quoted",
            f"{count(len(sources), 'source')}, {count(self.shared.origins(sources), 'origin')}",
        )


def _equations(
    claims: Iterable[ClaimRecord],
) -> tuple[list[ClaimRecord], list[ClaimRecord]]:
    """Claims that take a group to be a category, and the others."""
    both: tuple[list[ClaimRecord], list[ClaimRecord]] = ([], [])
    for claim in claims:
        both[not equates(claim)].append(claim)
    return both
