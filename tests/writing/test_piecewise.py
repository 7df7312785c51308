"""A large JSON file becomes a store in pieces: the same store as of the whole, or none."""

import json
from pathlib import Path

import pytest

from targetmarkets import limits
from targetmarkets.errors import InvalidError, UnreadableError, UsageError
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.opening import load
from targetmarkets.kb.paths import bundled
from targetmarkets.model import pieces
from targetmarkets.query.search import search
from targetmarkets.writing import piecewise
from targetmarkets.writing.copying import copy, put_copy
from tests.build import archive, claim, content, customer, source
from tests.stores import dump


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of few objects, and files that are too large to be read as a whole."""
    monkeypatch.setattr(pieces, "PIECE", 2_000)
    monkeypatch.setattr(piecewise, "LARGE", 0)
    monkeypatch.setattr(limits, "KNOWLEDGE_BASE", limits.KNOWLEDGE_BASE._replace(most=100))


def written(path: Path, **lists: list[dict[str, object]]) -> Path:
    path.write_text(json.dumps(content(**lists), indent=2) + "\n", "utf-8")
    return path


def test_the_store_is_that_of_a_copy_of_the_whole(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    whole = put_copy(load(bundled()), tmp_path / "whole.sqlite")
    request.getfixturevalue("large")
    told: list[tuple[int, int]] = []
    made = copy(bundled(), tmp_path / "pieces.sqlite", lambda *done: told.append(done))
    assert dump(made) == dump(whole)
    assert verify(made).ok
    number = len(load(made).objects)
    assert told[-1] == (number, number)
    assert {path.name for path in tmp_path.iterdir()} == {"whole.sqlite", "pieces.sqlite"}


@pytest.mark.usefixtures("large")
def test_no_more_than_a_piece_is_asked_for_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    longest = 0
    objects = pieces._Reading.objects

    def noted(self: pieces._Reading, piece: bytes) -> object:
        nonlocal longest
        longest = max(longest, len(piece))
        return objects(self, piece)

    monkeypatch.setattr(pieces._Reading, "objects", noted)
    with bundled().open("rb") as file:
        number = sum(1 for _ in pieces.Streamed(file))
    assert number == len(load(bundled()).objects)
    assert 2_000 < longest < 20_000


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"id": "c"', '"id": "a"', "the id a stands twice"),
        ('"id": "c"', '"id": "c",\n      "id": "c"', "stands twice"),
        ('"about": [\n        "a"', '"about": [\n        "nobody"', "nobody"),
        (
            '"statement"',
            '"statment"',
            "claims, among the objects behind 0: 0.statement: Field required",
        ),
        ('"schema_version": 2', '"schema_version": 1', "schema_version"),
        ("\n  ],", "\n ],", "sources, among the objects behind 0"),
        ("\n  ]\n}", "\n  ]\n", "Invalid JSON"),
        ('"claims": [', '"claims":  [', "not in the canonical layout"),
    ],
)
def test_what_is_wrong_with_one_that_is_too_large_is_told(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    file = written(tmp_path / "kb.json", sources=[source()], customers=[customer("a")],
                   claims=[claim("c", "a")])  # fmt: skip
    assert copy(file, tmp_path / "sound.sqlite")
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InvalidError) as caught:
        copy(file, tmp_path / "new.sqlite")
    findings = [f"{finding.path} {finding.message}" for finding in caught.value.findings]
    assert told in "\n".join([caught.value.message, *findings])
    assert {path.name for path in tmp_path.iterdir()} == {"kb.json", "sound.sqlite"}


def test_one_that_can_be_read_as_a_whole_is_judged_by_who_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piecewise, "LARGE", 0)
    file = written(tmp_path / "kb.json", claims=[claim("c", "nobody")])
    with pytest.raises(InvalidError) as caught:
        copy(file, tmp_path / "new.sqlite")
    assert all(finding.line for finding in caught.value.findings)
    unusual = tmp_path / "unusual.json"
    unusual.write_text(json.dumps(content(customers=[customer("a")])), "utf-8")
    assert list(load(copy(unusual, tmp_path / "unusual.sqlite")).customers) == ["a"]


@pytest.mark.usefixtures("large")
def test_names_of_events_and_archived_texts_are_found(tmp_path: Path) -> None:
    file = archive(tmp_path / "kb", "Nobody bought what the ship had on board.")
    made = json.loads(file.read_text("utf-8"))
    made["events"] = [{"id": "seizure", "name": "The Chong Chon Gang", "kind": "interception"}]
    made["customers"] = [customer("a")]
    made["claims"] = [claim("c", "a", event="seizure")]
    file.write_text(json.dumps(made, indent=2) + "\n", "utf-8")
    kb = load(copy(file, tmp_path / "kb.sqlite"))
    assert {hit.id for hit in search(kb, "Chong Chon").hits} >= {"seizure", "c"}
    assert [hit.kind for hit in search(kb, "on board").hits] == ["text"]
    for text in (file.parent / "sources").iterdir():
        text.unlink()
    with pytest.raises(UnreadableError):
        copy(file, tmp_path / "lost.sqlite")
    assert not (tmp_path / "lost.sqlite").exists()


@pytest.mark.usefixtures("large")
def test_a_place_that_is_taken_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken.sqlite").write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        copy(bundled(), tmp_path / "taken.sqlite")
    assert (tmp_path / "taken.sqlite").read_text() == "mine"
