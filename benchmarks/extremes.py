"""Measure what extreme inputs cost: exit code, peak memory, processor time, and the first message.

    python benchmarks/extremes.py [--tm PATH [--before]] [--only WORD]

Each input is made, given to `tm` as a process of its own, and removed. With `--tm` another build is
measured, to compare the two; with `--before` as well it is 0.1.0, where `show` was `show --full`.
Memory is the peak of the resident set, and no less than that of this program; time is that of the
processor.
A run ends when it takes more than ten minutes, or more than twelve gigabytes.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

MAX_SECONDS: Final = 600

MAX_MEMORY: Final = 12 << 30

MEGABYTE: Final = 1_000_000

TM: Final = str(Path(sys.executable).with_name("tm"))


def archived(folder: Path, data: bytes, **fields: Any) -> None:
    """A knowledge base of one source, whose archived text has some bytes."""
    texts = folder / "sources"
    texts.mkdir(parents=True, exist_ok=True)
    (texts / "text.txt").write_bytes(data)
    write(folder, hashlib.sha256(data).hexdigest(), **fields)


def write(folder: Path, sha256: str, **fields: Any) -> None:
    """The file of that knowledge base; `fields` are those of the bibliographic record."""
    archive = {"file": "text.txt", "sha256": sha256, "media_type": "text/plain"}
    source = {
        "id": "work",
        "bibliography": {"type": "book", "title": "T", **fields},
        "descriptor": "A work.",
        "archive": archive,
    }
    content = {"schema_version": 1, "sources": [source]}
    (folder / "customers.json").write_text(json.dumps(content), "utf-8")


def lines(megabytes: int) -> Callable[[Path], None]:
    """A text of short lines."""
    return lambda folder: archived(folder, b"a b c\n" * (megabytes * MEGABYTE // 6))


def repeated(megabytes: int, unit: bytes) -> Callable[[Path], None]:
    """A text that repeats itself."""
    return lambda folder: archived(folder, unit * (megabytes * MEGABYTE // len(unit)))


def sparse(megabytes: int) -> Callable[[Path], None]:
    """An archived text that takes no room on the disk."""

    def make(folder: Path) -> None:
        archived(folder, b"")
        with (folder / "sources" / "text.txt").open("r+b") as file:
            file.truncate(megabytes * MEGABYTE)

    return make


def dated(year: int) -> Callable[[Path], None]:
    """A work of a year."""
    return lambda folder: archived(folder, b"a\n", issued={"date-parts": [[year]]})


HALF_ALIKE: Final = "the quack brown fax jumps uver the lazy dag and then rests a little"

_SHOW, _COVER = ("show", "work", "--full"), ("coverage", "work", "--report-only")


def _quote(passage: str) -> tuple[str, ...]:
    return ("add", "quote", "work", passage, "--dry-run")


INPUTS: Final[Mapping[str, tuple[Callable[[Path], None], Sequence[str], int]]] = {
    "a year of thirty digits": (dated(10**30), ("list",), 0),
    "coverage of 1 MB of short lines": (lines(1), _COVER, 0),
    "coverage of 3 MB of short lines": (lines(3), _COVER, 0),
    "coverage of 15 MB of short lines": (lines(15), _COVER, 0),
    "show of a sparse archive of 900 MB": (sparse(900), _SHOW, 0),
    "show of 500,000 short lines": (lines(3), _SHOW, 0),
    "stdin of 500 MB": (lines(1), _quote("-"), 500),
    "stdin of 2,000 MB": (lines(1), _quote("-"), 2_000),
    "a string of 2 MB repeated, 'ab'": (repeated(2, b"ab"), _quote("ab" * 500), 0),
    "a string of 20 MB repeated, 'ab'": (repeated(20, b"ab"), _quote("ab" * 500), 0),
    "2 MB 'a-', missing": (repeated(2, b"a-"), _quote("a" * 300 + "b"), 0),
    "20 MB 'a-', missing": (repeated(20, b"a-"), _quote("a" * 300 + "b"), 0),
    "2 MB of one sentence, misquoted": (
        repeated(2, b"the quick brown fox jumps over the lazy dog. "), _quote(HALF_ALIKE), 0,
    ),
    "20 MB of one sentence, misquoted": (
        repeated(20, b"the quick brown fox jumps over the lazy dog. "), _quote(HALF_ALIKE), 0,
    ),
    "2 MB 'aaaab', misquoted": (repeated(2, b"aaaab"), _quote("aabaa" * 40), 0),
    "show of a text of 100 MB of zeros": (repeated(100, b"\0"), _SHOW, 0),
}  # fmt: skip
"""Each input: how it is made, what is asked, and how many megabytes of zeros come by stdin."""


def measure(tm: str, name: str, *, before: bool) -> str:
    """A line with what one input costs."""
    make, arguments, fed = INPUTS[name]
    arguments = [part for part in arguments if not (before and part == "--full")]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make(folder)
        said = folder / "said"
        code, usage = _run([tm, *arguments, "--kb", place], fed, said)
        message = said.read_text("utf-8", "replace").strip().partition("\n")[0]
    seconds = usage.ru_utime + usage.ru_stime
    return f"{name:<38}{code:>4}{usage.ru_maxrss // 1024:>8} MiB{seconds:>8.1f} s  {message[:90]}"


def _run(command: Sequence[str], fed: int, said: Path) -> tuple[int, Any]:
    """Exit code and use of resources of a process that is fed so many megabytes."""
    limited = ["prlimit", f"--as={MAX_MEMORY}", "timeout", "-s", "KILL", str(MAX_SECONDS), *command]
    with said.open("wb") as stderr:
        process = subprocess.Popen(
            limited, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=stderr
        )
        assert process.stdin is not None
        try:
            for _ in range(fed):
                process.stdin.write(b"x" * MEGABYTE)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has read enough
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage


def main() -> None:
    """Measure each input in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tm", default=TM)
    parser.add_argument("--only", default="", help="those whose name holds this")
    parser.add_argument("--before", action="store_true", help="what is measured is 0.1.0")
    options = parser.parse_args()
    print(f"{'input':<38}{'exit':>4}{'peak':>12}{'processor':>10}  message")
    for name in INPUTS:
        if options.only in name:
            print(measure(options.tm, name, before=options.before), flush=True)


if __name__ == "__main__":
    main()
