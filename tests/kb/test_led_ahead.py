"""What a store looks up ahead, and that it looks no thing up again and again."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from targetmarkets.kb.filters import Filters
from targetmarkets.kb.opening import load
from targetmarkets.kb.store import stored
from targetmarkets.kb.store.stored import StoredKnowledge
from targetmarkets.query.search import Search
from targetmarkets.query.select import streamed
from targetmarkets.records.fields import value_at
from targetmarkets.writing.copying import copy
from tests.build import archive, category, classification, content, customer


@pytest.fixture(autouse=True)
def _holding_few_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "MAX_LISTS_HELD", 100)


def test_a_customer_in_a_large_category_is_classified_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = 600
    path = tmp_path / "kb.json"
    lists = {
        "customers": [customer(f"c-{nth}") for nth in range(number)],
        "categories": [category("good")],
        "claims": [classification(f"is-{n}", f"c-{n}", "good") for n in range(number)],
    }
    path.write_text(json.dumps(content(**lists)))
    kb = load(copy(path, tmp_path / "kb.sqlite"))
    read: Counter[str] = Counter()
    kept = StoredKnowledge.kept

    def noting(self: StoredKnowledge, type_: str, *row: object) -> object:
        read[type_] += 1
        return kept(self, type_, *row)  # type: ignore[arg-type] # passed on as it comes

    monkeypatch.setattr(StoredKnowledge, "kept", noting)
    records = streamed(kb, "claims", Filters(), None)
    assert {value_at(record, "category") for record in records} == {"good"}
    assert read["claim"] <= 3 * number


def test_the_quotations_of_a_source_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = 300
    lines = [f"In all, {nth} tents came." for nth in range(number)]
    text = "\n\n".join(lines)
    starts = [text.index(line) for line in lines]
    quotes = [(f"q-{n}", at, at + 6, "In all") for n, at in enumerate(starts)]
    path = archive(tmp_path, text, *quotes)
    kb = load(copy(path, tmp_path / "kb.sqlite"))
    asked: list[Sequence[str]] = []
    lead = StoredKnowledge._lead_from

    def noting(self: StoredKnowledge, relations: Sequence[str], ids: Sequence[str]) -> None:
        asked.append(relations)
        lead(self, relations, ids)

    monkeypatch.setattr(StoredKnowledge, "_lead_from", noting)
    hits = [*Search(kb, "tents").hits()]
    assert sum(hit.kind == "text" for hit in hits) == number
    assert asked.count(("quotes_from",)) == 1
