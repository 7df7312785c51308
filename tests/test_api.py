"""The Python interface."""

import copy
import json
import pickle
from pathlib import Path
from typing import Any, get_type_hints

import pandas as pd
import pytest
from pydantic import BaseModel, TypeAdapter

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
    assert unknown.value.remedy == "did you mean syria?"
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


def test_every_record_and_every_stored_object_is_one_line(base: KnowledgeBase) -> None:
    reports: list[BaseModel] = [base.stats(), base.verify(), base.coverage()]
    hits: list[BaseModel] = [*base.search("masks")]
    stored: list[BaseModel] = [*base._knowledge.objects.values()]
    for shown in (*base.values(), *hits, *reports, *stored):
        line = repr(shown)
        assert line.startswith(f"{type(shown).__name__}(")
        assert "\n" not in line
        assert len(line) <= 240, line
        id_ = getattr(shown, "id", None)
        assert id_ is None or f"id={id_!r}" in line
        assert len(str(shown)) < 2_000
    assert repr(base["syria"]).startswith(
        "CustomerRecord(id='syria', name='Syria', category='resilient', known='stated', "
    )
    assert "hedge='claims'" in repr(base["syria-officers"])
    denials = base.find("claims", stance="denied")
    assert all("stance='denied'" in repr(denial) for denial in denials)
    assert "quotes=<" in repr(base["nknews-2015"])
    assert repr(base._knowledge.sources["nknews-2015"]).endswith("…)")
    assert repr(base.customers).startswith("<14 records: syria, iran, ")
    assert repr(base.categories) == "<3 records: resilient, reluctant, ad-hoc>"


@pytest.mark.parametrize("kind", KINDS)
def test_pandas_has_a_column_for_each_field(base: KnowledgeBase, kind: str) -> None:
    found = base.find(kind)  # type: ignore[call-overload] # any kind
    table = pd.DataFrame(found)
    assert list(table.columns) == list(type(found[0]).model_fields)
    assert list(table["id"]) == [record.id for record in found]
    if "sources" in table:
        assert list(table["sources"]) == [record["sources"] for record in found]
    assert str(table)
    assert table.to_html()


def test_pandas_has_what_a_search_finds(base: KnowledgeBase) -> None:
    table = pd.DataFrame(base.search("gas masks"))
    assert {"kind", "id", "marked", "sources"} <= {*table.columns}


def test_a_record_is_read_by_the_names_of_its_fields(base: KnowledgeBase) -> None:
    syria = base["syria"]
    assert syria["name"] == "Syria"
    assert "category" in syria
    assert "colour" not in syria
    assert dict(syria) == dict(syria.items())
    assert [*syria.keys()] == [name for name, _ in syria]
    assert len(syria) == len(list(syria)) == len(type(syria).model_fields)
    for name in ("colour", "model_fields", "citations"):
        with pytest.raises(KeyError):
            syria[name]


def test_a_notebook_shows_every_record(base: KnowledgeBase) -> None:
    for record in (*base.values(), *base.find("activities", limit=3), base.customers["syria"]):
        html = record._repr_html_()
        assert html is not None
        assert html == base.html(record)
        assert html.count("</div>\n") <= 83
    assert "Iran" in (base["iran"]._repr_html_() or "")
    shown = base["syria-officers"]._repr_html_() or ""
    assert "✓ proved" in shown
    assert "more lines" not in shown
    source = base["rusi-2015"]._repr_html_() or ""
    assert "more lines" not in source  # a screenful of it is shown
    other = targetmarkets.load()
    nested = other.customers["syria"].activities[0]
    assert nested._repr_html_() == other.html(nested)
    assert targetmarkets.load()["syria"]._repr_html_(), "the record keeps what it belongs to"


def test_what_a_record_belongs_to_is_no_part_of_it(base: KnowledgeBase) -> None:
    syria = base["syria"]
    other = targetmarkets.load()["syria"]
    assert syria == other
    assert hash(syria.id) == hash(other.id)
    for again in (copy.deepcopy(syria), pickle.loads(pickle.dumps(syria))):  # noqa: S301 - our own
        assert again == syria
        assert again._repr_html_() is None
    assert "_home" not in syria.model_dump_json()
    assert base.search("gas masks")[0]._repr_html_() is None
