"""`tm add claim`."""

from typing import Annotated

import typer

from targetmarkets.cli.commands.add.fields import ClaimFields
from targetmarkets.cli.options import (
    DryRun,
    Id,
    IfVersion,
    Kb,
    NoColor,
    typed_options,
)
from targetmarkets.cli.several import Several, spread

EXAMPLES = (
    (
        "tm add claim 'Syria got masks.' --about SY --goods protective-equipment "
        "--quote nknews-syria-interactions --hedge-note 'Likely is its rank.' "
        "--speaker 'journalist:NK News:narrates' --kb DIR"
    ),
    "tm add claim --from claims.json --kb DIR",
)

WITH_FROM = {"from_", "dry_run", "if_version", "kb", "no_color"}
"""Options that go with --from; the others say what a claim is."""


Statement = Annotated[
    str | None,
    typer.Argument(
        metavar="STATEMENT",
        help="The claim in your own words; it says no more than its evidence.",
        show_default=False,
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FILE|-",
        help="Read a claim, or a list of them, as JSON in the form of the file instead.",
        show_default=False,
    ),
]


@spread
def command(
    context: typer.Context,
    statement: Statement = None,
    *,
    given: Annotated[ClaimFields, Several.of(ClaimFields)],
    from_: From = None,
    id_: Id = None,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add a claim with its evidence. Prints its id.

    The scope follows from what it is about. An id is made of the statement unless one is given.
    """
    from targetmarkets.cli.writing import add, read_text_argument
    from targetmarkets.errors import UsageError
    from targetmarkets.writing.drafts import ClaimDraft, claims_from, draft_claim

    if (statement is None) == (from_ is None):
        raise UsageError("a claim needs a statement, or --from", "give one of the two")
    typed = typed_options(context)
    if from_ is not None:
        if others := [option for name, option in typed.items() if name not in WITH_FROM]:
            message = f"--from takes claims as they are, without {', '.join(others)}"
            raise UsageError(message, "write it in the file, or leave --from out")
        text = read_text_argument(from_)
        add(context, kb, lambda _: claims_from(text), dry_run=dry_run, if_version=if_version)
        return
    for option, missing in given.misplaced(typed):
        message = f"{option} goes with {missing}, which is not given"
        raise UsageError(message, f"give {missing}, or leave {option} out")
    draft = ClaimDraft(
        statement=statement or "",
        id=id_,
        about=given.about or (),
        speakers=given.speaker or (),
        quotes=given.quote or (),
        references=given.reference or (),
        consulted_at=given.consulted_at,
        event=given.event,
        parties=given.party or (),
        places=given.place or (),
        fields=given.stored(),
    )
    add(
        context,
        kb,
        lambda knowledge: draft_claim(knowledge, draft),
        dry_run=dry_run,
        if_version=if_version,
    )
