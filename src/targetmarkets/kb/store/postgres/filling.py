"""Fill a new store on a server: rows by the thousand, in one transaction."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, Final

from targetmarkets.errors import OutputError, TargetMarketsError, UsageError
from targetmarkets.kb.address import Address
from targetmarkets.kb.replacing import note_saved, uninterrupted
from targetmarkets.kb.store.engine import LostError, until_back
from targetmarkets.kb.store.matching import tokens
from targetmarkets.kb.store.postgres import connecting, words
from targetmarkets.kb.store.postgres.database import PostgresDatabase

MAX_HELD: Final = 20_000
"""Rows that are held until they are sent."""

_INSERT: Final = re.compile(r"INSERT INTO (\w+ \([^)]*\)) VALUES \([^)]*\)")

_TAKEN: Final = "SELECT 1 FROM base LIMIT 1"

_ALONE: Final = (
    f"SET LOCAL lock_timeout = '{connecting.SECONDS_TO_WAIT}s'; "
    "SELECT pg_advisory_xact_lock(7811053)"
).encode()
"""Who fills a database waits for whoever does already; the lock goes with the transaction."""

_TABLE: Final = "SELECT to_regclass('base') IS NOT NULL"


class NotAllowedError(OutputError):
    """Tables that this user may not make, and somebody else has to."""


class Filling(PostgresDatabase):
    """A store that nobody sees until it is full. It holds the rows that are put, and sends them
    together, table by table.
    """

    def __init__(self, address: Address, connection: Any) -> None:
        super().__init__(address, connection, writes=True)
        self._held: dict[str, list[Sequence[object]]] = defaultdict(list)
        self._number = 0
        self._times: Counter[str] = Counter()
        self._texts: Counter[str] = Counter()
        self._units = 0
        self.has_tables = False
        """Whether somebody else made the tables."""

    def begin_to_fill(self) -> None:
        """Begin, in tables that are there and empty, or without any. Raises `UsageError`."""
        self._execute(b"BEGIN")
        self._execute(_ALONE)
        ((self.has_tables,),) = super().ask(_TABLE)
        if self.has_tables:
            self._execute(b"LOCK TABLE base IN SHARE ROW EXCLUSIVE MODE")
            if super().ask(_TAKEN):
                message = f"{self.address} is a knowledge base already, and is not overwritten"
                raise UsageError(message, "name another database")

    def make(self, statements: str) -> None:
        """Make tables or indexes. Raises `NotAllowedError` where this user may not."""
        self.send()
        import psycopg

        try:
            for statement in filter(str.strip, statements.split(";")):
                self.connection.execute(statement.encode())
        except (
            psycopg.errors.InsufficientPrivilege,
            psycopg.errors.InvalidSchemaName,
        ) as error:  # or there is no schema that it may make them in
            words = " ".join(self.address.hidden(str(error)).split())
            message = f"you may make no tables in {self.address}: {words}"
            remedy = "have whoever owns it run what tm init prints for it, and do this again"
            raise NotAllowedError(message, remedy) from None
        except psycopg.Error as error:
            raise self.fault(error) from None

    def ask(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        self.send()
        return super().ask(query, values)

    def tell(self, statement: str, *rows: Sequence[object]) -> None:
        if not rows or not _INSERT.fullmatch(statement):
            self.send()
            super().tell(statement, *rows)
        else:
            self.tell_all(statement, rows)

    def tell_all(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        match = _INSERT.fullmatch(statement)
        if not match:
            super().tell_all(statement, rows)
            return
        held = self._held[match[1]]
        before = len(held)
        held.extend(rows)
        self._number += len(held) - before
        if self._number >= MAX_HELD:
            self.send()

    def send(self) -> None:
        """Send the rows that are held."""
        import psycopg

        held, self._held = self._held, defaultdict(list)
        self._number = 0
        try:
            with self.connection.cursor() as cursor:
                for table, rows in held.items():
                    with cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
                        for row in rows:
                            copy.write_row(row)
        except psycopg.Error as error:
            raise self.fault(error) from None

    def put_words(self, unit: int, text: str) -> None:
        found = tokens(text)
        self.tell(words.PUT, words.row_of(unit, found))
        for word, times in words.counted(found):
            self._times[word] += times
            self._texts[word] += 1
        self._units += 1

    def finish(self) -> None:
        """Count the words, and keep all. Raises `OutputError`, with what became of it."""
        self.send()
        words.count(self, self._times, self._texts, self._units)
        try:
            with uninterrupted():
                self._execute(b"COMMIT")
        except LostError as error:
            refuse_unless_kept(self.address, error)
        try:
            with suppress(TargetMarketsError):  # it is there without the figures for the planner
                self._execute(b"ANALYZE")
            self.close()
        except BaseException as error:
            note_saved(error, self.address)
            raise


def new(address: Address) -> Filling:
    """A database in which to make a store.

    Raises `UsageError` where one is, `UnreadableError` and `OutputError`.
    """
    database = Filling(address, connecting.connect(address))
    try:
        database.begin_to_fill()
    except BaseException:
        database.close()
        raise
    return database


def refuse_unless_kept(address: Address, error: LostError) -> None:
    """Look whether a store is there, after the connection was lost while it was kept.

    Raises `OutputError` where none is, or where that cannot be known.
    """
    try:
        until_back(lambda: new(address).close())
    except UsageError:
        return
    except TargetMarketsError:
        message = f"{error.message}; whether the knowledge base was kept is not known"
        raise OutputError(message, "tm verify says whether it is there") from None
    raise OutputError(f"{error.message}; nothing was kept", "do it again") from None
