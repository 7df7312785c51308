"""`tm merge`, by hand and as what git calls."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from targetmarkets.evidence.verification import verify
from targetmarkets.kb.json_file import load
from targetmarkets.writing.workspace import create
from tests.running import TM, Run

GIT: Final = shutil.which("git")

pytestmark = pytest.mark.skipif(GIT is None, reason="git is not installed")

DRIVER: Final = f"'{TM}' merge %O %A %B --path %P"


class Repository:
    """A data repository of two curators, with the merge driver."""

    def __init__(self, folder: Path, below: str = ".") -> None:
        self.folder = folder
        self.file = create(folder / below, git=True)
        for line in (
            ("init", "-q", "-b", "main"),
            ("config", "merge.targetmarkets.driver", DRIVER),
        ):
            self.git(*line)
        self.commit("base")
        self.git("branch", "theirs")

    def git(self, *arguments: str, ok: bool = True) -> subprocess.CompletedProcess[str]:
        env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        for who in ("AUTHOR", "COMMITTER"):
            env |= {f"GIT_{who}_NAME": "A curator", f"GIT_{who}_EMAIL": "a@example.org"}
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, capture_output=True, text=True, check=False,
            env=env,
        )  # fmt: skip
        assert not ok or done.returncode == 0, done.stderr
        return done

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def on(self, branch: str) -> None:
        self.git("checkout", "-q", branch)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def add_report(tm: Run, repository: Repository) -> None:
    """Archive a text, quote it, and make a claim of it."""
    kb = ("--kb", str(repository.file))
    text = "Some words of a report.\nThe visit was in Kampala.\n"
    source = ("add", "source", "-", "--title", "A report", "--descriptor", "Ours.")
    for words in (
        (*source, "--id", "my-report", *kb),
        ("add", "quote", "my-report", "The visit was in Kampala", "--id", "my-quote", *kb),
        (*_visit, "--quote", "my-quote", *kb),
    ):
        assert tm(*words, input=text).returncode == 0


_visit = (
    *("add", "claim", "There was a visit.", "--kind", "market", "--id", "visited"),
    *("--about", "uganda", "--speaker", "journalist:A paper:narrates"),
)


def add_customer(tm: Run, repository: Repository, name: str, iso: str) -> None:
    done = tm(
        "add", "customer", name, "--kind", "state", "--region", "Middle Africa", "--iso", iso,
        "--kb", str(repository.file),
    )  # fmt: skip
    assert done.returncode == 0


def edit(tm: Run, repository: Repository, id_: str, **fields: Any) -> None:
    item = (
        load(repository.file)
        .objects[id_]
        .model_dump(mode="json", by_alias=True, exclude_defaults=True)
    )
    done = tm(
        "edit", id_, "--from", "-", "--kb", str(repository.file), input=json.dumps(item | fields)
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("below", [".", "data"])
@pytest.mark.parametrize("how", ["merge", "rebase", "cherry-pick"])
def test_git_merges_what_two_people_add(tm: Run, tmp_path: Path, below: str, how: str) -> None:
    """A quotation of theirs is proved though git has not put its text into the folder yet."""
    repository = Repository(tmp_path / "repository", below)
    repository.on("theirs")
    add_report(tm, repository)
    add_customer(tm, repository, "Gabon", "GA")
    repository.commit("theirs")
    repository.on("main")
    edit(tm, repository, "uganda", aliases=["Republic of Uganda"])
    add_customer(tm, repository, "Chad", "TD")
    repository.commit("ours")
    if how == "rebase":
        repository.on("theirs")
    done = repository.git(*{
        "merge": ("merge", "-q", "theirs", "-m", "both"),
        "rebase": ("rebase", "-q", "main"),
        "cherry-pick": ("cherry-pick", "theirs"),
    }[how])  # fmt: skip
    assert "objects came in" in done.stderr
    kb = load(repository.file)
    assert {"my-report", "my-quote", "visited", "gabon", "chad"} <= {*kb.objects}
    assert kb.customers["uganda"].aliases == ("Republic of Uganda",)
    assert verify(repository.file).ok
    assert repository.git("status", "--short").stdout == ""


def test_a_conflict_is_told_with_both_versions_and_the_rest_is_merged(
    tm: Run, repository: Repository
) -> None:
    for branch, region, customer in (
        ("theirs", "Northern Africa", ("Gabon", "GA")),
        ("main", "Central Asia", ("Chad", "TD")),
    ):
        repository.on(branch)
        edit(tm, repository, "uganda", region=region)
        add_customer(tm, repository, *customer)
        repository.commit(branch)
    done = repository.git("merge", "theirs", ok=False)
    told = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1
    assert "CONFLICT" in told
    assert "uganda customer: Uganda both changed it, and not alike" in told
    assert "region: ours Central Asia theirs Northern Africa" in told
    assert "1 in conflict: customers.json has our version of each" in told
    kb = load(repository.file)
    assert {"gabon", "chad"} <= {*kb.objects}
    assert kb.customers["uganda"].region == "Central Asia"
    assert repository.git("status", "--short").stdout == "UU customers.json\n"
    edit(tm, repository, "uganda", region="Northern Africa")
    repository.commit("settled")
    assert verify(repository.file).ok


def test_what_holds_of_each_and_not_of_both_is_told(tm: Run, repository: Repository) -> None:
    """Claims of one event that give different years, and do not know of each other."""
    kb = ("--kb", str(repository.file))
    event = ("add", "event", "A visit", "--kind", "visit", "--id", "a-visit", *kb)
    assert tm(*event).returncode == 0
    repository.commit("an event")
    repository.git("branch", "-f", "theirs")
    for branch, year in (("theirs", "2011"), ("main", "2013")):
        repository.on(branch)
        done = tm(
            "add", "claim", f"It was in {year}.", "--kind", "market", "--event", "a-visit",
            "--period", year, "--speaker", "journalist:A paper:narrates", "--id", f"in-{year}",
            "--reference", "un-s-2014-147", "--about", "cuba", *kb,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        repository.commit(branch)
    done = repository.git("merge", "theirs", ok=False)
    assert done.returncode == 1
    told = " ".join((done.stdout + done.stderr).split())
    assert "What does not hold of the two together" in told
    assert "in-2011 and in-2013 give the periods 2011 and 2013, and do not say" in told
    assert {"in-2011", "in-2013"} <= {*load(repository.file).claims}
    assert not verify(repository.file).ok


def test_archived_texts_are_never_merged_line_by_line(tm: Run, repository: Repository) -> None:
    """Two reports under one name: git keeps ours whole, and says that it cannot merge them."""
    name = repository.file.parent / "sources" / "notes.txt"
    for branch, text in (("theirs", "one\ntwo\n"), ("main", "one\nthree\n")):
        repository.on(branch)
        name.write_text(text, "utf-8")
        repository.commit(branch)
    assert repository.git("merge", "theirs", ok=False).returncode == 1
    assert name.read_text("utf-8") == "one\nthree\n"


@pytest.fixture
def versions(tmp_path: Path) -> dict[str, Path]:
    """A base and two versions, beside one folder of archived texts."""
    base = create(tmp_path / "kb")
    return {
        name: Path(shutil.copy(base, base.with_name(f"{name}.json")))
        for name in ("base", "ours", "theirs")
    }


def changed(path: Path, id_: str, **fields: Any) -> None:
    data = json.loads(path.read_text("utf-8"))
    for items in data.values():
        for item in items if isinstance(items, list) else ():
            if item["id"] == id_:
                item.update(fields)
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def names(versions: dict[str, Path]) -> list[str]:
    return [str(path) for path in versions.values()]


def test_by_hand_the_result_takes_the_place_of_ours(tm: Run, versions: dict[str, Path]) -> None:
    changed(versions["ours"], "syria", aliases=["SAR"])
    changed(versions["theirs"], "iran", aliases=["Persia"])
    theirs = versions["theirs"].read_bytes()
    done = tm("merge", *names(versions))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "tm: 1 object came in\n"
    kb = load(versions["ours"])
    assert (kb.customers["syria"].aliases, kb.customers["iran"].aliases) == (("SAR",), ("Persia",))
    assert versions["theirs"].read_bytes() == theirs
    again = tm("merge", *names(versions))
    assert "0 objects came in" in again.stderr


def test_or_it_goes_elsewhere_and_a_program_reads_what_came_of_it(
    tm: Run, versions: dict[str, Path]
) -> None:
    changed(versions["ours"], "syria", region="Northern Africa")
    changed(versions["theirs"], "syria", region="Central Asia")
    ours = versions["ours"].read_bytes()
    to = versions["base"].with_name("merged.json")
    dry = tm("merge", *names(versions), "--dry-run", "--json")
    assert (dry.returncode, json.loads(dry.stdout)["written"], to.exists()) == (1, None, False)
    done = tm("merge", *names(versions), "-o", str(to), "--json")
    assert done.returncode == 1
    record = json.loads(done.stdout)
    assert (record["object"], record["ok"], record["written"]) == ("merge", False, str(to))
    (conflict,) = record["conflicts"]
    assert (conflict["id"], conflict["why"]) == ("syria", "changed by both")
    assert [conflict[side]["region"] for side in ("ours", "theirs")] == [
        "Northern Africa", "Central Asia",
    ]  # fmt: skip
    assert versions["ours"].read_bytes() == ours
    assert load(to).customers["syria"].region == "Northern Africa"
    rows = tm("merge", *names(versions), "--dry-run", "--format", "tsv")
    assert "changed by both\tcustomer\tsyria\tSyria\tregion\tNorthern Africa\tCentral Asia" in (
        rows.stdout
    )


def test_nothing_that_would_not_load_is_written(tm: Run, versions: dict[str, Path]) -> None:
    """One takes the archived text of a source away, of which the other has another quotation."""
    data = json.loads(versions["ours"].read_text("utf-8"))
    quoted = {quote["source"] for quote in data["quotes"]}
    source = next(s for s in data["sources"] if s["id"] in quoted)
    data["quotes"] = [q for q in data["quotes"] if q["source"] != source["id"]]
    data["claims"] = []
    archive = source.pop("archive")
    source.pop("set_aside", None)
    versions["ours"].write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    base = json.loads(versions["base"].read_text("utf-8"))
    base["claims"] = []
    versions["base"].write_text(json.dumps(base, ensure_ascii=False), "utf-8")
    quote = next(q for q in base["quotes"] if q["source"] == source["id"])
    base["quotes"].append(quote | {"id": "another"})
    versions["theirs"].write_text(json.dumps(base, ensure_ascii=False), "utf-8")
    before = versions["ours"].read_bytes()
    done = tm("merge", *names(versions))
    assert archive["file"]
    assert done.returncode == 1
    assert "nothing was written" in done.stderr
    assert "there is no archived source with that id" in " ".join(done.stdout.split())
    assert versions["ours"].read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("-o", "x.json", "--path", "y.json"), "contradict"),
        (("-o", "-"), "needs the name of a file"),
        (("--path", " "), "--path is empty"),
    ],
)
def test_wrong_usage(tm: Run, versions: dict[str, Path], words: tuple[str, ...], told: str) -> None:
    before = versions["ours"].read_bytes()
    done = tm("merge", *names(versions), *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert versions["ours"].read_bytes() == before


def test_neither_the_bundled_one_nor_a_store(
    tm: Run, tmp_path: Path, versions: dict[str, Path]
) -> None:
    from targetmarkets.kb.paths import bundled

    one = names(versions)
    done = tm("merge", one[0], str(bundled()), one[2])
    assert (done.returncode, done.stdout) == (2, "")
    store = tmp_path / "kb.sqlite"
    assert tm("copy", one[0], str(store)).returncode == 0
    done = tm("merge", one[0], one[1], str(store))
    assert done.returncode == 2
    assert "tm copy makes a file of a store" in done.stderr


def test_two_files_that_come_from_nothing(tm: Run, versions: dict[str, Path]) -> None:
    """git gives an empty base where both sides added the file."""
    versions["base"].write_bytes(b"")
    changed(versions["theirs"], "syria", region="Central Asia")
    done = tm("merge", *names(versions))
    assert done.returncode == 1
    assert "both gave this id, to what is not alike" in " ".join(done.stdout.split())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_versions_come_from_pipes(tm_process: Run, versions: dict[str, Path]) -> None:
    changed(versions["theirs"], "iran", aliases=["Persia"])
    base, ours, theirs = names(versions)
    script = f"'{TM}' merge <(cat '{base}') '{ours}' <(cat '{theirs}')"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "tm: 1 object came in\n")
    script = f"cat '{base}' | '{TM}' diff - <(cat '{ours}') --json"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [change["id"] for change in found["changes"]] == ["iran"]
    assert found["before"] == "stdin"
