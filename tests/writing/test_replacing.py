"""Files are replaced whole, for the same people, and over nobody's save; by making calls fail."""

import errno
import os
import random
import signal
import stat
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest

from targetmarkets.errors import ConflictError, OutputError
from targetmarkets.kb import replacing
from targetmarkets.kb.replacing import ENDING, sweep, was_saved, write_bytes
from targetmarkets.kb.swap import swap

BEFORE, OURS, THEIRS = b"before", b"ours", b"theirs"

GROUP: Final = 54_321
"""Number of a group that nobody is in."""

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may change users")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "file.json"
    path.parent.mkdir()
    path.write_bytes(BEFORE)
    return path


def names(file: Path) -> list[str]:
    return [path.name for path in file.parent.iterdir()]


def failing(number: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def saves_first(path: Path, then: Callable[[Path, Path], bool]) -> Callable[[Path, Path], bool]:
    """An exchange of files in whose moment an editor saves, once."""
    saves = iter([THEIRS])

    def exchange(one: Path, other: Path) -> bool:
        for data in saves:
            beside = path.with_name("saving")
            beside.write_bytes(data)
            beside.replace(path)
        return then(one, other)

    return exchange


@pytest.mark.parametrize("exchange", [swap, lambda *_: False])
def test_what_holds_what_was_read_is_replaced(
    file: Path, monkeypatch: pytest.MonkeyPatch, exchange: Callable[[Path, Path], bool]
) -> None:
    monkeypatch.setattr(replacing, "swap", exchange)
    write_bytes(file, OURS, before=BEFORE)
    assert file.read_bytes() == OURS
    assert names(file) == ["file.json"]


@pytest.mark.parametrize("exchange", [swap, lambda *_: False])
def test_what_an_editor_saves_in_the_same_moment_is_not_replaced(
    file: Path, monkeypatch: pytest.MonkeyPatch, exchange: Callable[[Path, Path], bool]
) -> None:
    monkeypatch.setattr(replacing, "swap", saves_first(file, exchange))
    with pytest.raises(ConflictError, match="changed by another program") as caught:
        write_bytes(file, OURS, before=BEFORE)
    assert file.read_bytes() == THEIRS
    assert names(file) == ["file.json"]
    assert not was_saved(caught.value)


def test_what_was_saved_or_removed_before_is_not_replaced(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(THEIRS)
    with pytest.raises(ConflictError):
        write_bytes(file, OURS, before=BEFORE)
    assert file.read_bytes() == THEIRS
    file.unlink()
    with pytest.raises(ConflictError):
        write_bytes(file, OURS, before=BEFORE)
    assert names(file) == []

    def remove(one: Path, other: Path) -> bool:
        other.unlink()
        return swap(one, other)

    file.write_bytes(BEFORE)
    monkeypatch.setattr(replacing, "swap", remove)
    with pytest.raises(ConflictError):
        write_bytes(file, OURS, before=BEFORE)
    assert names(file) == []


def test_a_second_save_while_the_first_is_put_back_is_kept_and_named(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = iter([THEIRS, b"theirs, again"])

    def exchange(one: Path, other: Path) -> bool:
        beside = file.with_name("saving")
        beside.write_bytes(next(saved))
        beside.replace(file)
        return swap(one, other)

    monkeypatch.setattr(replacing, "swap", exchange)
    with pytest.raises(OutputError, match="in the same moment") as caught:
        write_bytes(file, OURS, before=BEFORE)
    kept = next(path for path in file.parent.iterdir() if path != file)
    assert str(kept) in (caught.value.remedy or "")
    assert {file.read_bytes(), kept.read_bytes()} == {THEIRS, b"theirs, again"}
    sweep(file.parent, file.name, older_than=0)
    assert kept.exists(), "what somebody saved is not swept up"


def test_what_a_kill_in_the_exchange_left_is_swept_up(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacing, "_is_left", lambda _: False)
    write_bytes(file, OURS, before=BEFORE)
    monkeypatch.undo()
    assert len(names(file)) == 2
    sweep(file.parent, file.name, older_than=0)
    assert names(file) == ["file.json"]


@pytest.mark.long
@pytest.mark.parametrize("how", ["renamed", "in place"])
def test_saves_of_an_editor_at_any_moment_are_never_lost(file: Path, how: str) -> None:
    random.seed(1)
    refused = 0
    for number in range(400):
        file.write_bytes(BEFORE)
        theirs = b"%d" % number

        def save(theirs: bytes = theirs) -> None:
            time.sleep(random.uniform(0, 0.001))
            if how == "in place":
                file.write_bytes(theirs)
                return
            beside = file.with_name("saving")
            beside.write_bytes(theirs)
            beside.replace(file)

        editor = threading.Thread(target=save)
        editor.start()
        try:
            write_bytes(file, OURS, before=BEFORE)
        except ConflictError:
            refused += 1
        editor.join()
        # written before it, or refused for it; a save in place may only begin while we look
        assert file.read_bytes() == theirs
        assert names(file) == ["file.json"]
    assert refused


def test_a_file_that_is_mounted_alone_is_named_as_that(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for exchange in (failing(errno.EBUSY), lambda *_: False):
        monkeypatch.setattr(replacing, "swap", exchange)
        monkeypatch.setattr(Path, "replace", failing(errno.EBUSY))
        with pytest.raises(OutputError, match="mounted on its own") as caught:
            write_bytes(file, OURS, before=BEFORE)
        assert "mount the folder" in (caught.value.remedy or "")
    with pytest.raises(OutputError, match="mounted on its own"):
        write_bytes(file, OURS)
    assert file.read_bytes() == BEFORE
    assert names(file) == ["file.json"]


def test_where_nothing_can_be_changed_of_modes_files_are_written_all_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CIFS and exFAT give all files one mode, and refuse to change it even to that."""
    file.chmod(0o600)  # that of a file which `mkstemp` makes, as there all have one
    monkeypatch.setattr(os, "chmod", failing(errno.EPERM))
    monkeypatch.setattr(os, "chown", failing(errno.EPERM))
    monkeypatch.setattr(Path, "chmod", failing(errno.EPERM))
    write_bytes(file, OURS, before=BEFORE)
    write_bytes(file.with_name("new"), OURS)
    assert file.read_bytes() == file.with_name("new").read_bytes() == OURS


def test_a_mode_that_cannot_be_kept_is_said_and_nothing_written(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.chmod(0o664)
    monkeypatch.setattr(Path, "chmod", failing(errno.EPERM))
    with pytest.raises(OutputError, match=r"permissions \(0664\) cannot be kept"):
        write_bytes(file, OURS, before=BEFORE)
    assert file.read_bytes() == BEFORE
    assert names(file) == ["file.json"]


@needs_root
def test_a_group_is_kept_or_the_write_is_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chown(file, -1, GROUP)
    file.chmod(0o664)
    write_bytes(file, OURS, before=BEFORE)
    status = file.stat()
    assert (status.st_gid, stat.S_IMODE(status.st_mode)) == (GROUP, 0o664)
    monkeypatch.setattr(os, "chown", failing(errno.EPERM))
    with pytest.raises(OutputError, match="you are not in its group") as caught:
        write_bytes(file, THEIRS, before=OURS)
    assert "chgrp" in (caught.value.remedy or "")
    assert file.read_bytes() == OURS
    file.chmod(0o644)  # where the group may do what everybody may, none is shut out
    write_bytes(file, THEIRS, before=OURS)
    assert file.read_bytes() == THEIRS


def test_an_access_control_list_is_kept_or_the_write_is_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its mode shows what the list allows at most, and would give that to the group."""
    entries = ((1, 6, -1), (2, 6, 1234), (4, 0, -1), (0x10, 6, -1), (0x20, 0, -1))
    listed = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
    name = "system.posix_acl_access"
    try:
        os.setxattr(file, name, listed)
    except OSError:
        pytest.skip("there are no such lists here")
    write_bytes(file, OURS, before=BEFORE)
    assert os.getxattr(file, name) == listed
    monkeypatch.setattr(os, "setxattr", failing(errno.EPERM))
    with pytest.raises(OutputError, match="access control list"):
        write_bytes(file, THEIRS, before=OURS)
    assert file.read_bytes() == OURS
    assert names(file) == ["file.json"]


def test_a_name_of_any_length_and_script_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("щ" * 120)
    for before in (None, OURS):
        write_bytes(path, OURS, before=before)
    assert path.read_bytes() == OURS


@pytest.mark.usefixtures("interruptible")
def test_an_interruption_in_the_exchange_comes_after_it_and_says_saved(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(one: Path, other: Path) -> bool:
        os.kill(os.getpid(), signal.SIGINT)
        return swap(one, other)

    monkeypatch.setattr(replacing, "swap", interrupted)
    with pytest.raises(KeyboardInterrupt) as caught:
        write_bytes(file, OURS, before=BEFORE)
    assert was_saved(caught.value)
    assert file.read_bytes() == OURS
    assert names(file) == ["file.json"]


def test_a_system_without_an_exchange_is_told_apart_from_one_that_fails(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FileNotFoundError):
        swap(file, file.with_name("none"))
    monkeypatch.setattr("sys.platform", "win32")
    assert not swap(file, file)


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that other users may reach, as those of pytest may not be."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        with suppress(OSError):
            Path(folder).chmod(0o755)


def as_user(user: int, groups: list[int], work: Callable[[], object]) -> str:
    """What comes of some work that another user does: the text of its error, or nothing."""
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        said = "died"
        try:
            os.setgroups(groups)
            os.setgid(user)
            os.setuid(user)
            os.umask(0o022)
            work()
            said = ""
        except BaseException as error:  # noqa: BLE001 - nothing of pytest may go on here
            said = f"{type(error).__name__}: {error}; {getattr(error, 'remedy', '')}"
        finally:
            os.write(writer, said.encode())
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said


@needs_root
def test_what_cannot_be_shared_is_refused_beforehand_with_the_remedy(shared: Path) -> None:
    file = shared / "file.json"
    file.write_bytes(BEFORE)
    cases: list[tuple[int, int, int, int, list[int], str]] = [
        # mode of the folder, its group, mode of the file, its group, groups of the user
        (0o2775, GROUP, 0o664, GROUP, [GROUP], ""),
        (0o2775, GROUP, 0o644, GROUP, [GROUP], "chmod g+w"),
        (0o2755, GROUP, 0o664, GROUP, [GROUP], "let your group write there"),
        (0o3775, GROUP, 0o664, GROUP, [GROUP], "sticky"),
        (0o777, 0, 0o606, GROUP, [], "chgrp GROUP"),
        (0o777, 0, 0o666, GROUP, [], ""),
    ]
    for folder_mode, folder_group, mode, group, groups, said in cases:
        os.chown(shared, 0, folder_group)
        shared.chmod(folder_mode)
        os.chown(file, 0, group)
        file.chmod(mode)
        told = as_user(1001, groups, lambda: replacing.refuse_unless_replaceable(file))
        assert (said in told) if said else not told, (folder_mode, mode, told)
        if not said:
            assert not as_user(1001, groups, lambda: write_bytes(file, BEFORE, before=BEFORE))
        else:
            assert as_user(1001, groups, lambda: write_bytes(file, OURS, before=BEFORE))
            assert file.read_bytes() == BEFORE
    assert not list(shared.glob(f"*{ENDING}"))
