"""Everything that targetmarkets raises on purpose.

    TargetMarketsError
    ├── RequestError              what was asked for cannot be given        (exit 2)
    │   ├── UnknownNameError      no object has that id, name, alias or code
    │   ├── AmbiguousNameError    several have it
    │   └── UsageError            a value, field, format or filter that does not apply
    ├── DataError                 the knowledge base cannot be read         (exit 3)
    │   ├── UnreadableError       the file, or an archived text, is not there or not readable
    │   └── InvalidError          it was read, and does not have the shape of a knowledge base
    └── OutputError               the output cannot be written              (exit 3)

Every message says where, what is wrong, and what to do next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from targetmarkets.findings import Finding


class TargetMarketsError(Exception):
    """An error with a message for the person who asked."""

    exit_code = 2

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        """Where it is, and what is wrong."""
        self.remedy = remedy
        """What to do next."""

    def __str__(self) -> str:
        return self.message


class RequestError(TargetMarketsError):
    """What was asked for cannot be given."""


class UnknownNameError(RequestError, KeyError):
    """No object has that id, name, alias or code."""


class AmbiguousNameError(RequestError):
    """Several objects have that name."""


class UsageError(RequestError):
    """A value, a field, a format or a filter that does not apply."""


class DataError(TargetMarketsError):
    """The knowledge base cannot be read."""

    exit_code = 3


class UnreadableError(DataError):
    """The file, or an archived text, is not there or cannot be read."""


class InvalidError(DataError):
    """The file was read, and does not have the shape of a knowledge base."""

    def __init__(
        self, message: str, remedy: str | None = None, findings: Sequence[Finding] = ()
    ) -> None:
        super().__init__(message, remedy)
        self.findings = tuple(findings)
        """Everything that stops it from loading."""


class OutputError(TargetMarketsError):
    """The output cannot be written."""

    exit_code = 3
