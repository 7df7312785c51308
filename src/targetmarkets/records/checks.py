"""The records of what checking a draft finds out."""

from typing import Final, Literal

from targetmarkets.model.base import Record
from targetmarkets.records.pieces import PieceRecord

Verdict = Literal[
    "exact", "same words", "altered", "misattributed", "ambiguous", "absent", "not archived",
    "short",
]  # fmt: skip

VERDICTS: Final[dict[Verdict, str]] = {
    "exact": "stands in the source, character by character",
    "same words": "has the source's words; what differs is allowed by the rules of quoting, and "
    "named",
    "altered": "stands nowhere, and the source has a passage like it, with other words",
    "misattributed": "stands in another source, or is another's words, than the draft says",
    "ambiguous": "stands in several places, and nothing tells which is meant",
    "absent": "stands in no archived text, and nothing like it",
    "not archived": "is cited from a source whose text is not archived here",
    "short": "has one word or two, and is no proof of anything: counted apart",
}
"""What a quotation can turn out to be."""

PROVED: Final[frozenset[Verdict]] = frozenset({"exact", "same words"})
"""The verdicts on quotations that are as the source has them."""

Standing = Literal["stands", "retracted", "disputed"]

STANDINGS: Final[dict[Standing, str]] = {
    "stands": "is accepted, and nothing here denies it",
    "retracted": "was retracted, with a reason",
    "disputed": "is denied, or another claim conflicts with it",
}
"""What became of a claim that a draft cites."""


class DraftPlace(Record):
    """Where in a draft something stands."""

    file: str
    """The draft, as it was named."""
    line: int | None
    """Line, from 1; null in documents that have none."""
    column: int | None
    """Column, from 1, in characters."""
    end_line: int | None
    """Line of its last character."""
    end_column: int | None
    """The column behind its last character."""
    paragraph: int
    """Which paragraph of the draft it is in, from 1."""
    before: str
    """What stands before it in its paragraph."""
    after: str
    """What stands behind it."""


class EditRecord(Record):
    """A difference that the rules of quoting allow."""

    kind: str
    """What was done: typography, spacing, case, final stop, inner marks, sic, note mark, bracket,
    ellipsis."""
    draft: str
    """What the draft has."""
    source: str
    """What the source has in its place; of an ellipsis, the words that were left out."""


class LossRecord(Record):
    """Words that weigh, of which the source and the draft have others."""

    what: Literal["hedge", "negation", "number"]
    """What they are."""
    source: tuple[str, ...]
    """Those that only the source has: what was lost."""
    draft: tuple[str, ...]
    """Those that only the draft has: what was added."""


class PassageRecord(Record):
    """A passage of an archived text."""

    source: str
    """Id of the source."""
    start: int
    """Its first code point, from 0."""
    end: int
    """The code point after its last."""
    line: int
    """Line of the archived text, from 1."""
    page: str | None
    """Page on which it begins; null where the text has none."""
    exact: str
    """Its words, character by character."""
    speakers: tuple[str, ...]
    """Who speaks there, as the claims that quote it have it; outermost first."""


class WarningRecord(Record):
    """Something to look at beside a true quotation."""

    kind: Literal["locator", "hedge", "through", "paraphrase", "source"]
    """A wrong page or line; a word of doubt that is left out of the same sentence; a work that is
    quoted by way of another; words that are another's paraphrase; a source beside it that could not
    be looked into."""
    message: str
    """What it is."""


class QuotationRecord(Record):
    """A quotation of a draft, and whether it is real."""

    place: DraftPlace
    """Where it stands in the draft."""
    text: str
    """What is quoted, as the draft has it."""
    block: bool
    """Whether it is a block quotation."""
    cited: tuple[str, ...]
    """The keys beside it, each with its locator."""
    named: str | None
    """Who says it, as the draft has it beside it."""
    verdict: Verdict
    """What it turned out to be."""
    kind: str | None
    """Of an altered one: words changed, omission, addition, splice, punctuation, or part of a
    word."""
    ok: bool
    """Whether it is as the source has it, or too short to tell."""
    passages: tuple[PassageRecord, ...]
    """Where it stands; of an altered one, what it is nearest to; of a splice, each of its parts."""
    edits: tuple[EditRecord, ...]
    """What differs and may."""
    lost: tuple[LossRecord, ...]
    """What weighs and was lost or added."""
    pieces: tuple[PieceRecord, ...]
    """Of an altered one: its words beside the source's."""
    warnings: tuple[WarningRecord, ...]
    """What else to look at."""
    claims: tuple[str, ...]
    """Ids of the claims that quote this passage."""
    message: str
    """The verdict in a sentence."""
    remedy: str
    """What to do next."""


class CitedClaim(Record):
    """A claim that a draft cites, and what became of it."""

    id: str
    """Its id."""
    standing: Standing
    """Whether it stands."""
    statement: str
    """What it says, in the curators' words."""
    because: str | None
    """Why it was retracted, or the claims that deny it or conflict with it."""


class CitationRecord(Record):
    """A citation of a draft: a key with its locator, or the id of a claim."""

    place: DraftPlace
    """Where it stands in the draft."""
    text: str
    """The key with its locator, or the id."""
    key: str
    """The key or id alone."""
    known: bool
    """Whether the knowledge base has it."""
    nearest: tuple[str, ...]
    """What may have been meant, where it has not."""
    claims: tuple[CitedClaim, ...]
    """The claims that rest on that place, or that are named."""
    ok: bool
    """Whether it is known, and nothing that it cites was retracted."""
    message: str
    """What is to be said of it."""
    remedy: str
    """What to do next."""


class UnreadRecord(Record):
    """What of a draft was not read."""

    file: str
    """The draft."""
    line: int | None
    """Line, where it has lines."""
    what: str
    """What it is."""


class CheckReport(Record):
    """What `tm check` found out about drafts."""

    object: Literal["check"] = "check"
    """What this record is."""
    ok: bool
    """Whether all that was checked is as it should be, and something was."""
    files: tuple[str, ...]
    """The drafts."""
    sources: int
    """Archived texts that were looked through."""
    verdicts: dict[str, int]
    """How many quotations have each verdict."""
    quotations: tuple[QuotationRecord, ...]
    """Every quotation, in order."""
    citations: tuple[CitationRecord, ...]
    """Every citation, in order."""
    unread: tuple[UnreadRecord, ...]
    """What was not read."""
    problems: tuple[str, ...]
    """Archived texts that could not be looked through, and why."""

    @property
    def checked(self) -> int:
        """How many things were checked: quotations that are long enough, and citations."""
        long = sum(quotation.verdict != "short" for quotation in self.quotations)
        return long + len(self.citations)
