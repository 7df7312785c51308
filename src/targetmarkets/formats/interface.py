"""What a format is given, and what it is: a type of function for each kind of thing that it sets.

The module of a format says `SETTERS = Setters(lists=listing, reports=report)`, and the type checker
holds each of its functions to its type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.formats.document import SCREEN_WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.model.csl import Bibliography
    from targetmarkets.model.findings import Verification
    from targetmarkets.model.objects import Source
    from targetmarkets.records.checks import CheckReport
    from targetmarkets.records.citation import Citation
    from targetmarkets.records.claims import Subject
    from targetmarkets.records.objects import AnyRecord, ListedRecord
    from targetmarkets.records.reports import (
        AnchorRecord,
        CoverageReport,
        DiffRecord,
        LogRecord,
        MergeRecord,
        StatisticsRecord,
    )

    Report = (
        Verification
        | CoverageReport
        | StatisticsRecord
        | DiffRecord
        | MergeRecord
        | LogRecord
        | AnchorRecord
        | CheckReport
    )

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


class Picture(NamedTuple):
    """What the picture of a list shows beside its records."""

    rows: Sequence[Subject] = ()
    """The customers that have a row, with records or without."""
    named: Sequence[str] = ()
    """The names that were typed."""
    full: bool = False
    """Whether everything is shown, on however many lines."""


class Part(NamedTuple):
    """Records of a list that a format for people sets apart."""

    heading: str
    records: Sequence[ListedRecord]


class Listing(NamedTuple):
    """A list before it is set."""

    kind: str
    """What is listed: `customers`, `categories`, `sources`, `hits`, `timeline`."""
    records: Sequence[ListedRecord]
    """What is listed; for a table of customers, no more of each than it shows."""
    fields: Sequence[str] = ()
    """The fields that were asked for; empty for those that the format shows unless told."""
    sources: Mapping[str, Source] | None = None
    """Sources of the knowledge base by id, for a format that explains their keys."""
    picture: Picture | None = None
    """What a list that can be drawn is drawn with."""
    parts: Sequence[Part] = ()
    """The same records in parts, for a format that sets them apart; empty where there are none."""

    def apart(self) -> Sequence[Part]:
        """Its parts; all of it, without a heading, where it has none."""
        return self.parts or [Part("", self.records)]


class Streamed(NamedTuple):
    """A list of which each record is composed when it is its turn to be set."""

    kind: str
    records: Iterable[ListedRecord]
    fields: Sequence[str] = ()


class Look(NamedTuple):
    """What the output goes to."""

    width: int | None = None
    """Columns of the terminal; None where there is none."""
    colour: bool = False
    links: bool = False
    """Whether the terminal has links (OSC 8)."""
    sheet: int = SCREEN_WIDTH
    """Columns that a screenful takes in a pipe or a file."""


class Dossiers(NamedTuple):
    """Dossiers before they are set."""

    records: Sequence[AnyRecord]
    archives: Archives
    """Where their quotations are looked up as they are set."""
    full: bool = False
    """Whether all that is said is shown, rather than an overview."""
    fields: Sequence[str] = ()
    """The fields that were asked for, for a format that has fields."""


if TYPE_CHECKING:
    ListSetter = Callable[[Listing, Look], str]
    """Sets a list, as the text of the whole output."""

    Streamer = Callable[[Streamed, Look], Iterator[str]]
    """Sets a list for a program, piece by piece: together the text that the list is set as."""

    DossierSetter = Callable[[Dossiers, Look], str]
    """Sets dossiers, one after the other."""

    ReportSetter = Callable[[Report, Look], str]
    """Sets what a command such as `verify` or `diff` found out."""

    CheckSetter = Callable[[CheckReport, Look], str]
    """Sets what `check` found in drafts, in a format that has nothing else."""

    CitationSetter = Callable[[Citing, Look], str]
    """Sets citations.

    Raises `MissingExtraError` where packages are not installed, and `UsageError` for a style that
    is not known or cannot be used.
    """

    Losses = Callable[[Bibliography], list[str]]
    """Names the fields of a work that other programs do not find in what a format makes of it."""


class Setters(NamedTuple):
    """What a format can set: for each kind, the function of its module that does it."""

    lists: ListSetter | None = None
    dossiers: DossierSetter | None = None
    reports: ReportSetter | None = None
    checks: CheckSetter | None = None
    citations: CitationSetter | None = None
    streams: Streamer | None = None
    lost: Losses | None = None
    """For a format of citations that cannot hold all that a work has."""
