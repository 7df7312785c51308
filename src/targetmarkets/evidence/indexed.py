"""Whether the rows by which a store finds objects are those that the objects ask for.

They come in another order than the objects, and may be millions: so what is compared is a sum over
all rows of a table, and not row by row.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from targetmarkets.kb.store import sql
from targetmarkets.kb.store.engine import Database
from targetmarkets.kb.store.rows import rows_of
from targetmarkets.kb.words import is_searched
from targetmarkets.model.integrity import Fault
from targetmarkets.model.stored import Stored

_ROWS: Final = {
    "name": sql.NAME_ROWS,
    "link": sql.LINK_ROWS,
    "facet": sql.FACET_ROWS,
    "unit": sql.UNIT_ROWS,
}
"""What is asked for all rows of a table, in the order in which the columns are summed up."""


class Indexed:
    """The sums of the rows that objects ask for."""

    def __init__(self) -> None:
        self._sums: Counter[str] = Counter(dict.fromkeys(_ROWS, 0))

    def count(self, number: int, place: int, item: Stored) -> None:
        """Add the rows of an object, by its number in the store and its place."""
        names, links, facets = rows_of(item)
        for value in names:
            self._sums["name"] += hash((value, number))
        for target, relation, nth in links:
            self._sums["link"] += hash((target, relation, number, nth))
        for name, value in facets:
            self._sums["facet"] += hash((name, value, number))
        if is_searched(item):
            self._sums["unit"] += hash((item.word(), item.id, place))

    def faults(self, database: Database) -> Iterator[Fault]:
        """A fault for each table with other rows."""
        for table, query in _ROWS.items():
            if sum(map(hash, map(tuple, database.stream(query)))) != self._sums[table]:
                message = f"objects are found by other rows of the table {table} than they ask for"
                yield Fault("shape", (table,), None, message, "tm copy makes a store without that")
