"""Measure how exports grow with a knowledge base, and that to SQLite beside sqlite-utils.

    python benchmarks/exports.py [--sizes 1000 100000] [--text 300] [--rounds 3]

Generates knowledge bases of so many claims, copies each into a store, and exports it to each target
in new processes. sqlite-utils makes the same tables in the same run: of the rows of our own export,
which it gets as JSON lines and need not compose, with the same keys, indexes and full-text search.
Printed are CPU seconds, the least of the rounds, since the machine may have other work; the
greatest memory in MB; how both grow; and whether the goals are met: growth at most linear, memory
at most 1.2 times that of the smallest, SQLite in at most 0.7 of the time of sqlite-utils.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from generate import generate
from scale import TM, Task, Usage, run
from targetmarkets.exports.registry import TARGETS
from targetmarkets.exports.tables import schema
from targetmarkets.exports.views import SEARCHED

MOST_MEMORY: Final = 1.2
"""How many times the memory of the smallest size the greatest may take."""

MOST_OF_SQLITE_UTILS: Final = 0.7
"""The part of the time of sqlite-utils that the export to SQLite may take."""

MOST_GROWTH: Final = 1.1
"""How much faster than the number of claims the time may grow."""


def rows_of(database: Path, folder: Path) -> None:
    """The rows of each table of an export, as JSON lines."""
    names = [*(table.name for table in schema.TABLES), "texts"]
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        for name in names:
            with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
                for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - ours
                    file.write(json.dumps(dict(row), ensure_ascii=False) + "\n")


BY_SQLITE_UTILS: Final = """
import itertools, json, pathlib, sys
import sqlite_utils
database, folder = sqlite_utils.Database(sys.argv[1]), pathlib.Path(sys.argv[2])
for name, keys, indexed in json.loads(sys.argv[3]):
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as file:
        database[name].insert_all(map(json.loads, file), pk=keys, batch_size=1000)
    for column in indexed if database[name].exists() else ():
        database[name].create_index([column])
for name, columns in json.loads(sys.argv[4]):
    database[name].enable_fts(columns, tokenize="unicode61 remove_diacritics 2")
database.close()
"""
"""What somebody writes to make the same tables by its library."""


def tables() -> str:
    """The tables, as that script takes them: name, key, and columns with an index."""
    told = [
        (
            table.name,
            table.key[0] if len(table.key) == 1 else table.key,
            [column.name for column in table.columns if column.to and column.name != table.key[0]],
        )
        for table in schema.TABLES
    ]
    return json.dumps([*told, ("texts", "source", [])])


def measured(size: int, text: int, rounds: int, folder: Path) -> dict[str, Usage]:
    """Each target at one size, and sqlite-utils, by name."""
    with get_context("spawn").Pool(1) as apart:  # or its memory would count for what it starts
        generated = apart.apply(generate, (folder / "kb", size, size * text))
    store, cache = folder / "kb.sqlite", folder / "cache"
    subprocess.run([TM, "copy", str(generated), str(store)], check=True, capture_output=True)
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    usages = {}
    for target in TARGETS.values():
        made = folder / f"out{target.ending}"
        command = [TM, "--kb", str(store), "export", target.name, "-o", str(made)]
        usages[target.name] = least(command, rounds, environment)
    rows_of(folder / f"out{TARGETS['sqlite'].ending}", folder)
    searched = json.dumps([*SEARCHED.items()])
    command = [sys.executable, "-c", BY_SQLITE_UTILS, "utils.db", str(folder), tables(), searched]
    usages["sqlite-utils"] = least(command, rounds, environment, folder / "utils.db")
    return usages


def least(
    command: Sequence[str], rounds: int, environment: dict[str, str], made: Path | None = None
) -> Usage:
    """The least time of some rounds, with its memory; what is made is made anew in each."""
    usages = []
    for nth in range(rounds):
        if made:
            made.unlink(missing_ok=True)
        words = [str(made) if word == "utils.db" else word for word in command]
        usages.append(run(Task("", lambda *_, words=words: words), Path(), nth, environment))
    return min(usages, key=lambda usage: usage.seconds)


def report(sizes: Sequence[int], columns: Sequence[dict[str, Usage]]) -> bool:
    """Print what was measured, and say whether the goals are met."""
    print("| claims | " + " | ".join(f"{size:,}" for size in sizes) + " | growth |")
    print("| --- |" + " --- |" * (len(sizes) + 1))
    met = True
    for name in columns[0]:
        usages = [column[name] for column in columns]
        shown = " | ".join(f"{u.seconds:.2f} s, {u.megabytes:.0f} MB" for u in usages)
        growths = [after.seconds / before.seconds for before, after in pairwise(usages)]
        memory = usages[-1].megabytes / usages[0].megabytes
        print(
            f"| {name} | {shown} | {' '.join(f'{g:.1f}' for g in growths)}, memory {memory:.2f} |"
        )
        if name in TARGETS:
            steps = [after / before for before, after in pairwise(sizes)]
            linear = all(g <= MOST_GROWTH * s for g, s in zip(growths, steps, strict=True))
            met &= linear and memory <= MOST_MEMORY
    part = columns[-1]["sqlite"].seconds / columns[-1]["sqlite-utils"].seconds
    print(f"\nsqlite takes {part:.2f} of the time of sqlite-utils; at most {MOST_OF_SQLITE_UTILS}")
    return met and part <= MOST_OF_SQLITE_UTILS


def main() -> int:
    """Measure, print, and say whether the goals are met."""
    parser = argparse.ArgumentParser(description="Measure exports.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 100_000])
    parser.add_argument("--text", type=int, default=300, help="characters for each claim")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    columns = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            columns.append(measured(size, options.text, options.rounds, Path(folder)))
    return int(not report(options.sizes, columns))


if __name__ == "__main__":
    sys.exit(main())
