"""Change a knowledge base: one writer at a time, proved where it changes, written whole.

with begin(kb) as transaction:
    transaction.add(claim)
    done = transaction.commit()
"""

from __future__ import annotations

import glob
import os
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from targetmarkets import limits
from targetmarkets.errors import InvalidError, OutputError, RefusedError, UsageError
from targetmarkets.evidence.archive import folders, stay
from targetmarkets.evidence.verification import prove, prove_change
from targetmarkets.kb.files import read_bytes, read_text, write_bytes
from targetmarkets.kb.json_file import load_text, tidy, write_canonical
from targetmarkets.kb.paths import FILE_NAME, bundled, locate
from targetmarkets.kb.resolve import holders
from targetmarkets.model import integrity
from targetmarkets.model.migration import version_of
from targetmarkets.model.objects import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from targetmarkets.errors import Finding
    from targetmarkets.kb.json_file import FileKnowledge
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.objects import KnowledgeFile
    from targetmarkets.model.stored import Stored

LOCK_TIMEOUT: Final = 60
"""Seconds that a writer waits for another."""


class Change(NamedTuple):
    """What a change came to, or would come to."""

    before: Knowledge
    after: Knowledge


class Transaction(Protocol):
    """Edits of a knowledge base that are made together or not at all."""

    kb: Knowledge
    """The knowledge base as it is; nobody else changes it meanwhile."""

    def add(self, *items: Stored) -> None:
        """Add objects. Raises `RefusedError` for an id that is taken."""

    def replace(self, *items: Stored) -> None:
        """Put objects in the place of those with the same ids."""

    def archive(self, files: Mapping[str, bytes]) -> None:
        """Put files beside the knowledge base, by name."""

    def commit(self) -> Change:
        """Prove what was edited and what refers to it, and write it.

        Raises `RefusedError` where something would not be right, and `OutputError`.
        """


@contextmanager
def begin(kb: str | os.PathLike[str] | None, *, dry_run: bool = False) -> Iterator[Transaction]:
    """Begin to change a knowledge base, after any writer before this one has finished.

    With `dry_run` all is done but the writing. Raises `UsageError` for the bundled one, what
    `load` raises, and `OutputError` where it cannot be written.
    """
    path = writable(kb)
    with nullcontext() if dry_run else _alone(path):
        yield _FileTransaction(_unambiguous(path), path, dry_run=dry_run)


class _FileTransaction(Transaction):
    """Edits of a JSON file, which is written anew as a whole."""

    def __init__(self, text: str, path: Path, *, dry_run: bool) -> None:
        self.kb: FileKnowledge = load_text(text, path)
        self._text = text
        self._dry_run = dry_run
        self._items: dict[str, Stored] = {}
        self._files: dict[str, bytes] = {}

    def add(self, *items: Stored) -> None:
        for item in items:
            in_the_way = [self._items[item.id]] if item.id in self._items else []
            if taken := in_the_way or holders(self.kb, item.id):
                fault = integrity.taken_id((), item.id, item.id, taken[0].word())
                raise _refused(integrity.place(None, str(self.kb.path), [fault]))
            self._items[item.id] = item

    def replace(self, *items: Stored) -> None:
        self._items |= {item.id: item for item in items}

    def archive(self, files: Mapping[str, bytes]) -> None:
        self._files |= files

    def commit(self) -> Change:
        if not self._items and not self._files:
            return Change(self.kb, self.kb)
        after = self.kb.put(self._items.values())
        known = self.kb.objects
        added = [id_ for id_ in self._items if id_ not in known]
        changed = [id_ for id_ in self._items if id_ in known]
        if findings := prove_change(after, added, changed, self._files):
            raise _refused(findings)
        if not self._dry_run:
            _put_files(self.kb.path, self._files)
            _keep_older(self._text, self.kb.path)
            write_bytes(self.kb.path, write_canonical(after.content).encode())
        return Change(self.kb, after)


class Rewriting(NamedTuple):
    """The text of a file before and after it was brought into another form."""

    before: str
    after: str


def rewrite(
    kb: str | os.PathLike[str] | None,
    edit: Callable[[str, Path], KnowledgeFile],
    *,
    dry_run: bool = False,
) -> Rewriting:
    """Change the text of a file, which need not load yet, to what all of it is proved to be.

    Raises what `begin` and `edit` raise, and `RefusedError`.
    """
    path = writable(kb)
    with nullcontext() if dry_run else _alone(path):
        before = _unambiguous(path)
        after = write_canonical(tidy(edit(before, path)))
        verification = prove(after, path)
        if not verification.ok:
            raise _refused(verification.findings)
        if after != before and not dry_run:
            _keep_older(before, path)
            write_bytes(path, after.encode())
    return Rewriting(before, after)


def writable(kb: str | os.PathLike[str] | None) -> Path:
    """Path of a knowledge base that may be changed. Raises `UsageError` for the bundled one."""
    path = Path(os.path.realpath(locate(kb)))
    if path == bundled():
        remedy = "tm init FOLDER makes a copy of it to change; then name that with --kb or TM_KB"
        raise UsageError("the bundled knowledge base is not changed", remedy)
    return path


def _keep_older(text: str, path: Path) -> None:
    """Keep a file of an older version beside the one that takes its place, unless one is there."""
    version = version_of(text)
    if version is not None and version < SCHEMA_VERSION:
        older = path.with_suffix(f".v{version}.json")
        if not os.path.lexists(older):
            write_bytes(older, text.encode())


def _refused(findings: Iterable[Finding]) -> RefusedError:
    return RefusedError(
        "nothing was changed, because the result would not be right",
        "give it otherwise; what was wrong before is mended first: tm verify lists it",
        list(findings),
    )


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


def _put_files(path: Path, files: Mapping[str, bytes]) -> None:
    """Put archived files in their folder, before the text that names them."""
    folder = folders(path)[0]
    for name, data in files.items():
        with suppress(OSError):
            folder.mkdir()
        target = folder / name
        if not os.path.lexists(target):
            write_bytes(target, data)
        elif target.is_symlink() or read_bytes(target, limits.DOCUMENT) != data:
            raise OutputError(f"{target} is there already, and is another file", "try again")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other writers of the folder out, and sweep up what one that was killed may have left.

    Knowledge bases in one folder share their archived texts, and so the lock.
    """
    from filelock import FileLock, Timeout  # only writers need it

    if not path.is_file():
        read_text(path)  # says why, before a lock is left where there is nothing to change
    stay(folders(path)[0])
    lock = path.with_name(f".{FILE_NAME}.lock")
    if lock.is_symlink():
        raise OutputError(f"{lock} is a link, and no lock of ours", "delete it")
    try:
        with FileLock(lock, timeout=LOCK_TIMEOUT):
            # In the folder of archived texts every unfinished file is ours.
            unfinished = path.parent.glob(f".{glob.escape(path.name[:100])}.*.tmp")
            for left in (*unfinished, *folders(path)[0].glob(".*.tmp")):
                with suppress(OSError):
                    left.unlink()
            yield
    except Timeout as error:
        message = f"{path} has been locked by another writer for {LOCK_TIMEOUT} seconds"
        raise OutputError(message, "let it finish, and try again") from error
    except OSError as error:
        message = f"{path.parent} cannot be written: {error.strerror}"
        raise OutputError(message, "check the folder and its permissions") from error
