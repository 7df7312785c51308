"""A server that goes away, or is cut off, and what becomes of a change then."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from threading import Timer
from typing import Any

import pytest

from targetmarkets.cli import writing
from targetmarkets.errors import (
    ConflictError,
    OutputError,
    UnreadableError,
)
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.address import Address
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.opening import load
from targetmarkets.kb.replacing import was_saved
from targetmarkets.kb.store.engine import LostError
from targetmarkets.kb.store.postgres import filling
from targetmarkets.kb.store.postgres.connecting import fault
from targetmarkets.kb.store.postgres.filling import Filling
from targetmarkets.kb.store.stored import StoredKnowledge
from targetmarkets.writing.already import beside
from targetmarkets.writing.copying import copy
from targetmarkets.writing.transaction import Change, begin
from tests import postgres
from tests.postgres import add, named
from tests.running import Run, unmeasured


def add_after(address: Address, happens: Callable[[], object]) -> None:
    """Add a customer, while something happens before it is kept."""
    with begin(address) as transaction:
        assert "b" not in transaction.kb.customers
        happens()
        add(transaction, "b")
        transaction.commit()


def test_somebody_who_writes_by_other_means_is_a_conflict(small: Address) -> None:
    theirs = "INSERT INTO object VALUES (99, 'b', 'customer', 99, 1, '{}')"
    with pytest.raises(ConflictError, match="in the same moment"):
        add_after(small, lambda: postgres.rows(small, theirs))
    assert postgres.rows(small, "SELECT count(*) FROM change") == [(0,)]


def cut(address: Address) -> None:
    """Cut the connections of everybody else to a database."""
    theirs = f"datname = '{address.name}'"
    statement = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {theirs}"  # noqa: S608 - ours
    postgres.server().sql("postgres", statement)


def test_a_reader_whose_connection_is_cut_is_told(small: Address) -> None:
    kb = load(small)
    cut(small)
    with pytest.raises(LostError, match="was lost"):
        list(kb.claims)
    assert named(small) == ["a"]


def test_a_writer_whose_connection_is_cut_has_changed_nothing(small: Address) -> None:
    with pytest.raises(OutputError, match="was lost"):
        add_after(small, lambda: cut(small))
    assert named(small) == ["a"]


def add_and(address: Address, happens: Callable[[], object], *, kept: bool) -> Change:
    """Add a customer, while something happens just before or after the server keeps it."""
    with begin(address) as transaction:
        assert isinstance(transaction.kb, StoredKnowledge)
        add(transaction, "b")
        commit = transaction.kb.database.commit

        def meanwhile() -> None:
            if kept:
                commit()
            happens()
            commit()

        transaction.kb.database.commit = meanwhile  # type: ignore[method-assign] # it happens there
        return transaction.commit()


@pytest.mark.parametrize("kept", [True, False])
def test_one_whose_connection_is_cut_as_the_change_is_kept_learns_what_became_of_it(
    small: Address, *, kept: bool
) -> None:
    def change() -> None:
        done = add_and(small, lambda: cut(small), kept=kept)
        assert "b" in done.after.customers

    if kept:
        change()
        assert named(small) == ["a", "b"]
    else:
        with pytest.raises(OutputError, match="nothing was changed"):
            change()
        assert named(small) == ["a"]
        change_again(small)


@pytest.mark.parametrize("kept", [True, False])
def test_a_server_that_is_started_anew_is_waited_for_to_learn_what_became_of_a_change(
    small: Address, *, kept: bool
) -> None:
    server = postgres.server()
    starting = Timer(1, server.start)

    def go_away() -> None:
        server.stop()
        starting.start()

    try:
        if kept:
            assert "b" in add_and(small, go_away, kept=True).after.customers
        else:
            with pytest.raises(OutputError, match="nothing was changed"):
                add_and(small, go_away, kept=False)
    finally:
        starting.join()
    assert named(small) == (["a", "b"] if kept else ["a"])


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("kept", [True, False])
def test_ctrl_c_while_a_change_is_kept_says_that_it_was(small: Address, *, kept: bool) -> None:
    with pytest.raises(KeyboardInterrupt) as caught:
        add_and(small, lambda: signal.raise_signal(signal.SIGINT), kept=kept)
    assert was_saved(caught.value)
    assert named(small) == ["a", "b"]


def test_what_fails_after_a_change_is_kept_says_that_it_was(
    tm: Run, small: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_and_look(before: Knowledge, after: Knowledge, items: Any) -> Iterator[Any]:
        cut(small)
        assert "freedonia" in list(after.customers)
        yield from beside(before, after, items)

    monkeypatch.setattr(writing, "beside", cut_and_look)
    new = ("customer", "Freedonia", "--kind", "state", "--region", "Western Asia")
    done = tm("add", *new, "--kb", str(small))
    assert (done.returncode, done.stdout) == (3, "freedonia\n"), done.stderr
    assert "was lost" in done.stderr
    assert f"saved: the change is in {small}" in done.stderr
    assert named(small) == ["a", "freedonia"]


def change_again(address: Address) -> None:
    with begin(address) as transaction:
        add(transaction, "b")
        transaction.commit()
    assert named(address) == ["a", "b"]


WRITER = """
import sys
from targetmarkets.errors import TargetMarketsError
from targetmarkets.kb.address import Address
from targetmarkets.model.objects import Customer
from targetmarkets.writing.transaction import begin

