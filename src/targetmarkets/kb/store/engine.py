"""What a store asks of the engine that its tables are in."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from targetmarkets.errors import OutputError, TargetMarketsError, UnreadableError
from targetmarkets.model.types import SHOWN, HitKind

NAMED: Final = frozenset(type_.word for type_ in SHOWN if type_.is_named)
"""Kinds of hits that come first: what is found by a name."""

Damaged = Callable[[Exception | None], TargetMarketsError]
"""The error for a database that is found to be damaged."""

SECONDS_TO_RETURN: Final = 15
"""Seconds that a server which went away as a change was kept has to be there again."""

SECONDS_BETWEEN: Final = 0.5
"""Seconds between two tries."""

Seen = TypeVar("Seen")

Match = tuple[int, int]

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Marks around matches, of the code points that Unicode keeps for such uses."""

BLANKS: Final = dict.fromkeys(map(ord, ("\0", OPEN, CLOSE)), " ")
"""What a text may hold that would end it early or be taken for a mark."""


class Phrase(NamedTuple):
    """Words that are looked for side by side."""

    words: str
    """As `text/words.py` divides them, with one blank between two."""
    prefix: bool
    """Whether the last of them is but the beginning of one."""


class Sought(NamedTuple):
    """What the words of a text must have to be found."""

    wanted: Sequence[Sequence[Phrase]]
    """Of each of these, one phrase or more."""
    unwanted: Sequence[Phrase]
    """None of these."""


class Unit(NamedTuple):
    """A text that is found or not as a whole."""

    kind: HitKind
    id: str
    """What is found by it; of a passage of an archived text, the source."""
    start: int
    """Where it stands in the archived text, if it is of one."""
    end: int


class LostError(OutputError):
    """The connection to a server was lost: what was told last may have been kept or not."""


class ForbiddenError(OutputError):
    """A right to change something there is missing."""


class NoStoreError(UnreadableError):
    """Tables that are asked for are not there, or are not what this program makes."""


def until_back(look: Callable[[], Seen]) -> Seen:
    """What is seen of a server that went away: it may be starting anew, and then it is tried again.

    Raises what `look` does.
    """
    until = time.monotonic() + SECONDS_TO_RETURN
    while True:
        try:
            return look()
        except (LostError, UnreadableError):
            if time.monotonic() > until:
                raise
            time.sleep(SECONDS_BETWEEN)


class Database(Protocol):
    """A connection to a database, whose errors are ours. Statements write `?` for a value."""

    dialect: Mapping[str, str]
    """How it calls what the schema leaves open."""

    def damaged(self, error: Exception | None) -> TargetMarketsError:
        """The error for tables that are not what they were."""

    def ask(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows that answer a query."""

    def stream(self, query: str, values: Sequence[object] = ()) -> Iterator[Any]:
        """The same, one after the other: there may be more than memory holds."""

    def tell(self, statement: str, *rows: Sequence[object]) -> None:
        """Run a statement for each of some rows of values, or once without any."""

    def tell_all(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for each row of values."""

    def script(self, statements: str) -> None:
        """Run some statements, one by one: a transaction goes on."""

    def put_words(self, unit: int, words: str) -> None:
        """Let the divided words of a unit be found."""

    def drop_words(self, unit: int) -> None:
        """Let them be found no more."""

    def find(
        self, sought: Sought, kinds: Sequence[str]
    ) -> Iterator[tuple[Unit, list[Match] | None]]:
        """The units of some kinds that have what is sought, with the spans of matches in their
        divided words, where the engine knows them. Names come first, and then what fits best.
        """

    def vocabulary(self, like: str) -> list[str]:
        """The words that stand in some text and have the first letter of one, the frequent
        first.
        """

    def commit(self) -> None:
        """Keep what was told."""

    def roll_back(self) -> None:
        """Give up what was not kept, and the connection."""

    def close(self) -> None:
        """Give up the connection."""
