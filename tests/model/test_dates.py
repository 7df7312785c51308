"""Dates of works in CSL-JSON and in EDTF."""

from typing import Any

import pytest

from targetmarkets.errors import UsageError
from targetmarkets.importing.references.dates import date_of, read_date
from targetmarkets.model.csl import Issued
from targetmarkets.model.dates import csl_of, edtf_of
from targetmarkets.records.wording import iso_date


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
    assert (iso_date(stored), stored.shown) == (edtf, shown)
    assert stored.model_dump(mode="json", by_alias=True) == {**csl, "edtf": edtf}


@pytest.mark.parametrize(
    "edtf", ["2015", "2015-09-24", "1998~", "2015-24~", "2011-09/2012", "0098~"]
)
def test_what_csl_can_hold_comes_back(edtf: str) -> None:
    assert edtf_of(csl_of(edtf)) == edtf


def test_words_alone_are_no_date() -> None:
    assert edtf_of({"literal": "in press"}) is None
    assert iso_date(Issued(literal="in press")) is None


READ = [
    *("1985-04-12", "1985-04", "1985", "1964/2008", "2004-06/2006-08", "2004-02-01/2005-02-08"),
    *("2004-02-01/2005-02", "2004-02-01/2005", "2005/2006-02", "2001-21", "1984?", "2004-06~"),
    *("2004-06-11%", "201X", "20XX", "1985-04-12/..", "1985-04/..", "1985/..", "../1985-04-12"),
    *("../1985-04", "../1985", "1985-04-12/", "1985-04/", "1985/", "/1985-04-12", "/1985-04"),
    *("/1985", "1984~/2004-06", "1984/2004-06~", "1984~/2004~", "1984?/2004%"),
]
"""Forms of EDTF, levels 0 and 1, as ISO 8601-2 and the Library of Congress give them."""

WORDS = [
    *("Y170000002", "Y-170000002", "-1985", "2004-XX", "1985-04-XX", "1985-XX-XX", "Y-17E7"),
    *("1950S2", "2001-34", "[1667,1668,1670..1672]", "{1960,1961-12}", "[..1760-12-03]"),
    *("2004-06~-11", "?2004-06-~11", "2004?-06-11", "156X-12-25", "15XX-12-25", "XXXX-12-XX"),
    *("1XXX-XX", "1XXX-12", "1984-1X", "2004-06-~01/2004-06-~20", "2004-06-XX/2004-07-03"),
    *("10 to 15 July 2013", "no later than 2014", "after 2014", "before 2014", "c. 1998", "2013s"),
    *("July 10-15, 2013", "early 2013", "2013 or 2014", "31 February 2013", "2013-02-30"),
]
"""Forms that sources do not have, and words: a date is not made of them."""


@pytest.mark.parametrize("text", READ)
def test_a_form_of_the_standard_is_read(text: str) -> None:
    found = read_date(text)
    assert found is not None
    assert (iso_date(Issued.model_validate(found.csl, strict=False)), found.rest) == (text, "")


@pytest.mark.parametrize("text", WORDS)
def test_what_is_no_date_that_is_known_is_none(text: str) -> None:
    assert read_date(text) is None
    with pytest.raises(UsageError, match="is no date"):
        date_of(text)
