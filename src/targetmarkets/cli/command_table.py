"""The commands: under which heading of the help each stands, where it is, and what it does.

What each does stands here, in a line, so that the help and the completion need not import them.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Listed(NamedTuple):
    """A command as a group knows it."""

    module: str
    """Module below `cli.commands` that holds it, as `command`."""
    summary: str
    """What it does, in one line of the help."""


Sections = Mapping[str, Mapping[str, Listed]]
"""The commands of a group by their names, under the headings of its help."""


def commands_in(sections: Sections) -> dict[str, Listed]:
    """The same without headings."""
    return {name: one for section in sections.values() for name, one in section.items()}


SECTIONS: Final[Sections] = {
    "Look": {
        "list": Listed("list_command", "List customers, events, claims, sources and all else."),
        "show": Listed("show", "Show anything that has an id or a name, on one screen."),
        "search": Listed("search", "Search names, statements, quotations and archived texts."),
        "timeline": Listed("timeline", "Show events by year: how many there were, and whose."),
        "matrix": Listed("matrix", "Show which kinds of goods the customers got."),
        "compare": Listed("compare", "Set customers side by side."),
        "stats": Listed("stats", "Count customers, activities, claims and sources."),
    },
    "Cite and prove": {
        "cite": Listed("cite", "Cite the works that something rests on, each at its place."),
        "verify": Listed("verify", "Prove offline that every quotation stands in its source."),
        "coverage": Listed("coverage", "Show which sentences of a source no claim uses."),
        "check": Listed("check", "Check the quotations and citations of a draft."),
    },
    "Share": {
        "site": Listed("site", "Write everything as pages that any browser opens."),
        "export": Listed("export", "Write a database or CSV files that other programs read."),
        "open": Listed("open_command", "Open the page of something in a browser."),
        "mcp": Listed("mcp", "Serve language-model agents, read-only."),
    },
    "Curate": {
        "init": Listed("init", "Make a knowledge base of your own."),
        "add": Listed("add.commands", "Add a source, a quotation, a claim, a customer."),
        "edit": Listed("edit", "Edit one object in your editor."),
        "retract": Listed("retract", "Retract a claim, with the reason."),
        "remove": Listed("remove", "Take away what nothing refers to, and never a claim."),
        "rename": Listed("rename", "Give something another id; the old one still answers."),
        "log": Listed("log", "Show the last changes."),
        "undo": Listed("undo", "Take a change back."),
        "anchor": Listed("anchor", "Replace a source's text, and carry its quotations over."),
        "fmt": Listed("fmt", "Bring the file into its canonical order and layout."),
        "diff": Listed("diff", "Compare two versions by meaning."),
        "merge": Listed("merge", "Merge two versions by meaning, as git's merge driver or alone."),
        "copy": Listed("copy", "Copy everything to a file or a store."),
    },
    "Learn": {
        "help": Listed("help_command", "Say what holds for every command: formats, exit codes, …"),
        "schema": Listed("schema", "Print the JSON Schema of the file or of what --json prints."),
    },
}
"""The commands, under the headings of the help and in its order."""

COMMANDS: Final[Mapping[str, Listed]] = commands_in(SECTIONS)
"""The same without headings."""

SUMMARY_WIDTH: Final = 66
"""Characters that a summary may have, so that each is one line at 80 columns."""
