"""What was meant by a word that stands where a command or a kind of list should stand."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperCommand

from targetmarkets.cli.loading import open_knowledge
from targetmarkets.cli.options import knowledge_base
from targetmarkets.errors import (
    AmbiguousNameError,
    TargetMarketsError,
    UnknownNameError,
    UsageError,
    shorten,
)
from targetmarkets.model.types import KINDS, LIST_OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from targetmarkets.model.stored import Stored

MAX_WORD_LENGTH: Final = 60
"""Characters of a word that a remedy repeats."""

MAX_COMMANDS: Final = 3
"""Commands that a remedy names."""

_PARTS: Final = {"activity": "activities", "finding": "findings"}
"""Words for one of what is listed and is no list of the file."""

FILTER_OF: Final = {"customer": "--customer", "category": "--category", "source": "--source"}
"""The filter that chooses by an object, by the word for it."""


def unknown_command(
    context: typer.Context, words: Sequence[str], known: "Iterable[str]"
) -> UsageError:
    """The error for a word that is no command, with the command for what it names."""
    from targetmarkets.text.spelling import SHORTEST_TERM, spelt_like

    path, word = context.command_path, words[0]
    near = spelt_like(word.lower(), known, shortest=SHORTEST_TERM)
    commands = [f"{path} {other}" for other in near]
    if not commands and context.parent is None:
        if kind := _kind(word):
            commands = [f"tm list {kind}"]
        else:
            commands = [f"tm show {item.id}" for item in _named(context, None, word)]
    remedy = did_you_mean(commands) or f"{path} --help lists the commands"
    if not commands and context.parent is None and _is_short(word):
        import shlex

        remedy += f"; tm search {shlex.quote(word)} looks for it"
    return UsageError(f"there is no command {shorten(word)}", remedy)


def no_command(
    context: typer.Context, words: Sequence[str], commands: "Mapping[str, Any]"
) -> UsageError:
    """The error for options in the place of a command, with the commands that have the first."""
    path = context.command_path
    if not words:
        return UsageError(f"{path} needs a word for what", f"one of: {', '.join(commands)}")
    option = words[0].partition("=")[0]
    having = [
        f"{path} {name} {option}"
        for name in commands
        if any(option in parameter.opts for parameter in commands[name].params)
    ]
    remedy = did_you_mean(having[:MAX_COMMANDS]) or f"{path} --help lists the commands"
    return UsageError(f"{path} needs a command before {shorten(option)}", remedy)


class ListCommand(TyperCommand):
    """Says what was meant where a name stands in the place of a kind of list, or behind it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Look at what stands there before anything else is done."""
        if ctx.resilient_parsing:  # completion takes whatever it is given
            return super().parse_args(ctx, args)
        ctx.allow_extra_args = True
        more = super().parse_args(ctx, args)
        words = [str(ctx.params["what"]), *more]
        if more or not _kind(words[0]):
            _refuse_names(ctx, words)
        return more


def _refuse_names(context: typer.Context, words: Sequence[str]) -> None:
    """Refuse more than a kind of list, or what has a name in the place of one.

    Raises `UsageError`. A single word that nothing goes by is for the command itself to refuse.
    """
    kinds = [kind for word in words if (kind := _kind(word))]
    others = [word for word in words if not _kind(word)]
    found = [_named(context, context.params.get("kb"), word) for word in others]
    items = [items[0] for items in found if items]
    if not kinds and items:
        shown = f"tm show {' '.join(item.id for item in items)}"
        remedy = did_you_mean([shown, *_lists("", items)])
        raise UsageError(f"there is no list of {shorten(others[0])}", remedy)
    if len(words) > 1:
        wanted = _lists(f" {kinds[0]}", items) if len(kinds) == 1 and all(found) else []
        remedy = did_you_mean(wanted) or "tm list --help shows its filters"
        wrong = shorten((others or words[1:])[0])
        raise UsageError(f"a list is of one kind, and {wrong} is one word too many", remedy)


def _lists(kind: str, items: "Sequence[Stored]") -> list[str]:
    """The list that is chosen by some objects; none where there is no filter for one of them."""
    if any(item.word() not in FILTER_OF for item in items):
        return []
    if not kind and any(item.word() != "category" for item in items):
        kind = " claims"
    return [f"tm list{kind} {' '.join(f'{FILTER_OF[i.word()]} {i.id}' for i in items)}"]


def did_you_mean(commands: Sequence[str]) -> str | None:
    """The question whether one of some commands was meant; None where there are none."""
    return f"did you mean: {' or '.join(commands)}?" if commands else None


def _kind(word: str) -> str | None:
    """The kind of list that a word names, in the plural or in the singular."""
    from targetmarkets.kb.lookup import fold_name

    named: dict[str, str] = {fold_name(kind): kind for kind in KINDS}
    named |= {fold_name(one): kind for one, kind in {**LIST_OF, **_PARTS}.items()}
    return named.get(fold_name(word))


def _named(context: typer.Context, kb: str | None, word: str) -> "Sequence[Stored]":
    """What goes by a name in the knowledge base, or may be meant; none where that is unreadable."""
    from targetmarkets.kb.resolve import resolve, suggestions

    try:
        objects = open_knowledge(knowledge_base(context, kb)).objects
        return [resolve(word, objects, "object")]
    except AmbiguousNameError:
        return objects.called(word)
    except UnknownNameError:
        return [objects[id_] for id_ in suggestions(word, objects)]
    except TargetMarketsError:
        return ()


def _is_short(word: str) -> bool:
    return 0 < len(word.strip()) <= MAX_WORD_LENGTH and word.isprintable()
