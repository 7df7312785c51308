"""The record of what a search found."""

from typing import Literal

from targetmarkets.model.base import Whole
from targetmarkets.model.types import FoundIn, HitKind
from targetmarkets.model.vocabulary import Certainty, Stance


class HitRecord(Whole):
    """Something that a search found, with the words that match in their context."""

    TOLD = ("kind", "id", "marked", "gloss")

    object: Literal["hit"] = "hit"
    """What this record is."""
    kind: HitKind
    """What was found: an object that has an id, or a passage of an archived text."""
    id: str
    """The id that `tm show` takes; of a passage, that of its source."""
    excerpt: str
    """The words in which it was found: a name with its other names, a statement, a quotation, a
    passage; of a long one the part around the matches. After a statement stand the name of its
    event and the notes in which there are matches, each note behind the word for what it is."""
    matches: tuple[tuple[int, int], ...]
    """Where in the excerpt the matches stand: first code point, from 0, and the one after the
    last."""
    marked: str
    """The excerpt with ⟦ and ⟧ around each match, and … where it leaves something out."""
    start: int | None = None
    """Of a passage or a quotation: the first code point of the excerpt in the archived text."""
    end: int | None = None
    """The code point after its last."""
    line: int | None = None
    """Of a passage: the line of the archived text, from 1, in which the excerpt begins."""
    certainty: Certainty | None = None
    """Of a claim: how sure the speaker is."""
    stance: Stance | None = None
    """Of a claim: whether the speaker asserts or denies it."""
    hedge: str | None = None
    """Of a claim: the hedging words, verbatim."""
    claims: tuple[str, ...] | None = None
    """Of a passage, a quotation or a source: ids of the accepted claims that rest on it."""
    sources: tuple[str, ...] = ()
    """Ids of the sources of what was found; none for names."""
    citation: str | None = None
    """Where what was found comes from; null for names."""
    gloss: str = ""
    """What to know of it, in a line: how it is known and who says so, or what cites it."""
    found_in: tuple[FoundIn, ...] | None = None
    """Of a claim: where the words stand that match; what stands only in a note or in the reasoning
    is not said by the source."""
