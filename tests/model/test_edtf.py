"""Periods that overlap."""

import pytest

from targetmarkets.model.edtf import days


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2009", "2009-01-01", "2009-12-31"),
        ("2009-07", "2009-07-01", "2009-07-31"),
        ("2009-07-03", "2009-07-03", "2009-07-03"),
        ("2009~", "2009-01-01", "2009-12-31"),
        ("197X", "1970-01-01", "1979-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2015-22", "2015-06-01", "2015-08-31"),
        ("2009/2011-03", "2009-01-01", "2011-03-31"),
        ("2009/..", "2009-01-01", "9999-99-99"),
        ("/2009", "0000-00-00", "2009-12-31"),
        ("197X/1985", "1970-01-01", "1985-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period: str, first: str, last: str) -> None:
    assert days(period) == (first, last)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("2009", "2009-07", True),
        ("2009", "2010", False),
        ("2009/2011", "2011-12-31", True),
        ("2009-07-31", "2009-08", False),
        ("../2008", "2009/..", False),
        ("2006/..", "2016", True),
    ],
)
def test_overlaps(one: str, other: str, overlap: bool) -> None:  # noqa: FBT001 - the expectation
    assert days(one).overlaps(days(other)) is overlap
    assert days(other).overlaps(days(one)) is overlap
