"""What must hold for a knowledge base to load: shape, unique ids, references, scopes.

Whether hashes, spans and quotations hold is another matter, and `verify` proves it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import ValidationError

from targetmarkets.model.base import ID_PATTERN, LINE_PATTERN
from targetmarkets.model.edtf import PERIOD_PATTERN
from targetmarkets.model.objects import FILE_PATTERN, SCHEMA_VERSION, Claim, KnowledgeFile
from targetmarkets.model.vocabulary import LISTS
from targetmarkets.text import json_source
from targetmarkets.text.json_source import Path, lines_of, parse, show_path

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from targetmarkets.model.findings import Finding
    from targetmarkets.model.objects import Source

CHECKS: Final[dict[str, str]] = {
    "shape": "the file has the shape of a knowledge base, with no field unknown or missing",
    "ids": "every id is well formed and unique in the whole file",
    "references": "every id that is referred to exists, and is of the right sort",
    "evidence": "every claim has at least one item of evidence",
    "scope": "the scope of every claim fits what it is about",
}
"""The checks that loading makes."""

REPEATING: Final = frozenset({"evidence", "speakers"})
"""Lists of a claim whose items may refer to one thing more than once."""


class Fault(NamedTuple):
    """A finding before its file and line are known."""

    check: str
    path: Path
    id: str | None
    message: str
    remedy: str


def read_structure(text: str, file: str) -> tuple[KnowledgeFile | None, list[Finding]]:
    """Parse and check the text of a knowledge base.

    Returns the content, or None where the shape is broken, with everything that stops a load.
    Raises `json.JSONDecodeError`, `ValueError` or `RecursionError` where there is no JSON to read.
    """
    content: KnowledgeFile | None = None
    try:
        content = KnowledgeFile.model_validate_json(text)
        faults = list(structural_faults(content))
    except ValidationError as error:
        data = parse(text)  # says better than the models what is no JSON
        details = error.errors()
        if details[0]["type"] == "json_invalid":  # a lone surrogate, or too deep for the models
            raise ValueError(details[0]["msg"]) from error
        faults = [_shape_fault(data, detail) for detail in details if not _follows(detail)]
    return content, place(text, file, faults)


def repeated_keys(text: str) -> Iterator[Fault]:
    """Where an object of a JSON text has a key twice, so that a reader may take either value.

    Loading takes the last, as parsers do; `verify` and every write refuse the text.
    """
    for path in json_source.repeated_keys(text):
        message = f"the key {path[-1]!r} stands twice in one object"
        yield Fault("shape", path, None, message, "keep one of the two")


def place(text: str, file: str, faults: Iterable[Fault]) -> list[Finding]:
    """Turn faults of a knowledge base into findings that name file and line."""
    faults = list(faults)
    if not faults:
        return []
    from targetmarkets.model.findings import Finding  # only what is broken needs it

    lines = lines_of(text, [fault.path for fault in faults])
    return [
        Finding(
            check=fault.check,
            file=file,
            line=line,
            path=show_path(fault.path),
            id=fault.id,
            message=fault.message,
            remedy=fault.remedy,
        )
        for fault, line in zip(faults, lines, strict=True)
    ]


def structural_faults(content: KnowledgeFile) -> Iterator[Fault]:
    """Everything about ids, references and scopes that stops a load."""
    yield from _repeated_ids(content)
    yield from _dangling(content)
    yield from _unreported_works(content)
    yield from _misplaced_scopes(content)


def _repeated_ids(content: KnowledgeFile) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, kind in LISTS.items():
        for index, item in enumerate(getattr(content, name)):
            if item.id in seen:
                message = f"the id {item.id!r} is taken: a {seen[item.id]} has it too"
                remedy = "give one of the two another id"
                yield Fault("ids", (name, index, "id"), item.id, message, remedy)
            seen.setdefault(item.id, kind)


def _dangling(content: KnowledgeFile) -> Iterator[Fault]:
    known = {name: {item.id for item in getattr(content, name)} for name in LISTS}
    known["archived"] = {source.id for source in content.sources if source.archive}
    known["subjects"] = known["customers"] | known["categories"] | known["groups"]
    nouns = {
        **LISTS,
        "archived": "archived source",
        "subjects": "customer, category or group",
    }
    seen: set[tuple[str, object, str]] = set()
    for path, owner, id_, among in references(content):
        if id_ == owner:
            message = "refers to itself"
            yield Fault("references", path, owner, message, "name another object, or none")
        if path[2] not in REPEATING and (owner, path[2], id_) in seen:
            message = f"refers to {id_!r} twice"
            yield Fault("references", path, owner, message, "name it once")
        seen.add((owner, path[2], id_))
        if id_ not in known[among]:
            noun = nouns[among]
            message = f"refers to {id_!r}, and there is no {noun} with that id"
            yield Fault("references", path, owner, message, f"correct the id, or add the {noun}")


def references(content: KnowledgeFile) -> Iterator[tuple[Path, str, str, str]]:
    """Every reference by id: its path, the id of its owner, the id, what it must be among."""
    for i, source in enumerate(content.sources):
        for j, id_ in enumerate(source.reports_on):
            yield ("sources", i, "reports_on", j), source.id, id_, "sources"
    for i, quote in enumerate(content.quotes):
        yield ("quotes", i, "source"), quote.id, quote.source, "archived"
    for i, group in enumerate(content.groups):
        for j, id_ in enumerate(group.members):
            yield ("groups", i, "members", j), group.id, id_, "customers"
    for i, claim in enumerate(content.claims):
        for field, id_, among in _references_of(claim):
            yield ("claims", i, *field), claim.id, id_, among


def _references_of(claim: Claim) -> Iterator[tuple[Path, str, str]]:
    """Every reference of a claim: its path within the claim, the id, what it must be among."""
    for j, id_ in enumerate(claim.about):
        yield ("about", j), id_, "subjects"
    for j, id_ in enumerate(claim.denies):
        yield ("denies", j), id_, "claims"
    for j, id_ in enumerate(claim.conflicts_with):
        yield ("conflicts_with", j), id_, "claims"
    for j, speaker in enumerate(claim.speakers):
        if speaker.work is not None:
            yield ("speakers", j, "work"), speaker.work, "sources"
    for j, item in enumerate(claim.evidence):
        if item.quote is not None:
            yield ("evidence", j, "quote"), item.quote, "quotes"
        if item.reference is not None:
            yield ("evidence", j, "reference", "source"), item.reference.source, "sources"


def _unreported_works(content: KnowledgeFile) -> Iterator[Fault]:
    """Works in which a speaker is said to speak, and to which a source of the claim does not lead.

    The chain of speakers is that of all the evidence; what another source says is another claim.
    """
    sources = {source.id: source for source in content.sources}
    quoted = {quote.id: quote.source for quote in content.quotes}

    @cache
    def leads(id_: str, work: str) -> bool:
        return work in reported(sources, id_)

    for i, claim in enumerate(content.claims):
        works = [(j, s.work) for j, s in enumerate(claim.speakers) if s.work and s.work in sources]
        if not works:
            continue
        read = {
            item.reference.source if item.reference else quoted.get(item.quote or "", "")
            for item in claim.evidence
        }
        for id_ in sorted(read & sources.keys()):
            for j, work in works:
                if not leads(id_, work):
                    path: Path = ("claims", i, "speakers", j, "work")
                    message = f"speaks in {work!r}, on which {id_!r} does not report"
                    remedy = "correct the id, leave it out, or add it to what the source reports on"
                    yield Fault("references", path, claim.id, message, remedy)


def reported(sources: Mapping[str, Source], id_: str) -> set[str]:
    """A source, and everything that it reports on, directly or through others."""
    reached, ahead = {id_}, [id_]
    while ahead:
        for other in sources[ahead.pop()].reports_on:
            if other in sources and other not in reached:
                reached.add(other)
                ahead.append(other)
    return reached


def _misplaced_scopes(content: KnowledgeFile) -> Iterator[Fault]:
    customers = {customer.id for customer in content.customers}
    categories = {category.id for category in content.categories}
    for i, claim in enumerate(content.claims):
        named = [id_ for id_ in claim.about if id_ in customers]
        sorted_into = [id_ for id_ in claim.about if id_ in categories]
        others = len(claim.about) - len(named) - len(sorted_into)
        if (fits := fitting_scope(claim.about, customers)) != claim.scope:
            message = f"has the scope {claim.scope!r}, and what it is about asks for {fits!r}"
            path: Path = ("claims", i, "scope")
            yield Fault("scope", path, claim.id, message, "correct 'scope' or 'about'")
        if claim.kind == "classification" and (len(sorted_into), len(named) + others) != (1, 1):
            message = "classifies, and is not about one customer or group and one category"
            path = ("claims", i, "about")
            yield Fault("scope", path, claim.id, message, "make a claim for each of them")


def fitting_scope(about: Sequence[str], customers: Container[str]) -> str | None:
    """The scope of a claim about some ids, of which some are of customers."""
    if not about:
        return None
    named = sum(id_ in customers for id_ in about)
    return {0: "group", 1: "individual"}.get(named, "collective")


def explain(details: ErrorDetails) -> str:
    """What is wrong with a value, in words."""
    pattern = str(details.get("ctx", {}).get("pattern"))
    return _PATTERNS.get(pattern) or details["msg"].removeprefix("Value error, ")


_PATTERNS: Final = {
    ID_PATTERN: "an id is lower-case words of a to z and 0 to 9, joined by hyphens",
    LINE_PATTERN: "this is one line of text, not empty, without white space at its ends",
    PERIOD_PATTERN: "a period is a date or an interval in EDTF: 2009, 2009-07, 2009/2013, 2013/..",
    FILE_PATTERN: "a file is a bare name, without a folder",
}


def _shape_fault(data: object, details: ErrorDetails) -> Fault:
    path = tuple(details["loc"])
    message = explain(details)
    remedy = "see docs/data-model.md for the fields and their values"
    if path == ("schema_version",) and details["type"] == "less_than_equal":
        message = f"is written in schema version {details['input']}; this tm reads {SCHEMA_VERSION}"
        remedy = "upgrade targetmarkets"
    check = "evidence" if path[2:] == ("evidence",) else "ids" if path[-1:] == ("id",) else "shape"
    return Fault(check, path, _owner(data, path), message, remedy)


def _follows(details: ErrorDetails) -> bool:
    """Whether a list is called too short only because the models count no item that they refuse."""
    return details["type"] == "too_short" and bool(details["input"])


def _owner(data: object, path: Path) -> str | None:
    """Id of the top-level object in which a path lies, if it has a readable one."""
    for part in path[:2]:
        if isinstance(data, dict) and isinstance(part, str):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
        else:
            return None
    owner = data.get("id") if isinstance(data, dict) else None
    return owner[:100] if isinstance(owner, str) else None
