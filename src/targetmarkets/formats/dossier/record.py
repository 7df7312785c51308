"""Write the dossier of a record: what it is, what is said of it, and the proof."""

from targetmarkets.evidence.archive import Archives
from targetmarkets.formats.document import Document
from targetmarkets.formats.dossier.actor_overview import write_actor_overview
from targetmarkets.formats.dossier.category_overview import (
    write_category_overview,
    write_group_overview,
)
from targetmarkets.formats.dossier.claim import write_claim, write_quote
from targetmarkets.formats.dossier.customer import write_category, write_customer, write_group
from targetmarkets.formats.dossier.event import write_actor, write_event
from targetmarkets.formats.dossier.event_overview import write_event_overview
from targetmarkets.formats.dossier.overview import write_overview
from targetmarkets.formats.dossier.source import write_source
from targetmarkets.formats.dossier.source_overview import write_source_overview
from targetmarkets.formats.dossier.writer import Writer
from targetmarkets.records.claims import ClaimRecord
from targetmarkets.records.objects import (
    ActorRecord,
    AnyRecord,
    CategoryRecord,
    CustomerRecord,
    EventRecord,
    GroupRecord,
    QuoteRecord,
    SourceRecord,
)


def overview(record: AnyRecord, archives: Archives, width: int | None) -> Document:
    """What fits a screen of a width, where there is such a view of a record; else its dossier."""
    match record:
        case CustomerRecord():
            return write_overview(record, archives, width)
        case EventRecord():
            return write_event_overview(record, archives, width)
        case ActorRecord():
            return write_actor_overview(record, archives, width)
        case CategoryRecord():
            return write_category_overview(record, archives, width)
        case GroupRecord():
            return write_group_overview(record, archives, width)
        case SourceRecord():
            return write_source_overview(record, archives, width)
    return dossier(record, archives)


def dossier(record: AnyRecord, archives: Archives) -> Document:
    """The dossier of any record. Its quotations are looked up in the archives as it is written."""
    writer = Writer(archives)
    match record:
        case CustomerRecord():
            write_customer(writer, record)
        case CategoryRecord():
            write_category(writer, record)
        case GroupRecord():
            write_group(writer, record)
        case EventRecord():
            write_event(writer, record)
        case ActorRecord():
            write_actor(writer, record)
        case ClaimRecord():
            write_claim(writer, record)
        case QuoteRecord():
            write_quote(writer, record)
        case SourceRecord():
            write_source(writer, record)
    return writer.document
