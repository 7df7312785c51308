"""The record of how a quotation differs from its source, stretch by stretch."""

from typing import Literal

from targetmarkets.model.base import Record


class PieceRecord(Record):
    """A stretch of a quotation beside that of the source."""

    kind: Literal["same", "changed", "left out", "added", "signs"]
    """How they differ; `signs`: in punctuation or the case of letters alone."""
    source: str
    """The source's words."""
    draft: str
    """The draft's words."""
