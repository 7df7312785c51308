"""The fields of a claim, as options of `tm add claim`."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple

import typer

from targetmarkets import limits
from targetmarkets.cli import complete
from targetmarkets.model.activities import ACTIVITY_TYPES, FORMS, GOODS, OUTCOMES, PARTS
from targetmarkets.model.vocabulary import CERTAINTIES, CLAIM_KINDS, STANCES


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
    goods: Annotated[
        str | None,
        _option("WORD", f"Makes it an activity: {', '.join(GOODS)}.", complete.terms(GOODS)),
    ] = None
    form: Annotated[
        str | None,
        _option(
            "WORD", f"Of an activity, in what form: {', '.join(FORMS)}.", complete.terms(FORMS)
        ),
    ] = None
    type_: Annotated[
        str | None,
        _option(
            "TYPE",
            "Makes it an activity: an old word for goods and form together.",
            complete.terms(ACTIVITY_TYPES),
            "--type",
        ),
    ] = None
    item: Annotated[
        list[str] | None, _option("WORDS", "Of an activity: what the source names; repeatable.")
    ] = None
    quantity: Annotated[
        list[str] | None,
        _option("WORDS", "Of an activity: 'about 445 cylinders', '11-15 officers'; repeatable."),
    ] = None
    outcome: Annotated[
        str, _option("OUTCOME", f"Of an activity: {', '.join(OUTCOMES)}.", complete.terms(OUTCOMES))
    ] = "unstated"
    event: Annotated[
        str | None, _option("NAME", "The event that it speaks of.", complete.ids("events"))
    ] = None
    party: Annotated[
        list[str] | None,
        _option(
            "PART:NAME",
            f"Who takes part, and as what ({', '.join(PARTS)}): an actor, a customer, or the code "
            "of another state, such as interceptor:PA; repeatable.",
        ),
    ] = None
    place: Annotated[
        list[str] | None,
        _option("RELATION:PLACE", "A place that it names: 'to:Latakia (SY)'; repeatable."),
    ] = None
    certainty: Annotated[
        str, _option("WORD", f"One of: {', '.join(CERTAINTIES)}.", complete.terms(CERTAINTIES))
    ] = "stated"
    collected: Annotated[
        bool,
        typer.Option(
            "--collected", help="The certainty is its collector's grade, not the source's words."
        ),
    ] = False
    negative: Annotated[
        bool, typer.Option("--negative", help="The statement says that something is not so.")
    ] = False
    hedge: Annotated[str | None, _option("WORDS", "The hedging words, verbatim.")] = None
    hedge_note: Annotated[
        str | None, _option("TEXT", "Why a word of doubt in the passage has no bearing.")
    ] = None
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
    source: Annotated[
        str | None,
        _option("SOURCE", "The archived source of --passage.", complete.ids("sources")),
    ] = None
    passage: Annotated[
        str | None, _option("TEXT", "A passage that proves it, quoted with it, as add quote does.")
    ] = None
    nth: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=limits.PLACES.most,
            help="Which, if the passage stands in several places.",
        ),
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
    said: Annotated[
        str | None, _option("EDTF", "When it was said or denied, if that is another time.")
    ] = None
    note: Annotated[str | None, _option("TEXT", "What a reader should know to judge it.")] = None

    def named(self) -> dict[str, Any]:
        """What was typed, by the names that the form of a claim has."""
        return {name.removesuffix("_"): value for name, value in self._asdict().items()}

    def misplaced(self, typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Options that were typed without the one that they go with, each with that one."""
        if not {"goods", "form", "type_"} & typed.keys():
            yield from (
                (typed[n], "--goods") for n in ("item", "quantity", "outcome") if n in typed
            )
        if "consulted_at" in typed and "reference" not in typed:
            yield typed["consulted_at"], "--reference"
        if "passage" in typed and "source" not in typed:
            yield typed["passage"], "--source"
        for name in ("source", "nth"):
            if name in typed and "passage" not in typed:
                yield typed[name], "--passage"
