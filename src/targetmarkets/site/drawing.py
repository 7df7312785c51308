"""What the pictures of the home page are drawn of: places on the map, rows, bars, lanes."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.model.activities import GOODS
from targetmarkets.model.edtf import days
from targetmarkets.records.wording import count
from targetmarkets.site import render
from targetmarkets.site.dossiers import colour

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from targetmarkets.records.claims import Subject
    from targetmarkets.records.pictures import CellRecord, MomentRecord
    from targetmarkets.site.shown import Shown

WIDTH: Final = 1000
LEFT: Final = 190
"""Units of the timeline, and of the names of its lanes."""

BARS: Final = 110
"""Units of the highest bar."""

LANE: Final = 24
"""Units between lanes."""


@cache
def states() -> Mapping[str, Any]:
    """The states of the world, drawn by `scripts/map.py`."""
    drawn: Mapping[str, Any] = json.loads(render.asset("map.json"))
    return drawn


def draw_map(shown: Shown) -> dict[str, Any]:
    """The customers that are states, where they lie, and those that lie beside the map."""
    world = states()
    shapes = world["states"]
    drawn: list[dict[str, Any]] = []
    beside = []
    for customer in shown.kb.customers.values():
        category = shown.composer.shared.classifier.of(customer.id).category
        name = shown.name(category) if category else None
        code = customer.iso_3166.alpha_2 if customer.iso_3166 else None
        if code in shapes and customer.kind == "state":
            shape = shapes[code]
            drawn.append(
                {
                    "id": customer.id,
                    "name": customer.name,
                    "category": name,
                    "colour": colour(shown, category),
                    "d": shape["d"],
                    "small": shape["small"],
                    "x": shape["at"][0],
                    "y": shape["at"][1],
                    "code": code,
                }
            )
        else:
            beside.append({"id": customer.id, "name": customer.name, "category": name})
    taken = {state["code"] for state in drawn}
    land = "".join(shape["d"] for code, shape in shapes.items() if code not in taken)
    return {
        "width": world["width"],
        "height": world["height"],
        "land": land,
        "states": drawn,
        "beside": beside,
    }


def table_of(cells: Sequence[CellRecord], root: str) -> dict[str, Any]:
    """Rows and columns of the matrix, and what is in no row of it."""
    own = [cell for cell in cells if cell.id is not None]
    goods = [kind for kind in GOODS if any(cell.goods == kind for cell in own)]
    rows: dict[tuple[str, str], dict[str, CellRecord]] = {}
    for cell in own:
        name = cell.name
        if cell.row == "category" and cell.scope != "individual":
            name += ", together" if cell.scope == "collective" else ", as a group"
        rows.setdefault((name, f"{root}{cell.row}/{cell.id}.html"), {})[cell.goods] = cell
    left: dict[str, set[str]] = {}
    for cell in cells:
        if cell.id is None:
            left.setdefault(cell.name, set()).update(cell.claims)
    return {
        "by": cells[0].row if cells else "customer",
        "goods": goods,
        "rows": [
            {"name": name, "href": href, "cells": [row.get(kind) for kind in goods]}
            for (name, href), row in rows.items()
        ],
        "left": ", ".join(
            f"{count(len(claims), 'claim')} of {name}" for name, claims in left.items()
        ),
    }


def draw_time(shown: Shown, moments: Sequence[MomentRecord], *, lanes: bool) -> dict[str, Any]:
    """Bars of events by year, and a lane for each customer."""
    numbers = Counter(moment.year for moment in moments if moment.year is not None)
    if not numbers:
        return {"bars": [], "lanes": []}
    years = range(min(numbers), max(numbers) + 1)
    step = max((WIDTH - LEFT) // len(years), 5)
    most, axis = max(numbers.values()), BARS + 30
    each = max(1, 45 // step)

    def x_of(year: int) -> int:
        return LEFT + (year - years.start) * step

    rows = _lanes(shown, moments, years, step, axis + 44) if lanes else []
    placed = Counter(moment.placed for moment in moments)
    return {
        "width": LEFT + len(years) * step,
        "height": axis + 38 + LANE * len(rows),
        "step": step,
        "axis": axis,
        "left": LEFT,
        "bars": [
            {
                "year": year,
                "number": numbers[year],
                "x": x_of(year),
                "y": axis - round(BARS * numbers[year] / most),
                "height": round(BARS * numbers[year] / most),
                "labelled": not (year - years.start) % each,
            }
            for year in years
        ],
        "lanes": rows,
        "note": f"{count(len(moments), 'event')}: {placed['year']} in one year, which the bars "
        f"count; {placed['range']} over or within several; {placed['undated']} undated.",
        "table": list(_table(moments, numbers, named=lanes)),
    }


def _lanes(
    shown: Shown, moments: Sequence[MomentRecord], years: range, step: int, top: int
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for customer in timeline_order(shown, moments):
        own = [m for m in moments if any(s.id == customer.id for s in m.customers)]
        numbers = Counter(m.year for m in own if m.year is not None)
        ranges = [_stretch(m, years, step) for m in own if m.placed == "range" and m.period]
        category = shown.composer.shared.classifier.of(customer.id).category
        found.append(
            {
                "name": customer.name if len(customer.name) <= 26 else customer.name[:25] + "…",
                "y": top + LANE * len(found),
                "colour": colour(shown, category),
                "dots": [
                    (LEFT + (year - years.start) * step + step // 2 - 2, 3 + 2 * min(number, 3))
                    for year, number in sorted(numbers.items())
                ],
                "ranges": ranges,
            }
        )
    return found


def timeline_order(shown: Shown, moments: Iterable[MomentRecord]) -> list[Subject]:
    """The customers of which events are told alone, in the order of the file."""
    met = {s.id: s for moment in moments for s in moment.customers}
    return [met[id_] for id_ in shown.kb.customers if id_ in met]


def _stretch(moment: MomentRecord, years: range, step: int) -> tuple[int, int]:
    """Where a stretch of time begins and ends, as far as the axis goes."""
    assert moment.period is not None, "what lies within several years has a period"
    first, last = (int(day[:4]) for day in days(moment.period))
    first, last = max(first, years.start), min(last, years.stop - 1)
    return LEFT + (first - years.start) * step, LEFT + (last + 1 - years.start) * step - 4


def _table(
    moments: Sequence[MomentRecord], numbers: Mapping[Any, int], *, named: bool
) -> Iterable[dict[str, Any]]:
    for year in sorted(numbers):
        told = Counter(s.name for m in moments if m.year == year for s in m.customers)
        customers = ", ".join(
            name if number == 1 else f"{name} ×{number}" for name, number in told.items()
        )
        customers = customers if named else f"{len(told)}"
        yield {"year": year, "number": numbers[year], "customers": customers}
