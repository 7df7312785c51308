r"""Carry the quotations of a source over to another extraction of its text.

An example. A better extraction has a page number more, and breaks its lines elsewhere:

>>> old = "Iran buys tanks. Syria buys tanks, and pays."
>>> new = "Page 1\nIran buys tanks. Syria buys\ntanks, and pays."
>>> quote = Quote(id="syria", source="book", exact="buys tanks", start=23, end=33)

As it is written, `buys tanks` stands in the new text once: of Iran. But in the old text it stood
twice, so that proves nothing. Looked for instead is what stood around it in the old text, before
and after, up to 60 characters on each side:

>>> [old[part] for part in _surroundings(quote)]  # doctest: +NORMALIZE_WHITESPACE
['Iran buys tanks. Syria buys tanks, and pays.', 'Iran buys tanks. Syria buys tanks',
 'buys tanks, and pays.']

Each stands in each text once. But in the first two the passage is the second of two in the old
text, and in the new one only one is written so. In the third it is the only one in both:

>>> fate, place = _Finder(old, new, [quote]).find(quote)
>>> fate, new[slice(*place)]
('normalised', 'buys\ntanks')

Had none of the three led to one place, the quotation would be `ambiguous`: a curator chooses, with
`--passage`.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypeVar

from targetmarkets.errors import PassageError, UsageError, shorten
from targetmarkets.evidence.archive import PREFIX_LENGTH, RecordedPassage
from targetmarkets.evidence.likeness import Near, near_lines, nearest_places
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.model.objects import Quote, Source
from targetmarkets.model.parts import SetAside
from targetmarkets.records.pieces import PieceRecord
from targetmarkets.records.reports import Anchored, AnchorRecord, Fate
from targetmarkets.text.matching import Searchable
from targetmarkets.text.offsets import Span

Anchorable = TypeVar("Anchorable", Quote, SetAside)


class Reanchored(NamedTuple):
    """A source's passages in another text."""

    record: AnchorRecord
    source: Source
    """The source with the passages that it sets aside and that have a certain place."""
    quotes: tuple[Quote, ...]
    """Its quotations, those with a certain place at it; the others are as they were."""


def reanchor(
    kb: Knowledge,
    source: str,
    old: str | None,
    new: str,
    chosen: Mapping[str, str] | None = None,
) -> Reanchored:
    """Find the passages of a source in a new text, and what is certain of each.

    `old` is the old text, if it is at hand: what stands around a passage in it tells which of
    several places is meant; without it, a passage that stands in the new text once is taken to be
    that one. `chosen` gives, by the id of a quotation, the passage of the new text that is to take
    its place. A passage that is set aside and has no certain place is left out: nothing rests on
    it, and `coverage` shows it as left over. Raises `PassageError` for a choice that does not stand
    in the new text once, and `UsageError` for one of no quotation.
    """
    chosen = chosen or {}
    quotes = kb.quotes_from(source)
    finder = _Finder(old, new, [*quotes, *kb.sources[source].set_aside])
    ids = {quote.id for quote in quotes}
    if strangers := [id_ for id_ in chosen if id_ not in ids]:
        raise UsageError(f"{strangers[0]} is no quotation from {source}", "name one that is")
    anchored = [
        _anchored(quote.id, "quote", quote, finder, chosen.get(quote.id)) for quote in quotes
    ]
    aside = [
        _anchored(source, "set aside", passage, finder, None)
        for passage in kb.sources[source].set_aside
    ]
    passages = zip(kb.sources[source].set_aside, aside, strict=True)
    kept = tuple(_placed(passage, item) for passage, item in passages if item.start is not None)
    work = kb.sources[source].model_copy(update={"set_aside": kept})
    record = AnchorRecord(
        source=source,
        certain=all(item.start is not None for item in anchored),
        passages=(*anchored, *aside),
    )
    quoted = tuple(_placed(quote, item) for quote, item in zip(quotes, anchored, strict=True))
    return Reanchored(record, work, quoted)


