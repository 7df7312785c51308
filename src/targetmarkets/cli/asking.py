"""Ask a person at a terminal for what is missing, with the choices and what they mean.

Questions go to stderr, so that the ids that a command prints can be kept. Nothing is saved before
all of it was shown and agreed to.
"""

import io
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from targetmarkets.cli.output import tell, width_of_messages
from targetmarkets.errors import UsageError
from targetmarkets.formats.escape import visible
from targetmarkets.kb.resolve import resolve_term
from targetmarkets.writing.forms import Field, Form, Given


def asks(no_input: bool) -> bool:
    """Whether a person is there to be asked."""
    streams = (sys.stdin, sys.stderr)
    if no_input or not all(stream is not None and stream.isatty() for stream in streams):
        return False
    if isinstance(sys.stdin, io.TextIOWrapper) and sys.stdin.errors != "replace":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return True


def asked_for(word: str, form: Form, given: Given) -> Given:
    """What is given of an object, with what a person says of what it lacks; nothing is asked where
    nothing is needed.
    """
    lacking = [field.name for field in form.lacks(given)]
    if not lacking:
        return given
    tell(f"what is missing of the {word} is asked for; Ctrl-C leaves without saving")
    answers = dict(given)
    for field in form.fields:
        wanted = field.name in lacking or (field.asked and not answers.get(field.name))
        if wanted and (said := ask(field, needed=field.needed)):
            answers[field.name] = said
    agree(form, answers)
    return answers


def agree(form: Form, answers: Given, more: Sequence[str] = ()) -> None:
    """Show what would be saved, and leave unless the person agrees."""
    tell("this is going to be saved:", None, [*more, *summary(form, answers)])
    if not confirmed("save it", default=True):
        tell("nothing was saved")
        raise typer.Abort


def summary(form: Form, answers: Given) -> list[str]:
    """What is given of an object, a field in each line."""
    lines = []
    for field in form.fields:
        if value := answers.get(field.name):
            shown = " | ".join(value) if isinstance(value, list | tuple) else value
            lines.append(f"  {field.name.replace('_', ' ')}: {shown}")
    return lines


def ask(field: Field, proposal: str = "", *, needed: bool = False) -> Any:
    """What a person says of a field; a proposal is taken by the return key. What cannot be meant is
    asked for again.
    """
    if field.terms:
        return choose(field.what, field.terms, proposal, needed=needed)
    while True:
        said = text(field.what, proposal, needed=needed)
        parts = [each.strip() for each in said.split("|") if each.strip()] if field.many else [said]
        try:
            if said and (read := field.read):
                for part in parts:
                    read(part)
        except UsageError as error:
            tell(error.message, error.remedy)
            continue
        return parts if field.many else said


def text(question: str, proposal: str = "", *, needed: bool = False) -> str:
    """A line that a person types; the return key takes what is proposed."""
    shown = _sentence(question)
    if proposal:
        shown += f" [{proposal}]"
    elif not needed:
        shown += " (return: none)"
    while True:
        said = _typed(f"{shown}: ") or proposal
        if said or not needed:
            return said


def _typed(prompt: str) -> str:
    """A line from the terminal, behind a prompt on stderr."""
    sys.stderr.write(visible(prompt))
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise typer.Abort
    return line.strip()


def choose(
    question: str, terms: Mapping[Any, str], proposal: str = "", *, needed: bool = True
) -> str:
    """A term that a person chooses, by its number or by its name."""
    names = [str(term) for term in terms]
    wide = max(map(len, names))
    room = max(20, width_of_messages() - wide - 7)
    lines = [
        f"  {number:>2} {name:<{wide}}  {_cut(terms[name], room)}"
        for number, name in enumerate(names, start=1)
    ]
    tell(f"{_sentence(question)}:", None, lines)
    while True:
        said = text(f"1 to {len(names)}, or the word", proposal, needed=needed)
        if not said:
            return ""
        if said.isdecimal() and 1 <= int(said) <= len(names):
            return names[int(said) - 1]
        try:
            return resolve_term(said, names, "choice")
        except UsageError as error:
            tell(error.message, error.remedy)


def confirmed(question: str, *, default: bool) -> bool:
    """Whether a person says yes."""
    choices = "[Y/n]" if default else "[y/N]"
    while True:
        said = _typed(f"{_sentence(question)}? {choices}: ").lower()
        if said in {"", "y", "yes", "n", "no"}:
            return said.startswith("y") if said else default
        tell("that is neither y for yes nor n for no")


def several_lines(question: str) -> str:
    """Lines that a person pastes, up to an empty one after which nothing more is waiting."""
    tell(f"{_sentence(question)}; an empty line ends it")
    lines: list[str] = []
    while True:
        line = sys.stdin.readline()
        if not line:
            raise typer.Abort
        lines.append(line)
        if not line.strip() and any(each.strip() for each in lines) and not _waiting():
            return "".join(lines).strip()


def _waiting() -> bool:
    """Whether more was pasted than was read."""
    import select

    try:
        return bool(select.select([sys.stdin], [], [], 0.05)[0])
    except (OSError, ValueError):  # where only sockets can be asked
        return False


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: room - 1]}…"
