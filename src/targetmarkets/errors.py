"""Everything that targetmarkets raises on purpose, and how a message names what was given.

    TargetMarketsError
    ├── RequestError              what was asked for cannot be given        (exit 2)
    │   ├── UnknownNameError      no object has that id, name, alias or code
    │   ├── AmbiguousNameError    several have it
    │   ├── UsageError            a value, field, format or filter that does not apply
    │   │   └── SeveralError      several of these, or what is missing
    │   ├── MissingExtraError     an optional package that it needs is not installed
    │   ├── RefusedError          a change whose result would not be right
    │   └── ConflictError         a change of what somebody else changed meanwhile
    ├── PassageError              a passage stands nowhere, or in several   (exit 1)
    │                             places
    ├── DataError                 the knowledge base cannot be read         (exit 3)
    │   ├── UnreadableError       the file, or an archived text, is not there or not readable
    │   ├── DocumentError         a document to be archived cannot be read
    │   └── InvalidError          it was read, and does not have the shape of a knowledge base
    └── OutputError               the output cannot be written              (exit 3)

Every message says where, what is wrong, and what to do next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Finding(Protocol):
    """What a message tells of one thing that is wrong: see `model.findings.Finding`."""

    @property
    def check(self) -> str:
        """Name of the check that found it."""

    @property
    def line(self) -> int | None:
        """The line of that file, from 1, where there is one."""

    @property
    def path(self) -> str | None:
        """The JSON path within the knowledge base."""

    @property
    def id(self) -> str | None:
        """Id of the object concerned."""

    @property
    def message(self) -> str:
        """What is wrong."""

    @property
    def remedy(self) -> str:
        """What to do next."""


def shorten(text: str) -> str:
    """A text in quotes for a message: short, on one line, every character visible."""
    return repr(text if len(text) <= 60 else text[:59] + "…")


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

    def __init__(
        self,
        message: str,
        remedy: str | None = None,
        details: Sequence[str] = (),
        *,
        sought: str | None = None,
        suggests: bool = False,
    ) -> None:
        super().__init__(message, remedy)
        self.details = tuple(details)
        """What it means that there is none, in lines."""
        self.sought = sought
        """The name, where it was looked for in a knowledge base."""
        self.suggests = suggests
        """Whether the remedy names objects that may have been meant."""


class AmbiguousNameError(RequestError):
    """Several objects have that name."""


class UsageError(RequestError):
    """A value, a field, a format or a filter that does not apply."""


class SeveralError(UsageError):
    """Several things that do not apply or are missing, told at once."""

    def __init__(self, message: str, remedy: str | None, details: Sequence[str]) -> None:
        super().__init__(message, remedy)
        self.details = tuple(details)
        """Each of them, in lines."""


class MissingExtraError(RequestError):
    """An optional package that it needs is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs the extra {extra!r}, which is not installed",
            f"pip install 'targetmarkets[{extra}]', or '.[{extra}]' in the folder of a checkout",
        )


class RefusedError(RequestError):
    """A change was not made, because its result would not be right."""

    def __init__(
        self, message: str, remedy: str | None = None, findings: Sequence[Finding] = ()
    ) -> None:
        super().__init__(message, remedy)
        self.findings = tuple(findings)
        """Everything that would be wrong."""


class ConflictError(RequestError):
    """A change was not made, because what it was made on was changed by somebody else."""


class PassageError(TargetMarketsError):
    """A passage stands nowhere in an archived text, or in several places."""

    exit_code = 1

    def __init__(
        self, message: str, remedy: str | None = None, details: Sequence[str] = ()
    ) -> None:
        super().__init__(message, remedy)
        self.details = tuple(details)
        """The places that were found, each with what stands around it."""


class DataError(TargetMarketsError):
    """The knowledge base cannot be read."""

    exit_code = 3


class UnreadableError(DataError):
    """The file, or an archived text, is not there or cannot be read."""


class DocumentError(DataError):
    """A document that is to be archived cannot be read."""


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
