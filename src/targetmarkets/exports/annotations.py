"""W3C Web Annotations in JSON-LD: one for each quotation, with the claims that rest on it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.exports.about import about
from targetmarkets.exports.bracket import bracket
from targetmarkets.exports.interface import Export
from targetmarkets.exports.passages import (
    BY_REFERENCE,
    BY_REFERENCE_WHY,
    UNPROVED,
    UNPROVED_WHY,
    Passages,
    count_by_reference,
)
from targetmarkets.model.objects import Actor, Category, Customer, Event, Group, Quote, Source

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path

    from targetmarkets.exports.interface import Losses
    from targetmarkets.exports.selection import Selection
    from targetmarkets.model.objects import Claim
    from targetmarkets.records.claims import EvidenceRecord

W3C_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
"""The context that every annotation has to name."""

TERMS: Final = "urn:targetmarkets:terms:"
"""What the names of our own terms begin with. They are those of the records, and lead nowhere."""

LISTS: Final = (
    "about", "conflicts_with", "denied_by", "denies", "evidence", "formerly", "items", "parties",
    "places", "quantities", "speakers",
)  # fmt: skip
"""Terms whose order says something; else JSON-LD takes several values for a set."""

_CLAIM: Final = (
    "id", "kind", "about", "statement", "certainty", "certainty_of", "certainty_basis", "negative",
    "hedge", "hedge_note", "speakers", "said_by", "layer", "scope", "stance", "denies",
    "denied_by", "conflicts_with", "event", "period", "said", "places", "parties", "activity",
    "evidence", "joint", "reasoning", "note", "assessment", "status", "retraction", "formerly",
)  # fmt: skip
"""What a body says of its claim: fields of its record, and ids that it had."""

_OURS: Final[Mapping[str, Any]] = {"@vocab": TERMS}
_OF_CLAIMS: Final[Mapping[str, Any]] = {
    **_OURS,
    **{name: {"@id": TERMS + name, "@container": "@list"} for name in LISTS},
}

CONTEXT: Final[tuple[object, ...]] = (
    W3C_CONTEXT,
    {
        "@version": 1.1,
        "tm": TERMS,
        "count": "tm:count",
        "formerly": {"@id": "tm:formerly", "@container": "@list"},
        "order": "tm:order",
        "part_of_word": "tm:part_of_word",
        "proved": "tm:proved",
        "unit": "tm:unit",
        "utf16_start": "tm:utf16_start",
        "utf16_end": "tm:utf16_end",
        # Within these, names are those of the records, and not of annotations: both have a `scope`.
        "claim": {"@id": "tm:claim", "@context": [None, _OF_CLAIMS]},
        "archived": {"@id": "tm:archived", "@context": [None, _OURS]},
        "export": {"@id": "tm:export", "@context": [None, _OURS]},
        "not_carried": {
            "@id": "tm:not_carried",
            "@container": "@list",
            "@context": [None, _OURS],
        },
    },
)

UNQUOTED: Final = "sources of which nothing is quoted"
WORKS: Final = "what else is recorded of quoted sources"
TEXTS: Final = "archived texts"
SET_ASIDE: Final = "passages set aside"
RECORDED: Final = "customers, categories, groups, events and actors"

_LACKS: Final[Mapping[str, str]] = {
    BY_REFERENCE: BY_REFERENCE_WHY,
    UNQUOTED: "an annotation is of a passage, and they have none",
    WORKS: "a target gives the id, citation and address of its source, and nothing else of it",
    TEXTS: "only their names and hashes are given, and nothing of their pages and originals",
    SET_ASIDE: "they are of use beside the archived text alone",
    RECORDED: "claims name them; what else is recorded of them has no place",
    UNPROVED: UNPROVED_WHY,
}

_CARRIES: Final[Mapping[str, str]] = {
    "Source.id": "`target.archived.source`",
    "Quote.id": "`id`, after `urn:targetmarkets:quote:`",
    "Quote.source": "`target.archived.source`",
    "Quote.exact": "`exact` of the TextQuoteSelector, with `prefix` and `suffix`",
    "Quote.start": "`start` of the TextPositionSelector, in code points; `utf16_start` beside it",
    "Quote.end": "`end` of the TextPositionSelector, in code points; `utf16_end` beside it",
    "Quote.part_of_word": "`part_of_word`",
    "Quote.formerly": "`formerly`",
    "Archive.sha256": "`target.source.id`, as a name by RFC 6920, and `archived.sha256`",
    "Archive.file": "`target.archived.file`",
    "Archive.media_type": "`target.source.format`",
    **{
        f"Claim.{name}": f"`body[].claim.{name}`"
        for name in _CLAIM
        if name not in {"certainty_of", "said_by", "layer", "denied_by"}
    },
}


def write(selection: Selection, path: Path, losses: Losses) -> None:
    """Write a collection of annotations with one page, an annotation a line."""
    name = "urn:targetmarkets:annotations"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        head: dict[str, Any] = {"@context": CONTEXT, "id": name, "type": "AnnotationCollection"}
        head |= {"label": "Quotations, and the claims that rest on them"}
        head |= {"export": {key.replace(" ", "_"): value for key, value in about(selection)}}
        file.write(_members(head))
        page = {"id": f"{name}:1", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
        file.write(f',\n"first": {_members(page)},\n"items": [')
        number = 0
        quoted: set[str] = set()
        for number, annotation in enumerate(annotated(selection, losses), 1):
            file.write(("\n" if number == 1 else ",\n") + _json(annotation))
            quoted.add(annotation["target"]["archived"]["source"])
        _count(selection, losses, quoted)
        file.write(f'\n]}},\n"total": {number},\n"not_carried": ')
        file.write(_json([lost._asdict() for lost in losses]) + "}\n")


def annotated(selection: Selection, losses: Losses) -> Iterator[dict[str, Any]]:
    """The annotations of the quotations of a selection, in the order of the file."""
    passages = Passages(selection)
    for quote in selection.objects(Quote):
        passage = passages.of(quote)
        claims = list(selection.on_quote(quote.id))
        selector: dict[str, Any] = {"type": "TextQuoteSelector", "exact": quote.exact}
        position = {"type": "TextPositionSelector", "start": quote.start, "end": quote.end}
        position |= {"unit": "code points"}
        if passage:
            selector |= {"prefix": passage.before, "suffix": passage.after}
            position |= {"utf16_start": passage.utf16.start, "utf16_end": passage.utf16.end}
        else:
            losses.note(UNPROVED)
        yield {
            "id": f"urn:targetmarkets:quote:{quote.id}",
            "type": "Annotation",
            "motivation": "describing",
            "target": {
                "type": "SpecificResource",
                **_archived(selection, selection.kb.sources[quote.source]),
                "selector": [selector, position],
            },
            "proved": passage is not None,
            "part_of_word": quote.part_of_word,
            "formerly": list(quote.formerly),
            "count": len(claims),
            "body": [_body(selection, claim, order) for order, claim in enumerate(claims, 1)],
        }


def _archived(selection: Selection, source: Source) -> dict[str, Any]:
    """The archived text, by its bytes: no address shows those for ever.

    What is told of it belongs to the target: to RDF, all that is said of one text would be said at
    once, and two sources may have the same.
    """
    assert source.archive is not None, "only archived texts are quoted"
    digest = urlsafe_b64encode(bytes.fromhex(source.archive.sha256)).decode().rstrip("=")
    work = source.bibliography
    told = {
        "source": source.id,
        "file": source.archive.file,
        "sha256": source.archive.sha256,
        "citation": selection.shared.work(source.id),
        "address": work.address,
    }
    return {
        "source": {
            "id": f"ni:///sha-256;{digest}",
            "type": "Text",
            "format": source.archive.media_type,
        },
        "archived": {key: value for key, value in told.items() if value is not None},
    }


def _body(selection: Selection, claim: Claim, order: int) -> dict[str, Any]:
    """A claim, as a body that any reader of annotations can show, with its fields beside."""
    record = selection.shared.claim(claim)
    said = record.model_dump(mode="json", include={*_CLAIM}, exclude_none=True)
    said["evidence"] = [_evidence(item) for item in record.evidence]
    # As they are stored: the record of either claim of a pair names the other.
    said["conflicts_with"] = list(claim.conflicts_with)
    said["formerly"] = list(claim.formerly)
    return {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "language": "en",
        "value": f"{bracket(record, record.hedge)} {record.statement}",
        "order": order,
        "claim": {name: said[name] for name in _CLAIM if said.get(name) not in (None, [])},
    }


def _evidence(item: EvidenceRecord) -> dict[str, Any]:
    """A quotation by its id, which has an annotation of its own; a reference in full."""
    if item.quote:
        return {"quote": item.quote.id}
    assert item.reference is not None, "evidence is a quotation or a reference"
    reference = item.reference.model_dump(mode="json", exclude_none=True)
    return {"reference": reference, "citation": item.citation, "proved": False}


def _count(selection: Selection, losses: Losses, quoted: Container[str]) -> None:
    """Count what is no quotation, and rests on none; some sources are quoted."""
    count_by_reference(selection, losses)
    for source in selection.objects(Source):
        losses.note(UNQUOTED, source.id not in quoted)
        losses.note(WORKS, source.id in quoted)
        losses.note(TEXTS, source.archive is not None)
        losses.note(SET_ASIDE, len(source.set_aside))
    for model in (Customer, Category, Group, Event, Actor):
        losses.note(RECORDED, sum(1 for _ in selection.objects(model)))


def _members(data: Mapping[str, Any]) -> str:
    """An object in JSON without its last brace, so that more can follow."""
    return _json(data)[:-1]


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


EXPORT: Final = Export(write, _CARRIES, _LACKS)
