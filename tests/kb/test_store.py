"""A store in SQLite: what it is read by and copied to, and what it refuses."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from generate import _numbered, generate
from targetmarkets.errors import UnreadableError, UsageError
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.filters import FILTERS, Filters
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.opening import load
from targetmarkets.kb.paths import Place, bundled, is_store
from targetmarkets.kb.store import places, schema, sqlite, texts
from targetmarkets.kb.store.narrowing import FINDINGS, narrowed
from targetmarkets.kb.store.stored import StoredKnowledge
from targetmarkets.kb.store.texts import Asked, Words
from targetmarkets.model.objects import Customer
from targetmarkets.model.types import KINDS
from targetmarkets.query.search import search
from targetmarkets.query.select import select
from targetmarkets.records.compose import Composer
from targetmarkets.writing.copying import copy
from targetmarkets.writing.transaction import begin
from tests.build import archive
from tests.kb.test_cached import VALUES
from tests.running import Run
from tests.stores import STORES, Store
from tests.text.test_words import FOUND, NOT_FOUND


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base, and the same in a store beside it."""
    place = generate(tmp_path_factory.mktemp("store") / "kb", 600, 30_000).parent
    copy(place, place / "other.sqlite")
    return place


@pytest.fixture(scope="module", params=STORES)
def store(request: pytest.FixtureRequest) -> Store:
    return STORES[request.param]


