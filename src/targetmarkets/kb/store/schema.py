"""The tables of a store, in the words on which engines agree, and their versions.

What they differ in stands in braces, and each engine fills it in (`sqlite.DIALECT`).
"""

from collections.abc import Mapping
from typing import Final

STORE_VERSION: Final = 2
"""The version of these tables and of what stands in them. A store says of which it is, and
`migrating.py` brings an older one to this."""

OBJECTS: Final = """
    CREATE TABLE base (name {text} PRIMARY KEY, value {text} NOT NULL);
    CREATE TABLE object (
        number {big} PRIMARY KEY,
        id {text} NOT NULL,
        type {text} NOT NULL,
        place {big} NOT NULL,
        version {big} NOT NULL,
        body {text} NOT NULL
    );
    CREATE TABLE name (value {text}, number {big}, PRIMARY KEY (value, number)){clustered};
    CREATE TABLE link (
        target {text},
        relation {text},
        number {big},
        nth {big},
        PRIMARY KEY (target, relation, number, nth)
    ){clustered};
    CREATE TABLE facet (
        name {text}, value {text}, number {big}, PRIMARY KEY (name, value, number)
    ){clustered};
"""
"""What the file says of itself; objects as JSON, by their place in it; and what leads to them: each
folded name, each id that they refer to, each value that a filter finds in them."""

TEXTS: Final = """
    CREATE TABLE archived (file {text} PRIMARY KEY, sha256 {text} NOT NULL);
    CREATE TABLE content (sha256 {text} PRIMARY KEY, bytes {bytes} NOT NULL);
"""
"""The archived files by name, and what is in them, once for all that are alike."""

HISTORY: Final = """
    CREATE TABLE change (
        number {big} PRIMARY KEY,
        version {text} NOT NULL,
        at {text} NOT NULL,
        who {text} NOT NULL,
        why {text} NOT NULL
    );
    CREATE TABLE history (
        change {big} NOT NULL,
        id {text} NOT NULL,
        before {text},
        after {text},
        PRIMARY KEY (change, id)
    ){clustered};
"""
"""Every change: when, by whom, what for, and what each object was and became."""

WORDS: Final = """
    CREATE TABLE unit (
        number {big} PRIMARY KEY,
        kind {text} NOT NULL,
        id {text} NOT NULL,
        place {big} NOT NULL,
        start_ {big} NOT NULL,
        end_ {big} NOT NULL
    );
    CREATE TABLE alias (
        asked {text}, stands {text}, unit {big}, PRIMARY KEY (asked, stands, unit)
    ){clustered};
    {words};
"""
"""What is found or not as a whole, its words as `text/words.py` divides them, and by what else they
can be asked for."""

OBJECT_INDEXES: Final = """
    CREATE UNIQUE INDEX object_by_id ON object (id);
    CREATE UNIQUE INDEX object_by_place ON object (place, id);
    CREATE INDEX object_by_type ON object (type, id, place);
    CREATE INDEX subject ON link (number, target) WHERE relation = 'claims_about';
"""
"""Made when the tables are full: to sort once takes less time than to keep sorted."""

WORD_INDEXES: Final = """
    CREATE INDEX unit_by_id ON unit (id);
    CREATE INDEX alias_by_unit ON alias (unit);
    {words_index};
"""
"""The same, for what finds rows to change."""


def in_lines(statements: str) -> str:
    """Statements as somebody runs them by hand, each in a line."""
    parts = (" ".join(part.split()) for part in statements.split(";"))
    return "".join(f"{part};\n" for part in parts if part)


MIGRATIONS: Final[Mapping[int, str]] = {
    1: """
        INSERT INTO link (target, relation, number, nth)
            SELECT target, 'classifications', number, nth FROM link JOIN facet USING (number)
            WHERE relation = 'claims_about' AND name = 'claims by kind'
            AND facet.value = 'classification';
    """,
}
"""By the version of a store, what brings it to the next one."""
