"""A copy to a server that is broken off: nobody reads it, and the same copy goes on with it."""

import json
import re
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.errors import OutputError, TargetMarketsError, UnreadableError
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.address import Address
from targetmarkets.kb.opening import load
from targetmarkets.kb.paths import BUNDLED, bundled
from targetmarkets.kb.store import filling
from targetmarkets.kb.store.postgres.filling import Filling, new
from targetmarkets.kb.store.unfinished import unfinished
from targetmarkets.query.search import search
from targetmarkets.writing import copying
from targetmarkets.writing.copying import copy
from targetmarkets.writing.making import RIGHTS, statements
from tests import postgres
from tests.build import archive, claim, customer
from tests.conftest import ROOT
from tests.kb.test_server import role
from tests.kb.test_server_lost import cut
from tests.postgres import named
from tests.running import Run
from tests.stores import STORES, dump

NUMBER = 9
"""Objects of the knowledge base that is copied."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A knowledge base with an archived text, and objects of several types."""
    path = archive(tmp_path / "kb", "One two three.\n\nFour five six.", ("two", 4, 7, "two"))
    content = json.loads(path.read_text("utf-8"))
    content["sources"].append({**content["sources"][0], "id": "again", "reports_on": ["work"]})
    content["customers"] = [customer("a"), customer("b", aliases=["Bee"])]
    content["events"] = [{"id": "met", "name": "A meeting", "kind": "visit"}]
    told = {"event": "met", "evidence": [{"quote": "two"}]}
    content["claims"] = [claim("one", "a"), claim("said", "b", **told), claim("more", "b")]
    path.write_text(json.dumps(content), "utf-8")
    return path


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "BATCH", 2)


def breaking(monkeypatch: pytest.MonkeyPatch, at: int, happens: Callable[[], object]) -> list[str]:
    """Let something happen before one of the statements of a copy; what becomes the names of all of
    them.
    """
    names: list[str] = []

    def counted(name: str, run: Callable[..., object]) -> Callable[..., object]:
        def counting(self: Filling, *given: Any) -> object:
            names.append(name)
            if len(names) == at + 1:
                happens()
            return run(self, *given)

        return counting

    for name in ("_execute", "send", "make"):
        monkeypatch.setattr(Filling, name, counted(name, getattr(Filling, name)))
    return names


def everything(address: Address) -> list[Any]:
    """All rows of a store on a server, and what searches find in it."""
    counted = ("SELECT * FROM word ORDER BY value", "SELECT * FROM size")
    kb = load(address)
    found = [search(kb, words) for words in ("two", "five", "statement", "bee", "meeting", "t*")]
    return [dump(address), *(postgres.rows(address, query) for query in counted), found]


def dropping() -> str:
    """The statement of the page on teams that drops the tables."""
    page = (ROOT / "docs" / "team.md").read_text("utf-8")
    (statement,) = re.findall(r"^DROP TABLE[^;]*;", page, re.MULTILINE)
    return str(statement)


