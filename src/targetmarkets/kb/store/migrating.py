"""Bring an older store to the version of this program, in one transaction."""

from collections.abc import Mapping

from targetmarkets.errors import OutputError
from targetmarkets.kb.paths import Place
from targetmarkets.kb.replacing import uninterrupted
from targetmarkets.kb.store import engines, sql
from targetmarkets.kb.store.engine import LostError, NoStoreError
from targetmarkets.kb.store.schema import MIGRATIONS, STORE_VERSION, in_lines


def older_version(place: Place) -> int | None:
    """The version of a store that has to be migrated; None for any other, and for what is none.

    Raises `UnreadableError`.
    """
    database = engines.reading(place)
    try:
        return _older(dict(database.ask(sql.BASE)))
    except NoStoreError:
        return None
    finally:
        database.close()


def migrate(place: Place) -> None:
    """Bring a store to the version of today, after any writer before has finished. Nobody sees it
    half done, and what is of today stays as it is.

    Raises `ForbiddenError` where this user may not, `UnreadableError` and `OutputError`.
    """
    database = engines.writing(place)
    try:
        version = _older(dict(database.ask(sql.BASE)))
        if version is not None:  # else somebody has done it meanwhile
            database.script(statements(version))
            with uninterrupted():
                database.commit()
    except BaseException as error:
        database.roll_back()
        if not isinstance(error, LostError):
            raise
        message = f"{error.message}; whether the store was brought to this version is not known"
        raise OutputError(message, "run tm init again, which does the rest or tells") from None
    database.close()


def for_owner(version: int) -> str:
    """The same as SQL for who may do it on a server: alone, since a writer of before may add what
    this looks for.
    """
    alone = "BEGIN;\nLOCK TABLE base IN SHARE ROW EXCLUSIVE MODE;\n"
    return f"{alone}{statements(version)}COMMIT;\n"


def statements(version: int) -> str:
    """The SQL that brings a store of a version to that of today."""
    steps = [MIGRATIONS[step] for step in range(version, STORE_VERSION)]
    said = f"UPDATE base SET value = '{STORE_VERSION}' WHERE name = 'store_version';"  # noqa: S608 - a number of ours
    return in_lines("".join([*steps, said]))


def _older(said: Mapping[str, str]) -> int | None:
    version = said.get("store_version", "")
    return int(version) if version.isdecimal() and int(version) in MIGRATIONS else None
