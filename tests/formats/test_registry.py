"""The table of formats: it says of each what its module can do, and nothing twice."""

from itertools import combinations

import pytest

from targetmarkets.formats import registry
from targetmarkets.formats.interface import Setters
from targetmarkets.formats.registry import FORMATS, Format, setters
from tests.formats import readers

TABLES = {
    "lists": registry.LIST_FORMATS,
    "dossiers": registry.DOSSIER_FORMATS,
    "reports": registry.REPORT_FORMATS,
    "checks": {n: f for n, f in registry.CHECK_FORMATS.items() if "checks" in f.kinds},
    "citations": registry.CITATION_FORMATS,
}
"""The formats of each kind that there is."""


BESIDE = {"streams": "lists", "lost": "citations"}
"""What a format may have besides, and the kind of which it has that."""


def test_there_is_a_table_for_each_kind() -> None:
    assert (*TABLES, *BESIDE) == Setters._fields


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.module)
def test_a_format_sets_what_the_table_says_and_nothing_else(format_: Format) -> None:
    able = [kind for kind, setter in setters(format_)._asdict().items() if setter is not None]
    assert sorted(format_.kinds) == sorted(set(able) - BESIDE.keys())
    assert {BESIDE[more] for more in BESIDE.keys() & set(able)} <= set(format_.kinds)
    for kind, table in TABLES.items():
        assert (format_ in table.values()) == (kind in format_.kinds)


def test_a_name_and_an_ending_mean_one_format_of_a_kind() -> None:
    for one, other in combinations(FORMATS, 2):
        assert one.module != other.module
        if set(one.kinds) & set(other.kinds):
            assert one.name != other.name
            assert one.ending != other.ending or one.ending is None


@pytest.mark.parametrize("kind", [kind for kind in TABLES if kind != "checks"])
def test_every_kind_has_a_format_that_json_is_short_for(kind: str) -> None:
    assert [f.name for f in TABLES[kind].values() if f.ending == ".json"] == [
        "csl-json" if kind == "citations" else "json"
    ]


def test_lists_and_dossiers_are_read_back_in_every_format() -> None:
    assert readers.LISTS.keys() == registry.LIST_FORMATS.keys()
    assert readers.DOSSIERS.keys() == registry.DOSSIER_FORMATS.keys()
