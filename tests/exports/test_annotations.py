"""W3C annotations, read by PyLD: the claims are rebuilt from triples that were shuffled."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from targetmarkets.evidence.archive import Archives
from targetmarkets.exports.annotations import EXPORT, SET_ASIDE, TEXTS, UNQUOTED, WORKS
from targetmarkets.exports.interface import Losses
from targetmarkets.exports.passages import BY_REFERENCE, UNPROVED
from targetmarkets.exports.registry import TARGETS, export
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.model.objects import Claim, Quote
from tests import hostile
from tests.exports import rich
from tests.exports.json_ld import OA, TERMS, Graph, expanded, of_rdf


class Exported(NamedTuple):
    kb: Knowledge
    document: Any
    graph: Graph
    losses: Losses


def _export(kb: Knowledge, path: Path, **filters: list[str]) -> Exported:
    losses = export(kb, TARGETS["annotations"], path, Filters(**filters), curators=True)
    document = json.loads(path.read_text("utf-8"))
    return Exported(kb, document, Graph(of_rdf(document)), losses)


@pytest.fixture(scope="module", params=["bundled", "rich", "hostile"])
def exported(
    request: pytest.FixtureRequest, kb: FileKnowledge, tmp_path_factory: pytest.TempPathFactory
) -> Exported:
    folder = tmp_path_factory.mktemp("annotations")
    made = {"rich": rich.build, "hostile": hostile.build}
    held = load(made[request.param](folder / "kb")) if request.param in made else kb
    return _export(held, folder / "all.jsonld")


def _annotations(graph: Graph) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    """Each annotation with its target, and its selectors by their types."""
    for node in graph.of_type(f"{OA}Annotation"):
        target = graph.one(node, f"{OA}hasTarget")
        selectors = graph.all(target, f"{OA}hasSelector")
        yield node, target, {each["@type"][0].removeprefix(OA): each for each in selectors}


def _quote(graph: Graph, node: Any, target: Any, selectors: dict[str, Any]) -> Quote:
    archived = graph.plain(graph.one(target, f"{TERMS}archived"))
    position = selectors["TextPositionSelector"]
    return Quote(
        id=node["@id"].removeprefix("urn:targetmarkets:quote:"),
        source=archived["source"],
        exact=graph.one(selectors["TextQuoteSelector"], f"{OA}exact"),
        start=int(graph.one(position, f"{OA}start")),
        end=int(graph.one(position, f"{OA}end")),
        part_of_word=graph.one(node, f"{TERMS}part_of_word"),
        formerly=tuple(graph.one(node, f"{TERMS}formerly")),
    )


def _claim(said: dict[str, Any]) -> Claim:
    """A claim as it is stored, of what a body says."""
    stored = {name: value for name, value in said.items() if name in Claim.model_fields}
    stored["about"] = [each["id"] for each in said.get("about", ())]
    stored["parties"] = [
        {name: each[name] for name in ("id", "state", "part") if name in each}
        for each in said.get("parties", ())
    ]
    stored["evidence"] = [
        {name: each[name] for name in ("quote", "reference") if name in each}
        for each in said["evidence"]
    ]
    if "activity" in said:
        stored["activity"] = {k: v for k, v in said["activity"].items() if k != "type"}
    return Claim.model_validate_json(json.dumps(stored))


def _bodies(graph: Graph) -> Iterator[tuple[Any, Any]]:
    for node, _, _ in _annotations(graph):
        for body in graph.all(node, f"{OA}hasBody"):
            yield node, body


def test_every_quotation_is_rebuilt(exported: Exported) -> None:
    rebuilt = {
        quote.id: quote
        for quote in (_quote(exported.graph, *each) for each in _annotations(exported.graph))
    }
    assert rebuilt == dict(exported.kb.quotes.items())


def test_every_claim_with_a_quotation_is_rebuilt(exported: Exported) -> None:
    graph = exported.graph
    rebuilt = [_claim(graph.plain(graph.one(b, f"{TERMS}claim"))) for _, b in _bodies(graph)]
    quoted = {
        claim.id: claim
        for claim in exported.kb.claims.values()
        if any(item.quote for item in claim.evidence)
    }
    assert {claim.id for claim in rebuilt} == set(quoted)
    assert [claim for claim in rebuilt if claim != quoted[claim.id]] == []
    named = {name.removeprefix("Claim.") for name in EXPORT.carries if name.startswith("Claim.")}
    assert named == {*Claim.model_fields}


def test_what_is_not_carried_is_counted_in_the_file_too(exported: Exported) -> None:
    told = {each["kind"]: each["number"] for each in exported.document["not_carried"]}
    assert told == {lost.kind: lost.number for lost in exported.losses}
    claims = exported.kb.claims.values()
    assert told[BY_REFERENCE] == sum(not any(i.quote for i in c.evidence) for c in claims)
    sources = exported.kb.sources.values()
    assert told.get(WORKS, 0) + told.get(UNQUOTED, 0) == len([*sources])
    assert told[WORKS] == len({quote.source for quote in exported.kb.quotes.values()})
    assert told[TEXTS] == len(exported.kb.archived)
    assert told[SET_ASIDE] == sum(len(source.set_aside) for source in sources)


def test_a_body_says_where_it_stands_among_the_others(exported: Exported) -> None:
    graph = exported.graph
    for node, _, _ in _annotations(graph):
        bodies = graph.all(node, f"{OA}hasBody")
        assert graph.one(node, f"{TERMS}count") == len(bodies)
        places = sorted(graph.one(body, f"{TERMS}order") for body in bodies)
        assert places == list(range(1, len(bodies) + 1))


def test_what_a_body_shows_is_never_a_statement_without_how_sure_it_is_and_whether_it_stands(
    exported: Exported,
) -> None:
    graph, value = exported.graph, "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
    for _, body in _bodies(graph):
        claim = exported.kb.claims[graph.plain(graph.one(body, f"{TERMS}claim"))["id"]]
        shown = graph.one(body, value)
        assert shown.endswith(f"] {claim.statement}")
        before = shown.removesuffix(claim.statement)
        assert claim.certainty in before
        assert (claim.hedge or "") in before
        assert ("that it is not so" in before) == claim.negative
        assert ("DENIAL" in before) == (claim.stance == "denied")
        assert ("RETRACTED" in before) == (claim.status == "retracted")


def test_both_offsets_cut_the_quotation_out_of_the_archived_text(exported: Exported) -> None:
    graph, archives = exported.graph, Archives(exported.kb)
    for node, target, selectors in _annotations(graph):
        quote = _quote(graph, node, target, selectors)
        text = archives.text(quote.source).text
        position, words = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
        assert graph.one(position, f"{TERMS}unit") == "code points"
        start, end = (graph.one(position, f"{TERMS}utf16_{name}") for name in ("start", "end"))
        units = text.encode("utf-16-le")
        assert units[2 * start : 2 * end].decode("utf-16-le") == quote.exact
        assert text[quote.start : quote.end] == quote.exact
        before, after = (graph.one(words, f"{OA}{name}") for name in ("prefix", "suffix"))
        assert text[: quote.start].endswith(before)
        assert text[quote.end :].startswith(after)


def test_the_archived_text_is_named_by_its_hash(exported: Exported) -> None:
    for annotation in exported.document["first"]["items"]:
        target = annotation["target"]
        _, _, digest = target["source"]["id"].partition("ni:///sha-256;")
        named = base64.urlsafe_b64decode(digest + "=").hex()
        assert named == target["archived"]["sha256"]


def test_nothing_of_a_file_is_unknown_to_its_context(exported: Exported) -> None:
    """JSON-LD drops what it has no name for, and says nothing."""

    def leaves(value: Any) -> list[str]:
        match value:
            case dict():
                return [x for k, v in value.items() if k != "@context" for x in leaves(v)]
            case list():
                return [x for item in value for x in leaves(item)]
        return [json.dumps(value)]

    given, kept = leaves(exported.document), json.dumps(expanded(exported.document))
    assert [each for each in given if each not in kept and f'{each[:-1]}"' not in kept] == [
        each for each in given if each.strip('"') in _SHORT
    ]


_SHORT = {
    "Annotation", "AnnotationCollection", "AnnotationPage", "SpecificResource", "Text",
    "TextPositionSelector", "TextQuoteSelector", "TextualBody", "describing",
}  # fmt: skip
"""Values for which the context has longer names."""


def test_a_quotation_that_is_not_found_says_so_and_has_no_offsets_in_utf_16(
    tmp_path: Path,
) -> None:
    path = hostile.build(tmp_path / "kb", hostile.harmless)
    (path.parent / "sources" / "0.txt").write_text("another text", "utf-8")
    exported = _export(load(path), tmp_path / "x.jsonld")
    lost = {each.kind: each.number for each in exported.losses}
    assert lost[UNPROVED] == 1
    unproved = [each for each in exported.document["first"]["items"] if not each["proved"]]
    (position,) = (each["target"]["selector"][1] for each in unproved)
    assert "utf16_start" not in position


def test_a_filter_chooses_what_bodies_there_are(kb: FileKnowledge, tmp_path: Path) -> None:
    graph = _export(kb, tmp_path / "x.jsonld", stance=["denied"]).graph
    stances = {graph.plain(graph.one(b, f"{TERMS}claim"))["stance"] for _, b in _bodies(graph)}
    assert stances <= {"denied"}
