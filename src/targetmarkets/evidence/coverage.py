"""Which sentences of an archived source claims cite, which are set aside, which are neither."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from targetmarkets import limits
from targetmarkets.errors import UnreadableError, UsageError
from targetmarkets.evidence.archive import Archives, RecordedPassage
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.model.objects import Quote
from targetmarkets.records.reports import CoverageReport, SentenceRecord, SourceCoverage, Standing
from targetmarkets.text.offsets import Span
from targetmarkets.text.sentences import sentences, unwrapped

_WORD: Final = re.compile(r"\w+(?:[’'.-]\w+)*")


class Measure(NamedTuple):
    """How much of an archived source is cited."""

    words: int
    words_quoted: int
    """How many of them stand within quotations."""
    cited: int
    """Sentences of which a claim cites a word at least."""
    set_aside: int
    """Sentences of which none does, and that no claim needs."""
    left_over: int
    """The other sentences."""


def report(kb: Knowledge, sources: Sequence[str] = ()) -> CoverageReport:
    """Coverage of some archived sources, or of all.

    Raises `UsageError` for a source that is only referred to, and `UnreadableError`, also where
    there are more sentences than one report can hold.
    """
    archives = Archives(kb)
    ids = list(dict.fromkeys(sources)) or [source.id for source in kb.archived]
    for id_ in ids:
        if kb.sources[id_].archive is None:
            some = ", ".join(source.id for source in kb.archived[:20])
            raise UsageError(f"{id_} has no archived text", f"these have one: {some}")
    found: list[SourceCoverage] = []
    reported = 0
    for id_ in ids:
        found.append(cover(kb, archives, id_))
        reported += found[-1].sentences
        if reported > limits.REPORTED.most:
            raise UnreadableError(*limits.REPORTED.exceeded("what is asked for"))
    return CoverageReport(sources=tuple(found))


def cover(kb: Knowledge, archives: Archives, source: str) -> SourceCoverage:
    """Coverage of one archived source. Raises `UnreadableError` where there is no text."""
    archived = archives.text(source)
    text = archived.text
    used = _used(kb, source)
    aside = sorted(kb.sources[source].set_aside, key=lambda passage: passage.start)
    quoted = _merged(list(map(_span, used)))
    standings = list(islice(_standings(kb, source, text), limits.SENTENCES.most + 1))
    if len(standings) > limits.SENTENCES.most:
        raise UnreadableError(*limits.SENTENCES.exceeded(archived.path.name))
    spans = [span for span, _ in standings]
    citing = _by_sentence(text, spans, [(_span(q), q.id) for q in used])
    reasons = _by_sentence(text, spans, [(_span(p), p.reason) for p in aside])
    items = [
        SentenceRecord(
            start=span.start,
            end=span.end,
            line=archived.line_of(span.start),
            text=text[span.start : span.end],
            standing=standing,
            quotes=tuple(citing[index]),
            claims=tuple(dict.fromkeys(id_ for q in citing[index] for id_ in _claims(kb, q))),
            quoted=tuple(_within(span, quoted)),
            reason=reasons[index][0] if standing == "set aside" else None,
        )
        for index, (span, standing) in enumerate(standings)
    ]
    return SourceCoverage(
        source=source,
        sentences=len(items),
        **measure(kb, archives, source)._asdict(),
        items=tuple(items),
    )


def measure(kb: Knowledge, archives: Archives, source: str) -> Measure:
    """How much of an archived source is cited: coverage without its sentences, so that it takes
    little room for a text of any length. Raises `UnreadableError` where there is no text.
    """
    text = archives.text(source).text
    counts = Counter(standing for _, standing in _standings(kb, source, text))
    quoted = _merged(list(map(_span, _used(kb, source))))
    return Measure(
        words=_count_words(text),
        words_quoted=sum(_count_words(text[span.start : span.end]) for span in quoted),
        cited=counts["cited"],
        set_aside=counts["set aside"],
        left_over=counts["left over"],
    )


def _standings(kb: Knowledge, source: str, text: str) -> Iterator[tuple[Span, Standing]]:
    """The sentences of a source in order, and whether each is cited, set aside or neither."""
    archive = kb.sources[source].archive
    cited = _Passages(text, list(map(_span, _used(kb, source))))
    aside = _Passages(text, list(map(_span, kb.sources[source].set_aside)))
    for span in sentences(unwrapped(text) if archive and archive.pages else text):
        in_quote, apart = cited.reach(span), aside.reach(span)
        yield span, "cited" if in_quote else "set aside" if apart else "left over"


class _Passages:
    """Passages of a text, asked for each of its sentences in turn."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self._text = text
        self._spans = _merged(spans)
        self._next = 0

    def reach(self, sentence: Span) -> bool:
        """Whether one of them overlaps a sentence by a word. Sentences come in order."""
        spans = self._spans
        while self._next < len(spans) and spans[self._next].end <= sentence.start:
            self._next += 1
        for index in range(self._next, len(spans)):
            if spans[index].start >= sentence.end:
                break
            start, end = (
                max(spans[index].start, sentence.start),
                min(spans[index].end, sentence.end),
            )
            if _WORD.search(self._text, start, end):
                return True
        return False


def _span(passage: RecordedPassage) -> Span:
    """Where a passage stands; one that says that it is longer than it is, is as long as it is."""
    return Span(passage.start, min(passage.end, passage.start + len(passage.exact)))


def _used(kb: Knowledge, source: str) -> list[Quote]:
    """The quotations from a source on which claims rest."""
    return [quote for quote in kb.quotes_from(source) if _claims(kb, quote.id)]


def _count_words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


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
