"""`tm add actor`."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import Aliases, DryRun, Id, IfVersion, Kb, NoColor
from targetmarkets.model.activities import ACTOR_KINDS, SCHEMES

EXAMPLES = (
    "tm add actor 'Ocean Maritime Management' --kind firm --country KP --alias OMM --kb DIR",
    "tm add actor 'A ship' --kind ship --identifier imo:9074729 --kb DIR",
)


def command(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Its usual name.", show_default=False)
    ],
    kind: Annotated[
        str,
        typer.Option(
            metavar="KIND",
            help=f"One of: {', '.join(ACTOR_KINDS)}.",
            autocompletion=complete.terms(ACTOR_KINDS),
            show_default=False,
        ),
    ],
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
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add an actor: a firm, agency, ship, aircraft, armed group or person. Prints its id.

    What it does is said by the claims in which it is a party: tm add claim --party PART:ID.
    """
    from targetmarkets.cli.writing import add
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.kb.resolve import free_id, resolve_term
    from targetmarkets.model.objects import Actor
    from targetmarkets.writing.drafts import identifier as identified
    from targetmarkets.writing.edits import build

    def actor(knowledge: Knowledge) -> Actor:
        fields = {
            "id": id_ or free_id(knowledge, name),
            "name": name,
            "aliases": alias or [],
            "kind": resolve_term(kind, ACTOR_KINDS, "kind of actor"),
            "country": country.upper() if country else None,
            "identifiers": [identified(text) for text in identifier or ()],
        }
        return build(Actor, fields)

    add(context, kb, actor, dry_run=dry_run, if_version=if_version)
