"""The filters of lists, as options."""

from inspect import Parameter
from typing import Annotated, Final

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.several import Several
from targetmarkets.kb.filtering import Filter, Ids, Terms, Values
from targetmarkets.kb.filters import FILTERS, Filters


def _option(filter_: Filter, about: str) -> Parameter:
    option = typer.Option(
        metavar=filter_.metavar, help=about, autocompletion=_completer(filter_.takes)
    )
    kind = Annotated[list[str] | None, option]
    return Parameter(filter_.name, Parameter.KEYWORD_ONLY, default=None, annotation=kind)


def _completer(takes: Values) -> complete.Completer | None:
    match takes:
        case Ids():
            return complete.ids(takes.list)
        case Terms():
            return complete.terms(takes.offered)
    return None


def _filters(**typed: list[str] | None) -> Filters:
    return Filters(**{name: values or () for name, values in typed.items()})


LISTED: Final = Several([_option(f, f.help) for f in FILTERS.values()], _filters)
"""The options of `tm list`."""

SEARCHED: Final = Several(
    [_option(f, f.searched) for f in FILTERS.values() if f.searched], _filters
)
"""Those of `tm search`."""
