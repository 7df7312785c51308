"""`tm show`: the dossier of anything that has an id."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.cli.loading import load
from targetmarkets.cli.options import (
    DossierFormat,
    Fields,
    Json,
    Kb,
    NoColor,
    Output,
    destination_of,
    format_of,
    knowledge_base,
)
from targetmarkets.cli.output import tell
from targetmarkets.formats import DOSSIER_FORMATS

EXAMPLES = (
    "tm show syria",
    "tm show MM",
    "tm show ad-hoc nknews-2015",
    "tm show syria-officers --json",
)


def command(
    context: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...",
            help="Customer, category, group, claim, quotation or source: by id; the first three "
            "also by name, alias or ISO code.",
            autocompletion=complete.ids(),
            show_default=False,
        ),
    ],
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
    from targetmarkets.anchor import Archives
    from targetmarkets.compose import Composer, quotes_in
    from targetmarkets.errors import UsageError
    from targetmarkets.fields import choose
    from targetmarkets.formats import set_dossiers
    from targetmarkets.names import resolve

    to = destination_of(context, output, no_color)
    chosen_format = format_of(format_, json, DOSSIER_FORMATS, "text", output)
    if fields is not None and chosen_format != "json":
        raise UsageError("--fields chooses among the fields of --json", "add --json")
    knowledge = load(knowledge_base(context, kb))
    items = [
        resolve(name, knowledge.objects, "customer, category, group, claim, quote or source")
        for name in names
    ]
    composer = Composer(knowledge)
    records = [composer.record(item) for item in items]
    archives = Archives(knowledge)
    chosen = [name for record in records for name in choose(fields, record.object)]
    fields_ = list(dict.fromkeys(chosen))
    to.emit(set_dossiers(records, archives, chosen_format, to.look, fields_))
    if broken := [quote for quote in quotes_in(records) if archives.prove(quote).problem]:
        shown = ", ".join(quote.id for quote in broken[:5])
        tell(f"not proved: {shown}{' and others' if broken[5:] else ''}", "tm verify says why")
