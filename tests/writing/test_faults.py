"""Each system call of each kind of write fails in turn, or the process is killed there.

None is lost and none is half: the file is the old one or the new one, the exit code is true of it,
and what was saved is told.
"""

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pytest

from targetmarkets.evidence.verification import verify
from targetmarkets.writing.workspace import create
from tests.build import customer
from tests.fuzz.budget import COUNTED
from tests.running import TM
from tests.writing.faults import OPENS, PLACES, STRACE, Call, Done, calls, with_fault

CHOSEN: Final = {"": PLACES, "opens": OPENS | PLACES, "all": None}[
    os.environ.get("TM_TEST_FAULTS", "")
]
"""The calls that fail: those that open files, too, or those that only read. Unless told, each fails
in one of the two ways, in turn; else in both.
"""

KILL: Final = "signal=KILL"

TEXT: Final = "Syria got two masks.\n"

KINDS: Final = {
    "add": ("add", "group", "some of them", "--kb", "kb"),
    "retract": ("retract", "wrong", "--reason", "It is.", "--kb", "kb"),
    "edit from": ("edit", "syria", "--from", "syria.json", "--kb", "kb"),
    "edit": ("edit", "syria", "--kb", "kb"),
    "fmt": ("fmt", "--kb", "kb"),
    "source": (
        "add", "source", "new.txt", "--title", "T", "--descriptor", "D.", "--id", "new",
        "--kb", "kb",
    ),
    "anchor": ("anchor", "work", "longer.txt", "--kb", "kb"),
    "output": ("list", "--kb", "kb", "-o", "out.json"),
    "init": ("init", "another", "--empty"),
}  # fmt: skip

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(STRACE is None, reason="strace lets system calls fail"),
]


def lay_out(folder: Path) -> None:
    """A folder with a small knowledge base, and what is added to it."""
    import hashlib

    kb = create(folder / "kb", empty=True)
    (kb.parent / "sources" / "text.txt").write_text(TEXT)
    archive = {"file": "text.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
               "media_type": "text/plain"}  # fmt: skip
    speaker = {"role": "book", "name": "The book", "mode": "narrates"}
    data = json.loads(kb.read_text()) | {
        "customers": [customer("syria")],
        "sources": [{"id": "work", "bibliography": {"type": "book", "title": "T"},
                     "descriptor": "A work.", "archive": archive}],
        "quotes": [{"id": "q", "source": "work", "exact": "two masks", "start": 10, "end": 19}],
        "claims": [{"id": "wrong", "kind": "market", "statement": "Syria got masks.",
                    "certainty": "stated", "speakers": [speaker], "about": ["syria"],
                    "scope": "individual", "evidence": [{"quote": "q"}]}],
    }  # fmt: skip
    kb.write_text(json.dumps(data))
    assert verify(kb).ok
    (folder / "syria.json").write_text(json.dumps(customer("syria", region="Southern Asia")))
    (folder / "new.txt").write_text("A text of its own.\n")
    (folder / "longer.txt").write_text(f"{TEXT}And more.\n")
    (folder / "out.json").write_text("before")
    (folder / "editor").write_text('#!/bin/sh\nsed -i s/Western/Southern/ "$1"\n')
    (folder / "editor").chmod(0o755)


def state(folder: Path, kind: str) -> str:
    """What a write is about, to be compared."""
    if kind == "output":
        return (folder / "out.json").read_text()
    if kind == "init":
        made = folder / "another" / "customers.json"
        assert made.exists() == made.parent.exists()
        return str(verify(made).ok) if made.exists() else "none"
    assert verify(folder / "kb").ok
    return (folder / "kb" / "customers.json").read_text()


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_fails_nothing_is_lost_and_what_is_said_is_true(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    template, folder = tmp_path / "template", tmp_path / "folder"
    template.mkdir()
    lay_out(template)

    def anew() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder, symlinks=True)
        monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))

    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", str(folder / "editor"))
    words = [str(folder / word) if word in {"kb", "another", "out.json"} else word
             for word in KINDS[kind]]  # fmt: skip
    anew()
    old = state(folder, kind)
    done, found = calls(words, folder)
    new = state(folder, kind)
    assert (done.code, new != old) == (0, True), done
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    chosen = [call for call in found if CHOSEN is None or call.name in CHOSEN]
    for number, call in enumerate(chosen):
        both = faults(call)
        for fault in both if CHOSEN is not PLACES else both[number % 2 :][:1]:
            anew()
            done = with_fault(words, folder, call, fault)
            came = judge(folder, kind, done, {old: "old", new: "new"}.get)
            if came is None:
                wrong.append(f"{fault} at {call.name} {call.nth}, {call.line}: {done}")
                continue
            counted[came] += 1
            if call.name in PLACES - {"unlink"} or (fault == KILL and CHOSEN is PLACES):
                after(folder, kind, words, came, fault)
    COUNTED.update({f"faults of writes, the {came} left": counted[came] for came in counted})
    assert not wrong, "\n".join(wrong)
    assert counted["old"] > 1


def faults(call: Call) -> Sequence[str]:
    """What can happen at a call."""
    error = {"write": "ENOSPC", "flock": "EIO", "rename": "EPERM"}.get(call.name, "EIO")
    return (f"error={error}", KILL)


def judge(folder: Path, kind: str, done: Done, known: Callable[[str], str | None]) -> str | None:
    """Whether the old or the new is there; None where that is half, or what was said is not so."""
    found = known(state(folder, kind))
    killed = done.code < 0 or done.code == 128 + 9
    if found is None or killed:
        return found
    true = {
        "new": done.code == 0 or (done.code == 3 and "saved" in done.stderr),
        "old": done.code in {2, 3} and "saved" not in done.stderr,
    }[found]
    said = done.code == 0 or ("tm: " in done.stderr and "fault of tm" not in done.stderr)
    return found if true and said and "Traceback" not in done.stderr else None


def after(folder: Path, kind: str, words: Sequence[str], came: str, fault: str) -> None:
    """A run that was told to stop leaves nothing; the next one sweeps up after one that was killed,
    and does what that did not.
    """
    if fault == KILL:
        subprocess.run(
            [TM, "add", "group", "sweeper", "--kb", str(folder / "kb")],
            check=True, capture_output=True,
        )  # fmt: skip
        if came == "old" and kind not in {"output", "init"}:
            done = subprocess.run([TM, *words], cwd=folder, check=False, capture_output=True)
            assert done.returncode == 0, (done, came)
            assert verify(folder / "kb").ok
    elif came == "old" and kind == "source":
        assert not (folder / "kb" / "sources" / "new.txt").exists()
    assert not list((folder / "kb").rglob(".*.tm.tmp"))
