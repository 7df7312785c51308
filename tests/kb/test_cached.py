"""An index gives the answers that reading the whole file gives, and never any others."""

import json
import os
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

from generate import generate
from targetmarkets.api import KnowledgeBase
from targetmarkets.errors import InvalidError, UnknownNameError, UnreadableError
from targetmarkets.kb import disposable, json_file, paths
from targetmarkets.kb.filters import FILTERS, Filters
from targetmarkets.kb.knowledge import RELATIONS, Knowledge
from targetmarkets.kb.periods import LIES
from targetmarkets.kb.store.cached import disposable_database, load_cached
from targetmarkets.kb.store.engine import Phrase, Sought
from targetmarkets.kb.store.stored import StoredKnowledge
from targetmarkets.kb.store.texts import Words
from targetmarkets.model.activities import ACTIVITY_TYPES, FORMS, GOODS, OUTCOMES, PARTS
from targetmarkets.model.objects import STORED
from targetmarkets.model.types import KINDS, LISTS
from targetmarkets.model.vocabulary import (
    CERTAINTIES,
    CLAIM_KINDS,
    ERAS,
    EVIDENCE_KINDS,
    LAYERS,
    REGIONS,
    SCOPES,
    STANCES,
    STATUSES,
)
from targetmarkets.query.search import Within, search
from targetmarkets.query.select import select
from tests.running import Run

