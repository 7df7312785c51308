"""A firm, an agency, a ship, a person on one screen: what it does, with whom, in which events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from targetmarkets.formats.document import Document, Piece
from targetmarkets.formats.dossier.event_overview import (
    EventParts,
    counts,
    in_telling_order,
)
from targetmarkets.formats.dossier.screen import Room, Screen, fitted
from targetmarkets.formats.dossier.summary import event_rows, how_sure
from targetmarkets.formats.dossier.values import party_name, state_name
from targetmarkets.model.activities import ACTOR_KINDS
from targetmarkets.records.accounts import event_record
from targetmarkets.records.shared import Shared
from targetmarkets.records.summing import contests, event_lines, summarize
from targetmarkets.records.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.formats.dossier.screen import Cells
    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.events import ActorRecord


def write_actor_overview(record: ActorRecord, archives: Archives, width: int | None) -> Document:
    """The overview, as much of it as fits a screen of a width; without a width, all of it."""
    shared = Shared(archives.kb)
    return fitted(lambda room: _Overview(record, archives, shared, width).written(room), width)


class _Overview(Screen):
    def __init__(
        self, record: ActorRecord, archives: Archives, shared: Shared, width: int | None
    ) -> None:
        super().__init__(archives, width)
        self.record = record
        self.shared = shared
        self.command = f"tm show {record.id} --full"

    def written(self, room: Room) -> Document:
        """What it is, what it does and with whom, then its events; of one, what is told of it."""
        record = self.record
        kind = record.kind.replace("-", " ")
        numbers = [f"{number.scheme.upper()} {number.value}" for number in record.identifiers]
        self.title(
            record.name,
            *(kind, state_name(self.kb, record.country) if record.country else None),
            *(*numbers, f"also {', '.join(record.aliases)}" if record.aliases else None),
            record.id,
        )
        if record.kind not in {"ship", "aircraft", "person"}:
            self.more(ACTOR_KINDS[record.kind])
        told_by_event = {claim.event for claim in (*record.claims, *record.denied)}
        if len(told_by_event) == 1 and record.events:
            self._part_in()
        else:
            self._parts(room.rows)
        if len(record.events) == 1:
            self._event(record.events[0], room)
        else:
            self._events(room)
        self.closing(*counts(record))
        return self.document

    def _parts(self, limit: int) -> None:
        """A table of what it does, and of who else takes part."""
        parts: dict[str, list[ClaimRecord]] = {}
        others: dict[str, list[ClaimRecord]] = {}
        for claim in self.record.claims:
            for party in claim.parties:
                if party.id == self.record.id:
                    parts.setdefault(party.part, []).append(claim)
                else:
                    others.setdefault(f"{party_name(self.kb, party)}, {party.part}", []).append(
                        claim
                    )
        if limit and (parts or others):
            self.header("", "", "claims", "how sure", "from")
            for label, rows in (("part", parts), ("with", others)):
                if rows:
                    self.rows([*self._cells(label, rows)], limit)

    def _cells(self, label: str, rows: Mapping[str, Sequence[ClaimRecord]]) -> Iterator[Cells]:
        for number, (what, claims) in enumerate(rows.items()):
            summary = summarize(self.shared, claims)
            yield (
                [Piece("" if number else label, "label")],
                [what],
                [f"{len(claims)}"],
                how_sure(summary, self.marks),
                self.marks.of(summary.claims),
            )

    def _part_in(self) -> None:
        """What it does, in a line, where the event tells the rest."""
        pieces: list[Piece | str] = []
        for part in self.record.parts:
            claims = [claim for claim in self.record.claims if claim.id in part.claims]
            summary = summarize(self.shared, claims)
            words = f"{'; ' if pieces else ''}{part.value}, {count(len(claims), 'claim')}, "
            pieces += [words, *how_sure(summary, self.marks), " ", *self.marks.of(part.claims)]
        self.field("Part", *pieces)

    def _event(self, id_: str, room: Room) -> None:
        """The one event in which it takes part, and what else is said of it."""
        event = event_record(self.shared, self.kb.events[id_])
        self.document.gap()
        words = Piece(f"  {event.kind} · tm show {id_}", "muted")
        self.document.add(Piece(event.name, "title"), words, hang=2, role="heading")
        EventParts(self, event, self.shared).write(room)
        told = {claim.id for claim in (*event.claims, *event.denied)}
        claims = [claim for claim in self.record.claims if claim.id not in told]
        self.statements("Also said", claims, room.claims, self.command)
        denied = [claim for claim in self.record.denied if claim.id not in told]
        self.statements("Denied", denied, room.denials, self.command)

    def _events(self, room: Room) -> None:
        """The events in order of time, what is contested, and the claims in their own words."""
        lines = event_lines(self.shared, self.record.claims)
        if lines:
            self.document.gap()
            shown = [line for line in lines if line.rank <= room.events]
            if shown:
                event_rows(self.document, shown, self.marks)
            if hidden := len(lines) - len(shown):
                self.more(f"and {hidden} more: {self.command}")
        self.contested(contests(self.shared, self.record.claims), room.contests, self.command)
        self.statements("Denied", self.record.denied, room.denials, self.command)
        self.statements("Said", in_telling_order(self.record.claims), room.claims, self.command)
