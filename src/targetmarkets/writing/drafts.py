"""Objects from what a person types: names, `role:name:mode`, `source, locator`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from targetmarkets.errors import UsageError, shorten
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import free_id, resolve, resolve_term
from targetmarkets.model.integrity import fitting_scope
from targetmarkets.model.objects import Claim
from targetmarkets.model.vocabulary import (
    ACTIVITY_TYPES,
    CERTAINTIES,
    CLAIM_KINDS,
    LOCATOR_ABBREVIATIONS,
    MODES,
    OUTCOMES,
    ROLES,
    STANCES,
)
from targetmarkets.writing.edits import build, parse_typed


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


def iso_codes(text: str) -> dict[str, str]:
    """ISO 3166-1 codes from `AA,AAA`, in either order. Raises `UsageError`."""
    codes = sorted((code.strip().upper() for code in text.split(",")), key=len)
    if [len(code) for code in codes] != [2, 3]:
        raise UsageError(f"{shorten(text)} are no ISO 3166-1 codes", "write both: SY,SYR")
    return {"alpha_2": codes[0], "alpha_3": codes[1]}


def choices(texts: Sequence[str]) -> dict[str, str]:
    """Passages by the ids of quotations, from `id=passage`. Raises `UsageError`."""
    pairs = [text.partition("=") for text in texts]
    for text, (id_, equals, passage) in zip(texts, pairs, strict=True):
        if not (id_.strip() and equals and passage.strip()):
            raise UsageError(f"{shorten(text)} is no choice", "write the id, =, and the passage")
    return {id_.strip(): passage for id_, _, passage in pairs}


class ClaimDraft(NamedTuple):
    """A claim as it is typed, with names for what it refers to."""

    statement: str
    id: str | None
    about: Sequence[str]
    speakers: Sequence[str]
    quotes: Sequence[str]
    references: Sequence[str]
    consulted_at: str | None
    fields: Mapping[str, Any]
    """The other fields, as the file has them."""


def draft_claim(kb: Knowledge, draft: ClaimDraft) -> Claim:
    """The claim that is meant; its scope follows from what it is about.

    Raises `RequestError` for a name that means nothing, and for what is wrong with a field.
    """
    about = [resolve(name, kb.subjects, "customer, category or group").id for name in draft.about]
    evidence = [{"quote": resolve(name, kb.quotes, "quote").id} for name in draft.quotes]
    references = [reference(kb, text, draft.consulted_at) for text in draft.references]
    if not draft.speakers:
        raise UsageError("a claim needs a speaker", "--speaker journalist:NK News:narrates")
    if not evidence and not references:
        raise UsageError("a claim needs evidence", "--quote ID, or --reference 'SOURCE, LOCATOR'")
    return build(
        Claim,
        {
            "id": draft.id or free_id(kb, draft.statement),
            "about": about,
            "statement": draft.statement,
            "speakers": [speaker(text) for text in draft.speakers],
            "scope": fitting_scope(about, sum(id_ in kb.customers for id_ in about)),
            "evidence": [*evidence, *({"reference": item} for item in references)],
            **_with_terms(draft.fields),
            **{
                name: [resolve(id_, kb.claims, "claim").id for id_ in draft.fields.get(name, ())]
                for name in ("denies", "conflicts_with")
            },
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
    "type": (ACTIVITY_TYPES, "type of activity"),
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
