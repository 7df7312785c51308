"""What a passage of a draft turns out to be: where it stands, or what it is nearest to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.checking import rules
from targetmarkets.checking.likeness import MIN_LIKENESS, nearest, number_of, words_of
from targetmarkets.checking.rules import Edit
from targetmarkets.checking.weight import losses
from targetmarkets.text.matching import Searchable
from targetmarkets.text.notes import notes_in
from targetmarkets.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from targetmarkets.checking.library import Library, Stretch
    from targetmarkets.checking.likeness import Near, Piece
    from targetmarkets.checking.weight import Loss
    from targetmarkets.records.checks import Verdict

MAX_STRETCHES: Final = 40
"""Places in which a passage is looked for."""

MAX_COMPARED: Final = 6
"""Of these, the likeliest to which a passage is compared that stands in none."""

MAX_PLACES: Final = 10
"""Places of a passage that are told."""

MIN_WORDS: Final = 3
"""Words of a quotation that can be proved; fewer stand somewhere by chance."""

MIN_WORDS_OF_PART: Final = 4
"""Words of a part of a splice."""

MIN_SHARE_OF_PART: Final = 0.25
"""Share of the words of a passage that a part of a splice has."""

MIN_LIKENESS_OF_PART: Final = 0.8
"""Share of the words of a part that must be those of its place."""

WELL_COVERED: Final = 0.8
"""Share of its words from which on a passage is that of one place, and no splice."""


_LAYOUT: Final = re.compile(r"([-\u2010]\n)\s*|\s+")
"""White space of a draft's own lines. Where one ends behind a hyphen, the hyphen may be none."""


class Place(NamedTuple):
    """Where a passage stands."""

    source: str
    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """What a passage turned out to be, whatever the draft says of its source."""

    verdict: Verdict
    places: tuple[Place, ...] = ()
    kind: str | None = None
    edits: tuple[Edit, ...] = ()
    lost: tuple[Loss, ...] = ()
    pieces: tuple[Piece, ...] = ()
    likeness: float = 0.0
    rivals: bool = field(default=False, compare=False)
    """Whether another passage is as near."""


def judge(library: Library, passage: str, meant: Sequence[str] = ()) -> Finding:
    """What a passage turns out to be; of several places as like, one in the sources that are meant.

    White space of the draft's own lines does not count.
    """
    passage = _LAYOUT.sub(lambda match: match[1] or " ", passage).strip()
    if len(words(passage)) < MIN_WORDS:
        return Finding("short", tuple(_exact(library, passage)))
    stretches = library.near(passage, MAX_STRETCHES)
    if found := _standing(library, passage, stretches, meant):
        return found
    if rules.has_marks(passage) and (found := _by_rules(library, passage, stretches, meant)):
        return found
    near = _compared(library, passage, _likely(stretches, meant), meant)
    alike = any(_same_words(other.pieces) for _, other in near)
    if alike and (found := _by_rules(library, passage, stretches, meant)):
        return found
    return _nearest(library, passage, near, meant)


def _same_words(pieces: Iterable[Piece]) -> bool:
    """Whether nothing is changed or added, so that the rules of quoting may allow what differs."""
    return not any(piece.kind in {"changed", "added"} for piece in pieces)


def _exact(library: Library, passage: str) -> Iterator[Place]:
    """Places of a short passage, as it is written."""
    for stretch in library.near(passage, MAX_PLACES) if passage else ():
        text = library.texts[stretch.source][stretch.start : stretch.end]
        found = Searchable(text).find(passage)
        if found.whole:
            yield from (_place(stretch, *place) for place in found.places[:1])


def _place(stretch: Stretch, start: int, end: int) -> Place:
    return Place(stretch.source, stretch.start + start, stretch.start + end)


def _standing(
    library: Library, passage: str, stretches: Sequence[Stretch], meant: Sequence[str]
) -> Finding | None:
    """Where a passage stands as it is, or but for what viewers and typists change."""
    whole: dict[Place, tuple[Edit, ...]] = {}
    cut: list[Place] = []
    for stretch in stretches:
        if stretch.share < stretches[0].share * 0.6:
            break
        text = library.texts[stretch.source][stretch.start : stretch.end]
        found = Searchable(text).find(passage)
        for span in found.places:
            place = _place(stretch, *span)
            if found.whole:
                edits = _of_type(passage, text[slice(*span)], notes=found.notes_passed_over)
                whole.setdefault(place, edits)
            else:
                cut.append(place)
    if whole:
        among = [place for place in whole if place.source in meant] or [*whole]
        places = [place for place in among if not whole[place]] or among
        edits = whole[places[0]]
        return Finding("same words" if edits else "exact", tuple(places[:MAX_PLACES]), edits=edits)
    if cut:
        return _part_of_word(library, passage, cut)
    return None


def _part_of_word(library: Library, passage: str, places: Sequence[Place]) -> Finding:
    """A passage that begins or ends within a word: the word may say something else."""
    from targetmarkets.text.edges import whole  # only this asks for it

    source, start, end = places[0]
    text = library.texts[source]
    wide = Place(source, *whole(text, start, end))
    quoted = text[wide.start : wide.end]
    near = nearest(passage, quoted)
    return Finding(
        "altered", (wide,), "part of a word", lost=tuple(losses(quoted, passage)),
        pieces=near.pieces if near else (), likeness=1.0,
    )  # fmt: skip


