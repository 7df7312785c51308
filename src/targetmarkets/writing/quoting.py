"""Make a quotation of a passage that somebody gives: always in the archive's own characters."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from targetmarkets import limits
from targetmarkets.errors import PassageError, UnreadableError, UsageError, shorten
from targetmarkets.evidence.archive import ArchivedText, Archives
from targetmarkets.evidence.doubt import cited
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import free_id, holders, resolve
from targetmarkets.model.gaps import UNREAD, told
from targetmarkets.model.objects import Quote, Source
from targetmarkets.model.parts import Archive
from targetmarkets.records.wording import on_page
from targetmarkets.text.breaks import AsRead
from targetmarkets.text.edges import whole, words_cut
from targetmarkets.text.matching import Found, Searchable, Status
from targetmarkets.text.notes import notes_in
from targetmarkets.text.offsets import Span
from targetmarkets.writing.edits import build

MAX_PLACES_SHOWN: Final = 10
"""Places of an ambiguous passage that a message lists."""

WORDS_IN_ID: Final = 5
"""Words of a passage that go into its id."""


class Quoted(NamedTuple):
    """A passage as a quotation."""

    quote: Quote
    status: Status
    """Whether the passage stands in the archive as it was given, or folded."""
    known: bool
    """Whether the knowledge base has this quotation already."""
    notes: tuple[str, ...] = ()
    """Marks of notes that stand in it and were passed over."""
    left_out: tuple[str, ...] = ()
    """Words of doubt and negation that it leaves out of its own sentence."""
    passed_over: tuple[str, ...] = ()
    """What stands in it between two pages or columns: notes, running heads, page numbers."""


def quote(
    kb: Knowledge,
    source: str,
    passage: str,
    *,
    id_: str | None = None,
    nth: int | None = None,
    ignore_case: bool = False,
    part_of_word: bool = False,
) -> Quoted:
    """The quotation of a passage of an archived source; one that is there already is found again.

    Raises `PassageError` where the passage stands nowhere, or in several places and `nth`, counted
    from 1, does not choose one, or where it begins or ends within a word and is not taken as
    `part_of_word`; `UsageError` for a source without an archived text or a taken id;
    and `UnreadableError`.
    """
    work = resolve(source, kb.sources, "source")
    if work.archive is None:
        remedy = "tm add source archives one; what is only referred to cannot be quoted"
        raise UsageError(f"{work.id} has no archived text", remedy)
    archives = Archives(kb)
    if problem := archives.problem(work.id):
        raise UnreadableError(problem, "tm verify says more")
    archived = archives.text(work.id)
    place, found = find_place(archived, work, passage, nth=nth, ignore_case=ignore_case)
    as_read = AsRead.over(archived.text, work.archive.passed_over)
    if not found.whole and not part_of_word:
        raise _cut(archived, work.archive, as_read, place)
    exact = archived.text[place.start : place.end]
    status: Status = "exact" if exact == passage.strip() else "normalised"
    notes = (
        notes_in(as_read.read[as_read.inner(place.start) : as_read.inner(place.end)])
        if found.notes_passed_over
        else ()
    )
    over = [archived.text[start:end] for start, end in work.archive.passed_over
            if place.start < start and end < place.end]  # fmt: skip

    def quoted(quote: Quote, *, known: bool) -> Quoted:
        left_out = (word.text for word in cited(quote, as_read).left_out())
        return Quoted(quote, status, known, tuple(notes), tuple(left_out), tuple(over))

    for known in kb.quotes_from(work.id):
        if (known.start, known.end) == place:
            return quoted(known, known=True)
    if id_ and holders(kb, id_):
        raise UsageError(f"the id {id_} is taken", "give another one")
    words = exact.split()[:WORDS_IN_ID]
    chosen = id_ or free_id(kb, work.id, *words, of=(work.id, exact, place.start))
    span = {"exact": exact, "start": place.start, "end": place.end}
    part = {} if found.whole else {"part_of_word": True}
    made = build(Quote, {"id": chosen, "source": work.id, **span, **part})
    return quoted(made, known=False)


def standing_in(kb: Knowledge, sources: Sequence[Source], passage: str) -> list[str]:
    """Ids of those among some archived sources in which a passage stands."""
    archives = Archives(kb)
    found = []
    for source in sources:
        if source.archive and not archives.problem(source.id):
            as_read = AsRead.over(archives.text(source.id).text, source.archive.passed_over)
            if Searched(as_read).find(passage).places:
                found.append(source.id)
    return found


def find_place(
    archived: ArchivedText,
    work: Source,
    passage: str,
    *,
    nth: int | None = None,
    ignore_case: bool = False,
) -> tuple[Span, Found]:
    """The one place where a passage stands, and how it was found. Raises `PassageError`."""
    if not passage.strip():
        raise UsageError("there is no passage to quote", "copy one from the archived text")
    if len(passage) > limits.PASSAGE.most:
        raise UsageError(*limits.PASSAGE.exceeded("the passage", len(passage)))
    archive = work.archive
    assert archive is not None  # its text is at hand
    if UNREAD in passage and archive.original:
        message = "the passage holds U+FFFD, which stands for what could not be read"
        remedy = "quote what stands before it or after it; tm show SOURCE --full prints the text"
        raise PassageError(message, remedy)
    as_read = AsRead.over(archived.text, archive.passed_over)
    searched = Searched(as_read)
    found = searched.find(passage, ignore_case=ignore_case)
    if found.status == "missing":
        message = f"the passage does not stand in {work.id}: {shorten(passage)}"
        lines = list(_near_misses(archived, archive, searched, passage))
        lines += [
            f"not all was read: {gap}; {what}" for gap, what in told(archive.gaps, missing=True)
        ]
        remedy = "copy the passage from the archived text; tm show SOURCE --full prints it"
        if not ignore_case and searched.find(passage, ignore_case=True).places:
            remedy = "but for upper and lower case it does: --ignore-case finds it"
        raise PassageError(message, remedy, lines)
    if found.status == "countless":
        where = f"places of {work.id}"
        message = f"the passage is like over {limits.CANDIDATES.most:,} {where}"
        raise PassageError(message, limits.CANDIDATES.remedy)
    if nth is not None and not 1 <= nth <= len(found.places):
        message = f"there is no place {nth}: the passage stands in {len(found.places)}"
        raise UsageError(message, "count from 1")
    if found.status == "ambiguous" and nth is None:
        count = len(found.places)
        message = f"the passage stands in {count} places of {work.id}"
        lines = []
        for number, place in enumerate(found.places[:MAX_PLACES_SHOWN], start=1):
            lines.append(f"  {number}: {_in_context(archived, archive, place)}")
        lines += ["  …"] if count > MAX_PLACES_SHOWN else []
        remedy = "choose one with --nth N, or give a longer passage"
        raise PassageError(message, remedy, lines)
    return found.places[(nth or 1) - 1], found


class Searched:
    """A text in which passages are looked for as it is read, and in what is passed over in that."""

    def __init__(self, as_read: AsRead) -> None:
        self._as_read = as_read
        self._breaks = as_read.breaks()
        self.running = Searchable(as_read.read)
        self._whole = Searchable(as_read.text) if self._breaks else self.running
        self.outside = as_read.outside
        """From a place in the text as it is read to one in the text."""

    def find(self, passage: str, *, ignore_case: bool = False) -> Found:
        """Find a passage. One that runs from the text into a note or a running head is none, as
        nobody reads it so.
        """
        inner = self.running.find(passage, ignore_case=ignore_case)
        found = inner._replace(places=tuple(map(self._as_read.outside, inner.places)))
        if not self._breaks or found.status == "countless":
            return found
        apart = self._whole.find(passage, ignore_case=ignore_case)
        places = {place for place in apart.places if _is_apart(place, self._breaks)}
        if not places or (found.places and apart.whole < found.whole):
            return found
        if found.places and found.whole == apart.whole:
            places.update(found.places)
        status: Status = "ambiguous" if len(places) > 1 else apart.status
        return Found(status, tuple(sorted(places)), apart.whole, apart.notes_passed_over)


def _near_misses(
    archived: ArchivedText, archive: Archive, searched: Searched, passage: str
) -> Iterator[str]:
    """The places that a passage is nearest to, with the words marked that differ."""
    from targetmarkets.evidence.likeness import near_lines, nearest_places  # for what is missing

    for nth, (inner, near) in enumerate(nearest_places(searched.running, passage)):
        if nth == 0:
            yield "nearest to it, and not the same:"
        place = searched.outside(inner)
        if near is None:
            yield f"  {_in_context(archived, archive, place)}"
            continue
        yield f"  {_where(archived, archive, place)}"
        yield from near_lines(near)


def _is_apart(place: Span, breaks: Sequence[Span]) -> bool:
    """Whether a place is one in what is passed over, or goes over the whole of it."""
    touched = [span for span in breaks if span.start < place.end and place.start < span.end]
    inside = [span for span in touched if span.start <= place.start and place.end <= span.end]
    over = [span for span in touched if place.start < span.start and span.end < place.end]
    return bool(inside) or (bool(touched) and touched == over)


def _cut(archived: ArchivedText, archive: Archive, as_read: AsRead, place: Span) -> PassageError:
    """What is said of a passage that begins or ends within a word, with the whole word."""
    words = words_cut(as_read, *place)
    within = " and ".join(map(shorten, words))
    wide = as_read.outside(whole(as_read.read, *map(as_read.inner, place)))
    lines = ["with the whole word:", f"  {_in_context(archived, archive, wide)}"]
    message = f"the passage begins or ends within {within}"
    remedy = "quote the whole word, or take a part of it: --part-of-word"
    if any(UNREAD in word for word in words):
        remedy = "compare it with the document: what is beside it was not read; --part-of-word"
    return PassageError(message, remedy, lines)


def _in_context(archived: ArchivedText, archive: Archive, place: Span) -> str:
    """A place with its line, its page and what stands around it, on one line."""
    exact = archived.text[place.start : place.end]
    before, after = (" ".join(part.split()) for part in archived.around(*place))
    words = " ".join(exact.split())
    return f"{_where(archived, archive, place)}: …{before} ⟦{words}⟧ {after}…"


def _where(archived: ArchivedText, archive: Archive, place: Span) -> str:
    page = archive.pages_of(*place)
    where = f"{on_page(page)}, " if page else ""
    return f"{where}line {archived.line_of(place.start)}"
