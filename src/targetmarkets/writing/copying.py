"""Copy a knowledge base, from one way of storing it to another.

What is copied is there as a whole or not at all; on a server it may go on where it was broken off,
and is read by nobody before it is whole.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Final, overload

from targetmarkets import limits
from targetmarkets.errors import UsageError
from targetmarkets.evidence.archive import ArchivedText, folders, open_kept
from targetmarkets.kb.address import Address
from targetmarkets.kb.folders import none_left
from targetmarkets.kb.json_file import written_in_order
from targetmarkets.kb.opening import load
from targetmarkets.kb.paths import FILE_NAME, STORE_ENDING, locate
from targetmarkets.kb.replacing import (
    ENDING,
    SECONDS_UNTIL_ABANDONED,
    cannot_write,
    shortened,
    sweep,
)
from targetmarkets.model.objects import Source
from targetmarkets.writing.transaction import put_beside

if TYPE_CHECKING:
    from pathlib import Path

    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.kb.paths import Named, Place
    from targetmarkets.kb.store.engine import Database
    from targetmarkets.kb.store.postgres.filling import Filling
    from targetmarkets.kb.store.texts import Words
    from targetmarkets.kb.store.unfinished import Unfinished
    from targetmarkets.model.stored import Stored

Progress = Callable[[int, int], None]
"""Is told how many objects are done, and of how many."""

_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EMLINK})
"""What a file system says that gives a file one name only."""

EVERY: Final = 500
"""Objects between two reports of how much is done."""

BATCH: Final = 1_000
"""Objects of one transaction on a server, or pages of archived files."""

PAGE: Final = 4_096
"""Bytes of a file that count as one object."""


@overload
def copy(
    source: Named, target: Path, progress: Progress | None = None, went_on: Progress | None = None
) -> Path: ...


@overload
def copy(
    source: Named,
    target: Address,
    progress: Progress | None = None,
    went_on: Progress | None = None,
) -> Address: ...


def copy(
    source: Named, target: Place, progress: Progress | None = None, went_on: Progress | None = None
) -> Place:
    """Copy a knowledge base with its archived texts to a place where there is none, and return
    that: a database on a server for an address, a store where the name ends in `.sqlite`, else a
    JSON file.

    On a server, a copy of the same that has not ended goes on, and `went_on` is told from where.
    Raises what `load` raises, `UsageError` for a place that is taken, `UnreadableError` for an
    archived text that is missing, and `OutputError`.
    """
    place = locate(target)
    if not isinstance(place, Address) and place.suffix == STORE_ENDING:
        from targetmarkets.writing import piecewise  # only a store is filled so

        if file := piecewise.large_file(source):

            def put(new: Path, path: Path) -> None:
                piecewise.put_pieces(file, progress, new)
                _name(new, path)

            with suppress(piecewise.NotPiecewiseError):
                return _made(place, put)
    return put_copy(load(source), place, progress, went_on)


def put_copy(
    kb: Knowledge, place: Place, progress: Progress | None = None, went_on: Progress | None = None
) -> Place:
    """The same with a knowledge base that is open."""
    counted = Counted(kb, progress)
    if isinstance(place, Address):
        _put_on_server(kb, place, counted, went_on)
        return place
    put = _put_store if place.suffix == STORE_ENDING else _put_file
    return _made(place, partial(put, kb, counted))


def _made(place: Path, put: Callable[[Path, Path], None]) -> Path:
    """Make a file whole or not at all: it is put into a new one, which is then given its name."""
    path = _free(place)
    try:
        with none_left(folders(path)[0]), none_left(path.parent), _unfinished(path) as new:
            put(new, path)
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
    """A file beside another, to be given that name when it is finished."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent, path.name, older_than=SECONDS_UNTIL_ABANDONED)
    new = path.with_name(f".{shortened(path.name)}.{secrets.token_hex(4)}{ENDING}")
    try:
        new.touch(exist_ok=False)
        yield new
    finally:
        for left in (new, *(new.with_name(f"{new.name}{end}") for end in ("-wal", "-shm"))):
            with suppress(OSError):  # whatever is left, the copy is there or it is not
                left.unlink()


