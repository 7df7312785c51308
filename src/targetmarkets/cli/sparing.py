"""Options for which nothing is done unless they are given: most of them are not."""

from collections.abc import Iterable
from typing import Any

from typer.core import TyperOption


def spare(parameters: Iterable[Any]) -> None:
    """Make the options among the parameters of a command such as are not looked at in vain.

    Typer builds every option of its own class, and has no setting for another.
    """
    for parameter in parameters:
        if type(parameter) is TyperOption:
            parameter.__class__ = _SparingOption


class _SparingOption(TyperOption):
    """An option that takes no value for none.

    Typer has Pydantic build a validator for each option, and asks it of None: thirty of them in a
    list, of which a person gives one or two.
    """

    def process_value(self, ctx: Any, value: Any) -> Any:
        if value is None and not self.required and self.callback is None:
            return () if self.multiple else None
        return super().process_value(ctx, value)
