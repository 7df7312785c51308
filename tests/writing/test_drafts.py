"""What is typed of quantities, places, parties and supplies becomes what the file has."""

from typing import Any

import pytest

from targetmarkets.errors import RequestError, UsageError
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.writing.drafts import activity, identifier, party, place, quantity
from tests.build import customer, knowledge


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("445 graphite cylinders", {"value": 445, "unit": "graphite cylinders"}),
        ("about 10,000 tons", {"value": 10_000, "unit": "tons", "qualifier": "about"}),
        ("at least 3 ships", {"value": 3, "unit": "ships", "qualifier": "at least"}),
        ("11-15 officers", {"value": 11, "to": 15, "unit": "officers"}),
        ("35–40 tons", {"value": 35, "to": 40, "unit": "tons"}),
        ("2.5 tons", {"value": 2.5, "unit": "tons"}),
    ],
)
def test_a_quantity(text: str, fields: dict[str, Any]) -> None:
    assert quantity(text) == fields


@pytest.mark.parametrize("text", ["", "many", "445", "cylinders 445", "-1 rods", "1e3 rods"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no quantity"):
        quantity(text)


def test_a_place() -> None:
    assert place("to:Latakia (sy)") == {"name": "Latakia", "country": "SY", "relation": "to"}
    assert place("at: the border ") == {"name": "the border", "relation": "at"}
    for wrong in ("Latakia", "to:", "to:(SY)", "near:Latakia"):
        with pytest.raises(UsageError):
            place(wrong)


def test_an_identifier() -> None:
    assert identifier("IMO: 9074729") == {"scheme": "imo", "value": "9074729"}
    for wrong in ("9074729", "hull:1"):
        with pytest.raises(UsageError):
            identifier(wrong)


@pytest.fixture
def kb() -> FileKnowledge:
    actor = {"id": "ship", "name": "Chong Chon Gang", "kind": "ship", "aliases": ["CCG"]}
    state = customer("syria", iso_3166={"alpha_2": "SY", "alpha_3": "SYR"})
    return knowledge(customers=[state], actors=[actor])


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("carrier:chong chon gang", {"id": "ship", "part": "carrier"}),
        ("Carrier:CCG", {"id": "ship", "part": "carrier"}),
        ("consignee:SY", {"id": "syria", "part": "consignee"}),
        ("interceptor:PA", {"state": "PA", "part": "interceptor"}),
    ],
)
def test_a_party(kb: FileKnowledge, text: str, fields: dict[str, str]) -> None:
    assert party(kb, text) == fields


@pytest.mark.parametrize("text", ["ship", "carrier:", "carrier:nobody", "captain:ship"])
def test_what_is_no_party_is_refused(kb: FileKnowledge, text: str) -> None:
    with pytest.raises(RequestError):
        party(kb, text)


def test_a_supply_by_goods_and_form_or_by_an_old_type() -> None:
    more: dict[str, Any] = {"items": [], "quantities": ["3 tanks"], "outcome": "agreed"}
    rest = {"items": [], "quantities": [{"value": 3, "unit": "tanks"}], "outcome": "agreed"}
    assert activity(None, None, None, more) is None
    assert activity("missile parts", None, None, more) == {
        "goods": "missiles", "form": "parts", **rest,
    }  # fmt: skip
    assert activity(None, "ships", None, more) == {"goods": "ships", "form": "unspecified", **rest}
    assert activity("missiles", None, "parts", more) == {
        "goods": "missiles", "form": "parts", **rest,
    }  # fmt: skip
