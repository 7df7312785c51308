"""Full-text search in names, statements, quotations and archived texts, the best hit first."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from contextlib import closing
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from targetmarkets import limits
from targetmarkets.errors import UsageError
from targetmarkets.evidence.archive import Archives
from targetmarkets.kb.filters import FILTERS, Filters
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import resolve_term
from targetmarkets.model.objects import Claim, Quote, Source
from targetmarkets.model.types import HIT_KINDS, LIST_OF, OBJECT_TYPES, HitKind
from targetmarkets.query.fulltext import BLANKS, Match, Unit, ask, corpus, words_of
from targetmarkets.query.select import as_kind, chosen
from targetmarkets.records.compose import Composer
from targetmarkets.records.objects import HitRecord
from targetmarkets.records.wording import gloss, with_passages
from targetmarkets.text.folding import fold

MATCHES_SHOWN_WITHIN: Final = 240
"""Code points of a long text within which its matches are shown, where they are densest."""

SHOWN_AROUND_MATCHES: Final = 80
"""Code points that are shown before and after them."""

_NAMED: Final = frozenset(type_.word for type_ in OBJECT_TYPES if type_.is_named)

_QUOTATION_MARKS: Final = dict.fromkeys(map(ord, "“”„‟«»＂"), '"')

_TERM: Final = re.compile(r'([-−]?)(?:"([^"]*)"?|([^\s"]+))(\*?)')


class Terms(NamedTuple):
    """What is searched for, in the language of the index."""

    wanted: Sequence[str]
    """Words and phrases that must be there."""
    unwanted: Sequence[str]
    """Words and phrases that must not."""

    def expression(self) -> str:
        """The query for the index."""
        wanted = " AND ".join(self.wanted)
        return f"({wanted}) NOT ({' OR '.join(self.unwanted)})" if self.unwanted else wanted


class Within(NamedTuple):
    """Where to search."""

    kinds: Sequence[str] = ()
    """Kinds of hit, any of which will do; all without one."""
    filters: Filters = Filters()
    """What the hits pass: those filters of the table that a search has."""


class Results(NamedTuple):
    """What a search came to."""

    hits: list[HitRecord]
    """The best first."""
    problems: list[str]
    """Archived texts that could not be read, or are not what was recorded."""


def search(kb: Knowledge, text: str, within: Within | None = None) -> Results:
    """Everything in which all words and phrases of a query occur, and none that it excludes.

    A word finds itself whatever its case and accents, and `miss*` all that begin so; words in
    quotation marks stand next to each other; `-word` and `-"some words"` must not be there. With
    `category` and `customer`, what is about them or cited by claims about them; with `source`,
    what rests on it. Raises `RequestError`.
    """
    expression = parse(text).expression()
    searcher = _Searcher(kb, within or Within())
    with closing(corpus(kb, searcher.archives)) as texts:
        found = ask(texts, expression, searcher.kinds)
        hits = [searcher.hit(unit, matches) for unit, matches in found]
    return Results([hit for hit in hits if hit], searcher.problems())


def parse(text: str) -> Terms:
    """Read a query. Raises `UsageError` for one that looks for nothing."""
    wanted: list[str] = []
    unwanted: list[str] = []
    readable = text.encode("utf-8", "replace").decode().translate(BLANKS | _QUOTATION_MARKS)
    for minus, phrase, word, star in _TERM.findall(readable):
        words = fold(phrase or word, joined=True).text.replace('"', " ")
        if any(character.isalnum() for character in words):
            prefix = " *" if star or words.endswith("*") else ""
            (unwanted if minus else wanted).append(f'"{words}"{prefix}')
    if not wanted:
        remedy = "give a word that must be there, too" if unwanted else "give a word to look for"
        raise UsageError("there is nothing to search for", remedy)
    if len(wanted) + len(unwanted) > limits.TERMS.most:
        message = f"a search has at most {limits.TERMS.most} words or phrases"
        raise UsageError(message, 'put words that stand together in quotation marks: "…"')
    return Terms(wanted, unwanted)


class _Searcher:
    """Where is searched, and what is told of a hit."""

    def __init__(self, kb: Knowledge, within: Within) -> None:
        if wrong := [name for name in within.filters if not FILTERS[name].searched]:
            useful = ", ".join(name for name, filter_ in FILTERS.items() if filter_.searched)
            raise UsageError(f"{wrong[0]} is no filter of a search", f"these are: {useful}")
        self.kb = kb
        self.kinds = [resolve_term(name, HIT_KINDS, "kind of hit") for name in within.kinds]
        self.kinds = self.kinds or list(HIT_KINDS)
        self.filters = within.filters.resolved(kb, "claims")
        self.composer = Composer(kb)
        self.archives = Archives(kb)
        self._within: dict[HitKind, frozenset[str]] = {}
        self._places: dict[str, _Quotes] = {}

    def problems(self) -> list[str]:
        """What is wrong with the archived texts that were searched."""
        if "text" not in self.kinds:
            return []
        sources = self.filters.get("source") or [source.id for source in self.kb.archived]
        archived = [id_ for id_ in dict.fromkeys(sources) if self.kb.sources[id_].archive]
        problems = map(self.archives.problem, archived)
        return [problem for problem in problems if problem]

    def hit(self, unit: Unit, found: Sequence[Match]) -> HitRecord | None:
        """What is told of a text that was found, with the matches in its folded words; None of
        one that is not where is searched.
        """
        if not self._is_within(unit):
            return None
        text = self._text(unit)
        folded = fold(text, joined=True)
        matches = [folded.span(*span) for span in found]
        if unit.kind == "text":
            return self._passage(_show(unit, text, matches), unit, matches)
        item = self.kb.objects[unit.id]
        if isinstance(item, Quote):
            unit = unit._replace(start=item.start)
        shown = _show(unit, text, matches)
        match item:
            case Claim() as claim:
                return self._claim(shown, claim)
            case Quote() as quote:
                return self._quote(shown, quote)
            case Source() as source:
                return self._source(shown, source)
        return shown

    def _text(self, unit: Unit) -> str:
        if unit.kind == "text":
            return self.archives.text(unit.id).text[unit.start : unit.end]
        return words_of(self.kb, self.kb.objects[unit.id])

    def _is_within(self, unit: Unit) -> bool:
        """Whether an object passes the filters; of passages, only the source is looked at here."""
        if not self.filters:
            return True
        if unit.kind == "text":
            return unit.id in self.filters.get("source", [unit.id])
        if unit.kind in _NAMED and "source" in self.filters:
            return False
        if unit.kind not in self._within:
            kind = as_kind(LIST_OF[unit.kind])
            passing = chosen(self.composer, kind, self.filters)
            self._within[unit.kind] = frozenset(item.id for item in passing)
        return unit.id in self._within[unit.kind]

    @cached_property
    def _concerning(self) -> frozenset[str] | None:
        """Ids of the claims about the customers and categories that are asked for, if any are."""
        if self.filters.keys() <= {"source"}:
            return None
        return frozenset(claim.id for claim in chosen(self.composer, "claims", self.filters))

    def _claim(self, shown: HitRecord, claim: Claim) -> HitRecord:
        record = self.composer.claim(claim)
        return shown.model_copy(
            update={
                "certainty": record.certainty,
                "stance": record.stance,
                "hedge": record.hedge,
                "sources": record.sources,
                "citation": record.citation,
                "gloss": gloss(claim),
            }
        )

    def _quote(self, shown: HitRecord, quote: Quote) -> HitRecord:
        record = self.composer.quote(quote)
        return shown.model_copy(
            update={
                "claims": record.claims,
                "sources": (record.source,),
                "citation": record.citation,
                "gloss": _cited_by(record.claims),
            }
        )

    def _source(self, shown: HitRecord, source: Source) -> HitRecord:
        record = self.composer.source(source)
        return shown.model_copy(
            update={
                "claims": record.claims,
                "sources": (record.id,),
                "citation": record.citation,
                "gloss": "archived" if record.archived else "not archived",
            }
        )

    def _passage(self, shown: HitRecord, unit: Unit, matches: Sequence[Match]) -> HitRecord | None:
        """None where no claim about the customers or categories asked for cites it."""
        claims = self._citing(unit, matches)
        if self._concerning is not None and self._concerning.isdisjoint(claims):
            return None
        source = self.kb.sources[unit.id]
        start, end = shown.start or 0, shown.end or 0
        line = self.archives.text(source.id).line_of(start)
        page = source.archive.page_at(start) if source.archive else None
        work = self.composer.shared.work(source.id)
        return shown.model_copy(
            update={
                "line": line,
                "claims": tuple(claims),
                "sources": (source.id,),
                "citation": with_passages(work, [(start, end)], [page]),
                "gloss": f"line {line}, {_cited_by(claims)}",
            }
        )

    def _citing(self, unit: Unit, matches: Sequence[Match]) -> list[str]:
        """Ids of the accepted claims that rest on a quotation which holds part of a match."""
        if unit.id not in self._places:
            self._places[unit.id] = _Quotes(self.kb.quotes_from(unit.id))
        ends = [unit.start + end for _, end in matches]

        def holds(quote: Quote) -> bool:
            first = bisect_right(ends, quote.start)
            return first < len(ends) and unit.start + matches[first][0] < quote.end

        claims = [
            claim
            for quote in self._places[unit.id].within(unit.start, unit.end)
            if holds(quote)
            for claim in self.kb.claims_on_quote(quote.id)
        ]
        return list(dict.fromkeys(claim.id for claim in claims if claim.status == "accepted"))


class _Quotes:
    """The quotations of a source, by where they stand."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        self._quotes = quotes
        self._starts = [quote.start for quote in quotes]
        self._reached = list(accumulate((quote.end for quote in quotes), max))
        """How far the text is quoted up to and with each of them."""

    def within(self, start: int, end: int) -> Sequence[Quote]:
        """Those that reach into a stretch of the text, and maybe some before it."""
        return self._quotes[bisect_right(self._reached, start) : bisect_left(self._starts, end)]


