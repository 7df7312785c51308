"""What the models of the file have in common: how they are built, ids, and lines of text."""

from typing import Annotated, Final, NamedTuple

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core.core_schema import CoreSchema, str_schema

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


Id = Annotated[str, Text(ID_PATTERN, max_length=100)]
"""Lower-case ASCII words joined by hyphens; unique across the whole file."""

Line = Annotated[str, Text(LINE_PATTERN, max_length=4_000)]
"""A single line of text, not empty, without white space at its ends."""


class Model(BaseModel):
    """What all objects share: frozen, strict, no unknown fields."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        defer_build=True,
    )


class Record(BaseModel):
    """What all records share: frozen, and open to fields that a later version adds."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)
