"""What the rules of quoting allow to be changed in the words of another, and nothing else.

A passage is taken apart into words, signs, brackets and ellipses; each word must then stand in the
source in its turn. Along the way may differ, and every difference is named:

- the case of its first letter, and that of a letter in brackets: `[T]he`;
- the end of a word in brackets: `suppl[ied]`;
- a full stop or comma at its end, or beside an ellipsis;
- the form of marks of quotation within it;
- `[sic]`, which the draft adds; a note's mark, which it leaves out;
- words in brackets, for up to five of the source's, or added; if the source has the bracket itself,
  it is the source's own;
- an ellipsis, for up to eighty words, in order.

Where a bracket or an ellipsis takes away a word of doubt, a negation or a number of the sentence,
or adds one, the words are not the same: `weighs` says which.

>>> found = match("The firm sold [the army] guns.", "The firm sold it ten guns.")
>>> [(loss.what, loss.source) for loss in found.weighs]
[('number', ('ten',))]
>>> passage = "[T]he firm … sold [the army] guns."
>>> found = match(passage, "In 2012, the firm of Rey sold it guns, too.")
>>> [(edit.kind, edit.draft, edit.source) for edit in found.edits]
... # doctest: +NORMALIZE_WHITESPACE
[('bracket', '[T]he', 'the'), ('ellipsis', '…', 'of Rey'), ('bracket', '[the army]', 'it'),
 ('final stop', '.', ',')]
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from targetmarkets.checking.weight import losses
from targetmarkets.text.folding import fold
from targetmarkets.text.notes import NOTE, notes_in
from targetmarkets.text.sentences import sentences
from targetmarkets.text.tokens import SIGNS, TOKEN, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.checking.weight import Loss
    from targetmarkets.text.folding import Folded

MAX_LEFT_OUT: Final = 80
"""Words and signs for which an ellipsis may stand."""

REACH: Final = 600
"""Characters beyond a place in which what comes before an ellipsis, or behind it, is looked for."""

MAX_REPLACED: Final = 5
"""Words and signs for which a bracket may stand."""

MAX_MARKS: Final = 12
"""Ellipses and brackets of a passage; one with more is no quotation, and takes long to compare."""

MIN_KEPT: Final = 3
"""Words that must be the source's own, where some are not: outside brackets and ellipses."""

MIN_AROUND: Final = 2
"""Words that must stand on each side of an ellipsis."""

EditKind = Literal[
    "typography", "spacing", "case", "final stop", "inner marks", "sic", "note mark", "bracket",
    "ellipsis",
]  # fmt: skip


class Edit(NamedTuple):
    """A difference that the rules of quoting allow."""

    kind: EditKind
    draft: str
    """What the draft has."""
    source: str
    """What the source has in its place."""


class Matched(NamedTuple):
    """A passage that has the source's words but for what may be changed."""

    start: int
    """Where it begins in the text."""
    end: int
    edits: tuple[Edit, ...]
    left_out: tuple[tuple[int, int], ...]
    """The stretches for which an ellipsis stands."""
    weighs: tuple[Loss, ...] = ()
    """What its brackets and ellipses take away or add that the sentence rests on."""


_PART: Final = re.compile(
    r"(?P<ellipsis>\[\s*\.\s?\.\s?\.\s*\]|\.\s?\.\s?\.)"
    r"|(?P<sic>[\[(]\s*sic\s*[.!]?\s*[\])])"
    r"|(?P<first>\[(?P<letter>[^\W\d_])\](?P<rest>[^\W_]+(?:'[^\W_]+)*))"
    r"|(?P<stem>[^\W\d_]{2,})\[(?P<ending>[^\W\d_]{0,4})\](?![^\W_])"
    r"|(?P<bracket>\[[^\[\]]*\])"
    rf"|(?P<token>{TOKEN.pattern})"
)


_ELLIPSIS: Final = re.compile(r"…|\.\s?\.\s?\.")


class _Part(NamedTuple):
    """A part of a passage."""

    kind: str
    text: str
    inner: str = ""
    """What stands in a bracket; the word, of one with a letter in brackets; the stem of one with an
    ending in brackets."""


