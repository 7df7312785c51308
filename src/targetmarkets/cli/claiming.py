"""Ask a person at a terminal for a claim: the passage first, and then what it is taken to say.

What the words of the passage suggest is proposed, and marked as such; the return key takes it.
"""

import shlex
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from targetmarkets.cli.asking import (
    agree,
    ask,
    choose,
    confirmed,
    several_lines,
    summary,
    text,
)
from targetmarkets.cli.output import tell
from targetmarkets.errors import PassageError, TargetMarketsError, UnknownNameError, shorten
from targetmarkets.evidence.archive import Archives
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import resolve
from targetmarkets.model.activities import PARTS
from targetmarkets.model.objects import Quote
from targetmarkets.writing.already import MAX_ALIKE, standing_on
from targetmarkets.writing.forms import FORM_OF, Given
from targetmarkets.writing.proposing import Proposal, propose
from targetmarkets.writing.quoting import quote, standing_in

FORM: Final = FORM_OF["claim"]
FIELDS: Final = {field.name: field for field in FORM.fields}

MAX_LOOKED_IN: Final = 50
"""Archived sources in which a passage is looked for that is not in the one that was named."""

_NEW: Final = {
    "customer": "who buys: a state or an armed group",
    "category": "a kind of customer, as the book has them",
    "group": "a set of customers as the text names it",
}
"""What a name may be that nothing has."""


class Asked(NamedTuple):
    """A claim as a person says it, and what has to be added before it."""

    given: Given
    before: tuple[tuple[str, Given], ...]


def asked_claim(kb: Knowledge, given: Given) -> Asked:
    """What is given of a claim that lacks something, with what a person says of that."""
    lacking = {field.name for field in FORM.lacks(given)}
    tell("what is missing of the claim is asked for; Ctrl-C leaves without saving")
    answers: dict[str, Any] = dict(given)
    rests_on = _passage(kb, answers) if "quote" in lacking else _quoted(kb, given)
    found = propose(kb, rests_on) if rests_on else None
    if not answers.get("statement"):
        answers["statement"] = ask(FIELDS["statement"], needed=True)
    before = [] if answers.get("about") else [*_subjects(kb, answers, found)]
    if "kind" in lacking:
        _kind(answers)
    if found and rests_on:
        _doubt(answers, found, rests_on.exact)
        _parties(kb, answers, found)
        if not answers.get("period"):
            answers["period"] = ask(FIELDS["period"], found.period)
    if "speaker" in lacking:
        answers["speaker"] = ask(FIELDS["speaker"], found.speaker if found else "", needed=True)
    new = [line for word, row in before for line in (f"  {word}:", *summary(FORM_OF[word], row))]
    agree(FORM, answers, new)
    return Asked({name: value for name, value in answers.items() if value}, tuple(before))


def proposals(kb: Knowledge, given: Given) -> Mapping[str, str]:
    """What the quotation of a claim proposes for what it lacks, as it would be typed."""
    try:
        quoted = _quoted(kb, given)
    except TargetMarketsError:  # it is told when the rest is there
        return {}
    if quoted is None:
        return {}
    found = propose(kb, quoted)
    words = ", ".join([*found.doubts, *found.denials, *found.left_out])
    return {
        "speaker": f"; proposed: --speaker {shlex.quote(found.speaker)}",
        "kind": f"; the passage has: {words}" if words else "",
    }


def _passage(kb: Knowledge, answers: dict[str, Any]) -> Quote:
    """Ask for a passage until it stands in its source, and show it there."""
    archived = {source.id: source.title for source in kb.archived}
    if not archived:
        raise UnknownNameError("there is no archived source to quote", "tm add source FILE")
    if not answers.get("source"):
        usual = next(iter(archived)) if len(archived) == 1 else ""
        answers["source"] = choose("the source of the passage", archived, usual)
    while True:
        answers["passage"] = answers.get("passage") or several_lines("the passage, copied from it")
        nth = answers.get("nth")
        try:
            found = quote(kb, answers["source"], answers["passage"], nth=int(nth) if nth else None)
        except TargetMarketsError as error:
            of_it = isinstance(error, PassageError)
            several = of_it and "--nth" in (error.remedy or "")
            if of_it and not several and (other := _elsewhere(kb, answers)):
                tell(f"it does not stand in {answers['source']}, but in {other}, which is taken")
                answers["source"] = other
                continue
            tell(error.message, None if several else error.remedy, getattr(error, "details", ()))
            answers["nth"] = text("which of them", needed=True) if several else None
            answers["passage"] = answers["passage"] if several else None
            continue
        _show(kb, found.quote)
        return found.quote


def _elsewhere(kb: Knowledge, answers: Given) -> str | None:
    """The one other source in which a passage stands, among the first that are archived."""
    found = standing_in(kb, kb.archived[:MAX_LOOKED_IN], answers["passage"])
    return found[0] if len(found) == 1 and found[0] != answers["source"] else None


