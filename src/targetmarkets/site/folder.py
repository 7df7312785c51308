"""Put a site in its place: whole or not at all, and over nothing but a site.

A site is written beside its folder, and then takes the folder's name in one step, where the system
has such a step. What stood there goes after that. Its marker lists its files: a folder that holds
anything else is not touched.
"""

from __future__ import annotations

import glob
import json
import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from targetmarkets.errors import UsageError
from targetmarkets.kb.folders import none_left, take_away
from targetmarkets.kb.replacing import (
    SECONDS_UNTIL_ABANDONED,
    cannot_write,
    umask,
    uninterrupted,
)
from targetmarkets.kb.swap import swap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MARKER: Final = "targetmarkets-site.json"
"""The file that marks a folder as a site of ours."""

ENDING: Final = ".tm-site.tmp"
"""What the names of unfinished sites end in."""

MADE_BY: Final = "targetmarkets"


class Difference(NamedTuple):
    """A file in which a folder is not the site that is made now."""

    what: str
    """`changed`, `missing`, or `not ours`."""
    path: str


def write(folder: Path, pages: Iterable[tuple[str, bytes]], made_from: str) -> int:
    """Write a site, and return how many pages it has.

    Raises `UsageError` for a folder that holds something else, and `OutputError`.
    """
    target = real(folder)
    refuse_unless_ours(target)
    with none_left(target.parent):
        return _write(target, pages, made_from)


def _write(target: Path, pages: Iterable[tuple[str, bytes]], made_from: str) -> int:
    import tempfile  # slow to import

    new: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        new = Path(tempfile.mkdtemp(ENDING, f".{target.name[:100]}.", target.parent))
        new.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o777 & ~umask())
        paths = _fill(new, pages, made_from)
        refuse_unless_ours(target)  # it may have been given something meanwhile
        _take_place(new, target)
    except (OSError, ValueError) as error:
        raise cannot_write(target, error) from error
    finally:
        if new is not None:
            take_away(new)
    return len(paths)


def compare(folder: Path, pages: Iterable[tuple[str, bytes]], made_from: str) -> list[Difference]:
    """Where a folder is not the site that is made now, byte for byte.

    Raises `UsageError` where it is no site.
    """
    root = real(folder)
    if not is_site(root):
        raise UsageError(f"{folder} is no site", f"tm site {folder} makes one")
    found: list[Difference] = []
    wanted = set[str]()
    files = dict(pages)
    files[MARKER] = _marker(files, made_from)
    for path, data in files.items():
        wanted.add(path)
        there = root / path
        if not there.is_file():
            found.append(Difference("missing", path))
        elif there.read_bytes() != data:
            found.append(Difference("changed", path))
    others = sorted(_files(root) - wanted)
    return [*sorted(found), *(Difference("not ours", path) for path in others)]


def real(folder: Path) -> Path:
    """A folder by its own name, not that of a link to it. Raises `UsageError`."""
    try:
        return Path(os.path.realpath(folder))
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder} is no name of a folder", "name another") from error


def is_site(folder: Path) -> bool:
    """Whether a folder has the marker of a site."""
    return _listed(folder) is not None


def made_from(folder: Path) -> str | None:
    """What a site was made from; None where there is none."""
    with suppress(KeyError, TypeError):
        return str(_told(folder)["made_from"])
    return None


def refuse_unless_ours(target: Path) -> None:
    """Refuse a folder that is neither empty nor a site, or holds more than that.

    Raises `UsageError`.
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise UsageError(f"{target} is not a folder", "name a folder")
    here = Path(os.path.realpath(Path.cwd()))
    if target == here or target in here.parents:
        raise UsageError(f"{target} is where you are", "name a folder below it")
    there = _files(target)
    if not there:
        return
    listed = _listed(target)
    if listed is None:
        message = f"{target} holds something else than a site, and is not touched"
        raise UsageError(message, "name a folder that is empty or not there yet")
    if others := sorted(there - listed - {MARKER}):
        shown = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if others[3:] else "")
        message = f"{target} holds {shown}, which is no part of its site"
        raise UsageError(message, "move that away, or name another folder")


def _sweep(target: Path) -> None:
    """Remove the sites that runs that were killed left beside a folder: ours by their name, of this
    user, and not touched for long.
    """
    for path in target.parent.glob(f".{glob.escape(target.name[:100])}.{'?' * 8}{ENDING}"):
        with suppress(OSError):
            status = path.lstat()
            mine = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
            old = time.time() - status.st_mtime > SECONDS_UNTIL_ABANDONED
            if stat.S_ISDIR(status.st_mode) and mine and old:
                take_away(path)


def _fill(new: Path, pages: Iterable[tuple[str, bytes]], made_from: str) -> dict[str, bytes]:
    paths: dict[str, bytes] = {}
    folders = set[Path]()
    for path, data in pages:
        file = new / path
        if file.parent not in folders:
            file.parent.mkdir(exist_ok=True)
            folders.add(file.parent)
        file.write_bytes(data)
        paths[path] = b""
    (new / MARKER).write_bytes(_marker(paths, made_from))
    return paths


def _marker(paths: Mapping[str, bytes], made_from: str) -> bytes:
    value = {"made_by": MADE_BY, "made_from": made_from, "files": sorted(paths)}
    return (json.dumps(value, indent=1) + "\n").encode()


def _take_place(new: Path, target: Path) -> None:
    """Give a new folder the name of another, which then has that of the new one."""
    with uninterrupted():
        if not target.exists():
            new.rename(target)
        elif not swap(new, target):
            old = target.rename(new.with_name(f"{new.name}.old"))
            try:
                new.rename(target)
            except OSError:
                old.rename(target)
                raise
            take_away(old)


def _files(folder: Path) -> set[str]:
    """Everything in a folder that is no folder, or is an empty one; links are not followed."""
    found = set[str]()
    for path, folders, files in os.walk(folder):
        inside = Path(path).relative_to(folder)
        links = [name for name in folders if (Path(path) / name).is_symlink()]
        found.update((inside / name).as_posix() for name in (*files, *links))
    return found


def _listed(folder: Path) -> set[str] | None:
    """The files that the marker of a folder lists; None where it has none."""
    with suppress(KeyError, TypeError):
        value = _told(folder)
        if value["made_by"] == MADE_BY:
            return {str(path) for path in value["files"]}
    return None


def _told(folder: Path) -> Any:
    """What the marker of a folder says; None where it has none."""
    with suppress(OSError, ValueError):
        return json.loads((folder / MARKER).read_text("utf-8"))
    return None