class _Row(NamedTuple):
    """The words and signs of a text, and how it is written."""

    tokens: Sequence[Token]
    folded: Folded
    text: str

    def at(self, place: int) -> str:
        """A word or sign; empty behind the last."""
        return self.tokens[place].text if place < len(self.tokens) else ""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch from one word or sign to another stands in the text."""
        return self.folded.span(self.tokens[start].start, self.tokens[end - 1].end)

    def written(self, start: int, end: int) -> str:
        """That stretch."""
        return self.text[slice(*self.span(start, end))] if start < end else ""


class _Way(NamedTuple):
    """How a passage was followed through a text so far."""

    cost: int
    begin: int
    edits: tuple[Edit, ...]
    left_out: tuple[tuple[int, int], ...]
    """Tokens for which an ellipsis stands, from one to another."""
    touched: tuple[tuple[str, str], ...] = ()
    """What brackets have, each with what the text has in its place."""


def has_marks(passage: str) -> bool:
    """Whether a passage says by brackets or an ellipsis that it was changed."""
    return "[" in passage or "(sic" in passage or has_ellipsis(passage)


def has_ellipsis(passage: str) -> bool:
    """Whether a passage leaves words out by an ellipsis."""
    return _ELLIPSIS.search(passage) is not None


def match(passage: str, text: str) -> Matched | None:
    """The stretch of a text that is the passage but for what may be changed, the closest if there
    are several; None where there is none.
    """
    parts, cut = _parts(fold(passage, joined=True).text.strip())
    if not parts:
        return None
    known = {part.text for part in parts}
    notes = NOTE.search(text) is not None
    folded = fold(text, notes=not notes)
    row = _Row(tokens(folded, known), folded, text)
    ways = _begin(parts[0], row)
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        beside = not last and parts[number + 1].kind == "ellipsis"
        after = number > 0 and parts[number - 1].kind == "ellipsis"
        ways = _step(part, row, ways, first=number == 0, ending=last or beside, after=after)
        if not ways:
            return None
    at = min(ways, key=lambda end: (ways[end].cost, end - ways[end].begin))
    way = ways[at]
    if at <= way.begin:
        return None
    start, end = row.span(way.begin, at)
    edits = (*(Edit("ellipsis", "…", ""),) * cut, *way.edits)
    if passed := notes_in(text[start:end]):
        edits = (*edits, Edit("note mark", "", " ".join(passed)))
    left = tuple(row.span(low, high) for low, high in way.left_out)
    weighs = (*_of_brackets(way), *_of_ellipses(text, left))
    return Matched(start, end, edits, left, weighs)


def _parts(text: str) -> tuple[list[_Part], int]:
    """The parts of a passage, and how many ellipses stand at its ends, where they leave out
    nothing; no parts where it has too many marks, or too few words of its own.
    """
    found = [_part(each) for each in _PART.finditer(text)]
    cut = 0
    for end in 0, -1:
        while found and found[end].kind == "ellipsis":
            found.pop(end)
            cut += 1
    marks = sum(part.kind in {"ellipsis", "bracket"} for part in found)
    kept = sum(part.kind in {"word", "first", "stem"} for part in found)
    sound = marks <= MAX_MARKS and kept >= (MIN_KEPT if marks else 1) and _anchored(found)
    return (found, cut) if sound else ([], 0)


def _anchored(parts: Sequence[_Part]) -> bool:
    """Whether enough words stand on each side of each ellipsis: of one alone it is no proof that it
    stands somewhere further on.
    """
    places = [-1, *(at for at, part in enumerate(parts) if part.kind == "ellipsis"), len(parts)]
    return all(
        sum(part.kind in {"word", "first", "stem"} for part in parts[one + 1 : other])
        >= (MIN_AROUND if len(places) > 2 else 1)
        for one, other in pairwise(places)
    )


def _part(found: re.Match[str]) -> _Part:
    match found.lastgroup:
        case "ellipsis":
            return _Part("ellipsis", found[0])
        case "sic":
            return _Part("sic", found[0])
    if found["first"]:
        return _Part("first", found[0], found["letter"] + found["rest"])
    if found["stem"]:
        return _Part("stem", found[0], found["stem"])
    if found["bracket"]:
        return _Part("bracket", found[0], found[0][1:-1].strip())
    return _Part("word" if found[0][0].isalnum() else "sign", found[0])


def _begin(part: _Part, row: _Row) -> dict[int, _Way]:
    """Every place at which a passage may begin."""
    if part.kind in {"bracket", "sic"}:
        return {at: _Way(0, at, (), ()) for at in range(len(row.tokens))}
    word = (part.inner if part.kind in {"first", "stem"} else part.text)[:1].casefold()
    return {
        at: _Way(0, at, (), ())
        for at, token in enumerate(row.tokens)
        if token.text[:1].casefold() == word or (part.text in SIGNS and token.text in SIGNS)
    }


def _step(
    part: _Part,
    row: _Row,
    ways: dict[int, _Way],
    *,
    first: bool,
    ending: bool,
    after: bool,
) -> dict[int, _Way]:
    """The places to which a part leads, each with the way of least changes."""
    reached: dict[int, _Way] = {}
    for at, way in ways.items():
        for where, new in _led(part, row, at, way, first=first, ending=ending, after=after):
            if where not in reached or new.cost < reached[where].cost:
                reached[where] = new
    return reached


def _led(
    part: _Part,
    row: _Row,
    at: int,
    way: _Way,
    *,
    first: bool,
    ending: bool,
    after: bool,
) -> Iterator[tuple[int, _Way]]:
    """The places to which a part leads from one place."""
    match part.kind:
        case "word" | "first" | "stem":
            for start, skipped in _with_notes(row, at, way):
                there = row.at(start)
                if (edits := _word(part, there, first=first)) is not None:
                    yield start + 1, _changed(skipped, *edits)
        case "sign":
            yield from _sign(part, row, at, way, ending=ending, after=after)
        case "sic":
            if (own := _own(part.text, row, at)) is not None:
                yield own, way
            yield at, _changed(way, Edit("sic", part.text, ""))
        case "bracket":
            yield from _bracket(part, row, at, way)
        case "ellipsis":
            if (own := _own("...", row, at)) is not None:
                yield own, way
            for end in range(at, min(len(row.tokens), at + MAX_LEFT_OUT) + 1):
                words = row.written(at, end)
                left = (*way.left_out, (at, end)) if end > at else way.left_out
                new = _changed(way, Edit("ellipsis", "…", words), cost=2 + (end - at))
                yield end, new._replace(left_out=left)


def _word(part: _Part, there: str, *, first: bool) -> tuple[Edit, ...] | None:
    """What differs between a word and the source's; None where they are two words."""
    if part.kind == "first":
        same = there[1:] == part.inner[1:] and there[:1].casefold() == part.inner[:1].casefold()
        return (Edit("bracket", part.text, there),) if same else None
    if part.kind == "stem":
        stem, ending = part.inner, there[len(part.inner) :]
        same = there.startswith(stem) and len(ending) <= 4 and "'" not in ending
        return (Edit("bracket", part.text, there),) if same and len(stem) > 2 else None
    if part.text == there:
        return ()
    if first and part.text[1:] == there[1:] and part.text[:1].casefold() == there[:1].casefold():
        return (Edit("case", part.text, there),)
    return None


