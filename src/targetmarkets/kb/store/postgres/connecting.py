"""Connections to a server, and what its errors mean.

A command reads and writes the same place a few times; a connection that is given up is kept for the
next of them. No error holds the words of another as its cause: those of libpq may quote the address
with its password.
"""

import atexit
import logging
import os
import select
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.errors import (
    ConflictError,
    MissingExtraError,
    OutputError,
    TargetMarketsError,
    UnreadableError,
)
from targetmarkets.kb.address import Address
from targetmarkets.kb.store.engine import ForbiddenError, LostError, NoStoreError

if TYPE_CHECKING:
    import psycopg

SECONDS_TO_CONNECT: Final = 10
"""Seconds after which a server counts as out of reach, unless the address or `PGCONNECT_TIMEOUT`
says otherwise."""

SECONDS_TO_WAIT: Final = 60
"""Seconds that a writer waits for another."""

_ENDED: Final = frozenset({"57P01", "57P02", "57P03", "57P05", "25P03", "25P04"})
"""States of a session that the server has ended: it stops, or somebody was idle for too long."""

_ABSENT: Final = frozenset({"42P01", "42703"})
"""Where a table or a column is not there."""

_DAMAGED: Final = ("42", "23", "XX")
"""Classes of states in which tables are not what the statements of a store take them for."""

Connection = Any
"""A connection of psycopg, which is imported by whoever names an address and by nobody else."""

MAX_IDLE: Final = 4
"""Connections that are kept for the next use: a server has places for a hundred or so in all."""

_SILENT: Final = logging.NullHandler()

_IDLE: Final[list[tuple[int, Address, Connection]]] = []
"""Connections that nobody uses now, the oldest first, each with its process: a child must not use
those of its parent."""


def connect(address: Address) -> Connection:
    """A connection outside of any transaction, an idle one where there is one.

    Raises `MissingExtraError` and `UnreadableError`.
    """
    try:
        import psycopg
    except ImportError as error:
        raise MissingExtraError(str(address), "postgres") from error
    # What it logs is in the errors; without a handler Python prints it beside them.
    logging.getLogger("psycopg").addHandler(_SILENT)
    mine = os.getpid(), address
    for entry in [entry for entry in _IDLE if entry[:2] == mine][::-1]:
        _IDLE.remove(entry)
        if _is_alive(entry[2]):
            return entry[2]
    options: dict[str, Any] = {"client_encoding": "UTF8", "fallback_application_name": "tm"}
    if "PGCONNECT_TIMEOUT" not in os.environ and "connect_timeout" not in address.for_libpq:
        options["connect_timeout"] = SECONDS_TO_CONNECT
    try:
        connection = psycopg.connect(address.for_libpq, autocommit=True, **options)
    except psycopg.OperationalError as error:
        words = " ".join(address.hidden(str(error)).split())
        message = f"{address} cannot be reached: {words}"
        raise UnreadableError(message, "check the address, the server and your rights") from None
    except (psycopg.Error, UnicodeError, ValueError):
        message = f"{address} is no address that libpq reads"
        remedy = "write postgresql://USER@HOST:PORT/DATABASE, and a sign of another use as %XX"
        raise UnreadableError(message, remedy) from None
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        connection.close()
        message = f"{address} keeps texts as {encoding}, which has not every letter"
        raise UnreadableError(message, "make the database with ENCODING 'UTF8'")
    return connection


def give_up(address: Address, connection: Connection) -> None:
    """Keep a connection for the next one, without what was not committed."""
    import psycopg

    try:
        if connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            connection.execute("ROLLBACK")
        _IDLE.append((os.getpid(), address, connection))
        if len(_IDLE) > MAX_IDLE:
            _close(*_IDLE.pop(0))
    except psycopg.Error:
        connection.close()


def _is_alive(connection: Connection) -> bool:
    """Whether the server has not closed it meanwhile: then there would be something to read."""
    if connection.closed:
        return False
    with suppress(OSError, ValueError):
        if not select.select([connection.fileno()], [], [], 0)[0]:
            return True
    connection.close()
    return False


@atexit.register
def close_idle() -> None:
    """Close the connections of this process that nobody uses."""
    while _IDLE:
        _close(*_IDLE.pop())


def _close(process: int, _: Address, connection: Connection) -> None:
    if process == os.getpid():
        with suppress(Exception):  # there is nobody to tell
            connection.close()


def fault(address: Address, error: "psycopg.Error", *, writes: bool) -> TargetMarketsError:
    """What an error of the server means, to a reader or a writer."""
    state = error.sqlstate or ""
    words = " ".join(address.hidden(str(error)).split())
    failed = OutputError if writes else UnreadableError
    if _is_lost(error, state):
        message = f"the connection to {address} was lost: {words}"
        return LostError(message, "look whether the server runs, and try again")
    if state in {"40001", "40P01", "23505"} and writes:
        message = f"somebody else changed {address} in the same moment: {words}"
        return ConflictError(message, "nothing was changed: do it again")
    if state == "55P03":
        message = f"another writer has had {address} for {SECONDS_TO_WAIT} seconds: {words}"
        return OutputError(message, "let it finish, and try again")
    if state == "42501":
        message = f"you may not do that with {address}: {words}"
        forbidden = ForbiddenError if writes else UnreadableError
        return forbidden(message, "ask whoever owns it for the role; docs/team.md has them")
    if state == "25006":
        message = f"{address} takes no changes: {words}"
        return failed(message, "name the server that does, and not its copy")
    if state == "57014" or state.startswith("53"):
        return failed(f"{address} gave up: {words}", "try again, or ask whoever runs the server")
    if not state.startswith(_DAMAGED):
        return failed(f"{address} does not answer: {words}", "ask whoever runs the server")
    message = f"{address} is no store that can be used: {words}"
    if state in _ABSENT:
        return NoStoreError(message, damaged_remedy())
    return failed(message, damaged_remedy())


def damaged_remedy() -> str:
    """What helps where tables are not what they were."""
    return "restore it from a backup; tm verify lists what is wrong"


def _is_lost(error: "psycopg.Error", state: str) -> bool:
    import psycopg

    unspoken = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) and not state
    return unspoken or state.startswith("08") or state in _ENDED
