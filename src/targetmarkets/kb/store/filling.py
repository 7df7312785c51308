"""Fill a new store, object by object, in the order of the file."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256 as digest
from typing import Final

from targetmarkets.kb.disposable import made_by
from targetmarkets.kb.files import sha256
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.store import places, schema, sql
from targetmarkets.kb.store.engine import Database
from targetmarkets.kb.store.rows import body_of, rows_of
from targetmarkets.kb.store.stored import StoredKnowledge
from targetmarkets.model.objects import SCHEMA_VERSION
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import LIST_OF, LISTS

SAID: Final = ("covers", "$schema")
"""What the file may say of itself, beside its version."""


def make(database: Database, said: Mapping[str, str]) -> None:
    """Make the tables for objects, with what the file says of itself."""
    database.script(schema.OBJECTS.format(**database.dialect))
    say(database, said)


def say(
    database: Database, said: Mapping[str, str], store_version: str = str(schema.STORE_VERSION)
) -> None:
    """Have a store say which tables it has, and what the file says of itself."""
    database.tell(
        sql.SAY,
        ("store_version", store_version),
        ("schema_version", str(SCHEMA_VERSION)),
        *said.items(),
    )


def tables(dialect: Mapping[str, str]) -> str:
    """The statements that make all tables of a store that stands by itself."""
    parts = (schema.OBJECTS, schema.TEXTS, schema.HISTORY, schema.WORDS)
    return "".join(part.format(**dialect) for part in parts)


def indexes(dialect: Mapping[str, str]) -> str:
    """The statements that make its indexes."""
    return schema.OBJECT_INDEXES + schema.WORD_INDEXES.format(**dialect)


def say_whole(
    database: Database,
    kb: Knowledge,
    version: str,
    store_version: str = str(schema.STORE_VERSION),
) -> None:
    """Have such a store say what it is. Its first version is the `content_of` what is copied, so
    that two stores of one version say the same.
    """
    say(database, {**said_by(kb), "version": version}, store_version)


def said_by(kb: Knowledge) -> dict[str, str]:
    """What a knowledge base says of itself."""
    return {name: value for name in SAID if (value := kb.says(name))}


def in_order(kb: Knowledge) -> Iterator[Stored]:
    """Every object, list after list."""
    for name in LISTS:
        yield from kb.among([name]).values()


def fingerprint(content: str) -> str:
    """A hash that tells a content, and what this program makes of it, from any other."""
    return sha256(f"{made_by()} {schema.STORE_VERSION} {content}".encode())


def content_of(kb: Knowledge) -> str:
    """SHA-256 of what a knowledge base says, whatever it is stored in."""
    hash_ = digest(f"{said_by(kb)}".encode())
    for body in _bodies(kb):
        hash_.update(b"\0" + body.encode())
    return hash_.hexdigest()


def _bodies(kb: Knowledge) -> Iterator[str]:
    """The JSON of every object, list after list; what a store has of it is not taken apart."""
    if isinstance(kb, StoredKnowledge):
        return (body for *_, body in kb.database.stream(sql.BODIES))
    return map(body_of, in_order(kb))


def fill(
    database: Database, items: Iterable[Stored], done: int = 0
) -> Iterator[tuple[Stored, int]]:
    """Put objects, list after list; each is given back with its place. Some are done already."""
    counts = dict.fromkeys(LISTS, 0)
    for number, item in enumerate(items, start=1):
        list_ = LIST_OF[item.word()]
        place = places.nth(list_, counts[list_])
        counts[list_] += 1
        if number > done:
            put(database, item, number, place, version=1)
            yield item, place


def put(database: Database, item: Stored, number: int, place: int, *, version: int) -> None:
    """Put the rows of a new object."""
    row = (number, item.id, item.word(), place, version, body_of(item))
    database.tell(sql.ADD_OBJECT, row)
    put_rows(database, item, number)


def put_rows(database: Database, item: Stored, number: int) -> None:
    """Put what leads to an object."""
    names, links, facets = rows_of(item)
    database.tell_all(sql.ADD_NAME, ((name, number) for name in names))
    database.tell_all(
        sql.ADD_LINK, ((target, relation, number, nth) for target, relation, nth in links)
    )
    database.tell_all(sql.ADD_FACET, ((*facet, number) for facet in facets))


def put_file(database: Database, name: str, data: bytes) -> None:
    """Put an archived file, unless it is there."""
    hash_ = sha256(data)
    if not database.ask(sql.HAS_CONTENT, (hash_,)):
        database.tell(sql.ADD_CONTENT, (hash_, data))
    if not database.ask(sql.FILE_HASH, (name,)):
        database.tell(sql.ADD_FILE, (name, hash_))
