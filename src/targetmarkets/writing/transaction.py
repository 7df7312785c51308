"""Change a knowledge base: one writer at a time, proved where it changes, written whole.

with begin(kb) as transaction:
    transaction.add(claim)
    done = transaction.commit()
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from targetmarkets import limits
from targetmarkets.errors import (
    ConflictError,
    OutputError,
    RefusedError,
    UsageError,
    shorten,
)
from targetmarkets.evidence.archive import folders
from targetmarkets.evidence.verification import prove, prove_change, verify
from targetmarkets.kb.address import Address
from targetmarkets.kb.files import decode, read_bytes, sha256
from targetmarkets.kb.folders import none_left
from targetmarkets.kb.history import beside
from targetmarkets.kb.json_file import (
    FileKnowledge,
    laid_out,
    load_bytes,
    load_text,
    tidy,
    write_canonical,
)
from targetmarkets.kb.paths import FILE_NAME, Named, Place, bundled, file_of, is_store, locate
from targetmarkets.kb.replacing import note_saved, was_saved, write_bytes
from targetmarkets.kb.resolve import holders
from targetmarkets.model import integrity
from targetmarkets.model.integrity import sound
from targetmarkets.model.migration import version_of
from targetmarkets.model.objects import SCHEMA_VERSION
from targetmarkets.text.json_source import has_repeated_keys
from targetmarkets.writing.history import keep
from targetmarkets.writing.lock import alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from targetmarkets.errors import Finding
    from targetmarkets.kb.history import Versions
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.objects import KnowledgeFile
    from targetmarkets.model.stored import Stored

MIN_VERSION_DIGITS: Final = 8
"""Digits of a file's hash that name a version of it."""


_RESERVED: Final = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d) *(?:\..*)?|.*[. ]")
"""Names that are those of devices on Windows, or that it shortens."""


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

    def remove(self, *ids: str) -> None:
        """Take objects away. To commit that is refused while something refers to one."""

    def look(self) -> Knowledge:
        """The knowledge base as it would be with what was added so far."""

    def archive(self, files: Mapping[str, bytes]) -> None:
        """Put files beside the knowledge base, by name.

        Raises `UsageError` for a name that a clone elsewhere could not have.
        """

    def commit(self) -> Change:
        """Prove what was edited and what refers to it, and write it.

        Raises `RefusedError` where something would not be right, `ConflictError` where another
        program changed the file meanwhile, and `OutputError`.
        """


@contextmanager
def begin(
    kb: Named | None,
    *,
    dry_run: bool = False,
    if_version: str | None = None,
    why: str = "",
) -> Iterator[Transaction]:
    """Begin to change a knowledge base, after any writer before this one has finished.

    With `dry_run` all is done but the writing. `if_version` is the SHA-256 of the file that is
    meant, or its first digits; `why` is what its history says. Raises `UsageError` for
    the bundled one, unless nothing is written, `ConflictError` where the file is another, what
    `load` raises, and `OutputError` where it cannot be written.
    """
    path = writable(kb, dry_run=dry_run)
    if is_store(path):
        from targetmarkets.writing.stored import begin_store  # a file has no use for a database

        with begin_store(path, dry_run=dry_run, if_version=if_version, why=why) as stored:
            yield stored
        return
    path = file_of(path, "this")
    with nullcontext() if dry_run else alone(path):
        data = read_bytes(path)
        _compare(data, path, if_version)
        transaction = _FileTransaction(data, path, why, dry_run=dry_run)
        try:
            yield transaction
        except BaseException as error:
            if transaction.saved:
                note_saved(error, path)
            raise


