"""The archived texts of a knowledge base, in which passages are looked for by their words.

To look through all texts for each passage would take too long. So it is noted once where each word
stands; of a passage the rare words are asked for, and where several stand as far apart as in the
passage, there it may be. What is found so is only where to look.

The words of a large knowledge base are kept (`kb/disposable.py`), for as long as no archived text
changes.
"""

from __future__ import annotations

import math
import re
import sqlite3
import unicodedata
from array import array
from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from heapq import nsmallest
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from targetmarkets.errors import UnreadableError
from targetmarkets.kb import disposable
from targetmarkets.kb.files import sha256
from targetmarkets.text.tokens import SINGLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from targetmarkets.evidence.archive import Archives

KIND: Final = "passages-1"
"""The kind of database; its number changes with what it holds."""

MIN_LENGTH_KEPT: Final = 2_000_000
"""Characters of all texts from which on their words are kept."""

MIN_SHARE: Final = 0.3
"""Share of what speaks for the likeliest place that must speak for another."""

MAX_PLACES_ASKED: Final = 3_000
"""Places of words of a passage that are looked at together; the rare words first."""

MAX_PLACES_OF_WORD: Final = 20_000
"""Places of a word that tells nothing, unless there is no other."""

MAX_WORDS_ASKED: Final = 400
"""Words of a passage that are asked for."""

MARGIN: Final = 12
"""Words around a place that are looked at with it."""

_RAISED: Final = "⁰¹²³⁴-⁹₀-₉"
_LETTER: Final = rf"(?!{SINGLE})[^\W_{_RAISED}]"
_WORD: Final = re.compile(rf"{SINGLE}|{_LETTER}(?:\u00ad?(?:{_LETTER}|[\u0300-\u036f]))*")
_BROKEN: Final = re.compile(r"[-\u2010\u00ad]\s*\n\s*")


class Stretch(NamedTuple):
    """A stretch of an archived text in which a passage may stand."""

    source: str
    start: int
    end: int
    share: float
    """How much of what the passage's words tell speaks for it, up to 1."""


class _Words(Protocol):
    """Where each word stands, counted in words over all texts."""

    total: int
    totals: dict[str, int]
    """The words of each text, by its source."""

    def places(self, word: str) -> Sequence[int]: ...
    def count(self, word: str) -> int: ...
    def offsets(self, source: str) -> array[int]: ...


def normal(word: str) -> str:
    """A word as it is asked for: without accents' composition, ligatures and case."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word.replace("\u00ad", "")).casefold()


class Library:
    """The archived texts, and where their words stand."""

    def __init__(self, archives: Archives) -> None:
        self.texts: dict[str, str] = {}
        """The texts that have the recorded hash, by their sources."""
        self.problems: dict[str, str] = {}
        """What is wrong with the others."""
        self._archives = archives
        self._ordinals: dict[str, array[int]] = {}
        for source in archives.kb.archived:
            try:
                problem = archives.problem(source.id)
                if problem is None:
                    self.texts[source.id] = archives.text(source.id).text
            except UnreadableError as error:
                problem = error.message
            if problem is not None:
                self.problems[source.id] = problem

    def line(self, source: str, offset: int) -> int:
        """The line of an archived text, from 1, on which a character stands."""
        return self._archives.text(source).line_of(offset)

    def page(self, source: str, offset: int) -> str | None:
        """The page on which it stands, by its label."""
        archive = self._archives.kb.sources[source].archive
        return archive.page_at(offset) if archive else None

    def around(self, source: str, start: int, end: int) -> tuple[str, str]:
        """What stands just before a passage and just after it."""
        return self._archives.text(source).around(start, end)

    def near(self, passage: str, most: int) -> list[Stretch]:
        """The stretches where a passage may stand, the likeliest first."""
        asked = [normal(match[0]) for match in _WORD.finditer(passage)][:MAX_WORDS_ASKED]
        votes, possible = self._votes(asked)
        if not votes:
            return []
        size = _size(len(asked))
        least = max(votes.values()) * MIN_SHARE
        promising = {
            near
            for cell, number in votes.items()
            if number >= least / 2
            for near in (cell - 1, cell)
        }
        summed = {cell: votes.get(cell, 0.0) + votes.get(cell + 1, 0.0) for cell in promising}
        best = nsmallest(most * 4, summed, key=lambda cell: (-summed[cell], cell))
        chosen: list[int] = []
        for cell in best:
            near = any(abs(cell - other) < 2 for other in chosen)
            if len(chosen) < most and summed[cell] >= least and not near:
                chosen.append(cell)
        found: list[Stretch] = []
        for cell in chosen:
            first = cell * size - MARGIN
            last = (cell + 2) * size + len(asked) + MARGIN
            found += self._stretches(first, last, cell * size, summed[cell] / possible)
        return found

    def _votes(self, asked: Sequence[str]) -> tuple[dict[int, float], float]:
        """How much speaks for each place at which a passage of some words would begin."""
        counts = {word: self._words.count(word) for word in set(asked)}
        rare = sorted((counts[word], at, word) for at, word in enumerate(asked) if counts[word])
        size = _size(len(asked))
        votes: dict[int, float] = defaultdict(float)
        looked, possible = 0, 0.0
        for count, at, word in rare:
            if votes and (looked + count > MAX_PLACES_ASKED or count > MAX_PLACES_OF_WORD):
                break
            looked += count
            weight = math.log(2 + self._words.total / count)
            possible += weight
            for cell in {(place - at) // size for place in self._words.places(word)}:
                votes[cell] += weight
        return votes, possible or 1.0

    def _stretches(self, first: int, last: int, meant: int, share: float) -> Iterator[Stretch]:
        """The words from one to another as a stretch of the text in which the middle of them is."""
        at = max(0, bisect_right(self._order, max(meant, 0), key=itemgetter(0)) - 1)
        for number in (at, at + 1):
            if number >= len(self._order):
                return
            begins, source = self._order[number]
            offsets, text = self._offsets(source), self.texts[source]
            low, high = max(0, first - begins), min(len(offsets), last - begins)
            if low < high:
                end = offsets[high] if high < len(offsets) else len(text)
                yield Stretch(source, offsets[low] if low else 0, end, share)

    def _offsets(self, source: str) -> array[int]:
        """Where the words of a text begin."""
        if source not in self._ordinals:
            self._ordinals[source] = self._words.offsets(source)
        return self._ordinals[source]

    @cached_property
    def _words(self) -> _Words:
        if sum(map(len, self.texts.values())) >= MIN_LENGTH_KEPT:
            kb = self._archives.kb
            hashes = [f"{id_} {self._hash(id_)}" for id_ in self.texts]
            made_from = sha256("\n".join(hashes).encode())
            if made := disposable.kept(KIND, kb.path, made_from, self._fill):
                return _KeptWords(made)
        return _HeldWords(self.texts)

    @cached_property
    def _order(self) -> list[tuple[int, str]]:
        """The texts in order, each with the number of its first word."""
        begins, order = 0, []
        for source in self.texts:
            order.append((begins, source))
            begins += self._words.totals[source]
        return order

    def _hash(self, source: str) -> str:
        archive = self._archives.kb.sources[source].archive
        assert archive is not None
        return archive.sha256

    def _fill(self, database: sqlite3.Connection) -> None:
        places, totals = _counted(self.texts)
        database.execute("CREATE TABLE total (source TEXT PRIMARY KEY, words INTEGER, starts BLOB)")
        starts = (
            (id_, total, _offsets(self.texts[id_]).tobytes()) for id_, total in totals.items()
        )
        database.executemany("INSERT INTO total VALUES (?, ?, ?)", starts)
        database.execute("CREATE TABLE word (word TEXT PRIMARY KEY, number INTEGER, places BLOB)")
        rows = ((word, len(found), found.tobytes()) for word, found in sorted(places.items()))
        database.executemany("INSERT INTO word VALUES (?, ?, ?)", rows)


class _HeldWords:
    """The words of a small knowledge base, held in memory."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._places, self.totals = _counted(texts)
        self.total = sum(self.totals.values())

    def places(self, word: str) -> Sequence[int]:
        return self._places.get(word, ())

    def count(self, word: str) -> int:
        return len(self._places.get(word, ()))

    def offsets(self, source: str) -> array[int]:
        return _offsets(self._texts[source])


