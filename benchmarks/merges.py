"""Merge what two people add to one knowledge base, and see what git makes of it.

    python benchmarks/merges.py [--pairs 200] [--seed 1] [--place own|id|end]

Two branches of a copy of the bundled knowledge base gain one to three additions each, by the code
that `tm add` runs: a quotation, a claim on one, a claim by reference, a source that is referred to,
a source that is archived with a quotation and a claim on it, a customer, an event, an actor. Their
subjects, speakers, sources and statements are drawn from the claims that are there, so that what
is frequent there is frequent here. Then `git merge-tree` (git 2.38 or later) merges the two. Of a
clean merge it is looked up whether the file loads, verifies, is laid out as `tm` lays it out, and
holds what it held, both additions, and nothing else. Exits with 1 if one does not. `--place` is for
comparison: where additions go, if not to a place of their own.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pycountry

from targetmarkets.evidence.verification import prove
from targetmarkets.importing.extract import Extraction
from targetmarkets.importing.kinds import TEXT
from targetmarkets.kb.files import read_text
from targetmarkets.kb.json_file import load_text, tidy, write_canonical
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.paths import FILE_NAME, bundled
from targetmarkets.kb.placing import Places
from targetmarkets.kb.resolve import free_id
from targetmarkets.model.activities import ACTOR_KINDS, EVENT_KINDS
from targetmarkets.model.objects import Actor, Claim, Customer, Event
from targetmarkets.model.parts import Reference
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import LIST_OF, LISTS
from targetmarkets.model.vocabulary import REGIONS
from targetmarkets.writing.archiving import Document, SourceDraft, draft_source
from targetmarkets.writing.drafts import ClaimDraft, draft_claim
from targetmarkets.writing.edits import build
from targetmarkets.writing.quoting import quote
from targetmarkets.writing.transaction import begin
from targetmarkets.writing.workspace import create

GIT: Final = shutil.which("git") or "git"

MOST: Final = 3
"""Additions of a branch."""


PLACES: Final[Mapping[str, Callable[[Places, Stored], str]]] = {
    "own": Places.behind,
    "id": lambda places, item: places.before(item.id),
    "end": lambda places, _: [item.id for item in places][-1],
}
"""Where a new object goes: as in the product, or as it might have been."""


class Curator:
    """Somebody who adds to a knowledge base, of whom another knows nothing."""

    def __init__(self, path: Path, chance: random.Random, used: set[str]) -> None:
        self.path = path
        self.chance = chance
        self.used = used
        """Names and passages that either of the two added: what they add is independent."""
        self.added: list[Stored] = []

    def add(self) -> str:
        """Make one addition, and say of what kind."""
        kind, make = self.chance.choice([*KINDS.items()])
        make(self)
        return kind

    def quotation(self) -> str:
        """Quote some words of an archived source, and return the id of the quotation."""
        with begin(self.path) as transaction:
            source = self.chance.choice(transaction.kb.archived)
            assert source.archive is not None
            folder = self.path.parent / "sources"
            passage = self._passage(read_text(folder / source.archive.file))
            found = quote(transaction.kb, source.id, passage)
            if found.known:
                return found.quote.id
            transaction.add(found.quote)
            transaction.commit()
        self.added.append(found.quote)
        return found.quote.id

    def claim_on_quotation(self) -> None:
        """Quote something, and make a claim that rests on it."""
        self._claim(quotes=[self.quotation()])

    def claim(self) -> None:
        """Make a claim by reference to a source that is there."""
        self._claim()

    def source(self) -> None:
        """Add a source without a text."""
        self._source(None)

    def archived_source(self) -> None:
        """Archive a text, quote it, and make a claim on that."""
        sentences = [self._words(12).capitalize() + "." for _ in range(20)]
        text = "\n".join(sentences)
        source = self._source(Document(text.encode(), Extraction(text, TEXT, "")))
        with begin(self.path) as transaction:
            found = quote(transaction.kb, source, self.chance.choice(sentences))
            transaction.add(found.quote)
            transaction.commit()
        self.added.append(found.quote)
        self._claim(quotes=[found.quote.id])

    def customer(self) -> None:
        """Add a state."""
        states = {country.name for country in pycountry.countries} - self.used
        name = self.chance.choice(sorted(states))
        self.used.add(name)
        self._add(Customer, name, kind="state", region=self.chance.choice([*REGIONS]))

    def event(self) -> None:
        """Add an event."""
        month, year = self.chance.choice(MONTHS), self.chance.randint(2006, 2024)
        country = self.chance.choice([*pycountry.countries]).name
        name = f"{self._words(1).capitalize()}, {country}, {month} {year}"
        self._add(Event, name, kind=self.chance.choice([*EVENT_KINDS]))

    def actor(self) -> None:
        """Add a firm, a ship or a person."""
        name = self._words(self.chance.randint(1, 3)).title()
        self._add(Actor, name, kind=self.chance.choice([*ACTOR_KINDS]))

    def _add(self, model: type[Stored], name: str, **fields: str) -> None:
        with begin(self.path) as transaction:
            id_ = free_id(transaction.kb, name)
            item = build(model, {"id": id_, "name": name, **fields})
            transaction.add(item)
            transaction.commit()
        self.added.append(item)

    def _source(self, document: Document | None) -> str:
        author = {"family": self._words(1).capitalize(), "given": "A."}
        issued = {"date-parts": [[self.chance.randint(2000, 2024)]]}
        title = self._words(self.chance.randint(3, 8)).capitalize()
        record = {"type": "report", "title": title, "author": [author], "issued": issued}
        with begin(self.path) as transaction:
            draft = SourceDraft(None, f"A report on {self._words(3)}.", record)
            source, files = draft_source(transaction.kb, draft, document)
            transaction.add(source)
            transaction.archive(files)
            transaction.commit()
        self.added.append(source)
        return source.id

    def _claim(self, quotes: Sequence[str] = ()) -> None:
        """Make a claim like one that is there, with a statement that begins as its does."""
        with begin(self.path) as transaction:
            claim = draft_claim(transaction.kb, self._draft(transaction.kb, quotes))
            transaction.add(claim)
            transaction.commit()
        self.added.append(claim)

    def _draft(self, kb: Knowledge, quotes: Sequence[str]) -> ClaimDraft:
        like = self.chance.choice([c for c in kb.claims.values() if _like_another(c)])
        begun = " ".join(like.statement.split()[: self.chance.randint(2, 4)])
        fields: dict[str, Any] = like.model_dump(mode="json", exclude_defaults=True)
        copied = ("kind", "activity") if quotes else ("kind", "activity", "period")
        known = {name: fields[name] for name in copied if name in fields}
        doubt = {"hedge_note": "A random passage."} if quotes else {}
        references = [evidence.reference for evidence in like.evidence if evidence.reference]
        return ClaimDraft(
            statement=f"{begun} {self._words(self.chance.randint(4, 10))}.",
            id=None,
            about=like.about,
            speakers=[f"{s.role}:{s.name}:{s.mode}" for s in like.speakers],
            quotes=quotes,
            references=[] if quotes else [_typed(reference) for reference in references],
            consulted_at=None,
            event=None,
            parties=[],
            places=[],
            fields={**known, **doubt, "certainty": "stated"},
        )

    def _passage(self, text: str) -> str:
        """Some words that follow one another, stand there once, and nobody quoted."""
        words = [*re.finditer(r"\S+", text)]
        while True:
            first, count = self.chance.randrange(len(words)), self.chance.randint(5, 25)
            last = words[min(first + count, len(words)) - 1]
            passage = text[words[first].start() : last.end()]
            if text.count(passage) == 1 and passage not in self.used:
                self.used.add(passage)
                return passage

    def _words(self, count: int) -> str:
        """Words of statements that nobody used together."""
        while (words := " ".join(self.chance.choices(WORDS, k=count))) in self.used:
            pass
        self.used.add(words)
        return words


KINDS: Final[Mapping[str, Callable[[Curator], object]]] = {
    "quotation": Curator.quotation,
    "claim on a quotation": Curator.claim_on_quotation,
    "claim by reference": Curator.claim,
    "source": Curator.source,
    "archived source": Curator.archived_source,
    "customer": Curator.customer,
    "event": Curator.event,
    "actor": Curator.actor,
}
"""What is added, by what it is called here."""

MONTHS: Final = ("January", "April", "July", "October")

WORDS: Final = sorted(
    {
        word
        for claim in json.loads(bundled().read_text("utf-8"))["claims"]
        for word in re.findall("[a-z]{3,}", claim["statement"])
    }
)
"""Words of the statements that are there."""


def _like_another(claim: Claim) -> bool:
    """Whether a claim can be the model for another, in what it is about and who says it."""
    evident = all(item.reference for item in claim.evidence) and not claim.joint
    plain = claim.stance == "asserted" and claim.status == "accepted" and not claim.negative
    return evident and plain and not any(speaker.work for speaker in claim.speakers)


def _typed(reference: Reference) -> str:
    """A reference as a person types it."""
    if reference.locator is None:
        return reference.source
    label = f"{reference.locator.label} " if reference.locator.label else ""
    return f"{reference.source}, {label}{reference.locator.value}"


class Branch(NamedTuple):
    """What one of the two comes to."""

    kinds: Sequence[str]
    """What was added, by what it is called here."""
    items: Sequence[Stored]
    text: str
    """The file."""


def branches(path: Path, chance: random.Random) -> tuple[Branch, Branch]:
    """Two branches of a knowledge base, which is left as it was but for archived texts."""
    base = read_text(path)
    used: set[str] = {
        name for item in load_text(base, path).objects.values() for name in item.names()
    }
    both = []
    for _ in range(2):
        curator = Curator(path, chance, used)
        kinds = [curator.add() for _ in range(chance.randint(1, MOST))]
        both.append(Branch(kinds, curator.added, read_text(path)))
        path.write_text(base, "utf-8")
    return both[0], both[1]


class Repository:
    """A git repository in which texts of one file are merged, without a work tree."""

    def __init__(self, folder: Path, base: str) -> None:
        self.folder = folder
        self._git("init", "--quiet", "--bare")
        self.base = self._commit(base)

    def merge(self, ours: str, theirs: str) -> tuple[bool, str]:
        """Whether git merges two texts that both come from the base, and the text that it makes,
        with marks where they conflict.
        """
        commits = [self._commit(text, "-p", self.base) for text in (ours, theirs)]
        done = self._run("merge-tree", "--write-tree", *commits)
        if done.returncode not in {0, 1}:
            sys.exit(f"git merge-tree failed; it takes git 2.38 or later: {done.stderr}")
        tree = done.stdout.split()[0]
        return done.returncode == 0, self._git("show", f"{tree}:{FILE_NAME}")

    def _commit(self, text: str, *parents: str) -> str:
        blob = self._git("hash-object", "-w", "--stdin", text=text).strip()
        tree = self._git("mktree", text=f"100644 blob {blob}\t{FILE_NAME}\n").strip()
        return self._git("commit-tree", tree, "-m", "x", *parents).strip()

    def _git(self, *arguments: str, text: str = "") -> str:
        done = self._run(*arguments, text=text)
        done.check_returncode()
        return done.stdout

    def _run(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        someone = {
            f"GIT_{who}_{what}": "x"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        return subprocess.run(
            [GIT, "-C", str(self.folder), *arguments],
            input=text, capture_output=True, text=True, encoding="utf-8", check=False,
            env={**os.environ, **someone},
        )  # fmt: skip


def problem(merged: str, path: Path, base: str, pair: Sequence[Branch]) -> str | None:
    """What is wrong with a clean merge; None where nothing is."""
    verification = prove(merged, path)
    if not verification.ok:
        return f"{len(verification.findings)} findings: {verification.findings[0].message}"
    after = load_text(merged, path)
    wanted = dict(load_text(base, path).objects) | {
        i.id: i for branch in pair for i in branch.items
    }
    if dict(after.objects) != wanted:
        return "it does not hold both additions and nothing else"
    if write_canonical(tidy(after.content)) != merged:
        return "it is not laid out as tm does it"
    return None


def conflicting(merged: str) -> set[str]:
    """The lists of the file in which a merged text has marks of conflicts."""
    found, list_ = set(), ""
    for line in merged.splitlines():
        if match := re.match('  "([a-z]+)": \\[', line):
            list_ = match[1]
        if line.startswith("<<<<<<< "):
            found.add(list_)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--place", choices=PLACES, default="own")
    options = parser.parse_args()
    setattr(Places, "behind", PLACES[options.place])  # noqa: B010 - mypy takes it for a mistake
    chance = random.Random(options.seed)
    came_to: Counter[str] = Counter()
    where: Counter[str] = Counter()
    shared: Counter[str] = Counter()
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        path = create(Path(folder) / "kb")
        base = read_text(path)
        (Path(folder) / "git").mkdir()
        repository = Repository(Path(folder) / "git", base)
        for _ in range(options.pairs):
            pair = branches(path, chance)
            clean, merged = repository.merge(pair[0].text, pair[1].text)
            shared.update(set.intersection(*({LIST_OF[i.word()] for i in b.items} for b in pair)))
            if not clean:
                came_to["conflict"] += 1
                where.update(conflicting(merged))
            elif fault := problem(merged, path, base, pair):
                came_to["clean, and wrong"] += 1
                wrong.append(f"{[branch.kinds for branch in pair]}: {fault}")
            else:
                came_to["clean, and right"] += 1
    print(f"{options.pairs} pairs of branches, seed {options.seed}, place: {options.place}\n")
    for outcome in ("clean, and right", "clean, and wrong", "conflict"):
        print(f"{outcome:18} {came_to[outcome]:5} {came_to[outcome] / options.pairs:7.1%}")
    print("\nlist         both add to it   conflict in it")
    for list_ in LISTS:
        print(f"{list_:12} {shared[list_]:14} {where[list_]:16}")
    print(*wrong, sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