class Edits(Transaction):
    """Edits that were not made yet."""

    def __init__(self, kb: Knowledge, *, dry_run: bool) -> None:
        self.kb = kb
        self._dry_run = dry_run
        self._items: dict[str, Stored] = {}
        self._removed: dict[str, Stored] = {}
        self._files: dict[str, bytes] = {}
        self.saved = False

    def add(self, *items: Stored) -> None:
        for item in items:
            in_the_way = [self._items[item.id]] if item.id in self._items else []
            there = [it for it in holders(self.kb, item.id) if it.id not in self._removed]
            if taken := in_the_way or there:
                raise self._taken(item, taken[0])
            self._items[item.id] = item

    def replace(self, *items: Stored) -> None:
        for item in items:
            there = self.kb.objects.get(item.id)
            if there and there.word() != item.word():
                raise self._taken(item, there)
            self._items[item.id] = item

    def _taken(self, item: Stored, by: Stored) -> RefusedError:
        fault = integrity.taken_id((), item.id, item.id, by.word())
        return refused(integrity.place(None, str(self.kb.path), [fault]))

    def remove(self, *ids: str) -> None:
        self._removed |= {id_: self.kb.objects[id_] for id_ in ids}

    def archive(self, files: Mapping[str, bytes]) -> None:
        for name in files:
            if _RESERVED.fullmatch(name):
                message = f"Windows can have no file of the name {name}"
                raise UsageError(message, "give the source another --id")
        self._files |= files


class _FileTransaction(Edits):
    """Edits of a JSON file, which is written anew as a whole."""

    kb: FileKnowledge

    def __init__(self, data: bytes, path: Path, why: str, *, dry_run: bool) -> None:
        super().__init__(load_bytes(data, path), dry_run=dry_run)
        self._data = data
        self._why = why

    def look(self) -> Knowledge:
        return self.kb.put(self._items.values())

    def commit(self) -> Change:
        if not self._items and not self._files and not self._removed:
            return Change(self.kb, self.kb)
        after = self.kb.put(self._items.values(), self._removed.values())
        known = self.kb.objects
        added = [id_ for id_ in self._items if id_ not in known]
        changed = [id_ for id_ in self._items if id_ in known]
        if findings := prove_change(after, added, changed, self._files, self._removed):
            raise refused(findings)
        if not self._dry_run:
            with none_left(folders(self.kb.path)[0]), _put_files(self.kb.path, self._files):
                text = laid_out(after.content, self.kb.content, self._data)
                ids = (*self._removed, *self._items)
                put(self.kb.path, self._data, text, self._why, differing(self.kb, after, ids))
                self.saved = True
            if len(text) >= integrity.LARGE and integrity.holds_together(after.content):
                from targetmarkets.kb.found_sound import Note  # a small one is not noted

                Note(self.kb.path, text).keep()
        return Change(self.kb, after)


class Rewriting(NamedTuple):
    """The text of a file before and after it was brought into another form."""

    before: str
    after: str


def rewrite(
    kb: Named | None,
    edit: Callable[[str, Path], KnowledgeFile],
    *,
    dry_run: bool = False,
    if_version: str | None = None,
) -> Rewriting:
    """Change the text of a file, which need not load yet, to what all of it is proved to be.

    Raises what `begin` and `edit` raise, and `RefusedError`.
    """
    path = writable(kb, dry_run=dry_run)
    if is_store(path):  # it has no form but one
        if not (verification := verify(path)).ok:
            raise refused(verification.findings)
        return Rewriting("", "")
    path = file_of(path, "this")
    with nullcontext() if dry_run else alone(path):
        data = read_bytes(path)
        _refuse_repeated_keys(data, path)
        _compare(data, path, if_version)
        before = data.decode()
        after = write_canonical(tidy(edit(before, path)))
        verification = prove(after, path)
        if not verification.ok:
            raise refused(verification.findings)
        if after != before and not dry_run:
            old = sound(
                data, trusted=True
            )  # of a file that did not load there is nothing to change back to
            objects = differing(FileKnowledge(old, path), load_text(after, path)) if old else {}
            put(path, data, after.encode(), "tm fmt", objects)
    return Rewriting(before, after)


def differing(
    before: Knowledge, after: Knowledge, ids: Iterable[str] | None = None
) -> dict[str, Versions]:
    """The objects that two versions do not have alike, of some or of all."""
    old, new = before.objects, after.objects
    pairs = {id_: (old.get(id_), new.get(id_)) for id_ in ids or [*old, *new]}
    return {id_: pair for id_, pair in pairs.items() if pair[0] != pair[1]}


