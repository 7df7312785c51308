"""Citations, each format in a module of its own; `csl` knows the styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from targetmarkets.models import Source


def csl_record(source: Source) -> dict[str, Any]:
    """A work as CSL-JSON has it: the bibliographic record as it is stored, and its key."""
    stored = source.bibliography.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"id": source.id, **stored}
