"""Everything that is printed goes through here; the only place that chooses a format."""

import io
import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from targetmarkets.errors import OutputError
from targetmarkets.formats.document import SCREEN_WIDTH, WIDEST
from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Look
from targetmarkets.kb.address import shown as without_passwords

LINKS_SINCE_VTE: Final = 5_000
"""Version 0.50 of the library behind GNOME Terminal and others, the first that shows links."""

PIECE_LENGTH: Final = 1 << 16
"""Characters of a list that are written at once."""

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
            from targetmarkets.kb.replacing import write_bytes  # most output goes to no file

            write_bytes(Path(self.file), text.encode())

    def emit_pieces(self, pieces: Iterable[str]) -> None:
        """Write the data as it comes; a file is there when all of it has come. Raises
        `OutputError`.
        """
        if self.file is None:
            emit_pieces(pieces)
            return
        from targetmarkets.kb.replacing import write_with  # most output goes to no file

        def put(new: Path) -> None:
            with new.open("w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)

        write_with(Path(self.file), put)


def destination(file: str | None = None, *, no_color: bool) -> Destination:
    """A file, or stdout and what it can show.

    `NO_COLOR` and `TERM=dumb` are honoured as `--no-color` is.
    """
    environment = os.environ
    if file is not None or not sys.stdout.isatty():
        return Destination(file, Look(sheet=_columns() or SCREEN_WIDTH))
    plain = no_color or environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
    width = shutil.get_terminal_size().columns
    links = not plain and has_links(environment)
    return Destination(None, Look(width=width, colour=not plain, links=links))


def width_of_messages() -> int:
    """Columns of what is told in sentences on stderr, which may not go where stdout goes."""
    width = _columns()
    if width is None:
        try:
            width = os.get_terminal_size(sys.stderr.fileno()).columns
        except (AttributeError, OSError, ValueError):  # it is closed, or no terminal
            width = SCREEN_WIDTH
    return min(width or SCREEN_WIDTH, WIDEST)


def _columns() -> int | None:
    """The width that `COLUMNS` asks for; None where it asks for none."""
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if re.fullmatch("[1-9][0-9]{0,3}", asked) else None


def has_links(environment: Mapping[str, str]) -> bool:
    """Whether a terminal says of itself that it is one of those that show links (OSC 8).

    None can be asked; one that does not know them may show their codes, so that in doubt there are
    none.
    """
    program, terminal = environment.get("TERM_PROGRAM"), environment.get("TERM", "")
    vte = environment.get("VTE_VERSION", "")
    return (
        program in {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"}
        or terminal.startswith(("xterm-kitty", "foot", "alacritty"))
        or "WT_SESSION" in environment
        or "KONSOLE_VERSION" in environment
        or (vte.isdecimal() and int(vte[:9]) >= LINKS_SINCE_VTE)
    )


def emit_pieces(pieces: Iterable[str]) -> None:
    """Write data to stdout as it comes. A reader that stops listening ends it."""
    waiting: list[str] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= PIECE_LENGTH:
            if not emit("".join(waiting)):
                return
            waiting, length = [], 0
    emit("".join(waiting))


def emit(text: str) -> bool:
    """Write data to stdout, as UTF-8 whatever the locale.

    A reader that stops listening is no error; then it is False. Raises `OutputError` if stdout
    cannot be written.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        return False
    except OSError as error:
        _forget_stdout()
        raise OutputError(f"stdout cannot be written: {error.strerror}", "free it") from error
    return True


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
            shown = visible(without_passwords(line))
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
    if sys.stdout is None:
        sys.stdout = _Closed()
    sys.argv = [os.fsencode(word).decode("utf-8", "surrogateescape") for word in sys.argv]
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)


class _Closed(io.TextIOBase):
    """A stdout that nobody opened: what would be printed there, by whomever, is refused."""

    def write(self, _text: str, /) -> int:
        """Raises `OutputError`."""
        raise OutputError("stdout is closed, so that nothing can be printed", "open it, or pipe it")


def _forget_stdout() -> None:
    """Keep the interpreter from flushing a broken stdout once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
