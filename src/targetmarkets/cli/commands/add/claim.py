"""`tm add claim`."""

from typing import Annotated, Any

import typer

from targetmarkets.cli.commands.add.fields import ClaimFields
from targetmarkets.cli.options import (
    DryRun,
    Id,
    IfVersion,
    Kb,
    NoColor,
    NoInput,
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

WITH_FROM = {"from_", "no_input", "dry_run", "if_version", "kb", "no_color"}
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
    no_input: NoInput = False,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add a claim with its evidence. Prints its id.

    The scope follows from what it is about. An id is made of the statement unless one is given. On
    a terminal, what is missing is asked for, from the passage on, and the next claim after it.
    """
    from targetmarkets.cli.asking import confirmed
    from targetmarkets.cli.writing import add, add_claims, read_text_argument
    from targetmarkets.errors import UsageError
    from targetmarkets.writing.drafts import claims_from

    typed = typed_options(context)
    if from_ is not None:
        if statement is not None:
            raise UsageError("a claim needs a statement, or --from", "give one of the two")
        if others := [option for name, option in typed.items() if name not in WITH_FROM]:
            message = f"--from takes claims as they are, without {', '.join(others)}"
            raise UsageError(message, "write it in the file, or leave --from out")
        claims = claims_from(read_text_argument(from_))
        add_claims(context, kb, claims, dry_run=dry_run, if_version=if_version)
        return
    for option, missing in given.misplaced(typed):
        message = f"{option} goes with {missing}, which is not given"
        raise UsageError(message, f"give {missing}, or leave {option} out")
    named = {"statement": statement, "id": id_, **given.named()}
    settings: dict[str, Any] = {
        "no_input": no_input, "dry_run": dry_run, "if_version": if_version,
    }  # fmt: skip
    while add(context, kb, "claim", named, **settings) and confirmed(
        "another claim", default=False
    ):
        named = {}
