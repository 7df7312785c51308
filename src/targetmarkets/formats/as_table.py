"""A table for a person: the columns that tell most, and the references of the sources below."""

from targetmarkets.cite import cite_work
from targetmarkets.fields import value_at
from targetmarkets.formats import Listing, Look
from targetmarkets.formats.columns import HEADINGS
from targetmarkets.formats.terminal import set_table


def listing(listing: Listing, look: Look) -> str:
    """The fields that were asked for, or the usual columns; cells are wrapped, never cut."""
    if not listing.records:
        return ""
    columns = HEADINGS[listing.kind]
    if listing.fields:
        columns = {field: (field,) for field in listing.fields}
    cited = {
        id_
        for fields in columns.values()
        for field in fields
        if field.split(".")[-1] == "sources"
        for record in listing.records
        for id_ in value_at(record, field) or ()
    }
    notes = {
        id_: cite_work(source.bibliography)
        for id_, source in (listing.sources or {}).items()
        if id_ in cited
    }
    return set_table(listing.records, columns, notes, look)
