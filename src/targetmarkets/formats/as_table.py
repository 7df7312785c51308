"""A table for a person: the columns that tell most, and the references of the sources below."""

from typing import Final

from targetmarkets.formats.glance import GLANCES, set_glance
from targetmarkets.formats.interface import Listing, Look, Setters


def listing(listing: Listing, look: Look) -> str:
    """The fields that were asked for, a picture where there is one and it has the room, or the
    usual columns; cells are wrapped, never cut.

    Customers, events and actors have a line each: what has no room in it is counted.
    """
    if not listing.records:
        return ""
    if listing.picture and not listing.fields:
        from targetmarkets.formats.pictures.picture import set_picture  # usual lists have none

        if drawn := set_picture(listing, look):
            return drawn
    if not listing.fields and listing.kind in GLANCES:
        return set_glance(listing, look)
    from targetmarkets.formats.rows import headings, works  # they bring much, and Rich
    from targetmarkets.formats.terminal import set_table

    return set_table(listing.apart(), headings(listing), works(listing), look)


SETTERS: Final = Setters(lists=listing)
