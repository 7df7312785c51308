"""`tm add customer`."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import Aliases, DryRun, Id, IfVersion, Kb, NoColor, NoInput
from targetmarkets.model.vocabulary import CUSTOMER_KINDS, REGIONS

EXAMPLES = (
    "tm add customer Angola --kind state --region 'Middle Africa' --iso AO --kb DIR",
    "tm add customer 'A group' --kind non-state --region 'Western Asia' --alias AG --kb DIR",
)


Kind = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(CUSTOMER_KINDS),
        help="Whether it is a state.",
        autocompletion=complete.terms(CUSTOMER_KINDS),
        show_default=False,
    ),
]
Region = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Sub-region in UN M49 where it is, or chiefly operates.",
        autocompletion=complete.terms(REGIONS),
        show_default=False,
    ),
]
Iso = Annotated[
    str | None,
    typer.Option(
        metavar="AA",
        help="A code of a state in ISO 3166-1; the others follow.",
        show_default=False,
    ),
]


def command(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="As the source has it.", show_default=False)
    ] = None,
    kind: Kind = None,
    region: Region = None,
    alias: Aliases = None,
    iso: Iso = None,
    id_: Id = None,
    no_input: NoInput = False,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add a customer. What it buys and where it is sorted are claims.

    Prints its id.
    """
    from targetmarkets.cli.writing import add

    given = {
        "name": name,
        "kind": kind,
        "region": region,
        "alias": alias,
        "iso": iso,
        "id": id_,
    }
    add(context, kb, "customer", given, no_input=no_input, dry_run=dry_run, if_version=if_version)
