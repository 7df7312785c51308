"""Words on a server: divided and folded here, and not by its parser.

A text is kept as its words, each between two blanks (` a  b `), so that a phrase stands in it as a
part of a string; beside it is the set of its words, by which it is found. `word` counts in how many
texts each word stands, and `size` all of them: so a rare word is told from a common one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from targetmarkets.kb.store.engine import NAMED, Database, Match, Phrase, Sought, Unit
from targetmarkets.kb.store.matching import tokens
from targetmarkets.model.types import HIT_KINDS

TABLES: Final = """
    CREATE TABLE text (
        unit bigint PRIMARY KEY,
        words text COLLATE "C" NOT NULL,
        length bigint NOT NULL,
        has tsvector NOT NULL
    );
    CREATE TABLE word (
        value text COLLATE "C" PRIMARY KEY, times bigint NOT NULL, texts bigint NOT NULL
    );
    CREATE TABLE size (texts bigint NOT NULL, words bigint NOT NULL);
    INSERT INTO size VALUES (0, 0)
"""

INDEX: Final = "CREATE INDEX text_has ON text USING gin (has)"

MAX_INDEXED: Final = 500
"""Code points of a word by which it is looked up; longer ones are compared."""

K1: Final = 1.2
B: Final = 0.75
"""The constants of BM25, as SQLite has them."""

LEAST_WEIGHT: Final = 1e-6
"""What a word counts that stands in more than half of the texts."""

PUT: Final = "INSERT INTO text (unit, words, length, has) VALUES (?, ?, ?, ?)"
_COUNT: Final = (
    "INSERT INTO word (value, times, texts) VALUES (?, ?, ?) ON CONFLICT (value) DO UPDATE "
    "SET times = word.times + excluded.times, texts = word.texts + excluded.texts"
)
_COUNT_ALL: Final = (
    "INSERT INTO word (value, times, texts) SELECT value, sum(times), count(*) FROM ("  # noqa: S608 - ours
    f"SELECT left(each, {MAX_INDEXED}) AS value, unit, count(*) AS times "
    "FROM text, unnest(string_to_array(words, ' ')) AS each WHERE each <> '' GROUP BY 1, 2"
    ") AS counted GROUP BY value"
)
_SIZE_OF_ALL: Final = (
    "UPDATE size SET texts = (SELECT count(*) FROM text), "
    "words = (SELECT coalesce(sum(length), 0) FROM text)"
)
_RESIZE: Final = "UPDATE size SET texts = texts + ?, words = words + ?"
_WORDS: Final = "SELECT words FROM text WHERE unit = ?"
_DROP: Final = "DELETE FROM text WHERE unit = ?"
_FORGET: Final = "DELETE FROM word WHERE value = ? AND texts = 0"
_WEIGHT: Final = (
    "greatest(ln(greatest(texts - having_it + 0.5, 0.5)::float8 / (having_it + 0.5)), "
    f"{LEAST_WEIGHT})"
)
"""What a phrase counts that stands in so many texts."""

_AVERAGE: Final = "(SELECT words::float8 / nullif(texts, 0) FROM size)"
"""Words of a text in the middle."""
_BEGINNING: Final = (
    "SELECT value FROM word WHERE value >= ? AND value < ? ORDER BY times DESC, value"
)

_NAMED: Final = " ".join(sorted(NAMED))

_KINDS: Final = " ".join(HIT_KINDS)


def row_of(unit: int, found: Sequence[str]) -> tuple[object, ...]:
    """The row of a text of some words."""
    indexed = sorted({word[:MAX_INDEXED] for word in found})
    return unit, padded(found), len(found), " ".join(f"'{word}'" for word in indexed)


def padded(found: Iterable[str]) -> str:
    """Words as a text keeps them."""
    return "".join(f" {word} " for word in found)


def counted(found: Iterable[str]) -> list[tuple[str, int]]:
    """How often each word stands in a text, as far as it is looked up."""
    return sorted(Counter(word[:MAX_INDEXED] for word in found).items())


def put(database: Database, unit: int, text: str) -> None:
    """Let a text be found by its divided words."""
    found = tokens(text)
    database.tell(PUT, row_of(unit, found))
    counts = counted(found)
    database.tell_all(_COUNT, [(word, times, 1) for word, times in counts])
    database.tell(_RESIZE, (1, len(found)))


def drop(database: Database, unit: int) -> None:
    """Let it be found no more."""
    for (words,) in database.ask(_WORDS, (unit,)):
        found = words.split()
        counts = counted(found)
        database.tell_all(_COUNT, [(word, -times, -1) for word, times in counts])
        database.tell_all(_FORGET, [(word,) for word, _ in counts])
        database.tell(_RESIZE, (-1, -len(found)))
        database.tell(_DROP, (unit,))


def count(database: Database) -> None:
    """Count the words of all texts of a new store: how often, and in how many of them."""
    database.tell(_COUNT_ALL)
    database.tell(_SIZE_OF_ALL)


def vocabulary(database: Database, like: str) -> list[str]:
    """The words that have the first letter of one, the frequent first."""
    bounds = like[0], chr(ord(like[0]) + 1)
    return [word for (word,) in database.ask(_BEGINNING, bounds)]


def find(
    database: Database, sought: Sought, kinds: Sequence[str]
) -> Iterator[tuple[Unit, list[Match] | None]]:
    """What is found, names first, and then what fits best by BM25."""
    where, values = _condition(sought)
    if not HIT_KINDS.keys() <= {*kinds}:  # else it need not be asked of each
        where = f"{where} AND strpos(?, kind) > 0"
        values.append(" ".join(kinds))
    score, weights = _score(sought)
    query = (
        "SELECT kind, id, start_, end_ FROM text JOIN unit ON number = unit "  # noqa: S608 - ours
        f"WHERE {where} "
        f"ORDER BY strpos(?, kind) = 0, {score} DESC, strpos(?, kind), place, start_"
    )
    every = (*values, _NAMED, *weights, _KINDS)
    for row in database.stream(query, every):
        yield Unit(*row), None


def _condition(sought: Sought) -> tuple[str, list[object]]:
    """What a text must have, and the values of that."""
    parts = ["has @@ ?::tsquery"]
    values: list[object] = [" & ".join(map(_any_of, sought.wanted))]
    for phrases in sought.wanted:
        if not all(map(_is_looked_up, phrases)):
            parts.append(f"({' OR '.join(['strpos(words, ?) > 0'] * len(phrases))})")
            values += map(_pattern, phrases)
    for phrase in sought.unwanted:
        parts.append("strpos(words, ?) = 0")
        values.append(_pattern(phrase))
    return " AND ".join(parts), values


def _score(sought: Sought) -> tuple[str, list[object]]:
    """BM25 as SQLite reckons it, and its values: what a phrase counts, times how often it stands in
    a text, told from how long that is.
    """
    values: list[object] = []
    parts = []
    for phrase in (phrase for phrases in sought.wanted for phrase in phrases):
        pattern = _pattern(phrase)
        having, in_having = _having(phrase)
        counts = f"(SELECT {_WEIGHT} FROM size, ({having}) AS counted (having_it))"  # noqa: S608 - ours
        size = len(pattern.encode())
        often = f"((octet_length(words) - octet_length(replace(words, ?, ''))) / {size})"
        parts.append(
            f"{counts} * ({often} * {K1 + 1}::float8 / "
            f"({often} + {K1}::float8 * ({1 - B}::float8 + {B}::float8 * length / {_AVERAGE})))"
        )
        values += [*in_having, pattern, pattern]
    return " + ".join(parts), values


def _having(phrase: Phrase) -> tuple[str, list[object]]:
    """In how many texts a phrase stands, as a query with its values."""
    if " " not in phrase.words and not phrase.prefix:
        return "SELECT coalesce(max(texts), 0) FROM word WHERE value = ?", [
            phrase.words[:MAX_INDEXED]
        ]
    query = "SELECT count(*) FROM text WHERE has @@ ?::tsquery AND strpos(words, ?) > 0"
    return query, [_query(phrase), _pattern(phrase)]


def _any_of(phrases: Sequence[Phrase]) -> str:
    return f"({' | '.join(map(_query, phrases))})"


def _query(phrase: Phrase) -> str:
    """The words of a phrase in the language of the server: all of them, wherever."""
    *words, last = (f"'{word[:MAX_INDEXED]}'" for word in phrase.words.split(" "))
    return f"({' & '.join([*words, f'{last}:*' if phrase.prefix else last])})"


def _is_looked_up(phrase: Phrase) -> bool:
    """Whether the set of words alone answers for it."""
    return " " not in phrase.words and len(phrase.words) <= MAX_INDEXED


def _pattern(phrase: Phrase) -> str:
    """A phrase as it stands in a text."""
    found = padded(phrase.words.split(" "))
    return found[:-1] if phrase.prefix else found
