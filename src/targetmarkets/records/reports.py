"""The records of what commands find out: coverage, statistics, differences, merges, changes,
anchoring.
"""

from typing import Any, Final, Literal

from targetmarkets.model.base import Record
from targetmarkets.model.findings import Finding
from targetmarkets.records.pieces import PieceRecord

Standing = Literal["cited", "set aside", "left over"]


class SentenceRecord(Record):
    """A sentence of an archived text, or a line where it has no sentences."""

    start: int
    """Its first code point, from 0."""
    end: int
    """The code point after its last."""
    line: int
    """The line of the archived text, from 1, in which it begins."""
    text: str
    """Its words."""
    standing: Standing
    """Whether an accepted claim cites it, or it is set aside, or neither."""
    quotes: tuple[str, ...]
    """Ids of the quotations that overlap it."""
    claims: tuple[str, ...]
    """Ids of the accepted claims that rest on them."""
    quoted: tuple[tuple[int, int], ...]
    """Stretches of its words that stand inside those quotations, from 0."""
    reason: str | None
    """Why it is set aside."""


class SourceCoverage(Record):
    """How much of an archived source the knowledge base uses."""

    source: str
    """Id of the source."""
    sentences: int
    """Sentences of its text."""
    cited: int
    """Those that a claim cites."""
    set_aside: int
    """Those that are set aside with a reason."""
    left_over: int
    """Those that are neither."""
    words: int
    """Words of its text."""
    words_quoted: int
    """Words inside quotations that a claim cites."""
    items: tuple[SentenceRecord, ...]
    """Every sentence, in order."""


class CoverageReport(Record):
    """How much of its archived sources a knowledge base uses."""

    object: Literal["coverage"] = "coverage"
    """What this record is."""
    sources: tuple[SourceCoverage, ...]
    """Each source that was asked for."""


class Table(Record):
    """Counts by row and column; every row has a count for every column."""

    name: str
    """What is counted against what."""
    columns: tuple[str, ...]
    """Headings of the columns."""
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    """Each row: its heading, and its counts in the order of the columns."""


class StatisticsRecord(Record):
    """Counts over a knowledge base. Only accepted claims count."""

    object: Literal["statistics"] = "statistics"
    """What this record is."""
    totals: dict[str, int]
    """How many objects of each sort."""
    tables: tuple[Table, ...]
    """Customers by category and how it is known; activities by type and category; claims by
    certainty, evidence and layer; sources by layer of their claims."""


What = Literal["added", "removed", "changed", "retracted"]


class FieldChange(Record):
    """A field of which the two versions have different values."""

    field: str
    """Name of the field."""
    before: Any
    """Its value in the first version, as the file has it; null where it is left out."""
    after: Any
    """Its value in the second."""


class ObjectChange(Record):
    """An object that the two versions do not have alike."""

    change: What
    """What happened to it; a claim that is retracted in the second version alone is `retracted`."""
    kind: str
    """What it is: a source, a quote, a customer, a category, a group or a claim."""
    id: str
    """Its id."""
    label: str
    """Its name, statement or title; of what was removed, that of the first version."""
    gloss: str | None
    """Of a claim: whether it is denied, how sure it is and in what words, and who says so."""
    fields: tuple[FieldChange, ...]
    """What is different; of what only one version has, every field."""


class CategoryChange(Record):
    """A customer or group that the two versions sort differently, or not on the same ground."""

    id: str
    """Its id."""
    name: str
    """Its name."""
    before: str | None
    """Its category in the first version; null where there is none, or it has no such customer."""
    before_known: str | None
    """How that is known."""
    before_hedge: str | None
    """The words by which it is hedged, verbatim."""
    after: str | None
    """Its category in the second version."""
    after_known: str | None
    """How that is known."""
    after_hedge: str | None
    """The words by which it is hedged, verbatim."""


class DiffRecord(Record):
    """What is different between two versions of a knowledge base."""

    object: Literal["diff"] = "diff"
    """What this record is."""
    before: str
    """The first version."""
    after: str
    """The second version."""
    categories: tuple[CategoryChange, ...]
    """Customers and groups whose category, or whose ground for it, is different."""
    changes: tuple[ObjectChange, ...]
    """Objects that are different, by kind in the order of the file."""
    file: tuple[FieldChange, ...] = ()
    """What the files say of themselves differently: whose customers they cover."""


