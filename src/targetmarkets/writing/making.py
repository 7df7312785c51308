"""Make a knowledge base on a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.kb.paths import bundled
from targetmarkets.model.objects import SCHEMA_VERSION, KnowledgeFile
from targetmarkets.writing.copying import put_copy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from targetmarkets.kb.address import Address
    from targetmarkets.writing.copying import Progress

RIGHTS: Final[Mapping[str, str]] = {
    "nothing": "",
    "read": "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role};",
    "curate": """
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role};
        GRANT INSERT, UPDATE ON base TO {role};
        GRANT INSERT, UPDATE, DELETE
            ON object, name, link, facet, unit, alias, text, word, size TO {role};
        GRANT INSERT ON archived, content, change, history TO {role};
    """,
}
"""What a role needs for its part. What was changed is only ever added to."""


def make(address: Address, *, empty: bool = False, went_on: Progress | None = None) -> None:
    """Make the tables of a knowledge base in a database, with a copy of the bundled one or empty.

    One that has not ended goes on, and `went_on` is told from where. Where somebody who may make
    tables made them before by `statements`, they are filled. Raises `NotAllowedError` where there
    are none and this user may make none, `UsageError` where there is a knowledge base,
    `UnreadableError` and `OutputError`.
    """
    nothing = FileKnowledge(KnowledgeFile(schema_version=SCHEMA_VERSION), Path("nothing"))
    put_copy(nothing if empty else load(bundled()), address, went_on=went_on)


def statements() -> str:
    """The SQL that makes the tables and indexes, for whoever owns a database."""
    from targetmarkets.kb.store import filling
    from targetmarkets.kb.store.postgres.database import DIALECT
    from targetmarkets.kb.store.schema import in_lines

    return in_lines(filling.tables(DIALECT) + filling.indexes(DIALECT))
