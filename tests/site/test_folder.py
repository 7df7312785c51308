"""A site is put in its place whole, over nothing but a site, and told when it is stale."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from targetmarkets.errors import OutputError, UsageError
from targetmarkets.site import folder
from targetmarkets.site.folder import Difference

ONE = [("index.html", b"one"), ("claim/a.html", b"a")]
TWO = [("index.html", b"two"), ("claim/b.html", b"b")]


def files(path: Path) -> dict[str, bytes]:
    return {
        file.relative_to(path).as_posix(): file.read_bytes()
        for file in path.rglob("*")
        if file.is_file() and file.name != folder.MARKER
    }


def test_a_site_replaces_a_site_and_nothing_is_left_beside(tmp_path: Path) -> None:
    target = tmp_path / "new" / "pages"
    assert folder.write(target, ONE, "1") == 2
    assert folder.write(target, TWO, "2") == 2
    assert files(target) == dict(TWO)
    assert folder.made_from(target) == "2"
    assert list(target.parent.iterdir()) == [target]


def test_an_interrupted_build_leaves_the_old_site_whole(tmp_path: Path) -> None:
    target = tmp_path / "pages"
    folder.write(target, ONE, "1")

    def interrupted() -> Iterator[tuple[str, bytes]]:
        yield TWO[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folder.write(target, interrupted(), "2")
    assert files(target) == dict(ONE)
    assert list(tmp_path.iterdir()) == [target]


def test_sites_that_were_left_unfinished_are_swept_after_an_hour(tmp_path: Path) -> None:
    target = tmp_path / "pages"
    names = (
        f".pages.abcd1234{folder.ENDING}",  # of one that goes on, perhaps
        f".other.abcd1234{folder.ENDING}",
        f".pages.notes{folder.ENDING}",
        f".pages.abcd5678{folder.ENDING}",
    )
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("half")
        if name != names[0]:
            os.utime(tmp_path / name, (0, 0))
    folder.write(target, ONE, "1")
    assert {path.name for path in tmp_path.iterdir()} == {"pages", *names[:3]}


def test_where_a_site_cannot_be_written_no_folder_is_left(tmp_path: Path) -> None:
    def failing() -> Iterator[tuple[str, bytes]]:
        yield ONE[0]
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError):
        folder.write(tmp_path / "new" / "pages", failing(), "1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("swapped", [True, False])
def test_where_names_cannot_be_exchanged_a_site_is_replaced_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, swapped: bool
) -> None:
    target = tmp_path / "pages"
    folder.write(target, ONE, "1")
    if not swapped:
        monkeypatch.setattr(folder, "swap", lambda *_: False)
    folder.write(target, TWO, "2")
    assert files(target) == dict(TWO)
    assert list(tmp_path.iterdir()) == [target]


def test_where_the_new_one_cannot_take_the_place_the_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "pages"
    folder.write(target, ONE, "1")
    rename = Path.rename

    def refuse(self: Path, to: Path) -> Path:
        if self.name.endswith(folder.ENDING):
            raise PermissionError(13, "no")
        return rename(self, to)

    monkeypatch.setattr(folder, "swap", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OutputError):
        folder.write(target, TWO, "2")
    assert files(target) == dict(ONE)


def test_a_folder_that_holds_something_else_is_not_touched(tmp_path: Path) -> None:
    for name in ("thesis.txt", ".git/config"):
        target = tmp_path / name.replace("/", "-")
        (target / name).parent.mkdir(parents=True)
        (target / name).write_text("mine")
        with pytest.raises(UsageError, match="holds something else"):
            folder.write(target, ONE, "1")
        assert (target / name).read_text() == "mine"
    target = tmp_path / "pages"
    folder.write(target, ONE, "1")
    (target / "claim" / "CNAME").write_text("mine")
    with pytest.raises(UsageError, match="holds claim/CNAME, which is no part"):
        folder.write(target, TWO, "2")
    assert files(target) == {**dict(ONE), "claim/CNAME": b"mine"}
    (target / "claim" / "CNAME").unlink()
    (target / "link").symlink_to(tmp_path)
    with pytest.raises(UsageError, match="holds link"):
        folder.write(target, TWO, "2")


def test_a_marker_of_something_else_marks_no_site(tmp_path: Path) -> None:
    for text in ("", "{}", "[]", '{"made_by": "others", "files": []}', "\ud800"):
        (tmp_path / folder.MARKER).write_bytes(text.encode("utf-8", "surrogatepass"))
        assert not folder.is_site(tmp_path)
        with pytest.raises(UsageError):
            folder.write(tmp_path, ONE, "1")


def test_a_file_and_the_folder_where_one_is_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="is not a folder"):
        folder.write(tmp_path / "file", ONE, "1")
    (tmp_path / "empty" / "below").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "empty" / "below")
    with pytest.raises(UsageError, match="is where you are"):
        folder.write(Path(), ONE, "1")
    with pytest.raises(UsageError, match="is no name"):
        folder.write(Path("a\0b"), ONE, "1")


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    folder.write(tmp_path / "link", ONE, "1")
    assert (tmp_path / "link").is_symlink()
    assert files(tmp_path / "real") == dict(ONE)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
def test_where_nothing_may_be_written_it_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError):
        folder.write(tmp_path / "pages", ONE, "1")


def test_a_stale_site_is_told_by_its_files(tmp_path: Path) -> None:
    target = tmp_path / "pages"
    folder.write(target, ONE, "1")
    assert folder.compare(target, ONE, "1") == []
    (target / "more.html").write_text("mine")
    assert folder.compare(target, TWO, "1") == [
        Difference("changed", "index.html"),
        Difference("changed", folder.MARKER),
        Difference("missing", "claim/b.html"),
        Difference("not ours", "claim/a.html"),
        Difference("not ours", "more.html"),
    ]
    with pytest.raises(UsageError, match="is no site"):
        folder.compare(tmp_path / "nowhere", ONE, "1")
