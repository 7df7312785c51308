"""Full-text search in names, statements, notes, quotations, archived texts; the best hit first."""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, islice
from typing import Final, NamedTuple

from targetmarkets import limits
from targetmarkets.errors import UsageError
from targetmarkets.evidence.archive import Archives
from targetmarkets.kb import countries
from targetmarkets.kb.filtering import View
from targetmarkets.kb.filters import FILTERS, Filters
from targetmarkets.kb.held import Held
from targetmarkets.kb.knowledge import Knowledge, some_at_a_time
from targetmarkets.kb.lookup import fold_name
from targetmarkets.kb.resolve import resolve_term
from targetmarkets.kb.store.engine import BLANKS, Match, Phrase, Sought, Unit
from targetmarkets.kb.store.matching import matches_in
from targetmarkets.kb.store.texts import MAX_ALIASES, Asked, Words
from targetmarkets.kb.words import parts_of, words_of
from targetmarkets.model.objects import Claim, Quote, Source
from targetmarkets.model.types import HIT_KINDS, LIST_OF, OBJECT_TYPES, HitKind
from targetmarkets.query.choose import as_kind, chosen
from targetmarkets.query.excerpts import show, where_found
from targetmarkets.query.fulltext import corpus
from targetmarkets.records.compose import Composer
from targetmarkets.records.hits import HitRecord
from targetmarkets.records.shared import accepted
from targetmarkets.records.wording import cut, gloss, with_passages
from targetmarkets.text.folding import fold
from targetmarkets.text.spelling import spelt_like
from targetmarkets.text.words import asked, divided

Found = tuple[Unit, list[Match] | None]
"""A text that was found, with the matches in its divided words, where they are known."""

MIN_RESPELT: Final = 4
"""Letters of a word from which on another is looked for that was meant."""

MAX_RESPELT: Final = 200
"""Characters of a query in which such words are looked for."""

MAX_SOURCES_HELD: Final = 64
"""Sources of which the quotations are held, of a knowledge base that is not in memory itself."""

_NAMED: Final = frozenset(type_.word for type_ in OBJECT_TYPES if type_.is_named)

_QUOTATION_MARKS: Final = dict.fromkeys(map(ord, "“”„‟«»＂"), '"')

_TERM: Final = re.compile(r'([-−]?)(?:"([^"]*)"?|([^\s"]+))(\*?)')


class Term(NamedTuple):
    """A word or phrase that is searched for."""

    forms: Sequence[str]
    """Its words, and ways to write them together or apart."""
    prefix: bool
    """Whether the last word is but the beginning of one."""

    def asks(self) -> Iterator[Asked]:
        """Words of which texts may have others: its own, and of several each alone."""
        for form in self.forms:
            yield Asked(form, self.prefix)
            yield from map(Asked, _alone(form.split()))

    def phrases(self, also: Mapping[Asked, Sequence[str]]) -> list[Phrase]:
        """What it is looked for by: the words as they are typed, or as texts have them."""
        ways = dict.fromkeys(self.forms)
        for form in self.forms:
            ways |= dict.fromkeys(also[Asked(form, self.prefix)])
            words = form.split()
            for at, word in enumerate(_alone(words)):
                for stands in also[Asked(word)]:
                    ways[" ".join([*words[:at], stands, *words[at + 1 :]])] = None
        return [Phrase(way, self.prefix) for way in islice(ways, MAX_ALIASES)]


def _alone(words: Sequence[str]) -> Sequence[str]:
    """Those of several words that may be written otherwise each alone."""
    return words[:MAX_RESPELT] if len(words) > 1 else ()


class Terms(NamedTuple):
    """What is searched for."""

    wanted: Sequence[Term]
    """Words and phrases that must be there."""
    unwanted: Sequence[Term]
    """Words and phrases that must not."""

    def sought(self, texts: Words) -> Sought:
        """What a text must have to be found."""
        terms = (*self.wanted, *self.unwanted)
        also = texts.also(chain.from_iterable(term.asks() for term in terms))
        return Sought(
            [term.phrases(also) for term in self.wanted],
            [phrase for term in self.unwanted for phrase in term.phrases(also)],
        )


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
    instead: str | None = None
    """Where nothing was found: the query with words that stand somewhere, in the place of those
    that are spelt nearly so and stand nowhere."""


