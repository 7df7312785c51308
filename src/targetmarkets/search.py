"""Full-text search in names, statements, quotations and archived texts, the best hit first.

The index is SQLite's FTS5, in memory: it folds case and accents, knows phrases and prefixes, and
ranks by BM25. What it indexes is folded text, so that the line ends, hyphenation and ligatures of
a document do not hide a word; the matches are mapped back to the text itself.
"""

import re
import sqlite3
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cached_property
from typing import Final, NamedTuple

from targetmarkets.anchor import Archives
from targetmarkets.cite import cite_work, show_date, show_name, with_passages
from targetmarkets.compose import Composer, gloss
from targetmarkets.errors import TargetMarketsError, UnreadableError, UsageError
from targetmarkets.fields import OBJECTS
from targetmarkets.folding import fold
from targetmarkets.models import Claim, Quote, Source
from targetmarkets.names import resolve_term
from targetmarkets.objects import Object, names_of
from targetmarkets.query import Filters, Kind, find
from targetmarkets.records import HitRecord
from targetmarkets.store import Knowledge
from targetmarkets.vocabulary import HIT_KINDS, HitKind

WINDOW: Final = 240
"""Code points of a long text within which its matches are shown, where they are densest."""

CONTEXT: Final = 80
"""Code points that are shown before and after them."""

MOST_TERMS: Final = 100
"""Words and phrases of one query; the index does not parse many more."""

