"""What holds whatever a program is given: the law, and nothing about how it was run."""

import os
import re
from pathlib import Path
from typing import Final, NamedTuple

from tests.fuzz.box import Box, Entry

_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")

_BAR: Final = re.compile(r"(?:\r\x1b\[\?25l[^\r\n\x1b]*)+\x1b\[\?25h\n?")
"""A progress bar, as a person sees one where something takes longer than a second."""

_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""C0 but for line feed and tab, DEL, C1, bidirectional controls, and what no encoding can write."""

_CONTROLS_IN_DATA: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""The same without what hides or reorders text: that stands in CSV as it was written, but on a
terminal."""

WRITERS: Final = frozenset({"add", "edit", "retract", "remove", "rename", "undo", "fmt", "anchor"})
"""Commands that change a knowledge base."""

MANY: Final = frozenset({"copy", "init", "site"})
"""Commands that make a folder of files."""


class Outcome(NamedTuple):
    """What a run came to."""

    words: tuple[str, ...]
    code: int
    stdout: str
    stderr: str
    terminal: bool
    """Whether stdout and stderr were a terminal."""

    def __str__(self) -> str:
        shown = ("tm", *(word if len(word) < 200 else f"{word[:200]}…" for word in self.words))
        return f"{shown}\nexit {self.code}\nstdout {self.stdout[:2000]!r}\nstderr {self.stderr!r}"


def hold(outcome: Outcome) -> None:
    """The law about what is said."""
    assert outcome.code in {0, 1, 2, 3}, outcome
    said = outcome.stdout + outcome.stderr
    assert "Traceback" not in said, outcome
    assert "fault of tm" not in said, outcome
    told = _BAR.sub("", outcome.stderr) if outcome.terminal else outcome.stderr
    assert not _CONTROLS.search(told), outcome
    shown = outcome.stdout.replace("\r\n", "\n")  # as CSV has it
    shown = _COLOURS.sub("", shown) if outcome.terminal else shown
    as_data = not outcome.terminal and not {"csv", "--format=csv"}.isdisjoint(outcome.words)
    assert not (_CONTROLS_IN_DATA if as_data else _CONTROLS).search(shown), outcome
    if outcome.code == 2:
        assert not outcome.stdout, outcome
    if outcome.code > 1 or (outcome.code and not outcome.stdout):
        lines = told.splitlines()
        assert lines, outcome
        assert lines[0].startswith("tm: "), outcome
        in_lines = any("\n" in word for word in outcome.words)  # and so is a message that names it
        assert lines[0][4:].strip() or in_lines, outcome
        assert len(lines) > 1, f"no remedy: {outcome}"
        assert lines[-1].strip(), outcome


def spare(outcome: Outcome, box: Box, before: dict[str, Entry]) -> None:
    """The law about files: only what worked, and was asked to write, wrote anything."""
    after = box.snapshot()
    if after == before:
        return
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    drafts = box.folder / "home" / ".local" / "state"  # what is typed is kept, however it ends
    own = [box.folder / "tmp", *([drafts] if _command(outcome.words) == "edit" else [])]
    changed -= {
        path
        for path in changed
        if any(folder in {Path(path), *Path(path).parents} for folder in own)
        or (own[1:] and Path(path) in drafts.parents)
    }
    told = f"{sorted(changed)} changed: {outcome}"
    if not changed:
        return
    assert outcome.code in {0, 1}, told  # a check that found something may have written it down
    if "--install-completion" in outcome.words or _command(outcome.words) == "open":
        assert all(Path(path).is_relative_to(box.folder / "home") for path in changed), told
    elif outcome.words and _command(outcome.words) in WRITERS:
        assert outcome.code == 0, told
        assert "--dry-run" not in outcome.words, told
        grown = {path for path in changed if path not in before}
        beside = [box.sources, box.sources.resolve(), box.folder / "sources"]  # that of old.json
        archives = tuple(f"{folder}{os.sep}" for folder in beside)
        bases = (box.file, box.folder / "old.json")
        histories = {str(base.with_name(f".{base.name}.history")) for base in bases}
        made = {*map(str, beside), str(box.file.with_suffix(".v1.json"))} | histories
        assert all(path.startswith(archives) for path in grown - made), told
        assert changed - grown - histories <= {*map(str, bases)}, told
    else:
        base = {str(box.file)} if _command(outcome.words) != "merge" else set()
        kept = {*base, *(path for path in before if path.startswith(str(box.sources)))}
        assert not changed & kept, told
        merged = {str(box.kb / ".customers.json.history"), str(box.folder / ".old.json.history")}
        assert _command(outcome.words) in MANY or len(changed - merged) == 1, told


def _command(words: tuple[str, ...]) -> str:
    """The command of a line, which may stand after options of the program itself."""
    commands = (*WRITERS, "list", "show", "search", "cite", "verify", "coverage", "timeline",
                "matrix", "compare", "stats", "site", "export", "open", "init", "copy",
                "diff", "merge", "log", "schema", "help")  # fmt: skip
    return next((word for word in words if word in commands), "")
