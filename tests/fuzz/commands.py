"""Every command with its parameters, as the program itself has them, and values to give them."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

import typer
from hypothesis import strategies as st

from targetmarkets.cli.app import app
from targetmarkets.records.fields import FIELDS
from tests.fuzz import hostile

Path = tuple[str, ...]
"""The words that name a command."""


class Parameter(NamedTuple):
    """An option or an argument of a command."""

    command: Path
    name: str
    flags: tuple[str, ...]
    """How an option is written; empty for an argument."""
    metavar: str
    is_flag: bool

    def __str__(self) -> str:
        return " ".join((*self.command, self.flags[0] if self.flags else self.metavar))


class Line(NamedTuple):
    """What a command needs in order to do its work."""

    arguments: tuple[str, ...] = ()
    options: Mapping[str, str] = {}

    def words(self) -> list[str]:
        """The line as it is typed."""
        return [*self.arguments, *(word for pair in self.options.items() for word in pair)]


SOUND: Final[Mapping[Path, Line]] = {
    (): Line(("list",)),
    ("list",): Line(),
    ("show",): Line(("syria",)),
    ("search",): Line(("masks",)),
    ("cite",): Line(("syria",), {"--format": "pandoc"}),
    ("verify",): Line(),
    ("coverage",): Line(),
    ("check",): Line(("draft.md",)),
    ("timeline",): Line(("syria",)),
    ("matrix",): Line(),
    ("compare",): Line(("syria", "iran")),
    ("stats",): Line(),
    ("site",): Line(("pages",)),
    ("export",): Line(("sqlite",), {"--output": "new.db"}),
    ("open",): Line(),
    ("init",): Line(("new",)),
    ("copy",): Line(("bundled", "copied.sqlite")),
    ("add", "source"): Line(("report.txt",), {"--title": "A report", "--descriptor": "Ours."}),
    ("add", "quote"): Line(("article", "two masks")),
    ("add", "claim"): Line(
        ("Syria got tanks.",),
        {"--about": "syria", "--kind": "market", "--quote": "q-masks",
         "--hedge-note": "It seems so of something else.",
         "--speaker": "journalist:NK News:narrates"},
    ),
    ("add", "customer"): Line(("Angola",), {"--kind": "state", "--region": "Middle Africa"}),
    ("add", "category"): Line(("Former",), {"--chapter": "VI"}),
    ("add", "group"): Line(("some of them",)),
    ("add", "event"): Line(("A visit, 2015",), {"--kind": "visit"}),
    ("add", "actor"): Line(("A firm",), {"--kind": "firm"}),
    ("add", "from"): Line(("facts.jsonl",)),
    ("edit",): Line(("syria",), {"--from": "syria.json"}),
    ("retract",): Line(("syria-masks",), {"--reason": "It was wrong."}),
    ("remove",): Line(("spare",)),
    ("rename",): Line(("syria", "syrian-arab-republic")),
    ("log",): Line(),
    ("undo",): Line(),
    ("fmt",): Line(),
    ("anchor",): Line(("article", "better.txt")),
    ("diff",): Line(("old.json", "kb")),
    ("merge",): Line(("old.json", "kb", "kb/customers.json")),
    ("schema",): Line(),
    ("mcp",): Line(),
    ("help",): Line(),
}  # fmt: skip
"""A line that works, for each command."""

FILES: Final = (
    "kb", "kb/customers.json", "kb/sources", "kb/sources/article.txt", "old.json", "report.txt",
    "draft.md",
    "better.txt", "page.html", "article.pdf", "work.bib", "works.json", "claims.json",
    "facts.jsonl",
    "syria.json",
    "plain.csl", "empty", "binary", "folder", "loop", "dangling", "nothing", "nothing/at/all", "-",
    "new", "new.json", "new.csv", "new.xyz", "new.bib", "/dev/null", "/dev/full", "/dev/zero",
    "\x1b[31m.txt",
    "\udcff.txt",
)  # fmt: skip
"""Names of files: sound, odd and missing ones."""

READ_ONLY_FILES: Final = ("fifo",)
"""A pipe to which nobody writes. As with any program, to write to one waits for its reader."""

NAMES: Final = (
    "syria", "SY", "syr", "Syria", "iran", "Congo", "congo", "resilient", "ad-hoc", "AdHoc", "many",
    "masks-2013", "ship", "vessel", "9074729",
    "syria-masks", "syria-class", "iran-denies", "q-masks", "q-odd", "article", "report", "book",
)  # fmt: skip

TERMS: Final = (
    "customers", "categories", "groups", "activities", "claims", "findings", "quotes", "sources",
    "state", "non-state", "market", "activity", "classification", "arms", "protective-equipment",
    "Africa", "Western Asia", "stated", "likely", "implied", "quoted", "referenced", "book",
    "author",
    "context", "individual", "group", "asserted", "denied", "accepted", "retracted", "2013",
    "2009/..",
    "delivered", "file", "claim", "verification", "names", "formats", "text", "json", "table",
    "csv",
    "tsv", "jsonl", "markdown", "bibtex", "ris", "pandoc", "csl-json", "id", "name", "statement",
    "evidence", "masks", "two masks", "mask*", "-masks", "journalist:NK News:narrates",
    "book:The book:narrates@book", "report, p. 3", "book, pp. 3-4", "q-masks=two masks", "q-odd=x",
    "events", "actors", "carrier:ship", "host:PA", "to:Latakia (SY)", "about 12 masks", "shipment",
    "missiles", "parts", "imo:9074729",
    "SY,SYR", "AO,AGO", "apa", "plain.csl", "one", "two", "three", "Berger, Andrea", "0", "1", "3",
)  # fmt: skip

_OWN: Final[Mapping[str, tuple[str, ...]]] = {
    "N": ("1", "0", "2", "999"),
    "FIELD": FIELDS["claim"],
}
"""Values that only parameters with such a metavar take."""

_WORDS: Final = st.sampled_from((*NAMES, *TERMS, *FILES))


@cache
def parameters() -> tuple[Parameter, ...]:
    """Every parameter of every command, but `--help`, which is no parameter of any."""
    return tuple(_of(typer.main.get_command(app), ()))


def command_paths() -> list[Path]:
    """Every command, and the program itself."""
    return list(dict.fromkeys(parameter.command for parameter in parameters()))


def _of(command: Any, path: Path) -> Iterator[Parameter]:
    for item in command.params:
        flags = tuple(item.opts) if item.param_type_name == "option" else ()
        is_flag = bool(getattr(item, "is_flag", False))
        yield Parameter(path, item.name, flags, item.metavar or "", is_flag)
    subcommands = getattr(command, "commands", {})
    for name in subcommands:
        yield from _of(subcommands[name], (*path, name))


def values(parameter: Parameter) -> st.SearchStrategy[str]:
    """Values for a parameter: what its metavar lists, what others take, and what none does."""
    choices = _OWN.get(parameter.metavar) or parameter.metavar.split("|")
    own = st.sampled_from(choices) if len(choices) > 1 else _WORDS
    lists = st.lists(st.sampled_from(FIELDS["claim"]), max_size=4).map(",".join)
    files = st.sampled_from(FILES if "--output" in parameter.flags else FILES + READ_ONLY_FILES)
    return st.one_of(own, lists if "," in parameter.metavar else own, files, hostile.arguments)


@st.composite
def lines(draw: st.DrawFn, target: Parameter) -> list[str]:
    """A line of a command that gives a parameter a value, and perhaps others to others."""
    sound = SOUND.get(target.command, Line())
    arguments = list(sound.arguments)
    if not target.flags:
        chosen = draw(st.lists(values(target), min_size=1, max_size=3))
        index = _arguments(target.command).index(target)
        arguments[index : index + 1] = chosen if draw(st.booleans()) else chosen[:1]
    siblings = [item for item in parameters() if item.command == target.command and item.flags]
    others = draw(st.lists(st.sampled_from(siblings), max_size=3)) if siblings else []
    given = [target] * bool(target.flags) + [item for item in others if not _leaves(item)]
    kept = {flag: value for flag, value in sound.options.items() if draw(st.integers(0, 9))}
    kept = {
        flag: value
        for flag, value in kept.items()
        if flag not in {f for i in given for f in i.flags}
    }
    words = [word for item in given for word in _written(draw, item)]
    words += [word for pair in kept.items() for word in pair]
    if not target.command:
        return [*words, *arguments]
    before = ["--"] if draw(st.integers(0, 9)) == 0 else []
    split = [*words, *before, *arguments] if draw(st.booleans()) or before else [*arguments, *words]
    return [*target.command, *split]


def _arguments(command: Path) -> list[Parameter]:
    return [item for item in parameters() if item.command == command and not item.flags]


def _leaves(item: Parameter) -> bool:
    """Whether an option ends the program before it does anything else."""
    return item.name in {"version", "install_completion", "show_completion"}


def _written(draw: st.DrawFn, item: Parameter) -> list[str]:
    flag = draw(st.sampled_from(item.flags))
    if item.is_flag:
        return [flag]
    value = draw(values(item))
    if flag.startswith("--") and draw(st.integers(0, 3)) == 0:
        return [f"{flag}={value}"]
    return [flag, value]


def formats(command: Path) -> list[tuple[str, ...]]:
    """The words that ask a command for each of its formats, and none."""
    metavars = [
        item.metavar for item in parameters() if (item.command, item.name) == (command, "format_")
    ]
    return [(), *(("--format", name) for metavar in metavars for name in metavar.split("|"))]
