"""References in words: a work, a place in it, and who says a thing."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from targetmarkets.kb.classify import known
from targetmarkets.model.csl import OTHERS, Issued, Name
from targetmarkets.model.dates import edtf_of
from targetmarkets.model.objects import Claim, Quote, Source
from targetmarkets.model.parts import Archive, Locator, Speaker
from targetmarkets.model.vocabulary import LOCATOR_ABBREVIATIONS
from targetmarkets.text.rich import plain

T = TypeVar("T")

_WHOLE_WORKS = frozenset({"book", "report", "legal_case", "document"})


def cite_work(source: Source) -> str:
    """Reference to a whole work: `Andrea Berger, ‘Title’, in Container, Publisher, 2015`."""
    work = source.bibliography
    title = source.title if work.type in _WHOLE_WORKS else f"‘{source.title}’"
    container = work.container_title and plain(work.container_title)
    if container and work.type == "chapter":
        container = f"in {container}"
    series = plain(" ".join(filter(None, (work.collection_title, work.collection_number))))
    authors = show_names(work.author)
    outlet_first = not authors and container
    parts = (
        container if outlet_first else authors,
        title,
        None if outlet_first else container,
        series,
        work.number,
        work.publisher,
        work.issued.shown if work.issued else "no date",
    )
    return ", ".join(part for part in parts if part)


def with_passages(
    work: str, spans: Iterable[tuple[int, int]], pages: Iterable[str | None] = ()
) -> str:
    """A reference to a work, with the places of some passages in its archived text, and their
    pages, where it has any.
    """
    places = ", ".join(f"{start}–{end}" for start, end in spans)
    return f"{work}{_on_pages(pages)}, characters {places} of the archived text"


def _on_pages(pages: Iterable[str | None]) -> str:
    labels = list(dict.fromkeys(page for page in pages if page is not None))
    one = len(labels) == 1 and "–" not in labels[0]
    return f", {'p.' if one else 'pp.'} {', '.join(labels)}" if labels else ""


def with_locator(work: str, locator: Locator | None) -> str:
    """A reference to a work, with a place in it, if one is given."""
    return f"{work}, {show_locator(locator)}" if locator else work


def show_locator(locator: Locator) -> str:
    """`para. 108`, or the value alone where CSL has no label for it."""
    if locator.label is None:
        return locator.value
    return f"{LOCATOR_ABBREVIATIONS[locator.label]} {locator.value}"


def show_names(names: Sequence[Name]) -> str:
    """Names in a row; a list that is cut ends with `et al.`."""
    shown = [name.shown for name in names]
    if len(shown) > 1 and names[-1].literal == OTHERS:
        return f"{', '.join(shown[:-1])} et al."
    return _join(shown)


def iso_date(issued: Issued | None) -> str | None:
    """`2015-12-08`, `2015-12` or `2015`; what is more than one of these, in EDTF: `1998~`."""
    if issued is None:
        return None
    parts = {"date-parts": issued.date_parts, "season": issued.season, "circa": issued.circa}
    return issued.edtf or edtf_of(parts)


def show_speakers(speakers: Sequence[Speaker]) -> str:
    """A chain of speakers from the inside out: `Target Markets, quoted by NK News`."""
    *outer, inner = speakers
    words = inner.name
    if inner.mode == "remark":
        words += ", in a remark"
    for speaker in reversed(outer):
        verb = {"quotes": "quoted by", "paraphrases": "paraphrased by"}.get(
            speaker.mode, "as told by"
        )
        words += f", {verb} {speaker.name}"
    if any(speaker.mode == "unclear" for speaker in speakers):
        words += " (unclear where or how)"
    return words


def show_voice(speakers: Sequence[Speaker]) -> str:
    """Whose word it is, and through whom: `Target Markets, via NK News`."""
    *outer, inner = [speaker.name for speaker in speakers]
    return ", via ".join([inner, *reversed(outer)])


def _join(names: list[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last


def count(number: int, thing: str) -> str:
    """`1 claim`, `2 claims`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def gloss(claim: Claim) -> str:
    """What has to be known of a claim wherever its statement is shown: whether it is denied, how
    sure it is and in what words, and who says so.
    """
    how = known(claim) + (f" (“{claim.hedge}”)" if claim.hedge else "")
    facts = ["denied", how] if claim.stance == "denied" else [how]
    return " · ".join([*facts, show_voice(claim.speakers)])


def both_ends(values: Sequence[T]) -> list[T]:
    """The first and the last of a range; one where they are the same."""
    return list(dict.fromkeys((values[0], values[-1])))


def on_page(labels: str) -> str:
    """`p. 12`, `pp. 12–13`."""
    return f"{'pp.' if '–' in labels else 'p.'} {labels}"


def as_printed(quote: Quote, archive: Archive | None) -> str:
    """A quotation for people: what stands in it between two pages or columns is set apart."""
    text, done = "", quote.start
    for start, end in archive.passed_over if archive else ():
        if done < start and end < quote.end:
            past = " ".join(quote.exact[start - quote.start : end - quote.start].split())
            text += f"{quote.exact[done - quote.start : start - quote.start]} ⟨past: {past}⟩ "
            done = end
    return text + quote.exact[done - quote.start :]


def cut(quote: Quote) -> str:
    """What is said behind a quotation that begins or ends within a word."""
    return " [part of a word]" if quote.part_of_word else ""


def span_of_certainty(certainties: Sequence[str]) -> str:
    """Certainties from the surest to the least sure, by their first letters: `S`, `S–A`."""
    return "–".join(word[0].upper() for word in both_ends(certainties))
