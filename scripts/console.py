"""Run the commands of the console blocks in a Markdown page, as a terminal would show them.

A block is a fence with the word `console`: commands, each after `$ ` with further lines after `> `,
and their outputs. The terminal has 80 columns and no colour. Blocks follow one another: what one
exports, the folder that it goes to, and what it leaves there, is there for the next.
"""

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

COLUMNS: Final = 80
"""The width of the terminal."""

_BLOCK = re.compile(r"(```console\n)(.*?)(```)", re.DOTALL)
_BAR = re.compile("\r?\x1b\\[\\?25l.*?\x1b\\[\\?25h\n", re.DOTALL)
"""What shows how much is done, to whoever waits: whether it is shown depends on the machine."""
_COMMAND = re.compile(r"^\$ [^\n]*\n(?:> [^\n]*\n)*", re.MULTILINE)


def filled(page: str, folder: Path | None = None) -> str:
    """The page with the output of every command that can be run here, in a folder."""
    exported: list[str] = []

    def run_block(match: re.Match[str]) -> str:
        fence, block, end = match.groups()
        if "| jq" in block and not shutil.which("jq"):
            return match[0]
        shown = []
        for command in _COMMAND.findall(block):
            script = "\n".join(line[2:] for line in command.splitlines())
            shown += [command, run("\n".join([*exported, script]), folder)]
            if script.startswith(("cd ", "export ")) and "&&" not in script:
                exported.append(script)
        return f"{fence}{''.join(shown)}{end}"

    return _BLOCK.sub(run_block, page)


def run(script: str, folder: Path | None = None, *, colour: bool = False) -> str:
    """Output of a shell script on a terminal, with `tm` of this environment on the path."""
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": str(COLUMNS),
        "NO_COLOR": "" if colour else "1",
        "TERM": "xterm",
        "PAGER": "cat",
    }
    environment.pop("TM_KB", None)
    leader, follower = pty.openpty()
    with subprocess.Popen(
        ["/bin/bash", "-c", script],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
        cwd=folder,
    ):
        os.close(follower)
        output = b""
        while part := _read(leader):
            output += part
    os.close(leader)
    return _BAR.sub("", output.decode().replace("\r\n", "\n"))


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""
