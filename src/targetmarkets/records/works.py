"""The bibliographic record of a work, as it is printed."""

from targetmarkets.model.base import Line
from targetmarkets.model.csl import Bibliography
from targetmarkets.model.objects import Source


class Work(Bibliography):
    """The bibliographic record of a source in CSL-JSON, as it is printed: never without a title."""

    title: Line
    """Title of the work; where none is known, what it is, in square brackets."""

    @classmethod
    def of(cls, source: Source) -> "Work":
        """That of a source."""
        return Work.model_construct(
            **{**dict(source.bibliography), "title": source.bibliography.title or source.title}
        )
