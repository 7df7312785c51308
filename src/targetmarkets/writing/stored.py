"""Change a store: each change is one transaction of its database, proved before it is kept."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from targetmarkets.errors import OutputError, TargetMarketsError
from targetmarkets.evidence.verification import prove_change
from targetmarkets.kb.address import Address
from targetmarkets.kb.replacing import note_saved, uninterrupted
from targetmarkets.kb.store import engines, sql
from targetmarkets.kb.store.changing import Changing, record
from targetmarkets.kb.store.engine import LostError, NoStoreError, until_back
from targetmarkets.kb.store.stored import StoredKnowledge, known, none_there, open_store
from targetmarkets.writing.history import now, who
from targetmarkets.writing.transaction import Change, Edits, compare, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from targetmarkets.kb.paths import Place
    from targetmarkets.model.stored import Stored


@contextmanager
def begin_store(
    path: Place, *, dry_run: bool, if_version: str | None, why: str
) -> Iterator[_StoreTransaction]:
    """Begin to change a store, after any writer before this one has finished.

    Raises `ConflictError` where it is not of the version that is meant, `UnreadableError` and
    `OutputError`.
    """
    if not isinstance(path, Address):  # a server is asked as its lock is taken
        open_store(path)  # nothing is done to what is none
    try:
        database = engines.writing(path)
    except NoStoreError as error:
        raise none_there(path) from error
    transaction = None
    try:
        kb = StoredKnowledge(path, database, said=known(path, database))
        compare(kb.says("version") or "", path, if_version, "what its table base says")
        transaction = _StoreTransaction(kb, why, dry_run=dry_run)
        yield transaction
    except BaseException as error:
        if transaction and transaction.saved:
            note_saved(error, path)
        else:
            database.roll_back()
        raise
    if not transaction.saved and not transaction.shown:
        database.roll_back()


class _StoreTransaction(Edits):
    """Edits of a store, made and proved in a transaction of its own."""

    kb: StoredKnowledge

    def __init__(self, kb: StoredKnowledge, why: str, *, dry_run: bool) -> None:
        super().__init__(kb, dry_run=dry_run)
        self._why = why
        self.shown = False
        """Whether what a dry run came to is looked at; it goes when the connection does."""

        self._old: dict[str, Stored | None] = {}
        """What was changed already, as it was before."""

    def look(self) -> StoredKnowledge:
        """The knowledge base with what was added so far, within the transaction."""
        if self._items or self._files:
            self._old = {**Changing(self.kb).change(self._items, self._files), **self._old}
            self._items, self._files = {}, {}
        return self.kb

    def commit(self) -> Change:
        """Prove what was edited and what refers to it, and keep it."""
        before = open_store(self.kb.path)  # nobody else writes, so it is what was read
        if not self._items and not self._files and not self._removed and not self._old:
            return Change(before, before)
        self.look()
        if self._removed:
            self._old = {**Changing(self.kb).change({}, {}, self._removed), **self._old}
        old = self._old
        kept = {id_: was for id_, was in old.items() if id_ not in self._removed}
        added = [id_ for id_, was in kept.items() if was is None]
        changed = [id_ for id_, was in kept.items() if was is not None]
        if findings := prove_change(self.kb, added, changed, {}, self._removed):
            raise refused(findings)
        version = record(self.kb, old, who(), self._why, now())
        if self._dry_run:
            self.shown = True
            return Change(before, self.kb)
        try:
            with uninterrupted():
                self.kb.database.commit()
                self.saved = True
        except LostError as error:
            return Change(before, self._as_kept(version, error))
        return Change(before, self.kb)

    def _as_kept(self, version: str, error: LostError) -> StoredKnowledge:
        """The store after the connection was lost while a change was kept.

        Raises the error, with what became of the change, as far as that can be known, unless it was
        kept.
        """
        try:
            kb = until_back(partial(_waited_for, self.kb.path))
            self.saved = bool(kb.database.ask(sql.HAS_CHANGE, (version,)))
        except TargetMarketsError:
            message = f"{error.message}; whether the change was kept is not known"
            remedy = f"look at tm log for version {version[:16]} before you do it again"
            raise OutputError(message, remedy) from None
        if not self.saved:
            raise OutputError(f"{error.message}; nothing was changed", "do it again") from None
        return kb


def _waited_for(place: Place) -> StoredKnowledge:
    """A store after whoever writes to it has come to an end, and so the transaction of a
    connection that was lost.
    """
    engines.writing(place).roll_back()
    return open_store(place)
