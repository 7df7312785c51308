"""What the models of the file have in common: how they are built, ids, and lines of text."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from targetmarkets import limits

ID_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LINE_PATTERN: Final = r"^\S(.*\S)?$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=limits.ID.most)]
"""Lower-case ASCII words joined by hyphens; unique across the whole file."""

Line = Annotated[str, StringConstraints(pattern=LINE_PATTERN, max_length=limits.LINE.most)]
"""A single line of text, not empty, without white space at its ends."""

Whole = Annotated[int, Field(ge=0, le=limits.INTEGER.most)]
"""A whole number, from 0."""


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
