"""Copy a knowledge base, from one way of storing it to another: whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, overload

from targetmarkets import limits
from targetmarkets.errors import UsageError
from targetmarkets.evidence.archive import ArchivedText, folders, open_kept
from targetmarkets.kb.address import Address
from targetmarkets.kb.json_file import written_in_order
from targetmarkets.kb.opening import load
from targetmarkets.kb.paths import FILE_NAME, STORE_ENDING, locate
from targetmarkets.kb.replacing import ENDING, cannot_write
from targetmarkets.model.objects import Source
from targetmarkets.writing.transaction import put_beside

if TYPE_CHECKING:
    from pathlib import Path

    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.kb.paths import Named, Place
    from targetmarkets.kb.store.engine import Database

Progress = Callable[[int, int], None]

_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EMLINK})
"""What a file system says that gives a file one name only."""

EVERY: Final = 500
"""Objects between two reports of how much is done."""


@overload
def copy(source: Named, target: Path, progress: Progress | None = None) -> Path: ...


@overload
def copy(source: Named, target: Address, progress: Progress | None = None) -> Address: ...


def copy(source: Named, target: Place, progress: Progress | None = None) -> Place:
    """Copy a knowledge base with its archived texts to a place where there is none, and return
    that: a database on a server for an address, a store where the name ends in `.sqlite`, else a
    JSON file.

    Raises what `load` raises, `UsageError` for a place that is taken, `UnreadableError` for an
    archived text that is missing, and `OutputError`.
    """
    return put_copy(load(source), locate(target), progress)


def put_copy(kb: Knowledge, place: Place, progress: Progress | None = None) -> Place:
    """The same with a knowledge base that is open."""
    counted = _Counted(kb, progress)
    if isinstance(place, Address):
        _put_on_server(kb, place, counted)
        return place
    path = _free(place)
    put = _put_store if path.suffix == STORE_ENDING else _put_file
    try:
        with _unfinished(path) as new:
            put(kb, new, path, counted)
    except OSError as error:
        raise cannot_write(path, error) from error
    return path


def _free(path: Path) -> Path:
    """The file that a copy is to be. Raises `UsageError` where something is there."""
    if path.suffix not in {STORE_ENDING, ".json"}:
        path = path / FILE_NAME
    if os.path.lexists(path):
        message = f"{path} is there already, and is not overwritten"
        raise UsageError(message, "name a new file, or take that one away")
    return path


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """A file beside another, which takes that name when it is finished."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}{ENDING}")
    try:
        new.touch(exist_ok=False)
        yield new
        _name(new, path)
    finally:
        for left in (new, *(new.with_name(f"{new.name}{end}") for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)


def _name(new: Path, path: Path) -> None:
    """Give a file its name, over nobody's file."""
    try:
        os.link(new, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        new.rename(path)


class _Counted:
    """How much of a knowledge base is done."""

    def __init__(self, kb: Knowledge, progress: Progress | None) -> None:
        self._all = len(kb.objects)
        self._progress = progress
        self._done = 0

    def one(self) -> None:
        """One more object is."""
        self._done += 1
        if self._progress and (self._done % EVERY == 0 or self._done == self._all):
            self._progress(self._done, self._all)


def _put_store(kb: Knowledge, new: Path, _: Path, counted: _Counted) -> None:
    """Make a store. What is searched stands in it, too."""
    from targetmarkets.kb.store import filling, sqlite  # only a store needs a database

    database = sqlite.new(new)
    try:
        database.script(filling.tables(database.dialect))
        _fill(database, kb, counted)
        database.script(filling.indexes(database.dialect))
        sqlite.finish(database)
    finally:
        database.close()


def _put_on_server(kb: Knowledge, address: Address, counted: _Counted) -> None:
    """Make a store in a database on a server, in one transaction."""
    from targetmarkets.kb.store import filling
    from targetmarkets.kb.store.postgres.filling import new  # only an address needs a driver

    database = new(address)
    try:
        if not database.has_tables:
            database.make(filling.tables(database.dialect))
        _fill(database, kb, counted)
        if not database.has_tables:
            database.make(filling.indexes(database.dialect))
        database.finish()
    finally:
        database.close()


def _fill(database: Database, kb: Knowledge, counted: _Counted) -> None:
    """Fill the tables of a store."""
    from targetmarkets.kb.store import filling
    from targetmarkets.kb.store.texts import Words

    filling.say_whole(database, filling.said_by(kb))
    words = Words(database)
    archives: dict[str, int] = {}
    for item, place in filling.fill(database, filling.in_order(kb)):
        words.put_object(kb, item, place)
        if isinstance(item, Source) and item.archive:
            archives[item.id] = place
        counted.one()
    for id_, place in archives.items():
        for name, archived, is_text in _files(kb, kb.sources[id_]):
            filling.put_file(database, name, archived.data)
            if is_text and (text := archived.decoded()) is not None:
                words.put_text(id_, text, place)


def _put_file(kb: Knowledge, new: Path, path: Path, counted: _Counted) -> None:
    """Write a JSON file, with the archived texts in their folder."""
    with new.open("wb") as file:
        for piece in written_in_order(kb):
            file.write(piece)
            counted.one()
        file.flush()
        os.fsync(file.fileno())
    put: list[Path] = []
    try:
        for source in kb.archived:
            for name, archived, _ in _files(kb, source):
                target = folders(path)[0] / name
                if put_beside(target, archived.data, new):
                    put.append(target)
    except BaseException:
        for target in put:
            with suppress(OSError):
                target.unlink()
        raise


def _files(kb: Knowledge, source: Source) -> Iterator[tuple[str, ArchivedText, bool]]:
    """The archived text of a source and the document that it is from, by name, and whether it is
    the text. Raises `UnreadableError`.
    """
    if archive := source.archive:
        yield archive.file, open_kept(kb, archive.file), True
        if original := archive.original:
            yield original.file, open_kept(kb, original.file, limits.DOCUMENT), False