_NAMED: Final[tuple[Kind, ...]] = ("customers", "categories", "groups")

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Marks around matches, of the code points that Unicode keeps for such uses."""

_BLANKS: Final = dict.fromkeys(map(ord, ("\0", _OPEN, _CLOSE)), " ")
"""What a text may hold that would end it early or be taken for a mark."""

_QUOTATION_MARKS: Final = dict.fromkeys(map(ord, "“”„‟«»＂"), '"')

_TERM: Final = re.compile(r'([-−]?)(?:"([^"]*)"?|([^\s"]+))(\*?)')

_PARAGRAPH_END: Final = re.compile(r"\n[^\S\n]*\n\s*|\f|(?<=[.!?:;”’\")\]])[^\S\n]*\n")
"""An empty line, the end of a page, or a line that ends as a sentence does. Other line ends may
be those of the page, and a phrase may run across them."""

Span = tuple[int, int]


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


class Scope(NamedTuple):
    """Where to search. Several values of one field mean either; different fields mean both."""

    kind: Sequence[str] = ()
    category: Sequence[str] = ()
    customer: Sequence[str] = ()
    source: Sequence[str] = ()


class Results(NamedTuple):
    """What a search came to."""

    hits: list[HitRecord]
    """The best first."""
    problems: list[str]
    """Archived texts that could not be read, or are not what was recorded."""


def search(kb: Knowledge, text: str, scope: Scope | None = None) -> Results:
    """Everything in which all words and phrases of a query occur, and none that it excludes.

    A word finds itself whatever its case and accents, and `miss*` all that begin so; words in
    quotation marks stand next to each other; `-word` and `-"some words"` must not be there. With
    `category` and `customer`, what is about them or cited by claims about them; with `source`,
    what rests on it. Raises `RequestError`.
    """
    expression = parse(text).expression()
    searcher = _Searcher(kb, scope or Scope())
    found = _ranked(list(searcher.units()), expression)
    hits = [searcher.hit(unit, matches) for unit, matches in found]
    return Results([hit for hit in hits if hit], searcher.problems)


def parse(text: str) -> Terms:
    """Read a query. Raises `UsageError` for one that looks for nothing."""
    wanted: list[str] = []
    unwanted: list[str] = []
    readable = text.encode("utf-8", "replace").decode().translate(_BLANKS | _QUOTATION_MARKS)
    for minus, phrase, word, star in _TERM.findall(readable):
        words = fold(phrase or word, joined=True).text.replace('"', " ")
        if any(character.isalnum() for character in words):
            prefix = " *" if star or words.endswith("*") else ""
            (unwanted if minus else wanted).append(f'"{words}"{prefix}')
    if not wanted:
        remedy = "give a word that must be there, too" if unwanted else "give a word to look for"
        raise UsageError("there is nothing to search for", remedy)
    if len(wanted) + len(unwanted) > MOST_TERMS:
        message = f"a search has at most {MOST_TERMS} words or phrases"
        raise UsageError(message, 'put words that stand together in quotation marks: "…"')
    return Terms(wanted, unwanted)


class _Unit(NamedTuple):
    """A text that is found or not as a whole."""

    kind: HitKind
    item: Object
    """What is found by it; of a passage of an archived text, the source."""
    text: str
    start: int = 0
    """Where it stands in the archived text, if it is of one."""


class _Searcher:
    """The texts of a knowledge base that are within a scope, and what is told of a hit."""

    def __init__(self, kb: Knowledge, scope: Scope) -> None:
        self.kb = kb
        self.kinds = [resolve_term(name, HIT_KINDS, "kind of hit") for name in scope.kind]
        self.filters = Filters(
            category=scope.category, customer=scope.customer, source=scope.source
        ).resolved(kb, ())
        self.composer = Composer(kb)
        self.archives = Archives(kb)
        self.problems: list[str] = []
        self._quotes_in: dict[tuple[str, int], list[Quote]] = defaultdict(list)
        """Quotations by the source and the start of each paragraph that they reach into."""

    def units(self) -> Iterator[_Unit]:
        """Every text within the scope: names, statements, quotations, passages."""
        for kind in _NAMED if not self.filters.source else ():
            yield from self._objects(kind)
        yield from self._objects("claims")
        yield from self._objects("quotes")
        yield from self._objects("sources")
        if self._asked("text"):
            for source in self.kb.content.sources:
                if source.archive and source.id in (self.filters.source or self.kb.sources):
                    yield from self._paragraphs(source)

    def hit(self, unit: _Unit, matches: Sequence[Span]) -> HitRecord | None:
        """What is told of a text that was found; None of a passage that no claim about the
        customers or categories asked for cites.
        """
        shown = _show(unit, matches)
        match unit.item:
            case Claim():
                return self._claim(shown, unit.item)
            case Quote():
                return self._quote(shown, unit.item)
            case Source() if unit.kind == "text":
                return self._passage(shown, unit, matches)
            case Source():
                record = self.composer.source(unit.item)
                return shown.model_copy(
                    update={
                        "claims": record.claims,
                        "sources": (record.id,),
                        "citation": record.citation,
                        "gloss": "archived" if record.archived else "not archived",
                    }
                )
        return shown

    def _objects(self, kind: Kind) -> Iterator[_Unit]:
        hit_kind = next(known for known in HIT_KINDS if known == OBJECTS[kind])
        if self._asked(hit_kind):
            for item in find(self.composer, kind, self.filters):
                start = item.start if isinstance(item, Quote) else 0
                yield _Unit(hit_kind, item, _words_of(item), start)

    def _paragraphs(self, source: Source) -> Iterator[_Unit]:
        if problem := self.archives.problem(source.id):
            self.problems.append(problem)
        try:
            text = self.archives.text(source.id).text
        except UnreadableError:
            return
        starts = [0, *(match.end() for match in _PARAGRAPH_END.finditer(text))]
        for quote in self.kb.quotes_from.get(source.id, ()):
            first, last = bisect_right(starts, quote.start) - 1, bisect_left(starts, quote.end)
            for start in starts[first:last]:
                self._quotes_in[source.id, start].append(quote)
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            yield _Unit("text", source, text[start:end], start)

    def _asked(self, kind: HitKind) -> bool:
        return not self.kinds or kind in self.kinds

    @cached_property
    def _concerning(self) -> frozenset[str] | None:
        """Ids of the claims about the customers and categories that are asked for, if any are."""
        if not (self.filters.customer or self.filters.category):
            return None
        return frozenset(claim.id for claim in find(self.composer, "claims", self.filters))

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

    def _passage(self, shown: HitRecord, unit: _Unit, matches: Sequence[Span]) -> HitRecord | None:
        claims = self._citing(unit, matches)
        if self._concerning is not None and self._concerning.isdisjoint(claims):
            return None
        source = self.kb.sources[unit.item.id]
        start, end = shown.start or 0, shown.end or 0
        line = self.archives.text(source.id).line_of(start)
        page = source.archive.page_at(start) if source.archive else None
        return shown.model_copy(
            update={
                "line": line,
                "claims": tuple(claims),
                "sources": (source.id,),
                "citation": with_passages(cite_work(source.bibliography), [(start, end)], [page]),
                "gloss": f"line {line}, {_cited_by(claims)}",
            }
        )

    def _citing(self, unit: _Unit, matches: Sequence[Span]) -> list[str]:
        """Ids of the accepted claims that rest on a quotation which holds part of a match."""
        ends = [unit.start + end for _, end in matches]

        def holds(quote: Quote) -> bool:
            first = bisect_right(ends, quote.start)
            return first < len(ends) and unit.start + matches[first][0] < quote.end

        claims = [
            claim
            for quote in self._quotes_in.get((unit.item.id, unit.start), ())
            if holds(quote)
            for claim in self.kb.claims_on_quote.get(quote.id, ())
        ]
        return list(dict.fromkeys(claim.id for claim in claims if claim.status == "accepted"))


def _words_of(item: Object) -> str:
    """What an object is found by."""
    match item:
        case Claim():
            return item.statement
        case Quote():
            return item.exact
        case Source(bibliography=work):
            facts = (work.container_title, work.publisher, work.number, show_date(work.issued))
            words = [work.title, *map(show_name, work.author), *facts, item.id]
        case _:
            id_, *names = names_of(item)
            words = [*names, id_]
    return " · ".join(dict.fromkeys(word for word in words if word))


def _ranked(units: Sequence[_Unit], expression: str) -> Iterator[tuple[_Unit, list[Span]]]:
    """The units that a query finds, with the spans of the matches in each.

    Names, which come first among the units, are found first, and then what fits best.
    """
    texts = [fold(unit.text, joined=True) for unit in units]
    names = sum(unit.kind in {"customer", "category", "group"} for unit in units)
    with closing(sqlite3.connect(":memory:")) as index:
        try:
            index.execute(
                "CREATE VIRTUAL TABLE unit USING fts5"
                "(words, tokenize = 'unicode61 remove_diacritics 2')"
            )
        except sqlite3.OperationalError as error:
            message = f"the SQLite of this Python cannot search texts: {error}"
            raise TargetMarketsError(message, "use a Python whose SQLite has FTS5") from error
        rows = ((number, text.text.translate(_BLANKS)) for number, text in enumerate(texts))
        index.executemany("INSERT INTO unit (rowid, words) VALUES (?, ?)", rows)
        found = index.execute(
            "SELECT rowid, highlight(unit, 0, ?, ?) FROM unit WHERE unit MATCH ? "
            "ORDER BY rowid >= ?, rank, rowid",
            (_OPEN, _CLOSE, expression, names),
        )
        for number, highlighted in found:
            yield units[number], [texts[number].span(*span) for span in _marked(highlighted)]


def _marked(highlighted: str) -> Iterator[Span]:
    """Where the marked parts of a text stand in it, the marks themselves not counted."""
    before, *parts = highlighted.split(_OPEN)
    offset = len(before)
    for part in parts:
        match, _, rest = part.partition(_CLOSE)
        yield offset, offset + len(match)
        offset += len(match) + len(rest)


def _show(unit: _Unit, matches: Sequence[Span]) -> HitRecord:
    """The words that were found; of a long text, the part where the matches are densest."""
    start, end = _excerpt(unit.text, matches)
    excerpt = unit.text[start:end]
    shown = [(a - start, b - start) for a, b in matches if start <= a and b <= end]
    marked, at = "…" if unit.text[:start].strip() else "", 0
    for first, last in shown:
        marked += f"{excerpt[at:first]}⟦{excerpt[first:last]}⟧"
        at = last
    marked += excerpt[at:] + ("…" if unit.text[end:].strip() else "")
    placed = unit.kind in {"quote", "text"}
    return HitRecord(
        kind=unit.kind,
        id=unit.item.id,
        excerpt=excerpt,
        matches=tuple(shown),
        marked=marked,
        start=unit.start + start if placed else None,
        end=unit.start + end if placed else None,
    )


def _excerpt(text: str, matches: Sequence[Span]) -> Span:
    """Where to cut a text for showing it: between words, and without white space at the ends."""
    start, end = 0, len(text)
    if end > WINDOW + 2 * CONTEXT:
        first, last = _densest(matches)
        if first > CONTEXT:
            start = text.find(" ", first - CONTEXT, first) + 1 or first - CONTEXT
        if last + CONTEXT < end:
            end = text.rfind(" ", last, last + CONTEXT)
            end = last + CONTEXT if end < 0 else end
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


def _densest(matches: Sequence[Span]) -> Span:
    """The first stretch of at most `WINDOW` code points that holds the most matches, or the first
    match if it is longer.
    """
    best, left = (0, 0), 0
    for right in range(len(matches)):
        while left < right and matches[right][1] - matches[left][0] > WINDOW:
            left += 1
        if right - left > best[1] - best[0]:
            best = left, right
    return matches[best[0]][0], matches[best[1]][1]


def _cited_by(claims: Sequence[str]) -> str:
    return f"cited by {', '.join(claims)}" if claims else "cited by no claim"
