"""Measure a store beside the JSON file, plain SQL by hand and sqlite-utils, on the same records.

    python benchmarks/store.py [--sizes 1000 100000] [--text 300] [--rounds 3]
                               [--today TM [--today-kb FILE]]

Generates knowledge bases of so many claims, copies each into a store, and runs each command in new
processes. `--today` names another `tm`, such as that of the last version, in which the file is
measured; else it is this one. `--today-kb` is the file for it where it cannot read today's, such as
one that its own generator made with as many claims. Printed are CPU seconds, the least of the
rounds, since the machine may have other work; the greatest memory in MB; and for each goal whether
it is met. 1,000,000 claims take hours and some 20 GB for the JSON file, which no `tm` reads whole:
with `--store-only` nothing but the store is measured there.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Final, NamedTuple

from generate import generate
from scale import SQLITE_UTILS, TM, WORD, Task, Usage, prepare, run
from targetmarkets.kb.paths import bundled

ID: Final = "syria-officers"
CHOSEN: Final = ("list", "claims", "--customer", "syria", "--json")
ADD_CLAIM: Final = (
    *("add", "claim", "Syria bought {} tents.", "--about", "syria", "--kind", "market"),
    *("--certainty", "stated", "--speaker", "journalist:Who says it:narrates"),
    *("--reference", "rusi-2015"),
)
ADD_CUSTOMER: Final = (
    *("add", "customer", "Country {}", "--region", "Eastern Africa", "--kind", "state"),
)

WORK: Final = {
    "start": ("--version",),
    "show a claim": ("show", ID),
    "cite": ("cite", ID),
    "filtered list": CHOSEN,
    "search": ("search", WORD, "--json"),
    "list claims --json": ("list", "claims", "--json"),
    "list --json": ("list", "--json"),
    "verify": ("verify",),
    "verify a source": ("coverage", "rusi-2015"),
    "add claim": ADD_CLAIM,
    "add customer": ADD_CUSTOMER,
}
"""What is measured, by name."""

BY_HAND: Final = {
    "show a claim": f"WHERE id = '{ID}'",
    "filtered list": "JOIN link USING (number) "
    "WHERE target = 'syria' AND relation = 'claims_about' ORDER BY place",
    "search": "WHERE id IN (SELECT id FROM text JOIN unit ON number = text.rowid "
    "WHERE text MATCH '\"word 77\"')",
    "list claims --json": "WHERE type = 'claim' ORDER BY place",
}
"""The same work as SQL that somebody writes for it: no shape is checked, nothing is composed."""


SCRIPT: Final = """
import sqlite3, sys
for (body,) in sqlite3.connect(sys.argv[1]).execute("SELECT body FROM object " + sys.argv[2]):
    print(body)
