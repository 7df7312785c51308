"""`tm add event`."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.options import Aliases, DryRun, Id, IfVersion, Kb, NoColor, NoInput
from targetmarkets.model.activities import EVENT_KINDS

EXAMPLES = (
    "tm add event 'Light, off China, May 2011' --kind interception --kb DIR",
    "tm add event 'Visit to Kampala, 2013' --kind visit --alias 'the minister’s visit' --kb DIR",
)


def command(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="What, where and when, in a few words.", show_default=False
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help=f"One of: {', '.join(EVENT_KINDS)}.",
            autocompletion=complete.terms(EVENT_KINDS),
            show_default=False,
        ),
    ] = None,
    alias: Aliases = None,
    id_: Id = None,
    no_input: NoInput = False,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add an event: an occurrence that several claims speak of. Prints its id.

    It has a name and a kind alone. What happened, when, where and with whom is said by the claims
    that name it: tm add claim --event ID.
    """
    from targetmarkets.cli.writing import add

    given = {
        "name": name,
        "kind": kind,
        "alias": alias,
        "id": id_,
    }
    add(context, kb, "event", given, no_input=no_input, dry_run=dry_run, if_version=if_version)
