"""Changed characters of the bundled knowledge base: found, and placed; and that this can fail."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import integrity
from expected import IDS, REFERENCES, Known
from targetmarkets.evidence import proofs
from targetmarkets.evidence.archive import ArchivedText
from targetmarkets.model import integrity as structure
from targetmarkets.model.findings import Finding
from targetmarkets.text import json_source


@pytest.mark.long
def test_every_changed_character_that_must_be_found_is_found_and_placed() -> None:
    outcomes = list(integrity.outcomes(300, 1, 1))
    assert [outcome.failure for outcome in outcomes if outcome.failure] == []
    assert {outcome.table for outcome in outcomes} == set(integrity.TABLES)
    assert not any(outcome.found for outcome in outcomes if outcome.table == "nothing")


@pytest.mark.long
def test_processes_that_share_the_work_come_to_the_same() -> None:
    assert list(integrity.outcomes(12, 1, 2)) == list(integrity.outcomes(12, 1, 1))


def nothing(*_: Any) -> Iterator[Any]:
    return iter(())


def always(_: ArchivedText, __: Any) -> bool:
    return True


def unhashed(
    proof: proofs.Proof, _: str, record: Any, *__: str
) -> tuple[ArchivedText, list[Finding]]:
    return proof._open(record), []


def one_line_off(text: str, paths: list[json_source.Path]) -> list[int | None]:
    return [line and line + 1 for line in json_source.lines_of(text, paths)]


def passages(known: Known, rng: random.Random) -> integrity.Change:
    return integrity.field(known, integrity.PASSAGES, rng)


def spans(known: Known, rng: random.Random) -> integrity.Change:
    return integrity.field(known, integrity.SPANS, rng)


def ids(known: Known, rng: random.Random) -> integrity.Change:
    return integrity.field(known, [role for role in IDS if role != ("claims", "id")], rng)


def references(known: Known, rng: random.Random) -> integrity.Change:
    return integrity.field(known, list(REFERENCES), rng)


@pytest.mark.parametrize(
    ("broken", "name", "instead", "kind"),
    [
        (ArchivedText, "has", always, passages),
        (proofs.Proof, "_passages", nothing, spans),
        (proofs.Proof, "_passages", nothing, integrity.archived_characters),
        (proofs.Proof, "_file", unhashed, integrity.archived_bytes),
        (structure, "_dangling", nothing, ids),
        (structure, "_dangling", nothing, references),
        (structure, "lines_of", one_line_off, passages),
        (structure, "lines_of", one_line_off, ids),
    ],
)
def test_where_verify_is_blind_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
    broken: object,
    name: str,
    instead: Callable[..., Any],
    kind: Callable[[Known, random.Random], integrity.Change],
) -> None:
    known, rng = integrity.bundled_known(), random.Random(name)
    changes = [kind(known, rng) for _ in range(8)]
    assert not any(integrity.tried(known, change).failure for change in changes)
    monkeypatch.setattr(broken, name, instead)
    assert any("not found" in integrity.tried(known, change).failure for change in changes)


def test_what_is_blamed_without_cause_is_misplaced(monkeypatch: pytest.MonkeyPatch) -> None:
    known = integrity.bundled_known()
    change = passages(known, random.Random(1))
    monkeypatch.setattr(ArchivedText, "has", lambda _, __: False)
    outcome = integrity.tried(known, change)
    assert (outcome.found, outcome.placed) == (True, False)
    assert "found beside it" in outcome.failure


def test_the_script_fails_where_something_is_missed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert integrity.main(["--changes", "20", "--seed", "3"]) == 0
    assert "What must be found" in capsys.readouterr().out
    monkeypatch.setattr(proofs.Proof, "_passages", nothing)
    assert integrity.main(["--changes", "20", "--seed", "3"]) == 1
    assert "not found: Place(check='quotation'" in capsys.readouterr().out