def _of_type(passage: str, exact: str, *, notes: bool) -> tuple[Edit, ...]:
    """How a passage differs from its place that has the same words."""
    if passage == exact:
        return ()
    if notes:
        return (Edit("note mark", "", " ".join(notes_in(exact))),)
    if "".join(passage.split()) == "".join(exact.split()):
        return (Edit("spacing", passage, exact),)
    return (Edit("typography", passage, exact),)


def _by_rules(
    library: Library, passage: str, stretches: Sequence[Stretch], meant: Sequence[str]
) -> Finding | None:
    """A passage that has been changed as the rules of quoting allow."""
    found: dict[Place, rules.Matched] = {}
    reach = rules.REACH if rules.has_ellipsis(passage) else 0
    for stretch in _likely(stretches, meant, most=MAX_COMPARED * 2):
        begin, end = max(0, stretch.start - reach), stretch.end + reach
        text = library.texts[stretch.source][begin:end]
        if matched := rules.match(passage, text):
            place = Place(stretch.source, begin + matched.start, begin + matched.end)
            found.setdefault(place, matched)
    if not found:
        return None
    light = {place: matched for place, matched in found.items() if not matched.weighs}
    of = light or found
    places = sorted(of, key=lambda place: (place.source not in meant, len(of[place].edits)))
    first = of[places[0]]
    if first.weighs:
        quoted = library.texts[places[0].source][places[0].start : places[0].end]
        near = nearest(passage, quoted)
        return Finding(
            "altered", (places[0],), "omission", first.edits, first.weighs,
            near.pieces if near else (), 1.0,
        )  # fmt: skip
    same = [place for place in places if of[place].edits == first.edits]
    return Finding("same words", tuple(same[:MAX_PLACES]), edits=first.edits)


def _likely(
    stretches: Sequence[Stretch], meant: Iterable[str], most: int = MAX_COMPARED
) -> list[Stretch]:
    """The stretches to which a passage is compared: the likeliest, and the likeliest of each source
    that is meant.
    """
    chosen = list(stretches[:most])
    for source in meant:
        chosen += [stretch for stretch in stretches[most:] if stretch.source == source][:2]
    return chosen


def _nearest(
    library: Library, passage: str, near: Sequence[tuple[Place, Near]], meant: Sequence[str]
) -> Finding:
    """What a passage is nearest to, or that there is nothing like it."""
    if not near:
        return Finding("absent")
    (place, best), *others = near
    total = number_of(passage)
    share = (best.covered[1] - best.covered[0]) / total
    if (share < WELL_COVERED or best.likeness < MIN_LIKENESS) and (
        spliced := _splice(library, passage, near, total)
    ):
        return spliced
    if best.likeness < MIN_LIKENESS:
        return Finding("absent")
    rivals = any(
        other.likeness >= best.likeness - 0.02
        and library.texts[there.source][there.start : there.end]
        != library.texts[place.source][place.start : place.end]
        for there, other in others
        if (there.source in meant) == (place.source in meant)
    )
    return Finding(
        "altered", (place,), _kind(best.pieces), (), best.lost, best.pieces, best.likeness, rivals
    )


def _compared(
    library: Library, passage: str, stretches: Sequence[Stretch], meant: Sequence[str]
) -> list[tuple[Place, Near]]:
    """Stretches as they are like a passage, the nearest first; of two as near, what is meant."""
    found: dict[Place, Near] = {}
    for stretch in stretches:
        text = library.texts[stretch.source][stretch.start : stretch.end]
        if near := nearest(passage, text):
            found.setdefault(_place(stretch, near.start, near.end), near)
    return sorted(
        found.items(),
        key=lambda item: (-item[1].likeness - 0.05 * (item[0].source in meant), item[0]),
    )


def _splice(
    library: Library, passage: str, near: Sequence[tuple[Place, Near]], total: int
) -> Finding | None:
    """A passage whose parts stand in different places, each nearly as it is."""
    for place, best in near[:3]:
        first, last = best.covered
        for start, end in ((0, first), (last, total)):
            rest = words_of(passage, start, end)
            if len(words(rest)) < max(MIN_WORDS_OF_PART, MIN_SHARE_OF_PART * total * 0.8):
                continue
            others = _compared(library, rest, library.near(rest, MAX_COMPARED), (place.source,))
            for other, part in others[:2]:
                if part.likeness >= MIN_LIKENESS_OF_PART and not _overlap(place, other):
                    in_order = (place, other) if start else (other, place)
                    lost = (*best.lost, *part.lost) if best.likeness < 1 else ()
                    return Finding("altered", in_order, "splice", (), lost, (), part.likeness)
    return None


def _overlap(one: Place, other: Place) -> bool:
    return one.source == other.source and one.start < other.end and other.start < one.end


def _kind(pieces: Sequence[Piece]) -> str:
    """In a word or two, how a passage was altered."""
    kinds = {piece.kind for piece in pieces} - {"same"}
    if kinds <= {"signs"}:
        return "punctuation"
    kinds -= {"signs"}
    if kinds == {"left out"}:
        return "omission"
    return "addition" if kinds == {"added"} else "words changed"