def _show(unit: Unit, text: str, matches: Sequence[Match]) -> HitRecord:
    """The words that were found; of a long text, the part where the matches are densest."""
    start, end = _excerpt(text, matches)
    excerpt = text[start:end]
    shown = [(a - start, b - start) for a, b in matches if start <= a and b <= end]
    marked, at = "…" if text[:start].strip() else "", 0
    for first, last in shown:
        marked += f"{excerpt[at:first]}⟦{excerpt[first:last]}⟧"
        at = last
    marked += excerpt[at:] + ("…" if text[end:].strip() else "")
    placed = unit.kind in {"quote", "text"}
    return HitRecord(
        kind=unit.kind,
        id=unit.id,
        excerpt=excerpt,
        matches=tuple(shown),
        marked=marked,
        start=unit.start + start if placed else None,
        end=unit.start + end if placed else None,
    )


def _excerpt(text: str, matches: Sequence[Match]) -> Match:
    """Where to cut a text for showing it: between words, and without white space at the ends."""
    start, end = 0, len(text)
    if end > MATCHES_SHOWN_WITHIN + 2 * SHOWN_AROUND_MATCHES:
        first, last = _densest(matches)
        if first > SHOWN_AROUND_MATCHES:
            start = (
                text.find(" ", first - SHOWN_AROUND_MATCHES, first) + 1
                or first - SHOWN_AROUND_MATCHES
            )
        if last + SHOWN_AROUND_MATCHES < end:
            end = text.rfind(" ", last, last + SHOWN_AROUND_MATCHES)
            end = last + SHOWN_AROUND_MATCHES if end < 0 else end
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


def _densest(matches: Sequence[Match]) -> Match:
    """The first stretch of at most `MATCHES_SHOWN_WITHIN` code points that holds the most matches,
    or the first match if it is longer.
    """
    best, left = (0, 0), 0
    for right in range(len(matches)):
        while left < right and matches[right][1] - matches[left][0] > MATCHES_SHOWN_WITHIN:
            left += 1
        if right - left > best[1] - best[0]:
            best = left, right
    return matches[best[0]][0], matches[best[1]][1]


def _cited_by(claims: Sequence[str]) -> str:
    return f"cited by {', '.join(claims)}" if claims else "cited by no claim"
