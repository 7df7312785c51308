"""Dossiers of events and actors: what their claims say, and who says it."""

from collections.abc import Sequence

from targetmarkets.formats.document import Piece
from targetmarkets.formats.dossier.writer import Writer
from targetmarkets.model.activities import ACTOR_KINDS, EVENT_KINDS
from targetmarkets.records.accounts import scenes
from targetmarkets.records.claims import Account
from targetmarkets.records.events import ActorRecord, EventRecord


def write_event(writer: Writer, record: EventRecord) -> None:
    """An event: each value that its claims give with those claims, then the claims themselves."""
    writer.title(record.name, record.kind, EVENT_KINDS[record.kind], record.id)
    if record.aliases:
        writer.document.add(Piece(f"also {', '.join(record.aliases)}", "muted"))
    writer.field("customers", ", ".join(subject.name for subject in record.customers))
    where, elsewhere = scenes(record)
    for label, accounts in (
        ("when", record.dates),
        ("where", where),
        ("besides", elsewhere),
        ("who", record.parties),
        ("what", record.goods),
        ("how many", record.quantities),
        ("outcome", record.outcomes),
    ):
        _accounts(writer, label, accounts)
    writer.field("era", ", ".join(record.eras))
    if record.disputed:
        writer.field("disputed", Piece("yes: its claims differ, or are denied", "bad"))
    _claims(writer, record)


def write_actor(writer: Writer, record: ActorRecord) -> None:
    """An actor: what it is, what it does, with whom, in which events; then the claims."""
    writer.title(record.name, record.kind, ACTOR_KINDS[record.kind], record.country, record.id)
    if record.aliases:
        writer.document.add(Piece(f"also {', '.join(record.aliases)}", "muted"))
    numbers = [f"{number.scheme.upper()} {number.value}" for number in record.identifiers]
    writer.field("numbers", ", ".join(numbers))
    _accounts(writer, "part", record.parts)
    with_ = [other.name or other.state or "" for other in record.counterparts]
    writer.field("with", ", ".join(with_))
    writer.field("events", ", ".join(record.events))
    _claims(writer, record)


def _accounts(writer: Writer, label: str, accounts: Sequence[Account]) -> None:
    """Values, each with the claims that give it."""
    for index, account in enumerate(accounts):
        claims = Piece(f"  {', '.join(account.claims)}", "muted")
        writer.field(label if not index else "", account.value, claims)


def _claims(writer: Writer, record: EventRecord | ActorRecord) -> None:
    by_event = record.object != "event"
    writer.claims("Said", record.claims, by_event=by_event)
    writer.claims("Denied", record.denied, by_event=by_event)
    writer.footnotes()
    writer.document.gap()
    count = record.independent_sources
    origins = "origin" if count == 1 else "origins"
    writer.document.add(
        Piece(f"{count} {origins}: lines of sources that were read and do not report on one "
              "another or on the same work.", "muted")
    )  # fmt: skip
