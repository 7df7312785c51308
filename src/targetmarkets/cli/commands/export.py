"""`tm export`: the knowledge base in a form that another program reads."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.filters import LISTED
from targetmarkets.cli.loading import explaining, open_knowledge
from targetmarkets.cli.options import Kb, destination_of, knowledge_base
from targetmarkets.cli.output import emit, tell
from targetmarkets.cli.several import spread
from targetmarkets.exports.registry import TARGETS
from targetmarkets.kb.filters import Filters

EXAMPLES = (
    "tm export sqlite -o targetmarkets.db",
    "tm export sqlite -o syria.db --customer syria",
    "tm export datapackage -o targetmarkets.zip",
    "tm export annotations -o quotations.jsonld",
    "tm export ftm -o kb.ftm.json",
    "tm export hypothesis -o nknews.json --source nknews-2015",
)


@spread
def command(
    context: typer.Context,
    target: Annotated[
        str,
        typer.Argument(
            metavar="|".join(TARGETS),
            help="What it is for: "
            + "; ".join(f"{one.name}, {one.purpose}" for one in TARGETS.values())
            + ".",
            autocompletion=complete.terms({one.name: one.purpose for one in TARGETS.values()}),
            show_default=False,
        ),
    ],
    *,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file, which is written whole or not at all. Needed.",
            show_default=False,
        ),
    ] = None,
    chosen: Annotated[Filters, LISTED],
    curators: Annotated[
        bool, typer.Option("--curators", help="Give the names of curators, too.")
    ] = False,
    kb: Kb = None,
) -> None:
    """Write claims with their evidence to a file that another program reads.

    The filters are those of tm list claims, and choose claims; what these rest on, speak of and
    refer to goes with them. Retracted claims go too, and say so, unless --status is given. What
    the target cannot hold is counted on stderr, and in the file. See docs/exports.md.
    """
    from pathlib import Path

    from targetmarkets.cli.writing import after_saving
    from targetmarkets.errors import UsageError
    from targetmarkets.exports.registry import as_target, export, refuse_other_ending
    from targetmarkets.formats.escape import visible

    meant = as_target(target)
    if output is None or output == "-":
        message = f"an export to {meant.name} needs a file"
        raise UsageError(message, f"name it: tm export {meant.name} -o FILE{meant.ending}")
    refuse_other_ending(meant, output)
    destination_of(context, output, no_color=True)
    path = Path(output)
    knowledge = open_knowledge(knowledge_base(context, kb), parts=True)
    with explaining(knowledge):
        losses = export(knowledge, meant, path, chosen, curators=curators)
    with after_saving(path):
        emit(visible(f"{path}") + "\n")
    for lost in losses:
        tell(f"not carried: {lost.kind}: {lost.number:,}", lost.why)
