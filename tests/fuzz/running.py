"""Run the program: here, through its entry point, or as a process of its own."""

import gc
import io
import logging
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, Final, TextIO, cast
from unittest import mock

import shellingham
from typer import TyperException
from typer._click.core import Parameter

from targetmarkets.cli.entry import start
from tests.fuzz.box import Box
from tests.fuzz.law import Outcome, hold, spare

PATIENCE: Final = 300
"""Seconds after which a run hangs."""

COUNTED: Counter[str] = Counter()
"""How many cases were run, by kind."""


class HangError(BaseException):
    """A run did not end."""


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def run(
    box: Box,
    *words: str,
    env: Mapping[str, str | None] | None = None,
    stdin: bytes | None = b"",
    terminal: bool = False,
    shell: str | None = "bash",
) -> Outcome:
    """Run a line in a box, through the entry point, and hold it to the law."""
    before = box.snapshot()
    with ExitStack() as stack:
        enter = stack.enter_context
        streams = [_stream(enter(_file()), terminal) for _ in range(2)]
        enter(mock.patch.object(sys, "argv", ["tm", *words]))
        # or Typer would take the program for `python -m pytest`, and look for another variable
        enter(mock.patch.object(sys.modules["__main__"], "__package__", None))
        enter(mock.patch.object(sys, "stdout", streams[0]))
        enter(mock.patch.object(sys, "stderr", streams[1]))
        enter(mock.patch.object(sys, "stdin", _input(stdin)))
        enter(mock.patch.object(tempfile, "tempdir", str(box.folder / "tmp")))
        enter(mock.patch.object(logging.getLogger(), "handlers", []))
        enter(mock.patch.dict(os.environ, environment(box, env or {}), clear=True))
        stack.callback(_let_rich_in)
        enter(mock.patch.object(shellingham, "detect_shell", _detect(shell)))
        enter(_in_folder(box))
        enter(_alarm())
        try:
            code = start()
        finally:
            gc.enable()  # the program turns it off, as its own run is short
        stdout, stderr = (_written(stream) for stream in streams)
    COUNTED.update(("here", f"with exit {code}"))
    outcome = Outcome(words, code, stdout, stderr, terminal)
    hold(outcome)
    spare(outcome, box, before)
    return outcome


def _file() -> Any:
    """A file without a name, so that a stream has a descriptor of its own."""
    return tempfile.TemporaryFile()


def _let_rich_in() -> None:
    """Undo how completion keeps Rich from being imported."""
    if sys.modules.get("rich", True) is None:
        del sys.modules["rich"]


def environment(box: Box, env: Mapping[str, str | None]) -> dict[str, str]:
    """A plain environment with other variables; the home is always in the box."""
    plain = {
        "PATH": os.defpath,
        "HOME": str(box.folder / "home"),
        "TMPDIR": str(box.folder / "tmp"),
        "TM_KB": "kb",
        **{name: value for name, value in os.environ.items() if "COV" in name},
    }
    changed = {**plain, **env}
    return {name: value for name, value in changed.items() if value is not None}


def _stream(file: Any, terminal: bool) -> TextIO:
    kind = _Terminal if terminal else io.TextIOWrapper
    return kind(file, encoding="ascii", errors="strict", newline="", write_through=False)


def _written(stream: TextIO) -> str:
    stream.flush()
    stream.seek(0)
    data = cast("bytes", cast("Any", stream).buffer.read())
    return data.decode("utf-8", "surrogateescape")


def _input(data: bytes | None) -> TextIO | None:
    return None if data is None else io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")


def _detect(shell: str | None) -> Any:
    def detect() -> tuple[str, str]:
        if shell is None:
            raise shellingham.ShellDetectionFailure
        return shell, shell

    return detect


@contextmanager
def _in_folder(box: Box) -> Iterator[None]:
    here = os.getcwd()  # noqa: PTH109 - it is given back as it is
    os.chdir(box.folder)
    try:
        yield
    finally:
        os.chdir(here)


@contextmanager
def _alarm() -> Iterator[None]:
    """Raise an error in what does not end."""

    def ring(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def reached() -> Iterator[set[str]]:
    """The names of the parameters for which a line gives values that the parser takes."""
    names: set[str] = set()
    handle = Parameter.handle_parse_result

    def handle_and_note(self: Any, context: Any, options: Any, words: Any) -> Any:
        given = options.get(self.name) is not None
        try:
            return handle(self, context, options, words)
        finally:
            if given and not isinstance(sys.exception(), TyperException):
                names.add(self.name)

    with mock.patch.object(Parameter, "handle_parse_result", handle_and_note):
        yield names
