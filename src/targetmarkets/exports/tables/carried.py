"""What tables carry, and where."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from targetmarkets.exports.tables.table import Table


def carried(tables: Iterable[Table]) -> Mapping[str, str]:
    """The fields of the stored models that stand in tables, each with its columns."""
    places: dict[str, list[str]] = defaultdict(list)
    for table in tables:
        for column in table.columns:
            for field in filter(None, column.of.split(", ")):
                places[field].append(f"{table.name}.{column.name}")
    return {field: ", ".join(columns) for field, columns in places.items()}
