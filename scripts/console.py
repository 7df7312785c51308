"""Run the commands of the console blocks in a Markdown page, as a terminal would show them.

A block is a fence with the word `console`, a command after `$ ` with further lines after `> `,
and its output. The terminal has 80 columns and no colour.
"""

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

_BLOCK = re.compile(r"(```console\n)(\$ [^\n]*\n(?:> [^\n]*\n)*)(.*?)(```)", re.DOTALL)


def filled(page: str) -> str:
    """The page with the output of every command that can be run here."""
    return _BLOCK.sub(_run_block, page)


def _run_block(match: re.Match[str]) -> str:
    fence, command, _, end = match.groups()
    lines = command.splitlines()
    script = "\n".join(line[2:] for line in lines)
    if "| jq" in script and not shutil.which("jq"):
        return match[0]
    return f"{fence}{command}{run(script)}{end}"


def run(script: str) -> str:
    """Output of a shell script on a terminal, with `tm` of this environment on the path."""
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "TERM": "xterm",
    }
    environment.pop("TM_KB", None)
    leader, follower = pty.openpty()
    with subprocess.Popen(
        ["/bin/bash", "-c", script],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
    ):
        os.close(follower)
        output = b""
        while part := _read(leader):
            output += part
    os.close(leader)
    return output.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""
