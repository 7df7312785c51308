"""Changes of a store: what a file would become by them, each whole or not at all."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.errors import ConflictError, RefusedError, UsageError
from targetmarkets.evidence.archive import Archives
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.address import Address
from targetmarkets.kb.opening import load
from targetmarkets.kb.paths import Place
from targetmarkets.kb.store import places
from targetmarkets.kb.store.engine import Database
from targetmarkets.kb.store.postgres.database import PostgresDatabase
from targetmarkets.kb.store.sqlite import SqliteDatabase
from targetmarkets.kb.store.stored import StoredKnowledge
from targetmarkets.model.objects import STORED, Customer, Quote
from targetmarkets.model.types import LIST_OF
from targetmarkets.query.search import search
from targetmarkets.writing.copying import copy
from targetmarkets.writing.edits import build, retracted
from targetmarkets.writing.transaction import Transaction, begin, rewrite
from tests.build import archive, claim, customer
from tests.conftest import Workspace
from tests.running import Run, unmeasured
from tests.stores import STORES, Store, dump, rows

KILLED = 9

QUOTED = "nknews-impositions-2006"

Step = Callable[[Transaction], object]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> Store:
    return STORES[request.param]


@pytest.fixture
def both(workspace: Workspace, tmp_path: Path, store: Store) -> tuple[Path, Place]:
    """A knowledge base in a file, and the same in a store."""
    return workspace.file, store.made_of(workspace.file, tmp_path / "kb.sqlite")


def add(item: str, **fields: Any) -> Step:
    return lambda transaction: transaction.add(build(STORED[LIST_OF[item]], fields))


def change(id_: str, **fields: Any) -> Step:
    def edit(transaction: Transaction) -> None:
        item = transaction.kb.objects[id_]
        new = {**json.loads(item.model_dump_json(by_alias=True, exclude_defaults=True)), **fields}
        transaction.replace(build(type(item), new))

    return edit


def made(path: Place, *steps: Step) -> None:
    with begin(path) as transaction:
        for step in steps:
            step(transaction)
        transaction.commit()


def test_a_store_becomes_by_changes_what_a_file_becomes(
    both: tuple[Path, Place], tmp_path: Path, store: Store
) -> None:
    steps: list[Step] = [
        add("customer", **customer("freedonia")),
        add("customer", **customer("aaa")),
        add("event", id="met", name="A meeting", kind="visit"),
        *(
            add("claim", **claim(f"new-{n}", "freedonia", event="met", evidence=evidence))
            for n, evidence in enumerate(
                [
                    [{"reference": {"source": "rusi-2015"}}],
                    [{"quote": QUOTED}],
                    [{"reference": {"source": "rusi-2015"}}],
                ]
            )
        ),
        add("claim", **claim("new-syria", "syria", evidence=[{"quote": QUOTED}])),
        change("met", name="Another meeting"),
        change("new-1", statement="It bought tents.", about=["aaa"]),
        change("syria", aliases=["Suriya"]),
        lambda t: t.replace(retracted(t.kb.claims["new-2"], "It was wrong.")),
    ]
    for path in both:
        for step in steps:
            with begin(path) as transaction:
                step(transaction)
                transaction.commit()
    out = copy(both[1], tmp_path / "out.json")
    assert out.read_bytes() == both[0].read_bytes()
    assert verify(both[1]).ok
    kb = load(both[1])
    assert search(kb, "tents") == search(load(both[0]), "tents")
    assert {hit.id for hit in search(kb, '"another meeting"').hits} == {"met", "new-0", "new-1"}
    again = store.made_of(out, tmp_path / "again.sqlite")
    assert tables(both[1]) == tables(again)


def test_what_is_moved_together_stands_in_the_order_of_the_text(small: Place) -> None:
    words = {"one": 0, "three": 8, "four": 15, "five": 20, "six": 25}
    text = "One two three. Four five six."

    def quote(id_: str, word: str) -> dict[str, Any]:
        return quotation(id_, words[word], text[words[word] :][: len(word)])

    made(small, *(add("quote", **quote(f"q-{word}", word)) for word in words))
    moved = [*words]
    for _ in range(4):
        moved = [*moved[2:], *moved[:2]]
        to = dict(zip(words, moved, strict=True))
        made(small, *(change(f"q-{id_}", **quote(f"q-{id_}", word)) for id_, word in to.items()))
        starts = [quote.start for quote in load(small).quotes.values()]
        assert starts == sorted(starts)


@pytest.mark.parametrize("room", [places.ROOM, 1])
def test_what_is_added_together_stands_as_in_a_file(
    both: tuple[Path, Place],
    tmp_path: Path,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    room: int,
) -> None:
    monkeypatch.setattr(places, "ROOM", room)
    stored = store.made_of(both[0], tmp_path / "kb2.sqlite") if room == 1 else both[1]
    text = Archives(load(both[0])).text("nknews-2015").text
    words = list(re.finditer(r"(?<= )[a-z]{4,}(?= )", text))[40:160:12]
    quotes = [
        {"id": f"of-{number}", "source": "nknews-2015", "exact": word[0],
         "start": word.start(), "end": word.end()}
        for number, word in enumerate(words)
    ]  # fmt: skip
    random.Random(1).shuffle(quotes)
    added: list[Step] = [
        *(add("quote", **quote) for quote in quotes),
        *(add("customer", **customer(name)) for name in ("zzz", "aaa", "bbb")),
        *(
            add(
                "claim",
                **claim(f"new-{n}", "aaa", evidence=[{"quote": f"of-{n % 3}"}], hedge_note="-"),
            )
            for n in range(6)
        ),
    ]
    for path in (both[0], stored):
        made(path, *added)
    assert copy(stored, tmp_path / "out.json").read_bytes() == both[0].read_bytes()
    assert verify(stored).ok


def tables(path: Place) -> dict[str, list[Any]]:
    """What stands in rows, without the numbers and places that differ from store to store."""
    number = "unit" if isinstance(path, Address) else "text.rowid"
    return {
        "object": rows(path, "SELECT id, type, body FROM object ORDER BY place"),
        "name": rows(path, "SELECT value, id FROM name JOIN object USING (number) ORDER BY 1, 2"),
        "link": rows(
            path,
            "SELECT target, relation, id, nth FROM link JOIN object USING (number) "
            "ORDER BY 1, 2, 3, 4",
        ),
        "facet": rows(
            path, "SELECT name, value, id FROM facet JOIN object USING (number) ORDER BY 1, 2, 3"
        ),
        "unit": rows(path, "SELECT kind, id, start_, end_ FROM unit ORDER BY place, kind, start_"),
        "alias": rows(
            path,
            "SELECT asked, stands, kind, id, start_ FROM alias JOIN unit ON number = unit "
            "ORDER BY 1, 2, 3, 4, 5",
        ),
        "text": rows(
            path,
            f"SELECT words, kind, id, start_ FROM text JOIN unit ON number = {number} "  # noqa: S608 - ours
            "ORDER BY kind, id, start_",
        ),
    }


@pytest.fixture
def small(tmp_path: Path, store: Store) -> Place:
    """A store with one archived text."""
    path = archive(tmp_path / "kb", "One two three. Four five six.", ("two", 4, 7, "two"))
    data = json.loads(path.read_text("utf-8"))
    data |= {"customers": [customer("a")], "claims": [claim("said", "a")]}
    path.write_text(json.dumps(data), "utf-8")
    return store.made_of(path, tmp_path / "small.sqlite")


def quotation(id_: str, start: int, exact: str) -> dict[str, Any]:
    return {"id": id_, "source": "work", "exact": exact, "start": start, "end": start + len(exact)}


def test_quotations_stand_in_the_order_of_the_text(small: Place) -> None:
    for id_, start, exact in (("six", 25, "six"), ("one", 0, "One"), ("four", 15, "Four")):
        with begin(small) as transaction:
            transaction.add(build(Quote, quotation(id_, start, exact)))
            transaction.commit()
    assert list(load(small).quotes) == ["one", "two", "four", "six"]
    with begin(small) as transaction:
        transaction.replace(build(Quote, quotation("two", 20, "five")))
        transaction.commit()
    assert list(load(small).quotes) == ["one", "four", "two", "six"]


def added_one_by_one(place: Place, names: Sequence[str]) -> None:
    """Add customers, each in a change of its own: they stand in the order of their names."""
    for name in names:
        with begin(place) as transaction:
            transaction.add(build(Customer, customer(name)))
            transaction.commit()
    assert list(load(place).customers) == ["a", *sorted(names)]
    assert verify(place).ok


def test_where_there_is_no_room_the_next_ones_move(
    small: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, store: Store
) -> None:
    monkeypatch.setattr(places, "ROOM", 1)
    tight = store.made_of(small, tmp_path / "tight.sqlite")
    names = ["f", "b", "e", "c", "d"]
    added_one_by_one(tight, names)
    places_ = rows(tight, "SELECT object.place, unit.place FROM object JOIN unit USING (id)")
    assert all(one == other for one, other in places_)


def descending(names: Iterable[str]) -> list[str]:
    return sorted(names, reverse=True)


@pytest.mark.parametrize(("order", "most"), [(list, 0.1), (descending, 0.25)])
def test_what_is_added_in_one_place_seldom_moves_what_stands_behind(
    small: Place, monkeypatch: pytest.MonkeyPatch, order: Callable[..., list[str]], most: float
) -> None:
    behind, found = places.behind, list[int | None]()

    def noting(place: int, following: int) -> int | None:
        found.append(behind(place, following))
        return found[-1]

    monkeypatch.setattr(places, "behind", noting)
    names = ["z", *order(f"w{nth % 3}-{nth // 3:03}" for nth in range(240))]
    added_one_by_one(small, names)
    assert found.count(None) < len(names) * most


@pytest.mark.parametrize(
    "edit",
    [
        add("quote", **quotation("wrong", 4, "three")),
        add("claim", **claim("lost", "nobody")),
        change("a", iso_3166={"alpha_2": "XX", "alpha_3": "XXX"}),
        change("two", exact="tow"),
    ],
)
def test_what_would_not_be_right_changes_nothing(small: Place, edit: Step) -> None:
    before = dump(small)
    with pytest.raises(RefusedError):
        made(small, edit)
    assert dump(small) == before
    with pytest.raises(RefusedError, match="nothing was changed"), begin(small) as transaction:
        add("customer", **customer("a"))(transaction)


def test_a_change_proves_what_refers_to_it(small: Place) -> None:
    with pytest.raises(RefusedError) as caught:
        made(small, change("a", formerly=["said"]))
    assert "taken" in str(caught.value.findings[0].message)


def test_an_error_within_changes_nothing(small: Place) -> None:
    before = dump(small)
    with pytest.raises(ZeroDivisionError):
        made(small, add("customer", **customer("b")), lambda _: 1 / 0)
    assert dump(small) == before


def test_a_dry_run_shows_and_keeps_nothing(small: Place) -> None:
    before = dump(small)
    with begin(small, dry_run=True) as transaction:
        add("customer", **customer("b"))(transaction)
        done = transaction.commit()
    assert ("b" in done.before.customers, "b" in done.after.customers) == (False, True)
    del done, transaction
    assert dump(small) == before


def test_every_change_stays_known(small: Place) -> None:
    versions = [load(small).says("version")]
    for edit in (add("customer", **customer("b")), change("b", name="Bee")):
        with begin(small, why="because") as transaction:
            edit(transaction)
            transaction.commit()
        versions.append(load(small).says("version"))
    assert len(set(versions)) == 3
    assert [v for (v,) in rows(small, "SELECT version FROM change ORDER BY number")] == versions[1:]
    ((who, why, at),) = set(rows(small, "SELECT who, why, substr(at, 1, 2) FROM change"))
    assert (bool(who), why, at) == (True, "because", "20")
    known = rows(small, "SELECT change, id, before, after FROM history ORDER BY change")
    assert [row[:2] for row in known] == [(1, "b"), (2, "b")]
    assert known[0][2] is None
    assert known[1][2] == known[0][3]
    assert json.loads(known[1][3])["name"] == "Bee"
    assert rows(small, "SELECT version FROM object WHERE id = 'b'") == [(2,)]


def test_a_version_that_is_meant_is_compared(small: Place) -> None:
    version = load(small).says("version")
    assert version
    with begin(small, if_version=version[:8]) as transaction:
        add("customer", **customer("b"))(transaction)
        transaction.commit()
    with pytest.raises(ConflictError, match="is now of version"), begin(small, if_version=version):
        pass
    with pytest.raises(UsageError, match="is no version"), begin(small, if_version="1"):
        pass


def test_a_reader_goes_on_while_somebody_writes(small: Place) -> None:
    reader = load(small)
    with begin(small) as transaction:
        add("customer", **customer("b"))(transaction)
        assert "b" not in load(small).customers
        transaction.commit()
        assert "b" in load(small).customers
    assert "b" not in reader.customers
    assert [*reader.customers] == ["a"]


def test_fmt_proves_a_store_and_leaves_it(small: Place) -> None:
    before = dump(small)
    assert rewrite(small, lambda *_: pytest.fail("nothing is edited")) == ("", "")
    assert dump(small) == before


def before_each(database: Database, do: Callable[[], None]) -> None:
    """Have something done before each statement of a connection."""
    if isinstance(database, SqliteDatabase):
        database.connection.set_trace_callback(lambda _: do())
        return
    assert isinstance(database, PostgresDatabase)
    cursor = database.connection.cursor

    def first(*arguments: Any, **options: Any) -> Any:
        do()
        return cursor(*arguments, **options)

    database.connection.cursor = first


def changing(path: Place, at: int) -> int:
    """Change a store in a process that dies before a statement; its exit code."""
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    code = 1
    try:
        with begin(path) as transaction:
            kb = transaction.kb
            assert isinstance(kb, StoredKnowledge)
            count = 0

            def statement() -> None:
                nonlocal count
                count += 1
                if count == at:
                    os._exit(KILLED)

            before_each(kb.database, statement)
            change("a", name="Another")(transaction)
            add("claim", **claim("more", "a"))(transaction)
            transaction.commit()
        code = 0
    finally:
        os._exit(code)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is copied")
def test_one_that_is_killed_leaves_nothing_half(small: Place, tmp_path: Path, store: Store) -> None:
    before = dump(small)
    copy_ = store.again(small, tmp_path / "killed.sqlite")
    for at in range(1, 1_000):
        code = changing(copy_, at)
        if code == 0:
            break
        assert code == KILLED
        assert dump(copy_) == before, f"killed at statement {at}"
    assert at > 30
    assert "more" in load(copy_).claims
    assert verify(copy_).ok


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is copied")
def test_eight_writers_lose_nothing(small: Place) -> None:
    script = (
        "import sys; from targetmarkets.writing.transaction import begin\n"
        "from targetmarkets.model.objects import Customer\n"
        "for n in range(5):\n"
        "    with begin(sys.argv[1]) as t:\n"
        "        id_ = f'c-{sys.argv[2]}-{n}'\n"
        "        t.add(Customer(id=id_, name=id_, kind='state', region='Western Asia'))\n"
        "        t.commit()\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(small), str(n)], env=unmeasured())
        for n in range(8)
    ]
    assert [writer.wait() for writer in writers] == [0] * 8
    assert len(load(small).customers) == 41
    assert rows(small, "SELECT count(*) FROM change") == [(40,)]
    assert verify(small).ok


def test_commands_write_a_store(tm: Run, both: tuple[Path, Place], tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("A ship with tents sailed. It was seen.\n", "utf-8")
    for command in (
        ("add", "source", str(note), "--id", "note", "--title", "N", "--descriptor", "A note."),
        ("add", "quote", "note", "A ship with tents sailed."),
        ("add", "customer", "Freedonia", "--kind", "state", "--region", "Western Asia"),
        ("retract", "syria-officers", "--reason", "It was wrong."),
        ("fmt",),
    ):
        said = [tm("--kb", str(path), *command) for path in both]
        assert said[0].returncode == 0, said[0].stderr
        assert (said[0].returncode, said[0].stdout) == (said[1].returncode, said[1].stdout)
    note.write_text("Seen: a ship with tents. A ship with tents sailed.\n", "utf-8")
    said = [tm("--kb", str(path), "anchor", "note", str(note), "--json") for path in both]
    assert said[0].stdout == said[1].stdout
    assert copy(both[1], tmp_path / "out.json").read_bytes() == both[0].read_bytes()
    assert verify(both[1]).ok
    found = [search(load(path), "seen", None).hits for path in both]
    assert [hit.marked for hit in found[0]] == [hit.marked for hit in found[1]]


def test_a_store_that_is_read_only_is_told(tm: Run, small: Place) -> None:
    if not isinstance(small, Path):
        pytest.skip("of a server, tests/writing/test_roles.py tells")
    small.chmod(0o400)
    done = tm("--kb", str(small), "retract", "said", "--reason", "x")
    assert os.geteuid() == 0 or (done.returncode == 3 and "read-only" in done.stderr)
