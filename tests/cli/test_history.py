"""`tm log`, `tm undo`, `tm remove` and `tm rename`, of a file and of a store."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from targetmarkets import limits
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.opening import load
from targetmarkets.model.activities import ACTOR_KINDS, EVENT_KINDS
from targetmarkets.query.diff import diff
from targetmarkets.writing.copying import copy
from targetmarkets.writing.workspace import create
from tests.running import Run

Do = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(params=["file", "store"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the bundled knowledge base."""
    made = create(tmp_path / "kb")
    return made if request.param == "file" else copy(made, tmp_path / "kb.sqlite")


@pytest.fixture
def do(tm: Run, path: Path) -> Do:
    """Run `tm` on it, where that is to work."""

    def run(*words: str, code: int = 0, text: str = "") -> subprocess.CompletedProcess[str]:
        done = tm(*words, "--kb", str(path), input=text)
        assert done.returncode == code, done.stderr
        return done

    return run


def add(do: Do, name: str = "Ruritania", **options: str) -> None:
    more = [word for key, value in options.items() for word in (f"--{key}", value)]
    do("add", "customer", name, "--kind", "state", "--region", "Eastern Europe", *more)


def logged(do: Do, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(do("log", "--json", *words).stdout)["changes"]
    return found


def same(one: Knowledge, other: Knowledge) -> bool:
    """Whether two say the same, in the same order."""
    return not diff(one, other).changes and [*one.objects] == [*other.objects]


def test_every_change_is_logged(do: Do, path: Path) -> None:
    add(do)
    do("retract", "syria-gas-masks", "--reason", "It speaks of suits.")
    do("rename", "ruritania", "grand-ruritania")
    last, retraction, first = logged(do)
    assert [(c["number"], c["why"]) for c in (first, retraction, last)] == [
        (1, "tm add customer"), (2, "It speaks of suits."), (3, "tm rename"),
    ]  # fmt: skip
    assert (first["added"], first["changed"], first["removed"]) == (["ruritania"], [], [])
    assert retraction["changed"] == ["syria-gas-masks"]
    assert (last["added"], last["removed"]) == (["grand-ruritania"], ["ruritania"])
    assert all(len(c["version"]) == 64 and c["at"].endswith("+00:00") for c in (first, last))
    assert len({c["version"] for c in (first, retraction, last)}) == 3
    shown = do("log").stdout.splitlines()
    assert shown[0].startswith("   3  20")
    assert shown[0].endswith("tm rename")
    assert shown[1:3] == ["      + grand-ruritania", "      − ruritania"]
    assert do("log", "--limit", "1").stdout.count("tm ") == 1
    assert do("log", "--format", "tsv").stdout.startswith("number\tat\twho\twhy\tstands\tadded")


def test_one_object_is_followed_by_any_id_that_it_had(do: Do) -> None:
    add(do)
    do("rename", "ruritania", "grand-ruritania")
    do("retract", "syria-gas-masks", "--reason", "Wrong.")
    for name in ("Ruritania", "ruritania", "grand-ruritania"):
        assert [c["number"] for c in logged(do, name)] == [2, 1]
    do("remove", "ruritania")
    assert [c["number"] for c in logged(do, "grand-ruritania")] == [4, 2]
    done = do("log", "nothing-ever")
    assert (done.stdout, "no change is known" in done.stderr) == ("", True)


def test_undoing_goes_back_step_by_step(do: Do, path: Path) -> None:
    before = load(path)
    versions = [before]
    add(do)
    versions.append(load(path))
    do("rename", "syria", "syrian-arab-republic")
    versions.append(load(path))
    do("retract", "syria-gas-masks", "--reason", "Wrong.")
    for version in reversed(versions):
        done = do("undo")
        assert same(load(path), version)
    assert done.stdout == "ruritania\n"
    assert "undone: change 1, tm add customer" in done.stderr
    assert verify(path).ok
    done = do("undo", code=2)
    assert "there is no change to undo" in done.stderr
    assert [(c["why"], c["stands"]) for c in logged(do)] == [
        ("tm undo 1", True), ("tm undo 2", True), ("tm undo 3", True),
        ("Wrong.", False), ("tm rename", False), ("tm add customer", False),
    ]  # fmt: skip
    assert "undone" in do("log").stdout


def test_undoing_is_a_change_that_can_be_undone(do: Do, path: Path) -> None:
    add(do)
    after = load(path)
    do("undo")
    do("undo", "2")
    assert same(load(path), after)
    assert [(c["number"], c["stands"]) for c in logged(do)] == [(3, True), (2, False), (1, True)]
    done = do("undo", "2", code=2)
    assert "change 2 was undone already" in done.stderr
    assert "there is no change 99 that is known" in do("undo", "99", code=2).stderr


def test_what_was_changed_since_is_not_undone(do: Do, path: Path) -> None:
    add(do)
    item = load(path).objects["ruritania"].model_dump(mode="json", exclude_defaults=True)
    do("edit", "ruritania", "--from", "-", text=json.dumps(item | {"aliases": ["Rur"]}))
    before = load(path)
    done = do("undo", "1", code=2)
    assert "ruritania was changed since change 1" in done.stderr
    assert same(load(path), before)
    do("undo")
    do("undo", "1")
    assert "ruritania" not in load(path).customers


def test_what_something_refers_to_does_not_go(do: Do, path: Path) -> None:
    add(do)
    do(
        "add", "claim", "Ruritania buys.", "--about", "ruritania", "--kind", "market",
        "--reference", "un-s-2014-147", "--speaker", "journalist:A paper:narrates",
    )  # fmt: skip
    before = load(path)
    done = do("undo", "1", code=2)
    assert "there is no customer, category or group with that id" in done.stderr
    done = do("remove", "ruritania", code=2)
    assert "is not removed: ruritania-buys-" in done.stderr
    assert "refers to it" in done.stderr
    assert same(load(path), before)


def test_a_dry_run_shows_and_changes_nothing(do: Do, path: Path) -> None:
    add(do)
    before = load(path)
    for words in (("undo",), ("remove", "ruritania"), ("rename", "ruritania", "rur")):
        done = do(*words, "--dry-run")
        assert "ruritania" in done.stdout
        assert "dry run" in done.stderr
    assert same(load(path), before)
    assert len(logged(do)) == 1


def test_what_nothing_needs_is_removed_together(do: Do, path: Path) -> None:
    text = "Words of a report.\nThe visit was in Kampala.\n"
    source = ("add", "source", "-", "--title", "A report", "--descriptor", "Ours.")
    do(*source, "--id", "my-report", text=text)
    do("add", "quote", "my-report", "The visit was in Kampala", "--id", "my-quote")
    before = load(path)
    done = do("remove", "my-report", code=2)
    assert "my-report is not removed: my-quote refers to it" in done.stderr
    done = do("remove", "my-report", "my-quote", "my-quote")
    assert done.stdout == "my-report\nmy-quote\n"
    kb = load(path)
    assert not {"my-report", "my-quote"} & {*kb.objects}
    told = "left among the archived texts: my-report.txt" in done.stderr
    assert told == (not kb.keeps_texts)
    assert verify(path).ok
    assert "Kampala" not in do("search", "visit was in Kampala", "--json").stdout
    do("undo")
    assert same(load(path), before)
    assert verify(path).ok
    assert "my-quote" in do("search", "visit was in Kampala", "--json").stdout


def test_a_claim_is_never_removed(do: Do, path: Path) -> None:
    before = load(path)
    done = do("remove", "syria-gas-masks", code=2)
    assert "is a claim, and stays" in done.stderr
    assert "tm retract syria-gas-masks" in done.stderr
    done = do("remove", "syria", code=2)
    assert "more refer to it" in " ".join(done.stderr.split())
    assert same(load(path), before)


def test_the_old_id_still_answers(do: Do, path: Path) -> None:
    before = load(path)
    claims = [claim.id for claim in before.claims_about("syria")]
    position = before.position("syria")
    assert do("rename", "syria", "sar").stdout == "sar\n"
    kb = load(path)
    assert verify(path).ok
    assert kb.customers["sar"].formerly == ("syria",)
    assert kb.position("sar") == position
    assert [claim.id for claim in kb.claims_about("sar")] == claims
    assert not kb.claims_about("syria")
    assert do("show", "syria").stdout == do("show", "sar").stdout
    add_it = ("add", "customer", "X", "--kind", "state", "--region", "Caribbean", "--id")
    assert "is taken" in do(*add_it, "syria", code=2).stderr
    do("rename", "sar", "syria")
    assert load(path).customers["syria"].formerly == ("sar",)
    assert load(path).position("syria") == position
    do("undo")
    assert load(path).customers["sar"].formerly == ("syria",)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("syria", "syria"), "is its id already"),
        (("syria", "iran"), "the id 'iran' is taken"),
        (("syria", "Syria!"), "an id is lower-case words"),
        (("nobody", "somebody"), "there is no object called 'nobody'"),
    ],
)
def test_what_is_no_new_id(do: Do, path: Path, words: tuple[str, str], told: str) -> None:
    before = load(path)
    assert told in do("rename", *words, code=2).stderr
    assert same(load(path), before)


