"""Everything that is printed goes through here; the only place that chooses a format."""

import io
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from targetmarkets.errors import OutputError
from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Look
from targetmarkets.kb.files import write_bytes

MAX_MESSAGE_LENGTH: Final = 1_000
"""Characters of a message's line; what somebody typed can be of any length."""


class Destination(NamedTuple):
    """Where a command's data goes: to stdout, or whole to a file."""

    file: str | None
    look: Look

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads it as it comes."""
        return self.look.width is not None

    def emit(self, text: str) -> None:
        """Write the data. Raises `OutputError` if it cannot be written."""
        if self.file is None:
            emit(text)
        else:
            write_bytes(Path(self.file), text.encode())


def destination(file: str | None = None, *, no_color: bool) -> Destination:
    """A file, or stdout and what it can show.

    `NO_COLOR` and `TERM=dumb` are honoured as `--no-color` is.
    """
    if file is not None or sys.stdout is None or not sys.stdout.isatty():
        return Destination(file, Look())
    plain = no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    width = shutil.get_terminal_size().columns
    return Destination(None, Look(width=width, colour=not plain))


def emit(text: str) -> None:
    """Write data to stdout, as UTF-8 whatever the locale.

    A reader that stops listening is no error. Raises `OutputError` if stdout cannot be written.
    """
    if sys.stdout is None:
        raise OutputError("stdout is closed, so that nothing can be printed", "open it, or pipe it")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
    except OSError as error:
        _forget_stdout()
        raise OutputError(f"stdout cannot be written: {error.strerror}", "free it") from error


def tell(message: str, remedy: str | None = None, details: Iterable[str] = ()) -> None:
    """Write a message to stderr, harmless to a terminal; one that cannot be heard is dropped.

    It has a line, and so has each of its details: a line end in a name cannot make another, in
    which anything might be said.
    """
    lines = [f"tm: {message}", *details, *([f"    {remedy}"] if remedy else [])]
    if sys.stderr is None:
        return
    try:
        for line in lines:
            shown = visible(line)
            sys.stderr.write(
                (shown[:MAX_MESSAGE_LENGTH] + "…" if len(shown) > MAX_MESSAGE_LENGTH else shown)
                + "\n"
            )
        sys.stderr.flush()
    except OSError:
        pass


def use_utf8() -> None:
    """Read arguments and write output as UTF-8, whatever the locale.

    What is not UTF-8 in an argument is kept as lone surrogates, and escaped in a message.
    """
    if isinstance(getattr(sys.stdout, "buffer", None), io.RawIOBase):
        # Unbuffered, it would write what fits and say nothing of the rest.
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(sys.stdout.buffer))
    sys.argv = [os.fsencode(word).decode("utf-8", "surrogateescape") for word in sys.argv]
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _forget_stdout() -> None:
    """Keep the interpreter from flushing a broken stdout once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
