"""The texts of a knowledge base as a database that is searched: SQLite's FTS5.

It knows phrases and prefixes, and ranks by BM25. What it is given are words already (`words.py`),
so that neither the line ends, hyphenation and ligatures of a document hide one, nor its spelling,
nor a script without spaces. Beside them is a table of what else they can be asked for by.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import Final, NamedTuple

from targetmarkets.errors import TargetMarketsError, UnreadableError
from targetmarkets.evidence.archive import Archives
from targetmarkets.kb import disposable
from targetmarkets.kb.files import sha256
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.model.objects import Claim, Quote, Source
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import SHOWN, FoundIn, HitKind
from targetmarkets.records.wording import show_date, show_name
from targetmarkets.text.words import aliases, divided

TEXTS_KIND: Final = "texts-4"
"""The kind of database; its number changes with what it holds."""

MAX_PARAGRAPH_LENGTH: Final = 20_000
"""Code points of a text that is found as a whole; a longer one is cut between two words."""

MAX_ALIASES: Final = 20
"""Ways to write a word that are looked for beside the one that was typed."""

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Marks around matches, of the code points that Unicode keeps for such uses."""

BLANKS: Final = dict.fromkeys(map(ord, ("\0", OPEN, CLOSE)), " ")
"""What a text may hold that would end it early or be taken for a mark."""

JOINT: Final = " · "
"""What stands between the names or parts of one object."""

_PARAGRAPH_END: Final = re.compile(r"\n[^\S\n]*\n\s*|\f|(?<=[.!?:;”’\")\]])[^\S\n]*\n")
"""An empty line, the end of a page, or a line that ends as a sentence does. Other line ends may
be those of the page, and a phrase may run across them."""

_SCHEMA: Final = """
    CREATE TABLE unit (number INTEGER PRIMARY KEY, kind TEXT, id TEXT, start INTEGER, end INTEGER);
    CREATE VIRTUAL TABLE text USING fts5 (words, tokenize = 'unicode61 remove_diacritics 0');
    CREATE TABLE alias (asked TEXT, stands TEXT, PRIMARY KEY (asked, stands)) WITHOUT ROWID;
"""

_NAMED: Final = " ".join(type_.word for type_ in SHOWN if type_.is_named)

Match = tuple[int, int]


class Unit(NamedTuple):
    """A text that is found or not as a whole."""

    kind: HitKind
    id: str
    """What is found by it; of a passage of an archived text, the source."""
    start: int
    """Where it stands in the archived text, if it is of one."""
    end: int


def corpus(kb: Knowledge, archives: Archives) -> sqlite3.Connection:
    """All texts of a knowledge base, names first.

    Those of a large one are kept, for as long as neither its file nor an archived text changes.
    """

    def make(database: sqlite3.Connection) -> None:
        _fill(database, kb, archives)

    if kb.hash:
        hashes = [f"{source.id} {_hash(archives, source)}" for source in kb.archived]
        made_from = sha256("\n".join([kb.hash, *hashes]).encode())
        if made := disposable.kept(TEXTS_KIND, kb.path, made_from, make):
            return made
    database = sqlite3.connect(":memory:")
    try:
        make(database)
    except BaseException:
        database.close()
        raise
    return database


def ask(
    database: sqlite3.Connection, expression: str, kinds: Iterable[str]
) -> Iterator[tuple[Unit, list[Match]]]:
    """The units of some kinds that a query finds, with the spans of matches in their divided words.

    Names come first, and then what fits best.
    """
    try:
        yield from _asked(database, expression, kinds)
    except sqlite3.DatabaseError as error:
        raise disposable.damaged(database) from error


def _asked(
    database: sqlite3.Connection, expression: str, kinds: Iterable[str]
) -> Iterator[tuple[Unit, list[Match]]]:
    found = database.execute(
        "SELECT kind, id, start, end, highlight(text, 0, ?, ?) "
        "FROM text JOIN unit ON number = text.rowid "
        "WHERE text MATCH ? AND instr(?, kind) "
        "ORDER BY instr(?, kind) = 0, rank, number",
        (OPEN, CLOSE, expression, " ".join(kinds), _NAMED),
    )
    for *unit, highlighted in found:
        yield Unit(*unit), list(_marked(highlighted))


