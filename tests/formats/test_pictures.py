"""Pictures of names and statements whose characters take two columns: all keeps its place."""

from typing import Any

import pytest

from targetmarkets.formats.interface import Listing, Look, Picture
from targetmarkets.formats.layout import width_of
from targetmarkets.formats.registry import set_listing
from targetmarkets.query.compare import compare
from targetmarkets.query.matrix import matrix
from targetmarkets.query.timeline import timeline
from targetmarkets.records.compose import Composer
from tests.build import activity, customer, knowledge

FIRST, SECOND = "甲国防衛省調達局第一課と同第二課", "乙国"


@pytest.fixture(scope="module")
def wide() -> Composer:
    """A knowledge base of customers, events and claims in Japanese."""
    names = {"a": FIRST, "b": SECOND}
    return Composer(
        knowledge(
            customers=[customer(id_, name=name) for id_, name in names.items()],
            events=[{"id": f"e-{id_}", "name": f"{n}への輸送", "kind": "visit"}
                    for id_, n in names.items()],
            claims=[
                activity(f"c-{id_}", id_, event=f"e-{id_}", period="2009/2012",
                         statement=f"{name}に対し武器弾薬並びに関連資材が供給されたとの報告がある。")
                for id_, name in names.items()
            ],
        )
    )  # fmt: skip


def drawn(kind: str, records: Any, *, full: bool = False, **picture: Any) -> list[str]:
    shown = Listing(kind, records, picture=Picture(full=full, **picture))
    lines = set_listing(shown, "table", Look(80)).splitlines()
    assert all(width_of(line) <= 80 for line in lines)
    return lines


def before(line: str, text: str) -> int:
    return width_of(line.partition(text)[0])


def test_columns_of_a_comparison_stand_below_their_names(wide: Composer) -> None:
    head, *lines = drawn("comparisons", compare(wide, ["a", "b"]))
    at = before(head, SECOND)
    assert at == 15 + (80 - 15) // 2
    told = next(line for line in lines if f"{SECOND}に対し" in line)
    assert before(told, f"{SECOND}に対し") == at


def test_cells_of_a_matrix_stand_below_their_kind(wide: Composer) -> None:
    head, *lines = drawn("matrix", matrix(wide))
    for name in (FIRST[:5], SECOND):
        line = next(line for line in lines if name in line)
        assert before(line, "1█") == before(head, "arm")


def test_events_of_a_timeline_stand_below_their_headings(wide: Composer) -> None:
    told = timeline(wide, ["a", "b"])
    lines = drawn("timeline", told.events, rows=told.customers, named=["a", "b"])
    head = next(line for line in lines if line.startswith("When"))
    rows = [line for line in lines if line.startswith("2009–2012")]
    assert len(rows) == 2
    for row in rows:
        assert before(row, "stated") == before(head, "How sure")
        assert before(row, "○") == before(head, "From")
    assert any("Of an event or part of it: ○ by reference" in line for line in lines)
    assert any("1\u00a0work" in line for line in lines)