VALUES: dict[str, list[str]] = {
    "category": ["resilient", "ad hoc"],
    "customer": ["syria", "Burma"],
    "kind": ["non-state", *CLAIM_KINDS],
    "region": ["Africa", *REGIONS],
    "activity": list(ACTIVITY_TYPES),
    "goods": list(GOODS),
    "form": list(FORMS),
    "certainty": list(CERTAINTIES),
    "evidence": list(EVIDENCE_KINDS),
    "source": ["nknews-2015", "rusi-2015"],
    "layer": list(LAYERS),
    "scope": list(SCOPES),
    "stance": list(STANCES),
    "status": list(STATUSES),
    "outcome": list(OUTCOMES),
    "actor": ["komid", "Chong Chon Gang"],
    "role": list(PARTS),
    "era": list(ERAS),
    "period": ["2009/2013", "since 2010"],
    "since": ["2010"],
    "until": ["2012-06"],
    "dated": list(LIES),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base somewhat larger than the bundled one."""
    return generate(tmp_path_factory.mktemp("large") / "kb", 600, 30_000).parent


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for what is kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("TM_INDEX", raising=False)
    place = disposable.folder()
    assert place is not None
    return place


def indexed(path: Path) -> StoredKnowledge:
    """A knowledge base by way of an index that was there before: who makes it, reads the file."""
    assert not isinstance(load_cached(path), StoredKnowledge)
    kb = load_cached(path)
    assert isinstance(kb, StoredKnowledge)
    return kb


@pytest.fixture
def pair(folder: Path, cache: Path) -> tuple[Knowledge, Knowledge]:
    """The same knowledge base with an index, and without."""
    path = folder / "customers.json"
    return indexed(path), json_file.load(path)


def test_every_object_and_every_way_to_one_is_the_same(pair: tuple[Knowledge, Knowledge]) -> None:
    ours, theirs = pair
    for lists in (*([name] for name in LISTS), list(LISTS), ["claims", "customers"]):
        assert list(ours.among(lists).items()) == list(theirs.among(lists).items())
        assert len(ours.among(lists)) == len(theirs.among(lists))
        assert ours.among(lists).names == theirs.among(lists).names
    for name, model in STORED.items():
        assert list(ours.of(model)) == list(theirs.among([name]))
    for id_ in ["", "nobody", *theirs.objects]:
        for relation in RELATIONS:
            assert list(ours.related(relation, id_)) == list(theirs.related(relation, id_))
    assert [*map(ours.position, ours.objects)] == [*map(theirs.position, theirs.objects)]
    for kb in pair:
        with pytest.raises(KeyError):
            kb.position("nobody")


def test_every_record_is_the_same(pair: tuple[Knowledge, Knowledge]) -> None:
    ours, theirs = map(KnowledgeBase, pair)
    assert list(ours) == list(theirs)
    for id_ in theirs:
        assert ours[id_] == theirs[id_]


@pytest.mark.parametrize("kind", KINDS)
def test_every_filter_chooses_the_same(pair: tuple[Knowledge, Knowledge], kind: str) -> None:
    chosen = next(each for each in KINDS if each == kind)
    known = {name for name, filter_ in FILTERS.items() if chosen in filter_.lists}
    for name in sorted(known):
        for value in VALUES[name]:
            if name == "kind" and kind in {"events", "actors"}:
                value = {"events": "interception", "actors": "ship"}[kind]  # noqa: PLW2901 - its own
            elif value in CLAIM_KINDS and kind not in {"claims", "findings"}:
                continue
            filters = Filters(**{name: [value]})
            assert select(pair[0], chosen, filters) == select(pair[1], chosen, filters)
    both = Filters(category=["resilient", "reluctant"], customer=["syria", "yemen"])
    if {"category", "customer"} <= known:
        assert select(pair[0], chosen, both) == select(pair[1], chosen, both)


@pytest.mark.parametrize("name", ["Syria", "MM", "united republic of tanzania 1", "yemen-1"])
def test_names_lead_to_the_same(pair: tuple[Knowledge, Knowledge], name: str) -> None:
    ours, theirs = (KnowledgeBase(kb)[name] for kb in pair)
    assert ours == theirs


@pytest.mark.parametrize("name", ["sirya", "congo", "", "half \ud800", "x" * 5000])
def test_mistakes_are_answered_the_same(pair: tuple[Knowledge, Knowledge], name: str) -> None:
    said = []
    for kb in pair:
        with pytest.raises(UnknownNameError if name != "congo" else Exception) as caught:
            KnowledgeBase(kb)[name]
        said.append(str(caught.value))
    assert said[0] == said[1]


@pytest.mark.long
@pytest.mark.parametrize(
    "within",
    [
        Within(),
        Within(["text"]),
        Within(filters=Filters(customer=["syria"])),
        Within(["text", "claim"], Filters(category=["resilient"])),
        Within(filters=Filters(source=["nknews-2015-1"])),
    ],
)
def test_searches_find_the_same(pair: tuple[Knowledge, Knowledge], within: Within) -> None:
    for text in ("officers", "word77", "miss*", "syria -missile", '"gas masks"'):
        assert search(pair[0], text, within) == search(pair[1], text, within)


def test_the_command_line_prints_the_same(tm: Run, cache: Path, tmp_path: Path) -> None:
    path = generate(tmp_path / "large", 4_000, 100_000)
    assert paths.is_large(path)
    for command in (
        ("show", "Syria 3", "syria-officers-2", "nknews-2015-5"),
        ("list", "claims", "--customer", "syria-4", "--json"),
        ("list", "--category", "resilient-2", "--format", "csv"),
        ("search", "officers", "--category", "resilient-3"),
        ("cite", "eritrea-2", "--format", "bibtex"),
        ("coverage", "rusi-2015-7"),
        ("show", "nobody"),
    ):
        asked = [tm("--kb", str(path), *command, env={"TM_INDEX": way}) for way in ("", "off")]
        said = [(done.returncode, done.stdout, done.stderr) for done in asked]
        assert said[0] == said[1]
    assert {file.name.split("-")[0] for file in cache.iterdir()} == {"objects", "sound", "texts"}


def test_it_is_made_once_and_read_again(folder: Path, cache: Path) -> None:
    path = folder / "customers.json"
    load_cached(path)
    (made,) = cache.iterdir()
    before = made.stat()
    load_cached(path)
    assert [*cache.iterdir()] == [made]
    assert made.stat().st_mtime_ns == before.st_mtime_ns


def test_it_is_made_anew_when_the_file_changes(folder: Path, cache: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy") / "customers.json"
    assert load_cached(copy).claims["syria-officers"].certainty == "alleged"
    (first,) = cache.iterdir()
    content = json.loads(copy.read_text("utf-8"))
    claim = next(claim for claim in content["claims"] if claim["id"] == "syria-officers")
    claim["statement"] = "Another statement."
    copy.write_text(json.dumps(content), "utf-8")
    assert load_cached(copy).claims["syria-officers"].statement == "Another statement."
    (second,) = cache.iterdir()  # the one that it replaces is gone
    assert first != second


def test_a_search_sees_a_changed_text(folder: Path, cache: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy") / "customers.json"
    assert search(load_cached(copy), "zanzibar").hits == []
    text = copy.parent / "sources" / "nknews-2015.txt"
    text.write_text(text.read_text("utf-8") + "Zanzibar.\n", "utf-8")
    results = search(load_cached(copy), "zanzibar")
    assert [hit.excerpt for hit in results.hits] == ["Zanzibar."]
    assert "does not have the recorded SHA-256" in results.problems[0]


def test_one_that_was_tampered_with_is_not_used(folder: Path, cache: Path) -> None:
    path = folder / "customers.json"
    load_cached(path)
    (made,) = cache.iterdir()
    with sqlite3.connect(made) as database:
        database.execute("UPDATE object SET body = replace(body, 'alleged', 'stated')")
    database.close()
    assert load_cached(path).claims["syria-officers"].certainty == "alleged"
    (again,) = cache.iterdir()
    assert again.name == made.name


def test_rubbish_in_its_place_is_not_used(folder: Path, cache: Path) -> None:
    path = folder / "customers.json"
    load_cached(path)
    (made,) = cache.iterdir()
    made.write_bytes(b"no database")
    assert len(load_cached(path).claims) == 600


def renamed(made: Path, digest: str) -> Path:
    """A database under a name that says that it has another hash."""
    start, _, _ = made.stem.rpartition("-")
    return made.rename(made.with_name(f"{start}-{digest}.sqlite"))


def seal_of(path: Path) -> disposable._Seal:
    return disposable._Seal(disposable.sha256_of(path), disposable.made_by())


def test_one_that_was_tampered_with_and_renamed_is_not_used(folder: Path, cache: Path) -> None:
    path = folder / "customers.json"
    load_cached(path)
    (made,) = cache.iterdir()
    with sqlite3.connect(made) as database:
        database.execute("UPDATE object SET body = replace(body, 'alleged', 'stated')")
    database.close()
    renamed(made, disposable.sha256_of(made)[:32])
    assert load_cached(path).claims["syria-officers"].certainty == "alleged"
    (again,) = cache.iterdir()
    assert again.name == made.name


def test_that_of_another_file_is_not_used_whatever_its_name(
    folder: Path, cache: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(folder, tmp_path / "copy") / "customers.json"
    other.write_text(other.read_text("utf-8").replace('"alleged"', '"stated"'), "utf-8")
    load_cached(other)
    (theirs,) = cache.iterdir()
    path = folder / "customers.json"
    load_cached(path)
    (ours,) = set(cache.iterdir()) - {theirs}
    shutil.copyfile(theirs, ours)
    renamed(ours, seal_of(path).name(ours).removeprefix(seal_of(path).start)[:32])
    assert load_cached(path).claims["syria-officers"].certainty == "alleged"
    assert ours in set(cache.iterdir())


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_what_is_no_database_is_not_used_whatever_its_name(
    folder: Path, cache: Path, content: bytes
) -> None:
    path = folder / "customers.json"
    load_cached(path)
    (made,) = cache.iterdir()
    made.write_bytes(content)
    renamed(made, seal_of(path).name(made).removeprefix(seal_of(path).start)[:32])
    assert load_cached(path).claims["syria-officers"].certainty == "alleged"
    assert [*cache.iterdir()] == [made]
    assert isinstance(load_cached(path), StoredKnowledge)


def test_one_that_is_damaged_while_it_is_read_is_thrown_away(folder: Path, cache: Path) -> None:
    path = folder / "customers.json"
    kb = indexed(path)
    (made,) = cache.iterdir()
    made.write_bytes(b"\xff" * made.stat().st_size)
    with pytest.raises(UnreadableError, match="was damaged while it was read") as caught:
        list(kb.claims.values())
    assert "try again" in str(caught.value.remedy)
    assert [*cache.iterdir()] == []
    assert load_cached(path).claims["syria-officers"].certainty == "alleged"


def test_objects_that_have_no_shape_are_thrown_away(folder: Path, cache: Path) -> None:
    path = folder / "customers.json"
    kb = indexed(path)
    (made,) = cache.iterdir()
    with sqlite3.connect(made) as database:
        database.execute("UPDATE object SET body = '{}'")
    database.close()
    with pytest.raises(UnreadableError, match="was damaged while it was read"):
        kb.claims["syria-officers"]
    assert [*cache.iterdir()] == []


def test_texts_that_are_damaged_while_they_are_searched_are_thrown_away(
    folder: Path, cache: Path
) -> None:
    kb = indexed(folder / "customers.json")
    search(kb, "officers")
    texts = next(cache.glob("texts-*"))
    with sqlite3.connect(texts) as database:
        database.execute("DROP TABLE unit")
    database.close()
    sought = Sought([[Phrase("officers", prefix=False)]], [])
    with pytest.raises(UnreadableError, match="was damaged"):
        list(Words(disposable_database(disposable._opened(texts))).ask(sought, ["claim"]))
    assert not texts.exists()
    assert search(kb, "officers").hits


def test_a_file_that_changes_while_it_is_read_is_told(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "customers.json"
    monkeypatch.setattr(disposable, "sha256_of", lambda _: "0" * 64)  # what it was, a moment ago
    with pytest.raises(UnreadableError, match="was changed while it was read"):
        load_cached(path)


def test_what_is_no_knowledge_base_is_refused_and_nothing_kept(cache: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"schema_version": 1, "claims": [{"id": "A"}]}', "utf-8")
    with pytest.raises(InvalidError, match="is not a knowledge base"):
        load_cached(bad)
    assert [*cache.iterdir()] == []
    with pytest.raises(UnreadableError, match="does not exist"):
        load_cached(tmp_path / "none.json")


def test_without_a_folder_to_keep_it_the_file_is_read(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "customers.json"
    monkeypatch.setenv("TM_INDEX", "off")
    assert not isinstance(load_cached(path), StoredKnowledge)
    monkeypatch.delenv("TM_INDEX")
    cache.chmod(0o777)  # anybody could put one there
    assert not isinstance(load_cached(path), StoredKnowledge)
    cache.rmdir()
    cache.write_text("a file")
    assert not isinstance(load_cached(path), StoredKnowledge)
    assert cache.read_text() == "a file"


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_a_folder_that_is_full_is_no_failure(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    assert len(load_cached(folder / "customers.json").claims) == 600
    assert [*cache.iterdir()] == []


def test_only_so_many_are_kept_and_unfinished_ones_go(cache: Path) -> None:
    left = cache / "unfinished-old.tmp"
    left.touch()
    os.utime(left, (0, 0))
    fresh = cache / "unfinished-new.tmp"
    fresh.touch()
    for number in range(disposable.MAX_DATABASES_KEPT + 5):
        made = disposable.kept("kind", cache / str(number), "of", _make)
        assert made is not None
        made.close()
    assert len([*cache.glob("*.sqlite")]) == disposable.MAX_DATABASES_KEPT
    assert not left.exists()
    assert fresh.exists()


def _make(database: sqlite3.Connection) -> None:
    database.execute("CREATE TABLE it (was TEXT)")


def test_one_that_another_process_holds_is_no_hindrance(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = cache / "unfinished-old.tmp"
    stuck.touch()
    os.utime(stuck, (0, 0))
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001 - as it is declared
        if path == stuck:
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    assert indexed(folder / "customers.json").claims


def test_small_files_have_none(cache: Path, folder: Path) -> None:
    assert not paths.is_large(paths.bundled())
    assert not paths.is_large(folder)
    assert not paths.is_large(folder / "none" / "\0")