@pytest.fixture(scope="module")
def other(store: Store, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The same knowledge base in a store."""
    return store.made_of(folder, tmp_path_factory.mktemp("other") / "other.sqlite")


@pytest.fixture
def pair(folder: Path, other: Place) -> tuple[Knowledge, Knowledge]:
    return load(other), load(folder)


def changed(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(statement)


def test_what_is_copied_out_is_what_was_copied_in(tmp_path: Path, store: Store) -> None:
    path = store.made_of(bundled(), tmp_path / "one.sqlite")
    again = copy(path, tmp_path / "folder")
    assert again == tmp_path / "folder" / "customers.json"
    assert again.read_bytes() == bundled().read_bytes()
    seeds = bundled().parents[1] / "seeds"
    for text in (tmp_path / "folder" / "sources").iterdir():
        assert text.read_bytes() == (seeds / text.name).read_bytes()
    assert verify(path).ok
    assert verify(again).ok


def test_every_record_is_that_of_the_file(pair: tuple[Knowledge, Knowledge]) -> None:
    ours, theirs = pair
    assert list(ours.objects) == list(theirs.objects)
    one, other = Composer(ours), Composer(theirs)
    for id_ in [*theirs.objects][::7]:
        assert one.record(ours.objects[id_]) == other.record(theirs.objects[id_])


@pytest.mark.parametrize("name", FILTERS)
def test_filters_choose_the_same(pair: tuple[Knowledge, Knowledge], name: str) -> None:
    kinds = [kind for kind in KINDS if kind in FILTERS[name].lists]
    for kind in kinds:
        value = VALUES[name][-1]
        if name == "kind":
            value = {"events": "visit", "actors": "ship"}.get(kind, "non-state")
        filters = Filters(**{name: [value]})
        assert select(pair[0], kind, filters) == select(pair[1], kind, filters)


@pytest.mark.parametrize(("text", "words"), [found[:2] for found in FOUND])
def test_a_search_finds_what_it_finds_in_a_file(
    tmp_path: Path, store: Store, text: str, words: str
) -> None:
    path = archive(tmp_path / "kb", text)
    stored = store.made_of(path, tmp_path / "kb.sqlite")
    assert search(load(stored), words) == search(load(path), words)
    assert search(load(stored), words).hits


@pytest.mark.parametrize(("text", "words"), NOT_FOUND)
def test_a_search_finds_no_more_than_in_a_file(
    tmp_path: Path, store: Store, text: str, words: str
) -> None:
    stored = store.made_of(archive(tmp_path / "kb", text), tmp_path / "kb.sqlite")
    assert not search(load(stored), words).hits


def test_searches_rank_as_in_a_file(pair: tuple[Knowledge, Knowledge]) -> None:
    for text in ("officers", "word77", "miss*", "syria -missile", '"gas masks"', "korea"):
        assert search(pair[0], text) == search(pair[1], text)


def test_the_command_line_prints_the_same(tm: Run, folder: Path, other: Place) -> None:
    for command in (
        ("show", "Syria 1", "syria-officers-1", "nknews-2015"),
        ("list", "--json"),
        ("list", "claims", "--customer", "syria-1", "--format", "csv"),
        ("cite", "eritrea", "--format", "bibtex"),
        ("coverage", "rusi-2015-1"),
        ("stats",),
        ("timeline", "syria"),
        ("matrix",),
        ("show", "nobody"),
        ("search", "officers", "--json"),
        ("search", "oficers"),
        ("search", "-x", "word77"),
        ("compare", "syria-1", "eritrea"),
        ("log",),
        ("list", "claims", "--category", "resilient", "--certainty", "likely", "--json"),
    ):
        files = (str(other), str(folder))
        said = [tm("--kb", file, *command) for file in files]
        assert said[0].stdout == said[1].stdout
        assert (said[0].returncode, said[0].stderr) == (said[1].returncode, said[1].stderr)
    done = tm("diff", *files)
    assert (done.returncode, done.stdout) == (0, "The two say the same.\n"), done.stdout


def test_a_copy_is_whole_or_not_there(tm: Run, folder: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(folder, tmp_path / "broken")
    next((broken / "sources").iterdir()).unlink()
    for name in ("x.sqlite", "x.json", "x"):
        done = tm("copy", str(broken), str(tmp_path / "to" / name))
        assert (done.returncode, done.stdout) == (3, "")
        assert "is not in" in done.stderr
        assert not (tmp_path / "to").exists()


def test_nothing_is_copied_over(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        copy(bundled(), tmp_path / "x.sqlite")
    assert (tmp_path / "x.sqlite").read_text() == "mine"


def test_alike_texts_are_kept_once(folder: Path, tmp_path: Path) -> None:
    twins = shutil.copytree(folder, tmp_path / "twins")
    content = json.loads((twins / "customers.json").read_text("utf-8"))
    archived = [source for source in content["sources"] if "archive" in source]
    twin = {**archived[0], "id": "twin", "set_aside": []}
    twin["archive"] = {**twin["archive"], "file": "twin.txt"}
    shutil.copyfile(twins / "sources" / archived[0]["archive"]["file"], twins / "sources/twin.txt")
    content["sources"].append(twin)
    (twins / "customers.json").write_text(json.dumps(content), "utf-8")
    store = copy(twins, tmp_path / "twins.sqlite")
    with closing(sqlite3.connect(store)) as database:
        assert database.execute("SELECT count(*) FROM archived").fetchone() == (len(archived) + 1,)
        assert database.execute("SELECT count(*) FROM content").fetchone() == (len(archived),)


def test_a_database_of_others_is_no_knowledge_base(tm: Run, tmp_path: Path) -> None:
    path = tmp_path / "theirs.sqlite"
    changed(path, "CREATE TABLE base (a)")
    for command in (["verify"], ["show", "syria"], ["fmt"], ["add", "group", "x"]):
        done = tm("--kb", str(path), *command)
        assert done.returncode == 3
        assert "is a database, and no knowledge base" in done.stderr


def test_a_store_of_a_later_version_is_refused(folder: Path, tmp_path: Path) -> None:
    path = Path(shutil.copyfile(folder / "other.sqlite", tmp_path / "later.sqlite"))
    changed(path, "UPDATE base SET value = '99' WHERE name = 'store_version'")
    with pytest.raises(
        UnreadableError, match=f"of version 99; this tm reads {schema.STORE_VERSION}"
    ):
        load(path)


def test_a_damaged_store_is_told_and_stays(folder: Path, tmp_path: Path) -> None:
    path = Path(shutil.copyfile(folder / "other.sqlite", tmp_path / "damaged.sqlite"))
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match=r"no store|no knowledge base"):
        list(load(path).claims.values())
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("statement", "check", "path"),
    [
        ("UPDATE object SET body = '{}' WHERE id = 'syria'", "shape", "customers.syria.name"),
        ("DELETE FROM object WHERE id = 'syria'", "references", "claims."),
        ("UPDATE object SET id = 'sirya' WHERE id = 'syria'", "ids", "customers.sirya"),
        ("UPDATE content SET bytes = CAST(bytes || 'x' AS BLOB)", "hash", "sources."),
        ("DELETE FROM content", "archive", "sources."),
        ("UPDATE content SET bytes = 'no bytes'", "archive", "sources."),
        (
            "UPDATE object SET body = replace(body, 'gas masks', 'gas mask') WHERE type = 'quote'",
            "quotation",
            "quotes.",
        ),
    ],
)
def test_verify_finds_what_somebody_changed(
    folder: Path, tmp_path: Path, statement: str, check: str, path: str
) -> None:
    store = Path(shutil.copyfile(folder / "other.sqlite", tmp_path / "changed.sqlite"))
    changed(store, statement)
    findings = verify(store).findings
    assert any(f.check == check and (f.path or "").startswith(path) for f in findings), findings[:3]


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("DELETE FROM name WHERE value = 'syria'", "name"),
        ("UPDATE name SET number = number + 1 WHERE value = 'syria'", "name"),
        ("DELETE FROM link WHERE target = 'syria' AND relation = 'claims_about'", "link"),
        ("INSERT INTO link VALUES ('syria', 'claims_about', 1, 0)", "link"),
        ("UPDATE facet SET value = 'unlikely' WHERE value = 'likely'", "facet"),
        ("DELETE FROM unit WHERE id = 'syria'", "unit"),
        ("UPDATE unit SET place = place + 1 WHERE id = 'syria'", "unit"),
    ],
)
def test_verify_finds_that_objects_are_not_found_as_they_should_be(
    folder: Path, tmp_path: Path, statement: str, table: str
) -> None:
    store = Path(shutil.copyfile(folder / "other.sqlite", tmp_path / "changed.sqlite"))
    assert verify(store).ok
    changed(store, statement)
    (finding,) = verify(store).findings
    assert (finding.check, finding.path) == ("shape", table)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_store_is_read_where_nothing_may_be_written(folder: Path, tmp_path: Path) -> None:
    path = Path(shutil.copyfile(folder / "other.sqlite", tmp_path / "read.sqlite"))
    tmp_path.chmod(0o500)
    try:
        assert len(load(path).claims) == 600
    finally:
        tmp_path.chmod(0o700)


def test_a_file_with_the_number_of_a_store_that_is_gone_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    copy(bundled(), path)
    database = sqlite.reading(path)
    assert is_store(path)
    database.close()
    number = path.stat().st_ino
    path.write_bytes(bundled().read_bytes())
    assert path.stat().st_ino == number
    assert not is_store(path)
    assert len(load(path).objects) == len(load(bundled()).objects)


def test_a_store_that_is_open_is_not_opened_to_see_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.sqlite"
    copy(bundled(), path)
    database = sqlite.reading(path)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", lambda *_: pytest.fail("its locks are lost"))
        assert is_store(path)
    database.close()
    path.unlink()
    assert not is_store(path)


def test_reading_leaves_nothing_beside_a_store(tm: Run, tmp_path: Path) -> None:
    copy(bundled(), tmp_path / "one.sqlite")
    assert tm("--kb", "one.sqlite", "show", "syria").returncode == 0
    del_all = [path.name for path in tmp_path.iterdir()]
    assert del_all == ["one.sqlite"]


@pytest.mark.parametrize("number", [1, 2009, 2013, 2015])
def test_no_copy_in_a_generated_knowledge_base_has_an_id_of_the_first(number: int) -> None:
    pattern = json.loads(bundled().read_text("utf-8"))
    first, copy_ = (
        {item["id"] for items in _numbered(pattern, nth, deep=False).values() for item in items}
        for nth in (0, number)
    )
    assert len(first) == len(copy_)
    assert not first & copy_


def test_a_store_that_another_program_made_anew_is_changed(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "anew.sqlite"
    with sqlite3.connect(folder / "other.sqlite") as database:
        database.execute("VACUUM INTO ?", (str(path),))
    database.close()
    with begin(path) as transaction:
        transaction.add(Customer(id="new", name="New", kind="state", region="Western Asia"))
        transaction.commit()
    assert "new" in load(path).customers


def test_there_is_room_between_two_places() -> None:
    assert places.behind(0, places.ROOM) == places.STEP
    assert places.behind(0, 80) == 20
    assert places.behind(10, 12) == 11
    assert places.behind(10, 11) is None


def test_ids_of_a_store_are_completed(tm_process: Run, other: Place) -> None:
    words = f"tm --kb {other} show syria-off"
    asked = {"_TM_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "4"}
    assert "syria-officers" in tm_process(env=asked).stdout.split()


def test_how_words_are_written_is_asked_for_some_at_a_time(
    other: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb = load(other)
    assert isinstance(kb, StoredKnowledge)
    words = Words(kb.database)
    asked = [
        *(Asked(word) for word, _ in kb.database.ask("SELECT asked, stands FROM alias LIMIT 9")),
        Asked("t", prefix=True),
        Asked("no such word"),
    ]
    at_once = words.also(asked)
    assert [*at_once] == [*dict.fromkeys(asked)]
    assert [asked for asked, found in at_once.items() if not found] == [Asked("no such word")]
    assert len(at_once[Asked("t", prefix=True)]) > 1
    for most in (1, 2):
        monkeypatch.setattr(texts, "MAX_ASKED", most)
        assert words.also(asked) == at_once


@pytest.mark.parametrize(
    ("list_", "name"), [(list_, name) for list_ in FINDINGS for name in FINDINGS[list_]]
)
def test_what_is_filtered_is_looked_up_and_not_looked_through(
    folder: Path, list_: str, name: str
) -> None:
    """Without statistics, SQLite took the index of a type for the best way to a few objects."""
    kb = load(folder / "other.sqlite")
    assert isinstance(kb, StoredKnowledge)
    part = narrowed(kb.database, list_, [(name, ["syria"])])
    assert part is not None
    plan = kb.database.ask(f"EXPLAIN QUERY PLAN {part.query}", part.values)
    steps = [step for *_, step in plan if step.startswith(("SCAN", "SEARCH"))]
    assert [step for step in steps if "object" in step.split()[:2]] != []
    assert not [step for step in steps if "object_by_type" in step or "SCAN object" in step], steps
