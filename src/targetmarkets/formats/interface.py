"""What a format is given: a list, dossiers, a report or citations, and the look of the output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from targetmarkets.model.findings import Verification
    from targetmarkets.model.objects import Source
    from targetmarkets.records.citation import Citation
    from targetmarkets.records.objects import ListedRecord
    from targetmarkets.records.reports import (
        AnchorRecord,
        CoverageReport,
        DiffRecord,
        StatisticsRecord,
    )

    Report = Verification | CoverageReport | StatisticsRecord | DiffRecord | AnchorRecord

STYLE: Final = "chicago-notes-bibliography"
"""The CSL style of citations unless told."""


class Citing(NamedTuple):
    """Citations before they are set."""

    citations: Sequence[Citation]
    sources: Mapping[str, Source]
    """Sources of the knowledge base by id."""
    style: str = STYLE
    """Name or file of a CSL style, for a format that has styles."""
    quote: bool = False
    """Whether the quotations are shown, in a format that can show them."""

    def works(self) -> list[Source]:
        """The works that are cited, each once, in the order in which they are named."""
        keys = dict.fromkeys(key for citation in self.citations for key in citation.keys)
        return [self.sources[key] for key in keys]

    def shown(self) -> list[Citation]:
        """The citations that differ in what is shown of them."""
        if self.quote:
            return list(dict.fromkeys(self.citations))
        return list(dict.fromkeys(c._replace(quote=None) for c in self.citations))


class Listing(NamedTuple):
    """A list before it is set."""

    kind: str
    """What is listed: `customers`, `categories`, `sources`, `hits`."""
    records: Sequence[ListedRecord]
    fields: Sequence[str] = ()
    """The fields that were asked for; empty for those that the format shows unless told."""
    sources: Mapping[str, Source] | None = None
    """Sources of the knowledge base by id, for a format that explains their keys."""


class Look(NamedTuple):
    """What the output goes to."""

    width: int | None = None
    """Columns of the terminal; None where lines are not to be wrapped."""
    colour: bool = False