@pytest.mark.long
def test_a_copy_that_is_cut_off_at_any_statement_goes_on_and_comes_to_the_same(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = everything(copy(source, postgres.server().new()))
    address = postgres.server().new()
    after: list[tuple[int, int]] = []
    for at in count():
        with monkeypatch.context() as patched:
            names = breaking(patched, at, lambda: cut(address))
            with suppress(TargetMarketsError):
                copy(source, address)
        if len(names) <= at:
            break
        try:  # whoever reads it now is refused, or it is whole
            load(address)
        except UnreadableError:
            copy(source, address, went_on=lambda *there: after.append(there))
        assert everything(address) == whole, at
        postgres.rows(address, dropping())
    assert at > 3 * NUMBER
    assert {*after} == {(done, NUMBER) for done in (2, 4, 6, 8)}


def broken_off(
    source: Path, address: Address, monkeypatch: pytest.MonkeyPatch, at: int = 4
) -> None:
    """Let a copy fail after some objects."""
    keep = Filling.keep

    def fail(self: Filling, mark: Any) -> None:
        keep(self, mark)
        if mark.done >= at:
            raise OutputError("it fails")

    with monkeypatch.context() as patched:
        patched.setattr(Filling, "keep", fail)
        with pytest.raises(OutputError, match="it fails"):
            copy(source, address)


def test_what_has_not_ended_is_read_by_nobody_and_the_same_command_goes_on(
    tm: Run, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.server().new()
    broken_off(source, address, monkeypatch)
    new_ = ("customer", "Freedonia", "--kind", "state", "--region", "Western Asia")
    for command in (
        *(["list"], ["show", "a"], ["search", "two"], ["verify"], ["log"], ["fmt"], ["stats"]),
        *(["add", *new_], ["copy", str(address), "out.json"], ["diff", str(address), str(source)]),
    ):
        done = tm(*command, env={"TM_KB": str(address)})
        assert (done.returncode, done.stdout) == (3, ""), command
        assert f"the copy of {source} to {address} has not ended: 4 of 9 objects" in done.stderr
        assert "run the same tm copy or tm init again to go on" in done.stderr
        assert "docs/team.md" in done.stderr
    done = tm("copy", str(source), str(address))
    assert (done.returncode, done.stdout) == (0, f"{address}\n")
    assert "tm: went on after 4 of 9 objects\n" in done.stderr
    assert verify(address).ok
    done = tm("copy", str(source), str(address))
    assert done.returncode == 2
    assert "is a knowledge base already, and is not overwritten" in done.stderr


def test_another_source_or_one_that_has_changed_does_not_go_on(
    tm: Run, source: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = postgres.server().new()
    broken_off(source, address, monkeypatch)
    before = source.read_text("utf-8")
    rows = dump(address)
    for given, why in ((BUNDLED, f"{bundled()} is another"), (source, "it or tm has changed")):
        source.write_text(before.replace("Statement of more", "Statement of less"), "utf-8")
        done = tm("copy", str(given), str(address))
        assert done.returncode == 2
        assert f"the copy of {source} to {address} has not ended, and {why}" in done.stderr
        assert "copy what was copied, or drop the tables first: docs/team.md" in done.stderr
    assert tm("init", str(address)).returncode == 2
    assert dump(address) == rows
    source.write_text(before, "utf-8")
    same = copy(source, tmp_path / "the-same.sqlite")  # what it says counts, and not where it lies
    assert named(copy(same, address)) == ["a", "b"]


@pytest.mark.parametrize("between", [True, False])
def test_a_second_copy_is_refused_and_the_first_comes_to_its_end(
    source: Path, monkeypatch: pytest.MonkeyPatch, *, between: bool
) -> None:
    from targetmarkets.kb.store.postgres import filling as in_postgres

    alone = in_postgres._ALONE.replace(b"'5s'", b"'0.1s'")
    monkeypatch.setattr(in_postgres, "_ALONE", alone)
    address = postgres.server().new()
    name = "keep" if between else "put_words"
    run = getattr(Filling, name)
    refused: list[str] = []

    def meanwhile(self: Filling, *given: Any) -> None:
        run(self, *given)
        with monkeypatch.context() as patched:
            patched.setattr(Filling, name, run)
            with pytest.raises(OutputError, match="somebody else copies to") as caught:
                copy(source, address)
        refused.append(str(caught.value))

    monkeypatch.setattr(Filling, name, meanwhile)
    copy(source, address)
    assert len(refused) >= 4
    monkeypatch.undo()
    assert named(address) == ["a", "b"]
    assert everything(address) == everything(copy(source, postgres.server().new()))


def test_of_two_that_got_at_it_at_once_one_goes_on(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.server().new()
    say = Filling._say

    def lose(self: Filling, version: str) -> None:
        """Lose the connection that keeps others away, and what it waits for: another takes over."""
        say(self, version)
        mark = unfinished(version)
        if mark and mark.done == 4:
            self._execute(b"COMMIT")
            self._alone.close()
            monkeypatch.undo()
            copy(source, address)
            self._execute(b"BEGIN")

    monkeypatch.setattr(copying, "BATCH", 2)
    monkeypatch.setattr(Filling, "_say", lose)
    with pytest.raises(OutputError, match="somebody else goes on with the copy"):
        copy(source, address)
    assert everything(address) == everything(copy(source, postgres.server().new()))


def test_who_was_given_the_tables_goes_on_in_them(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.server().new()
    postgres.rows(address, statements())
    curator = role(address, f"copier_{address.name}", "curate")
    broken_off(source, curator, monkeypatch)
    assert "DELETE ON base" not in RIGHTS["curate"]
    copy(source, curator)
    whole = copy(source, postgres.server().new())
    assert everything(curator) == everything(whole)
    indexes = "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
    assert postgres.rows(address, indexes) == postgres.rows(whole, indexes)


def test_tm_init_goes_on_too(tm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "BATCH", 200)
    address = postgres.server().new()
    broken_off(bundled(), address, monkeypatch, at=200)
    done = tm("init", "--empty", str(address))
    assert done.returncode == 2
    assert "has not ended" in done.stderr
    done = tm("init", str(address))
    assert done.returncode == 0
    assert re.search(r"tm: went on after \d+ of [\d,]+ objects\n", done.stderr)
    assert verify(address).ok


def test_a_text_that_is_missing_breaks_a_copy_off_until_it_is_there(source: Path) -> None:
    address = postgres.server().new()
    text = source.parent / "sources" / "text.txt"
    data = text.read_bytes()
    text.unlink()
    with pytest.raises(UnreadableError):
        copy(source, address)
    with pytest.raises(UnreadableError, match="has not ended"):
        load(address)
    text.write_bytes(data)
    copy(source, address)
    assert verify(address).ok
    assert postgres.rows(address, "SELECT count(*) FROM content") == [(1,)]


def test_large_texts_end_a_batch(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "BATCH", 1_000)
    monkeypatch.setattr(copying, "PAGE", 0.02)  # a text of 32 bytes
    kept: list[int] = []
    keep = Filling.keep

    def noting(self: Filling, mark: Any) -> None:
        kept.append(mark.done)
        keep(self, mark)

    monkeypatch.setattr(Filling, "keep", noting)
    address = copy(source, postgres.server().new())
    order = [item.id for item in filling.in_order(load(source))]
    texts = [order.index(id_) + 1 for id_ in ("work", "again")]
    assert kept == [0, *sorted(texts)]
    assert verify(address).ok


@pytest.mark.parametrize("kind", STORES)
def test_the_same_content_has_the_same_version_wherever_it_lies(
    source: Path, tmp_path: Path, kind: str
) -> None:
    in_file = load(source)
    stored = load(STORES[kind].made_of(source, tmp_path / "kb.sqlite"))
    assert filling.content_of(stored) == filling.content_of(in_file) == stored.says("version")
    content = json.loads(source.read_text("utf-8"))
    for changed in ({"covers": "others"}, {"customers": content["customers"][::-1]}):
        source.write_text(json.dumps(content | changed), "utf-8")
        assert filling.content_of(load(source)) != stored.says("version")


def test_the_page_on_teams_drops_every_table_and_nothing_else_is_left() -> None:
    address = postgres.server().new()
    postgres.rows(address, statements(), dropping())
    left = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    assert postgres.rows(address, left) == []
    new(address).close()


def test_a_copy_may_say_nothing_to_the_server_for_long(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.server().new()
    postgres.rows(
        address,
        f"ALTER DATABASE \"{address.name}\" SET idle_in_transaction_session_timeout = '200ms'",
    )
    monkeypatch.setattr(copying, "EVERY", NUMBER)
    copy(source, address, lambda *_: time.sleep(0.6))
    assert verify(address).ok


def test_who_cannot_make_the_indexes_is_told_before_anything_is_copied(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.server().new()
    broken_off(source, address, monkeypatch)
    curator = role(address, f"other_{address.name}", "curate")
    with pytest.raises(OutputError, match="lack indexes, and belong to") as caught:
        copy(source, curator)
    assert caught.value.remedy == f"do this as {owner_of(address)}"
    copy(source, address)
    assert verify(address).ok


def owner_of(address: Address) -> str:
    """The role that made the tables."""
    query = "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'object'"
    return str(postgres.rows(address, query)[0][0])
