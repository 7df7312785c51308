"""Stores of older versions, made of those of today."""

import sqlite3

from targetmarkets.kb.address import Address
from targetmarkets.kb.paths import Place
from tests import postgres

BACK = {
    1: (
        "DELETE FROM link WHERE relation = 'classifications'",
        "UPDATE base SET value = '1' WHERE name = 'store_version'",
    )
}
"""What makes a store of a version of one of the next."""


def aged(place: Place) -> Place:
    """A store, made one of the first version."""
    for version in sorted(BACK, reverse=True):
        if isinstance(place, Address):
            postgres.rows(place, *BACK[version])
        else:
            with sqlite3.connect(place) as database:
                for statement in BACK[version]:
                    database.execute(statement)
            database.close()
    return place
