"""Each system call of each kind of write fails in turn, or the process is killed there.

None is lost and none is half: what is written is the old one or the new one, the exit code is true
of it, what was saved is told, and nothing unfinished is left.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NoReturn

import pytest

from targetmarkets.cli.command_table import SECTIONS
from targetmarkets.cli.commands.add.commands import SECTIONS as ADDED
from tests.fuzz.budget import COUNTED
from tests.writing.faults import (
    STRACE,
    Call,
    Done,
    RefusedError,
    Runner,
    changes,
    errors,
    runner,
    some,
)
from tests.writing.kinds import BASES, ENDINGS, KINDS, Kind, lay_out, names, state
from tests.writing.warmed import LARGE

ALL: Final = os.environ.get("TM_TEST_FAULTS") == "all"
"""Whether every call fails, and a process is killed at every one. Unless told it is some of those
that are alike, and killed at what changes something: between two of these, one is like another.
"""

KILL: Final = "signal=KILL"

pytestmark = pytest.mark.long


def skip(why: str) -> NoReturn:
    """Skip a test, or fail where CI has seen that processes can be traced."""
    said = f"{why}, and strace is what lets system calls fail"
    if os.environ.get("TM_TEST_NEEDS_STRACE"):
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    folder = tmp_path_factory.mktemp("runner")
    if STRACE is None:
        skip("there is no strace")
    with runner(folder) as made:
        try:
            made.run(["--version"], folder, {}, "-e", "trace=none", "-o", os.devnull)
        except RefusedError as error:
            skip(str(error))
        yield made


class Scene:
    """A kind of write, and the folder in which it is made again and again."""

    def __init__(self, run: Runner, kind: Kind, folder: Path) -> None:
        self.kind = kind
        self.folder = folder / "folder"
        self.runner = run
        self._template = folder / "template"
        self._laid_out: dict[str, tuple[int, ...]] = {}
        self._template.mkdir()
        lay_out(self._template)
        homes = {"HOME": "home", "XDG_STATE_HOME": "state", "XDG_CACHE_HOME": "cache"}
        for name in homes.values():
            (self._template / name).mkdir()
        self.env = {**{name: str(self.folder / home) for name, home in homes.items()},
                    "VISUAL": "", "EDITOR": str(self.folder / "editor")}  # fmt: skip
        if kind.large:
            self.env[LARGE] = "1"
        self.anew()
        for words in kind.before:
            self.again(*words)
        if kind.before:
            shutil.rmtree(self._template)
            shutil.copytree(self.folder, self._template)
        self.anew()
        self.old, self.had = state(self.folder, kind), names(self.folder)
        self.runner.run(kind.words, self.folder, self.env, learn=True)
        self.anew()
        done, self.calls = self.runner.calls(kind.words, self.folder, self.env)
        self.new, self.has = state(self.folder, kind), names(self.folder)
        assert (done.code, self.new != self.old) == (kind.code, True), done

    def anew(self) -> None:
        """Lay the folder out as it was: what is not as it was goes, and comes again."""
        for path, status in _there(self.folder).items():
            if self._laid_out.get(path) != status:
                there = self.folder / path
                shutil.rmtree(there) if there.is_dir() else there.unlink(missing_ok=True)
        self.folder.mkdir(exist_ok=True)
        for path in sorted(_there(self._template)):
            kept, there = self._template / path, self.folder / path
            if kept.is_dir():
                there.mkdir(exist_ok=True)
                shutil.copymode(kept, there)
            elif not there.exists():
                shutil.copy2(kept, there)
        self._laid_out = _there(self.folder)

    def with_fault(self, call: Call, fault: str) -> Done:
        self.anew()
        return self.runner.with_fault(self.kind.words, self.folder, self.env, call, fault)

    def again(self, *words: str) -> None:
        done = self.runner.run(words or self.kind.words, self.folder, self.env)
        assert done.code == (0 if words else self.kind.code), done


def _there(folder: Path) -> dict[str, tuple[int, ...]]:
    """What is in a folder, and all by which it is seen that a file is another or was written to."""
    found: dict[str, tuple[int, ...]] = {}
    for path in folder.rglob("*"):
        it = path.lstat()
        written = () if path.is_dir() else (it.st_ino, it.st_size, it.st_mtime_ns, it.st_ctime_ns)
        found[str(path.relative_to(folder))] = (it.st_mode, *written)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_fails_nothing_is_lost_and_what_is_said_is_true(
    tmp_path: Path, run: Runner, kind: str
) -> None:
    scene = Scene(run, KINDS[kind], tmp_path)
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    for call in scene.calls if ALL else some(scene.calls, only_changes=KINDS[kind].as_add):
        kills = [KILL] if ALL or changes(call) or call is scene.calls[-1] else []
        for fault in [*errors(call), *kills]:
            done = scene.with_fault(call, fault)
            try:
                counted[judge(scene, call, done, killed=fault == KILL)] += 1
            except AssertionError as error:
                why = str(error).partition("\n")[0]
                wrong.append(f"{fault} at {call.name} {call.nth}, {call.line}: {why}: {done}")
    COUNTED.update({f"faults of writes, the {came} left": counted[came] for came in counted})
    assert not wrong, "\n".join(wrong)
    assert counted["old"] > 1


def judge(scene: Scene, call: Call, done: Done, *, killed: bool) -> str:
    """Whether the old or the new is there; what was said has to be so, and nothing else be left."""
    found = state(scene.folder, scene.kind)
    if scene.kind.finds and scene.kind.finds in done.stdout + done.stderr:
        assert done.code == scene.kind.finding, "what it found is not told by the exit code"
        return "told apart"
    assert found in {scene.old, scene.new}, "half of it is there"
    came = "old" if found == scene.old else "new"
    if killed:
        assert done.code == -9, "it was not killed"
        after_a_kill(scene, came)
        return came
    saved = "saved" in done.stderr
    if came == "new":
        told = done.code == scene.kind.code or (done.code == 3 and saved)
        assert told, "what was saved is not told"
    else:
        assert done.code in {2, 3}, "it is not told by the exit code"
        assert not saved, "it is told as saved"
    assert done.code == scene.kind.code or "tm: " in done.stderr, "it is not told why"
    assert "fault of tm" not in done.stderr, "it is told as a fault of tm"
    assert "Traceback" not in done.stderr
    if came == "old":
        assert_what_was_typed_is_kept(scene.folder)
    left = names(scene.folder) - (scene.has if came == "new" else scene.had)
    at_its_end = came == "new" and any(ending in call.line for ending in ENDINGS)
    if at_its_end or call.name in {"unlink", "unlinkat", "rmdir"}:
        after_a_kill(scene, came)  # what cannot be taken away now is so later
        left = {name for name in left if not any(ending in name for ending in ENDINGS)}
    assert not left, f"{left} is left"
    return came


def assert_what_was_typed_is_kept(folder: Path) -> None:
    if (folder / "typed").exists():
        kept = [path for path in (folder / "state").rglob("*") if path.is_file()]
        assert any("Southern" in path.read_text() for path in kept), "what was typed is lost"


def after_a_kill(scene: Scene, came: str) -> None:
    """What was not done can be done now, and what was left is swept up, by and by."""
    for path in scene.folder.rglob("*"):
        if any(ending in path.name for ending in ENDINGS):
            os.utime(path, (0, 0))
    if came == "old":
        assert_what_was_typed_is_kept(scene.folder)
        scene.again()
        assert state(scene.folder, scene.kind) == scene.new, "it is not done when done again"
    elif scene.kind.about in BASES:
        scene.again("add", "group", "sweeper", "--kb", scene.kind.about)
    elif scene.kind.about in {"pages", "out", "out.json", "fixed.md", "new.bib"}:
        scene.again()
    else:
        return  # it is there, and is not made again
    left = {path for path in names(scene.folder) if any(ending in path for ending in ENDINGS)}
    assert not left, f"{left} is left after a kill"


def test_every_command_that_writes_is_a_kind() -> None:
    reads = {"log", "diff", "category of"}
    curate = {*SECTIONS["Curate"], "site", "export", "check"} - reads - {"add"}
    added = {name for section in ADDED.values() for name in section}
    words = [kind.words for kind in KINDS.values()]
    assert curate == {each[0] for each in words} & curate
    assert added == {each[1] for each in words if each[0] == "add"}
