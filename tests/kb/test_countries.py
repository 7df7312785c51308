"""Codes and names of countries, from the table of ISO 3166."""

import pytest

from targetmarkets.errors import UnknownNameError, UsageError
from targetmarkets.kb import countries
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.kb.resolve import resolve
from targetmarkets.writing.drafts import iso_codes


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (("SY", "SYR", "760"), None),
        (("SY", "SYR", None), None),
        (("CG", "COD", None), "CG goes with COG, and COD is recorded"),
        (("MM", "COD", None), "MM goes with MMR, and COD is recorded"),
        (("UK", "GBR", None), "UK is no code of ISO 3166-1"),
        (("SY", "SYR", "364"), "SY goes with 760, and 364 is recorded"),
        (("BU", "BUR", None), "BU is a withdrawn code, that of Burma"),
    ],
)
def test_codes_are_checked_against_each_other(
    codes: tuple[str, str, str | None], found: str | None
) -> None:
    said = countries.mismatch(*codes)
    assert said == found or (found is not None and said is not None and said.startswith(found))


@pytest.mark.parametrize("text", ["SY", "syr", "760", "SY,SYR", "SYR, sy"])
def test_one_code_gives_them_all(text: str) -> None:
    assert iso_codes(text) == {"alpha_2": "SY", "alpha_3": "SYR", "numeric": "760"}


@pytest.mark.parametrize("text", ["", "S", "SY,IRN", "UK", "UK,GBR", "BU", "SY,", "9999"])
def test_codes_of_no_one_state_are_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        iso_codes(text)
    assert "withdrawn" in caught.value.message or text != "BU"


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Syrian Arab Republic", "syria"),
        ("syrian arab republic", "syria"),
        ("Iran (Islamic Republic of)", "iran"),
        ("Islamic Republic of Iran", "iran"),
        ("United Republic of Tanzania", "tanzania"),
        ("The Democratic Republic of the Congo", "drc"),
        ("Republic of the Union of Myanmar", "burma"),
        ("the State of Eritrea", "eritrea"),
        ("104", "burma"),
        ("Iran, Islamic Republic of", "iran"),
        ("Congo, The Democratic Republic of the", "drc"),
        ("Tanzania, United Republic of", "tanzania"),
        ("BU", "burma"),
        ("bur", "burma"),
        ("ZR", "drc"),
    ],
)
def test_official_names_find_the_customer(kb: FileKnowledge, name: str, id_: str) -> None:
    assert resolve(name, kb.customers, "customer").id == id_
    assert resolve(name, kb.objects, "object").id == id_


@pytest.mark.parametrize("name", ["Russian Federation", "Republic", "the", ""])
def test_a_state_that_is_no_customer_finds_none(kb: FileKnowledge, name: str) -> None:
    with pytest.raises(UnknownNameError):
        resolve(name, kb.customers, "customer")


@pytest.mark.parametrize(
    ("code", "now"),
    [
        ("BU", "MM"),
        ("ZAR", "CD"),
        ("YD", None),  # one of two that became one, which has a number of its own
        ("SU", None),
        ("GE", None),  # in use again, for another
        ("MM", None),
        ("UK", None),
        ("BURMA", None),
        ("104", None),
        ("", None),
    ],
)
def test_a_withdrawn_code_leads_to_what_its_territory_has_now(code: str, now: str | None) -> None:
    assert countries.successor(code) == now