for number in range(1000):
    id_ = f"c-{sys.argv[2]}-{number}"
    try:
        with begin(Address(sys.argv[1])) as transaction:
            transaction.add(Customer(id=id_, name=id_, kind="state", region="Western Asia"))
            transaction.commit()
    except TargetMarketsError as error:
        print("failed", id_, error, flush=True)
        break
    print("kept", id_, flush=True)
"""


def test_a_server_that_crashes_under_writers_keeps_what_it_said_it_had(small: Address) -> None:
    server = postgres.server()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, small.for_libpq, str(number)],
            stdout=subprocess.PIPE,
            text=True,
            env=unmeasured(),
        )
        for number in range(3)
    ]
    firsts = [writer.stdout.readline().split()[1] for writer in writers if writer.stdout]
    server.stop("immediate")
    said = [writer.communicate()[0] for writer in writers]
    server.start()
    there = set(named(small))
    kept = {line.split()[1] for text in said for line in text.splitlines() if line[:4] == "kept"}
    failed = {
        line.split()[1]: line for text in said for line in text.splitlines() if line[0] == "f"
    }
    assert {*firsts, *kept} <= there
    unknown = {id_ for id_, line in failed.items() if "is not known" in line}
    assert there <= {"a", *firsts, *kept, *unknown}
    assert len(failed) == 3
    assert verify(small).ok
    number = postgres.rows(small, "SELECT count(*) FROM change")
    assert number == [(len(there) - 1,)]


def test_a_reader_that_was_idle_for_too_long_is_told_that_the_connection_went(
    small: Address,
) -> None:
    options = "&options=-c%20idle_in_transaction_session_timeout%3D50"
    kb = load(Address(small.for_libpq + options))
    time.sleep(0.5)
    with pytest.raises(LostError, match="was lost: terminating connection due to idle"):
        list(kb.claims)


def test_why_a_store_cannot_be_read_is_told_and_not_taken_for_none(small: Address) -> None:
    import psycopg

    server = postgres.server()
    server.sql("postgres", f"CREATE ROLE stranger_{small.name} LOGIN")
    with pytest.raises(UnreadableError, match="permission denied for table base") as caught:
        load(server.address(small.name, f"stranger_{small.name}"))
    assert "docs/team.md" in (caught.value.remedy or "")
    with psycopg.connect(small.for_libpq) as other:
        other.execute("LOCK TABLE base")
        with pytest.raises(UnreadableError, match="gave up: canceling statement"):
            load(Address(small.for_libpq + "&options=-c%20statement_timeout%3D200"))


def test_only_tables_that_are_not_what_they_were_are_called_damaged(small: Address) -> None:
    import psycopg

    for state, words in (
        ("42P01", "no store that can be used"),
        ("42703", "no store that can be used"),
        ("XX001", "no store that can be used"),
        ("0A000", "does not answer"),
        ("25P04", "was lost"),
        ("42501", "you may not do that"),
    ):
        for writes in (True, False):
            found = fault(small, psycopg.errors.lookup(state)("x"), writes=writes)
            assert words in found.message, state


def fill_and(
    monkeypatch: pytest.MonkeyPatch, at: bytes, happens: Callable[[], object], *, kept: bool
) -> Address:
    """The address of a copy in whose making something happens before or after a statement."""
    run = Filling._execute

    def meanwhile(self: Filling, statement: bytes, values: Sequence[object] = ()) -> object:
        if statement != at:
            return run(self, statement, values)
        if kept:
            run(self, statement, values)
        happens()
        return run(self, statement, values)

    monkeypatch.setattr(Filling, "_execute", meanwhile)
    return postgres.server().new()


@pytest.mark.parametrize("kept", [True, False])
def test_who_is_cut_off_as_a_copy_is_kept_learns_what_became_of_it(
    small: Address, monkeypatch: pytest.MonkeyPatch, *, kept: bool
) -> None:
    address = fill_and(monkeypatch, b"COMMIT", lambda: cut(address), kept=kept)
    if kept:
        assert copy(small, address) == address
    else:
        with pytest.raises(OutputError, match="the copy has not ended"):
            copy(small, address)
        monkeypatch.undo()
        copy(small, address)
    assert named(address) == ["a"]


def test_only_one_fills_a_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(filling, "_ALONE", filling._ALONE.replace(b"'5s'", b"'0.2s'"))
    address = postgres.server().new()
    one = filling.new(address)
    with pytest.raises(OutputError, match="somebody else copies to"):
        filling.new(address)
    one.close()
    filling.new(address).close()


@pytest.mark.usefixtures("interruptible")
def test_a_copy_that_is_there_is_not_told_as_a_failed_one(
    small: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = fill_and(monkeypatch, b"ANALYZE", lambda: cut(address), kept=False)
    assert copy(small, address) == address
    monkeypatch.undo()

    def interrupt() -> None:
        signal.raise_signal(signal.SIGINT)

    other = fill_and(monkeypatch, b"ANALYZE", interrupt, kept=False)
    with pytest.raises(KeyboardInterrupt) as caught:
        copy(small, other)
    assert was_saved(caught.value)
    assert named(address) == named(other) == ["a"]


def test_without_a_schema_to_make_tables_in_the_statements_are_given(tm: Run) -> None:
    address = postgres.server().new()
    postgres.rows(address, "DROP SCHEMA public")
    done = tm("init", str(address))
    assert done.returncode == 3
    assert "you may make no tables" in done.stderr
    postgres.rows(address, "CREATE SCHEMA public", done.stdout)
