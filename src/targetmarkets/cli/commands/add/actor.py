"""`tm add actor`."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import Aliases, DryRun, Id, IfVersion, Kb, NoColor, NoInput
from targetmarkets.model.activities import ACTOR_KINDS, SCHEMES

EXAMPLES = (
    "tm add actor 'Ocean Maritime Management' --kind firm --country KP --alias OMM --kb DIR",
    "tm add actor 'A ship' --kind ship --identifier imo:9074729 --kb DIR",
)


def command(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Its usual name.", show_default=False)
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help=f"One of: {', '.join(ACTOR_KINDS)}.",
            autocompletion=complete.terms(ACTOR_KINDS),
            show_default=False,
        ),
    ] = None,
    alias: Aliases = None,
    country: Annotated[
        str | None,
        typer.Option(
            metavar="AA",
            help="ISO 3166-1 code of its country, if a claim says so.",
            show_default=False,
        ),
    ] = None,
    identifier: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SCHEME:NUMBER", help=f"A number of it ({', '.join(SCHEMES)}); repeatable."
        ),
    ] = None,
    id_: Id = None,
    no_input: NoInput = False,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add an actor: a firm, agency, ship, aircraft, armed group or person. Prints its id.

    What it does is said by the claims in which it is a party: tm add claim --party PART:ID.
    """
    from targetmarkets.cli.writing import add

    given = {
        "name": name,
        "kind": kind,
        "alias": alias,
        "country": country,
        "identifier": identifier,
        "id": id_,
    }
    add(context, kb, "actor", given, no_input=no_input, dry_run=dry_run, if_version=if_version)
