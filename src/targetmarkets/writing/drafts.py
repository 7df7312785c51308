"""Objects from what a person types: names, `role:name:mode`, `source, locator`."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from targetmarkets.errors import SeveralError, TargetMarketsError, UsageError, shorten
from targetmarkets.kb import countries
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import free_id, resolve, resolve_term
from targetmarkets.model.activities import (
    ACTIVITY_TYPES,
    AXES,
    FORMS,
    GOODS,
    OUTCOMES,
    PARTS,
    PLACE_RELATIONS,
    QUALIFIERS,
    SCHEMES,
)
from targetmarkets.model.edtf import is_period
from targetmarkets.model.integrity import fitting_scope
from targetmarkets.model.objects import Claim
from targetmarkets.model.types import AMONG, LISTS, either
from targetmarkets.model.vocabulary import (
    CERTAINTIES,
    CERTAINTY_BASES,
    CLAIM_KINDS,
    LOCATOR_ABBREVIATIONS,
    MODES,
    ROLES,
    STANCES,
)
from targetmarkets.text.json_source import dump
from targetmarkets.writing.edits import build, parse_typed

Typed = TypeVar("Typed")
Read = TypeVar("Read")


def speaker(text: str) -> dict[str, Any]:
    """A speaker from `role:name:mode`, with `@work` at the end if the work is a source here.

    Raises `UsageError`.
    """
    role, _, rest = text.partition(":")
    name, _, mode = rest.rpartition(":")
    mode, at, work = mode.partition("@")
    if not (role and name and mode):
        message = f"{shorten(text)} is no speaker"
        raise UsageError(message, "write role:name:mode, such as journalist:NK News:quotes")
    fields = _with_terms({"role": role, "name": name.strip(), "mode": mode})
    return fields | ({"work": work.strip()} if at else {})


def reference(kb: Knowledge, text: str, consulted_at: str | None) -> dict[str, Any]:
    """A reference from `source, locator`, such as `un-s-2014-147, para. 108`.

    Raises `RequestError` for a source that is not there.
    """
    name, _, place = text.partition(",")
    source = resolve(name.strip(), kb.sources, "source").id
    locator = {"locator": _locator(place.strip())} if place.strip() else {}
    return {"source": source, **locator, **({"consulted_at": consulted_at} if consulted_at else {})}


def _locator(text: str) -> dict[str, str]:
    """A place from `para. 108`, `Page 3` or `lines 3–4`; one without a word for it stays as it is.

    A word counts in the singular and the plural, whole or abbreviated, whatever its case.
    """
    word, _, value = text.partition(" ")
    meant = "p" if word.casefold() == "pp." else word.casefold().removesuffix(".").removesuffix("s")
    for label, short in LOCATOR_ABBREVIATIONS.items():
        if value.strip() and meant in {label, short.removesuffix(".")}:
            return {"label": label, "value": value.strip()}
    return {"value": text}


def period(text: str) -> str:
    """A date or an interval in EDTF, as it is. Raises `UsageError`."""
    if not is_period(text):
        remedy = "write it in EDTF: 2011, 2011-03, 2011-03-05, 2011/2013, 2011-03/.., 2011~"
        raise UsageError(f"{shorten(text)} is no date", remedy)
    return text


def identifier(text: str) -> dict[str, str]:
    """An identifier from `imo:9074729`. Raises `UsageError`."""
    scheme, colon, value = text.partition(":")
    if not colon:
        raise UsageError(f"{shorten(text)} is no identifier", "write it as imo:9074729")
    return {
        "scheme": resolve_term(scheme, SCHEMES, "scheme of identifiers"),
        "value": value.strip(),
    }


def party(kb: Knowledge, text: str) -> dict[str, str]:
    """A party from `carrier:chong-chon-gang`, or of a state that is no customer
    `interceptor:PA`. Raises `RequestError`.
    """
    part, colon, name = text.partition(":")
    if not (colon and name.strip()):
        message = f"{shorten(text)} is no party"
        raise UsageError(message, "write PART:NAME, such as carrier:chong-chon-gang")
    known = {"part": resolve_term(part, PARTS, "part of a party")}
    name = name.strip()
    parties = kb.among(AMONG["parties"])
    if re.fullmatch("[A-Z]{2}", name) and not parties.called(name):
        return {"state": name, **known}
    return {
        "id": resolve(name, parties, either(LISTS[list_] for list_ in AMONG["parties"])).id,
        **known,
    }


_PLACE: Final = re.compile(r"(?P<name>.*?)(?: *\((?P<country>[A-Za-z]{2})\))?")


def place(text: str) -> dict[str, str]:
    """A place from `to:Latakia (SY)`. Raises `UsageError`."""
    relation, colon, where = text.partition(":")
    match = _PLACE.fullmatch(where.strip())
    if not (colon and match and match["name"]):
        raise UsageError(f"{shorten(text)} is no place", "write it as to:Latakia (SY)")
    country = {"country": match["country"].upper()} if match["country"] else {}
    relation = resolve_term(relation, PLACE_RELATIONS, "relation of a place")
    return {"name": match["name"], **country, "relation": relation}


_QUANTITY: Final = re.compile(
    rf"(?:(?P<qualifier>{'|'.join(QUALIFIERS)}) )?(?P<value>[\d,]*\d(?:\.\d+)?)"
    r"(?: *(?:-|–|to) *(?P<to>[\d,]*\d(?:\.\d+)?))? (?P<unit>.+)"
)


def quantity(text: str) -> dict[str, Any]:
    """A quantity from `about 445 graphite cylinders` or `11-15 officers`. Raises `UsageError`."""
    match = _QUANTITY.fullmatch(text.strip())
    if match is None:
        message = f"{shorten(text)} is no quantity"
        raise UsageError(message, "write it as 445 cylinders, about 50 rods or 11-15 officers")
    upper = {"to": _number(match["to"])} if match["to"] else {}
    qualifier = {"qualifier": match["qualifier"]} if match["qualifier"] else {}
    return {"value": _number(match["value"]), **upper, "unit": match["unit"], **qualifier}


def _number(text: str) -> int | float:
    digits = text.replace(",", "")
    return float(digits) if "." in digits else int(digits[:20])


def iso_codes(text: str) -> dict[str, str]:
    """All ISO 3166-1 codes of a state from one of them, or from several with commas.

    Raises `UsageError` for one that no state has, and for codes of different states.
    """
    states = [countries.codes(code) for code in text.split(",")]
    if states[0] is None or any(state != states[0] for state in states):
        withdrawn = countries.problem(text.strip().upper()) if len(text.strip()) == 2 else None
        message = withdrawn or f"{shorten(text)} are no ISO 3166-1 codes of one state"
        raise UsageError(message, "write one of them, such as SY: the others follow from it")
    return states[0]


def choices(texts: Sequence[str]) -> dict[str, str]:
    """Passages by the ids of quotations, from `id=passage`. Raises `UsageError`."""
    pairs = [text.partition("=") for text in texts]
    for text, (id_, equals, passage) in zip(texts, pairs, strict=True):
        if not (id_.strip() and equals and passage.strip()):
            raise UsageError(f"{shorten(text)} is no choice", "write the id, =, and the passage")
    return {id_.strip(): passage for id_, _, passage in pairs}


def activity(
    type_: str | None,
    goods: str | None,
    form: str | None,
    fields: Mapping[str, Any],
) -> dict[str, Any] | None:
    """An activity from its goods and form, or from an old type that stands for both; None where
    none of them is given. Raises `UsageError`.
    """
    if type_ is None and goods is None and form is None:
        return None
    usual = AXES[resolve_term(type_, ACTIVITY_TYPES, "type of activity")] if type_ else None
    quantities = [quantity(text) for text in fields.get("quantities", ())]
    return {
        "goods": goods or (usual[0] if usual else "unspecified"),
        "form": form or (usual[1] if usual else "unspecified"),
        **fields,
        "quantities": quantities,
    }


class ClaimDraft(NamedTuple):
    """A claim as it is typed, with names for what it refers to."""

    statement: str
    id: str | None
    about: Sequence[str]
    speakers: Sequence[str]
    quotes: Sequence[str]
    references: Sequence[str]
    consulted_at: str | None
    event: str | None
    parties: Sequence[str]
    places: Sequence[str]
    fields: Mapping[str, Any]
    """The other fields, as the file has them."""


class Wrong:
    """What is wrong with things that are typed together, to be told at once."""

    def __init__(self) -> None:
        self.errors: list[TargetMarketsError] = []

    def each(self, typed: Iterable[Typed], read: Callable[[Typed], Read]) -> list[Read]:
        """What is read of each; what is wrong with others is kept."""
        made = []
        for each in typed:
            try:
                made.append(read(each))
            except TargetMarketsError as error:
                self.errors.append(error)
        return made

    def settle(self) -> None:
        """Raise what was kept: `SeveralError`, or the error itself where there is one."""
        if len(self.errors) == 1:
            raise self.errors[0]
        if self.errors:
            lines = [line for error in self.errors for line in lines_of(error)]
            raise SeveralError("this is wrong:", "nothing was changed", lines)


def lines_of(error: TargetMarketsError) -> list[str]:
    """An error among others, in lines."""
    if isinstance(error, SeveralError):
        return list(error.details)
    remedy = f"; {error.remedy}" if error.remedy else ""
    return [f"  {error.message}{remedy}", *getattr(error, "details", ())]


def draft_claim(
    kb: Knowledge, draft: ClaimDraft, others: Collection[str] = (), quoting: Sequence[str] = ()
) -> Claim:
    """The claim that is meant; its scope follows from what it is about.

    `others` are ids of claims that come with it, `quoting` those of quotations. Raises
    `RequestError` for a name that means nothing, and for what is wrong with a field: with all of
    it, where it is several.
    """
    wrong = Wrong()
    subjects = wrong.each(
        draft.about, lambda name: resolve(name, kb.subjects, "customer, category or group")
    )
    about = [subject.id for subject in subjects]
    quotes = wrong.each(draft.quotes, lambda name: resolve(name, kb.quotes, "quote"))
    evidence = [{"quote": id_} for id_ in (*quoting, *(quote.id for quote in quotes))]
    references = wrong.each(draft.references, lambda text: reference(kb, text, draft.consulted_at))
    speakers = wrong.each(draft.speakers, speaker)
    events = wrong.each(filter(None, [draft.event]), lambda name: resolve(name, kb.events, "event"))
    parties = wrong.each(draft.parties, lambda text: party(kb, text))
    places = wrong.each(draft.places, place)
    terms = wrong.each([draft.statement], lambda _: _with_terms(draft.fields))
    claims = {
        name: wrong.each(
            draft.fields.get(name, ()),
            lambda id_: id_ if id_ in others else resolve(id_, kb.claims, "claim").id,
        )
        for name in ("denies", "conflicts_with")
    }
    wrong.settle()
    if not draft.speakers:
        raise UsageError("a claim needs a speaker", "--speaker journalist:NK News:narrates")
    if not evidence and not references:
        raise UsageError("a claim needs evidence", "--quote ID, or --reference 'SOURCE, LOCATOR'")
    rests_on = sorted(dump({**item, "consulted_at": None}) for item in [*evidence, *references])
    named = (draft.statement, sorted(about), speakers, rests_on)
    return build(
        Claim,
        {
            "id": draft.id or free_id(kb, draft.statement, of=named),
            "about": about,
            "statement": draft.statement,
            "speakers": speakers,
            "scope": fitting_scope(about, sum(id_ in kb.customers for id_ in about)),
            "event": events[0].id if events else None,
            "parties": parties,
            "places": places,
            "evidence": [*evidence, *({"reference": item} for item in references)],
            **terms[0],
            **claims,
        },
    )


def _with_terms(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields with the controlled terms that are meant; they are as forgiving as names."""
    known = {
        name: _term(name, value) if name in _TERMS and isinstance(value, str) else value
        for name, value in fields.items()
    }
    activity = known.get("activity")
    if isinstance(activity, dict):
        known["activity"] = _with_terms(activity)
    return known


def _term(name: str, value: str) -> str:
    terms, what = _TERMS[name]
    return resolve_term(value, terms, what)


_TERMS: Final[Mapping[str, tuple[Iterable[str], str]]] = {
    "kind": (CLAIM_KINDS, "kind of claim"),
    "certainty": (CERTAINTIES, "certainty"),
    "stance": (STANCES, "stance"),
    "goods": (GOODS, "kind of goods"),
    "form": (FORMS, "form"),
    "certainty_basis": (CERTAINTY_BASES, "basis of certainty"),
    "outcome": (OUTCOMES, "outcome"),
    "role": (ROLES, "role of a speaker"),
    "mode": (MODES, "mode of speaking"),
}


def claims_from(text: str) -> list[Claim]:
    """Claims from JSON in the form of the file: one, or a list. Raises `UsageError`."""
    remedy = "give a claim, or a list of them"
    data = parse_typed(text, remedy)
    if data == []:
        raise UsageError("there is no claim in the list", remedy)
    return [build(Claim, item) for item in (data if isinstance(data, list) else [data])]