@pytest.mark.parametrize(
    "id_",
    [
        "nknews-2015",
        "nknews-headline",
        "glocom",
        "syria-gas-masks",
        "chong-chon-gang-2013",
        "resilient",
        "many-of-these-countries",
    ],
)
def test_everything_can_be_renamed(tm: Run, tmp_path: Path, id_: str) -> None:
    path = create(tmp_path / "kb")
    before = path.read_bytes()
    order = [*load(path).objects]
    assert tm("rename", id_, "another", "--kb", str(path)).returncode == 0
    assert verify(path).ok
    assert [*load(path).objects] == ["another" if each == id_ else each for each in order]
    assert tm("undo", "--kb", str(path)).returncode == 0
    assert path.read_bytes() == before


def test_of_what_a_file_was_no_more_is_kept_than_is_said(
    tm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = create(tmp_path / "kb", empty=True)

    def rename(old: str, new: str) -> None:
        assert tm("rename", old, new, "--kb", str(path)).returncode == 0

    def numbers() -> list[int]:
        done = tm("log", "--json", "--kb", str(path))
        return [change["number"] for change in json.loads(done.stdout)["changes"]]

    words = ("add", "event", "A visit", "--kind", "visit", "--id", "v0", "--kb", str(path))
    assert tm(*words).returncode == 0
    monkeypatch.setattr(limits, "CHANGES", limits.CHANGES._replace(most=3))
    for n in range(4):
        rename(f"v{n}", f"v{n + 1}")
    assert numbers() == [5, 4, 3]
    monkeypatch.setattr(limits, "HISTORY", limits.HISTORY._replace(most=10))
    rename("v4", "v5")
    assert numbers() == [6]  # the last is kept, however large


def test_a_history_that_somebody_spoilt_is_told_and_stops_nothing(tm: Run, tmp_path: Path) -> None:
    path = create(tmp_path / "kb")
    kb = ("--kb", str(path))
    add_it = ("add", "event", "A visit", "--kind", "visit", *kb)
    history = path.with_name(".customers.json.history")
    history.write_bytes(b"not a change\n")
    done = tm("log", *kb)
    assert (done.returncode, done.stdout) == (3, "")
    assert "history, line 1: this is no change" in done.stderr
    assert tm("list", *kb).returncode == 0
    assert tm(*add_it).returncode == 0
    assert history.read_bytes().count(b"\n") == 2
    history.unlink()
    history.symlink_to(tmp_path / "elsewhere")
    before = path.read_bytes()
    done = tm(*add_it)
    assert (done.returncode, done.stdout) == (3, "")
    assert "is a link, and no history of ours" in done.stderr
    assert (path.read_bytes(), (tmp_path / "elsewhere").exists()) == (before, False)


def test_what_fmt_and_merge_write_is_known_too(tm: Run, tmp_path: Path) -> None:
    path = create(tmp_path / "kb")
    base, theirs = path.with_name("base.json"), path.with_name("theirs.json")
    base.write_bytes(path.read_bytes())
    text = path.read_text("utf-8")
    data = json.loads(text)
    next(actor for actor in data["actors"] if actor["id"] == "glocom")["aliases"] = ["X"]
    theirs.write_text(json.dumps(data), "utf-8")
    assert tm("merge", str(base), str(path), str(theirs)).returncode == 0
    path.write_text(json.dumps(json.loads(path.read_text("utf-8"))), "utf-8")
    assert tm("fmt", "--kb", str(path)).returncode == 0  # only the layout, which is no change
    found = json.loads(tm("log", "--json", "--kb", str(path)).stdout)["changes"]
    assert [(c["why"], c["changed"]) for c in found] == [("tm merge", ["glocom"])]
    assert tm("undo", "--kb", str(path)).returncode == 0
    assert path.read_bytes() == base.read_bytes()


def test_objects_are_told_apart_by_what_they_hold() -> None:
    """What a history keeps of one does not say of which type it is."""
    assert not {*EVENT_KINDS} & {*ACTOR_KINDS}


def test_what_was_given_of_what_is_there_is_not_dropped_in_silence(tm: Run, tmp_path: Path) -> None:
    kb = ("--kb", str(create(tmp_path / "kb", empty=True)))
    words = ("add", "source", "-", "--title", "A report", "--descriptor", "Ours.", *kb)
    assert tm(*words, "--id", "report", input="Words of a report.\n").returncode == 0
    again = tm(*words, "--publisher", "Somebody", "--id", "other", input="Words of a report.\n")
    assert (again.returncode, again.stdout) == (0, "report\n")
    assert "tm: added to it: publisher\n    tm edit report corrects it" in again.stderr
    assert "tm: its id is report, and not other" in again.stderr
    same_ = tm(*words, input="Words of a report.\n")
    assert "not taken" not in same_.stderr
    for id_ in ("first", "second"):
        done = tm("add", "quote", "report", "Words of a report.", "--id", id_, *kb)
        assert (done.returncode, done.stdout) == (0, "first\n")
        assert ("tm rename first second" in done.stderr) == (id_ == "second")
