"""A store on a server: what it is asked and told, in transactions that see one moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.errors import TargetMarketsError, UnreadableError
from targetmarkets.kb.address import Address
from targetmarkets.kb.store.engine import Database, Match, Sought, Unit
from targetmarkets.kb.store.postgres import connecting, words
from targetmarkets.kb.store.postgres.connecting import Connection

if TYPE_CHECKING:
    import psycopg

DIALECT: Final[Mapping[str, str]] = {
    "big": "bigint",
    "text": 'text COLLATE "C"',
    "bytes": "bytea",
    "clustered": "",
    "words": words.TABLES,
    "words_index": words.INDEX,
}
"""How it calls what the schema leaves open. Texts are compared as their code points are."""

FETCHED: Final = 500
"""Rows that are fetched at once."""

_READ: Final = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

_WRITE: Final = (
    f"BEGIN ISOLATION LEVEL REPEATABLE READ; "
    f"SET LOCAL lock_timeout = '{connecting.SECONDS_TO_WAIT}s'; "
    "LOCK TABLE base IN SHARE ROW EXCLUSIVE MODE"
).encode()
"""The lock comes first: what is seen is what the writer before has left. It belongs to the
transaction and goes with it; readers do not meet it."""


class PostgresDatabase(Database):
    """A connection to a server."""

    dialect = DIALECT

    def __init__(self, address: Address, connection: Connection, *, writes: bool) -> None:
        self.address = address
        self.connection = connection
        self._writes = writes
        self._begun = writes
        self._names = count()
        self._read: list[str] = []
        """Cursors of which nobody reads on."""
        self._given_up = False

    def ask(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        self._begin()
        rows: list[Any] = self._run(query, values).fetchall()
        return rows

    def stream(self, query: str, values: Sequence[object] = ()) -> Iterator[Any]:
        self._begin()
        name = f"rows_{next(self._names)}"
        done, self._read = self._read, []
        told: list[tuple[str, Sequence[object]]] = [(f"CLOSE {old}", ()) for old in done]
        told.append((f"DECLARE {name} NO SCROLL CURSOR FOR {query}", values))
        fetch = f"FETCH {FETCHED} FROM {name}"
        try:
            rows = self._together([*told, (fetch, ())])
            yield from rows
            while len(rows) == FETCHED:
                rows = self._together([(fetch, ())])
                yield from rows
        finally:
            # not closed here: who stops reading may do so in the midst of another command
            self._read.append(name)

    def tell(self, statement: str, *rows: Sequence[object]) -> None:
        for row in rows or [()]:
            self._run(statement, row)

    def tell_all(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        import psycopg

        try:
            with self.connection.cursor() as cursor:
                cursor.executemany(_in_its_words(statement), map(_plain, rows))
        except psycopg.Error as error:
            raise self.fault(error) from None

    def script(self, statements: str) -> None:
        for statement in statements.split(";"):
            if statement.strip():
                self.tell(statement)

    def begin_to_write(self) -> None:
        """Wait for the writer before, and see what it has left."""
        self._execute(_WRITE)

    def _begin(self) -> None:
        if not self._begun:
            self._execute(_READ)
            self._begun = True

    def _run(self, statement: str, values: Sequence[object] = ()) -> Any:
        return self._execute(_in_its_words(statement), _plain(values))

    def _execute(self, statement: bytes, values: Sequence[object] = ()) -> Any:
        import psycopg

        try:
            return self.connection.execute(statement, values or None)
        except psycopg.Error as error:
            raise self.fault(error) from None

    def _together(self, statements: Sequence[tuple[str, Sequence[object]]]) -> list[Any]:
        """Run some statements on one way to the server and back; the rows of the last of them."""
        import psycopg

        try:
            with self.connection.pipeline():
                for statement, values in statements:
                    cursor = self.connection.execute(
                        statement.replace("?", "%s").encode(), _plain(values) or None, prepare=False
                    )
                rows: list[Any] = cursor.fetchall()
        except psycopg.Error as error:
            raise self.fault(error) from None
        return rows

    def fault(self, error: "psycopg.Error") -> TargetMarketsError:
        """What an error of the server means here."""
        return connecting.fault(self.address, error, writes=self._writes)

    def damaged(self, error: Exception | None) -> TargetMarketsError:  # noqa: ARG002 - as others
        message = f"{self.address} is no store that can be used"
        return UnreadableError(message, connecting.damaged_remedy())

    def put_words(self, unit: int, text: str) -> None:
        words.put(self, unit, text)

    def drop_words(self, unit: int) -> None:
        words.drop(self, unit)

    def find(
        self, sought: Sought, kinds: Sequence[str]
    ) -> Iterator[tuple[Unit, list[Match] | None]]:
        return words.find(self, sought, kinds)

    def vocabulary(self, like: str) -> list[str]:
        return words.vocabulary(self, like)

    def commit(self) -> None:
        self._execute(b"COMMIT")
        self._writes = self._begun = False
        self._read.clear()  # they went with the transaction

    def roll_back(self) -> None:
        self.close()

    def close(self) -> None:
        if not self._given_up:
            self._given_up = True
            connecting.give_up(self.address, self.connection)


@lru_cache(1024)
def _in_its_words(statement: str) -> bytes:
    """A statement with values as the driver writes them."""
    return statement.replace("?", "%s").encode()


def _plain(values: Sequence[object]) -> list[object]:
    """Values as the server takes them: its texts have no NUL."""
    return [value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in values]


def reading(address: Address) -> PostgresDatabase:
    """A store as it is at the first question, whatever is written meanwhile.

    Raises `UnreadableError` and `MissingExtraError`.
    """
    return PostgresDatabase(address, connecting.connect(address), writes=False)


def writing(address: Address) -> PostgresDatabase:
    """A store that is changed in one transaction, after any writer before this one has finished.

    Raises `UnreadableError` and `OutputError`.
    """
    database = PostgresDatabase(address, connecting.connect(address), writes=True)
    try:
        database.begin_to_write()
    except BaseException:
        with suppress(TargetMarketsError):
            database.close()
        raise
    return database
