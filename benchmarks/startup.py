"""Measure how fast `tm` starts, beside the smallest program that its libraries allow.

    python benchmarks/startup.py [--rounds 30] [--tm PATH] [--before PATH]

Every command runs once in each round, in a new order each time, so that a busy machine slows
all of them alike. Printed are medians of the processor time that the commands took, and their
ratios to that of the smallest Typer and Pydantic program of two commands, and to another `tm` where
one is named with `--before`; the ratios are what counts. Exits with 1 if a target is missed.
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
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


BEFORE = "before: "
"""What the names of commands of the other `tm` begin with."""


def commands(tm: str) -> dict[str, list[str]]:
    """The commands that are measured, by name."""
    return {
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
            start = _processor_time()
            subprocess.run(programs[name], check=True, capture_output=True, env=environment)
            if warm:  # the first round fills caches
                times[name].append(_processor_time() - start)
    return times


def _processor_time() -> float:
    """Seconds that the processes took that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Measure, print, and say whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--tm", default=str(Path(sysconfig.get_path("scripts")) / "tm"))
    parser.add_argument("--before", help="another tm, to compare with")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        smallest = Path(folder) / "smallest.py"
        smallest.write_text(SMALLEST)
        programs = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "smallest program": [sys.executable, str(smallest), "list"],
            **commands(options.tm),
        }
        if options.before:
            before = commands(options.before)
            del before["tm diff"]  # a file of today may be newer than it reads
            programs |= {f"{BEFORE}{name}": command for name, command in before.items()}
        times = measure(programs, options.rounds)
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    missed = False
    print(f"{'program':<20}{'median ms':>10}{'ratio':>8}{'before':>8}  target")
    for name, median in medians.items():
        if name.startswith(BEFORE):
            continue
        ratio = median / medians["smallest program"]
        other = medians.get(f"{BEFORE}{name}")
        compared = f"{median / other:.2f}" if other else ""
        target = TARGETS.get(name)
        verdict = "" if target is None else f"{target}  {'met' if ratio <= target else 'MISSED'}"
        missed |= target is not None and ratio > target
        print(f"{name:<20}{median * 1000:>10.0f}{ratio:>8.2f}{compared:>8}  {verdict}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
