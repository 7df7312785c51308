"""Count what five facts with evidence cost somebody who adds them for the first time.

    python benchmarks/session.py [--verbose]

The facts, from a PDF and a web page, are those of `docs/curating.md`. They are added twice: by
questions, at a terminal of its own, where the return key takes what is proposed; and from a file
of which the first version has three slips. Counted are the commands, those that were refused, the
options, and of these the ones that nothing had named that `tm` printed or wrote before. Exits with
1 where more than 2 are refused, more than 6 commands are needed, an option had to be looked up, or
the facts are not there in the end.
"""

import argparse
import json
import os
import pty
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

FILES: Final = Path(__file__).parents[1] / "docs" / "tutorial"

SECONDS: Final = 120
"""How long a question may take."""

MAX_REFUSED, MAX_COMMANDS = 2, 6

Answers = Sequence[tuple[str, str]]
"""Answers to questions, by words of the question; of others the proposal is taken."""

PDF: Final[Answers] = (
    ("to 7, or the word", "article-newspaper"),
    ("outlet", "NK News"),
    ("One sentence", "A news article."),
)
PAGE: Final[Answers] = (("One sentence", "A page, made up for this example."),)

NEW: Final[Answers] = (
    ("1 to 3, or the word", "customer"),
    ("1 to 2, or the word", "non-state"),
    ("1 to 22, or the word", "Western Asia"),
)
"""A customer that is not there yet."""


def _fact(source: str, passage: str, statement: str, *more: tuple[str, str]) -> Answers:
    asked = (("source of the passage", source), ("copied from it", f"{passage}\n"))
    return (*asked, ("own words", statement), *more)


FACTS: Final[Sequence[Answers]] = (
    _fact(
        "syria-iran-among-n", "Syria, Iran among N. Korea's \"resilient\" customers",
        "Syria is among North Korea’s resilient customers.",
        ("it is about", "Syria | Resilient"), ("sort of statement", "classification"),
        ("Who says", "journalist:NK News:paraphrases | author:Andrea Berger:unclear"),
    ),
    _fact(
        "syria-iran-among-n", "shipments of chemical protection suits",
        "North Korea’s interactions with Syria include shipments of chemical protection suits.",
        ("it is about", "Syria"), ("sort of statement", "activity"),
        ("what is supplied", "protective-equipment"), ("How sure", "stated"),
        ("bearing", "Likely is said of Syria’s rank, and not of the interactions."),
    ),
    _fact(
        "syria-iran-among-n",
        "Military cooperation with Damascus could be ongoing since the outbreak of the Syrian "
        "civil war in 2011",
        "Military cooperation with Damascus could be ongoing since 2011.",
        ("it is about", "Syria"), ("sort of statement", "market"),
    ),
    _fact(
        "helmets-for-northland", "Northland may have received helmets in May 2011",
        "Northland may have received helmets in May 2011.",
        ("it is about", "Northland"), *NEW, ("sort of statement", "activity"),
        ("what is supplied", "protective-equipment"), ("came of it", "delivered"),
    ),
    _fact(
        "helmets-for-northland", "Southland got none of them", "Southland got no helmets.",
        ("it is about", "Southland"), *NEW, ("sort of statement", "market"),
    ),
)  # fmt: skip


class Session(NamedTuple):
    """What somebody typed, and what came of it."""

    folder: Path
    commands: list[int]
    """Exit codes."""
    options: list[str]
    looked_up: list[str]
    """Those of the options that nothing had named before."""
    shown: list[str]
    """What was printed and written."""

    def runs(self, *arguments: str, answers: Sequence[Answers] = ()) -> None:
        """Run `tm`, and answer what it asks."""
        named = "\n".join([*self.shown, *(p.read_text() for p in self.folder.glob("*/README.md"))])
        given = [argument for argument in arguments if argument.startswith("--")]
        self.options.extend(given)
        self.looked_up.extend(option for option in given if option not in named)
        kb = self.folder / "my-kb"
        cwd = kb if kb.exists() else self.folder
        code, shown = at_a_terminal(arguments, cwd, [*answers])
        self.commands.append(code)
        self.shown.append(shown)


