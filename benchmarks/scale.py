"""Measure how the work of `tm` grows with a knowledge base, beside what else one might use.

    python benchmarks/scale.py [--sizes 100 1000 10000 100000] [--text 300] [--rounds 3] [--deep]

Generates knowledge bases of so many claims, with so many characters of archived text per claim,
and runs each command on each, in new processes. Printed are CPU seconds, the least of the rounds,
since the machine may have other work; the greatest memory in MB; and how both grow from one size
to the next. Exits with 1 if a command of `tm` grows by more than 11 for ten times the claims.

`jq`, `rg` and `sqlite-utils` (`pip install targetmarkets[bench]`) answer the same questions from
the same records in the same run, if they are installed, and must come to as many answers.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from generate import generate

MOST = 11
"""Growth for ten times the claims that must not be exceeded."""

TM = str(Path(sysconfig.get_path("scripts")) / "tm")
SQLITE_UTILS = str(Path(sysconfig.get_path("scripts")) / "sqlite-utils")

CHOSEN = ["list", "claims", "--customer", "syria", "--certainty", "alleged", "--json"]
JQ = '[.[] | select(.certainty == "alleged" and any(.about[]; .id == "syria"))]'
SQL = (
    "select id from claims where certainty = 'alleged' and exists "
    "(select 1 from json_each(about) where json_extract(value, '$.id') = 'syria')"
)
WORD = "word77"
"""A word that stands once in the archived texts of every size."""

ADD = ["add", "customer", "Country {}", "--region", "Eastern Africa", "--kind", "state"]
RARE = ["search", WORD, "--json"]


class Usage(NamedTuple):
    """What a process took."""

    seconds: float
    """CPU time of the process and those it waited for."""
    megabytes: float
    output: bytes
    """What it printed, if that was asked for."""


class Task(NamedTuple):
    """What is measured at each size."""

    name: str
    command: Callable[[Path, int], Sequence[str]]
    """The command for a folder and a round."""
    cache: str = "kept"
    """Whether an index is `kept`, made `anew` in each round, or `off`."""
    ok: Sequence[int] = (0,)
    """Exit codes that are no failure."""

    @property
    def is_compared(self) -> bool:
        """Whether other programs answer the same question."""
        return "filter" in self.name or "search" in self.name


def tm(*arguments: str) -> Callable[[Path, int], Sequence[str]]:
    """A command of `tm`; `{}` becomes the number of the round."""
    return lambda folder, nth: [TM, "--kb", str(folder), *(a.format(nth) for a in arguments)]


TASKS = (
    Task("list --json (everything)", tm("list", "--json")),
    Task("list (table)", tm("list", "--format", "table")),
    Task("list claims, filtered", tm(*CHOSEN)),
    Task("list claims, filtered, no index", tm(*CHOSEN), "off"),
    Task("show a customer", tm("show", "syria")),
    Task("show a claim", tm("show", "syria-officers")),
    Task("show a claim, making the index", tm("show", "syria-officers"), "anew"),
    Task("show a claim, no index", tm("show", "syria-officers"), "off"),
    Task("search", tm(*RARE)),
    Task("search, making the index", tm(*RARE), "anew"),
    Task("search, no index", tm(*RARE), "off"),
    Task("verify", tm("verify")),
    Task("coverage", tm("coverage"), ok=(0, 1)),
    Task("stats", tm("stats")),
    Task("add customer", tm(*ADD)),
    Task("fmt", tm("fmt")),
)


def others(folder: Path) -> Iterator[Task]:
    """What else there is for the same questions, each over what it reads best."""
    records, texts, database = (str(folder / n) for n in ("claims.json", "sources", "other.db"))
    if shutil.which("jq"):
        yield Task("jq: filter the records", lambda *_: ["jq", JQ, records])
    if shutil.which("rg"):
        yield Task("rg: search the texts", lambda *_: ["rg", "--word-regexp", WORD, texts])
    if shutil.which(SQLITE_UTILS):

        def fill(target: Path, nth: int) -> list[str]:
            (target / "other.db").unlink(missing_ok=True)
            script = (
                f"{SQLITE_UTILS} insert {database} claims {records} --pk id && "
                f"{SQLITE_UTILS} insert {database} texts {target / 'texts.json'} --pk id && "
                f"{SQLITE_UTILS} enable-fts {database} texts text"
            )
            return ["sh", "-c", script]

        yield Task("sqlite-utils: make the database", fill)
        yield Task("sqlite-utils: filter", lambda *_: [SQLITE_UTILS, "query", database, SQL])
        yield Task(
            "sqlite-utils: search", lambda *_: [SQLITE_UTILS, "search", database, "texts", WORD]
        )


def run(task: Task, folder: Path, nth: int, environment: dict[str, str]) -> Usage:
    """Run the command of a task to its end."""
    command = task.command(folder, nth)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=output, stderr=said, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in task.ok:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} failed: {said.read().decode()}")
        output.seek(0)
        printed = output.read() if task.is_compared else b""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, printed)


def measure(task: Task, folder: Path, rounds: int) -> Usage:
    """The least time and the memory of a task at one size."""
    cache = folder / "cache"
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "TM_INDEX": ""}
    if task.cache == "off":
        environment["TM_INDEX"] = "off"
    elif task.cache == "kept":
        run(task, folder, rounds, environment)  # fills the caches
    usages = []
    for nth in range(rounds):
        if task.cache == "anew":
            shutil.rmtree(cache, ignore_errors=True)
        usages.append(run(task, folder, nth, environment))
    return min(usages, key=lambda usage: usage.seconds)


def prepare(folder: Path) -> None:
    """Write what the other programs read: the records of claims, and the paragraphs."""
    listed = subprocess.run(
        [TM, "--kb", str(folder), "list", "claims", "--json"], capture_output=True, check=True
    )
    (folder / "claims.json").write_bytes(listed.stdout)
    paragraphs = [
        {"id": f"{path.name}:{nth}", "text": paragraph}
        for path in sorted((folder / "sources").iterdir())
        for nth, paragraph in enumerate(path.read_text("utf-8").split("\n\n"))
    ]
    (folder / "texts.json").write_text(json.dumps(paragraphs), "utf-8")


def agree(outputs: dict[str, bytes]) -> None:
    """Check that all who answer the same question come to as many answers."""
    filtered = {n: len(json.loads(out)) for n, out in outputs.items() if "filter" in n}
    found = {n: WORD.encode() in out for n, out in outputs.items() if "search" in n}
    if len(set(filtered.values())) > 1 or not all(found.values()):
        raise SystemExit(f"the answers differ: {filtered} {found}")


def measured(size: int, text: int, rounds: int, *, deep: bool) -> dict[str, Usage]:
    """Everything at one size, by the names of the tasks."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "kb"
        # In a process of their own: the memory of this one counts for those it starts.
        with get_context("spawn").Pool(1) as pool:
            pool.apply(generate, (folder, size, text * size), {"deep": deep})
            pool.apply(prepare, (folder,))
        tasks = (*TASKS[:-2], *others(folder), *TASKS[-2:])  # the last two change it
        usages = {}
        for task in tasks:
            print(f"{size:,} claims: {task.name}", file=sys.stderr, flush=True)
            usages[task.name] = measure(task, folder, rounds)
        agree({task.name: usages[task.name].output for task in tasks if task.is_compared})
        return usages


