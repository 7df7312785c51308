"""The names of fields are an interface: here they stand, and the models have them."""

import types
import typing

import pytest
from pydantic import BaseModel

from targetmarkets.errors import UsageError
from targetmarkets.model.types import KINDS
from targetmarkets.records.claims import Subject
from targetmarkets.records.fields import COLUMNS, FIELDS, HEADINGS, OBJECTS, choose, value_at
from targetmarkets.records.schema import RECORDS
from targetmarkets.records.works import Work

OPEN = {Work}
"""Nested objects whose fields are not named one by one: they are those of CSL-JSON."""


def names(model: type[BaseModel], prefix: str = "") -> list[str]:
    found = []
    for name, field in model.model_fields.items():
        found.append(prefix + name)
        annotation = field.annotation
        options = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else ()
        for option in (annotation, *options):
            if isinstance(option, type) and issubclass(option, BaseModel) and option not in OPEN:
                found += names(option, f"{prefix}{name}.")
    return found


@pytest.mark.parametrize("object_", FIELDS)
def test_the_table_of_fields_is_that_of_the_models(object_: str) -> None:
    model = RECORDS[object_]
    assert list(FIELDS[object_]) == names(model)


def test_every_list_has_columns_that_are_fields() -> None:
    assert set(OBJECTS) == set(KINDS)
    pictures = {"timeline": "moment", "matrix": "cell", "comparisons": "comparison"}
    lists = {**OBJECTS, "hits": "hit", **pictures}
    assert set(COLUMNS) == set(HEADINGS) == set(lists)
    for kind, object_ in lists.items():
        shown = [field for fields in HEADINGS[kind].values() for field in fields]
        assert set(COLUMNS[kind]) | set(shown) <= set(FIELDS[object_])


def test_the_columns_of_lists_carry_the_citation() -> None:
    for kind in COLUMNS:
        assert any("citation" in c or c in {"evidence", "sources"} for c in COLUMNS[kind])


def test_fields_are_chosen_by_name_and_checked() -> None:
    assert choose("id, name", "customer") == ("id", "name")
    assert choose(None, "customer") == ()
    for names_ in ("", "id,", "statement", "category_basis.nothing", "__class__", "model_fields"):
        with pytest.raises(UsageError) as caught:
            choose(names_, "customer")
        assert "category_basis.certainty" in str(caught.value.remedy)


def test_a_way_into_nothing_ends_there() -> None:
    record = Subject(object="customer", id="a", name="A")
    assert value_at(record, "id") == "a"
    assert value_at(None, "id.more") is None


def test_a_name_that_is_cut_in_a_message_shows_that_it_is() -> None:
    with pytest.raises(UsageError) as caught:
        choose("x" * 100, "customer")
    assert "…'" in str(caught.value)
