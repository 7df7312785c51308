"""Change a knowledge base: one writer at a time, validated as a whole, written whole."""

import glob
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from targetmarkets.errors import InvalidError, OutputError, RefusedError, UsageError
from targetmarkets.evidence.archive import folders, stay
from targetmarkets.evidence.verification import prove
from targetmarkets.kb.files import read_bytes, read_text, write_bytes
from targetmarkets.kb.knowledge import Knowledge, load_text, write_canonical
from targetmarkets.kb.paths import FILE_NAME, bundled, find
from targetmarkets.model import integrity
from targetmarkets.model.objects import KnowledgeFile
from targetmarkets.writing.edits import tidy

PATIENCE: Final = 60
"""Seconds that a writer waits for another."""


class Draft(NamedTuple):
    """What a knowledge base is to become."""

    content: KnowledgeFile
    files: Mapping[str, bytes] = {}
    """Archived files to put beside it, by name."""


class Change(NamedTuple):
    """What a change came to."""

    before: str
    """Text of the file before it."""
    after: str
    """Text of the file after it, or what it would be."""
    content: KnowledgeFile | None = None
    """What that text says, if it is another one."""
    was: KnowledgeFile | None = None
    """What the text before said, if it had to be read."""


def change(
    kb: str | os.PathLike[str] | None, edit: Callable[[Knowledge], Draft], *, dry_run: bool = False
) -> Change:
    """Change a knowledge base, or with `dry_run` find out what would change.

    `edit` is given it as it is, after any writer before this one has finished. What it returns is
    written only if all of it is proved. Raises `RefusedError` where it is not, `UsageError` for the
    bundled knowledge base, `OutputError` where it cannot be written, and what `load` and `edit`
    raise.
    """
    loaded: list[Knowledge] = []

    def edited(text: str, path: Path) -> Draft | None:
        loaded[:] = [load_text(text, path)]
        draft = edit(loaded[0])
        return draft if draft.files or draft.content is not loaded[0].content else None

    done = rewrite(kb, edited, dry_run=dry_run)
    return done._replace(was=loaded[0].content)


def rewrite(
    kb: str | os.PathLike[str] | None,
    edit: Callable[[str, Path], Draft | None],
    *,
    dry_run: bool = False,
) -> Change:
    """The same for an edit of the text of a file, which need not load yet.

    An edit that comes to None leaves the file as it is, its layout included.
    """
    path = writable(kb)
    if dry_run:
        before = _unambiguous(path)
        draft = _tidied(edit(before, path))
        return Change(before, _proved(draft, path) if draft else before, draft and draft.content)
    if not path.is_file():
        read_text(path)  # says why, before a lock is left where there is nothing to change
    stay(folders(path)[0])
    with _alone(path):
        before = _unambiguous(path)
        draft = _tidied(edit(before, path))
        if draft is None:
            return Change(before, before)
        after = _proved(draft, path)
        _put_files(path, draft.files)
        if after != before:
            write_bytes(path, after.encode())
    return Change(before, after, draft.content)


def writable(kb: str | os.PathLike[str] | None) -> Path:
    """Path of a knowledge base that may be changed. Raises `UsageError` for the bundled one."""
    path = Path(os.path.realpath(find(kb)))
    if path == bundled():
        remedy = "tm init FOLDER makes a copy of it to change; then name that with --kb or TM_KB"
        raise UsageError("the bundled knowledge base is not changed", remedy)
    return path


def _unambiguous(path: Path) -> str:
    """The text of a file. Raises `InvalidError` if a key stands in it twice: one would be lost."""
    text = read_text(path)
    try:
        faults = list(integrity.repeated_keys(text))
    except (ValueError, RecursionError):
        return text  # whoever reads it says what is wrong
    if faults:
        message = f"{path} is not changed, because it can be read in two ways"
        findings = integrity.place(text, str(path), faults)
        raise InvalidError(message, "mend what is listed", findings)
    return text


def _tidied(draft: Draft | None) -> Draft | None:
    return draft and draft._replace(content=tidy(draft.content))


def _proved(draft: Draft, path: Path) -> str:
    """The text that a draft comes to. Raises `RefusedError` if anything in it is wrong."""
    text = write_canonical(draft.content)
    verification = prove(text, path, draft.files)
    if not verification.ok:
        raise RefusedError(
            "nothing was changed, because the result would not be right",
            "give it otherwise; what was wrong before is mended first: tm verify lists it",
            verification.findings,
        )
    return text


def _put_files(path: Path, files: Mapping[str, bytes]) -> None:
    """Put archived files in their folder, before the text that names them."""
    folder = folders(path)[0]
    for name, data in files.items():
        with suppress(OSError):
            folder.mkdir()
        target = folder / name
        if not os.path.lexists(target):
            write_bytes(target, data)
        elif target.is_symlink() or read_bytes(target) != data:
            raise OutputError(f"{target} is there already, and is another file", "try again")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other writers of the folder out, and sweep up what one that was killed may have left.

    Knowledge bases in one folder share their archived texts, and so the lock.
    """
    from filelock import FileLock, Timeout  # only writers need it

    lock = path.with_name(f".{FILE_NAME}.lock")
    if lock.is_symlink():
        raise OutputError(f"{lock} is a link, and no lock of ours", "delete it")
    try:
        with FileLock(lock, timeout=PATIENCE):
            # In the folder of archived texts every unfinished file is ours.
            unfinished = path.parent.glob(f".{glob.escape(path.name[:100])}.*.tmp")
            for left in (*unfinished, *folders(path)[0].glob(".*.tmp")):
                with suppress(OSError):
                    left.unlink()
            yield
    except Timeout as error:
        message = f"{path} has been locked by another writer for {PATIENCE} seconds"
        raise OutputError(message, "let it finish, and try again") from error
    except OSError as error:
        message = f"{path.parent} cannot be written: {error.strerror}"
        raise OutputError(message, "check the folder and its permissions") from error