Why = Literal["changed by both", "added by both", "removed and changed", "removed and needed"]

WHYS: Final[dict[Why, str]] = {
    "changed by both": "both changed it, and not alike",
    "added by both": "both gave this id, to what is not alike",
    "removed and changed": "one removed it, the other changed it",
    "removed and needed": "one removed it, and something of the other refers to it",
}


class MergeConflict(Record):
    """What two versions cannot both have; ours stands, or what is left of it."""

    kind: str
    """What it is: a source, a quote, a claim; `file` for what the file says of itself."""
    id: str
    """Its id; of what the file says, the name of the field."""
    why: Why
    """What each side did."""
    label: str
    """Its name, statement or title."""
    base: Any
    """The version that both come from, as the file has it; null where it is not there."""
    ours: Any
    """Our version."""
    theirs: Any
    """Their version."""
    fields: tuple[FieldChange, ...]
    """What is different between ours (`before`) and theirs (`after`)."""


class MergeRecord(Record):
    """What merging two versions of a knowledge base came to."""

    object: Literal["merge"] = "merge"
    """What this record is."""
    ok: bool
    """Whether there is no conflict, and all that held of each holds of the result."""
    written: str | None
    """The file that has the result; null where it could not be loaded, or nothing was written."""
    changes: tuple[ObjectChange, ...]
    """What the result has otherwise than ours."""
    conflicts: tuple[MergeConflict, ...]
    """What cannot be merged."""
    findings: tuple[Finding, ...]
    """What does not hold of the result, and held of each."""


class LoggedChange(Record):
    """A past change."""

    number: int
    """Its number, by which it is undone."""
    version: str
    """The version that it made of the knowledge base: of a file, its SHA-256."""
    at: str
    """When, in UTC."""
    who: str
    """The name of the user, as the system had it."""
    why: str
    """The command that made it, or the reason that was given."""
    stands: bool
    """Whether it was not undone."""
    added: tuple[str, ...]
    """Ids of the objects that it added."""
    changed: tuple[str, ...]
    """Ids of those that it changed."""
    removed: tuple[str, ...]
    """Ids of those that it took away, or gave another id."""


class LogRecord(Record):
    """The last changes of a knowledge base."""

    object: Literal["log"] = "log"
    """What this record is."""
    changes: tuple[LoggedChange, ...]
    """The changes that are known, the newest first."""


Fate = Literal["kept", "moved", "normalised", "chosen", "ambiguous", "lost"]


FATES: Final[dict[Fate, str]] = {
    "kept": "stands where it stood",
    "moved": "stands elsewhere, character by character",
    "normalised": "stands there with other white space, hyphens, dashes or quotation marks",
    "chosen": "has the passage that was chosen for it",
    "ambiguous": "stands in several places, and nothing around it tells which",
    "lost": "does not stand there",
}


class Anchored(Record):
    """What became of a passage."""

    id: str
    """Id of the quotation; of a passage that is set aside, that of the source."""
    kind: Literal["quote", "set aside"]
    """A quotation, or a passage that is set aside."""
    fate: Fate
    """What became of it."""
    exact: str
    """The passage as the old text has it."""
    start: int | None
    """Its first code point in the new text; null where it has no certain place."""
    end: int | None
    """The code point after its last."""
    now: str | None
    """The passage as the new text has it."""
    nearest: tuple[PieceRecord, ...] = ()
    """The passage, as the draft, beside the likest of the new text, as the source; only where it is
    lost and something is like it."""


class AnchorRecord(Record):
    """What became of the passages of a source in another extraction of its text."""

    object: Literal["anchoring"] = "anchoring"
    """What this record is."""
    source: str
    """Id of the source."""
    applied: bool = False
    """Whether anything was changed by it: not by a dry run, and not where all is as it was."""
    certain: bool
    """Whether all quotations have a certain place, so that the new text can be taken."""
    passages: tuple[Anchored, ...]
    """Every quotation, then every passage that is set aside, in the order of the old text."""
