"""`tm add quote`."""

from typing import Annotated

import typer

from targetmarkets import limits
from targetmarkets.cli import complete
from targetmarkets.cli.options import DryRun, Id, IfVersion, Kb, NoColor, NoInput
from targetmarkets.cli.output import tell
from targetmarkets.formats.escape import visible

EXAMPLES = (
    "tm add quote nknews-2015 'Damascus’ chemical weapons programs' --kb DIR",
    'tm add quote nknews-2015 "DAMASCUS\' chemical weapons" --ignore-case --kb DIR',
    "tm add quote rusi-2015 'Ad Hoc Customers' --id my-quote --dry-run --kb DIR",
)


Source = Annotated[
    str | None,
    typer.Argument(
        metavar="SOURCE",
        help="An archived source.",
        autocompletion=complete.ids("sources"),
        show_default=False,
    ),
]
Text = Annotated[
    str | None,
    typer.Argument(metavar="TEXT", help="The passage; - reads it from stdin.", show_default=False),
]
Nth = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        max=limits.PLACES.most,
        help="Which, if it stands in several places.",
    ),
]
PartOfWord = Annotated[
    bool,
    typer.Option(
        "--part-of-word", help="Take it though it begins or ends within a word or a number."
    ),
]


def command(
    context: typer.Context,
    source: Source = None,
    text: Text = None,
    nth: Nth = None,
    ignore_case: Annotated[
        bool, typer.Option("--ignore-case", help="Upper and lower case are the same.")
    ] = False,
    part_of_word: PartOfWord = False,
    id_: Id = None,
    no_input: NoInput = False,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Quote a passage of an archived source. Prints the id of the quotation.

    White space, line ends, hyphenation, ligatures, dashes and the form of quotation marks need not
    be those of the archive. The marks of notes may be left out, and in a PDF what stands between
    two pages of a sentence, which is told. What is saved always is the archive's own. A passage
    begins and ends at words: `lethal` is not taken from `non-lethal`, nor `500` from `1,500`,
    unless with --part-of-word, which is recorded and shown with it. Exits with 1, and saves
    nothing, if the passage stands nowhere, in several places, or within a word.
    """
    from targetmarkets.cli.writing import beginning, completed, read_text_argument, show_change
    from targetmarkets.writing.quoting import quote

    passage = read_text_argument("-") if text == "-" else text
    given = {"source": source, "passage": passage}
    source, passage = completed("quote", given, no_input).values()
    with beginning(context, kb, dry_run=dry_run, if_version=if_version) as transaction:
        found = quote(
            transaction.kb, source, passage,
            id_=id_, nth=nth, ignore_case=ignore_case, part_of_word=part_of_word,
        )  # fmt: skip
        if not found.known:
            transaction.add(found.quote)
        done = transaction.commit()
    show_change(context, done, [found.quote.id], dry_run=dry_run)
    saved = "is quoted already" if found.known else "stands there"
    how = "character by character" if found.status == "exact" else "as the archive has it"
    if id_ and id_ not in found.quote.ids:
        tell(f"its id is {found.quote.id}", f"tm rename {found.quote.id} {id_} gives it that one")
    tell(f"the passage {saved}, {how}: {visible(found.quote.exact)}")
    if found.notes:
        tell(f"footnote omitted: {visible(', '.join(found.notes))}")
    for stretch in found.passed_over:
        tell(f"over the end of a page or column, past: {visible(' '.join(stretch.split()))}")
    if found.quote.part_of_word:
        tell("it begins or ends within a word, which is recorded")
    if found.left_out:
        tell(
            f"it leaves out of its sentence: {visible(', '.join(found.left_out))}; "
            "a claim that rests on it records that as its hedge, or says in a hedge note why not"
        )
