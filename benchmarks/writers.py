"""Many writers at once: 16 that add 100 objects each, and 8 that edit one object 125 times each.

    .venv/bin/python benchmarks/writers.py

Each is a process of its own. Printed is how many changes are there in the end, of how many that
were made; and how many edits were refused, because somebody else had been quicker, and made again.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from targetmarkets.errors import ConflictError
from targetmarkets.kb.json_file import load
from targetmarkets.model.objects import Customer
from targetmarkets.writing.edits import build, rewritten, stored_text
from targetmarkets.writing.transaction import begin
from targetmarkets.writing.workspace import create

WRITERS: Final = 16
CHANGES: Final = 100
EDITORS: Final = 8
EDITS: Final = 125


def customer(id_: str) -> Customer:
    """One of which nothing matters but its id."""
    fields = {"id": id_, "name": id_, "kind": "state", "region": "Western Asia"}
    return build(Customer, fields)


def add(kb: Path, name: str) -> None:
    """Add objects, one after the other."""
    for number in range(CHANGES):
        with begin(kb) as transaction:
            transaction.add(customer(f"{name}-{number:03}"))  # none like another
            transaction.commit()


def edit(kb: Path, name: str) -> None:
    """Count one up in an object, again and again, and print how often that was refused."""
    done = refused = 0
    while done < EDITS:
        item = load(kb).customers["counted"]
        count = int(item.aliases[0]) if item.aliases else 0
        fields = json.loads(stored_text(item)) | {"aliases": [str(count + 1)]}
        try:
            with begin(kb) as transaction:
                transaction.replace(rewritten(transaction.kb, item, json.dumps(fields)))
                transaction.commit()
        except ConflictError:
            refused += 1
        else:
            done += 1
    print(f"{name} {refused}")


def at_once(kind: str, kb: Path, number: int) -> tuple[list[str], float]:
    """What so many processes print, and the seconds that they take together."""
    start = time.monotonic()
    processes = [
        subprocess.Popen(
            [sys.executable, __file__, kind, str(kb), f"w{n:02}"], stdout=subprocess.PIPE, text=True
        )
        for n in range(number)
    ]
    printed = [process.communicate()[0] for process in processes]
    if any(process.returncode for process in processes):
        sys.exit("a writer failed")
    return printed, time.monotonic() - start


def main() -> None:
    """Run both, and print what came of them."""
    with tempfile.TemporaryDirectory() as folder:
        kb = create(Path(folder) / "added", empty=True)
        _, seconds = at_once("add", kb, WRITERS)
        there, made = len(load(kb).customers), WRITERS * CHANGES
        print(f"{WRITERS} writers: {there:,} of {made:,} changes are there, {seconds:.0f} s")
        kb = create(Path(folder) / "edited", empty=True)
        with begin(kb) as transaction:
            transaction.add(customer("counted"))
            transaction.commit()
        printed, seconds = at_once("edit", kb, EDITORS)
        counted, edited = int(load(kb).customers["counted"].aliases[0]), EDITORS * EDITS
        refused = sum(int(line.split()[1]) for line in printed)
        print(
            f"{EDITORS} editors of one object: {counted:,} of {edited:,} edits are there, "
            f"{refused} were refused and made again, {seconds:.0f} s"
        )
    if (there, counted) != (made, edited):
        sys.exit("an update was lost")


if __name__ == "__main__":
    if sys.argv[1:] in (["-h"], ["--help"]):
        print(__doc__)
    elif sys.argv[1:]:
        {"add": add, "edit": edit}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
    else:
        main()
