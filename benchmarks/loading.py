"""Measure what it takes to load a JSON file whole, beside another build.

    python benchmarks/loading.py [--sizes 10000 100000] [--rounds 3] [--before SRC]

Generates knowledge bases of so many claims and loads each in new processes, as a write does it:
with Python's search for garbage off. It is loaded as a file that nobody loaded before, with no
cache, and as one whose bytes were found sound before. `--before` names the `src` folder of another
build, which loads the same files in turn. Printed are CPU seconds, the least of the rounds, the
greatest memory in MB, and both as parts of what the other build takes.
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


class Way(NamedTuple):
    """A way of loading."""

    name: str
    src: Path | None = None
    """The folder of another build, or this one."""
    cached: str = "off"
    """Whether something may be kept in the cache."""


def loaded(file: Path, way: Way) -> Usage:
    """What it takes to load a file."""
    cache = str(file.parent / "cache")
    environment = {"PATH": os.environ["PATH"], "TM_INDEX": way.cached, "XDG_CACHE_HOME": cache}
    if way.src:
        environment["PYTHONPATH"] = str(way.src)
    child = subprocess.Popen([sys.executable, "-c", LOAD, str(file)], env=environment)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{file} could not be loaded: {way.name}")
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
    ways = [Way("met first"), Way("found sound before", cached="on")]
    if options.before:
        ways.append(Way("by the other build", options.before.resolve()))
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = made(Path(folder) / "kb", size)
            loaded(file, ways[1])  # finds it sound
            rounds = [[loaded(file, way) for way in ways] for _ in range(options.rounds)]
        usages = dict(zip(ways, map(least, map(list, zip(*rounds, strict=True))), strict=True))
        other = usages.get(ways[-1]) if options.before else None
        for way, usage in usages.items():
            line = f"{size:,} claims, {way.name}: {usage.seconds:.2f} s, {usage.megabytes:.0f} MB"
            if other and not way.src:
                line += f"; {usage.seconds / other.seconds:.2f} of the other's time, "
                line += f"{usage.megabytes / other.megabytes:.2f} of its memory"
            print(line, flush=True)


if __name__ == "__main__":
    main()
