"""The models: closed, strict, frozen, documented, and coherent in themselves."""

import ast
import inspect
import json
from itertools import chain
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from targetmarkets.model import findings, objects, parts
from targetmarkets.model.base import Id, Line
from targetmarkets.model.csl import Bibliography, Issued, Name
from targetmarkets.model.edtf import is_period
from targetmarkets.model.objects import Claim, Customer
from targetmarkets.model.parts import Reference
from targetmarkets.records import categories, claims, customers, events, hits, overview, sources
from tests.build import SPEAKER, activity, claim, customer

RECORDS = (categories, claims, customers, events, hits, overview, sources, findings)
"""The modules of what is printed."""


def models_of(module: ModuleType) -> list[type[BaseModel]]:
    return [
        value
        for value in vars(module).values()
        if inspect.isclass(value)
        and issubclass(value, BaseModel)
        and value.__module__ == module.__name__
    ]


def undocumented(module: ModuleType) -> list[str]:
    """Fields that no docstring follows."""
    missing = []
    for node in ast.parse(inspect.getsource(module)).body:
        if not isinstance(node, ast.ClassDef):
            continue
        if not ast.get_docstring(node):
            missing.append(node.name)
        for field, after in zip(node.body, [*node.body[1:], None], strict=True):
            if isinstance(field, ast.AnnAssign) and not (
                isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            ):
                missing.append(f"{node.name}.{ast.unparse(field.target)}")
    return missing


@pytest.mark.parametrize("module", [objects, *RECORDS])
def test_every_model_and_field_is_documented(module: ModuleType) -> None:
    assert undocumented(module) == []


def test_stored_models_are_frozen_strict_and_closed() -> None:
    for model in models_of(objects):
        config = model.model_config
        assert config.get("frozen"), model
        assert config.get("strict"), model
        assert config.get("extra") == "forbid", model


def test_records_are_frozen_and_open_to_later_fields() -> None:
    for model in chain.from_iterable(map(models_of, RECORDS)):
        assert model.model_config.get("frozen"), model
        assert model.model_config.get("extra") == "ignore", model


def load(model: type[BaseModel], data: Any) -> BaseModel:
    return model.model_validate_json(json.dumps(data))


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (Customer, customer("a", unknown=1)),
        (Customer, customer("A")),
        (Customer, customer("a--b")),
        (Customer, customer("a", name="")),
        (Customer, customer("a", name=" a")),
        (Customer, customer("a", name="a\nb")),
        (Customer, customer("a", kind="country")),
        (Customer, customer("a", region="Atlantis")),
        (Customer, customer("a", iso_3166={"alpha_2": "sy", "alpha_3": "SYR"})),
        (Claim, claim("a", certainty="sure")),
        (Claim, claim("a", evidence=[])),
        (Claim, claim("a", evidence=[{}])),
        (Claim, claim("a", evidence=[{"quote": "q", "reference": {"source": "w"}}])),
        (Claim, claim("a", speakers=[])),
        (Claim, claim("a", kind="activity")),
        (Claim, activity("a") | {"kind": "market"}),
        (Claim, claim("a", certainty="implied")),
        (Claim, claim("a", joint=True, reasoning="Why.")),
        (Claim, claim("a", joint=True, evidence=[{"quote": "q"}, {"quote": "r"}])),
        (Claim, claim("a", status="retracted")),
        (Claim, claim("a", retraction="Wrong.")),
        (Claim, claim("a", denies=["b"])),
        (Claim, claim("a", joint=1)),
        (Name, {"family": "Berger", "literal": "Andrea Berger"}),
        (Name, {"given": "Andrea"}),
        (Issued, {"date-parts": [[2015, 13]]}),
        (Issued, {"date-parts": [[2015, 2, 30]]}),
        (Issued, {"date-parts": [[]]}),
        (Issued, {"date-parts": [[2015, 12, 8, 1]]}),
        (Issued, {"date-parts": [[2015], [2016], [2017]]}),
        (Issued, {"date-parts": [[2015], [2016, 2, 30]]}),
        (Issued, {"date-parts": [[2015]], "season": 5}),
        (Issued, {"date-parts": [[2015]], "circa": False}),
        (Issued, {"date-parts": [[2015]], "edtf": "2015~"}),
        (Issued, {"date-parts": [[2015]], "circa": True, "edtf": "2016~"}),
        (Issued, {"literal": "in press", "edtf": "2016"}),
        (Issued, {"date-parts": [[2015]], "edtf": "about 2015"}),
        (Issued, {}),
        (Bibliography, {"type": "book", "editor": [{"given": "A"}]}),
        (Bibliography, {"type": "book", "title": "T", "container_title": "No name of CSL-JSON"}),
        (Reference, {"source": "w", "locator": {"label": "screen", "value": "1"}}),
    ],
)
def test_what_is_wrong_is_refused(model: type[BaseModel], data: Any) -> None:
    with pytest.raises(ValidationError):
        load(model, data)


