"""Options that belong together, as one parameter of a command."""

from collections.abc import Callable, Sequence
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any, NamedTuple


class Several(NamedTuple):
    """Marks a parameter of a command that stands for several options."""

    options: Sequence[Parameter]
    """The options, each as Typer reads it off a function; all by keyword."""
    collect: Callable[..., Any]
    """What the parameter is, given what was typed for each of them."""

    @classmethod
    def of(cls, collect: Callable[..., Any]) -> "Several":
        """The options that the parameters of a class or a function are."""
        parameters = signature(collect, eval_str=True).parameters.values()
        return cls([each.replace(kind=Parameter.KEYWORD_ONLY) for each in parameters], collect)


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose parameters that stand for several options are those options, in the same
    place: Typer reads them off its signature.
    """
    parameters: list[Parameter] = []
    together: dict[str, Several] = {}
    for parameter in signature(command, eval_str=True).parameters.values():
        marks = getattr(parameter.annotation, "__metadata__", ())
        several = next((mark for mark in marks if isinstance(mark, Several)), None)
        if several:
            together[parameter.name] = several
        parameters += several.options if several else [parameter]

    @wraps(command)
    def spreading(**typed: Any) -> None:
        for name, several in together.items():
            typed[name] = several.collect(**{o.name: typed.pop(o.name) for o in several.options})
        command(**typed)

    vars(spreading)["__signature__"] = Signature(parameters)
    return spreading
