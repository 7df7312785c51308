"""`tm add claim`."""

from typing import Annotated

import typer

from targetmarkets.cli.commands.add import fields
from targetmarkets.cli.options import DryRun, Id, Kb, NoColor, knowledge_base, typed_options

EXAMPLES = (
    (
        "tm add claim 'Syria got masks.' --about syria --type protective-equipment "
        "--quote nknews-syria-interactions --speaker 'journalist:NK News:narrates' --kb DIR"
    ),
    "tm add claim --from claims.json --kb DIR",
)

WITH_FROM = {"from_", "dry_run", "kb", "no_color"}
"""Options that go with --from; the others say what a claim is."""


def command(
    context: typer.Context,
    statement: Annotated[
        str | None,
        typer.Argument(
            metavar="STATEMENT",
            help="The claim in your own words; it says no more than its evidence.",
            show_default=False,
        ),
    ] = None,
    about: fields.About = None,
    kind: fields.Kind = None,
    type_: fields.Type = None,
    item: fields.Item = None,
    outcome: fields.Outcome = "unstated",
    certainty: fields.Certainty = "stated",
    hedge: fields.Hedge = None,
    speaker: fields.Speaker = None,
    quote: fields.Quote = None,
    reference: fields.Reference = None,
    consulted_at: fields.ConsultedAt = None,
    joint: fields.Joint = False,
    reasoning: fields.Reasoning = None,
    stance: fields.Stance = "asserted",
    denies: fields.Denies = None,
    conflicts_with: fields.Conflicts = None,
    period: fields.Period = None,
    note: fields.Note = None,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE|-",
            help="Read a claim, or a list of them, as JSON in the form of the file instead.",
            show_default=False,
        ),
    ] = None,
    id_: Id = None,
    dry_run: DryRun = False,
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
        add(context, knowledge_base(context, kb), lambda _: claims_from(text), dry_run=dry_run)
        return
    for name, other in (("item", "type_"), ("outcome", "type_"), ("consulted_at", "reference")):
        if name in typed and other not in typed:
            missing = f"--{other.strip('_')}"
            message = f"{typed[name]} goes with {missing}, which is not given"
            raise UsageError(message, f"give {missing}, or leave {typed[name]} out")
    activity = {"type": type_, "items": item or [], "outcome": outcome} if type_ else None
    draft = ClaimDraft(
        statement=statement or "",
        id=id_,
        about=about or (),
        speakers=speaker or (),
        quotes=quote or (),
        references=reference or (),
        consulted_at=consulted_at,
        fields={
            "kind": kind or ("activity" if activity else None),
            "activity": activity,
            "certainty": certainty,
            "hedge": hedge,
            "joint": joint,
            "reasoning": reasoning,
            "stance": stance,
            "denies": denies or [],
            "conflicts_with": conflicts_with or [],
            "period": period,
            "note": note,
        },
    )
    kb_ = knowledge_base(context, kb)
    add(context, kb_, lambda knowledge: draft_claim(knowledge, draft), dry_run=dry_run)