def report(sizes: Sequence[int], columns: Sequence[dict[str, Usage]]) -> bool:
    """Print a table, and say whether all of `tm` stays within the limit."""
    within = True
    heads = [f"{size:,}" for size in sizes]
    print("| command | " + " | ".join(heads) + " | growth of time | of memory |")
    print("| --- |" + " ---: |" * (len(sizes) + 2))
    own = {task.name for task in TASKS}
    for name in columns[0]:
        usages = [column[name] for column in columns]
        times = [later.seconds / max(sooner.seconds, 0.001) for sooner, later in pairwise(usages)]
        memory = [later.megabytes / sooner.megabytes for sooner, later in pairwise(usages)]
        limits = [MOST / 10 * after / before for before, after in pairwise(sizes)]
        good = all(g <= limit for g, limit in zip(times + memory, limits * 2, strict=True))
        within &= good or name not in own
        cells = [f"{usage.seconds:.2f} s, {usage.megabytes:.0f} MB" for usage in usages]
        growth = [" ".join(f"{ratio:.1f}" for ratio in ratios) for ratios in (times, memory)]
        mark = "" if good or name not in own else " **too much**"
        print(f"| {name} | " + " | ".join([*cells, *growth]) + f"{mark} |")
    return within


def main() -> int:
    """Measure, print, and say whether growth is within the limit."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    parser.add_argument("--text", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--deep", action="store_true")
    options = parser.parse_args()
    sizes = options.sizes
    columns = [measured(n, options.text, options.rounds, deep=options.deep) for n in sizes]
    return 0 if report(sizes, columns) else 1


if __name__ == "__main__":
    sys.exit(main())
