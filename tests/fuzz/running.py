"""Run the program: here, through its entry point, or as a process of its own."""

import io
import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, Final
from unittest import mock

import shellingham
from typer import TyperException
from typer._click.core import Parameter

from tests.fuzz.box import Box
from tests.fuzz.budget import COUNTED
from tests.fuzz.law import Outcome, hold, spare
from tests.running import call, streams, written

PATIENCE: Final = 300
"""Seconds after which a run hangs."""


class HangError(BaseException):
    """A run did not end."""


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def run(
    box: Box,
    *words: str,
    env: Mapping[str, str | None] | None = None,
    stdin: bytes = b"",
    terminal: bool = False,
    shell: str | None = "bash",
) -> Outcome:
    """Run a line in a box, through the entry point, and hold it to the law."""
    before = box.snapshot()
    with ExitStack() as stack:
        enter = stack.enter_context
        open_ = enter(streams(stdin))
        enter(mock.patch.object(tempfile, "tempdir", str(box.folder / "tmp")))
        enter(mock.patch.object(shellingham, "detect_shell", _detect(shell)))
        enter(_alarm())
        code = call(
            words,
            open_,
            env=environment(box, env or {}),
            cwd=box.folder,
            stream=_Terminal if terminal else io.TextIOWrapper,
        )
        stdout, stderr = written(open_.stdout), written(open_.stderr)
    COUNTED.update(("here", f"with exit {code}"))
    outcome = Outcome(words, code, stdout, stderr, terminal)
    hold(outcome)
    spare(outcome, box, before)
    return outcome


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


def _detect(shell: str | None) -> Any:
    def detect() -> tuple[str, str]:
        if shell is None:
            raise shellingham.ShellDetectionFailure
        return shell, shell

    return detect


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
