"""The tables of a store, in the words on which engines agree, and their versions.

What they differ in stands in braces, and each engine fills it in (`sqlite.DIALECT`).
"""

from collections.abc import Mapping
from typing import Final

STORE_VERSION: Final = 1
"""The version of these tables. A store says of which it is; an older one is migrated."""

OBJECTS: Final = """
    CREATE TABLE base (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE object (
        number {big} PRIMARY KEY,
        id TEXT NOT NULL,
        type TEXT NOT NULL,
        place {big} NOT NULL,
        version {big} NOT NULL,
        body TEXT NOT NULL
    );
    CREATE TABLE name (value TEXT, number {big}, PRIMARY KEY (value, number)){clustered};
    CREATE TABLE link (
        target TEXT,
        relation TEXT,
        number {big},
        nth {big},
        PRIMARY KEY (target, relation, number, nth)
    ){clustered};
    CREATE TABLE facet (
        name TEXT, value TEXT, number {big}, PRIMARY KEY (name, value, number)
    ){clustered};
"""
"""What the file says of itself; objects as JSON, by their place in it; and what leads to them: each
folded name, each id that they refer to, each value that a filter finds in them."""

TEXTS: Final = """
    CREATE TABLE archived (file TEXT PRIMARY KEY, sha256 TEXT NOT NULL);
    CREATE TABLE content (sha256 TEXT PRIMARY KEY, bytes {bytes} NOT NULL);
"""
"""The archived files by name, and what is in them, once for all that are alike."""

HISTORY: Final = """
    CREATE TABLE change (
        number {big} PRIMARY KEY,
        version TEXT NOT NULL,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        why TEXT NOT NULL
    );
    CREATE TABLE history (
        change {big} NOT NULL, id TEXT NOT NULL, before TEXT, after TEXT, PRIMARY KEY (change, id)
    ){clustered};
"""
"""Every change: when, by whom, what for, and what each object was and became."""

WORDS: Final = """
    CREATE TABLE unit (
        number {big} PRIMARY KEY,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        place {big} NOT NULL,
        start_ {big} NOT NULL,
        end_ {big} NOT NULL
    );
    CREATE TABLE alias (
        asked TEXT, stands TEXT, unit {big}, PRIMARY KEY (asked, stands, unit)
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
"""
"""The same, for what finds rows to change."""

MIGRATIONS: Final[Mapping[int, str]] = {}
"""What brings the tables of a version to the next one; none is older yet."""
