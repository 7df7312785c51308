"""`tm cite`: references for anything that has an id."""

from typing import Annotated

import typer

from targetmarkets.cli.loading import explaining, open_knowledge, tell_unproved
from targetmarkets.cli.options import (
    CitationFormat,
    Kb,
    Names,
    NoColor,
    Output,
    destination_of,
    format_of,
    knowledge_base,
)
from targetmarkets.cli.output import tell
from targetmarkets.formats.interface import STYLE
from targetmarkets.formats.registry import CITATION_FORMATS

EXAMPLES = (
    "tm cite syria",
    "tm cite syria-officers --quote",
    "tm cite nknews-2015 --format bibtex",
    "tm cite ad-hoc --format pandoc",
    "tm cite uganda-police-trainers-2015 --style apa",
)


def command(
    context: typer.Context,
    names: Names,
    format_: CitationFormat = None,
    json: Annotated[bool, typer.Option("--json", help="Short for --format csl-json.")] = False,
    style: Annotated[
        str | None,
        typer.Option(
            metavar="STYLE",
            help=f"CSL style of the text, by name or file. Unless told: {STYLE}.",
            show_default=False,
        ),
    ] = None,
    quote: Annotated[
        bool, typer.Option("--quote", help="Show the quotations too, in text or pandoc.")
    ] = False,
    output: Output = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Cite the works that something rests on, each at its place.

    Every quotation is looked up in its archived text, and one that is not proved is told.

    Text has a note for each place that is cited, and pandoc a key; CSL-JSON, BibTeX and RIS have
    the works. A work that was not read itself is cited by way of the source that reports on it.
    Text needs the extra cite: pip install 'targetmarkets[cite]', or in a checkout pip install
    '.[cite]'.
    """
    from targetmarkets.errors import UsageError
    from targetmarkets.evidence.archive import Archives
    from targetmarkets.formats.interface import Citing
    from targetmarkets.formats.registry import lost, set_citations
    from targetmarkets.records.compose import Composer, quotes_in

    to = destination_of(context, output, no_color)
    chosen_format = format_of(format_, json, CITATION_FORMATS, "text", output)
    if style is not None and chosen_format != "text":
        raise UsageError("--style is for formatted text", "leave it out, or --format")
    if quote and chosen_format not in {"text", "pandoc"}:
        raise UsageError("--quote is for text and pandoc", "leave it out, or choose one of these")
    knowledge = open_knowledge(knowledge_base(context, kb))
    with explaining(knowledge):
        records = Composer(knowledge).named(names)
    tell_unproved(quotes_in(records), Archives(knowledge))
    citations = [citation for record in records for citation in record.citations()]
    citing = Citing(citations, knowledge.sources, style or STYLE, quote)
    to.emit(set_citations(citing, chosen_format, to.look))
    if fields := lost(citing, chosen_format):
        named = ", ".join(f"{field} ({number})" for field, number in fields.items())
        tell(f"only tm reads back what {chosen_format} has no place for: {named}")
    if not citations:
        tell("no claim rests on anything here that could be cited")
