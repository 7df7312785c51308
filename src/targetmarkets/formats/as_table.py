"""A table for a person: the columns that tell most, and the references of the sources below."""

from typing import Final

from targetmarkets.formats.interface import Listing, Look, Setters
from targetmarkets.formats.rows import headings, works
from targetmarkets.formats.terminal import set_table


def listing(listing: Listing, look: Look) -> str:
    """The fields that were asked for, a picture where there is one and it has the room, or the
    usual columns; cells are wrapped, never cut.
    """
    if not listing.records:
        return ""
    if listing.picture and not listing.fields:
        from targetmarkets.formats.pictures.picture import set_picture  # usual lists have none

        if drawn := set_picture(listing, look):
            return drawn
    return set_table(listing.records, headings(listing), works(listing), look)


SETTERS: Final = Setters(lists=listing)
