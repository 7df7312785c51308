"""Run `tm` in this process, its stdout a file or a real pseudo-terminal, and keep all it wrote."""

import os
import pty
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from tests.running import call, streams, written


class Done(NamedTuple):
    """What a run came to."""

    code: int
    stdout: str
    stderr: str


def tm(*arguments: str, terminal: bool = False, columns: int = 80) -> Done:
    """A run of `tm`, with colour on a terminal."""
    env = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color"}
    if terminal:
        return _on_terminal(arguments, env)
    with streams() as open_:
        code = call(arguments, open_, env=env, cwd=Path.cwd())
        return Done(code, written(open_.stdout), written(open_.stderr))


def _on_terminal(arguments: tuple[str, ...], env: dict[str, str]) -> Done:
    leader, follower = pty.openpty()
    got: list[bytes] = []
    reader = Thread(target=_drain, args=(leader, got))
    reader.start()
    with os.fdopen(follower, "wb") as output, streams(stdout=output) as open_:
        code = call(arguments, open_, env=env, cwd=Path.cwd())
        stderr = written(open_.stderr)
    reader.join()
    os.close(leader)
    return Done(code, b"".join(got).decode().replace("\r\n", "\n"), stderr)


def _drain(leader: int, got: list[bytes]) -> None:
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # the other side is closed
            return
        if not part:
            return
        got.append(part)
