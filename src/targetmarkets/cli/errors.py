"""From an exception to a message and an exit code: one table, one place."""

import os

import typer

from targetmarkets.cli.output import tell
from targetmarkets.errors import (
    DataError,
    InvalidError,
    OutputError,
    PassageError,
    RefusedError,
    SeveralError,
    TargetMarketsError,
    UnknownNameError,
    UsageError,
)

FOUND_EXIT_CODE = 1
"""Exit code of a check that found something."""

UNEXPECTED_EXIT_CODE = 3
"""Exit code of a fault of the program itself."""

INTERRUPTED_EXIT_CODE = 130
"""Exit code after Ctrl-C."""

MAX_FINDINGS_LISTED = 20
"""Findings that a message lists; `tm verify` lists all."""


def exit_code(error: BaseException) -> int:
    """Say what went wrong, and what was saved before it did, and return the exit code for it."""
    code = _said(error)
    for note in getattr(error, "__notes__", ()):
        tell(note, "look at it before you do it again")
    return code


def _said(error: BaseException) -> int:
    match error:
        case InvalidError() | RefusedError():
            lines = []
            for finding in error.findings[:MAX_FINDINGS_LISTED]:
                there = finding.line and isinstance(error, InvalidError)  # a draft has no lines
                where = f"line {finding.line}: " if there else ""
                place = ", ".join(filter(None, (finding.path, finding.id))) or "the file"
                lines.append(f"  {where}{place}: {finding.message}")
            if len(error.findings) > MAX_FINDINGS_LISTED:
                lines.append(f"  and {len(error.findings) - MAX_FINDINGS_LISTED} more")
            tell(error.message, error.remedy, lines)
            return error.exit_code
        case PassageError() | SeveralError() | UnknownNameError():
            tell(error.message, error.remedy, error.details)
            return error.exit_code
        case TargetMarketsError():
            tell(error.message, error.remedy)
            return error.exit_code
        case typer.TyperException():
            context = getattr(error, "ctx", None)
            command = context.command_path if context else "tm"
            tell(error.format_message(), f"{command} --help shows how it is used")
            return error.exit_code
        case typer.Exit():
            return error.exit_code
        case KeyboardInterrupt() | typer.Abort():
            tell("interrupted")
            return INTERRUPTED_EXIT_CODE
        case SystemExit():
            # Typer leaves this way with 0 after it completed a word, and with 1 when the reader
            # of its help stopped, which is no error.
            return 0
        case OSError():
            tell(f"the output cannot be written: {error.strerror}", "check where it goes")
            return OutputError.exit_code
    return _unforeseen(error)


def _unforeseen(error: BaseException) -> int:
    """What nothing here is made for: too little memory, or a fault of the program itself."""
    if isinstance(error, MemoryError):
        tell("there is not enough memory for it", "free some, or ask for less at a time")
        return DataError.exit_code
    if os.environ.get("TM_DEBUG"):
        raise error
    if "_TM_COMPLETE" in os.environ:
        tell("_TM_COMPLETE asks for completion, and not as a shell does", "unset it")
        return UsageError.exit_code
    tell(
        f"unexpected {type(error).__name__}: {error}",
        "this is a fault of tm: please report it, with what TM_DEBUG=1 adds",
    )
    return UNEXPECTED_EXIT_CODE