class _Finder:
    """Finds passages of an old text in a new one."""

    def __init__(self, old: str | None, new: str, spans: Sequence[RecordedPassage]) -> None:
        self.old = old
        self.new = new
        self.same = old == new
        passages = [span.exact for span in spans]
        passages += [old[part] for span in spans for part in _surroundings(span)] if old else []
        self.searchable = Searchable(new, passages)
        self.before = Searchable(old, passages) if old is not None else None

    def find(self, span: RecordedPassage) -> tuple[Fate, Span | None]:
        if self.same and self.new[span.start : span.end] == span.exact:
            return "kept", Span(span.start, span.end)
        found = self.searchable.find(span.exact)
        if found.status == "missing":
            return "lost", None
        place = found.places[0] if len(found.places) == 1 and self._was_alone(span) else None
        place = place or self._by_context(span)
        if place is None:
            return "ambiguous", None
        if self.new[place.start : place.end] != span.exact:
            return "normalised", place
        return ("kept" if place.start == span.start else "moved"), place

    def _was_alone(self, span: RecordedPassage) -> bool:
        """Whether the old text had the passage there and nowhere else; true without one. Where it
        has something else at the span, that is stale, and the only place of the passage is meant.
        """
        if self.old is None or self.before is None:
            return True
        places = self.before.find(span.exact).places
        stale = self.old[span.start : span.end] != span.exact
        return len(places) == 1 and (stale or places == (Span(span.start, span.end),))

    def _by_context(self, span: RecordedPassage) -> Span | None:
        """The one place around which the new text has what stood, once, around it in the old."""
        if self.old is None or self.before is None or self.old[span.start : span.end] != span.exact:
            return None
        for part in _surroundings(span):
            wide = self.old[part]
            there, here = (side.find(wide).places for side in (self.before, self.searchable))
            if len(there) == len(here) == 1:
                (was,), (now,) = there, here
                inner = [Searchable(text[p.start : p.end]).find(span.exact).places
                         for text, p in ((self.old, was), (self.new, now))]  # fmt: skip
                own = Span(span.start - was.start, span.end - was.start)
                if own in inner[0] and len(inner[0]) == len(inner[1]):
                    place = inner[1][inner[0].index(own)]
                    return Span(now.start + place.start, now.start + place.end)
        return None

    def nearest(self, passage: str) -> Near | None:
        """What of the new text is most like a passage that does not stand in it."""
        return next((near for _, near in nearest_places(self.searchable, passage)), None)

    def beside(self, passage: str) -> list[str]:
        """The same as lines of a message; none where nothing is like it."""
        near = self.nearest(passage)
        return near_lines(near) if near else []


def _surroundings(span: RecordedPassage) -> tuple[slice, slice, slice]:
    """A passage with what stands around it, before it, and after it."""
    first, last = max(0, span.start - PREFIX_LENGTH), span.end + PREFIX_LENGTH
    return slice(first, last), slice(first, span.end), slice(span.start, last)


def _anchored(
    id_: str,
    kind: Literal["quote", "set aside"],
    span: RecordedPassage,
    finder: _Finder,
    choice: str | None,
) -> Anchored:
    fate, place = finder.find(span)
    if choice is not None:
        places = finder.searchable.find(choice).places
        if len(places) != 1:
            often = "in several places" if places else "nowhere"
            message = f"the passage for {id_} stands {often} in the new text: {shorten(choice)}"
            lines = finder.beside(choice) if not places else ()
            raise PassageError(message, "copy one that stands there once", lines)
        if places[0] != place:
            place, fate = places[0], "chosen"
    near = finder.nearest(span.exact) if fate == "lost" else None
    return Anchored(
        id=id_,
        kind=kind,
        fate=fate,
        exact=span.exact,
        start=place.start if place else None,
        end=place.end if place else None,
        now=finder.new[place.start : place.end] if place else None,
        nearest=tuple(PieceRecord(**piece._asdict()) for piece in near.pieces) if near else (),
    )


def _placed(passage: Anchorable, anchored: Anchored) -> Anchorable:
    """A passage at its new place; one without is as it was."""
    if anchored.start is None:
        return passage
    place = {"exact": anchored.now, "start": anchored.start, "end": anchored.end}
    return passage.model_copy(update=place)
