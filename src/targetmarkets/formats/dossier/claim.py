"""Dossiers of claims and of quotations: the whole chain of evidence."""

from targetmarkets.formats.document import Piece
from targetmarkets.formats.dossier.writer import Writer
from targetmarkets.model.vocabulary import (
    CERTAINTY_BASES,
    ERAS,
    LAYERS,
    MODES,
    ROLES,
    SCOPES,
    STANCES,
)
from targetmarkets.records.accounts import show_place, show_quantity
from targetmarkets.records.claims import ClaimRecord
from targetmarkets.records.sources import QuoteRecord


def write_claim(writer: Writer, record: ClaimRecord) -> None:
    """A claim: every field that bears on it, who says it, and its evidence in context."""
    writer.title(record.statement, record.kind, record.status, record.id)
    hedge = f", in the words “{record.hedge}”" if record.hedge else None
    writer.field("retracted", record.retraction)
    writer.field("about", ", ".join(f"{s.name} ({s.id})" for s in record.about))
    writer.field("scope", record.scope and f"{record.scope}: {SCOPES[record.scope]}")
    writer.field("certainty", Piece(record.known, record.certainty), hedge)
    basis = CERTAINTY_BASES[record.certainty_basis]
    writer.field("rests on", f"{basis}, {record.certainty_of}")
    if record.assessment:
        judged = record.assessment
        writer.field(
            "assessment",
            f"{judged.reliability}{judged.credibility} by {judged.by}: {judged.why} "
            "(what the curators think, not what the source says)",
        )
    writer.field("stance", f"{record.stance}: {STANCES[record.stance]}")
    if record.activity:
        items = ", ".join(record.activity.items) or "items not named"
        writer.field("activity", f"{record.activity.type}: {items}")
        writer.field("goods, form", f"{record.activity.goods}, {record.activity.form}")
        writer.field("how many", ", ".join(map(show_quantity, record.activity.quantities)))
        writer.field("outcome", record.activity.outcome)
    writer.field("event", record.event)
    writer.field("when", record.period and f"{record.period} ({ERAS[record.era]})")
    writer.field("said", record.said)
    writer.field("where", ", ".join(map(show_place, record.places)))
    writer.field("who", ", ".join(f"{p.part}: {p.name or p.state}" for p in record.parties))
    if not record.read:
        writer.field("sources", Piece("not read here: known from what reports on them", "bad"))
    writer.field("layer", f"{record.layer}: {LAYERS[record.layer]}")
    writer.field("denies", ", ".join(record.denies))
    writer.field("denied by", ", ".join(record.denied_by))
    writer.field("differs from", ", ".join(record.conflicts_with))
    writer.field("hedge note", record.hedge_note)
    writer.field("note", record.note)
    writer.document.heading("Who says it", "outermost first")
    for speaker in record.speakers:
        writer.document.add(
            Piece(speaker.name, "label"),
            Piece(f"  {ROLES[speaker.role]}", "muted"),
            indent=2,
            role="item",
        )
        writer.document.add(f"{speaker.mode}: {MODES[speaker.mode]}", indent=4, role="more")
    needed = "all of it is needed" if record.joint else "each item alone supports the claim"
    writer.document.heading("Evidence", needed if len(record.evidence) > 1 else None)
    if record.reasoning:
        writer.document.add(Piece("Reasoning: ", "muted"), record.reasoning, indent=2, hang=2)
    for number, item in enumerate(record.evidence):
        if number or record.reasoning:
            writer.document.gap()
        writer.evidence(item, context=True)
    writer.sources(record.sources)


def write_quote(writer: Writer, record: QuoteRecord) -> None:
    """A quotation in its context, and the claims that rest on it."""
    writer.title("Quotation", record.source, record.id)
    writer.document.gap()
    writer.passage(record.stored(), context=True)
    writer.claim_ids("Claims that rest on it", record.claims)
    writer.sources([record.source])
