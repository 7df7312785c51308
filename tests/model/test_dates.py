"""Dates of works in CSL-JSON and in EDTF."""

from typing import Any

import pytest

from targetmarkets.model.csl import Issued
from targetmarkets.model.dates import csl_of, edtf_of
from targetmarkets.records.wording import iso_date, show_date


@pytest.mark.parametrize(
    ("edtf", "csl", "shown"),
    [
        ("2015", {"date-parts": [[2015]]}, "2015"),
        ("2015-09-24", {"date-parts": [[2015, 9, 24]]}, "24 September 2015"),
        ("1998~", {"date-parts": [[1998]], "circa": True}, "c. 1998"),
        ("1998-05?", {"date-parts": [[1998, 5]], "circa": True}, "c. May 1998"),
        ("1998%", {"date-parts": [[1998]], "circa": True}, "c. 1998"),
        ("2015-24", {"date-parts": [[2015]], "season": 4}, "winter 2015"),
        ("2011/2012", {"date-parts": [[2011], [2012]]}, "2011–2012"),
        (
            "2011-09-24~/2011-09-26",
            {"date-parts": [[2011, 9, 24], [2011, 9, 26]], "circa": True},
            "c. 24 September 2011–26 September 2011",
        ),
        ("2015-21/2015-22", {"date-parts": [[2015]]}, "2015"),
        ("2009/..", {"date-parts": [[2009]], "literal": "since 2009"}, "since 2009"),
        ("2009/", {"date-parts": [[2009]], "literal": "2009–?"}, "2009–?"),
        ("../2009", {"date-parts": [[2009]], "literal": "until 2009"}, "until 2009"),
        ("/2009", {"date-parts": [[2009]], "literal": "?–2009"}, "?–2009"),
        ("201X", {"literal": "2010s"}, "2010s"),
        ("19XX/2009", {"literal": "1900s–2009"}, "1900s–2009"),
        ("201X/..", {"literal": "2010s–"}, "2010s–"),
    ],
)
def test_a_date_in_edtf_is_kept_beside_what_csl_has_of_it(
    edtf: str, csl: dict[str, Any], shown: str
) -> None:
    assert csl_of(edtf) == csl
    stored = Issued.model_validate({**csl, "edtf": edtf}, strict=False)
    assert (iso_date(stored), show_date(stored)) == (edtf, shown)
    assert stored.model_dump(mode="json", by_alias=True) == {**csl, "edtf": edtf}


@pytest.mark.parametrize(
    "edtf", ["2015", "2015-09-24", "1998~", "2015-24~", "2011-09/2012", "0098~"]
)
def test_what_csl_can_hold_comes_back(edtf: str) -> None:
    assert edtf_of(csl_of(edtf)) == edtf


def test_words_alone_are_no_date() -> None:
    assert edtf_of({"literal": "in press"}) is None
    assert iso_date(Issued(literal="in press")) is None
