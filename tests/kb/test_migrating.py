"""Stores of older versions, brought to that of today."""

import shlex
import sqlite3
from pathlib import Path

import pytest

from targetmarkets.errors import OutputError, UnreadableError
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.address import Address
from targetmarkets.kb.opening import load
from targetmarkets.kb.paths import Place, bundled
from targetmarkets.kb.store import engines, sql
from targetmarkets.kb.store.engine import LostError
from targetmarkets.kb.store.migrating import for_owner, migrate, older_version
from targetmarkets.kb.store.schema import MIGRATIONS, STORE_VERSION
from targetmarkets.writing.copying import copy
from tests import postgres
from tests.aging import BACK, aged
from tests.kb.test_server import role
from tests.running import Run


@pytest.fixture(params=["sqlite", "postgres"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A copy of the bundled base in a store of the first version."""
    is_file = request.param == "sqlite"
    return aged(copy(bundled(), tmp_path / "old.sqlite" if is_file else postgres.server().new()))


def links(place: Place) -> list[tuple[object, ...]]:
    database = engines.reading(place)
    try:
        return sorted(map(tuple, database.ask(sql.LINK_ROWS)))
    finally:
        database.close()


def test_every_version_can_be_brought_to_the_next() -> None:
    assert [*MIGRATIONS] == [*BACK] == [*range(1, STORE_VERSION)]


def test_an_older_store_is_refused_with_what_helps(old: Place, tm: Run) -> None:
    with pytest.raises(UnreadableError, match=f"tables of version 1; .* reads {STORE_VERSION}"):
        load(old)
    done = tm("show", "syria", "--kb", str(old))
    assert done.returncode == 3
    assert f"tm init {shlex.quote(str(old))} brings them to it" in done.stderr


def test_one_that_is_brought_to_today_is_as_one_that_is_made_today(
    old: Place, tm: Run, tmp_path: Path
) -> None:
    new = copy(bundled(), tmp_path / "new.sqlite")
    assert links(old) != links(new)
    done = tm("init", str(old))
    assert (done.returncode, done.stdout) == (0, f"{old}\n"), done.stderr
    assert "had tables of version 1" in done.stderr
    assert links(old) == links(new)
    assert not verify(old).findings
    assert older_version(old) is None
    migrate(old)  # and nothing is done twice
    assert links(old) == links(new)
    again = tm("init", str(old))
    assert again.returncode != 0
    assert links(old) == links(new)


def test_a_file_that_needs_nothing_is_told_so(tm: Run, tmp_path: Path) -> None:
    store = copy(bundled(), tmp_path / "kb.sqlite")
    other = tmp_path / "notes.txt"
    other.write_text("Notes.")
    for file in (store, other):
        done = tm("init", str(file))
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{file} is a file, and not one of an older tm" in done.stderr
    with sqlite3.connect(str(store)) as database:
        database.execute("UPDATE base SET value = '99' WHERE name = 'store_version'")
    database.close()
    later = tm("init", str(store))
    assert later.returncode == 3
    assert "upgrade targetmarkets" in later.stderr


def test_the_name_of_a_file_that_is_not_there_makes_no_folder(tm: Run, tmp_path: Path) -> None:
    for name in ("typo.sqlite", "none.json"):
        done = tm("init", str(tmp_path / name))
        assert (done.returncode, done.stdout) == (2, "")
        assert f"tm copy bundled {tmp_path / name} makes such a file" in done.stderr
    assert not [*tmp_path.iterdir()]


def test_what_is_broken_off_leaves_it_as_it_was(
    old: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = links(old)

    def lost(*_: object) -> None:
        raise LostError("the connection was lost", "try again")

    with monkeypatch.context() as patch:
        patch.setattr("targetmarkets.kb.store.migrating.uninterrupted", lost)
        with pytest.raises(OutputError, match="is not known"):
            migrate(old)
    assert (links(old), older_version(old)) == (before, 1)
    migrate(old)
    assert older_version(old) is None


def test_who_may_not_change_it_gets_the_statements_for_who_may(tm: Run) -> None:
    address = aged(copy(bundled(), postgres.server().new()))
    assert isinstance(address, Address)
    reader = role(address, f"looker_{address.name}", "read")
    done = tm("init", str(reader))
    assert done.returncode != 0
    assert done.stdout == for_owner(1)
    postgres.rows(address, done.stdout)
    assert load(reader).classifications("syria")
    assert not verify(address).findings