def at_a_terminal(arguments: Sequence[str], cwd: Path, answers: list[Answers]) -> tuple[int, str]:
    """Run `tm` at a terminal, and return its exit code and what it showed."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "targetmarkets", *arguments]
    seen, answered, open_ = "", 0, list(answers.pop(0)) if answers else []
    with subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, cwd=cwd) as tm:
        os.close(follower)
        end = time.monotonic() + SECONDS
        while True:
            if select.select([leader], [], [], 0.1)[0]:
                try:
                    seen += os.read(leader, 65536).decode("utf-8", "replace")
                except OSError:  # the terminal is closed
                    break
            asked = seen[answered:]
            if asked.endswith((": ", "ends it\r\n")):
                if "Another claim" in asked:
                    reply, open_ = ("y" if answers else ""), [*answers.pop(0)] if answers else []
                else:
                    reply = _reply(asked, open_)
                answered, end = len(seen), time.monotonic() + SECONDS
                os.write(leader, f"{reply}\n".encode())
            if time.monotonic() > end:
                tm.kill()
                sys.exit(f"nothing is asked any more, and nothing ends: {seen[-2000:]}")
        code = tm.wait()
    os.close(leader)
    return code, seen


def _reply(asked: str, open_: list[tuple[str, str]]) -> str:
    """The answer to what is asked; each is given once."""
    asked = " ".join(asked.split())
    for each in open_:
        if each[0] in asked:
            open_.remove(each)
            return each[1]
    return ""


def by_questions(session: Session) -> None:
    """Five facts, each asked for."""
    session.runs("init", "my-kb")
    session.runs("add", "source", str(FILES / "article.pdf"), answers=[PDF])
    session.runs("add", "source", str(FILES / "page.html"), answers=[PAGE])
    session.runs("add", "claim", answers=FACTS)
    session.runs("verify")


def from_a_file(session: Session) -> None:
    """The same from a file with three slips, and once more without."""
    facts = (FILES / "facts.yaml").read_text()
    slips = facts.replace("could be ongoing", "is ongoing").replace("hedge: may", "hedge: might")
    (session.folder / "facts.yaml").write_text(slips.replace("goods: prot", "goods: pret"))
    session.runs("init", "my-kb")
    for name, id_, answers in (("article.pdf", "nknews", PDF), ("page.html", "page-2026", PAGE)):
        session.runs("add", "source", str(FILES / name), "--id", id_, answers=[answers])
    session.runs("add", "from", "../facts.yaml")
    (session.folder / "facts.yaml").write_text(facts.replace("nknews-2015", "nknews"))
    session.runs("add", "from", "../facts.yaml")
    session.runs("verify")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--verbose", action="store_true", help="show the sessions")
    verbose = parser.parse_args().verbose
    print(f"{'':14}{'commands':>9}{'refused':>9}{'options':>9}{'looked up':>11}{'facts':>7}")
    missed = False
    for name, play in (("by questions", by_questions), ("from a file", from_a_file)):
        with tempfile.TemporaryDirectory() as folder:
            session = Session(Path(folder), [], [], [], [])
            play(session)
            content = json.loads((Path(folder) / "my-kb" / "customers.json").read_text())
            statements = {claim["statement"] for claim in content["claims"]}
        if verbose:
            print(*session.shown, sep="\n")
        facts = sum(dict(answers)["own words"] in statements for answers in FACTS)
        refused = sum(code != 0 for code in session.commands)
        counts = len(session.commands), refused, len(session.options), len(session.looked_up), facts
        print(f"{name:14}{counts[0]:9}{counts[1]:9}{counts[2]:9}{counts[3]:11}{counts[4]:7}")
        kept = refused <= MAX_REFUSED and len(session.commands) <= MAX_COMMANDS
        missed |= not kept or bool(session.looked_up) or facts < len(FACTS)
        missed |= session.commands[-1] != 0
    sys.exit(missed)


if __name__ == "__main__":
    main()
