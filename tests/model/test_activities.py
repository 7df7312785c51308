"""The two axes of activities, and the single list of types that follows from them."""

import json
from typing import get_args

import pytest
from pydantic import ValidationError

from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.model.activities import (
    ACTIVITY_TYPES,
    AXES,
    FORMS,
    GOODS,
    REGISTER_CATEGORIES,
    ActivityType,
    types_of,
)
from targetmarkets.model.parts import Identifier, Party, Quantity
from tests.conftest import ROOT


def test_each_old_type_is_what_its_goods_and_form_come_to() -> None:
    assert set(AXES) == set(ACTIVITY_TYPES) == set(get_args(ActivityType))
    for type_, axes in AXES.items():
        assert types_of(*axes)[0] == type_


def test_every_pair_of_goods_and_form_has_a_type() -> None:
    reached = {type_ for goods in GOODS for form in FORMS for type_ in types_of(goods, form)}
    assert reached == set(ACTIVITY_TYPES)
    assert set(REGISTER_CATEGORIES) <= set(GOODS)


def test_what_a_filter_by_type_found_before_the_axes_it_still_finds(kb: FileKnowledge) -> None:
    """`activity_types.json` has the type that each activity had in version 1 of the file."""
    before = json.loads((ROOT / "tests" / "activity_types.json").read_text("utf-8"))
    for id_, type_ in before.items():
        claim = kb.claims[id_]
        if claim.activity:
            assert type_ in claim.activity.types, id_
    gone = {id_ for id_ in before if kb.claims[id_].activity is None}
    assert gone == {
        *("uganda-forces-training-2017", "uganda-air-force-training-2017"),
        *("ltte-ship-sunk-2006-10", "ltte-ship-sunk-2007-02"),  # of arms whose make nobody gives
    }


@pytest.mark.parametrize("number", ["9074729", "7937317"])
def test_a_number_of_a_ship_has_its_check_digit(number: str) -> None:
    data = {"scheme": "imo", "value": number}
    assert Identifier.model_validate_json(json.dumps(data)).value == number
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    for value in (wrong, number[:-1], f"IMO {number}", "٩٠٧٤٧٢٩"):
        with pytest.raises(ValidationError, match="check digit"):
            Identifier.model_validate_json(json.dumps({"scheme": "imo", "value": value}))
    other = json.dumps({"scheme": "registration", "value": "anything"})
    assert Identifier.model_validate_json(other).value == "anything"


@pytest.mark.parametrize(
    "fields", [{"value": -1}, {"value": 10**16}, {"value": 5, "to": 5}, {"value": 1e400}]
)
def test_a_quantity_has_bounds(fields: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Quantity.model_validate_json(json.dumps({"unit": "rods", **fields}))


@pytest.mark.parametrize("who", [{}, {"id": "a", "state": "PA"}, {"state": "pa"}])
def test_a_party_is_one_of_two(who: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Party.model_validate_json(json.dumps({"part": "carrier", **who}))
