"""Count the lines that a screen of 80 columns gets.

    python benchmarks/screens.py [--columns 80] [--tm PATH]

Each customer, and each list and picture, as a pipe of that many columns has it or, for tables, a
terminal. Exits with 1 if one has more than 40 lines or a line that is wider.
"""

import argparse
import os
import pty
import subprocess
import sys
import sysconfig
from pathlib import Path

from targetmarkets import load
from targetmarkets.formats.document import SCREEN_LINES, SCREEN_WIDTH

PICTURES = ("", "list", "stats", "timeline", "matrix", "matrix --by category", "compare iran syria")
"""Commands whose output is meant for one screen."""


def screen(command: list[str], columns: int) -> list[str]:
    """The lines that a terminal gets."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "NO_COLOR": "1", "TERM": "xterm"}
    with subprocess.Popen(
        command, stdout=follower, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        os.close(follower)
        output = b""
        while part := _read(leader):
            output += part
    os.close(leader)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return output.decode().replace("\r\n", "\n").splitlines()


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # the other side is closed
        return b""


def main() -> int:
    """Count, print, and say whether everything fits."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--columns", type=int, default=SCREEN_WIDTH)
    parser.add_argument("--tm", default=str(Path(sysconfig.get_path("scripts")) / "tm"))
    options = parser.parse_args()
    too_large = False
    print(f"{'command':<48}{'lines':>6}{'widest':>8}")
    for words in (*PICTURES, *(f"show {id_}" for id_ in load().customers)):
        lines = screen([options.tm, *words.split()], options.columns)
        widest = max(map(len, lines))
        fits = len(lines) <= SCREEN_LINES and widest <= options.columns
        too_large |= not fits
        print(f"{f'tm {words}':<48}{len(lines):>6}{widest:>8}{'' if fits else '  TOO LARGE'}")
    return int(too_large)


if __name__ == "__main__":
    sys.exit(main())
