"""The Python interface."""

import json
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from pydantic import TypeAdapter

import targetmarkets
from targetmarkets.api import Criteria, KnowledgeBase
from targetmarkets.errors import (
    AmbiguousNameError,
    InvalidError,
    UnknownNameError,
    UnreadableError,
    UsageError,
)
from targetmarkets.kb.filters import FILTERS
from targetmarkets.model.types import KINDS
from targetmarkets.records.objects import AnyRecord
from tests.conftest import Workspace
from tests.running import Run


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return targetmarkets.load()


@pytest.mark.parametrize(
    "name",
    ["Burma", "ad hoc", "resilient", "syria-gas-masks", "nknews-2015", "rusi-chapter-5"],
)
def test_a_name_gives_the_record_that_show_prints(base: KnowledgeBase, tm: Run, name: str) -> None:
    shown = tm("show", name, "--json").stdout
    assert json.loads(shown) == json.loads(base[name].model_dump_json(by_alias=True))


def test_it_is_a_mapping_of_everything_that_has_an_id(base: KnowledgeBase) -> None:
    parts = (
        base.customers, base.categories, base.groups, base.events, base.actors,
        base.claims, base.quotes, base.sources,
    )  # fmt: skip
    assert sum(map(len, parts)) == len(base) == len(list(base))
    assert {record.id for record in base.values()} == set(base)
    for part in parts:
        assert all(base[id_] == record for id_, record in list(part.items())[:5])
    assert "Myanmar" in base
    assert "nobody" not in base
    assert base.get("nobody") is None
    assert "customers.json" in repr(base)


def test_names_that_mean_nothing_or_several_things_say_so(base: KnowledgeBase) -> None:
    with pytest.raises(UnknownNameError, match="no object called 'siria'") as unknown:
        base["siria"]
    assert unknown.value.remedy == "did you mean syria or iran?"
    with pytest.raises(KeyError):
        base["siria"]
    with pytest.raises(AmbiguousNameError, match="drc"):
        base["congo"]
    with pytest.raises(KeyError):
        base.customers["Burma"]


@pytest.mark.parametrize("kind", KINDS)
def test_find_gives_the_records_that_list_prints(base: KnowledgeBase, tm: Run, kind: str) -> None:
    found = base.find(kind, limit=7, reverse=True)  # type: ignore[call-overload] # any kind
    listed = tm("list", kind, "--limit", "7", "--reverse", "--json").stdout
    dumped = TypeAdapter(list[AnyRecord]).dump_json(found, by_alias=True)
    assert json.loads(listed) == json.loads(dumped)


def test_find_knows_every_filter(base: KnowledgeBase) -> None:
    assert set(get_type_hints(Criteria)) == {*FILTERS, "sort", "reverse", "limit"}
    one = base.find(category="ad hoc")
    assert one == base.find("customers", category=["adhoc"])
    assert base.find("activities", customer=["syria", "iran"], sort="id", limit=3)
    assert base.find("claims", status="retracted") == []
    with pytest.raises(UsageError):
        base.find(layer="book")
    with pytest.raises(UsageError, match="no filter 'colour'"):
        base.find(colour="red")  # type: ignore[call-overload] # no such filter


def test_search_is_that_of_the_command(base: KnowledgeBase, tm: Run) -> None:
    hits = base.search("mask*", customer="syria", kind=["claim", "text"])
    listed = tm(
        "search", "mask*", "--customer", "syria", "--kind", "claim", "--kind", "text", "--json"
    ).stdout
    assert json.loads(listed) == [json.loads(hit.model_dump_json()) for hit in hits]


def test_search_warns_of_an_archived_text_that_is_not_as_recorded(workspace: Workspace) -> None:
    for file in workspace.seeds.iterdir():
        file.write_bytes(file.read_bytes() + b"\n")
    base = targetmarkets.load(workspace.file)
    with pytest.warns(UserWarning, match="SHA-256"):
        base.search("syria")
    assert not base.verify().ok


def test_pictures_are_those_of_the_commands(base: KnowledgeBase, tm: Run) -> None:
    pairs = (
        ("timeline iran", list[Any](base.timeline("iran"))),
        ("matrix --by category", list[Any](base.matrix("category"))),
        ("compare iran syria", list[Any](base.compare("iran", "syria"))),
    )
    for words, records in pairs:
        printed = json.loads(tm(*words.split(), "--json").stdout)
        assert printed == [json.loads(record.model_dump_json()) for record in records], words


def test_reports_are_those_of_the_commands(base: KnowledgeBase, tm: Run) -> None:
    assert json.loads(tm("stats", "--json").stdout) == json.loads(base.stats().model_dump_json())
    covered = base.coverage("RUSI 2015")
    assert json.loads(tm("coverage", "rusi-2015", "--json").stdout) == json.loads(
        covered.model_dump_json()
    )
    assert len(base.coverage().sources) == 2


def test_load_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="does not exist"):
        targetmarkets.load(tmp_path / "none.json")
    (tmp_path / "customers.json").write_text("{}")
    with pytest.raises(InvalidError) as caught:
        targetmarkets.load(tmp_path)
    assert caught.value.findings


def test_the_environment_names_the_knowledge_base(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TM_KB", str(workspace.file))
    assert targetmarkets.load().path == workspace.file


def test_what_is_no_name_is_not_found_and_none_is_no_filter() -> None:
    kb = targetmarkets.load()
    key: Any = 3
    assert kb.get(key) is None
    assert key not in kb
    with pytest.raises(KeyError):
        kb[key]
    assert kb.find(region=None, sort=None, limit=None) == kb.find()
    assert kb.search("gas masks", kind=None) == kb.search("gas masks")
