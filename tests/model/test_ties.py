"""Whether anything that objects refer to can be wrong, asked of all of them at once."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from targetmarkets.kb.paths import bundled
from targetmarkets.model import integrity
from targetmarkets.model.integrity import sound, structural_faults
from targetmarkets.model.objects import STORED, KnowledgeFile
from targetmarkets.model.stored import Way
from targetmarkets.model.types import LIST_OF
from targetmarkets.text.json_source import dump

BUNDLED = json.loads(bundled().read_bytes())

WAYS = [(LIST_OF[model.word()], way) for model in STORED.values() for way in model.WAYS]


@pytest.fixture(params=["as a whole", "in pieces"])
def _reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "in pieces":
        monkeypatch.setattr(integrity, "LARGE", 0)


def broken(name: str, way: Way) -> Iterator[dict[str, Any]]:
    """The bundled base with another id, and with an id twice, where a way leads from an object."""
    index, item = next((i, item) for i, item in enumerate(BUNDLED[name]) if leading(item, way))
    for id_ in ("nowhere", item["id"], BUNDLED["quotes"][0]["id"], BUNDLED["customers"][0]["id"]):
        other = deepcopy(BUNDLED)
        holder, key = leading(other[name][index], way)[0]
        holder[key] = id_
        yield other
    if way.is_many:
        twice = deepcopy(BUNDLED)
        held = twice[name][index][way.field]
        held.append(deepcopy(held[0]))
        yield twice


def leading(item: dict[str, Any], way: Way) -> list[tuple[Any, Any]]:
    """Where an object, as the file has it, has the ids to which a way leads: what holds each, and
    the key of it there.
    """
    held = item.get(way.field) or ()
    if not way.is_many:
        return [(item, way.field)] if held else []
    if not way.within:
        return [(held, nth) for nth in range(len(held))]
    *between, last = way.within
    for name in between:
        held = [part[name] for part in held if name in part]
    return [(part, last) for part in held if last in part]


@pytest.mark.usefixtures("_reading")
@pytest.mark.parametrize(("name", "way"), WAYS, ids=lambda value: str(value)[:40])
def test_a_file_is_sound_where_no_fault_is_told_of_it(name: str, way: Way) -> None:
    judged = []
    for other in broken(name, way):
        text = dump(other)
        faults = [*structural_faults(KnowledgeFile.model_validate_json(text))]
        assert (sound(text.encode()) is not None) == (not faults), faults
        judged.append(bool(faults))
    assert any(judged)


@pytest.mark.usefixtures("_reading")
def test_scopes_ids_and_works_are_looked_at() -> None:
    assert sound(dump(BUNDLED).encode())
    scoped, twice, former, unreported = (deepcopy(BUNDLED) for _ in range(4))
    alone = next(c for c in scoped["claims"] if c.get("scope") == "individual")
    alone["scope"] = "collective"
    twice["actors"][0]["id"] = twice["customers"][0]["id"]
    former["actors"][0]["formerly"] = [former["claims"][0]["id"]]
    speaker = next(s for c in unreported["claims"] for s in c["speakers"] if "work" in s)
    speaker["work"] = unreported["sources"][-1]["id"]
    for other in (scoped, twice, former, unreported):
        text = dump(other)
        assert [*structural_faults(KnowledgeFile.model_validate_json(text))]
        assert sound(text.encode()) is None


def test_what_is_mentioned_is_where_the_ways_lead() -> None:
    for name, ways in ((name, [way for n, way in WAYS if n == name]) for name, _ in WAYS):
        model = STORED[name]
        for item in BUNDLED[name]:
            led = [holder[key] for way in ways for holder, key in leading(item, way)]
            stored = model.model_validate_json(json.dumps(item))
            assert [id_ for _, id_, _ in stored.mentions()] == led
