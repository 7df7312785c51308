"""What takes a passage back: words of doubt and of negation, in it or left out of it.

They are looked for in the archive's words: in the whole sentences in which the passage stands, and
not only in what was quoted of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.errors import shorten
from targetmarkets.model.vocabulary import HEDGES
from targetmarkets.text.sentences import around

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.model.objects import Claim, Quote
    from targetmarkets.text.breaks import AsRead

Problem = tuple[str, tuple[str | int, ...], str, str]
"""Name of the check, the field, what is wrong, and what to do."""

_DOUBT: Final = re.compile(
    r"(?<!\w)(?:(?:un)?likely|seem(?:s|ed|ing|ingly)?|appear(?:s|ed|ing)?|probabl[ey]|could|(?-i:may|MAY)|might"
    r"|(?<!\bas )possible|possib(?:ly|ility)|perhaps|reported(?:ly)?|alleg(?:ed(?:ly)?|es|ations?)"
    r"|claims?|claimed|accus(?:ed|es|ations?)|suspect(?:ed|s)?|purported(?:ly)?|supposed(?:ly)?"
    r"|apparent(?:ly)?|rumou?r(?:s|ed)?|unconfirmed|unproven|unverified|uncertain|unclear)(?!\w)",
    re.IGNORECASE,
)
"""Words that take something back from what a passage says. How long `as long as possible` is, is no
doubt; nor is a month.
"""

_NEGATION: Final = re.compile(
    r"(?<!\w)(?:not|cannot|never|no|none|neither|nor|nobody|nothing|without|hardly|scarcely|barely"
    r"|\w+n['’]t|den(?:y|ies|ied|ials?|ying)|fail(?:s|ed|ure)?|refus(?:e|es|ed|al)|unable|inability"
    r"|incapable|unwilling|impossible|untrue|unfounded|false(?:ly)?)(?!\w)",
    re.IGNORECASE,
)
"""Words that make a sentence say that something is not so."""


def doubts_in(text: str) -> list[str]:
    """The words of doubt in a text."""
    return [match[0] for match in _DOUBT.finditer(text)]


def negations_in(text: str) -> list[str]:
    """The words of negation in a text."""
    return [match[0] for match in _NEGATION.finditer(text)]


class Word(NamedTuple):
    """A word that a quotation leaves out, and where it stands in the archived text."""

    text: str
    start: int
    end: int


class Cited(NamedTuple):
    """A quotation as its archive has it."""

    source: str
    """Id of the source."""
    start: int
    """Where it begins in the archived text, as it is read."""
    end: int
    """The code point after its last."""
    sentences: str
    """The sentences in which it stands, as far as the archive can be read."""
    first: int
    """Where these begin."""

    def doubts(self) -> list[str]:
        """The words of doubt in the quotation."""
        return [match[0] for match in _DOUBT.finditer(self.sentences, *self._within())]

    def negations(self) -> list[str]:
        """The words of negation in the quotation."""
        return [match[0] for match in _NEGATION.finditer(self.sentences, *self._within())]

    def _within(self) -> tuple[int, int]:
        return self.start - self.first, self.end - self.first

    def left_out(self) -> list[Word]:
        """The words of doubt and negation in its sentences that are not wholly in the quotation."""
        found = [
            Word(match[0], match.start() + self.first, match.end() + self.first)
            for pattern in (_DOUBT, _NEGATION)
            for match in pattern.finditer(self.sentences)
        ]
        return sorted((word for word in found if not self.has(word)), key=lambda word: word.start)

    def has(self, word: Word) -> bool:
        """Whether the quotation holds a word of the same source."""
        return self.start <= word.start and word.end <= self.end


def cited(quote: Quote, archived: AsRead | None) -> Cited:
    """A quotation in the sentences of its archived text, without what is passed over in them; alone
    where that cannot be read, or does not have it.
    """
    start, end = quote.start, quote.start + len(quote.exact)
    if archived is None or archived.text[start:end] != quote.exact:
        return Cited(quote.source, start, end, quote.exact, start)
    for begin, stop in archived.breaks():
        if begin <= start and end <= stop:  # it is a note, or a running head
            text = archived.text[begin:stop]
            first, last = around(text, start - begin, end - begin)
            return Cited(quote.source, start, end, text[first:last], first + begin)
    ends = archived.inner(start), archived.inner(end)
    first, last = around(archived.read, *ends)
    return Cited(quote.source, *ends, archived.read[first:last], first)


def hedge_faults(claim: Claim, quotes: Sequence[Cited]) -> Iterator[Problem]:
    """Whether the hedge of a claim stands where it is quoted from, and goes with its certainty."""
    remedy = "take hedge and certainty from the quotation together"
    field = ("hedge",) if claim.hedge else ("certainty",)
    if claim.hedge is None:
        if quotes and claim.certainty in HEDGES:
            message = f"is {claim.certainty}, and has no hedge from its quotation"
            yield "hedge", field, message, remedy
        return
    known = HEDGES.get(claim.certainty, ())
    words = _whole_words(claim.hedge)
    if not any(words.search(quote.sentences) for quote in quotes):
        message = f"the hedge {shorten(claim.hedge)} stands in no sentence that the claim quotes"
        remedy = "take the words from there; a reference has none to take"
        yield "hedge", field, message, remedy
    elif claim.certainty == "stated":
        yield "hedge", field, f"is stated, and has the hedge {shorten(claim.hedge)}", remedy
    elif known and not any(word in claim.hedge.casefold() for word in known):
        message = f"the hedge {shorten(claim.hedge)} does not make it {claim.certainty}"
        yield "hedge", field, message, remedy


def doubt_faults(claim: Claim, quotes: Sequence[Cited]) -> Iterator[Problem]:
    """A word that takes something back from what a claim quotes, and that it does not record."""
    if claim.hedge_note or claim.status != "accepted":
        return
    bare = claim.certainty == "stated" and claim.stance == "asserted" and not claim.hedge
    if found := [word for quote in quotes for word in quote.doubts()] if bare else []:
        message = f"is stated, and its quotation has the word {shorten(found[0])}"
    elif found := _unsaid(claim, quotes):
        message = f"its quotation has the word {shorten(found[0])}, and it says nothing of the kind"
        remedy = (
            "say so in its statement, with 'negative', or in 'hedge_note' why that has no bearing"
        )
        yield "doubt", ("negative",), message, remedy
        return
    elif found := _unrecorded(claim, quotes):
        message = f"its quotation leaves out {shorten(found[0])}, which stands in the same sentence"
    else:
        return
    remedy = "record it as the hedge, or say in 'hedge_note' why it does not bear on the claim"
    yield "doubt", ("hedge",), message, remedy


def _unsaid(claim: Claim, quotes: Sequence[Cited]) -> list[str]:
    """Words of negation in the quotations of a claim that has none in any form."""
    if claim.negative or claim.stance == "denied" or negations_in(claim.statement):
        return []
    return [word for quote in quotes for word in quote.negations()]


def _unrecorded(claim: Claim, quotes: Sequence[Cited]) -> list[str]:
    """Words that the quotations of a claim leave out, and that it does not have in other ways: as
    its hedge, in another of its quotations, or, where they negate, by being negative itself.
    """
    negative = claim.negative or claim.stance == "denied"
    return [
        word.text
        for quote in quotes
        for word in quote.left_out()
        if not (claim.hedge and _whole_words(word.text).search(claim.hedge))
        and not any(other.has(word) for other in quotes if other.source == quote.source)
        and not (negative and _NEGATION.fullmatch(word.text))
    ]


def _whole_words(words: str) -> re.Pattern[str]:
    """A pattern for some words, whole; a line may end between them."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)")
