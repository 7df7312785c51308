"""`tm show`: the dossier of anything that has an id."""

from typing import Annotated

import typer

from targetmarkets.cli.loading import explaining, open_knowledge, tell_unproved
from targetmarkets.cli.options import (
    DossierFormat,
    Fields,
    Json,
    Kb,
    Names,
    NoColor,
    Output,
    destination_of,
    format_of,
    knowledge_base,
)
from targetmarkets.formats.registry import DOSSIER_FORMATS

EXAMPLES = (
    "tm show syria",
    "tm show MM --full",
    "tm show 'chong chon gang'",
    "tm show ad-hoc nknews-2015",
    "tm show syria-officers --json",
)


def command(
    context: typer.Context,
    names: Names,
    full: Annotated[
        bool, typer.Option("--full", help="Everything that is said, with all its evidence.")
    ] = False,
    fields: Fields = None,
    format_: DossierFormat = None,
    json: Json = False,
    output: Output = None,
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Do not page what is longer than the terminal.")
    ] = False,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Show anything that has an id on one screen; a claim or a quotation whole.

    Every quotation is looked up in its archived text as it is shown. What is longer than the
    terminal goes through PAGER, or less. The fields of --json are always whole.
    """
    from targetmarkets.errors import UsageError
    from targetmarkets.evidence.archive import Archives
    from targetmarkets.formats.interface import Dossiers
    from targetmarkets.formats.registry import set_dossiers
    from targetmarkets.records.compose import Composer, quotes_in
    from targetmarkets.records.fields import choose

    to = destination_of(context, output, no_color)
    chosen_format = format_of(format_, json, DOSSIER_FORMATS, "text", output)
    if fields is not None and chosen_format != "json":
        raise UsageError("--fields chooses among the fields of --json", "add --json")
    knowledge = open_knowledge(knowledge_base(context, kb))
    with explaining(knowledge):
        records = Composer(knowledge).named(names)
    archives = Archives(knowledge)
    chosen = [name for record in records for name in choose(fields, record.object)]
    dossiers = Dossiers(records, archives, full, list(dict.fromkeys(chosen)))
    text = set_dossiers(dossiers, chosen_format, to.look)
    if full and chosen_format == "text" and to.is_terminal and not no_pager:
        from targetmarkets.cli.pager import page

        page(text)
    else:
        to.emit(text)
    tell_unproved(quotes_in(records), archives)
