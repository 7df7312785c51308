"""`tm help`: what holds for every command, each topic in this one place."""

from collections.abc import Mapping
from textwrap import fill
from typing import Annotated, Final

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import NoColor, Output, destination_of
from targetmarkets.formats.registry import endings, purposes
from targetmarkets.limits import LIMITS

EXAMPLES = (
    "tm help formats",
    "tm help exit-codes",
)

WIDTH: Final = 80
"""Columns of a line of help."""


def _formats() -> str:
    """A line for each format, with what it is for."""
    named = purposes()
    column = max(map(len, named)) + 5
    return "\n".join(
        fill(f"  {name}".ljust(column) + purpose, WIDTH, subsequent_indent=" " * column)
        for name, purpose in named.items()
    )


def _endings() -> str:
    return fill(
        "--output FILE writes a file, whole or not at all. Its ending names the format, unless "
        f"--format does: {' '.join(endings())}.",
        WIDTH,
        break_on_hyphens=False,
    )


def _limits(*, refusing: bool) -> str:
    """Each limit beyond which more is refused, or is not: of what, how much, and what then."""
    return "\n".join(
        fill(
            f"  {limit.what}: {limit.shown}{f'; {limit.beyond}' if limit.beyond else ''}",
            WIDTH,
            subsequent_indent="    ",
        )
        for limit in LIMITS.values()
        if refusing != bool(limit.beyond)
    )


def _confined() -> str:
    """What holds of the process that reads documents, on this machine."""
    from targetmarkets.importing.confinement import what_holds

    lines = ["The process that reads a PDF or a page is kept from, on this machine:", ""]
    for holds, what in what_holds():
        mark = "yes" if holds else "no"
        lines.append(fill(f"  {mark:<4} {what}", WIDTH, subsequent_indent=" " * 7))
    return "\n".join(lines) + "\n"


TOPICS: Final[Mapping[str, str]] = {
    "formats": f"""\
Data goes to stdout; messages, warnings and counts go to stderr.

On a terminal, lists are tables and dossiers are text, wrapped and in colour.
Elsewhere, lists are tab-separated values and dossiers plain text: no colour, no
box, nothing cut.

--format names another:

{_formats()}

Each command's help names the formats that it has.

--json is short for --format json. JSON is indented on a terminal and compact
elsewhere; tm schema prints its JSON Schema. --fields a,b chooses fields and
their order; a dot leads into an object: category_basis.certainty. An unknown
one lists the valid ones.

{_endings()}
Another ending is refused; a file without one gets what a pipe gets.

Control characters and characters that hide or reorder text are shown as escapes
such as \\x1b, in every format but one: CSV in a pipe or a file has only control
characters escaped, and a ' before what a spreadsheet would take for a formula.
""",
    "exit-codes": """\
  0    done; an empty list included
  1    verify, coverage, anchor or check found something, or the passage of
       add quote stands nowhere or in several places
  2    wrong usage, an unknown or ambiguous name, a missing extra: then nothing
       is printed on stdout
  3    the data cannot be read, or the output not written
  130  interrupted with Ctrl-C

A reader that stops listening, as in tm list | head, is no error.
""",
    "environment": """\
  TM_KB           the knowledge base, where --kb does not name one; empty is
                  as good as unset. Then a workspace counts that tm init made,
                  that is yours, and in which you stand: stderr names it. Then
                  the bundled one, which is called bundled. A script that must
                  not depend on the folder says --kb.
  NO_COLOR        no colour, if it is not empty; as --no-color
  TERM=dumb       no colour
  COLUMNS         the width of tables and dossiers, on a terminal
  TM_INDEX        off keeps no index of a large knowledge base, and uses none
  XDG_CACHE_HOME  on Linux, where the indexes are kept; they can be thrown away
  XDG_STATE_HOME  on Linux, where what is typed in edit is kept until saved
  VISUAL, EDITOR  the editor that edit opens; the first that is set
  TM_DEBUG        shows where a fault of the program itself arose
""",
    "names": """\
An object goes by its id; a customer, a category or a group also by its name, a
customer by every other name and by its ISO 3166 codes, too. Case, accents,
hyphens and spaces do not matter: tm show Burma, tm show MYANMAR, tm show mm;
--category "ad hoc", --category AdHoc.

A name that several have is refused with the candidates: congo is two customers.
An unknown one is refused with what it may have meant, with what mentions it, or
with what this knowledge base covers: that nothing is here proves nothing.
""",
    "filters": """\
One option given twice means either value; different options mean both. Filters
choose records and never trim them.

For customers, --certainty, --evidence and --source speak of the classification
that puts the customer where it is listed, and --activity of accepted, asserted
claims about that customer alone. In the other lists they speak of the claim
itself, and --customer and --category narrow it. --evidence quoted means at
least one quotation, referenced none. Retracted claims come only with --status.
""",
    "writing": """\
A change is proved before it is written. The file is then replaced whole, and
keeps its group and its permissions. If somebody else changed it meanwhile,
nothing is written, and the exit code is 2.

tm edit keeps what you type until it is saved; after a conflict or a refusal,
tm edit ID --resume takes it up, on what the object is now. An editor with a
window of its own must wait: EDITOR='code --wait'.

The version of a file is its SHA-256. A script takes it first, reads after that,
and writes only if it is the same still:

  version=$(sha256sum kb/customers.json | cut -c-64)
  tm add group "some of them" --kb kb --if-version $version

A team shares a folder by group and setgid: chmod -R g+w kb; chmod g+s kb
kb/sources. Every writer waits for the one before, as long as that gets on.
""",
    "limits": f"""\
What others made may be of any size. Up to these limits it is taken, and memory
and time grow at most in proportion to it; what is beyond them is refused.

{_limits(refusing=True)}

Beyond these nothing is refused, since no proof rests on it:

{_limits(refusing=False)}
""",
}
"""Each topic with its text, in lines of at most `WIDTH` columns."""


def command(
    context: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="TOPIC",
            help=f"One of: {', '.join(TOPICS)}. Without one, all of them.",
            autocompletion=complete.terms(list(TOPICS)),
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    no_color: NoColor = False,
) -> None:
    """Say what holds for every command, such as formats, exit codes, names and limits."""
    from targetmarkets.kb.resolve import resolve_term

    to = destination_of(context, output, no_color)
    if topic is not None:
        named = resolve_term(topic, TOPICS, "topic")
        to.emit(_here(named))
    else:
        to.emit("\n".join(f"{name.upper()}\n\n{_here(name)}" for name in TOPICS))


def _here(topic: str) -> str:
    """The text of a topic, with what depends on the machine."""
    return TOPICS[topic] + (f"\n{_confined()}" if topic == "limits" else "")