class _KeptWords:
    """The words of a large one, in a database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute(f"PRAGMA mmap_size = {1 << 30}")  # places are read all over the file
        self.totals: dict[str, int] = dict(database.execute("SELECT source, words FROM total"))
        self.total = sum(self.totals.values())
        self._counts: dict[str, int] = {}

    def places(self, word: str) -> Sequence[int]:
        row = self._asked("SELECT places FROM word WHERE word = ?", word)
        return _array(row)

    def offsets(self, source: str) -> array[int]:
        """Where the words of a text begin."""
        row = self._asked("SELECT starts FROM total WHERE source = ?", source)
        return _array(row)

    def count(self, word: str) -> int:
        if word not in self._counts:
            row = self._asked("SELECT number FROM word WHERE word = ?", word)
            self._counts[word] = int(row[0]) if row else 0
        return self._counts[word]

    def _asked(self, question: str, word: str) -> tuple[Any] | None:
        try:
            row: tuple[Any] | None = self._database.execute(question, (word,)).fetchone()
        except sqlite3.DatabaseError as error:
            raise disposable.damaged(self._database) from error
        return row


def _array(row: tuple[Any] | None) -> array[int]:
    found = array("I")
    found.frombytes(row[0] if row else b"")
    return found


def _offsets(text: str) -> array[int]:
    return array("I", (match.start() for match in _WORD.finditer(text)))


def _size(words: int) -> int:
    """Words by which places may differ that count as one."""
    return max(8, words // 3)


def _counted(texts: Mapping[str, str]) -> tuple[dict[str, array[int]], dict[str, int]]:
    """Where each word stands, counted in words over all texts; and how many words each text has."""
    places: dict[str, array[int]] = defaultdict(lambda: array("I"))
    normals: dict[str, str] = {}
    totals: dict[str, int] = {}
    number = 0
    for source, text in texts.items():
        begins = number
        for match in _WORD.finditer(text):
            word = match[0]
            if word not in normals:
                normals[word] = normal(word)
            places[normals[word]].append(number)
            number += 1
        totals[source] = number - begins
        for first, joined in _joined(text):
            places[joined].append(begins + first)
    return places, totals


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """The words that a hyphen breaks at the end of a line, as they are without it."""
    if not (broken := list(_BROKEN.finditer(text))):
        return
    starts = _offsets(text)
    for match in broken:
        at = bisect_right(starts, match.start()) - 1
        before = _WORD.match(text, starts[at]) if at >= 0 else None
        after = _WORD.match(text, match.end())
        if before and after and before.end() == match.start():
            yield at, normal(before[0] + after[0])
