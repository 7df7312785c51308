"""`tm show`: the dossier of anything that has an id."""

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
    "tm show MM",
    "tm show ad-hoc nknews-2015",
    "tm show syria-officers --json",
)


def command(
    context: typer.Context,
    names: Names,
    fields: Fields = None,
    format_: DossierFormat = None,
    json: Json = False,
    output: Output = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Show the dossier of a customer, or of anything that has an id.

    Every quotation is looked up in its archived text as it is shown.
    """
    from targetmarkets.errors import UsageError
    from targetmarkets.evidence.archive import Archives
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
    fields_ = list(dict.fromkeys(chosen))
    to.emit(set_dossiers(records, archives, chosen_format, to.look, fields_))
    tell_unproved(quotes_in(records), archives)
