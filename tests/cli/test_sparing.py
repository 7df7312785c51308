"""Options that are not looked at unless given: they come to what Typer would make of them."""

from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperOption

from targetmarkets.cli.app import app
from targetmarkets.cli.sparing import _SparingOption


def spared(group: Any, path: str = "tm") -> Iterator[tuple[str, Any, Any]]:
    """Every option of every command that is spared, with a context of its command."""
    for name in group.commands:
        command = group.commands[name]
        here = f"{path} {name}"
        if hasattr(command, "commands"):
            yield from spared(command, here)
        ctx = typer.Context(command)
        for parameter in command.params:
            if isinstance(parameter, _SparingOption):
                yield f"{here} {parameter.opts[0]}", parameter, ctx


def test_what_is_not_given_is_what_typer_makes_of_nothing() -> None:
    found = 0
    for where, option, ctx in spared(typer.main.get_command(app)):
        if option.required or option.callback is not None:
            continue  # those are asked as ever
        found += 1
        assert option.process_value(ctx, None) == TyperOption.process_value(option, ctx, None), (
            where
        )
    assert found > 100
