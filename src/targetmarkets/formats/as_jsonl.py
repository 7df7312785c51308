"""JSON Lines: one record in each line, for programs that read as they go."""

from typing import Final

from targetmarkets.formats.as_json import chosen, dump
from targetmarkets.formats.interface import Listing, Look, Setters


def listing(listing: Listing, _: Look) -> str:
    """The records, whole or with the fields that were asked for; compact on a terminal too."""
    return "".join(dump(value, Look()) for value in chosen(listing.records, listing.fields))


SETTERS: Final = Setters(lists=listing)
