"""The mark of a store that is being filled: it stands where the version of the tables will.

So no program takes such a store for a whole one, and it goes with the last transaction.
"""

from pydantic import BaseModel, ConfigDict, ValidationError


class Unfinished(BaseModel):
    """What is copied into a store, and how far that got."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    source: str
    """The name of what is copied, for people."""
    fingerprint: str
    """Tells its content, and the program that copies it, from any other."""
    done: int
    """How many of its objects are there, in their order."""
    of: int
    """How many it has."""

    def said(self) -> str:
        """The mark as the store says it."""
        return self.model_dump_json()


def unfinished(said: str) -> Unfinished | None:
    """What a store says of its version as a mark; None where it is none."""
    try:
        return Unfinished.model_validate_json(said)
    except ValidationError:
        return None
