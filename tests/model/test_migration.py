"""A file of version 1 is read as what it says, and never loses anything."""

import copy
import json
from pathlib import Path
from typing import Any, NoReturn

import pytest

from targetmarkets.errors import InvalidError, OutputError
from targetmarkets.kb import replacing
from targetmarkets.kb.json_file import load
from targetmarkets.model.activities import AXES
from targetmarkets.model.migration import upgraded, version_of
from targetmarkets.model.objects import SCHEMA_VERSION, Customer
from targetmarkets.writing.edits import build, fill
from targetmarkets.writing.transaction import begin, rewrite
from tests.build import claim, content, customer, source


def old(**lists: Any) -> dict[str, Any]:
    supply = {"type": "missile-parts", "items": ["gyros"], "outcome": "delivered"}
    return {
        **content(
            customers=[customer("a")],
            claims=[
                claim("c", "a", kind="activity", activity=supply),
                claim("d", "a", note='“"schema_version": 9”'),
            ],
        ),
        "schema_version": 1,
        **lists,
    }


def test_types_become_goods_and_form_and_nothing_else_changes() -> None:
    before = old()
    kept = copy.deepcopy(before)
    after = upgraded(before)
    assert before == kept
    assert after is not None
    assert after.pop("schema_version") == SCHEMA_VERSION
    activity = after["claims"][0].pop("activity")
    assert activity == {
        "goods": "missiles", "form": "parts", "items": ["gyros"], "outcome": "delivered",
    }  # fmt: skip
    del before["schema_version"], before["claims"][0]["activity"]
    assert after == before


@pytest.mark.parametrize("type_", AXES)
def test_every_type_is_read(tmp_path: Path, type_: str) -> None:
    path = tmp_path / "customers.json"
    stored = old()
    stored["claims"][0]["activity"]["type"] = type_
    path.write_text(json.dumps(stored), "utf-8")
    activity = load(path).claims["c"].activity
    assert activity is not None
    assert activity.type == type_


@pytest.mark.parametrize("version", [SCHEMA_VERSION, SCHEMA_VERSION + 1, 0, -1, "1", True, None])
def test_what_is_of_no_older_version_is_left_alone(version: object) -> None:
    assert upgraded({"schema_version": version}) is None


@pytest.mark.parametrize(
    "claims",
    [None, {}, [1], [{"activity": 1}], [{"activity": {"type": []}}], [{"activity": {"type": "x"}}]],
)
def test_what_has_another_shape_is_for_the_models_to_refuse(tmp_path: Path, claims: object) -> None:
    path = tmp_path / "customers.json"
    path.write_text(json.dumps({"schema_version": 1, "claims": claims}), "utf-8")
    with pytest.raises(InvalidError):
        load(path)


def test_the_version_is_read_off_the_text() -> None:
    assert version_of(json.dumps(old()).encode()) == 1
    assert version_of(b'{"claims": [], "schema_version": 12}') == 12
    assert version_of(b'{"note": "\\"schema_version\\": 3"}') is None
    assert version_of(b"{}") is None


@pytest.mark.parametrize("way", ["add", "fmt"])
def test_the_old_file_is_kept_beside_the_new_one(tmp_path: Path, way: str) -> None:
    path = tmp_path / "customers.json"
    path.write_text(json.dumps(old()), "utf-8")
    before = path.read_bytes()

    def write() -> None:
        if way == "fmt":
            rewrite(path, fill)
            return
        with begin(path) as transaction:
            transaction.add(build(Customer, customer(f"b{len(transaction.kb.customers)}")))
            transaction.commit()

    write()
    kept = path.with_suffix(".v1.json")
    assert kept.read_bytes() == before
    assert version_of(path.read_bytes()) == SCHEMA_VERSION
    kept.write_bytes(b"mine")
    write()
    assert kept.read_bytes() == b"mine"
    assert load(path).claims["c"].activity is not None


def test_an_old_file_that_stays_is_not_kept_beside_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    path = tmp_path / "customers.json"
    path.write_text(json.dumps(old(sources=[source()])), "utf-8")
    monkeypatch.setattr(replacing, "swap", full)
    with pytest.raises(OutputError):
        rewrite(path, fill)
    assert not path.with_suffix(".v1.json").exists()


def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    path = tmp_path / "customers.json"
    path.write_text(json.dumps(old(sources=[source()])), "utf-8")
    rewrite(path, fill, dry_run=True)
    assert [item.name for item in tmp_path.iterdir()] == ["customers.json"]
