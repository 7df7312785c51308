"""Times as people type them, and how periods lie to them."""

from collections.abc import Callable

import pytest

from targetmarkets.errors import UsageError
from targetmarkets.kb.periods import ALWAYS, as_period, common, lie, since, until
from targetmarkets.model.edtf import days


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2013", "2013"),
        (" 2013 ", "2013"),
        ("2010-12", "2010-12"),
        ("2009-07-15", "2009-07-15"),
        ("2009/2013", "2009/2013"),
        ("2017/..", "2017/.."),
        ("/2007", "/2007"),
        ("197X", "197X"),
        ("2010-2014", "2010/2014"),
        ("2010–2014", "2010/2014"),
        ("2010 - 2014", "2010/2014"),
        ("2010 to 2014", "2010/2014"),
        ("from 2010 to 2014", "2010/2014"),
        ("between 2010-06 and 2011", "2010-06/2011"),
        ("Since  2010", "2010/.."),
        ("from 2010-07", "2010-07/.."),
        ("until 2012", "../2012"),
        ("to 2012-03", "../2012-03"),
        ("before 2010", "../2009-12-31"),
        ("before 2012-03", "../2012-02-29"),
        ("before 2010-03-01", "../2010-02-28"),
        ("after 2010", "2011-01-01/.."),
        ("after 2010-04", "2010-05-01/.."),
        ("after 2010-12-31", "2011-01-01/.."),
        ("after 2010-02-27", "2010-02-28/.."),
        ("2010s", "201X"),
        ("the 2010s", "201X"),
    ],
)
def test_what_people_type_is_understood(typed: str, period: str) -> None:
    assert as_period(typed) == period


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "soon", "/", "..", "2010-14", "2010-13", "2010-02-30", "10-12", "since"),
        *("since soon", "since 2010/2012", "after 9999", "before 0000", "before 0001-01-01"),
        *("2014-2010", "2014 to 2010", "2010..2014", "\u0662\u0660\u0661\u0663", "9" * 100_000),
        *("2010 to soon", "–" * 100_000, "since " * 50_000),
    ],
)
def test_what_is_no_time_is_refused_with_what_is(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        as_period(typed)
    assert len(caught.value.message) < 200
    assert "20" in (caught.value.remedy or "")


def test_a_time_that_runs_backwards_is_turned_round_in_the_remedy() -> None:
    with pytest.raises(UsageError, match="ends before it begins") as caught:
        as_period("2014-2010")
    assert caught.value.remedy == "turn it round: 2010/2014"


def test_the_ends_of_what_is_typed_for_since_and_until() -> None:
    assert (since("2010"), since("2010/.."), since("since 2010")) == ("2010/..",) * 3
    assert (until("2012"), until("../2012"), until("until 2012")) == ("../2012",) * 3
    assert (since("2010s"), until("2010s")) == ("201X/..", "../201X")
    for read, typed in ((since, "until 2010"), (until, "since 2010"), (since, "/2010")):
        with pytest.raises(UsageError, match="has no"):
            read(typed)


@pytest.mark.parametrize("read", [since, until])
def test_neither_end_of_a_time_is_dropped_where_one_date_is_asked_for(
    read: Callable[[str], str],
) -> None:
    for typed in ("2010-2014", "2010/2014", "from 2010 to 2014"):
        with pytest.raises(UsageError, match="has a beginning and an end") as caught:
            read(typed)
        assert caught.value.remedy == "ask for both: --period 2010/2014"


def test_what_times_have_in_common() -> None:
    assert common(["2010/..", "../2012"]) == "2010/2012"
    assert common(["2009/2013", "2010-07/..", "../2012"]) == "2010-07/2012"
    assert common(["2013"]) == "2013"
    assert common([ALWAYS, "2013/.."]) == "2013/.."
    assert common(["2013/..", "../2012"]) is None


@pytest.mark.parametrize(
    ("periods", "times", "way"),
    [
        (["2018"], ["2017/.."], "inside"),
        (["2018/.."], ["2017/.."], "inside"),
        (["1990/.."], ["2017/.."], "overlapping"),
        (["2016/2018"], ["2017/.."], "overlapping"),
        (["2016"], ["2017/.."], None),
        (["1990/..", "2018"], ["2017/.."], "inside"),
        (["2016", "1990/.."], ["2017/.."], "overlapping"),
        (["2009"], ["2017/..", "2009"], "inside"),
        (["2009-07"], ["2009-07-02"], "overlapping"),
        (["/2007"], ["../2012"], "inside"),
        (["2011-06~"], ["2011-05"], "overlapping"),
        (["2011-06~"], ["2011-07"], "overlapping"),
        (["2011-06~"], ["2011-08"], None),
        (["2011-06~"], ["2011"], "overlapping"),
        (["2004-24"], ["2005-01"], "overlapping"),
        (["2004-24"], ["2004-01"], "overlapping"),
        (["2004-24"], ["2004-07"], "overlapping"),
        (["2004-21"], ["2004-10"], "overlapping"),
        (["2004-21"], ["2004-12"], None),
        (["2004-21"], ["2004"], "inside"),
        ([], ["2017/.."], "undated"),
        (["1990/.."], [ALWAYS], "inside"),
    ],
)
def test_how_periods_lie_to_times(periods: list[str], times: list[str], way: str | None) -> None:
    assert lie(periods, [days(time) for time in times]) == way
