"""What models have in common: how they are built and shown in a line, ids, and lines of text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Final, NamedTuple, Protocol

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core.core_schema import CoreSchema, str_schema

from targetmarkets import limits

ID_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LINE_PATTERN: Final = r"^\S(.*\S)?$"


class Text(NamedTuple):
    """What a text must be like. Pydantic takes its own `StringConstraints` apart in every field
    anew; this it takes as it is, and most fields are texts.
    """

    pattern: str
    max_length: int | None = None

    def __get_pydantic_core_schema__(self, _: object, __: GetCoreSchemaHandler) -> CoreSchema:
        """What Pydantic asks for."""
        return str_schema(pattern=self.pattern, max_length=self.max_length)


Id = Annotated[str, Text(ID_PATTERN, max_length=limits.ID.most)]
"""Lower-case ASCII words joined by hyphens; unique across the whole file."""

Line = Annotated[str, Text(LINE_PATTERN, max_length=limits.LINE.most)]
"""A single line of text, not empty, without white space at its ends."""

Number = Annotated[int, Field(ge=0, le=limits.INTEGER.most)]
"""A whole number, from 0."""


MAX_VALUE_LENGTH: Final = 60
"""Characters of a value, where a model is shown in a line."""

MAX_LINE_LENGTH: Final = 240
"""Characters of that line."""


class Shown(BaseModel):
    """A model that a person sees in one line, and not as the whole of what it holds."""

    TOLD: ClassVar[tuple[str, ...]] = ()
    """Fields that the line tells, a dot leading into one; empty for all that hold something."""

    def __repr_args__(self) -> Iterator[tuple[str, Any]]:
        told = [(name.rpartition(".")[2], _at(self, name)) for name in self.TOLD]
        for name, value in told or self:
            if value is not None and value != ():
                yield name, value if name == "id" else _brief(value)

    def __repr__(self) -> str:
        line = super().__repr__()
        return line if len(line) <= MAX_LINE_LENGTH else f"{line[: MAX_LINE_LENGTH - 2]}…)"


class Model(Shown):
    """What all objects share: frozen, strict, no unknown fields."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        defer_build=True,
    )


class Home(Protocol):
    """The knowledge base that a record was asked of."""

    def html(self, record: Any) -> str:
        """The record as a page shows it."""


class Record(Shown):
    """What all records share: frozen, and open to fields that a later version adds."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class Whole(Record):
    """A record that stands by itself, such as those that lists are made of.

    It can be read by the names of its fields, as a mapping is: `record["name"]`. So pandas and its
    like have named columns. Iterating over it gives pairs all the same, as Pydantic has it.
    """

    # No field, so that it is neither compared nor printed nor copied.
    __slots__ = ("_home",)

    def keys(self) -> Sequence[str]:
        """The names of its fields."""
        return tuple(type(self).model_fields)

    def items(self) -> Sequence[tuple[str, Any]]:
        """The names of its fields, with their values."""
        return [(name, self[name]) for name in self.keys()]

    def __getitem__(self, name: str) -> Any:
        if name not in self:
            raise KeyError(name)
        return getattr(self, name)

    def __contains__(self, name: object) -> bool:
        return name in type(self).model_fields

    def __len__(self) -> int:
        return len(type(self).model_fields)

    def settle(self, home: Home) -> None:
        """Say where it belongs, so that it can show itself."""
        object.__setattr__(self, "_home", home)

    def _repr_html_(self) -> str | None:
        """What a notebook shows; None, for its one line, where nobody said where it belongs."""
        home: Home | None = getattr(self, "_home", None)
        return home.html(self) if home is not None else None


Mapping.register(Whole)  # pandas asks for one, and takes the columns from its keys


class _Unquoted(str):
    """A word that stands for a value, and not for a text."""

    __slots__ = ()
    __repr__ = str.__str__


def _at(model: object, name: str) -> Any:
    """The value of a field, or of one within it; None where the way ends."""
    for part in name.split("."):
        model = getattr(model, part, None)
    return model


def _brief(value: Any) -> Any:
    """A value in few characters: the beginning of a text, the length of a list."""
    match value:
        case str() if len(value) > MAX_VALUE_LENGTH:
            return value[: MAX_VALUE_LENGTH - 1] + "…"
        case tuple() | list() | dict():
            return _Unquoted(f"<{len(value)}>")
    return value
