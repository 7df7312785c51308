"""An event on one screen: each value that its claims give, how sure, on whose word; then what is
contested or denied, what was not so, and the claims in their own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from targetmarkets.formats.document import INDENT, Document, Piece
from targetmarkets.formats.dossier.screen import Room, Screen, fitted
from targetmarkets.formats.dossier.summary import how_sure
from targetmarkets.formats.dossier.values import LABELS, event_values, voices
from targetmarkets.formats.marks import CONTESTED
from targetmarkets.records.accounts import alone
from targetmarkets.records.rivals import rivals
from targetmarkets.records.shared import Shared
from targetmarkets.records.summing import summarize
from targetmarkets.records.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.events import ActorRecord, EventRecord
    from targetmarkets.records.overview import Summary

    Matter = tuple[str, tuple[str, ...]]


class Row(NamedTuple):
    """Values of one field that are known alike, and from the same sources."""

    field: str
    values: list[str]
    contested: bool
    claims: Mapping[str, ClaimRecord]
    summary: Summary


def write_event_overview(record: EventRecord, archives: Archives, width: int | None) -> Document:
    """The overview, as much of it as fits a screen of a width; without a width, all of it."""
    shared = Shared(archives.kb)

    def write(room: Room) -> Document:
        screen = Screen(archives, width)
        own, others = alone(record)
        of = ", ".join(customer.name for customer in own)
        if others:
            of += f"{' ' if of else ''}(+{len(others)} with others or denied)"
        also = f"also {', '.join(record.aliases)}" if record.aliases else None
        screen.title(record.name, record.kind, of, also, record.id)
        EventParts(screen, record, shared).write(room)
        screen.closing(*counts(record))
        return screen.document

    return fitted(write, width)


def counts(record: EventRecord | ActorRecord) -> tuple[str, str]:
    """How many claims there are, and on how many sources and origins they rest."""
    claims = (*record.claims, *record.denied)
    quoted = sum(claim.evidence_kind == "quoted" for claim in claims)
    sources, origins = len(record.sources), record.independent_sources
    return (
        f"{count(len(claims), 'claim')}, {quoted} quoted",
        f"{count(sources, 'source')}, {count(origins, 'origin')}",
    )


class EventParts:
    """Writes what is told of an event, in a table and in statements."""

    def __init__(self, screen: Screen, record: EventRecord, shared: Shared) -> None:
        self.screen = screen
        self.record = record
        self.shared = shared
        self.rivals = rivals(record.claims)
        self.command = f"tm show {record.id} --full"
        self._claims = {claim.id: claim for claim in (*record.claims, *record.denied)}

    def write(self, room: Room) -> None:
        """What happened in a sentence, the table, what is contested, denied and not so, and the
        other claims.
        """
        matters = self.rivals.claims
        apart = {id_ for claim, others in matters for id_ in (claim, *others)}
        denied = [claim for claim in self.record.denied if claim.id not in apart]
        left = [claim for claim in self.record.claims if claim.id not in apart]
        negative = [claim for claim in left if claim.negative]
        told = in_telling_order([claim for claim in left if not claim.negative])
        lead = told[:1] if room.claims else []
        for claim in lead:
            self.screen.document.add(*self.screen.statement(claim), indent=INDENT)
        self._table(room.rows)
        self._contested(matters[: room.contests], len(matters))
        say = self.screen.statements
        say("Denied", denied, room.denials, self.command)
        say("What was not so", negative, room.denials, self.command)
        say("Also told", told[len(lead) :], max(room.claims - 1, 0), self.command)

    def _table(self, limit: int) -> None:
        """The values, those that the same claims give in one row."""
        rows = list(self._rows()) if limit else []
        if not rows:
            return
        self.screen.header("", "", "how sure", "from")
        for field, label in LABELS.items():
            own = [row for row in rows if row.field == field]
            cells = [
                (
                    [Piece("" if number else label, "label")],
                    [*self._values(row)],
                    how_sure(row.summary, self.screen.marks),
                    self.screen.marks.of(row.summary.claims),
                )
                for number, row in enumerate(own)
            ]
            self.screen.rows(cells, limit)

    def _rows(self) -> Iterator[Row]:
        """Values in rows: together those of which the same is known, and on the same word."""
        groups: dict[tuple[object, ...], tuple[list[str], dict[str, ClaimRecord]]] = {}
        for value in event_values(self.screen.kb, self.record):
            summary = summarize(self.shared, [*value.claims.values()])
            sure = how_sure(summary, self.screen.marks)
            by = voices(value.claims) if value.contested else ()
            key = (value.field, value.contested, *sure, *self.screen.marks.of(value.claims), *by)
            words, together = groups.setdefault(key, ([], {}))
            words.append(value.words)
            together |= value.claims
        for (field, contested, *_), (words, claims) in groups.items():
            summary = summarize(self.shared, [*claims.values()])
            yield Row(str(field), words, bool(contested), claims, summary)

    def _values(self, row: Row) -> Iterator[Piece | str]:
        """The values of a row; of contested ones, who says so."""
        if not row.contested:
            yield ", ".join(row.values)
            return
        for number, value in enumerate(row.values):
            yield from (" or " if number else "", value, self.screen.marks.sign(CONTESTED))
        yield Piece(f" {', '.join(voices(row.claims))}", "muted")

    def _contested(self, matters: Sequence[Matter], among: int) -> None:
        """Claims that are denied or differ from others in more than a value of the table, each
        with what is said against it.
        """
        if not among:
            return
        screen = self.screen
        screen.document.gap()
        if not matters:
            screen.field("Contested", Piece(f"{count(among, 'matter')}: {self.command}", "muted"))
            return
        screen.document.add(Piece("Contested", "label"))
        for id_, others in matters:
            screen.item(*screen.statement(self._claims[id_]))
            for other in others:
                against = self.shared.claim(screen.kb.claims[other])
                pieces = (Piece("against: ", "bad"), *screen.statement(against))
                screen.document.add(*pieces, indent=INDENT, hang=INDENT, role="more")
        if hidden := among - len(matters):
            screen.more(f"{count(hidden, 'more matter')}: {self.command}")


def in_telling_order(claims: Sequence[ClaimRecord]) -> list[ClaimRecord]:
    """The first claim of the file, which tells the whole, then those that nothing contradicts."""
    rest = sorted(claims[1:], key=lambda claim: bool(claim.denied_by or claim.conflicts_with))
    return [*claims[:1], *rest]