"""


class Goal(NamedTuple):
    """What the store is to reach, as a part of what something else takes."""

    work: str
    beside: str
    """`file`, `bundled` or `sqlite-utils`."""
    seconds: float
    memory: float | None = None
    beyond_start: bool = False


GOALS: Final = (
    Goal("add claim", "file", 0.05, 0.05, beyond_start=True),
    Goal("add customer", "file", 0.05, 0.05, beyond_start=True),
    *(Goal(work, "bundled", 1.15) for work in ("show a claim", "cite", "filtered list")),
    *(Goal(work, "sqlite-utils", 0.5) for work in ("show a claim", "filtered list")),
    Goal("search", "file", 1.25),
    Goal("search", "sqlite-utils", 0.6),
    Goal("list claims --json", "file", 0.6, 0.1),
    Goal("list --json", "file", 0.6, 0.1),
    Goal("verify", "file", 0.6, 0.1),
)

Command = Callable[[int], Sequence[str]]
"""A command, by the number of the round."""

Found = dict[tuple[str, str], Usage]
"""What each work took, by its name and by what it was done on."""


def measure(command: Command, rounds: int, *, warm: bool) -> Usage:
    """The least CPU time and the memory of a command."""
    task = Task("", lambda _, nth: command(nth), ok=(0, 1))
    with tempfile.TemporaryDirectory() as cache:
        environment = {"PATH": "/usr/bin:/bin", "XDG_CACHE_HOME": cache, "HOME": cache}
        if warm:
            run(task, Path(), rounds, environment)
        usages = [run(task, Path(), nth, environment) for nth in range(rounds)]
    return min(usages, key=lambda usage: usage.seconds)


def tm(program: str, kb: Path, words: Sequence[str]) -> Callable[[int], list[str]]:
    """A command of `tm`, with the number of the round in it."""
    return lambda nth: [program, "--kb", str(kb), *(word.format(nth) for word in words)]


def commands(
    folder: Path, today: str, file: Path, *, store_only: bool
) -> Iterator[tuple[str, str, Command]]:
    """Every work, on what it is done, and its command."""
    store, database = folder / "kb.sqlite", str(folder / "other.db")
    for work, words in WORK.items():
        yield work, "store", tm(TM, store, words)
        yield work, "bundled", tm(TM, bundled(), words)
        if not store_only:
            yield work, "file", tm(today, file, words)
    for work, where in BY_HAND.items():
        yield work, "by hand", fixed(sys.executable, "-c", SCRIPT, str(store), where)
    if shutil.which(SQLITE_UTILS) and not store_only:
        rows = ("rows", database, "claims", "--where")
        about = "json_extract(value, '$.id') = 'syria'"
        about = f"exists (select 1 from json_each(about) where {about})"  # noqa: S608 - ours
        yield "show a claim", "sqlite-utils", fixed(SQLITE_UTILS, *rows, f"id = '{ID}'")
        yield "filtered list", "sqlite-utils", fixed(SQLITE_UTILS, *rows, about)
        yield "search", "sqlite-utils", fixed(SQLITE_UTILS, "search", database, "texts", WORD)


def fixed(*words: str) -> Command:
    """A command that is the same in each round."""
    return lambda _: words


def measured(size: int, options: argparse.Namespace) -> Found:
    """Everything at one size."""
    found: Found = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "kb"
        with get_context("spawn").Pool(1) as pool:  # the memory of this process counts for others
            pool.apply(generate, (folder, size, options.text * size))
            if not options.store_only:
                pool.apply(prepare, (folder,))
        store = str(folder / "kb.sqlite")
        found["copy", "store"] = measure(
            lambda _: ["sh", "-c", f"rm -f {store} && {TM} copy {folder} {store}"], 1, warm=False
        )
        if shutil.which(SQLITE_UTILS) and not options.store_only:
            _fill_other(folder)
        file = options.today_kb or folder / "customers.json"
        todo = commands(folder, options.today, file, store_only=options.store_only)
        for work, where, command in todo:
            if where == "bundled" and work.startswith("add"):
                continue  # it is not changed
            print(f"{size:,} claims: {work}, {where}", file=sys.stderr, flush=True)
            rounds = options.rounds if size < 100_000 or where != "file" else 1
            found[work, where] = measure(command, rounds, warm=where != "store")
    return found


def _fill_other(folder: Path) -> None:
    """A database of sqlite-utils, of the same records."""
    database = str(folder / "other.db")
    for words in (
        ["insert", database, "claims", str(folder / "claims.json"), "--pk", "id"],
        ["insert", database, "texts", str(folder / "texts.json"), "--pk", "id"],
        ["enable-fts", database, "texts", "text"],
    ):
        subprocess.run([SQLITE_UTILS, *words], check=True)


def report(size: int, found: Found) -> bool:
    """Print what was found at one size, and say whether all goals are met."""
    columns = ("file", "bundled", "store", "by hand", "sqlite-utils")
    print(f"\n{size:,} claims\n\n| work | {' | '.join(columns)} |")
    print("| --- |" + " ---: |" * len(columns))
    for work in dict.fromkeys(work for work, _ in found):
        usages = [found.get((work, where)) for where in columns]
        cells = [f"{u.seconds:.2f} s, {u.megabytes:.0f} MB" if u else "" for u in usages]
        print(f"| {work} | {' | '.join(cells)} |")
    print("\n| goal | reached | at most | |\n| --- | ---: | ---: | --- |")
    met = True
    for goal in GOALS:
        ours, theirs = found.get((goal.work, "store")), found.get((goal.work, goal.beside))
        if not ours or not theirs:
            continue
        less = found["start", "store"].seconds if goal.beyond_start else 0.0
        ratio = max(ours.seconds - less, 0.0) / max(theirs.seconds - less, 0.001)
        more = ours.megabytes / theirs.megabytes
        good = ratio <= goal.seconds and (goal.memory is None or more <= goal.memory)
        met &= good
        memory = (f", memory {more:.2f}", f", {goal.memory}") if goal.memory else ("", "")
        verdict = "met" if good else "**missed**"
        name = f"{goal.work}, beside {goal.beside}{' beyond start-up' * goal.beyond_start}"
        print(f"| {name} | {ratio:.2f}{memory[0]} | {goal.seconds}{memory[1]} | {verdict} |")
    return met


def main() -> int:
    """Measure, print, and say whether all goals are met."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--text", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--today", default=TM)
    parser.add_argument("--today-kb", type=Path)
    parser.add_argument("--store-only", action="store_true")
    options = parser.parse_args()
    met = [report(size, measured(size, options)) for size in options.sizes]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