def _show(kb: Knowledge, quoted: Quote) -> None:
    """A look at a passage, in what stands around it."""
    archived = Archives(kb).text(quoted.source)
    before, after = (" ".join(part.split()) for part in archived.around(quoted.start, quoted.end))
    words = " ".join(quoted.exact.split())
    where = f"line {archived.line_of(quoted.start)}"
    tell(f"it stands in {quoted.source}, {where}:", None, [f"  …{before} ⟦{words}⟧ {after}…"])
    if resting := [f"  {claim.statement}" for claim in standing_on(kb, quoted.id)]:
        more = [f"  and {len(resting) - MAX_ALIKE} more"] if len(resting) > MAX_ALIKE else []
        tell("these claims rest on it already:", None, [*resting[:MAX_ALIKE], *more])


def _quoted(kb: Knowledge, given: Given) -> Quote | None:
    """The first quotation that was given; None where there are references alone."""
    if given.get("quote"):
        return resolve(given["quote"][0], kb.quotes, "quote")
    if given.get("passage") and given.get("source"):
        return quote(kb, given["source"], given["passage"], nth=given.get("nth")).quote
    return None


def _subjects(
    kb: Knowledge, answers: dict[str, Any], found: Proposal | None
) -> Iterator[tuple[str, Given]]:
    """Ask what a claim is about; gives what has to be added for that."""
    names = ask(FIELDS["about"], " | ".join(found.about) if found else "")
    answers["about"] = []
    new: set[str] = set()
    while names:
        name = names.pop(0)
        if name in new:
            continue
        try:
            answers["about"].append(resolve(name, kb.subjects, "customer, category or group").id)
        except TargetMarketsError as error:
            tell(error.message, error.remedy)
            word = choose(f"what {name} is, to be added", _NEW, needed=False)
            if word:
                yield word, _new(word, name)
                answers["about"].append(name)
                new.add(name)
            elif other := text("what is meant instead"):
                names.insert(0, other)


def _new(word: str, name: str) -> Given:
    """What a person says of a subject that is new."""
    form = FORM_OF[word]
    wanted = (field for field in form.fields if field.needed or field.asked)
    said = {field.name: ask(field, needed=field.needed) for field in wanted if field.name != "name"}
    return {"name": name, **{name: value for name, value in said.items() if value}}


def _kind(answers: dict[str, Any]) -> None:
    answers["kind"] = ask(FIELDS["kind"], needed=True)
    if answers["kind"] == "activity":
        answers["goods"] = ask(FIELDS["goods"], needed=True)
        answers["form"] = ask(FIELDS["form"], "unspecified", needed=True)
        answers["item"] = ask(FIELDS["item"])
        answers["outcome"] = ask(FIELDS["outcome"], "unstated", needed=True)


def _doubt(answers: dict[str, Any], found: Proposal, passage: str) -> None:
    """Ask how sure the speaker is, and of every word that takes something back."""
    recorded = answers.get("hedge") or answers.get("hedge_note")
    if words := [*found.doubts, *found.left_out]:
        tell(f"the passage or its sentence has: {', '.join(words)}")
    if not recorded:
        answers["certainty"] = ask(FIELDS["certainty"], found.certainty, needed=True)
        if answers["certainty"] in {"likely", "possible", "alleged"}:
            answers["hedge"] = _hedge(found, passage)
        elif answers["certainty"] == "implied":
            answers["reasoning"] = ask(FIELDS["reasoning"], needed=True)
    if found.denials:
        tell(f"the passage denies something: {', '.join(found.denials)}")
        answers["negative"] = confirmed(
            "does the statement say that something is not so", default=True
        )
    hedged = (answers.get("hedge") or "").casefold()
    open_ = [word for word in words if word.casefold() not in hedged]
    if not answers.get("negative"):
        open_ += found.denials
    if open_ and not recorded:
        question = f"why {', '.join(dict.fromkeys(open_))} has no bearing on the claim"
        answers["hedge_note"] = text(question, needed=True)


def _hedge(found: Proposal, passage: str) -> str:
    """Ask for the hedging words until they stand in the passage, or in what it leaves out."""
    stands = " ".join([passage, *found.left_out])
    while True:
        said: str = ask(FIELDS["hedge"], found.hedge, needed=True)
        if " ".join(said.casefold().split()) in " ".join(stands.casefold().split()):
            return said
        tell(f"{shorten(said)} does not stand in the passage", "copy the words from it")


def _parties(kb: Knowledge, answers: dict[str, Any], found: Proposal) -> None:
    """Ask what part the actors have that the passage names."""
    parts: Mapping[Any, str] = PARTS
    chosen = {
        id_: choose(f"the part of {kb.actors[id_].name}", parts, needed=False)
        for id_ in found.actors
    }
    named = [f"{part}:{id_}" for id_, part in chosen.items() if part]
    answers["party"] = [*(answers.get("party") or ()), *named]
