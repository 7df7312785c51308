"""The fields of a claim, as options of `tm add claim`."""

from typing import Annotated, Any

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

About = Annotated[
    list[str] | None,
    _option("NAME", "A customer, category or group; repeatable. None: a finding.", _SUBJECTS),
]
Kind = Annotated[
    str | None,
    _option("KIND", f"One of: {', '.join(CLAIM_KINDS)}.", complete.terms(CLAIM_KINDS)),
]
Type = Annotated[
    str | None,
    _option("TYPE", "Makes it an activity: the kind of supply or service.",
            complete.terms(ACTIVITY_TYPES), "--type"),
]  # fmt: skip
Item = Annotated[
    list[str] | None, _option("WORDS", "Of an activity: what the source names; repeatable.")
]
Outcome = Annotated[
    str, _option("OUTCOME", f"Of an activity: {', '.join(OUTCOMES)}.", complete.terms(OUTCOMES))
]
Certainty = Annotated[
    str, _option("WORD", f"One of: {', '.join(CERTAINTIES)}.", complete.terms(CERTAINTIES))
]
Hedge = Annotated[str | None, _option("WORDS", "The hedging words, verbatim.")]
Speaker = Annotated[
    list[str] | None,
    _option("ROLE:NAME:MODE", "Who says it, outermost first; repeatable. @ID after it: the work."),
]
Quote = Annotated[
    list[str] | None,
    _option("ID", "A quotation that proves it; repeatable.", complete.ids("quotes")),
]
Reference = Annotated[
    list[str] | None,
    _option("SOURCE[, LOCATOR]", "A reference: un-s-2014-147, para. 108; repeatable."),
]
ConsultedAt = Annotated[str | None, _option("URL", "Where the references were read.")]
Joint = Annotated[bool, typer.Option("--joint", help="All of the evidence is needed.")]
Reasoning = Annotated[str | None, _option("TEXT", "How the evidence gives the claim.")]
Stance = Annotated[
    str, _option("|".join(STANCES), "Whether the speaker asserts it.", complete.terms(STANCES))
]
Denies = Annotated[list[str] | None, _option("ID", "A claim that it denies; repeatable.", _CLAIMS)]
Conflicts = Annotated[
    list[str] | None,
    _option("ID", "A claim that cannot be right with it; repeatable.", _CLAIMS, "--conflicts-with"),
]
Period = Annotated[str | None, _option("EDTF", "When, if the source says: 2011, 2011-03/..")]
Note = Annotated[str | None, _option("TEXT", "What a reader should know to judge it.")]
