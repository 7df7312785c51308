"""Hypothesis, by the code of its own client in a browser: it imports, shows and finds all."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from targetmarkets.evidence.archive import Archives
from targetmarkets.exports.hypothesis import EXPORT
from targetmarkets.exports.registry import TARGETS, export
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.model.objects import Claim
from tests import hostile
from tests.exports import client, rich
from tests.site.browser import launched, opened


class Exported(NamedTuple):
    kb: Knowledge
    text: str
    losses: dict[str, int]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return client.bundle(tmp_path_factory.mktemp("client"))


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    with launched() as browser, opened(browser) as watched:
        yield watched.page


@pytest.fixture(scope="module", params=["bundled", "rich", "hostile"])
def exported(
    request: pytest.FixtureRequest, kb: FileKnowledge, tmp_path_factory: pytest.TempPathFactory
) -> Exported:
    folder = tmp_path_factory.mktemp("hypothesis")
    made = {"rich": rich.build, "hostile": hostile.build}
    held = load(made[request.param](folder / "kb")) if request.param in made else kb
    path = folder / "all.json"
    losses = export(held, TARGETS["hypothesis"], path, Filters(), curators=True)
    return Exported(held, path.read_text("utf-8"), {each.kind: each.number for each in losses})


@pytest.fixture
def imported(exported: Exported, script: Path, page: Any) -> tuple[list[Any], list[Any]]:
    """The users among whom the client has one choose, and what it saves of their annotations."""
    users, saved = client.asked(page, script, client.IMPORT, [exported.text, None])
    return users, saved


def _fields(paragraphs: list[str]) -> dict[str, Any]:
    """What the paragraphs of an annotation say, after its statement and who says it."""
    said = (each.split(": ", 1) for each in paragraphs[2:])
    return {name: json.loads(value) for name, value in said}


def _claim(paragraphs: list[str]) -> Claim:
    said = _fields(paragraphs)
    fields = {name: value for name, value in said.items() if not name.startswith("quotation_")}
    fields["negative"] = fields.pop("certainty_of") == "that it is not so"
    return Claim.model_validate_json(json.dumps(fields))


def _pairs(kb: Knowledge) -> set[tuple[str, str]]:
    return {(i.quote, c.id) for c in kb.claims.values() for i in c.evidence if i.quote}


def test_claims_are_rebuilt_of_what_the_client_shows_of_what_it_imported(
    exported: Exported, imported: tuple[list[Any], list[Any]], script: Path, page: Any
) -> None:
    _, saved = imported
    shown = client.asked(page, script, client.SHOWN, [each["text"] for each in saved])
    assert [marked for _, marked in shown if marked] == []
    rebuilt = [_claim(paragraphs) for paragraphs, _ in shown]
    assert [claim.id for claim in rebuilt if claim != exported.kb.claims[claim.id]] == []
    got = {tuple(each["extra"]["original_id"].split("--")) for each in saved}
    assert got == _pairs(exported.kb)
    assert len(saved) == len(got)
    named = {name.removeprefix("Claim.") for name in EXPORT.carries if name.startswith("Claim.")}
    assert named == {*Claim.model_fields}


def test_what_is_recorded_of_a_quotation_is_shown_too(
    exported: Exported, imported: tuple[list[Any], list[Any]], script: Path, page: Any
) -> None:
    saved = imported[1]
    shown = client.asked(page, script, client.SHOWN, [each["text"] for each in saved])
    for each, (paragraphs, _) in zip(saved, shown, strict=True):
        quote = exported.kb.quotes[each["extra"]["original_id"].split("--")[0]]
        said = _fields(paragraphs)
        assert said.get("quotation_part_of_word", False) == quote.part_of_word
        assert tuple(said.get("quotation_formerly", ())) == quote.formerly


def test_what_is_seen_first_says_how_sure_it_is_and_whether_it_stands(
    exported: Exported, imported: tuple[list[Any], list[Any]], script: Path, page: Any
) -> None:
    saved = imported[1]
    shown = client.asked(page, script, client.SHOWN, [each["text"] for each in saved])
    for each, (paragraphs, _) in zip(saved, shown, strict=True):
        claim = exported.kb.claims[each["extra"]["original_id"].split("--")[1]]
        before, bracket, _ = paragraphs[0].partition("] ")
        assert bracket
        assert claim.certainty in before
        assert ("that it is not so" in before) == claim.negative
        assert ("DENIAL" in before) == (claim.stance == "denied")
        assert ("RETRACTED" in before) == (claim.status == "retracted")
        (tag,) = (tag for tag in each["tags"] if tag.startswith(claim.certainty))
        assert ("that it is not so" in tag) == claim.negative


def test_the_client_finds_each_quotation_at_its_place_by_either_selector(
    exported: Exported, imported: tuple[list[Any], list[Any]], script: Path, page: Any
) -> None:
    kb, archives = exported.kb, Archives(exported.kb)
    for source in kb.archived:
        own = [each for each in imported[1] if each["target"][0]["selector"]]
        quotes = [kb.quotes[each["extra"]["original_id"].split("--")[0]] for each in own]
        mine = [
            (q, each["target"][0]["selector"])
            for q, each in zip(quotes, own, strict=True)
            if q.source == source.id
        ]
        text = archives.text(source.id).text
        for kept in ({"TextPositionSelector", "TextQuoteSelector"}, {"TextQuoteSelector"}):
            targets = [[s for s in selectors if s["type"] in kept] for _, selectors in mine]
            found = client.asked(page, script, client.ANCHOR, [text, targets])
            places = [(len(text[: q.start].encode("utf-16-le")) // 2, q.exact) for q, _ in mine]
            assert [tuple(each) for each in found] == places


def test_each_source_is_a_user_of_its_own(
    exported: Exported, imported: tuple[list[Any], list[Any]]
) -> None:
    """The client puts everything that it imports on the page that is open."""
    kb = exported.kb
    sources = {kb.quotes[quote].source for quote, _ in _pairs(kb)}
    assert {user for user, _, _ in imported[0]} == {f"acct:{id_}@targetmarkets" for id_ in sources}
    assert all(name for _, name, _ in imported[0])


def test_what_is_imported_is_private(imported: tuple[list[Any], list[Any]]) -> None:
    for each in imported[1]:
        assert each["permissions"]["read"] == ["acct:reader@hypothes.is"]


def test_what_is_not_carried_is_counted_in_the_file_too(exported: Exported) -> None:
    told = json.loads(exported.text)["export"]["not_carried"]
    assert {each["kind"]: each["number"] for each in told} == exported.losses
