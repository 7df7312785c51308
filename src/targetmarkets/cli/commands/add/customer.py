"""`tm add customer`."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import Aliases, DryRun, Id, IfVersion, Kb, NoColor
from targetmarkets.model.vocabulary import CUSTOMER_KINDS, REGIONS

EXAMPLES = (
    "tm add customer Angola --kind state --region 'Middle Africa' --iso AO --kb DIR",
    "tm add customer 'A group' --kind non-state --region 'Western Asia' --alias AG --kb DIR",
)


Kind = Annotated[
    str,
    typer.Option(
        metavar="|".join(CUSTOMER_KINDS),
        help="Whether it is a state.",
        autocompletion=complete.terms(CUSTOMER_KINDS),
        show_default=False,
    ),
]
Region = Annotated[
    str,
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
        str, typer.Argument(metavar="NAME", help="As the source has it.", show_default=False)
    ],
    kind: Kind,
    region: Region,
    alias: Aliases = None,
    iso: Iso = None,
    id_: Id = None,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add a customer. What it buys and where it is sorted are claims.

    Prints its id.
    """
    from targetmarkets.cli.writing import add
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.kb.resolve import free_id, resolve_term
    from targetmarkets.model.objects import Customer
    from targetmarkets.writing.drafts import iso_codes
    from targetmarkets.writing.edits import build

    def customer(knowledge: Knowledge) -> Customer:
        fields = {
            "id": id_ or free_id(knowledge, name),
            "name": name,
            "aliases": alias or [],
            "kind": resolve_term(kind, CUSTOMER_KINDS, "kind of customer"),
            "iso_3166": iso_codes(iso) if iso is not None else None,
            "region": resolve_term(region, REGIONS, "sub-region"),
        }
        return build(Customer, fields)

    add(context, kb, customer, dry_run=dry_run, if_version=if_version)
