"""Lists as a person and a script get them: columns, times, and what is said of them."""

import json

import pytest

from targetmarkets.model.types import KINDS
from tests.running import Run

TIME = ("list", "events", "--since", "2010", "--until", "2012")
TOLD = (
    "tm: 2010–2012: {}\n    one of them alone: --dated inside, --dated overlapping, "
    "--dated undated\n"
)


def ids(tm: Run, *words: str) -> list[str]:
    return tm(*words, "--fields", "id").stdout.split()[1:]


def test_what_only_overlaps_a_time_is_told_apart_in_every_format(tm: Run) -> None:
    inside = ids(tm, *TIME, "--dated", "inside")
    overlapping = ids(tm, *TIME, "--dated", "overlapping")
    undated = ids(tm, *TIME, "--dated", "undated")
    assert "xin-yan-tai-2012" in inside
    assert "ssrc-shipments-2012-2017" in overlapping
    assert "jeehan-1-interception" in undated
    counts = len(inside), len(overlapping), len(undated)
    said = TOLD.format("{} inside, {} only overlapping; left out: {} undated".format(*counts))
    for format_ in ("json", "jsonl", "csv", "tsv", "markdown", "table"):
        done = tm(*TIME, "--format", format_)
        assert done.returncode == 0
        assert said in done.stderr, format_
        assert said not in done.stdout
    assert ids(tm, *TIME) == inside + overlapping
    assert [item["id"] for item in json.loads(tm(*TIME, "--json").stdout)] == inside + overlapping


def test_a_table_has_them_in_parts(tm: Run) -> None:
    for format_ in ("table", "markdown"):
        lines = tm(*TIME, "--format", format_).stdout.replace("**", "").splitlines()
        first = lines.index("2010–2012: wholly inside")
        second = next(i for i, line in enumerate(lines) if "2010–2012: only overlapping" in line)
        named = [i for i, line in enumerate(lines) if "Xin Yan Tai" in line]
        open_ = [i for i, line in enumerate(lines) if "Shipments to the SSRC" in line]
        assert first < named[0] < second < open_[0]
    alone = tm(*TIME, "--dated", "undated", "--format", "table")
    assert alone.stdout.startswith("Without a date\nWhen ")
    assert "undated; left out: 5 inside, 5 only overlapping" in alone.stderr


def test_nothing_is_said_of_times_where_none_is_asked_for(tm: Run) -> None:
    for words in (("list", "events"), ("list", "activities", "--dated", "undated")):
        assert "left out" not in tm(*words).stderr


def test_an_empty_time_says_what_it_leaves_out(tm: Run) -> None:
    done = tm("list", "activities", "--since", "2030")
    assert done.returncode == 0
    assert "tm: no activities match\n" in done.stderr
    assert "since 2030: 0 inside, 0 only overlapping; left out: " in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "soon"), "'soon' is no date or period"),
        (("--period", "2014-2010"), "ends before it begins"),
        (("--since", "until 2010"), "has no beginning"),
        (("--since", "2012", "--until", "2010"), "have nothing in common"),
        (("--dated", "soon"), "no way to be dated"),
        (("--role", "captain"), "no role of a party"),
        (("--actor", "syria"), "syria"),
    ],
)
def test_what_is_no_time_is_refused(tm: Run, words: tuple[str, ...], said: str) -> None:
    done = tm("list", "events", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") >= 2


def test_a_filter_of_other_lists_names_them(tm: Run) -> None:
    done = tm("list", "--since", "2010")
    assert done.returncode == 2
    assert "does not apply to customers, but to events, actors, activities" in done.stderr


def test_times_as_people_type_them(tm: Run) -> None:
    whole = ids(tm, "list", "activities", "--period", "2010/2014")
    for typed in (["--period", "2010-2014"], ["--since", "2010", "--until", "2014"]):
        assert ids(tm, "list", "activities", *typed) == whole
    assert len(ids(tm, "list", "activities", "--period", "2009-12")) < len(whole)


def test_the_help_names_every_list(tm: Run) -> None:
    help_ = " ".join(tm("list", "--help").stdout.split())
    for kind in KINDS:
        assert kind in help_.partition("Options:")[0]
    assert "2010-12 is December 2010" in help_


def test_new_columns_stand_at_the_end(tm: Run) -> None:
    header, syria, *_ = tm("list").stdout.splitlines()
    names = header.split("\t")
    assert names[:11] == [
        *("id", "name", "kind", "region", "category", "category_basis.certainty"),
        *("category_basis.hedge", "category_basis.evidence", "category_basis.said_by"),
        *("category_basis.citation", "activity_types"),
    ]
    row = dict(zip(names, syria.split("\t"), strict=True))
    assert row["overview.kinds"].startswith("missiles; protective equipment; ")
    assert row["overview.last"] == "2016/2018"
    assert row["overview.independent_sources"] == "9"
    assert row["overview.sources"].startswith("nknews-2015; ")