def also(database: sqlite3.Connection, words: str, *, prefix: bool) -> list[str]:
    """The words that some text has, and that are asked for by others; with `prefix`, by any that
    begin so.
    """
    last = f"{words}\U0010ffff" if prefix else words
    asked = "SELECT DISTINCT stands FROM alias WHERE asked BETWEEN ? AND ? ORDER BY stands LIMIT ?"
    return [stands for (stands,) in database.execute(asked, (words, last, MAX_ALIASES))]


def vocabulary(database: sqlite3.Connection, like: str) -> list[str]:
    """The words that stand in some text and have the first letter of one, the frequent first."""
    database.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab (main, text, row)"
    )
    first = "SELECT term FROM temp.word WHERE term >= ? AND term < ? ORDER BY cnt DESC, term"
    return [word for (word,) in database.execute(first, (like[0], chr(ord(like[0]) + 1)))]


def words_of(kb: Knowledge, item: Stored) -> str:
    """What an object is found by."""
    match item:
        case Claim():
            return JOINT.join(parts_of(kb, item).values())
        case Quote():
            return item.exact
        case Source(bibliography=work):
            facts = (work.container_title, work.publisher, work.number, show_date(work.issued))
            words = [item.title, *map(show_name, (*work.author, *work.editor)), *facts, item.id]
        case _:
            id_, *names = item.names()
            words = [*names, id_]
    return JOINT.join(dict.fromkeys(word for word in words if word))


def parts_of(kb: Knowledge, claim: Claim) -> Mapping[FoundIn, str]:
    """What a claim is found by, its statement first. The name of its event is among it, so that who
    looks for a ship finds all that is said of its seizure; and what curators note of it.
    """
    parts: dict[FoundIn, str | None] = {
        "statement": claim.statement,
        "event": kb.events[claim.event].name if claim.event else None,
        "note": claim.note,
        "hedge note": claim.hedge_note,
        "reasoning": claim.reasoning,
    }
    return {part: words for part, words in parts.items() if words}


def _fill(database: sqlite3.Connection, kb: Knowledge, archives: Archives) -> None:
    try:
        database.executescript(_SCHEMA)
    except sqlite3.OperationalError as error:
        message = f"the SQLite of this Python cannot search texts: {error}"
        raise TargetMarketsError(message, "use a Python whose SQLite has FTS5") from error
    for number, (unit, words) in enumerate(_units(kb, archives)):
        plain = divided(words).text.translate(BLANKS)
        database.execute("INSERT INTO unit VALUES (?, ?, ?, ?, ?)", (number, *unit))
        database.execute("INSERT INTO text (rowid, words) VALUES (?, ?)", (number, plain))
        database.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", aliases(words))


def _units(kb: Knowledge, archives: Archives) -> Iterator[tuple[Unit, str]]:
    """Every text: names, accepted statements, quotations, works, passages."""
    for type_ in SHOWN:
        for item in kb.among([type_.plural]).values():
            if getattr(item, "status", "accepted") == "accepted":
                words = words_of(kb, item)
                yield Unit(type_.word, item.id, 0, len(words)), words
    for source in kb.archived:
        try:
            text = archives.text(source.id).text
        except UnreadableError:
            continue
        for start, end in paragraphs(text):
            yield Unit("text", source.id, start, end), text[start:end]


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


def _hash(archives: Archives, source: Source) -> str:
    """SHA-256 of an archived text as it is now; empty where it cannot be read."""
    try:
        return archives.text(source.id).sha256
    except UnreadableError:
        return ""


def _marked(highlighted: str) -> Iterator[Match]:
    """Where the marked parts of a text stand in it, the marks themselves not counted."""
    before, *parts = highlighted.split(OPEN)
    offset = len(before)
    for part in parts:
        match, _, rest = part.partition(CLOSE)
        yield offset, offset + len(match)
        offset += len(match) + len(rest)
