"""A second reader of PDF, compared text to text."""

import pytest

from targetmarkets import limits
from targetmarkets.importing.extract import extract
from targetmarkets.importing.witness import Stretch, differences, with_witness
from tests.importing.pdfs import pages, text
from tests.importing.test_extract import ARTICLE
from tests.importing.test_pdf import GROUPS, LAYERS, NAMED, shifting


@pytest.mark.usefixtures("read_here")
def test_two_readers_that_agree_say_nothing() -> None:
    for data in (ARTICLE, pages(shifting(b"sold 12", b"4", b" rockets", rise=4))):
        found = extract(data, "a.pdf")
        assert with_witness(data, found) == (found, ())


@pytest.mark.usefixtures("read_here")
def test_what_only_one_of_them_has_is_counted_with_its_page() -> None:
    layer = b"/OC /B BDC " + text(b"The minister confirmed.", 12, 20, 90) + b" EMC"
    data = pages(
        text(b"Said."), text(b"Said.") + layer, catalogue=LAYERS, resources=NAMED, after=GROUPS
    )
    found, stretches = with_witness(data, extract(data, "a.pdf"))
    assert found.gaps[-1] == {"kind": "witness", "count": 1, "pages": ["2"]}
    assert stretches == (Stretch("2", "the minister confirmed", ours=False),)


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [
        ("The oﬃce of T-55 tanks", "The office of T‑55\ntanks", []),
        ("refur-\nbished tanks", "refurbished ta nks", []),
        ("12⁴ rockets", "124 rockets", []),
        ("10 launchers went", "10 rockets went", ["launchers", "rockets"]),
    ],
)
def test_spaces_order_and_forms_are_no_differences(
    ours: str, theirs: str, found: list[str]
) -> None:
    assert [stretch.words for stretch in differences(ours, theirs, ["1"])] == found


def test_a_second_reader_that_fails_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    found = extract(ARTICLE, "a.pdf")
    assert with_witness(b"%PDF-1.7 broken", found) == (found, ())
    monkeypatch.setattr(limits, "WITNESS", limits.WITNESS._replace(most=0))
    assert with_witness(ARTICLE, found) == (found, ())
    page = extract(b"<html><body>x", "a.html")
    assert with_witness(b"<html><body>x", page) == (page, ())
