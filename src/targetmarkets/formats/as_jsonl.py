"""JSON Lines: one record in each line, for programs that read as they go."""

from collections.abc import Iterator
from typing import Final

from targetmarkets.formats.as_json import chosen, dump
from targetmarkets.formats.interface import Listing, Look, Setters, Streamed


def listing(listing: Listing, _: Look) -> str:
    """The records, whole or with the fields that were asked for; compact on a terminal too."""
    return "".join(dump(value, Look()) for value in chosen(listing.records, listing.fields))


def stream(listing: Streamed, _: Look) -> Iterator[str]:
    """The same, record after record."""
    for record in listing.records:
        yield from (dump(value, Look()) for value in chosen([record], listing.fields))


SETTERS: Final = Setters(lists=listing, streams=stream)
