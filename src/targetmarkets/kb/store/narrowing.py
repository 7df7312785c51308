"""From what filters ask for to the objects that may have it: all that do are among them.

Every object that is found passes the filters themselves afterwards, so that these queries need not
say again what a filter means.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from targetmarkets.kb.knowledge import Wanted
from targetmarkets.kb.store.engine import Database
from targetmarkets.kb.store.rows import OWN, looked_up
from targetmarkets.kb.store.sql import RESTING_NUMBERS
from targetmarkets.model.types import LISTS

MOST_COUNTED: Final = 10_000
"""Numbers that are counted to tell which filter leaves fewest."""


class Part(NamedTuple):
    """A query for the numbers of objects, and its values."""

    query: str
    values: Sequence[str]


Finding = Callable[[str], Part]
"""From a value that is asked for to the objects that may have it."""


def _facet(list_: str, name: str) -> Finding:
    query = "SELECT number FROM facet WHERE name = ? AND value = ?"
    return lambda value: Part(query, (f"{list_} by {name}", looked_up(value)))


def _about(value: str) -> Part:
    """Claims about an object."""
    return Part("SELECT number FROM link WHERE target = ? AND relation = 'claims_about'", (value,))


def _about_those(finding: Finding) -> Finding:
    """Claims about any of some objects."""

    def those(value: str) -> Part:
        query, values = finding(value)
        return Part(
            f"SELECT link.number FROM ({query}) AS these JOIN object ON object.number = "
            "these.number JOIN link ON link.target = object.id AND relation = 'claims_about'",
            values,
        )

    return those


def _told_by(finding: Finding, *, sorting: bool = False) -> Finding:
    """What some claims are about; with `sorting`, those of them that classify."""
    classify = (
        " WHERE EXISTS (SELECT 1 FROM facet WHERE name = 'claims by kind' "
        "AND value = 'classification' AND facet.number = these.number)"
    )

    def told(value: str) -> Part:
        query, values = finding(value)
        return Part(
            f"SELECT object.number FROM ({query}) AS these JOIN link ON link.number = these.number "
            f"AND relation = 'claims_about' JOIN object ON object.id = link.target"
            f"{classify if sorting else ''}",
            values,
        )

    return told


def _either(*findings: Finding) -> Finding:
    """What any of some queries finds."""

    def either(value: str) -> Part:
        parts = [finding(value) for finding in findings]
        query = " UNION ".join(part.query for part in parts)
        return Part(query, [each for part in parts for each in part.values])

    return either


def _itself(value: str) -> Part:
    return Part("SELECT number FROM object WHERE id = ?", (value,))


def _resting(value: str) -> Part:
    return Part(RESTING_NUMBERS, (value, value))


_CATEGORISED: Final = _told_by(_about, sorting=True)
"""What classifications by a category sort into it."""

_CLAIMS: Final[Mapping[str, Finding]] = {
    **{name: _facet("claims", name) for name in OWN["claims"]},
    "category": _either(_about, _about_those(_CATEGORISED)),
    "customer": _about,
    "kind": _either(_facet("claims", "kind"), _about_those(_facet("customers", "kind"))),
    "region": _about_those(_facet("customers", "region")),
    "source": _resting,
}

_CUSTOMERS: Final[Mapping[str, Finding]] = {
    **{name: _facet("customers", name) for name in OWN["customers"]},
    **{name: _told_by(_facet("claims", name)) for name in ("activity", "goods", "form", "outcome")},
    **{name: _told_by(_facet("claims", name), sorting=True) for name in ("certainty", "evidence")},
    "category": _CATEGORISED,
    "customer": _itself,
    "source": _told_by(_resting, sorting=True),
}

FINDINGS: Final[Mapping[str, Mapping[str, Finding]]] = {
    "claims": _CLAIMS,
    "customers": _CUSTOMERS,
}
"""By list and name of a filter: what is asked of the store."""


def narrowed(database: Database, list_: str, wanted: Wanted) -> Part | None:
    """The query for the objects of a list, in order, that may have what is wanted: those that the
    filter finds which finds fewest. None where all of them may.
    """
    found = FINDINGS.get(list_, {})
    parts = [_any(found[name], values) for name, values in wanted if name in found]
    counts = [_count(database, part) for part in parts]
    if not counts or min(counts) == MOST_COUNTED:
        return None
    query, values = parts[counts.index(min(counts))]
    # `|| ''`, lest SQLite look through all objects of the type, by the index that it has of them.
    return Part(
        f"SELECT type, id, body, place FROM object WHERE number IN ({query}) AND type || '' = ? "
        "ORDER BY place",
        [*values, LISTS[list_]],
    )


def _any(finding: Finding, values: Sequence[str]) -> Part:
    """What has any of some values."""
    parts = [finding(value) for value in values]
    query = " UNION ".join(part.query for part in parts)
    return Part(query, [each for part in parts for each in part.values])


def _count(database: Database, part: Part) -> int:
    """How many a query finds, or the most that is counted."""
    query = f"SELECT count(*) FROM (SELECT 1 FROM ({part.query}) AS those LIMIT {MOST_COUNTED})"
    ((count,),) = database.ask(query + " AS found", part.values)
    return int(count)
