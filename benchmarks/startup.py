"""Measure how fast `tm` starts, beside the smallest program that its libraries allow.

    python benchmarks/startup.py [--rounds 30] [--tm PATH]

Every command runs once in each round, in a new order each time, so that a busy machine slows
all of them alike. Printed are medians, and their ratios to that of the smallest Typer and
Pydantic program of two commands; the ratios are what counts. Exits with 1 if a target is missed.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from targetmarkets.kb.paths import bundled

SMALLEST = """\
import typer
from pydantic import BaseModel

app = typer.Typer()


class Record(BaseModel):
    id: str
    name: str


@app.command("list")
def list_(limit: int = 10) -> None:
    print(Record(id="syria", name="Syria").model_dump_json())


@app.command()
def show(name: str) -> None:
    print(name)


app()
"""

TARGETS = {"tm list --json": 1.25, "tm list (table)": 1.5}
"""Ratios to the smallest program that must not be exceeded."""


def commands(tm: str, smallest: Path) -> dict[str, list[str]]:
    """The programs that are measured, by name."""
    python = sys.executable
    return {
        "python -c pass": [python, "-c", "pass"],
        "smallest program": [python, str(smallest), "list"],
        "tm --version": [tm, "--version"],
        "tm --help": [tm, "--help"],
        "tm list --json": [tm, "list", "--json"],
        "tm list (tsv)": [tm, "list"],
        "tm list (table)": [tm, "list", "--format", "table"],
        "tm show syria": [tm, "show", "syria"],
        "tm search": [tm, "search", "gas masks"],
        "tm verify": [tm, "verify"],
        "tm coverage": [tm, "coverage"],
        "tm stats": [tm, "stats"],
        "tm": [tm],
        "tm cite": [tm, "cite", "syria", "--format", "pandoc"],
        "tm diff": [tm, "diff", str(bundled()), str(bundled())],
        "tm add --help": [tm, "add", "claim", "--help"],
    }


def measure(programs: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """Seconds that each program took, in each of some rounds."""
    times: dict[str, list[float]] = {name: [] for name in programs}
    order = list(programs)
    # As installed: modules compiled once, in the first round, and not at every start.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for warm in range(rounds + 1):
        random.shuffle(order)
        for name in order:
            start = time.perf_counter()
            subprocess.run(programs[name], check=True, capture_output=True, env=environment)
            if warm:  # the first round fills caches
                times[name].append(time.perf_counter() - start)
    return times


def main() -> int:
    """Measure, print, and say whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--tm", default=str(Path(sysconfig.get_path("scripts")) / "tm"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        smallest = Path(folder) / "smallest.py"
        smallest.write_text(SMALLEST)
        times = measure(commands(options.tm, smallest), options.rounds)
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    missed = False
    print(f"{'program':<20}{'median ms':>10}{'ratio':>8}  target")
    for name, median in medians.items():
        ratio = median / medians["smallest program"]
        target = TARGETS.get(name)
        verdict = "" if target is None else f"{target}  {'met' if ratio <= target else 'MISSED'}"
        missed |= target is not None and ratio > target
        print(f"{name:<20}{median * 1000:>10.0f}{ratio:>8.2f}  {verdict}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
