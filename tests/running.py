"""Run `tm`: here, through its entry point, or as a process of its own.

A process takes a third of a second to start. Where it is not the process that is tested, `tm` runs
here, with everything that a process of its own would have; `test_running.py` compares the two.
"""

import gc
import io
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, chdir, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from types import ModuleType
from typing import IO, Any, Final, NamedTuple, NoReturn
from unittest import mock

import pytest

from targetmarkets.cli import app
from targetmarkets.cli.entry import start
from targetmarkets.cli.errors import exit_code

TM: Final = str(Path(sys.executable).with_name("tm"))
"""The installed program."""

Run = Callable[..., subprocess.CompletedProcess[str]]
"""Runs `tm` and returns its exit code, stdout and stderr."""


class Streams(NamedTuple):
    """What the three streams of a run are, as they are open."""

    stdin: IO[bytes]
    stdout: IO[bytes]
    stderr: IO[bytes]


@contextmanager
def streams(given: bytes = b"", stdout: IO[bytes] | None = None) -> Iterator[Streams]:
    """Files without a name, the first with what is given; or another stdout."""
    with TemporaryFile() as stdin, TemporaryFile() as file, TemporaryFile() as stderr:
        stdin.write(given)
        stdin.seek(0)
        yield Streams(stdin, stdout or file, stderr)


def written(file: IO[bytes]) -> str:
    """What was written to a file of a run."""
    file.seek(0)
    return file.read().decode("utf-8", "surrogateescape")


def call(
    arguments: Sequence[str],
    open_: Streams,
    *,
    env: Mapping[str, str],
    cwd: Path,
    stream: type[io.TextIOWrapper] = io.TextIOWrapper,
) -> int:
    """Run `tm` in this process, and return the exit code that a process of its own would have.

    The streams take the places of the three descriptors, so that programs that `tm` starts have
    them too. Afterwards everything is as it was before.
    """
    with ExitStack() as stack:
        enter = stack.enter_context
        enter(mock.patch.object(sys, "argv", [TM, *arguments]))
        # or Typer would take the program for `python -m pytest`, and look for another variable
        enter(mock.patch.object(sys.modules["__main__"], "__package__", None))
        for number, (name, file) in enumerate(open_._asdict().items()):
            enter(_descriptor(number, file))
            enter(mock.patch.object(sys, name, _opened(number, stream)))
        enter(mock.patch.object(logging.getLogger(), "handlers", []))
        enter(mock.patch.object(os, "_exit", _leave))
        enter(mock.patch.object(app, "exit_code", _exit_code))
        enter(mock.patch.dict(os.environ, env, clear=True))
        stack.callback(_let_rich_in, sys.modules.get("rich"))
        stack.callback(gc.enable)  # the program turns it off, as its own run is short
        stack.callback(os.umask, _umask())
        enter(chdir(cwd))
        code = start()
        for left in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # as `main` does
                left.flush()
    return code


@contextmanager
def _descriptor(number: int, file: IO[bytes]) -> Iterator[None]:
    """A file in the place of a descriptor."""
    kept = os.dup(number)
    os.dup2(file.fileno(), number)
    try:
        yield
    finally:
        os.dup2(kept, number)
        os.close(kept)


def _opened(number: int, stream: type[io.TextIOWrapper]) -> io.TextIOWrapper:
    """What Python makes of a descriptor where the locale is the worst."""
    raw = io.FileIO(number, "r" if number == 0 else "w", closefd=False)
    if number == 0:
        return io.TextIOWrapper(io.BufferedReader(raw), encoding="utf-8")
    buffer = io.BufferedWriter(raw)
    return stream(buffer, encoding="ascii", newline="\n", line_buffering=number == 2)


def _leave(code: int) -> NoReturn:
    raise AssertionError(f"left with {code}, and pytest with it")


def _exit_code(error: BaseException) -> int:
    """As `tm` has it, but that Ctrl-C and failures are meant for pytest."""
    if isinstance(error, KeyboardInterrupt | pytest.fail.Exception):
        raise error
    return exit_code(error)


def _let_rich_in(rich: ModuleType | None) -> None:
    """Undo how completion keeps Rich from being imported."""
    if sys.modules.get("rich", True) is None:
        del sys.modules["rich"]
        if rich:
            sys.modules["rich"] = rich


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def run_here(
    *arguments: str,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    input: str = "",  # noqa: A002 - as `subprocess.run` has it
) -> subprocess.CompletedProcess[str]:
    """Run `tm` in this process."""
    with streams(input.encode()) as open_, mock.patch.object(tempfile, "tempdir", None):
        code = call(arguments, open_, env={**os.environ, **(env or {})}, cwd=cwd)
        out, err = (
            written(file).replace("\r\n", "\n").replace("\r", "\n")  # as `subprocess.run` does
            for file in (open_.stdout, open_.stderr)
        )
    return subprocess.CompletedProcess([TM, *arguments], code, out, err)


def run_process(
    *arguments: str,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    input: str = "",  # noqa: A002 - as `subprocess.run` has it
) -> subprocess.CompletedProcess[str]:
    """Run the installed `tm`."""
    return subprocess.run(
        [TM, *arguments], input=input, capture_output=True, encoding="utf-8",
        errors="surrogateescape", env={**os.environ, **(env or {})}, cwd=cwd, check=False,
    )  # fmt: skip


def unmeasured() -> dict[str, str]:
    """The environment for processes of which coverage is not measured: many that do the same, or
    those that are killed, and would leave its figures broken.
    """
    return {name: value for name, value in os.environ.items() if "COVERAGE" not in name}


@contextmanager
def started(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """A process that does not outlive the test, whatever becomes of the test."""
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            process.kill()
