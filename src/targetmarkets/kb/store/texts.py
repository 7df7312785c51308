"""Words as they are searched: what is put into the tables for it, and what is asked of them.

It knows phrases and prefixes, and ranks by BM25. What it is given are words already
(`text/words.py`), so that neither the line ends, hyphenation and ligatures of a document hide one,
nor its spelling, nor a script without spaces. Beside them is a table of what else they can be asked
for by.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Final, NamedTuple

from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.store import schema, sql
from targetmarkets.kb.store.engine import Database, Match, Sought, Unit
from targetmarkets.kb.words import is_searched, words_of
from targetmarkets.model.stored import Stored
from targetmarkets.text.words import aliases, divided

MAX_PARAGRAPH_LENGTH: Final = 20_000
"""Code points of a text that is found as a whole; a longer one is cut between two words."""

MAX_ALIASES: Final = 20
"""Ways to write a word that are looked for beside the one that was typed."""

MAX_ASKED: Final = 50
"""Words of which one query asks how else they are written."""

MAX_ALIAS: Final = 300
"""Code points from which on nobody asks for words by another way to write them."""

_PARAGRAPH_END: Final = re.compile(r"\n[^\S\n]*\n\s*|\f|(?<=[.!?:;”’\")\]])[^\S\n]*\n")
"""An empty line, the end of a page, or a line that ends as a sentence does. Other line ends may
be those of the page, and a phrase may run across them."""


class Asked(NamedTuple):
    """Words that are asked for, as they are typed."""

    words: str
    prefix: bool = False
    """Whether they are but the beginning of some."""


class Words:
    """The tables of a database in which words are searched."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._last = 0

    def make(self) -> None:
        """Make them, without what finds rows to change."""
        self.database.script(schema.WORDS.format(**self.database.dialect))

    def begin(self, last: int) -> None:
        """Go on after the last unit that is there, by its number."""
        self._last = last

    def put_object(self, kb: Knowledge, item: Stored, place: int) -> None:
        """Let an object be found, unless it is retracted."""
        if is_searched(item):
            words = words_of(kb, item)
            self._put(Unit(item.word(), item.id, 0, len(words)), place, words)  # type: ignore[arg-type] # a word is a kind

    def put_text(self, source: str, text: str, place: int) -> None:
        """Let the paragraphs of an archived text be found."""
        for start, end in paragraphs(text):
            self._put(Unit("text", source, start, end), place, text[start:end])

    def _put(self, unit: Unit, place: int, words: str) -> None:
        self._last += 1
        number, tell = self._last, self.database.tell
        tell(sql.ADD_UNIT, (number, unit.kind, unit.id, place, unit.start, unit.end))
        self.database.put_words(number, divided(words).text)
        also = dict.fromkeys(pair for pair in aliases(words) if len(max(pair, key=len)) < MAX_ALIAS)
        self.database.tell_all(sql.ADD_ALIAS, ((*pair, number) for pair in also))

    def drop(self, id_: str, *, text: bool) -> None:
        """Let an object be found no more, or the archived text of a source."""
        for number, kind in self.database.ask(sql.UNITS, (id_,)):
            if (kind == "text") == text:
                self.database.drop_words(number)
                self.database.tell(sql.DROP_ALIASES, (number,))
                self.database.tell(sql.DROP_UNIT, (number,))

    def ask(
        self, sought: Sought, kinds: Sequence[str]
    ) -> Iterator[tuple[Unit, list[Match] | None]]:
        """The units of some kinds that have what is sought, with the spans of matches in their
        divided words, where the engine knows them. Names come first, and then what fits best.
        """
        return self.database.find(sought, kinds)

    def also(self, asked: Iterable[Asked]) -> Mapping[Asked, Sequence[str]]:
        """The words that some text has and that are asked for by others, in order, by those."""
        found: dict[Asked, list[str]] = {each: [] for each in asked}
        each_once = [*found]
        for start in range(0, len(each_once), MAX_ASKED):
            some = each_once[start : start + MAX_ASKED]
            values = [
                value
                for words, prefix in some
                for value in (words, f"{words}\U0010ffff" if prefix else words, MAX_ALIASES)
            ]
            for nth, stands in self.database.ask(sql.also(len(some)), values):
                found[some[nth]].append(stands)
        return found

    def vocabulary(self, like: str) -> list[str]:
        """The words that stand in some text and have the first letter of one, the frequent
        first.
        """
        return self.database.vocabulary(like)


def paragraphs(text: str) -> Iterator[Match]:
    """Where the paragraphs of a text begin and end, and the parts of those that are too long."""
    ends = (match.end() for match in _PARAGRAPH_END.finditer(text))
    for start, end in pairwise(chain([0], ends, [len(text)])):
        while end - start > MAX_PARAGRAPH_LENGTH:
            cut = (
                text.rfind(" ", start, start + MAX_PARAGRAPH_LENGTH) + 1
                or start + MAX_PARAGRAPH_LENGTH
            )
            yield start, cut
            start = cut  # noqa: PLW2901 - what is left of it
        yield start, end
