"""The fields of a claim, as options of `tm add claim`."""

from typing import Annotated, Any, NamedTuple

import typer

from targetmarkets.cli import complete
from targetmarkets.model.vocabulary import (
    ACTIVITY_TYPES,
    CERTAINTIES,
    CLAIM_KINDS,
    OUTCOMES,
    STANCES,
)


def _option(metavar: str, about: str, names: complete.Completer | None = None, *flags: str) -> Any:
    return typer.Option(
        *flags, metavar=metavar, help=about, autocompletion=names, show_default=False
    )


_SUBJECTS = complete.ids("customers", "categories", "groups")
_CLAIMS = complete.ids("claims")


class ClaimFields(NamedTuple):
    """What was typed of a claim, in the order of the help."""

    about: Annotated[
        list[str] | None,
        _option("NAME", "A customer, category or group; repeatable. None: a finding.", _SUBJECTS),
    ] = None
    kind: Annotated[
        str | None,
        _option("KIND", f"One of: {', '.join(CLAIM_KINDS)}.", complete.terms(CLAIM_KINDS)),
    ] = None
    type_: Annotated[
        str | None,
        _option(
            "TYPE",
            "Makes it an activity: the kind of supply or service.",
            complete.terms(ACTIVITY_TYPES),
            "--type",
        ),
    ] = None
    item: Annotated[
        list[str] | None, _option("WORDS", "Of an activity: what the source names; repeatable.")
    ] = None
    outcome: Annotated[
        str, _option("OUTCOME", f"Of an activity: {', '.join(OUTCOMES)}.", complete.terms(OUTCOMES))
    ] = "unstated"
    certainty: Annotated[
        str, _option("WORD", f"One of: {', '.join(CERTAINTIES)}.", complete.terms(CERTAINTIES))
    ] = "stated"
    hedge: Annotated[str | None, _option("WORDS", "The hedging words, verbatim.")] = None
    speaker: Annotated[
        list[str] | None,
        _option(
            "ROLE:NAME:MODE", "Who says it, outermost first; repeatable. @ID after it: the work."
        ),
    ] = None
    quote: Annotated[
        list[str] | None,
        _option("ID", "A quotation that proves it; repeatable.", complete.ids("quotes")),
    ] = None
    reference: Annotated[
        list[str] | None,
        _option("SOURCE[, LOCATOR]", "A reference: un-s-2014-147, para. 108; repeatable."),
    ] = None
    consulted_at: Annotated[str | None, _option("URL", "Where the references were read.")] = None
    joint: Annotated[bool, typer.Option("--joint", help="All of the evidence is needed.")] = False
    reasoning: Annotated[str | None, _option("TEXT", "How the evidence gives the claim.")] = None
    stance: Annotated[
        str, _option("|".join(STANCES), "Whether the speaker asserts it.", complete.terms(STANCES))
    ] = "asserted"
    denies: Annotated[
        list[str] | None, _option("ID", "A claim that it denies; repeatable.", _CLAIMS)
    ] = None
    conflicts_with: Annotated[
        list[str] | None,
        _option(
            "ID", "A claim that cannot be right with it; repeatable.", _CLAIMS, "--conflicts-with"
        ),
    ] = None
    period: Annotated[
        str | None,
        _option("EDTF", "When, if the source says: 2011, 2011-03/.."),
    ] = None
    note: Annotated[str | None, _option("TEXT", "What a reader should know to judge it.")] = None

    def stored(self) -> dict[str, Any]:
        """Those that the claim has as they were typed, by their names in the file."""
        activity = (
            {"type": self.type_, "items": self.item or [], "outcome": self.outcome}
            if self.type_
            else None
        )
        return {
            "kind": self.kind or ("activity" if activity else None),
            "activity": activity,
            "certainty": self.certainty,
            "hedge": self.hedge,
            "joint": self.joint,
            "reasoning": self.reasoning,
            "stance": self.stance,
            "denies": self.denies or [],
            "conflicts_with": self.conflicts_with or [],
            "period": self.period,
            "note": self.note,
        }