def search(kb: Knowledge, text: str, within: Within | None = None) -> Results:
    """Everything in which all words and phrases of a query occur, and none that it excludes.

    A word finds itself whatever its case and accents, written together or apart, and `miss*` all
    that begin so; words in quotation marks stand next to each other; `-word` and `-"some words"`
    must not be there. With `category` and `customer`, what is about them or cited by claims about
    them; with `source`, what rests on it. Raises `RequestError`.

    `Search` gives the same hit by hit, of which there may be many.
    """
    asked = Search(kb, text, within)
    return Results([*asked.hits()], asked.problems(), asked.instead)


def parse(text: str) -> Terms:
    """Read a query. Raises `UsageError` for one that looks for nothing."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    readable = text.encode("utf-8", "replace").decode().translate(BLANKS | _QUOTATION_MARKS)
    for minus, phrase, word, star in _TERM.findall(readable):
        if forms := asked(phrase or word):
            prefix = bool(star) or (phrase or word).endswith("*")
            (unwanted if minus else wanted).append(Term(forms, prefix))
    if not wanted:
        remedy = "give a word that must be there, too" if unwanted else "give a word to look for"
        raise UsageError("there is nothing to search for", remedy)
    if len(wanted) + len(unwanted) > limits.TERMS.most:
        message = f"a search has at most {limits.TERMS.most} words or phrases"
        raise UsageError(message, 'put words that stand together in quotation marks: "…"')
    return Terms(wanted, unwanted)


def _respelt(texts: Words, text: str) -> str | None:
    """A query with other words in the place of those that stand nowhere; None where there are none.

    The name of a state is not misspelt, but means that state.
    """

    def nearest(word: str) -> str:
        sought = fold_name(word)
        if len(sought) < MIN_RESPELT or countries.called(sought):
            return word
        known = texts.vocabulary(sought)
        return word if sought in known else next(iter(spelt_like(sought, known)), word)

    typed = fold(text[:MAX_RESPELT], joined=True).text
    respelt = re.sub(r"[^\W_]+", lambda match: nearest(match[0]), typed)
    return respelt if respelt != typed else None


class Search:
    """What is searched for and where, and what is told of a hit."""

    def __init__(self, kb: Knowledge, text: str, within: Within | None = None) -> None:
        """Raises `RequestError`."""
        self._asked = text
        self._terms = parse(text)
        within = within or Within()
        if wrong := [name for name in within.filters if not FILTERS[name].searched]:
            useful = ", ".join(name for name, filter_ in FILTERS.items() if filter_.searched)
            raise UsageError(f"{wrong[0]} is no filter of a search", f"these are: {useful}")
        self.kb = kb
        self.kinds = [resolve_term(name, HIT_KINDS, "kind of hit") for name in within.kinds]
        self.kinds = self.kinds or list(HIT_KINDS)
        self.filters = within.filters.resolved(kb, "claims")
        self.composer = Composer(kb)
        self._view = View(kb, self.composer.shared.classifier)
        self.archives = Archives(kb)
        self._within: dict[HitKind, frozenset[str]] = {}
        self._places = Held[_Quotes](MAX_SOURCES_HELD if kb.keeps_texts else None)
        self._looked_at = Held[None](MAX_SOURCES_HELD)
        """Ids of sources in the texts of which something was found just now."""
        self._problems: dict[str, str] = {}
        """What is wrong with texts in which something was found, by their sources."""
        self.instead: str | None = None
        """As in `Results`; known after the last hit."""

    def hits(self) -> Iterator[HitRecord]:
        """The best first, each told when it is its turn: none is held."""
        is_found = False
        with corpus(self.kb, self.archives) as texts:
            sought = self._terms.sought(texts)
            for unit, matches in self._foresee(texts.ask(sought, self.kinds)):
                if hit := self._hit(unit, matches, sought):
                    is_found = True
                    yield hit
            if not is_found:
                self.instead = _respelt(texts, self._asked)

    def problems(self) -> list[str]:
        """What is wrong with the archived texts that were searched; known after the last hit."""
        if "text" not in self.kinds:
            return []
        if self.kb.keeps_texts:  # nobody changed the others by a slip: verify proves them
            return [self._problems[id_] for id_ in sorted(self._problems, key=self.kb.order)]
        sources = self.filters.get("source") or [source.id for source in self.kb.archived]
        archived = [id_ for id_ in dict.fromkeys(sources) if self.kb.sources[id_].archive]
        problems = map(self.archives.problem, archived)
        return [problem for problem in problems if problem]

    def _foresee(self, found: Iterable[Found]) -> Iterator[Found]:
        """What was found, some at a time: what is told of their objects is looked up at once."""
        for chunk in some_at_a_time(found):
            named = self.kb.several(unit.id for unit, _ in chunk if unit.kind != "text")
            deque(self.kb.foresee(named), maxlen=0)
            passages = [unit for unit, _ in chunk if unit.kind == "text"]
            unread = (unit.id for unit in passages if unit.id not in self._places)
            self.kb.lead_ahead(("quotes_from",), unread)
            quoted = (q.id for unit in passages for q in self._quotes(unit))
            self.kb.lead_ahead(("claims_on_quote",), quoted)
            yield from chunk

    def _hit(self, unit: Unit, found: Sequence[Match] | None, sought: Sought) -> HitRecord | None:
        """What is told of a text that was found, with the matches in its divided words, if they
        are known; None of one that is not where is searched.
        """
        if not self._is_within(unit):
            return None
        text = self._text(unit)
        words = divided(text)
        if found is None:
            found = matches_in(words.text, chain.from_iterable(sought.wanted))
        matches = [words.span(*span) for span in found]
        if unit.kind == "text":
            return self._passage(show(unit, text, matches), unit, matches)
        item = self.kb.objects[unit.id]
        if isinstance(item, Quote):
            unit = unit._replace(start=item.start)
        if isinstance(item, Claim):
            return self._claim(unit, item, matches)
        shown = show(unit, text, matches)
        match item:
            case Quote() as quote:
                return self._quote(shown, quote)
            case Source() as source:
                return self._source(shown, source)
        return shown

    def _look_at(self, source: str) -> None:
        """Note what is wrong with an archived text in which something was found."""
        if problem := self.archives.problem(source):
            self._problems[source] = problem

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
            passing = chosen(self._view, kind, self.filters)
            self._within[unit.kind] = frozenset(item.id for item in passing)
        return unit.id in self._within[unit.kind]

    @cached_property
    def _concerning(self) -> frozenset[str] | None:
        """Ids of the claims about the customers and categories that are asked for, if any are."""
        if self.filters.keys() <= {"source"}:
            return None
        return frozenset(claim.id for claim in chosen(self._view, "claims", self.filters))

    def _claim(self, unit: Unit, claim: Claim, matches: Sequence[Match]) -> HitRecord:
        text, placed, found_in = where_found(parts_of(self.kb, claim), matches)
        return show(unit, text, placed).model_copy(
            update={
                "found_in": found_in,
                "certainty": claim.certainty,
                "stance": claim.stance,
                "hedge": claim.hedge,
                "sources": tuple(self.kb.sources_of(claim)),
                "citation": self.composer.shared.cite(claim),
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
                "gloss": f"{_cited_by(record.claims)}{cut(quote)}",
            }
        )

    def _source(self, shown: HitRecord, source: Source) -> HitRecord:
        claims = accepted(self.kb.claims_on_source(source.id))
        return shown.model_copy(
            update={
                "claims": tuple(claim.id for claim in claims),
                "sources": (source.id,),
                "citation": self.composer.shared.work(source.id),
                "gloss": "archived" if source.archive else "not archived",
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
        if self.kb.keeps_texts:
            self._looked_at.of(unit.id, lambda: self._look_at(unit.id))
        ends = [unit.start + end for _, end in matches]

        def holds(quote: Quote) -> bool:
            first = bisect_right(ends, quote.start)
            return first < len(ends) and unit.start + matches[first][0] < quote.end

        claims = [
            claim
            for quote in self._quotes(unit)
            if holds(quote)
            for claim in self.kb.claims_on_quote(quote.id)
        ]
        return list(dict.fromkeys(claim.id for claim in claims if claim.status == "accepted"))

    def _quotes(self, unit: Unit) -> Sequence[Quote]:
        """The quotations that reach into a passage."""
        quotes = self._places.of(unit.id, lambda: _Quotes(self.kb.quotes_from(unit.id)))
        return quotes.within(unit.start, unit.end)


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


def _cited_by(claims: Sequence[str]) -> str:
    return f"cited by {', '.join(claims)}" if claims else "cited by no claim"