JOINT = {"joint": True, "reasoning": "Why."}


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (Name, {"family": "Berger", "given": "Andrea"}),
        (Name, {"literal": "NK News"}),
        (Issued, {"date-parts": [[2015]]}),
        (Issued, {"date-parts": [[2015, 12]]}),
        (Issued, {"date-parts": [[2015, 12, 31]]}),
        (Claim, activity("a")),
        (Claim, claim("a", certainty="alleged")),
        (Claim, claim("a", certainty="implied", reasoning="Why.")),
        (Claim, claim("a", status="retracted", retraction="Wrong.")),
        (Claim, claim("a", stance="denied", denies=["b"])),
        (Claim, claim("a", evidence=[{"quote": "q"}])),
        (Claim, claim("a", evidence=[{"quote": "q"}, {"quote": "r"}], **JOINT)),
        (Claim, claim("a", evidence=[{"quote": id_} for id_ in "qrs"], **JOINT)),
        (Claim, claim("a", speakers=[SPEAKER, SPEAKER])),
    ],
)
def test_what_is_right_is_taken(model: type[BaseModel], data: dict[str, Any]) -> None:
    stored = load(model, data).model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert {name: value for name, value in stored.items() if value} == {
        name: value for name, value in data.items() if value
    }


@pytest.mark.parametrize(
    ("kind", "last", "beyond"),
    [
        (Id, "a" * 100, "a" * 101),
        (Line, "a" * 4_000, "a" * 4_001),
        (parts.PassageText, "a", ""),
        (parts.Start, 0, -1),
        (parts.End, 1, 0),
        (parts.FileName, "a" * 200, "a" * 201),
    ],
)
def test_values_have_limits(kind: Any, last: object, beyond: object) -> None:
    adapter: TypeAdapter[object] = TypeAdapter(kind)
    assert adapter.validate_python(last) == last
    with pytest.raises(ValidationError):
        adapter.validate_python(beyond)


@pytest.mark.parametrize(("version", "read"), [(0, False), (1, False), (2, True), (3, False)])
def test_the_version_of_the_file_is_one(*, version: int, read: bool) -> None:
    try:
        load(objects.KnowledgeFile, {"schema_version": version})
    except ValidationError:
        assert not read
    else:
        assert read


def test_a_date_without_parts_is_said_to_be_too_short() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        load(Issued, {"date-parts": [[]]})


def test_what_is_not_known_of_a_work_is_left_out() -> None:
    work = load(Bibliography, {"type": "book", "title": "T", "author": [{"literal": "A"}]})
    assert work.model_dump(mode="json", by_alias=True) == {
        "type": "book",
        "title": "T",
        "author": [{"literal": "A"}],
    }


def test_a_code_point_stands_on_the_page_that_begins_at_it_or_before() -> None:
    pages = [{"label": "i", "start": 2}, {"label": "1", "start": 5}, {"label": "2", "start": 9}]
    file = {"file": "t.txt", "sha256": "0" * 64, "media_type": "text/plain", "pages": pages}
    archive = parts.Archive.model_validate_json(json.dumps(file))
    places = (0, 1, 2, 4, 5, 8, 9, 100)
    assert [archive.page_at(n) for n in places] == [None, None, "i", "i", "1", "1", "2", "2"]


@pytest.mark.parametrize(
    "period",
    [
        *("2011", "2011-03", "2011-03-09", "2011~", "197X", "19XX", "2011/..", "2011/"),
        *("../2011", "/2011", "2009-07/2009-08", "2015-21", "2006?/2015%"),
    ],
)
def test_periods_in_edtf_are_taken(period: str) -> None:
    assert load(Claim, claim("a", period=period))
    assert is_period(period)


@pytest.mark.parametrize(
    "period",
    [
        *("", "/", "../..", "11", "2011-13", "2011-00", "2011-02-30", "March 2011"),
        *(
            "2011/2012/2013",
            "2011-3",
            "2011 ",
            "2011\n",
            "x2011",
            "2011-03-09/2011-02-31",
            "1970s",
            "２０１４",
            "2009/2008",
        ),
    ],
)
def test_other_periods_are_refused(period: str) -> None:
    with pytest.raises(ValidationError):
        load(Claim, claim("a", period=period))
    assert not is_period(period)


@pytest.mark.parametrize("file", ["a/b", "../a", "/a", "..", ".", ".hidden", "a\\b", "a\0b", "-a"])
def test_an_archive_is_a_bare_file_name(file: str) -> None:
    with pytest.raises(ValidationError):
        load(parts.Archive, {"file": file, "sha256": "0" * 64, "media_type": "text/plain"})
