"""Periods that overlap."""

import pytest

from targetmarkets.model.edtf import days, end_of, era, first_year, may_hold


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


@pytest.mark.parametrize(
    ("period", "lies"),
    [
        (None, "undated"),
        ("2006-10-14", "sanctions"),
        ("2006-10-13", "before"),
        ("2006", "uncertain"),
        ("2006-10", "uncertain"),
        ("2006-11", "sanctions"),
        ("2007/2009", "sanctions"),
        ("1999/2005", "before"),
        ("1999/2013", "across"),
        ("1990/..", "across"),
        ("1990/", "uncertain"),
        ("2006/2013", "uncertain"),
        ("2007/..", "sanctions"),
        ("/2013", "uncertain"),
        ("/2005", "before"),
        ("200X", "uncertain"),
        ("198X", "before"),
        ("201X", "sanctions"),
    ],
)
def test_a_period_lies_on_a_side_of_the_first_sanctions(period: str | None, lies: str) -> None:
    assert era(period) == lies


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2013", "2013-01-01"),
        ("2009/2013-05", "2013-05-01"),
        ("2009/..", "9999-99-99"),
        ("/2013", "2013-01-01"),
        ("2009/", "2009-01-01"),
    ],
)
def test_the_earliest_end_of_a_period(period: str, day: str) -> None:
    assert end_of(period) == day


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("2009", 2009),
        ("2009-07-03", 2009),
        ("2011-06~", 2011),
        ("2009/2011-03", 2009),
        ("2009/..", 2009),
        ("../2009", None),
        ("/2009", None),
        ("197X/2014", None),
        ("19XX", None),
        (None, None),
    ],
)
def test_a_year_is_given_where_the_beginning_is_known(period: str | None, year: int | None) -> None:
    assert first_year(period) == year


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2009", "2009-01-01", "2009-12-31"),
        ("2009~", "2008-01-01", "2010-12-31"),
        ("2009-01?", "2008-12-01", "2009-02-31"),
        ("2009-12%", "2009-11-01", "2010-01-31"),
        ("2009-07-03~", "2009-06-26", "2009-07-10"),
        ("0001-01-01~", "0001-01-01", "0001-01-08"),
        ("9999-12-31~", "9999-12-24", "9999-12-31"),
        ("2013-21", "2013-03-01", "2013-11-31"),
        ("2013-22", "2012-12-01", "2014-02-31"),
        ("2013-24", "2012-12-01", "2014-02-31"),
        ("2013-23~", "2013-02-01", "2013-12-31"),
        ("2009~/2011-06?", "2008-01-01", "2011-07-31"),
        ("2009~/..", "2008-01-01", "9999-99-99"),
        ("/2011~", "0000-00-00", "2012-12-31"),
        ("197X", "1970-01-01", "1979-12-31"),
    ],
)
def test_the_days_that_a_period_may_hold(period: str, first: str, last: str) -> None:
    assert may_hold(period) == (first, last)
