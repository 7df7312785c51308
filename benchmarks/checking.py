"""Measure whether quotations are judged rightly, beside other programs, and what it takes.

    python benchmarks/checking.py [--seed 1] [--beside citations=PYTHON ...] [--large]

200 quotations are made of the archived texts and of the tutorial's document, in eight kinds; 35
more are written by hand (`checking_cases.py`). Each is cited from a source. Printed is, for each
kind, how often which verdict was given, and for each program how many false ones it passes and how
many true ones it refuses. A false one that passes, or a hard one that is judged wrongly, is exit
code 1.

`--beside` names a Python that has another program, pinned: citations, pagecite or buddie. It is
given the quotation and the text of the cited source, which is what each of them compares. RapidFuzz
is given the same, at the threshold that is best for it in hindsight.

`--large` makes 30 MB of sources and a draft of 100 pages with 300 quotations.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.fuzz import partial_ratio

from checking_cases import HARD
from targetmarkets.checking.check import Checker
from targetmarkets.checking.reading import read
from targetmarkets.evidence.doubt import doubts_in
from targetmarkets.importing.extract import extract
from targetmarkets.kb.json_file import load
from targetmarkets.kb.paths import bundled
from targetmarkets.records.checks import PROVED
from targetmarkets.text.sentences import sentences, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT: Final = Path(__file__).resolve().parents[1]
DOCUMENT: Final = ROOT / "docs" / "tutorial"
KINDS: Final = {
    "untouched": 30, "typography": 30, "word changed": 30, "hedge dropped": 20,
    "negation added": 20, "spliced": 25, "other source": 20, "invented": 25,
}  # fmt: skip
TRUE: Final = frozenset({"untouched", "typography"})

_FILLERS: Final = (
    *("lantern", "orchard", "copper", "harvest", "violin", "teacup", "meadow", "saddle", "pepper"),
    *("ribbon", "glacier", "hammock", "walnut", "chimney", "pebble", "sailor", "basket", "tulip"),
    *("ladder", "marble", "kettle", "cushion", "acorn", "drizzle"),
)
"""Words of which no source has any."""


class Case(NamedTuple):
    """A quotation, whose it is said to be, and whether it is real."""

    kind: str
    words: str
    source: str
    real: bool
    meant: str = ""
    """The passage from which it was made."""


def texts() -> dict[str, str]:
    """The archived texts, and that of the tutorial's document, by the names of their sources."""
    kb = load(bundled())
    seeds = bundled().parents[1] / "seeds"
    found = {s.id: (seeds / s.archive.file).read_text("utf-8") for s in kb.archived if s.archive}
    for path in sorted(DOCUMENT.iterdir()):
        if path.suffix in {".pdf", ".html", ".docx"}:
            found["tutorial"] = extract(path.read_bytes(), path.name).text
            break
    return found


def knowledge(folder: Path, of: Mapping[str, str]) -> Path:
    """A knowledge base that has these texts as its sources, and no claims."""
    (folder / "sources").mkdir(parents=True)
    sources = []
    for name, text in of.items():
        data = text.encode()
        (folder / "sources" / f"{name}.txt").write_bytes(data)
        archive = {
            "file": f"{name}.txt", "sha256": hashlib.sha256(data).hexdigest(),
            "media_type": "text/plain",
        }  # fmt: skip
        work = {"type": "book", "title": name}
        sources.append({"id": name, "bibliography": work, "descriptor": "A.", "archive": archive})
    path = folder / "customers.json"
    path.write_text(json.dumps({"schema_version": 2, "sources": sources}), "utf-8")
    return path


def passages(text: str) -> list[str]:
    """Sentences that are long enough to be changed, and stand once, as a reader copies them: whole,
    where they run over the lines and pages of a document.
    """
    whole = unwrapped(re.sub(r"(?<=\w)-\n(?=\w)", "", text))
    found = [whole[slice(*span)] for span in sentences(whole)]
    return [s for s in found if 8 <= len(s.split()) <= 45 and whole.count(s) == 1]


def letters(text: str) -> str:
    """Letters and digits alone, by which one text holds what another has."""
    return "".join(filter(str.isalnum, text))


def made(of: Mapping[str, str], chance: random.Random) -> list[Case]:
    """The quotations in their kinds."""
    pool = [(source, words) for source, text in of.items() for words in passages(text)]
    hedged = [(s, w) for s, w in pool if doubts_in(w)]
    cases = []
    for kind, count in KINDS.items():
        among = hedged if kind == "hedge dropped" else pool
        for _ in range(count):
            source, words = chance.choice(among)
            cases.append(_changed(kind, source, words, pool, of, chance))
    return cases


