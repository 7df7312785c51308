"""A store on a server: what it is asked and told, in transactions that see one moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from functools import lru_cache
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

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

MAX_TOLD: Final = 500
"""Rows that wait to be sent."""

_READ: Final = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

_WRITE: Final = (
    f"BEGIN ISOLATION LEVEL REPEATABLE READ; "
    f"SET LOCAL lock_timeout = '{connecting.SECONDS_TO_WAIT}s'; "
    "LOCK TABLE base IN SHARE ROW EXCLUSIVE MODE"
).encode()
"""The lock comes first: what is seen is what the writer before has left. It belongs to the
transaction and goes with it; readers do not meet it."""


class Told(NamedTuple):
    """A statement in the driver's words, and values for each time that it is run."""

    words: bytes
    rows: Sequence[Sequence[object]] = ((),)


class PostgresDatabase(Database):
    """A connection to a server.

    Nothing depends on the answer to what is told. So it waits for the next question, or for the
    end, and goes together on one way to the server and back; an error of it is raised there. The
    question goes after: the server does not end a session that is idle in a transaction where the
    last that it got was what psycopg sends together.
    """

    dialect = DIALECT

    def __init__(self, address: Address, connection: Connection, *, writes: bool) -> None:
        self.address = address
        self.connection = connection
        self._writes = writes
        self._begun = writes
        self._told: list[Told] = []
        self._rows_told = 0
        self._names = count()
        self._read: list[str] = []
        """Cursors of which nobody reads on."""
        self._given_up = False

    def ask(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        rows: list[Any] = self._execute(_in_its_words(query), _plain(values)).fetchall()
        return rows

    def stream(self, query: str, values: Sequence[object] = ()) -> Iterator[Any]:
        name = f"rows_{next(self._names)}"
        closed, self._read = "".join(f"CLOSE {old}; " for old in self._read), []
        fetch = f"FETCH {FETCHED} FROM {name}"
        declare = f"{closed}DECLARE {name} NO SCROLL CURSOR FOR {query}; {fetch}"
        rows = self._execute(_in_its_words(declare), _plain(values), together=True).fetchall()
        try:
            yield from rows
            while len(rows) == FETCHED:
                # not prepared: the names of cursors come again, and are then of other rows
                rows = self._execute(fetch.encode(), prepare=False).fetchall()
                yield from rows
        finally:
            # not closed here: who stops reading may do so in the midst of another command
            self._read.append(name)

    def tell(self, statement: str, *rows: Sequence[object]) -> None:
        self.tell_all(statement, rows or [()])

    def tell_all(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        words, ahead = _in_its_words(statement), map(_plain, rows)
        while chunk := list(islice(ahead, MAX_TOLD)):
            self._told.append(Told(words, chunk))
            self._rows_told += len(chunk)
            if self._rows_told >= MAX_TOLD:
                self._send()

    def script(self, statements: str) -> None:
        for statement in statements.split(";"):
            if statement.strip():
                self.tell(statement)

    def begin_to_write(self) -> None:
        """Wait for the writer before, and see what it has left."""
        self._execute(_WRITE)

    def _execute(
        self,
        statement: bytes,
        values: Sequence[object] = (),
        *,
        prepare: bool | None = None,
        together: bool = False,
    ) -> Any:
        """Run a statement, after what was told; its cursor has the rows. Statements that go
        `together` have their values written in them, and the rows are those of the last; so goes
        the first one that has no values, with the beginning of the transaction.
        """
        import psycopg

        self._send()
        try:
            if not self._begun and (together or not values):
                statement, together = b"%b; %b" % (_READ, statement), True
            elif not self._begun:
                self.connection.execute(_READ)
            cursor = psycopg.ClientCursor(self.connection) if together else self.connection.cursor()
            cursor.execute(statement, values or None, prepare=prepare)
            self._begun = True
            while cursor.nextset():
                pass
        except psycopg.Error as error:
            raise self.fault(error) from None
        return cursor

    def _send(self, *last: Told) -> None:
        """Send what was told, and some more, together."""
        import psycopg

        told, self._told, self._rows_told = [*self._told, *last], [], 0
        try:
            with self.connection.pipeline() if told else nullcontext():
                for words, rows in told:
                    cursor = self.connection.cursor()
                    if len(rows) > 1:
                        cursor.executemany(words, rows)
                    else:
                        cursor.execute(words, rows[0] or None)
        except psycopg.Error as error:
            raise self.fault(error) from None

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
        self._send(Told(b"COMMIT"))
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
