"""Change single characters of the bundled knowledge base, and see whether verify finds each.

    python benchmarks/integrity.py [--changes 10000] [--seed 1] [--jobs 1]

Each change is made in memory, to the text of the file or to an archived text, and proved by
`prove`, as `tm verify` and every write do. What must come of it is worked out here from what was
changed, without the code under test (`expected.py`). There are three tables:

- what must be found: passages, spans, hashes, ids, references and archived texts. A change is
  placed where everything that it breaks is named, by check, file, JSON path, id and line, and
  nothing else is blamed but what refers to the changed object;
- what means nothing to a reader of JSON: white space between tokens, another escape;
- what only a version history can show: statements, dates, names and so on. Some of it is found
  all the same, because it breaks the shape of the file or a rule.

The rows `anywhere` are changes at any character of the whole file, uniformly, by where they fell.
Exit code 1 where something that must be found was missed or misplaced.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Final, NamedTuple

from expected import IDS, REFERENCES, Expected, Known, Place, Role
from targetmarkets.errors import InvalidError
from targetmarkets.evidence import verification
from targetmarkets.kb.paths import bundled

LOOK_ALIKE: Final = dict(zip("aceopxyiABEKMHOPCTX", "асеорхуіАВЕКМНОРСТХ", strict=True)) | {
    " ": "\u00a0", "’": "'", "‘": "'", "“": '"', "”": '"', "'": "’", '"': "“", "–": "-", "-": "‑",
    "l": "1", "0": "O", "1": "l", ".": "․", ",": "‚", "\n": "\r",
}  # fmt: skip
"""Characters, each with one that looks like it."""

LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -.,'\"\\/\n\té–’🙂"
UNSEEN: Final = "\u00a0\u200b\u200d\u00ad\u0301\ufeff\u202e"
DIGITS: Final = "0123456789"

SPANS: Final[list[Role]] = [
    (*of, end) for of in (("quotes",), ("sources", "set_aside")) for end in ("start", "end")
]
PASSAGES: Final[list[Role]] = [("quotes", "exact"), ("sources", "set_aside", "exact")]
HASH: Final[Role] = ("sources", "archive", "sha256")
TOLD: Final[list[Role]] = [
    ("claims", "statement"),
    ("claims", "period"),
    ("claims", "hedge"),
    ("claims", "reasoning"),
    ("claims", "note"),
    ("claims", "certainty"),
    ("claims", "activity", "items"),
    ("claims", "speakers", "name"),
    ("claims", "evidence", "reference", "locator", "value"),
    ("customers", "name"),
    ("sources", "descriptor"),
    ("sources", "bibliography", "title"),
    ("sources", "bibliography", "issued", "date-parts"),
]
"""Fields of which nothing but a version history can tell what they were."""


class Change(NamedTuple):
    """One changed character."""

    row: str
    """What was changed, as the tables name it."""
    said: str
    """The change in words, for a report of what went wrong."""
    text: str
    """The text of the file after it."""
    files: dict[str, bytes]
    """The archived texts after it."""
    expected: Expected | str
    """What must be found, or why nothing need be: "nothing" or "history"."""


class Outcome(NamedTuple):
    """What came of a change."""

    row: str
    table: str
    found: bool
    placed: bool
    failure: str
    """What was missed or misplaced, if it must not be."""


def varied(text: str, rng: random.Random) -> tuple[int, str]:
    """A text with one character inserted, deleted or replaced, and where."""
    while True:
        at = rng.randrange(len(text) + 1)
        old = text[at : at + 1]
        others = (rng.choice(LETTERS), rng.choice(UNSEEN), old, LOOK_ALIKE.get(old, old.swapcase()))
        kept = rng.choice((old, ""))  # insert before it, or replace it
        new = rng.choice((*others, rng.choice(others), "" if kept != old else "x"))
        changed = text[:at] + new + kept + text[at + 1 :]
        if changed != text:
            return at, changed


def digits(text: str, rng: random.Random) -> str:
    """A number with one digit changed; now and then with a character that makes it another."""
    while True:
        at = rng.randrange(len(text) + 1)
        new = rng.choice((rng.choice(DIGITS), rng.choice(DIGITS), "", rng.choice("-.e ")))
        changed = text[:at] + new + text[at + rng.choice((0, 1)) :]
        if changed.strip() != text:
            return changed


def field(known: Known, roles: list[Role], rng: random.Random) -> Change:
    """Change a character of a value that has one of these roles."""
    role = rng.choice(roles)
    token = rng.choice(known.values[role])
    old = known.text[token.start : token.end]
    if isinstance(value := json.loads(old), str):
        new = as_shaped(role, value, rng)
        written = json.dumps(new, ensure_ascii=False)
    else:
        written = digits(old, rng)
    text = known.text[: token.start] + written + known.text[token.end :]
    expected = known.rewritten(token, written)
    free = " that nothing refers to" if role in IDS and expected == "history" else ""
    said = f"{token.path}: {old} -> {written}"
    return Change(".".join(role) + free, said, text, known.files, expected)


def as_shaped(role: Role, value: str, rng: random.Random) -> str:
    """A text with one character changed, mostly to another that such a text may have."""
    if role == HASH:
        return hexadecimal(value, rng)
    return digits(value, rng) if role[-1] == "period" else varied(value, rng)[1]


def hexadecimal(value: str, rng: random.Random) -> str:
    """A hash with one character changed, mostly to another that a hash may have."""
    at = rng.randrange(len(value))
    changed = value[:at] + rng.choice("0123456789abcdef") + value[at + 1 :]
    return changed if changed != value and rng.random() < 0.7 else varied(value, rng)[1]


def other_reference(known: Known, rng: random.Random) -> Change:
    """Turn a reference into another id that may stand there."""
    role = rng.choice(list(REFERENCES))
    token = rng.choice(known.values[role])
    fitting = [id_ for id_ in known.ids if known.fits(role, id_)]
    free = [id_ for id_ in fitting if known.repeated(token.path, id_) is None]
    id_ = rng.choice([id_ for id_ in free if id_ != known.owner(token.path)])
    written = json.dumps(id_)
    text = known.text[: token.start] + written + known.text[token.end :]
    said = f"{token.path} -> {id_}"
    return Change("a reference, to another id that fits", said, text, known.files, "history")


def archived_characters(known: Known, rng: random.Random) -> Change:
    """Change a character of an archived text."""
    name = rng.choice(sorted(known.files))
    at, text = varied(known.files[name].decode(), rng)
    return _archived(known, "archived text, characters", name, at, text.encode())


def archived_bytes(known: Known, rng: random.Random) -> Change:
    """Change a byte of an archived text, whatever becomes of its encoding."""
    name = rng.choice(sorted(known.files))
    old = known.files[name]
    at, new = rng.randrange(len(old)), bytes([rng.randrange(256)])
    data = rng.choice(
        (old[:at] + new + old[at:], old[:at] + old[at + 1 :], old[:at] + new + old[at + 1 :])
    )
    if data == old:
        return archived_bytes(known, rng)
    return _archived(known, "archived text, bytes", name, at, data)


def _archived(known: Known, row: str, name: str, at: int, data: bytes) -> Change:
    files = {**known.files, name: data}
    return Change(row, f"{name} at {at}", known.text, files, known.rearchived(name, data))


def white_space(known: Known, rng: random.Random) -> Change:
    """Insert, delete or replace white space between tokens of JSON."""
    token = rng.choice(known.spaces)
    at = rng.randrange(token.start, token.end)
    new, kept = rng.choice(((" ", 0), ("\n", 0), ("\t", 1), ("\r", 1), ("", 1)))
    text = known.text[:at] + new + known.text[at + kept :]
    return Change("white space between tokens", f"at {at}", text, known.files, "nothing")


def other_escape(known: Known, rng: random.Random) -> Change:
    """Write a character of a key or of a text as an escape that means the same."""
    at = rng.choice(known.plain)
    old = known.text[at]
    new = "\\/" if old == "/" else f"\\u{ord(old):04x}"
    text = known.text[:at] + new + known.text[at + 1 :]
    return Change("a character, as an escape", f"at {at}", text, known.files, "nothing")


def anywhere(known: Known, rng: random.Random) -> Change:
    """Change any character of the whole file."""
    at, text = varied(known.text, rng)
    where, expected = known.retyped(at, text)
    return Change(f"anywhere: {where}", f"at {at}", text, known.files, expected)


KINDS: Final[list[tuple[int, Callable[[Known, random.Random], Change]]]] = [
    (18, partial(field, roles=PASSAGES)),
    (10, partial(field, roles=SPANS)),
    (4, partial(field, roles=[HASH])),
    (9, partial(field, roles=IDS)),
    (12, partial(field, roles=list(REFERENCES))),
    (8, archived_characters),
    (6, archived_bytes),
    (3, white_space),
    (3, other_escape),
    (8, partial(field, roles=TOLD)),
    (4, other_reference),
    (15, anywhere),
]
"""Kinds of changes, each with its share in a hundred."""


def places(change: Change, path: Path) -> list[Place]:
    """What verify finds."""
    try:
        findings = verification.prove(change.text, path, change.files).findings
    except InvalidError as error:
        return [Place.of_message(error.message)]
    return [Place(f.check, Path(f.file).name, f.path, f.id, f.line, f.message) for f in findings]


def tried(known: Known, change: Change) -> Outcome:
    """Prove a change, and compare what is found with what must be found."""
    found = places(change, known.path)
    if isinstance(change.expected, str):
        return Outcome(change.row, change.expected, bool(found), False, "")
    wrong = change.expected.differs(found)
    failure = f"{change.row}: {change.said}: {wrong}" if wrong else ""
    return Outcome(change.row, "found", bool(found), not wrong, failure)


@cache
def bundled_known() -> Known:
    """What stands where in the bundled knowledge base."""
    path = bundled()
    seeds = sorted((path.parents[1] / "seeds").glob("*.txt"))
    return Known(path, path.read_bytes().decode(), {seed.name: seed.read_bytes() for seed in seeds})


def one(number: int, seed: int) -> Outcome:
    """Make the change of this number, whichever process does it."""
    rng = random.Random(f"{seed}:{number}")
    weights, kinds = zip(*KINDS, strict=True)
    known = bundled_known()
    return tried(known, rng.choices(kinds, weights)[0](known, rng=rng))


def outcomes(changes: int, seed: int, jobs: int) -> Iterator[Outcome]:
    """What comes of so many changes."""
    if jobs == 1:
        return map(partial(one, seed=seed), range(changes))
    with ProcessPoolExecutor(jobs) as pool:
        return iter(list(pool.map(partial(one, seed=seed), range(changes), chunksize=50)))


def table(title: str, rows: dict[str, Counter[str]], columns: tuple[str, ...]) -> None:
    """Print the counts of each row, and their sums."""
    total = Counter[str]()
    print(f"\n{title:<58}", *(f"{column:>9}" for column in columns))
    for row, counts in [*sorted(rows.items()), ("all", total)]:
        print(f"  {row:<56}", *(f"{counts[column]:>9}" for column in columns))
        total.update(counts)


TABLES: Final = {
    "found": ("What must be found", ("changes", "found", "placed", "missed", "misplaced")),
    "nothing": ("What means nothing to a reader of JSON", ("changes", "silent", "found")),
    "history": ("What only a version history can show", ("changes", "silent", "found")),
}


def main(words: Sequence[str] | None = None) -> int:
    """Make the changes, and print what came of them."""
    parser = argparse.ArgumentParser(description="Change characters, and see what is found.")
    parser.add_argument("--changes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args(words)
    begun = time.perf_counter()
    counted: dict[str, dict[str, Counter[str]]] = {name: defaultdict(Counter) for name in TABLES}
    failures = []
    for outcome in outcomes(arguments.changes, arguments.seed, arguments.jobs):
        counts = counted[outcome.table][outcome.row]
        counts.update(
            changes=1,
            found=outcome.found,
            silent=not outcome.found,
            placed=outcome.placed,
            missed=not outcome.found,
            misplaced=outcome.found and not outcome.placed,
        )
        if outcome.failure:
            failures.append(outcome.failure)
    print(f"{arguments.changes} changes in {time.perf_counter() - begun:.0f} s")
    for name, (title, columns) in TABLES.items():
        table(title, counted[name], columns)
    print(*failures[:20], sep="\n")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