def put(path: Path, before: bytes, after: bytes, why: str, objects: Mapping[str, Versions]) -> None:
    """Put the text of a file in the place of the one that was read, by who writes alone, and keep
    what changed by that, if an object did.

    Raises `OutputError`, and `ConflictError` where another program changed the file meanwhile.
    """
    beside(path)  # refuses a link while nothing is written
    with _older_kept(before, path):
        write_bytes(path, after, before=before)
    if objects:
        try:
            keep(path, after, why, objects)
        except BaseException as error:
            note_saved(error, path)
            raise


def writable(kb: Named | None, *, dry_run: bool = False) -> Place:
    """Where a knowledge base is that may be changed. Raises `UsageError` for the bundled one,
    unless it only seems to be.
    """
    place = locate(kb)
    if isinstance(place, Address):
        return place
    path = Path(os.path.realpath(place))
    if path == bundled() and not dry_run:
        remedy = "tm init FOLDER makes a copy of it to change; then name that with --kb or TM_KB"
        if not kb and Path(FILE_NAME).is_file():
            remedy = "that of the folder you are in is named by --kb . or TM_KB=."
        raise UsageError("the bundled knowledge base is not changed", remedy)
    return path


@contextmanager
def _older_kept(data: bytes, path: Path) -> Iterator[None]:
    """Keep a file of an older version beside the one that takes its place, unless one is there. If
    none does, it goes again: it may not be what will be replaced.
    """
    version = version_of(data)
    older = path.with_suffix(f".v{version}.json")
    if version is None or version >= SCHEMA_VERSION or os.path.lexists(older):
        yield
        return
    write_bytes(older, data, like=path)
    try:
        yield
    except BaseException as error:
        if not was_saved(error):
            with suppress(OSError):
                older.unlink()
        raise


def _compare(data: bytes, path: Path, if_version: str | None) -> None:
    """Raise `ConflictError` where a file is not of the version that is meant."""
    if if_version is not None:
        compare(sha256(data), path, if_version, f"what sha256sum {path} prints")


def compare(version: str, path: Place, if_version: str | None, told_by: str) -> None:
    """The same by the version; `told_by` is what tells it to a person."""
    if if_version is None:
        return
    if len(if_version) < MIN_VERSION_DIGITS or re.search("[^0-9a-fA-F]", if_version):
        message = f"{shorten(if_version)} is no version of a file"
        raise UsageError(message, f"give {told_by}")
    if not version.startswith(if_version.lower()):
        message = f"{path} is now of version {version[:16]}, and not {if_version[:16]}"
        raise ConflictError(message, "look at what changed, and do it again on that")


def refused(findings: Iterable[Finding]) -> RefusedError:
    """The error for a change that would not be right."""
    return RefusedError(
        "nothing was changed, because the result would not be right",
        "give it otherwise; what was wrong before is mended first: tm verify lists it",
        list(findings),
    )


def _refuse_repeated_keys(data: bytes, path: Path) -> None:
    """Raise `InvalidError` if a key stands twice in a file: one would be lost."""
    text = decode(data, str(path))
    try:
        repeated = has_repeated_keys(text)
    except (ValueError, RecursionError):
        return  # whoever reads it says what is wrong
    if repeated:
        load_text(text, path)


@contextmanager
def _put_files(path: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """Put archived files in their folder, before the text that names them is written.

    Where that fails, those that were not there before are taken away again.
    """
    folder = folders(path)[0]
    new = [folder / name for name in files if not os.path.lexists(folder / name)]
    try:
        for name, data in files.items():
            put_beside(folder / name, data, path)
        yield
    except BaseException as error:
        if not was_saved(error):
            for target in new:
                with suppress(OSError):
                    target.unlink()
        raise


def put_beside(target: Path, data: bytes, path: Path) -> bool:
    """Put an archived file where it belongs, for the same people as may use the knowledge base;
    False where it was there.
    """
    with suppress(OSError):
        target.parent.mkdir()
        target.parent.chmod(stat.S_IMODE(path.parent.stat().st_mode))
    if not os.path.lexists(target):
        write_bytes(target, data, like=path)
        return True
    if target.is_symlink() or read_bytes(target, limits.DOCUMENT) != data:
        raise OutputError(f"{target} is there already, and is another file", "try again")
    return False