def _name(new: Path, path: Path) -> None:
    """Give a file its name, over nobody's file."""
    try:
        os.link(new, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        new.rename(path)


class Counted:
    """How much of a knowledge base is done."""

    def __init__(self, kb: Knowledge, progress: Progress | None) -> None:
        self.all = len(kb.objects)
        self._progress = progress
        self.done = 0

    def one(self) -> None:
        """One more object is."""
        self.done += 1
        if self._progress and (self.done % EVERY == 0 or self.done == self.all):
            self._progress(self.done, self.all)


def _put_store(kb: Knowledge, counted: Counted, new: Path, path: Path) -> None:
    """Make a store. What is searched stands in it, too."""
    from targetmarkets.kb.store import filling, sqlite  # only a store needs a database

    database = sqlite.new(new)
    try:
        database.script(filling.tables(database.dialect))
        filling.say_whole(database, kb, filling.content_of(kb))
        for _weight in _fill(database, kb, counted):
            pass  # all of it is one transaction
        database.script(filling.indexes(database.dialect))
        sqlite.finish(database)
    finally:
        database.close()
    _name(new, path)


def _put_on_server(
    kb: Knowledge, address: Address, counted: Counted, went_on: Progress | None
) -> None:
    """Make a store in a database on a server, or go on with it: some objects at a time."""
    from targetmarkets.kb.store import filling
    from targetmarkets.kb.store.engine import LostError
    from targetmarkets.kb.store.postgres.filling import GO_ON, new  # needs a driver

    content = filling.content_of(kb)
    database = new(address)
    try:
        mark = _begun(database, kb, content, counted.all)
        counted.done = mark.done
        if went_on and mark.done:
            went_on(mark.done, mark.of)
        weight = 0
        for more in _fill(database, kb, counted):
            weight += more
            if weight >= BATCH:
                database.keep(mark.model_copy(update={"done": counted.done}))
                weight = 0
        database.finish(filling.indexes(database.dialect))
    except LostError as error:
        raise LostError(error.message, GO_ON) from None
    finally:
        database.close()


def _begun(database: Filling, kb: Knowledge, content: str, number: int) -> Unfinished:
    """What is kept of the copy of a knowledge base with some content, and that it has begun is
    kept, too.

    Raises `UsageError` where it is the copy of another one.
    """
    from targetmarkets.kb.store import filling
    from targetmarkets.kb.store.stored import sendable
    from targetmarkets.kb.store.unfinished import Unfinished

    source = sendable(str(kb.path))
    mine = Unfinished(source=source, fingerprint=filling.fingerprint(content), done=0, of=number)
    if (mark := database.mark) is None:
        if not database.has_tables:
            database.make(filling.tables(database.dialect))
        filling.say_whole(database, kb, content, mine.said())
        database.keep(mine)
    elif mark.fingerprint != mine.fingerprint:
        why = "it or tm has changed since" if source == mark.source else f"{source} is another"
        message = f"the copy of {mark.source} to {database.address} has not ended, and {why}"
        raise UsageError(message, "copy what was copied, or drop the tables first: docs/team.md")
    return mark or mine


def _fill(database: Database, kb: Knowledge, counted: Counted) -> Iterator[int]:
    """Fill the tables of a store, after what is done; for each object, how much it was."""
    from targetmarkets.kb.store import filling, sql
    from targetmarkets.kb.store.texts import Words

    words = Words(database)
    ((_, last),) = database.ask(sql.LAST_NUMBERS)
    words.begin(last)
    for item, place in filling.fill(database, filling.in_order(kb), counted.done):
        weight = put_words(words, kb, item, place)
        counted.one()
        yield weight


def put_words(words: Words, kb: Knowledge, item: Stored, place: int) -> int:
    """Let an object be found by its words, and keep the archived files of a source; how much that
    was, in objects.
    """
    from targetmarkets.kb.store import filling

    words.put_object(kb, item, place)
    weight = 1
    for name, archived, is_text in _files(kb, item) if isinstance(item, Source) else ():
        filling.put_file(words.database, name, archived.data)
        weight += len(archived.data) // PAGE
        if is_text and (text := archived.decoded()) is not None:
            words.put_text(item.id, text, place)
    return weight


def _put_file(kb: Knowledge, counted: Counted, new: Path, path: Path) -> None:
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
        _name(new, path)
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
