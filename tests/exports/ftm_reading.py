"""Objects of a knowledge base, made again of entities of FollowTheMoney."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from targetmarkets.model.objects import Actor, Claim, Customer, Quote, Source

_SPEAKER: Final = re.compile(
    r'(?P<name>"(?:[^"\\]|\\.)*"|[^"()→]+) '
    r"\((?P<role>[a-z-]+), (?P<mode>[a-z]+)(?:, in (?P<work>[a-z0-9-]+))?\)(?: → |$)"
)
_QUOTATION: Final = re.compile(
    r"(?P<number>\d+) of \d+: (?P<id>[a-z0-9-]+), "
    r"code points (?P<start>\d+) to (?P<end>\d+) of the archived text"
)
_KINDS: Final = {"PublicBody": "state", "Organization": "non-state"}


class Values:
    """What a property says, by what stands before each value."""

    def __init__(self, values: Iterable[str]) -> None:
        self.values = list(values)

    def text(self, label: str) -> str | None:
        """The value after a label; a string in JSON, where it is written so."""
        found = [v.partition(": ")[2] for v in self.values if v.startswith(f"{label}: ")]
        assert len(found) <= 1, found
        return _word(found[0]) if found else None

    def numbered(self, label: str) -> list[str]:
        """The values after a label and their number, in order."""
        pattern = re.compile(rf"{label} (\d+): (.*)", re.DOTALL)
        found = [match for match in map(pattern.fullmatch, self.values) if match]
        ordered = sorted(found, key=lambda match: int(match[1]))
        assert [int(match[1]) for match in ordered] == list(range(1, len(found) + 1))
        return [match[2] for match in ordered]

    def words(self, label: str) -> list[str]:
        return [*map(_word, self.numbered(label))]

    def models(self, label: str) -> list[Any]:
        return [*map(json.loads, self.numbered(label))]


def _word(text: str) -> str:
    read: str = json.loads(text) if text.startswith('"') else text
    return read


def _of(entity: Any, name: str) -> list[str]:
    found: list[str] = entity["properties"].get(name, [])
    return found


def _one(entity: Any, name: str) -> str:
    (value,) = _of(entity, name)
    return value


def claims(entities: dict[str, Any]) -> Iterator[Claim]:
    evidence: dict[str, list[Any]] = {}
    for each in entities.values():
        if each["schema"] == "Documentation":
            evidence.setdefault(_one(each, "entity"), []).append(each)
    for each in entities.values():
        if each["schema"] == "Event":
            yield _claim(each, evidence[each["id"]])


def _claim(event: Any, documentations: list[Any]) -> Claim:
    said, noted = Values(_of(event, "keywords")), Values(_of(event, "notes"))
    assessment = noted.text("assessment by curators")
    parties = [party.split(": ", 1) for party in noted.numbered("party")]
    stored = {
        "id": event["id"].removeprefix("tm-"),
        "formerly": said.numbered("formerly"),
        "about": [each.split()[1] for each in said.numbered("about")],
        "kind": said.text("kind"),
        "statement": noted.text("statement, exactly") or _one(event, "summary"),
        "certainty": said.text("certainty"),
        "certainty_basis": said.text("certainty rests on"),
        "negative": said.text("certainty is") == "that it is not so",
        "hedge": noted.text("hedge"),
        "hedge_note": noted.text("hedge note"),
        "speakers": [*_speakers(noted)],
        "scope": said.text("scope"),
        "stance": said.text("stance"),
        "denies": said.numbered("denies"),
        "conflicts_with": said.numbered("conflicts with"),
        "event": said.text("occurrence"),
        "period": noted.text("period, in EDTF"),
        "said": noted.text("said, in EDTF"),
        "places": noted.models("place"),
        "parties": [
            {"part": part, "state" if whom.startswith("state ") else "id": whom.split()[1]}
            for part, whom in parties
        ],
        "activity": _activity(said, noted),
        "evidence": _evidence(documentations),
        "joint": "evidence is joint" in said.values,
        "reasoning": noted.text("reasoning"),
        "note": noted.text("note"),
        "assessment": json.loads(assessment) if assessment else None,
        "status": said.text("status"),
        "retraction": noted.text("retracted because"),
    }
    return Claim.model_validate_json(json.dumps(stored))


def _activity(said: Values, noted: Values) -> Any:
    if said.text("kind") != "activity":
        return None
    return {
        **{name: said.text(name) for name in ("goods", "form", "outcome")},
        "items": noted.words("item"),
        "quantities": noted.models("quantity"),
    }


def _speakers(noted: Values) -> Iterator[dict[str, Any]]:
    # By hand, as the chain may begin with a string in JSON, and is none itself.
    (chain,) = (v.partition(": ")[2] for v in noted.values if v.startswith("speakers, "))
    at = 0
    while at < len(chain):
        match = _SPEAKER.match(chain, at)
        assert match, chain[at:]
        yield {**match.groupdict(), "name": _word(match["name"])}
        at = match.end()


def _evidence(documentations: list[Any]) -> list[Any]:
    def place(each: Any) -> int:
        return int(_one(each, "recordId").split()[0])

    ordered = sorted(documentations, key=place)
    assert [place(each) for each in ordered] == list(range(1, len(ordered) + 1))
    return [*map(_item, ordered)]


def _item(documentation: Any) -> Any:
    if match := _QUOTATION.fullmatch(_one(documentation, "recordId")):
        assert _one(documentation, "role") == "quotation"
        return {"quote": match["id"]}
    assert (_one(documentation, "role"), _one(documentation, "status")) == ("reference", "unproved")
    told = Values(_of(documentation, "description"))
    locator = told.text("locator")
    source = _one(documentation, "document").removeprefix("tm-")
    return {
        "reference": {
            "source": source,
            "locator": json.loads(locator) if locator else None,
            "consulted_at": told.text("consulted at"),
        }
    }


def quotes(entities: dict[str, Any]) -> Iterator[Quote]:
    for each in entities.values():
        match = each["schema"] == "Documentation" and _QUOTATION.fullmatch(_one(each, "recordId"))
        if match:
            event = entities[_one(each, "entity")]
            exactly = Values(_of(event, "notes")).text(f"quotation {match['number']}, exactly")
            told = Values(_of(each, "description"))
            yield Quote(
                id=match["id"],
                formerly=tuple(told.numbered("formerly")),
                source=_one(each, "document").removeprefix("tm-"),
                exact=_one(each, "summary") if exactly is None else exactly,
                start=int(match["start"]),
                end=int(match["end"]),
                part_of_word="part of a word" in told.values,
            )


def sources(entities: dict[str, Any]) -> Iterator[Source]:
    """Sources, of whose archived texts only names, hashes and types are known."""
    for each in entities.values():
        if each["schema"] != "Document":
            continue
        noted = Values(_of(each, "notes"))
        archive = {"file": _of(each, "fileName"), "media_type": _of(each, "mimeType")}
        sha256 = noted.text("sha256")
        stored = {
            "id": each["id"].removeprefix("tm-"),
            "formerly": noted.numbered("formerly"),
            "bibliography": json.loads(noted.text("in CSL-JSON") or ""),
            "descriptor": noted.text("descriptor"),
            "reports_on": noted.numbered("reports on"),
            "title_from": noted.text("title from"),
            "read": noted.text("read") == "yes",
            "archive": sha256
            and {"sha256": sha256, **{name: value for name, (value,) in archive.items()}},
        }
        yield Source.model_validate_json(json.dumps(stored))


def customers(entities: dict[str, Any]) -> Iterator[Customer]:
    for each in entities.values():
        noted = Values(_of(each, "notes"))
        region, codes = noted.text("region"), noted.text("codes")
        if region is not None:
            stored = {
                **_named(each, noted),
                "kind": _KINDS[each["schema"]],
                "iso_3166": json.loads(codes) if codes else None,
                "region": region,
            }
            yield Customer.model_validate_json(json.dumps(stored))


def actors(entities: dict[str, Any]) -> Iterator[Actor]:
    for each in entities.values():
        noted = Values(_of(each, "notes"))
        kind = noted.text("kind")
        if kind is not None:
            country = "".join(_of(each, "country")).upper() or None
            identifiers = [number.split(" ", 1) for number in noted.numbered("identifier")]
            stored = {
                **_named(each, noted),
                "kind": kind,
                "country": country,
                "identifiers": [
                    {"scheme": scheme, "value": _word(value)} for scheme, value in identifiers
                ],
            }
            yield Actor.model_validate_json(json.dumps(stored))


def _named(entity: Any, noted: Values) -> dict[str, Any]:
    return {
        "id": entity["id"].removeprefix("tm-"),
        "formerly": noted.numbered("formerly"),
        "name": noted.text("name, exactly") or _one(entity, "name"),
        "aliases": noted.words("alias"),
    }
