"""Measure what it takes to load a JSON file whole, beside another build.

    python benchmarks/loading.py [--sizes 10000 100000] [--rounds 3] [--before SRC]

Generates knowledge bases of so many claims and loads each in new processes, as a write does it:
with Python's search for garbage off. `--before` names the `src` folder of another build, which
loads the same files in turn. Printed are CPU seconds, the least of the rounds, the greatest memory
in MB, and both as parts of what the other build takes.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path
from typing import Final, NamedTuple

from generate import generate

LOAD: Final = """
import gc, sys
gc.disable()
from pathlib import Path
from targetmarkets.kb.json_file import load
assert load(Path(sys.argv[1])).claims
"""


class Usage(NamedTuple):
    """What a process took."""

    seconds: float
    megabytes: float


def loaded(file: Path, src: Path | None) -> Usage:
    """What it takes to load a file, by this build or by that of a folder."""
    environment = {"PATH": os.environ["PATH"]} | ({"PYTHONPATH": str(src)} if src else {})
    child = subprocess.Popen([sys.executable, "-c", LOAD, str(file)], env=environment)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{file} could not be loaded by {src or 'this build'}")
    return Usage(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def made(folder: Path, size: int) -> Path:
    """A knowledge base of so many claims. It is made by a process of its own: else what that takes
    would count as memory of each process that is started afterwards.
    """
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(generate, (folder, size, size * 300))


def least(usages: list[Usage]) -> Usage:
    """The one with the least time."""
    return min(usages, key=lambda usage: usage.seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What it takes to load a JSON file whole.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--before", type=Path)
    options = parser.parse_args()
    if options.before and not (options.before / "targetmarkets").is_dir():
        parser.error(f"{options.before} has no package targetmarkets")
    builds = [None, *([options.before.resolve()] if options.before else [])]
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = made(Path(folder) / "kb", size)
            rounds = [[loaded(file, src) for src in builds] for _ in range(options.rounds)]
        own, *other = map(least, map(list, zip(*rounds, strict=True)))
        print(f"{size:,} claims: {own.seconds:.2f} s, {own.megabytes:.0f} MB", end="")
        for before in other:
            print(f"; before {before.seconds:.2f} s, {before.megabytes:.0f} MB", end="")
            print(f"; {own.seconds / before.seconds:.2f} of the time,", end=" ")
            print(f"{own.megabytes / before.megabytes:.2f} of the memory", end="")
        print(flush=True)


if __name__ == "__main__":
    main()
