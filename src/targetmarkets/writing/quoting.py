"""Make a quotation of a passage that somebody gives: always in the archive's own characters."""

from typing import Final, NamedTuple

from targetmarkets import limits
from targetmarkets.errors import PassageError, UnreadableError, UsageError, shorten
from targetmarkets.evidence.archive import ArchivedText, Archives
from targetmarkets.evidence.doubt import cited
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import free_id, holders, resolve
from targetmarkets.model.gaps import UNREAD, told
from targetmarkets.model.objects import Quote
from targetmarkets.model.parts import Archive
from targetmarkets.text.edges import cut_words, whole
from targetmarkets.text.matching import Found, Searchable, Span, Status
from targetmarkets.text.nearest import nearest
from targetmarkets.text.raised import notes_in
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
    place, found = find_place(archived, work.archive, passage, nth=nth, ignore_case=ignore_case)
    if not found.whole and not part_of_word:
        raise _cut(archived, work.archive, place)
    exact = archived.text[place.start : place.end]
    status: Status = "exact" if exact == passage.strip() else "normalised"
    notes = tuple(notes_in(exact)) if found.notes_passed_over else ()

    def quoted(quote: Quote, *, known: bool) -> Quoted:
        left_out = (word.text for word in cited(quote, archived.text).left_out())
        return Quoted(quote, status, known, notes, tuple(left_out))

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


def find_place(
    archived: ArchivedText,
    archive: Archive,
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
    if UNREAD in passage and archive.original:
        message = "the passage holds U+FFFD, which stands for what could not be read"
        remedy = "quote what stands before it or after it; tm show SOURCE --full prints the text"
        raise PassageError(message, remedy)
    searchable = Searchable(archived.text)
    found = searchable.find(passage, ignore_case=ignore_case)
    if found.status == "missing":
        near = nearest(searchable, passage)
        message = f"the passage does not stand in {archived.path.name}: {shorten(passage)}"
        lines = ["nearest to it, and not the same:"] if near else []
        lines += [f"  {_in_context(archived, archive, place)}" for place in near]
        lines += [
            f"not all was read: {gap}; {what}" for gap, what in told(archive.gaps, missing=True)
        ]
        remedy = "copy the passage from the archived text; tm show SOURCE --full prints it"
        if not ignore_case and searchable.find(passage, ignore_case=True).places:
            remedy = "but for upper and lower case it does: --ignore-case finds it"
        raise PassageError(message, remedy, lines)
    if found.status == "countless":
        where = f"places of {archived.path.name}"
        message = f"the passage is like over {limits.CANDIDATES.most:,} {where}"
        raise PassageError(message, limits.CANDIDATES.remedy)
    if nth is not None and not 1 <= nth <= len(found.places):
        message = f"there is no place {nth}: the passage stands in {len(found.places)}"
        raise UsageError(message, "count from 1")
    if found.status == "ambiguous" and nth is None:
        count = len(found.places)
        message = f"the passage stands in {count} places of {archived.path.name}"
        lines = []
        for number, place in enumerate(found.places[:MAX_PLACES_SHOWN], start=1):
            lines.append(f"  {number}: {_in_context(archived, archive, place)}")
        lines += ["  …"] if count > MAX_PLACES_SHOWN else []
        remedy = "choose one with --nth N, or give a longer passage"
        raise PassageError(message, remedy, lines)
    return found.places[(nth or 1) - 1], found


def _cut(archived: ArchivedText, archive: Archive, place: Span) -> PassageError:
    """What is said of a passage that begins or ends within a word, with the whole word."""
    words = [archived.text[slice(*word)] for word in cut_words(archived.text, *place)]
    within = " and ".join(map(shorten, words))
    wide = Span(*whole(archived.text, *place))
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
    page = archive.page_at(place.start)
    where = f"p. {page}, " if page else ""
    words = " ".join(exact.split())
    return f"{where}line {archived.line_of(place.start)}: …{before} ⟦{words}⟧ {after}…"
