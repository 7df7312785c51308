"""Write the dossier of a record: what it is, what is said of it, and the proof.

A run shows few kinds of record, and imports what sets those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from targetmarkets.evidence.archive import Archives
    from targetmarkets.formats.document import Document
    from targetmarkets.records.objects import AnyRecord


def overview(record: AnyRecord, archives: Archives, width: int | None) -> Document:
    """What fits a screen of a width, where there is such a view of a record; else its dossier."""
    if record.object == "customer":
        from targetmarkets.formats.dossier.overview import write_overview

        return write_overview(record, archives, width)
    if record.object == "event":
        from targetmarkets.formats.dossier.event_overview import write_event_overview

        return write_event_overview(record, archives, width)
    if record.object == "actor":
        from targetmarkets.formats.dossier.actor_overview import write_actor_overview

        return write_actor_overview(record, archives, width)
    if record.object == "category":
        from targetmarkets.formats.dossier.category_overview import write_category_overview

        return write_category_overview(record, archives, width)
    if record.object == "group":
        from targetmarkets.formats.dossier.category_overview import write_group_overview

        return write_group_overview(record, archives, width)
    if record.object == "source":
        from targetmarkets.formats.dossier.source_overview import write_source_overview

        return write_source_overview(record, archives, width)
    return dossier(record, archives)


def dossier(record: AnyRecord, archives: Archives) -> Document:
    """The dossier of any record. Its quotations are looked up in the archives as it is written."""
    from targetmarkets.formats.dossier.writer import Writer

    writer = Writer(archives)
    if record.object == "customer":
        from targetmarkets.formats.dossier.customer import write_customer

        write_customer(writer, record)
    elif record.object == "category":
        from targetmarkets.formats.dossier.customer import write_category

        write_category(writer, record)
    elif record.object == "group":
        from targetmarkets.formats.dossier.customer import write_group

        write_group(writer, record)
    elif record.object == "event":
        from targetmarkets.formats.dossier.event import write_event

        write_event(writer, record)
    elif record.object == "actor":
        from targetmarkets.formats.dossier.event import write_actor

        write_actor(writer, record)
    elif record.object == "claim":
        from targetmarkets.formats.dossier.claim import write_claim

        write_claim(writer, record)
    elif record.object == "quote":
        from targetmarkets.formats.dossier.claim import write_quote

        write_quote(writer, record)
    elif record.object == "source":
        from targetmarkets.formats.dossier.source import write_source

        write_source(writer, record)
    return writer.document