def _sign(
    part: _Part, row: _Row, at: int, way: _Way, *, ending: bool, after: bool
) -> Iterator[tuple[int, _Way]]:
    there = row.at(at)
    if there == part.text:
        yield at + 1, way
    elif part.text in SIGNS and there in SIGNS:
        yield at + 1, _changed(way, Edit("inner marks", part.text, there))
    elif (ending or after) and part.text in ".,;:":
        replaced = there if there and there in ".,;:" else ""
        yield at, _changed(way, Edit("final stop", part.text, replaced))


def _bracket(part: _Part, row: _Row, at: int, way: _Way) -> Iterator[tuple[int, _Way]]:
    """The source's own bracket, or words for some of the source's, or words that are added."""
    if (own := _own(part.text, row, at)) is not None:
        yield own, way
    for end in range(at, min(len(row.tokens), at + MAX_REPLACED) + 1):
        words = row.written(at, end)
        new = _changed(way, Edit("bracket", part.text, words), cost=3 + 2 * (end - at))
        yield end, new._replace(touched=(*way.touched, (part.inner, words)))


def _own(text: str, row: _Row, at: int) -> int | None:
    """Where a stretch of a passage ends that stands in the source as it is."""
    sought = [match[0] for match in TOKEN.finditer(text)]
    there = [token.text for token in row.tokens[at : at + len(sought)]]
    return at + len(sought) if sought == there else None


def _with_notes(row: _Row, at: int, way: _Way) -> Iterator[tuple[int, _Way]]:
    """The place itself, and the one behind the mark of a note in brackets, such as `[12]`."""
    yield at, way
    marks = [token.text for token in row.tokens[at : at + 3]]
    if (
        len(marks) == 3
        and marks[0] == "["
        and marks[2] == "]"
        and re.fullmatch(r"\d{1,3}", marks[1])
    ):
        yield at + 3, _changed(way, Edit("note mark", "", "".join(marks)))


def _changed(way: _Way, *edits: Edit, cost: int = 1) -> _Way:
    return way._replace(cost=way.cost + cost, edits=(*way.edits, *edits)) if edits else way


def _of_brackets(way: _Way) -> Iterator[Loss]:
    for inner, words in way.touched:
        yield from losses(words, inner)


def _of_ellipses(text: str, left_out: Sequence[tuple[int, int]]) -> Iterator[Loss]:
    """What ellipses take from the sentences of which something stays.

    A sentence that is left out whole takes nothing from another.
    """
    for start, end in left_out:
        inner = [span for span in sentences(text) if span.start < end and start < span.end]
        for span in inner:
            whole = start <= span.start and span.end <= end + 1
            if not whole:
                words = text[max(start, span.start) : min(end, span.end)]
                yield from (loss for loss in losses(words, "") if loss.what != "number")
