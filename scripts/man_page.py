"""The manual page `tm(1)`, made of what the help texts are made of: commands, options, topics."""

import re
from collections.abc import Iterator
from typing import Any

import typer

from targetmarkets import __version__
from targetmarkets.cli.app import EXAMPLES, app
from targetmarkets.cli.commands.help_command import TOPICS


def man_page() -> str:
    """The page in the man macros, which `man` on every system reads."""
    program = typer.main.get_command(app)
    about, *more = _paragraphs(program.help or "")
    parts = [
        f'.TH TM 1 "" "targetmarkets {__version__}" "User Commands"',
        ".SH NAME",
        f"tm \\- {_text(about.rstrip('.'))}",
        ".SH SYNOPSIS",
        ".B tm",
        f"{_text('[OPTIONS] COMMAND [ARGS]...')}",
        ".SH DESCRIPTION",
        *(_text(paragraph) + "\n.PP" for paragraph in more),
        ".SH OPTIONS",
        *_options(program),
        ".SH COMMANDS",
        *_commands(program, "tm"),
        *(
            f'.SH "{_text(topic.replace("-", " ").upper())}"\n.nf\n{_text(words)}.fi'
            for topic, words in TOPICS.items()
        ),
        ".SH EXAMPLES",
        *_examples(EXAMPLES),
    ]
    return "\n".join(parts) + "\n"


def _commands(group: Any, path: str) -> Iterator[str]:
    """A part for each command, those of a group after it."""
    for name in group.commands:
        command = group.commands[name]
        words = f"{path} {name}"
        if hasattr(command, "commands"):
            yield from (f'.SS "{_text(words)}"', _text(" ".join(_paragraphs(command.help or ""))))
            yield from _commands(command, words)
            continue
        context = command.make_context(name, [], resilient_parsing=True)
        usage = " ".join(command.collect_usage_pieces(context))
        yield f'.SS "{_text(f"{words} {usage}")}"'
        yield "\n.PP\n".join(_text(paragraph) for paragraph in _paragraphs(command.help or ""))
        yield from _options(command)
        yield from _examples(_shown(command.epilog or ""))


def _options(command: Any) -> Iterator[str]:
    """The arguments and options that a command has besides `--help`."""
    context = command.make_context(command.name, [], resilient_parsing=True)
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record is not None:
            head, body = record
            yield f".TP\n.B {_text(head)}\n{_text(body)}"


def _shown(epilogue: str) -> tuple[str, ...]:
    """The examples of an epilogue."""
    return tuple(re.findall(r"^  (.*\btm .*)$", epilogue, re.MULTILINE))


def _examples(examples: tuple[str, ...]) -> Iterator[str]:
    if examples:
        yield ".PP\n.nf"
        yield from (f"    {_text(example)}" for example in examples)
        yield ".fi"


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def _text(text: str) -> str:
    """A text in which nothing is taken for a request, an escape or a hyphen to break at."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return re.sub(r"^(?=[.'])", r"\\&", escaped, flags=re.MULTILINE)
