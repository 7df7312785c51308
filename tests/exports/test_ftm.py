"""FollowTheMoney, by its own program: what comes out of each of its commands is the knowledge base
again.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.exports.ftm import EXPORT, OTHER_TEXTS
from targetmarkets.exports.ftm_words import kept, word
from targetmarkets.exports.interface import Losses
from targetmarkets.exports.passages import UNPROVED
from targetmarkets.exports.registry import TARGETS, export
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.model.objects import Actor, Claim, Customer, Quote, Source
from tests import build, hostile
from tests.exports import ftm_reading, rich
from tests.exports.ftm_tool import aggregated, entities, ftm, program, stated, validated


class Exported(NamedTuple):
    kb: Knowledge
    path: Path
    losses: Losses


@pytest.fixture(scope="module", params=["bundled", "rich", "hostile"])
def exported(
    request: pytest.FixtureRequest, kb: FileKnowledge, tmp_path_factory: pytest.TempPathFactory
) -> Exported:
    folder = tmp_path_factory.mktemp("ftm")
    made = {"rich": rich.build, "hostile": hostile.build}
    held = load(made[request.param](folder / "kb")) if request.param in made else kb
    path = folder / "all.ftm.json"
    return Exported(held, path, export(held, TARGETS["ftm"], path, Filters(), curators=True))


STAGES: dict[str, tuple[Callable[[Path], Path], ...]] = {
    "as it was written": (),
    "validate": (validated,),
    "validate, aggregate": (validated, aggregated),
    "validate, aggregate, statements, aggregate-statements": (validated, aggregated, stated),
}


@pytest.fixture(scope="module", params=STAGES)
def out(request: pytest.FixtureRequest, exported: Exported) -> dict[str, Any]:
    """The entities, after so much of the way through the program."""
    path = exported.path
    for step in STAGES[request.param]:
        program()
        path = step(path)
    return entities(path)


def _differing(rebuilt: list[Any], stored: dict[str, Any]) -> list[str]:
    assert {each.id for each in rebuilt} == set(stored)
    return [each.id for each in rebuilt if each != stored[each.id]]


def _shallow(source: Source) -> Source:
    """A source without what is said in the tables not to be carried."""
    archive = source.archive and source.archive.model_copy(
        update={"pages": (), "original": None, "gaps": (), "breaks": ()}
    )
    return source.model_copy(update={"archive": archive, "set_aside": ()})


def test_every_object_is_rebuilt(exported: Exported, out: dict[str, Any]) -> None:
    kb = exported.kb
    assert _differing([*ftm_reading.claims(out)], dict(kb.claims.items())) == []
    cited = {item.quote for claim in kb.claims.values() for item in claim.evidence}
    quoted = {id_: quote for id_, quote in kb.quotes.items() if id_ in cited}
    assert _differing([*ftm_reading.quotes(out)], quoted) == []
    assert _differing([*ftm_reading.customers(out)], dict(kb.customers.items())) == []
    assert _differing([*ftm_reading.actors(out)], dict(kb.actors.items())) == []
    sources = {id_: _shallow(source) for id_, source in kb.sources.items()}
    assert _differing([*ftm_reading.sources(out)], sources) == []


@pytest.mark.parametrize("model", [Claim, Quote, Customer, Actor])
def test_the_table_names_every_field_of_what_is_rebuilt(model: Any) -> None:
    word = model.__name__
    named = {field for field in EXPORT.carries if field.startswith(f"{word}.")}
    assert named == {f"{word}.{field}" for field in model.model_fields}


def test_nothing_is_dropped_on_the_way(exported: Exported, out: dict[str, Any]) -> None:
    """No property, and no value of one, is refused; an address may be written in another way."""
    for id_, entity in entities(exported.path).items():
        assert out[id_]["schema"] == entity["schema"]
        given, got = entity["properties"], out[id_]["properties"]
        hidden = {"sourceUrl", "location", "alias", "weakAlias", "registrationNumber"}
        changed = [n for n in set(given) - hidden if len(got.get(n, ())) != len(given[n])]
        assert changed == [], id_


def test_no_property_is_too_long_or_has_no_room_in_its_schema(
    exported: Exported, tmp_path: Path
) -> None:
    ftm("dump-model", "-o", tmp_path / "model.json")
    model = json.loads((tmp_path / "model.json").read_text("utf-8"))
    aims = entities(exported.path)
    for entity in aims.values():
        schema = model["schemata"][entity["schema"]]
        above = [model["schemata"][name] for name in [*schema["schemata"]]]
        properties = {k: v for each in above for k, v in each["properties"].items()}
        for name, values in entity["properties"].items():
            assert all(len(v) <= properties[name].get("maxLength", 65_000) for v in values), name
            if properties[name].get("range"):
                for value in values:
                    kind = aims[value]["schema"]
                    assert properties[name]["range"] in model["schemata"][kind]["schemata"]


def test_no_edge_says_who_supplies_whom(exported: Exported) -> None:
    held = entities(exported.path).values()
    assert {each["schema"] for each in held} <= {
        "Document", "Documentation", "Event", "UnknownLink", "Note", "PublicBody", "Organization",
        "Company", "Vessel", "Airplane", "Person",
    }  # fmt: skip
    for each in held:
        if each["schema"] == "UnknownLink":
            (event,) = each["properties"]["object"]
            assert event in {e["id"] for e in held if e["schema"] == "Event"}


def test_the_caption_says_how_sure_it_is_what_it_rests_on_and_whether_it_is_a_denial(
    exported: Exported,
) -> None:
    held = entities(exported.path)
    for claim in exported.kb.claims.values():
        (caption,) = held[f"tm-{claim.id}"]["properties"]["name"]
        before = caption.removesuffix(claim.statement)
        assert claim.certainty in before
        assert ("DENIAL" in before) == (claim.stance == "denied")
        assert ("RETRACTED" in before) == (claim.status == "retracted")
        assert ("quoted" in before) == any(item.quote for item in claim.evidence)


def test_countries_are_the_codes_of_the_model_and_congo_is_two(
    exported: Exported, out: dict[str, Any]
) -> None:
    for customer in exported.kb.customers.values():
        got = out[f"tm-{customer.id}"]["properties"].get("country", [])
        assert got == ([customer.iso_3166.alpha_2.lower()] if customer.iso_3166 else [])
    if "drc" in exported.kb.customers:
        drc, congo = (out[f"tm-{id_}"]["properties"] for id_ in ("drc", "republic-of-the-congo"))
        assert (drc["country"], congo["country"]) == (["cd"], ["cg"])
        assert "Congo" in drc["weakAlias"]
        assert "Congo" not in drc["alias"]
    for each in out.values():
        assert all(re.fullmatch("[a-z]{2}", c) for c in each["properties"].get("country", ()))


def test_a_name_of_two_is_none_to_match_by_where_a_filter_leaves_one_out(
    kb: FileKnowledge, tmp_path: Path
) -> None:
    path = tmp_path / "x.ftm.json"
    export(kb, TARGETS["ftm"], path, Filters(customer=["drc"]))
    held = entities(path)
    assert "tm-republic-of-the-congo" not in held
    assert "Congo" in held["tm-drc"]["properties"]["weakAlias"]
    assert "Congo" not in held["tm-drc"]["properties"]["alias"]


def test_a_name_of_two_is_none_to_match_by_however_it_is_written(tmp_path: Path) -> None:
    states = [
        build.customer("one", aliases=["Côte", "—★—"]),
        build.customer("two", aliases=["COTE", "—★—"]),
    ]
    path = tmp_path / "x.ftm.json"
    export(build.knowledge(customers=states), TARGETS["ftm"], path, Filters())
    aliases = [entities(path)[id_]["properties"] for id_ in ("tm-one", "tm-two")]
    assert [each["weakAlias"] for each in aliases] == [["Côte", "—★—"], ["COTE", "—★—"]]


def test_a_quotation_that_is_not_found_says_so_and_no_hash_is_that_of_another_text(
    tmp_path: Path,
) -> None:
    path = hostile.build(tmp_path / "kb", hostile.harmless)
    texts = path.parent / "sources"
    altered = (texts / "0.txt").read_text("utf-8")
    (texts / "0.txt").write_text(f"{altered} More.", "utf-8")
    (texts / "1.txt").unlink()
    losses = export(load(path), TARGETS["ftm"], tmp_path / "x.ftm.json", Filters())
    lost = {each.kind: each.number for each in losses}
    assert (lost[UNPROVED], lost[OTHER_TEXTS]) == (2, 2)
    held = entities(tmp_path / "x.ftm.json").values()
    unproved = {"tm-text-0", "tm-text-1"}
    for each in (each["properties"] for each in held if each["schema"] == "Documentation"):
        if each["role"] == ["quotation"]:
            says_so = each.get("status") == ["not found in its archived text"]
            assert says_so == (each["document"][0] in unproved)
    for each in held:
        if "fileName" in each["properties"]:
            assert ("contentHash" in each["properties"]) == (each["id"] not in unproved)


def test_dates_are_plain_and_never_more_than_the_period_says(exported: Exported) -> None:
    held = entities(exported.path)
    for claim in exported.kb.claims.values():
        properties = held[f"tm-{claim.id}"]["properties"]
        for name, side in (("date", None), ("startDate", 0), ("endDate", 1)):
            for date in properties.get(name, ()):
                assert claim.period
                parts = claim.period.split("/")
                assert date == (claim.period if side is None else parts[side])


def test_what_is_not_carried_is_counted_in_the_file_too(exported: Exported) -> None:
    notes = entities(exported.path)["tm--export"]["properties"]["notes"]
    for kind, number, why in exported.losses:
        assert f"not carried: {number} {kind}; {why}" in notes


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_word_is_kept_whatever_it_is(text: str) -> None:
    written = word(text)
    assert kept(written) == written.strip()
    assert (json.loads(written) if written.startswith('"') else written) == text


def test_the_rule_of_what_is_kept_is_that_of_the_program(tmp_path: Path) -> None:
    """Every character of the planes that have any, between two letters, through `validate`."""
    characters = [chr(n) for n in range(0x30000) if not 0xD800 <= n < 0xE000]
    starts = range(0, len(characters), 500)
    chunks = ["|".join(f"e{c}a" for c in characters[at : at + 500]) for at in starts]
    path = tmp_path / "x.json"
    path.write_text(
        "".join(
            json.dumps({"id": f"x.{n}", "schema": "Note", "properties": {"notes": [chunk]}}) + "\n"
            for n, chunk in enumerate(chunks)
        ),
        "utf-8",
    )
    out = entities(validated(path))
    for n, chunk in enumerate(chunks):
        assert out[f"x.{n}"]["properties"]["notes"] == [kept(chunk)]
