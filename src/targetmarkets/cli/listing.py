"""Choose the records of a list, no more of each than is shown, and print them as they are composed
where a program reads them.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.kb.filters import Filters
from targetmarkets.model.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from targetmarkets.cli.output import Destination
    from targetmarkets.formats.interface import Part
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.query.choose import ByTime
    from targetmarkets.records.briefs import Cite
    from targetmarkets.records.objects import ListedRecord

_STREAMED: Final = frozenset({"json", "jsonl", "csv", "tsv"})
"""Formats for programs, which are set piece by piece; a test holds them to the registry."""


class Asked(NamedTuple):
    """What is listed, and how."""

    kind: Kind
    filters: Filters
    fields: "Sequence[str]"
    format: str
    sort: str | None
    reverse: bool
    limit: int | None

    def streams(self, to: "Destination") -> bool:
        """Whether each record is printed when it is its turn."""
        in_order = self.sort is None and not self.reverse and not self.filters.of_time
        return in_order and is_streamed(self.format, to)

    @property
    def columns(self) -> "Sequence[str]":
        """The fields that are shown."""
        from targetmarkets.records.fields import COLUMNS, HEADINGS

        if self.fields:
            return self.fields
        if self.format == "table":
            return [name for names in HEADINGS[self.kind].values() for name in names]
        return COLUMNS[self.kind]

    @property
    def cites(self) -> bool:
        """Whether the citation of what sorts a customer is shown."""
        return "category_basis.citation" in self.columns

    @property
    def is_brief(self) -> bool:
        """Whether what is shown of a customer can be had without its whole record."""
        is_whole = self.format not in {"table", "csv", "tsv"} and not self.fields
        if self.kind != "customers" or is_whole:
            return False
        from targetmarkets.records.briefs import FIELDS

        order = self.sort.split(",") if self.sort else []
        return FIELDS.issuperset((*self.columns, *map(str.strip, order)))


def records_of(knowledge: "Knowledge", asked: Asked) -> "Sequence[ListedRecord]":
    """What is listed."""
    _, filters, _, _, sort, reverse, limit = asked
    if not asked.is_brief:
        from targetmarkets.query.select import select  # brings all records

        return select(knowledge, asked.kind, filters, sort=sort, reverse=reverse, limit=limit)
    from targetmarkets.query.choose import briefs

    cite = _citing(knowledge) if asked.cites else None
    if not sort:
        return briefs(knowledge, filters, reverse=reverse, limit=limit, cite=cite)
    from targetmarkets.query.select import in_order

    return in_order(briefs(knowledge, filters, cite=cite), sort, reverse=reverse)[:limit]


def _streamed(knowledge: "Knowledge", asked: Asked) -> "Iterator[ListedRecord]":
    """The same, one after the other."""
    if not asked.is_brief:
        from targetmarkets.query.select import streamed

        return streamed(knowledge, asked.kind, asked.filters, asked.limit)
    from targetmarkets.query.choose import briefly

    cite = _citing(knowledge) if asked.cites else None
    return briefly(knowledge, asked.filters, asked.limit, cite)


def _citing(knowledge: "Knowledge") -> "Cite":
    from targetmarkets.records.shared import Shared  # a table for people does without

    shared = Shared(knowledge)
    return lambda claim: shared.claim(claim).citation


class Printed(NamedTuple):
    """What was printed of a list."""

    number: int
    """How many records."""
    is_cut: bool = False
    """Whether there are more, as far as that is told."""
    time: "ByTime | None" = None
    """How they lie to a time that is asked for."""


def show(knowledge: "Knowledge", asked: Asked, to: "Destination") -> Printed:
    """Print a list."""
    from targetmarkets.formats.interface import Listing
    from targetmarkets.formats.registry import set_listing
    from targetmarkets.query.choose import by_time

    one_more = asked.limit if asked.limit is None else asked.limit + 1
    found = records_of(knowledge, asked._replace(limit=one_more))
    records = found[: asked.limit]
    time = by_time(knowledge, asked.kind, asked.filters)
    parts: Sequence[Part] = ()
    if time:
        from targetmarkets.cli.times import in_parts

        parts = in_parts(records, time)
    listing = Listing(asked.kind, records, asked.fields, knowledge.sources, parts=parts)
    to.emit(set_listing(listing, asked.format, to.look))
    return Printed(len(records), len(records) < len(found), time)


def stream(knowledge: "Knowledge", asked: Asked, to: "Destination") -> Printed:
    """The same, record by record."""
    records = _streamed(knowledge, asked)
    return Printed(emit_each(asked.kind, records, asked.fields, asked.format, to))


def emit_each(
    kind: str,
    records: "Iterable[ListedRecord]",
    fields: "Sequence[str]",
    format_: str,
    to: "Destination",
) -> int:
    """Print records one by one in a format that `is_streamed`, and return how many there are."""
    from targetmarkets.formats.interface import Streamed
    from targetmarkets.formats.registry import streamer

    number = 0

    def counted() -> "Iterator[ListedRecord]":
        nonlocal number
        for record in records:
            number += 1
            yield record

    setter = streamer(format_)
    assert setter is not None, "the registry says that the format streams"
    to.emit_pieces(setter(Streamed(kind, counted(), fields), to.look))
    return number


def is_streamed(format_: str, to: "Destination") -> bool:
    """Whether what is printed in a format is printed record by record, for a program."""
    return not to.is_terminal and format_ in _STREAMED
