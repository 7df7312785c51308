"""A workspace is made as a whole, or not at all; names and line ends of what is archived."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from targetmarkets.errors import OutputError, UsageError
from targetmarkets.evidence.archive import Archives
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.json_file import load
from targetmarkets.kb.paths import bundled
from targetmarkets.writing import workspace
from targetmarkets.writing.transaction import begin
from targetmarkets.writing.workspace import create
from tests.running import Run, unmeasured

KILLED = """
import os, pathlib, signal, sys
from targetmarkets.writing import workspace
step, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
def count(event, arguments):
    global step
    if event in {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir"}:
        step -= 1
        if step == 0:
            os.kill(os.getpid(), signal.SIGKILL)
def begin():
    sys.addaudithook(count)
workspace.create(folder.with_name("first"), empty=True)  # imports everything
begin()
workspace.create(folder, empty=True)
print("made")
"""


@pytest.mark.long
@pytest.mark.parametrize("there", ["absent", "empty"])
def test_a_run_that_is_killed_at_any_step_leaves_nothing_or_all(tmp_path: Path, there: str) -> None:
    killed = 0
    for step in range(1, 200):
        (tmp_path / str(step)).mkdir()
        folder = tmp_path / str(step) / "kb"
        if there == "empty":
            folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(step), str(folder)],
            stdout=subprocess.PIPE, check=False, env=unmeasured(),
        )  # fmt: skip
        if done.stdout:
            break
        assert done.returncode == -signal.SIGKILL
        killed += 1
        whole = (folder / "customers.json").exists()
        if there == "absent":
            assert whole == folder.exists(), step
        if whole:
            assert verify(folder).ok
            with pytest.raises(UsageError, match="not empty"):
                create(folder)
        else:
            assert verify(create(folder)).ok
    assert killed > 10
    assert verify(folder).ok
    assert not [path for path in folder.parent.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("there", ["absent", "empty"])
def test_a_run_that_fails_leaves_nothing(
    tmp_path: Path, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kb"
    if there == "empty":
        folder.mkdir()
    monkeypatch.setattr(Path, "rename", _full)
    with pytest.raises(OutputError, match="No space left"):
        create(folder)
    assert [path.name for path in tmp_path.rglob("*")] == (["kb"] if there == "empty" else [])


def _full(*_: object) -> None:
    raise OSError(28, os.strerror(28))


def test_what_a_killed_run_left_is_not_mistaken_for_a_workspace(tmp_path: Path) -> None:
    """Nor the other way round: what somebody has in it since is never made anew."""
    path = create(tmp_path / "kb")
    before = path.read_bytes()
    (path.parent / workspace._UNFINISHED).mkdir()
    with pytest.raises(UsageError, match="not empty"):
        create(path.parent)
    assert path.read_bytes() == before
    path.unlink()
    (path.parent / "mine.txt").touch()
    with pytest.raises(UsageError, match="not empty"):
        create(path.parent)
    (path.parent / "mine.txt").unlink()
    assert verify(create(path.parent)).ok


def test_the_folder_at_hand_becomes_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    create(Path())
    assert verify(tmp_path).ok
    assert Path("customers.json").exists()


@pytest.mark.parametrize(
    "name", ["nul.txt", "NUL", "con.tar.txt", "com1.pdf", "lpt9.txt", "aux .txt", "x.", "x.txt "]
)
def test_a_name_that_windows_reserves_is_refused_for_an_archive(tmp_path: Path, name: str) -> None:
    path = create(tmp_path / "kb", empty=True)
    with begin(path) as transaction, pytest.raises(UsageError, match="Windows"):
        transaction.archive({name: b"words"})
    with begin(path) as transaction:
        transaction.archive({f"my-{name.strip(' .')}": b"words", "null.txt": b"", "com.txt": b""})
        transaction.commit()


@pytest.mark.parametrize(("there", "recorded"), [("\r\n", "\n"), ("\n", "\r\n")])
def test_other_line_ends_are_told_as_that(tmp_path: Path, there: str, recorded: str) -> None:
    path = create(tmp_path / "kb")
    kb = load(path)
    source = next(source for source in kb.sources.values() if source.archive)
    assert source.archive
    text = path.parent / "sources" / source.archive.file
    data = text.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", recorded.encode())
    text.write_bytes(data)
    changed = path.read_text("utf-8").replace(source.archive.sha256, _sha256(data))
    path.write_text(changed, "utf-8")
    text.write_bytes(data.replace(recorded.encode(), there.encode()))
    findings = [each for each in verify(path).findings if each.check == "hash"]
    assert [each.message for each in findings] == [
        "only its line ends are others than those that are recorded"
    ]
    assert ".gitattributes" in findings[0].remedy
    assert "line ends" in (Archives(load(path)).problem(source.id) or "")
    text.write_bytes(data + b"x")
    findings = [each for each in verify(path).findings if each.check == "hash"]
    assert "line ends" not in findings[0].message
    assert "SHA-256" in (Archives(load(path)).problem(source.id) or "")


def test_git_changes_no_archived_text_and_merges_none_line_by_line(tmp_path: Path) -> None:
    folder = create(tmp_path / "kb", empty=True).parent
    assert "sources/** -text -merge" in (folder / ".gitattributes").read_text().splitlines()


def _sha256(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def test_a_workspace_that_is_there_gets_the_lines_for_git_that_it_lacks(
    tm: Run, tmp_path: Path
) -> None:
    folder = create(tmp_path / "kb", empty=True).parent
    (folder / ".gitignore").write_text("mine\n.*.tmp")  # as one of before has it, without an end
    (folder / ".gitattributes").unlink()
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    done = tm("init", "kb", "--git")
    assert (done.returncode, done.stdout) == (0, f"{Path('kb') / 'customers.json'}\n")
    assert "completed: .gitignore, .gitattributes" in done.stderr
    assert "git config merge.targetmarkets.driver" in done.stderr
    new = create(tmp_path / "new", empty=True, git=True).parent
    for name in (".gitignore", ".gitattributes"):
        lines = (folder / name).read_text().splitlines()
        assert {*(new / name).read_text().splitlines()} <= {*lines}
        assert len(lines) == len({*lines})
    assert (folder / ".gitignore").read_text().startswith("mine\n.*.tmp\n")
    changed = [path.name for path, data in before.items() if path.read_bytes() != data]
    assert changed == [".gitignore"]
    assert "nothing was missing" in tm("init", "kb", "--git").stderr
    assert tm("init", "kb").returncode == 2
    assert tm("init", "kb", "--git", "--empty").returncode == 2


def test_a_folder_that_is_none_gets_no_lines_for_git(tm: Run, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "customers.json").write_text("{}")
    assert tm("init", "other", "--git").returncode == 3
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["customers.json"]
    refused = tm("init", str(bundled().parent), "--git")
    assert (refused.returncode, refused.stdout) == (2, "")


def test_a_workspace_of_the_name_of_the_bundled_one_is_told_apart(tm: Run, tmp_path: Path) -> None:
    done = tm("init", "bundled", "--empty", cwd=tmp_path)
    assert done.stderr.endswith("elsewhere --kb ./bundled\n")
    assert tm("list", "--kb", "./bundled", "--json", cwd=tmp_path).stdout == "[]\n"
