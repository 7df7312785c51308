"""What must hold for a knowledge base to load: shape, unique ids, references, scopes.

Whether hashes, spans and quotations hold is another matter, and `verify` proves it.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from pydantic import ValidationError

from targetmarkets.model.base import ID_PATTERN, LINE_PATTERN
from targetmarkets.model.edtf import PERIOD_PATTERN
from targetmarkets.model.objects import SCHEMA_VERSION, Claim, KnowledgeFile
from targetmarkets.model.parts import FILE_PATTERN
from targetmarkets.model.ties import Ties
from targetmarkets.model.types import AMONG, LISTS, either
from targetmarkets.text import json_source
from targetmarkets.text.json_source import Path, dump, lines_of, parse, show_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from targetmarkets.model.findings import Finding
    from targetmarkets.model.stored import Stored

CHECKS: Final[dict[str, str]] = {
    "shape": "the file has the shape of a knowledge base, with no field unknown or missing",
    "ids": "every id is well formed and unique in the whole file",
    "references": "every id that is referred to exists, and is of the right sort",
    "evidence": "every claim has at least one item of evidence",
    "scope": "the scope of every claim fits what it is about",
}
"""The checks that loading makes."""

MAY_REPEAT: Final = 3
"""Steps of the way to an id from which on it may stand in a list twice: what holds it, such as a
party with its part, says more than the id.
"""


LARGE: Final = 4_000_000
"""Bytes of a file that is worth reading piece by piece."""


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
        content = _validated(text)
        faults = [*_repeated_keys(text), *structural_faults(content)]
    except ValidationError as error:
        data = parse(text)  # says better than the models what is no JSON
        details = error.errors()
        if details[0]["type"] == "json_invalid":  # a lone surrogate, or too deep for the models
            raise ValueError(details[0]["msg"]) from error
        shape = (_shape_fault(data, detail) for detail in details if not _follows(detail))
        faults = [*_repeated_keys(text), *shape]
    return content, place(text, file, faults)


def sound(data: bytes, *, trusted: bool = False) -> KnowledgeFile | None:
    """The content of a file in which nothing stops a load, straight from its bytes; None for any
    other, of which `read_structure` says what is wrong. Whether a key stands twice in a file that
    is `trusted` is not asked: it takes a third as long again.
    """
    read = _of_right_shape(data, trusted=trusted)
    if read is None:
        return None
    content, ties = read
    return content if _are_sound(ties) else None


def holds_together(content: KnowledgeFile) -> bool:
    """Whether nothing about ids, references and scopes stops content from being loaded."""
    return _are_sound(Ties(content))


def _are_sound(ties: Ties) -> bool:
    if not (ties.distinct and ties.whole):
        return False
    scopes = (_misplaced_scopes(claim, ties, ()) for claim in ties.scoped)
    works = (_unreported_works(claim, ties, ()) for claim in ties.through)
    return not any(map(any, chain(scopes, works)))


def _of_right_shape(data: bytes, *, trusted: bool) -> tuple[KnowledgeFile, Ties] | None:
    """The content of a file with the right shape and no key twice, and its ties; None for any
    other.
    """
    if len(data) >= LARGE:
        from targetmarkets.model.pieces import read_pieces  # a small one is read at once

        if read := read_pieces(data):
            return read
    try:
        content = KnowledgeFile.model_validate_json(data)
    except ValidationError:
        return None
    if not trusted and json_source.has_repeated_keys(data):
        return None
    return content, Ties(content)


def _validated(text: str) -> KnowledgeFile:
    """The content of a file, an older version brought to the present one. Raises
    `ValidationError`.
    """
    try:
        return KnowledgeFile.model_validate_json(text)
    except ValidationError:
        from targetmarkets.model.migration import upgraded  # only an older file needs it

        data = parse(text)
        newer = upgraded(data) if isinstance(data, dict) else None
        if newer is None:
            raise
        return KnowledgeFile.model_validate_json(dump(newer))


def _repeated_keys(text: str) -> Iterator[Fault]:
    """Where an object of a JSON text has a key twice, so that a reader may take either value."""
    for path in json_source.repeated_keys(text):
        message = f"the key {path[-1]!r} stands twice in one object"
        yield Fault("shape", path, None, message, "keep one of the two")


def place(text: str | None, file: str, faults: Iterable[Fault]) -> list[Finding]:
    """Turn faults of a knowledge base into findings that name the file and, of a text that is
    there, the line.
    """
    faults = list(faults)
    if not faults:
        return []
    from targetmarkets.model.findings import Finding  # only what is broken needs it

    paths = [fault.path for fault in faults]
    lines = [None] * len(paths) if text is None else lines_of(text, paths)
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


class Known(Protocol):
    """What has to be known of other objects to judge one."""

    def has(self, id_: str, among: str) -> bool:
        """Whether an id is among a list of the file, the `archived` sources, or one of `AMONG`."""

    def reports_on(self, source: str) -> Sequence[str]:
        """Ids of the sources on which a source reports; none where there is no such source."""

    def source_of(self, quote: str) -> str | None:
        """Id of the source of a quotation; None where there is no such quotation."""


def structural_faults(content: KnowledgeFile) -> Iterator[Fault]:
    """Everything about ids, references and scopes that stops a load."""
    known = Ties(content)
    if not known.distinct:
        yield from _repeated_ids(content)
    for name in LISTS:
        for index, item in enumerate(getattr(content, name)):
            yield from faults_of(item, known, (name, index))


def faults_of(item: Stored, known: Known, path: Path) -> Iterator[Fault]:
    """Everything about the references and the scope of one object that stops a load.

    `path` is where in the file it stands.
    """
    yield from _dangling(item, known, path)
    if isinstance(item, Claim):
        for speaker in item.speakers:
            if speaker.work:
                yield from _unreported_works(item, known, path)
                break
        yield from _misplaced_scopes(item, known, path)


def _repeated_ids(content: KnowledgeFile) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, kind in LISTS.items():
        for index, item in enumerate(getattr(content, name)):
            for nth, id_ in enumerate(item.ids):
                if id_ in seen:
                    field = ("formerly", nth - 1) if nth else ("id",)
                    yield taken_id((name, index, *field), item.id, id_, seen[id_])
                seen.setdefault(id_, kind)


def taken_id(path: Path, id_: str, taken: str, word: str) -> Fault:
    """What is wrong with an object, by its path and id, if its id, or one that it had before, is
    that of another; `word` is the word for the other.
    """
    message = f"the id {taken!r} is taken: a {word} has it too"
    return Fault("ids", path, id_, message, "give one of the two another id")


_NOUNS: Final[Mapping[str, str]] = {
    **LISTS,
    "archived": "archived source",
    **{name: either(LISTS[list_] for list_ in lists) for name, lists in AMONG.items()},
}
"""What an id must be the id of, by what it must be among."""


def _dangling(item: Stored, known: Known, path: Path) -> Iterator[Fault]:
    mentions = [*item.mentions()]
    each_once = len({item.id, *(id_ for _, id_, _ in mentions)}) == len(mentions) + 1
    if each_once and all(known.has(id_, among) for _, id_, among in mentions):
        return  # as it is with most, and to look for what is wrong takes longer
    seen: set[tuple[object, str]] = set()
    for field, id_, among in mentions:
        if id_ == item.id:
            message = "refers to itself"
            remedy = "name another object, or none"
            yield Fault("references", (*path, *field), item.id, message, remedy)
        if len(field) < MAY_REPEAT:
            if (field[0], id_) in seen:
                message = f"refers to {id_!r} twice"
                yield Fault("references", (*path, *field), item.id, message, "name it once")
            seen.add((field[0], id_))
        if not known.has(id_, among):
            noun = _NOUNS[among]
            message = f"refers to {id_!r}, and there is no {noun} with that id"
            remedy = f"correct the id, or add the {noun}"
            yield Fault("references", (*path, *field), item.id, message, remedy)


def _unreported_works(claim: Claim, known: Known, path: Path) -> Iterator[Fault]:
    """Works in which a speaker is said to speak, and to which a source of the claim does not lead.

    The chain of speakers is that of all the evidence; what another source says is another claim.
    """
    works = [
        (j, speaker.work)
        for j, speaker in enumerate(claim.speakers)
        if speaker.work and known.has(speaker.work, "sources")
    ]
    if not works:
        return
    read = {
        item.reference.source if item.reference else known.source_of(item.quote or "")
        for item in claim.evidence
    }
    for id_ in sorted(source for source in read if source and known.has(source, "sources")):
        led_to = reported(known, id_)
        for j, work in works:
            if work not in led_to:
                message = f"speaks in {work!r}, on which {id_!r} does not report"
                remedy = "correct the id, leave it out, or add it to what the source reports on"
                place = (*path, "speakers", j, "work")
                yield Fault("references", place, claim.id, message, remedy)


def reported(known: Known, id_: str) -> set[str]:
    """A source, and everything that it reports on, directly or through others."""
    reached, ahead = {id_}, [id_]
    while ahead:
        for other in known.reports_on(ahead.pop()):
            if other not in reached:
                reached.add(other)
                ahead.append(other)
    return reached


def _misplaced_scopes(claim: Claim, known: Known, path: Path) -> Iterator[Fault]:
    named = [id_ for id_ in claim.about if known.has(id_, "customers")]
    if (fits := fitting_scope(claim.about, len(named))) != claim.scope:
        message = f"has the scope {claim.scope!r}, and what it is about asks for {fits!r}"
        yield Fault("scope", (*path, "scope"), claim.id, message, "correct 'scope' or 'about'")
    if claim.kind != "classification":
        return
    sorted_into = [id_ for id_ in claim.about if known.has(id_, "categories")]
    if (len(sorted_into), len(claim.about) - len(sorted_into)) != (1, 1):
        message = "classifies, and is not about one customer or group and one category"
        yield Fault("scope", (*path, "about"), claim.id, message, "make a claim for each of them")


def fitting_scope(about: Sequence[str], customers: int) -> str | None:
    """The scope of a claim about some ids, of which so many are of customers."""
    if not about:
        return None
    if customers == 1:
        return "individual"
    return "collective" if customers else "group"


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
