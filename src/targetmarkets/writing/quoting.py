"""Make a quotation of a passage that somebody gives: always in the archive's own characters."""

from typing import Final, NamedTuple

from targetmarkets import limits
from targetmarkets.errors import PassageError, UnreadableError, UsageError, shorten
from targetmarkets.evidence.archive import ArchivedText, Archives
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import free_id, holders, resolve
from targetmarkets.model.gaps import UNREAD, told
from targetmarkets.model.objects import Quote
from targetmarkets.model.parts import Archive
from targetmarkets.text.matching import Searchable, Span, Status
from targetmarkets.text.nearest import nearest
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


def quote(
    kb: Knowledge,
    source: str,
    passage: str,
    *,
    id_: str | None = None,
    nth: int | None = None,
    ignore_case: bool = False,
) -> Quoted:
    """The quotation of a passage of an archived source; one that is there already is found again.

    Raises `PassageError` where the passage stands nowhere, or in several places and `nth`, counted
    from 1, does not choose one; `UsageError` for a source without an archived text or a taken id;
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
    place, status = find_place(archived, work.archive, passage, nth=nth, ignore_case=ignore_case)
    for known in kb.quotes_from(work.id):
        if (known.start, known.end) == place:
            return Quoted(known, status, known=True)
    if id_ and holders(kb, id_):
        raise UsageError(f"the id {id_} is taken", "give another one")
    exact = archived.text[place.start : place.end]
    words = exact.split()[:WORDS_IN_ID]
    chosen = id_ or free_id(kb, work.id, *words, of=(work.id, exact, place.start))
    span = {"exact": exact, "start": place.start, "end": place.end}
    return Quoted(build(Quote, {"id": chosen, "source": work.id, **span}), status, known=False)


def find_place(
    archived: ArchivedText,
    archive: Archive,
    passage: str,
    *,
    nth: int | None = None,
    ignore_case: bool = False,
) -> tuple[Span, Status]:
    """The one place where a passage stands. Raises `PassageError`."""
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
    place = found.places[(nth or 1) - 1]
    exact = archived.text[place.start : place.end] == passage.strip()
    return place, "exact" if exact else "normalised"


def _in_context(archived: ArchivedText, archive: Archive, place: Span) -> str:
    """A place with its line, its page and what stands around it, on one line."""
    exact = archived.text[place.start : place.end]
    before, after = (" ".join(part.split()) for part in archived.around(*place))
    page = archive.page_at(place.start)
    where = f"p. {page}, " if page else ""
    words = " ".join(exact.split())
    return f"{where}line {archived.line_of(place.start)}: …{before} ⟦{words}⟧ {after}…"
