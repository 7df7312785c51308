"""What a table is made of."""

from typing import Literal, NamedTuple

Type = Literal["text", "integer", "number", "boolean", "object", "array"]
"""Of a column. Objects and arrays stand in it as JSON."""

Value = str | int | float | None
Row = tuple[Value, ...]


class Column(NamedTuple):
    """One column."""

    name: str
    type: Type
    of: str = ""
    """The field of a stored model that it holds, as `Claim.hedge`; its documentation is that of the
    column. Several, with commas, where a column has an `about`; empty for what is worked out."""
    about: str = ""
    """What it holds, where no field says that."""
    to: str = ""
    """The table to whose `id` it refers."""
    null: bool = False
    """Whether it may be empty."""


class Table(NamedTuple):
    """One table."""

    name: str
    about: str
    key: tuple[str, ...]
    """The columns by which each row is known."""
    columns: tuple[Column, ...]


def text(name: str, of: str = "", about: str = "", *, to: str = "", null: bool = False) -> Column:
    """A column of texts."""
    return Column(name, "text", of, about, to, null)


def ordered(owner: str, table: str) -> tuple[Column, Column]:
    """The first columns of what an object has several of, in their order."""
    return (
        text(owner, about=f"Id of the {owner}.", to=table),
        Column("position", "integer", about="Its place among them, from 0."),
    )
