"""Fill a new store on a server: rows by the thousand, in transactions of some objects each.

Until the last of them the store has a mark (`unfinished.py`), by which readers refuse it, and who
copies the same goes on.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, Final

from targetmarkets.errors import OutputError, TargetMarketsError, UsageError
from targetmarkets.kb.address import Address
from targetmarkets.kb.replacing import note_saved, uninterrupted
from targetmarkets.kb.store import sql
from targetmarkets.kb.store.engine import LostError, until_back
from targetmarkets.kb.store.matching import tokens
from targetmarkets.kb.store.postgres import connecting, words
from targetmarkets.kb.store.postgres.database import PostgresDatabase, writing
from targetmarkets.kb.store.schema import STORE_VERSION
from targetmarkets.kb.store.unfinished import Unfinished, unfinished

MAX_HELD: Final = 20_000
"""Rows that are held until they are sent."""

_INSERT: Final = re.compile(r"INSERT INTO (\w+ \([^)]*\)) VALUES \([^)]*\)")

_TAKEN: Final = "SELECT 1 FROM base LIMIT 1"

_ALONE: Final = (
    b"BEGIN; SET LOCAL lock_timeout = '5s'; SET LOCAL idle_in_transaction_session_timeout = 0; "
    b"SELECT pg_advisory_xact_lock(7811053)"
)
"""Who fills a database is alone in that. The lock belongs to a transaction of a second connection,
in which nothing else happens, so that no other copy slips in between two transactions of the first.
What is left of one that was killed goes within these seconds."""

_OPEN: Final = b"BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0"
"""A server may end transactions in which nothing was said for a while: much is read meanwhile."""

_BEGIN: Final = (
    _OPEN
    + f"; SET LOCAL lock_timeout = '{connecting.SECONDS_TO_WAIT}s'; "
    "LOCK TABLE base IN SHARE ROW EXCLUSIVE MODE".encode()
)

_TABLE: Final = "SELECT to_regclass('base') IS NOT NULL"

_NEXT: Final = b"COMMIT; " + _BEGIN

GO_ON: Final = "do the same again: it goes on after what is there"

_INDEX: Final = "SELECT to_regclass('object_by_id') IS NOT NULL"
_OWNER: Final = (
    "SELECT pg_get_userbyid(relowner), pg_has_role(relowner, 'USAGE') FROM pg_class "
    "WHERE oid = to_regclass('object')"
)


class NotAllowedError(OutputError):
    """Tables that this user may not make, and somebody else has to."""


class Filling(PostgresDatabase):
    """A store that nobody reads until it is full. It holds the rows that are put, and sends them
    together, table by table.
    """

    def __init__(self, address: Address, connection: Any, alone: Any) -> None:
        super().__init__(address, connection, writes=True)
        self._alone = alone
        self._held: dict[str, list[Sequence[object]]] = defaultdict(list)
        self._number = 0
        self.has_tables = False
        """Whether the tables are there."""
        self.mark: Unfinished | None = None
        """What is copied, and how much of it is kept; None where nothing is."""

    def be_alone(self) -> None:
        """Let nobody else fill this database meanwhile. Raises `OutputError`."""
        import psycopg

        try:
            self._alone.execute(_ALONE)
        except psycopg.errors.LockNotAvailable:
            message = f"somebody else copies to {self.address} in this moment"
            raise OutputError(message, "let it end, and look what is there then") from None
        except psycopg.Error as error:
            raise self.fault(error) from None

    def begin_to_fill(self) -> None:
        """Begin, in tables that are not full yet, or without any. Raises `UsageError`."""
        self._execute(_OPEN)
        ((self.has_tables,),) = super().ask(_TABLE)
        if self.has_tables:
            self._execute(b"ROLLBACK")
            self._execute(_BEGIN)
            said = super().ask(sql.SAYS, ("store_version",))
            self.mark = unfinished(said[0][0]) if said else None
            if not self.mark and super().ask(_TAKEN):
                message = f"{self.address} is a knowledge base already, and is not overwritten"
                raise UsageError(message, "name another database")
            self._refuse_without_indexes()

    def _refuse_without_indexes(self) -> None:
        """Raise `NotAllowedError` where indexes are missing that only another role can make."""
        for owner, may in () if super().ask(_INDEX)[0][0] else super().ask(_OWNER):
            if not may:
                message = f"the tables in {self.address} lack indexes, and belong to {owner}"
                raise NotAllowedError(message, f"do this as {owner}")

    def keep(self, mark: Unfinished) -> None:
        """Keep what was put so far, and go on. Raises `OutputError`."""
        self._say(mark.said())
        self._execute(_NEXT)
        if super().ask(sql.SAYS, ("store_version",)) != [(mark.said(),)]:
            message = f"somebody else goes on with the copy to {self.address}"
            raise OutputError(message, "let it end, and look what is there then")

    def _say(self, store_version: str) -> None:
        self.send()
        super().tell(sql.SAY_ANEW, (store_version, "store_version"))

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
        """Send the rows that are held, after what was told before."""
        import psycopg

        self._send()
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

    def finish(self, indexes: str) -> None:
        """Complete what is searched, and take the mark away, in one transaction. Raises
        `OutputError`, with what became of it.
        """
        self.send()
        if not super().ask(_INDEX)[0][0]:
            self.make(indexes)
        words.count(self)
        self._say(str(STORE_VERSION))
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

    def close(self) -> None:
        super().close()
        alone, self._alone = self._alone, None
        if alone is not None:
            connecting.give_up(self.address, alone)


def new(address: Address) -> Filling:
    """A database in which to make a store.

    Raises `UsageError` where one is, `UnreadableError` and `OutputError`.
    """
    connection = connecting.connect(address)
    try:
        database = Filling(address, connection, connecting.connect(address))
    except BaseException:
        connecting.give_up(address, connection)
        raise
    try:
        database.be_alone()
        database.begin_to_fill()
    except BaseException:
        database.close()
        raise
    return database


def refuse_unless_kept(address: Address, error: LostError) -> None:
    """Look whether a store is whole, after the connection was lost as the last of it was kept.

    Raises `OutputError` where it is not, or where that cannot be known.
    """
    try:
        is_whole = until_back(lambda: _is_whole(address))
    except TargetMarketsError:
        message = f"{error.message}; whether the copy has ended is not known"
        raise OutputError(message, "tm verify says whether it is there") from None
    if not is_whole:
        raise OutputError(f"{error.message}; the copy has not ended", GO_ON) from None


def _is_whole(address: Address) -> bool:
    database = writing(address)  # after the transaction of the connection that was lost
    try:
        ((said,),) = database.ask(sql.SAYS, ("store_version",))
    finally:
        database.close()
    return unfinished(said) is None