def _changed(
    kind: str,
    source: str,
    words: str,
    pool: Sequence[tuple[str, str]],
    of: Mapping[str, str],
    chance: random.Random,
) -> Case:
    parts = words.split(" ")
    match kind:
        case "untouched":
            return Case(kind, words, source, True, words)
        case "typography":
            return Case(kind, _retyped(words, chance), source, True, words)
        case "word changed":
            at = chance.choice(
                [n for n, word in enumerate(parts) if word.isalpha() and len(word) > 3]
            )
            parts[at] = chance.choice(_FILLERS)
            return Case(kind, " ".join(parts), source, False, words)
        case "hedge dropped":
            hedge = doubts_in(words)[0]
            changed = re.sub(rf"(?<!\w){re.escape(hedge)}(?!\w) ?", "", words, count=1)
            return Case(kind, changed.strip(), source, False, words)
        case "negation added":
            at = chance.randrange(2, len(parts) - 1)
            return Case(kind, " ".join((*parts[:at], "not", *parts[at:])), source, False, words)
        case "spliced":
            other = chance.choice([w for s, w in pool if w != words]).split(" ")
            joined = (*parts[: len(parts) // 2], *other[len(other) // 2 :])
            return Case(kind, " ".join(joined), source, False, words)
        case "other source":
            without = [name for name in of if letters(words) not in letters(of[name])]
            if without:
                return Case(kind, words, chance.choice(without), False, words)
            kind = "untouched"  # every source has it
            return Case(kind, words, source, True, words)
    size = chance.randrange(8, 20)
    return Case(kind, " ".join(chance.choice(_FILLERS) for _ in range(size)), source, False)


def _retyped(words: str, chance: random.Random) -> str:
    """The words as another keyboard or viewer has them."""
    changed = words.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    changed = changed.replace("–", "-")
    if chance.random() < 0.5:
        parts = changed.split(" ")
        at = chance.randrange(1, len(parts))
        changed = f"{' '.join(parts[:at])}\n{' '.join(parts[at:])}"
    return changed if changed != words else words.replace(" ", "  ", 1)


def ours(checker: Checker, cases: Sequence[Case]) -> list[tuple[str, str]]:
    """The verdict on each quotation, and the passage that is given."""
    found: list[tuple[str, str]] = []
    for case in cases:
        record = checker.passage_of(case.words, case.source)
        passage = record.passages[0].exact if record.passages else ""
        found.append((record.verdict, passage))
    return found


OTHERS: Final = {
    "citations": (
        "from citations.verify import resolve_in\n"
        "def judge(words, text): return resolve_in(words, text).state != 'not found'"
    ),
    "pagecite": (
        "from pagecite.verify import check_quote\n"
        "def judge(words, text): return check_quote(words, [1], [text]).ok"
    ),
    "buddie": (
        "from buddie.verbatim.check import Page\n"
        "pages = {}\n"
        "def judge(words, text):\n"
        "    if text not in pages: pages[text] = Page(text.encode(), 'text/plain; charset=utf-8')\n"
        "    return pages[text].locate(words)['verdict'].startswith('FOUND')"
    ),
}
"""How each of the other programs is asked whether a quotation stands in a text."""

_LOOP: Final = """
import json, sys
given = json.load(sys.stdin)
print(json.dumps([judge(words, given["texts"][source]) for words, source in given["cases"]]))
"""


def other(name: str, python: str, cases: Sequence[Case], of: Mapping[str, str]) -> list[bool]:
    """Which quotations another program passes."""
    given = {"texts": of, "cases": [(case.words, case.source) for case in cases]}
    done = subprocess.run(
        [python, "-c", OTHERS[name] + _LOOP],
        input=json.dumps(given), capture_output=True, text=True, check=True,
    )  # fmt: skip
    passed: list[bool] = json.loads(done.stdout)
    return passed


def by_likeness(cases: Sequence[Case], of: Mapping[str, str]) -> tuple[float, list[bool]]:
    """Which quotations RapidFuzz passes, at the threshold with the fewest mistakes."""
    scores = [partial_ratio(case.words, of[case.source]) for case in cases]

    def mistakes(threshold: float) -> int:
        pairs = zip(scores, cases, strict=True)
        return sum((score >= threshold) != case.real for score, case in pairs)

    best = min({*scores, 100.1}, key=mistakes)
    return best, [score >= best for score in scores]


def compared(name: str, passed: Iterable[bool], cases: Sequence[Case]) -> tuple[int, int]:
    """Print the mistakes of a program: false ones passed, and true ones refused."""
    pairs = list(zip(passed, cases, strict=True))
    false = sum(is_passed and not case.real for is_passed, case in pairs)
    refused = sum(not is_passed and case.real for is_passed, case in pairs)
    print(f"  {name:<24}{false:>4} false passed {refused:>4} true refused")
    return false, refused


def judged(
    checker: Checker, of: Mapping[str, str], cases: Sequence[Case], beside: Mapping[str, str]
) -> tuple[int, int]:
    """Print the verdicts on quotations and the mistakes of each program; our own are returned."""
    verdicts = ours(checker, cases)
    table: dict[str, Counter[str]] = defaultdict(Counter)
    named = 0
    altered = [case for case in cases if case.meant and case.kind in _ALTERED]
    for case, (verdict, passage) in zip(cases, verdicts, strict=True):
        table[case.kind][verdict] += 1
        if case in altered and verdict == "altered":
            named += _overlaps(passage, case.meant)
    for kind, counts in table.items():
        told = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
        print(f"  {kind:<24}{told}")
    if altered:
        print(f"  altered, with the right passage: {named} of {len(altered)}")
    mistakes = compared("tm check", (verdict in PROVED for verdict, _ in verdicts), cases)
    for name, python in beside.items():
        compared(name, other(name, python, cases, of), cases)
    threshold, passed = by_likeness(cases, of)
    compared(f"RapidFuzz at {threshold:.1f}", passed, cases)
    return mistakes


_ALTERED: Final = frozenset({"word changed", "hedge dropped", "negation added"})


def _overlaps(passage: str, meant: str) -> bool:
    """Whether the passage that is given is the one that was meant, or most of it."""
    one, two = set(passage.split()), set(meant.split())
    return len(one & two) > len(two) / 2


def large(chance: random.Random) -> None:
    """Check a draft of 100 pages with 300 quotations against 30 MB of sources."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    vocabulary = [
        "".join(chance.choices(letters, k=chance.randrange(2, 11))) for _ in range(60_000)
    ]
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    of = {}
    for number in range(300):
        words = chance.choices(vocabulary, weights, k=16_200)
        text = " ".join(words)
        of[f"source-{number}"] = re.sub(
            r"((?:\S+ ){14}\S+) ", lambda m: f"{m[0].capitalize()[:-1]}.\n", text
        )
    pages = []
    for number in range(300):
        name = f"source-{chance.randrange(300)}"
        lines = of[name].splitlines()
        quoted = chance.choice(lines).rstrip(".")
        if number % 3 == 1:
            parts = quoted.split(" ")
            parts[7] = "lantern"
            quoted = " ".join(parts)
        elif number % 3 == 2 and number % 2:
            quoted = " ".join(chance.choices(_FILLERS, k=14))
        filler = " ".join(chance.choices(vocabulary, weights, k=100))
        pages.append(f"{filler}. It says “{quoted}” [@{name}].\n")
    draft = "\n".join(pages)
    with tempfile.TemporaryDirectory() as folder:
        path = knowledge(Path(folder) / "kb", of)
        (Path(folder) / "draft.md").write_text(draft, "utf-8")
        size = sum(map(len, of.values())) / 1e6
        print(f"\n{size:.0f} MB of sources, a draft of {len(draft.split()) // 320} pages:")
        for what in "index made", "index there":
            started, spent = time.monotonic(), _children()
            subprocess.run(
                [sys.executable, "-m", "targetmarkets", "check", str(Path(folder) / "draft.md"),
                 "--kb", str(path), "-o", str(Path(folder) / "report.json")],
                check=False, capture_output=True,
            )  # fmt: skip
            took = _children() - spent
            print(f"  {what:<14}{took:6.1f} s of CPU, {time.monotonic() - started:6.1f} s")
        report = json.loads((Path(folder) / "report.json").read_text("utf-8"))
        print("  " + ", ".join(f"{n} {v}" for v, n in report["verdicts"].items() if n))
        _each(Checker(load(path)), draft)


def _each(checker: Checker, draft: str) -> None:
    """Print what a passage takes in one call of many."""
    found, _ = checker.quoted(read(draft.encode(), "draft.md"))
    checker.passage_of(found[0].text)  # opens the index
    spent = time.process_time()
    for quoted in found:
        checker.passage_of(quoted.text)
    print(f"  {(time.process_time() - spent) / len(found) * 1000:.1f} ms a passage")


def _children() -> float:
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Measure, print, and return the exit code."""
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--beside", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--large", action="store_true")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    beside = dict(pair.split("=", 1) for pair in asked.beside)
    of = texts()
    with tempfile.TemporaryDirectory() as folder:
        checker = Checker(load(knowledge(Path(folder) / "kb", of)))
        cases = made(of, chance)
        print(f"{len(cases)} quotations from {len(of)} sources:")
        false, _ = judged(checker, of, cases, beside)
        hard = [
            Case("honest" if real else "false", words, source, real) for words, source, real in HARD
        ]
        print(f"\n{len(hard)} hard ones:")
        wrong = sum(judged(checker, of, hard, beside))
        for case, (verdict, _) in zip(hard, ours(checker, hard), strict=True):
            if (verdict in PROVED) != case.real:
                print(f"  wrong: {verdict}: {case.words}")
    if asked.large:
        large(chance)
    return 1 if false or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
