"""How far a knowledge base goes."""

import json
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.kb.extent import extent
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.kb.paths import bundled
from tests.build import customer, knowledge, source
from tests.running import Run


def dated(id_: str, year: int | None, **fields: Any) -> dict[str, Any]:
    work: dict[str, Any] = {"type": "book", "title": id_}
    if year:
        work["issued"] = {"date-parts": [[year]]}
    return source(id_, bibliography=work, **fields)


def test_it_follows_from_what_is_there() -> None:
    early = [dated(f"s{n}", 2010 + n) for n in range(9)]
    kb = knowledge(
        customers=[customer("a"), customer("b")],
        sources=[*early, dated("late", 2023), dated("undated", None)],
    )
    assert str(extent(kb)) == "2 customers; sources to 2023, nine in ten to 2018"
    unread = knowledge(sources=[dated("one", 2011), dated("two", 2020, read=False)])
    assert str(extent(unread)) == "no customers; sources to 2011"
    assert extent(unread).sources == 1


@pytest.mark.parametrize(("number", "words"), [(0, "no customers, ours"), (1, "1 customer, ours")])
def test_whose_they_are_is_what_the_file_says(number: int, words: str) -> None:
    kb = knowledge(covers="ours", customers=[customer("a")][:number])
    assert str(extent(kb)) == words


def test_the_bundled_one_says_whose_customers_it_holds(kb: FileKnowledge) -> None:
    reach = extent(kb)
    assert reach.customers == len(kb.customers)
    assert reach.whose == kb.content.covers
    assert "one book" in str(reach)


def test_what_it_says_of_itself_outlives_changes_and_copies(tm: Run, tmp_path: Path) -> None:
    def covers(folder: str) -> object:
        return json.loads((tmp_path / folder / "customers.json").read_text("utf-8")).get("covers")

    bundled_one = load(bundled()).covers
    assert tm("init", "copy").returncode == tm("init", "new", "--empty").returncode == 0
    assert (covers("copy"), covers("new")) == (bundled_one, None)
    added = ("add", "customer", "Nowhere", "--kind", "state", "--region", "Western Asia")
    assert tm(*added, "--kb", "copy").returncode == 0
    assert tm("fmt", "--kb", "copy").returncode == 0
    assert (covers("copy"), load(tmp_path / "copy").covers) == (bundled_one, bundled_one)
    assert tm("verify", "--kb", "copy").returncode == 0
    assert tm("--kb", "copy").stdout.startswith(f"15 customers, {bundled_one}\n")
    assert "Covered: no customers" in tm("list", "--kb", "new").stderr


def test_it_is_a_line(tm: Run, tmp_path: Path) -> None:
    file = tmp_path / "customers.json"
    for wrong in ("two\nlines", "", 14):
        file.write_text(json.dumps({"schema_version": 2, "covers": wrong}), "utf-8")
        done = tm("list", "--kb", str(file))
        assert done.returncode == 3
        assert "covers" in done.stderr
