"""The models: closed, strict, frozen, documented, and coherent in themselves."""

import ast
import inspect
import json
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from targetmarkets import findings, models, records
from targetmarkets.csl_models import Issued, Name
from targetmarkets.models import Claim, Customer, Reference
from tests.build import activity, claim, customer


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


@pytest.mark.parametrize("module", [models, records, findings])
def test_every_model_and_field_is_documented(module: ModuleType) -> None:
    assert undocumented(module) == []


def test_stored_models_are_frozen_strict_and_closed() -> None:
    for model in models_of(models):
        config = model.model_config
        assert config.get("frozen"), model
        assert config.get("strict"), model
        assert config.get("extra") == "forbid", model


def test_records_are_frozen_and_open_to_later_fields() -> None:
    for model in [*models_of(records), *models_of(findings)]:
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
        (Reference, {"source": "w", "locator": {"label": "screen", "value": "1"}}),
    ],
)
def test_what_is_wrong_is_refused(model: type[BaseModel], data: Any) -> None:
    with pytest.raises(ValidationError):
        load(model, data)


@pytest.mark.parametrize(
    "period",
    [
        *("2011", "2011-03", "2011-03-09", "2011~", "197X", "19XX", "2011/..", "2011/"),
        *("../2011", "/2011", "2009-07/2009-08", "2015-21", "2006?/2015%"),
    ],
)
def test_periods_in_edtf_are_taken(period: str) -> None:
    assert load(Claim, claim("a", period=period))


@pytest.mark.parametrize(
    "period",
    [
        *("", "/", "../..", "11", "2011-13", "2011-00", "2011-02-30", "March 2011"),
        *("2011/2012/2013", "2011-3", "2011 ", "2011-03-09/2011-02-31", "1970s", "2009/2008"),
    ],
)
def test_other_periods_are_refused(period: str) -> None:
    with pytest.raises(ValidationError):
        load(Claim, claim("a", period=period))


@pytest.mark.parametrize("file", ["a/b", "../a", "/a", "..", ".", ".hidden", "a\\b", "a\0b", "-a"])
def test_an_archive_is_a_bare_file_name(file: str) -> None:
    with pytest.raises(ValidationError):
        load(models.Archive, {"file": file, "sha256": "0" * 64, "media_type": "text/plain"})
