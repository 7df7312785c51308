"""A knowledge base on a server: its address, who may do what, and what becomes of a change."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from targetmarkets.errors import (
    DataError,
    OutputError,
    TargetMarketsError,
    UnreadableError,
    UsageError,
)
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.address import Address, shown
from targetmarkets.kb.opening import load
from targetmarkets.kb.paths import bundled
from targetmarkets.kb.store.postgres import connecting, database
from targetmarkets.kb.store.stored import StoredKnowledge
from targetmarkets.query.search import search
from targetmarkets.writing.copying import copy
from targetmarkets.writing.transaction import begin
from tests import postgres
from tests.build import content, customer
from tests.conftest import ROOT
from tests.postgres import add, named
from tests.running import Run

SECRET = "geheim%21"  # noqa: S105 - nobody has it

HIDING = [
    f"postgresql://anna:{SECRET}@127.0.0.1:1/kb",
    f"postgresql://anna:{SECRET}@127.0.0.1:x/kb",
    f"postgresql://anna:{SECRET}/@127.0.0.1:1/kb",
    f"postgresql://anna:{SECRET}%zz@127.0.0.1:1/kb",
    f"postgresql://anna:{SECRET}?@127.0.0.1:1/kb",
    f"postgresql://anna:{SECRET}",
    f"postgresql://127.0.0.1:1/kb?user=anna&password={SECRET}",
    f"postgresql://127.0.0.1:1/kb?password={SECRET}&nonsense=1",
    f"postgres://127.0.0.1:1/kb?sslpassword={SECRET}&sslmode=wrong",
    f"postgresql://:{SECRET}@[::1]:1/",
]


@pytest.mark.parametrize("given", HIDING)
def test_a_password_is_never_printed(tm: Run, given: str) -> None:
    address = Address(given)
    texts = [str(address), repr(address), shown(f"look at '{given}'"), address.name]
    with pytest.raises(UnreadableError) as caught:
        load(address)
    texts += [str(caught.value), caught.value.remedy or "", repr(caught.value.__cause__)]
    for command in (["list"], ["show", given], ["verify"], ["retract", "x", "--reason", "y"]):
        for env in ({}, {"TM_DEBUG": "1"}):
            done = tm("--kb", given, *command, env=env)
            assert done.returncode == 3
            texts += [done.stdout, done.stderr]
    texts += [tm("copy", "bundled", given).stderr, tm("init", given).stderr]
    texts += [tm("diff", given, given).stderr, tm("merge", given, given, given).stderr]
    for text in texts:
        assert "geheim" not in text


MEANT = [
    f"POSTGRESQL://anna:{SECRET}@h/db",
    f"Postgres://h/db?password={SECRET}",
    f" postgresql://anna:{SECRET}@h/db",
    f"postgresql+psycopg://anna:{SECRET}@h/db",
    f"postgresql:/anna:{SECRET}@h/db",
    f"cockroachdb://anna:{SECRET}@h/db",
    f"host=h user=anna password={SECRET}",
    f"host=h user=anna PASSWORD = '{SECRET}'",
]


@pytest.mark.parametrize("given", MEANT)
def test_what_was_meant_for_an_address_is_refused_and_not_repeated(
    tm: Run, given: str, tmp_path: Path
) -> None:
    assert "geheim" not in shown(f"look at '{given}'") or "://" not in given
    for command in (["--kb", given, "list"], ["verify", "--kb", given], ["copy", given, "there"]):
        done = tm(*command, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "geheim" not in done.stderr
        assert "postgresql://USER@HOST" in done.stderr
    for command in (["init", given], ["copy", "bundled", given], ["diff", given, given]):
        done = tm(*command, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "geheim" not in done.stderr
    done = tm("merge", given, given, given, cwd=tmp_path, env={"TM_KB": given})
    assert "geheim" not in done.stdout + done.stderr
    assert not list(tmp_path.iterdir())


def test_a_password_with_a_quote_is_not_shown_where_a_text_is_kept(
    tm: Run, small: Address, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/Western/Eastern/' \"$1\"\nexit 1\n", "utf-8")
    editor.chmod(0o755)
    given = small.for_libpq.replace("owner@", "owner:ge'heim@")
    done = tm("edit", "a", "--kb", given, env={"EDITOR": str(editor), "HOME": str(tmp_path)})
    assert done.returncode == 2, done.stderr
    assert "--resume --kb 'postgresql://owner:***@" in done.stderr
    assert "heim" not in done.stderr


def test_what_is_verified_with_a_password_is_reported_whole(tm: Run, small: Address) -> None:
    role(small, postgres.ASKED, "read")
    password = f"SET password_encryption = 'scram-sha-256'; ALTER ROLE {postgres.ASKED} PASSWORD"
    postgres.rows(small, f"{password} 'geheim!'")
    wrong = postgres.server().address(small.name, postgres.ASKED, "falsch")
    with pytest.raises(UnreadableError, match="cannot be reached"):
        load(wrong)
    address = postgres.server().address(small.name, postgres.ASKED, SECRET)
    for options in ((), ("--unused",), ("--documents",)):
        connecting.close_idle()
        done = tm("verify", *options, "--kb", address.for_libpq)
        assert done.returncode == 0, done.stderr
        assert "geheim" not in done.stdout + done.stderr
        assert f"checked {address}" in done.stderr


def test_an_address_keeps_all_that_is_no_secret() -> None:
    for plain in ("postgresql:///kb", "postgresql://anna@db.example:5432/kb?sslmode=verify-full"):
        assert str(Address(plain)) == plain
    assert (
        str(Address("postgresql://[2001:db8::1]:5432/kb")) == "postgresql://[2001:db8::1]:5432/kb"
    )
    assert Address("postgresql://db.example/kb").name == "kb"


def test_who_names_no_address_imports_no_driver() -> None:
    code = (
        "import sys; from targetmarkets.cli.entry import start\n"
        "sys.argv = ['tm', 'show', 'syria']\n"
        "assert start() == 0\n"
        "assert not {'psycopg', 'targetmarkets.kb.store.postgres'} & {*sys.modules}"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_the_extra_it_is_named(tm_process: Run, tmp_path: Path) -> None:
    (tmp_path / "psycopg.py").write_text("raise ImportError('no pq wrapper available')")
    done = tm_process("--kb", "postgresql:///kb", "list", env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 2
    assert "targetmarkets[postgres]" in done.stderr


def test_a_database_without_tables_is_no_knowledge_base(tm: Run) -> None:
    empty = str(postgres.server().new())
    for command in (["verify"], ["show", "syria"], ["fmt"], ["add", "group", "x"]):
        done = tm("--kb", empty, *command)
        assert (done.returncode, done.stdout) == (3, "")
        assert "is a database, and no knowledge base" in done.stderr


def test_a_team_begins_with_a_copy_or_with_nothing(tm: Run) -> None:
    for options, number in (([], 14), (["--empty"], 0)):
        address = postgres.server().new()
        done = tm("init", str(address), *options)
        assert (done.returncode, done.stdout) == (0, f"{address}\n"), done.stderr
        assert len(load(address).customers) == number
        assert verify(address).ok
        again = tm("init", str(address))
        assert (again.returncode, again.stdout) == (2, "")
        assert "is a knowledge base already" in again.stderr
    with pytest.raises(UsageError, match="not overwritten"):
        copy(bundled(), address)


def role(address: Address, name: str, part: str) -> Address:
    """The address for a login that has the rights which docs/team.md gives to one part."""
    from targetmarkets.writing.making import RIGHTS

    statements = RIGHTS[part].format(role=name)
    server = postgres.server()
    server.sql("postgres", f"DROP ROLE IF EXISTS {name}", f"CREATE ROLE {name} LOGIN")
    server.sql(address.name, *(s for s in statements.split(";") if s.strip()))
    return server.address(address.name, name)


def test_what_the_driver_logs_does_not_stand_beside_what_we_say(small: Address) -> None:
    script = (
        "import logging, sys; from targetmarkets.kb.address import Address; "
        "from targetmarkets.kb.opening import load; kb = load(Address(sys.argv[1])); "
        "logging.getLogger('psycopg').warning('error ignored'); print(len(kb.customers))"
    )
    command = [sys.executable, "-c", script, small.for_libpq]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("1\n", "")


def test_who_may_make_no_tables_is_given_the_statements_for_who_may(tm: Run) -> None:
    address = postgres.server().new()
    guest = role(address, f"guest_{address.name}", "nothing")
    done = tm("init", str(guest))
    assert done.returncode == 3
    assert "you may make no tables" in done.stderr
    postgres.rows(address, done.stdout)
    editor = role(address, f"maker_{address.name}", "curate")
    assert tm("init", str(editor)).returncode == 0
    assert verify(editor).ok
    assert search(load(editor), "officers").hits


def test_a_login_that_can_only_read_reads_everything_and_writes_nothing(
    tm: Run, small: Address
) -> None:
    reader = str(role(small, f"reader_{small.name}", "read"))
    for command in (["show", "a"], ["list"], ["search", "claim"], ["verify"], ["log"], ["stats"]):
        done = tm("--kb", reader, *command)
        assert done.returncode == 0, done.stderr
    done = tm("--kb", reader, "retract", "said", "--reason", "x")
    assert (done.returncode, done.stdout) == (3, "")
    assert "you may not do that" in done.stderr
    assert tm("--kb", reader, "retract", "said", "--reason", "x", "--dry-run").returncode == 3


def test_who_curates_adds_edits_removes_and_undoes_and_never_changes_history(
    tm: Run, small: Address
) -> None:
    curator = role(small, f"curator_{small.name}", "curate")
    new = ("add", "customer", "Freedonia", "--kind", "state", "--region", "Western Asia")
    for command in (
        new,
        ("rename", "freedonia", "sylvania"),
        ("remove", "sylvania"),
        ("undo",),
        ("retract", "said", "--reason", "It was wrong."),
    ):
        done = tm("--kb", str(curator), *command)
        assert done.returncode == 0, (command, done.stderr)
    assert named(curator) == ["a", "sylvania"]
    assert verify(curator).ok
    import psycopg

    for statement in ("DELETE FROM history", "UPDATE change SET who = 'nobody'", "DROP TABLE base"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            postgres.rows(curator, statement)
    number = postgres.rows(small, "SELECT count(*) FROM change")
    assert number == [(5,)]


def test_the_page_on_teams_gives_the_rights_that_are_tested() -> None:
    from targetmarkets.writing.making import RIGHTS

    page = (ROOT / "docs" / "team.md").read_text("utf-8")
    for part, role_ in (("read", "readers"), ("curate", "curators")):
        for statement in RIGHTS[part].format(role=role_).split(";"):
            if statement.strip():
                assert " ".join(statement.split()) in " ".join(page.split()), statement


def test_a_writer_waits_for_another_and_says_so_where_it_takes_too_long(
    small: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_WRITE", database._WRITE.replace(b"'60s'", b"'0.2s'"))
    with begin(small) as one:
        add(one, "b")
        assert named(small) == ["a"]
        with pytest.raises(OutputError, match="another writer has had"), begin(small):
            pass
        one.commit()
    assert named(small) == ["a", "b"]


def test_what_no_index_has_room_for_is_found_all_the_same(tmp_path: Path) -> None:
    from json import dumps

    names = ["x" * 3_999 + last for last in "yz"] + ["-".join(["word"] * 700), "的" * 3_000]
    customers = [customer(f"c-{n}", name=name) for n, name in enumerate(names)]
    path = tmp_path / "customers.json"
    path.write_text(dumps(content(customers=customers)), "utf-8")
    address = copy(path, postgres.server().new())
    kb = load(address)
    for number, name in enumerate(names):
        assert [item.id for item in kb.customers.called(name)] == [f"c-{number}"]
    for text in ("x*", names[0], f'"{"的" * 20}"', '"word word word"'):
        assert search(kb, text) == search(load(path), text)


def test_signs_that_a_server_refuses_find_nothing(small: Address) -> None:
    kb = load(small)
    for name in ("\0", "b\0", "half \ud800", "'; DROP TABLE base; --", "%s", "$1", "?"):
        assert not kb.customers.called(name)
        assert name not in kb.objects
    assert not search(kb, "'x' & ! \\").hits


def test_a_connection_is_used_again_and_left_to_nobody(small: Address) -> None:
    connecting.close_idle()
    backends = set()
    for _ in range(3):
        kb = load(small)
        assert isinstance(kb, StoredKnowledge)
        backends |= set(kb.database.ask("SELECT pg_backend_pid()"))
        kb.database.close()
    assert len(backends) == 1
    if pid := os.fork():
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    else:
        code = 1
        try:
            own = load(small)
            assert isinstance(own, StoredKnowledge)
            code = int(own.database.ask("SELECT pg_backend_pid()")[0] in backends)
        finally:
            os._exit(code)
    assert named(small) == ["a"]


def test_a_database_of_other_letters_is_refused() -> None:
    server = postgres.server()
    server.sql(
        "postgres",
        "DROP DATABASE IF EXISTS latin",
        "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'",
    )
    with pytest.raises(DataError, match="has not every letter"):
        load(server.address("latin"))
    with pytest.raises(TargetMarketsError):
        copy(bundled(), server.address("latin"))
