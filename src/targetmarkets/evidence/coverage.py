"""Which sentences of an archived source claims cite, which are set aside, which are neither."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from targetmarkets.errors import UsageError
from targetmarkets.evidence.archive import Archives
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.records.reports import CoverageReport, SentenceRecord, SourceCoverage, Standing
from targetmarkets.text.matching import Span

_END: Final = re.compile(r'[.!?]["”’)]*[ \u00a0]+(?=["“‘(]*[A-Z0-9])')
"""Where a sentence may end within a line: a full stop, and a new beginning."""

_ABBREVIATION: Final = re.compile(r"(?:\b[A-Z]|\b[IVXLC]+|\b(?:Dr|Gen|Lt|Mr|Mrs|No|St|vs))$")
"""What stands before a full stop that ends no sentence: initials, numerals, short forms."""

_MAX_ABBREVIATION_LENGTH: Final = 20
"""Characters that are looked at for an abbreviation; no numeral of a chapter has as many."""

_WRAPPED: Final = re.compile(r"(?<![\n\f.!?:;”\"’)\]])[\n\f](?![\n\f])")
"""A line end after which a sentence may go on."""

_WORD: Final = re.compile(r"\w+(?:[’'.-]\w+)*")


def sentences(text: str) -> Iterator[Span]:
    """Where the sentences of a text begin and end, without the white space between them.

    A line end always ends a sentence; blank lines are none.
    """
    offset = 0
    for line in text.split("\n"):
        start = 0
        for match in _END.finditer(line):
            end = match.start()
            if not _ABBREVIATION.search(line, max(start, end - _MAX_ABBREVIATION_LENGTH), end):
                yield from _trimmed(line, offset, start, match.end())
                start = match.end()
        yield from _trimmed(line, offset, start, len(line))
        offset += len(line) + 1


def _unwrapped(text: str) -> str:
    """A text of pages with spaces for the line ends that are those of the page, not of the text."""
    return _WRAPPED.sub(" ", text)


def report(kb: Knowledge, sources: Sequence[str] = ()) -> CoverageReport:
    """Coverage of some archived sources, or of all.

    Raises `UsageError` for a source that is only referred to, and `UnreadableError`.
    """
    archives = Archives(kb)
    ids = list(dict.fromkeys(sources)) or [source.id for source in kb.archived]
    for id_ in ids:
        if kb.sources[id_].archive is None:
            some = ", ".join(source.id for source in kb.archived[:20])
            raise UsageError(f"{id_} has no archived text", f"these have one: {some}")
    return CoverageReport(sources=tuple(cover(kb, archives, id_) for id_ in ids))


def cover(kb: Knowledge, archives: Archives, source: str) -> SourceCoverage:
    """Coverage of one archived source. Raises `UnreadableError` where there is no text."""
    archived = archives.text(source)
    text = archived.text
    used = [quote for quote in kb.quotes_from(source) if _claims(kb, quote.id)]
    aside = sorted(kb.sources[source].set_aside, key=lambda passage: passage.start)
    quoted = _merged([Span(quote.start, quote.end) for quote in used])
    archive = kb.sources[source].archive
    spans = list(sentences(_unwrapped(text) if archive and archive.pages else text))
    citing = _by_sentence(text, spans, [(Span(q.start, q.end), q.id) for q in used])
    reasons = _by_sentence(text, spans, [(Span(p.start, p.end), p.reason) for p in aside])
    items = []
    for index, span in enumerate(spans):
        quotes, why = citing[index], reasons[index]
        standing: Standing = "cited" if quotes else "set aside" if why else "left over"
        items.append(
            SentenceRecord(
                start=span.start,
                end=span.end,
                line=archived.line_of(span.start),
                text=text[span.start : span.end],
                standing=standing,
                quotes=tuple(quotes),
                claims=tuple(dict.fromkeys(id_ for q in quotes for id_ in _claims(kb, q))),
                quoted=tuple(_within(span, quoted)),
                reason=why[0] if standing == "set aside" else None,
            )
        )
    counts = {standing: sum(item.standing == standing for item in items) for standing in _STANDINGS}
    return SourceCoverage(
        source=source,
        sentences=len(items),
        cited=counts["cited"],
        set_aside=counts["set aside"],
        left_over=counts["left over"],
        words=len(_WORD.findall(text)),
        words_quoted=sum(len(_WORD.findall(text[span.start : span.end])) for span in quoted),
        items=tuple(items),
    )


_STANDINGS: Final[tuple[Standing, ...]] = ("cited", "set aside", "left over")


def _trimmed(line: str, offset: int, start: int, end: int) -> Iterator[Span]:
    words = line[start:end].strip()
    if words:
        first = offset + line.index(words, start)
        yield Span(first, first + len(words))


def _by_sentence(
    text: str, spans: Sequence[Span], passages: Sequence[tuple[Span, str]]
) -> Mapping[int, list[str]]:
    """What overlaps each sentence by a word, and not just by a quotation mark or a space."""
    ends = [span.end for span in spans]
    found: dict[int, list[str]] = defaultdict(list)
    for passage, name in passages:
        for index in range(bisect_right(ends, passage.start), len(spans)):
            start, end = max(spans[index].start, passage.start), min(ends[index], passage.end)
            if spans[index].start >= passage.end:
                break
            if _WORD.search(text, start, end):
                found[index].append(name)
    return found


def _within(sentence: Span, quoted: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The parts of quoted stretches that lie in a sentence, counted from its beginning."""
    for index in range(bisect_right(quoted, sentence.start, key=lambda s: s.end), len(quoted)):
        start, end = max(quoted[index].start, sentence.start), min(quoted[index].end, sentence.end)
        if start >= end:
            return
        yield start - sentence.start, end - sentence.start


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that overlap as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _claims(kb: Knowledge, quote: str) -> list[str]:
    return [c.id for c in kb.claims_on_quote(quote) if c.status == "accepted"]
