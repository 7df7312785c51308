"""Run `tm` in this process, its stdout a pipe or a real pseudo-terminal, and keep all it wrote."""

import io
import os
import pty
import sys
from threading import Thread
from typing import NamedTuple

import pytest

from targetmarkets.cli.app import run


class Done(NamedTuple):
    """What a run came to."""

    code: int
    stdout: str
    stderr: str


def tm(*arguments: str, terminal: bool = False, columns: int = 80) -> Done:
    """A run of `tm`, with colour on a terminal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["tm", *arguments])
        patch.setenv("COLUMNS", str(columns))
        patch.setenv("TERM", "xterm-256color")
        messages = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
        patch.setattr(sys, "stderr", messages)
        code, shown = _on_terminal(patch) if terminal else _piped(patch)
        messages.flush()
        said = messages.buffer.getvalue().decode()
    return Done(code, shown, said)


def _piped(patch: pytest.MonkeyPatch) -> tuple[int, str]:
    output = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    patch.setattr(sys, "stdout", output)
    code = run()
    output.flush()
    return code, output.buffer.getvalue().decode()


def _on_terminal(patch: pytest.MonkeyPatch) -> tuple[int, str]:
    leader, follower = pty.openpty()
    got: list[bytes] = []
    reader = Thread(target=_drain, args=(leader, got))
    reader.start()
    with os.fdopen(follower, "w", encoding="utf-8") as output:
        patch.setattr(sys, "stdout", output)
        code = run()
    reader.join()
    os.close(leader)
    return code, b"".join(got).decode().replace("\r\n", "\n")


def _drain(leader: int, got: list[bytes]) -> None:
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # the other side is closed
            return
        if not part:
            return
        got.append(part)
