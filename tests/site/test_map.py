"""The map: every customer lies where it is, and disputed ground as the words below the map say."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from targetmarkets.evidence.archive import Archives
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.records.compose import Composer
from targetmarkets.site import build, render
from targetmarkets.site.drawing import draw_map, states
from targetmarkets.site.projection import HEIGHT, WIDTH, project
from targetmarkets.site.shown import Shown
from tests.build import content

CAPITALS = {
    "SY": (33.51, 36.29), "IR": (35.69, 51.39), "UG": (0.32, 32.58), "CD": (-4.33, 15.31),
    "MM": (19.75, 96.13), "CU": (23.13, -82.38), "YE": (15.35, 44.21), "ET": (9.03, 38.74),
    "CG": (-4.27, 15.28), "ER": (15.34, 38.93), "TZ": (-6.17, 35.74),
}  # fmt: skip
"""Latitude and longitude of the capitals of customers."""

DISPUTED = {
    "Simferopol in Crimea": (44.95, 34.1, "RU"), "Katzrin in the Golan": (32.99, 35.69, "IL"),
    "Laayoune in Western Sahara": (27.15, -13.2, "MA"), "Srinagar": (34.08, 74.8, "IN"),
    "Muzaffarabad": (34.37, 73.47, "PK"), "Pristina": (42.66, 21.16, "Kosovo"),
    "Kyrenia": (35.3, 33.3, "N. Cyprus"), "Hargeisa": (9.56, 44.06, "Somaliland"),
    "Taipei": (25.05, 121.53, "TW"), "Ramallah": (31.9, 35.2, "PS"), "Gaza": (31.45, 34.4, "PS"),
}  # fmt: skip
"""Places, and with whom the map draws them."""

SMALL = "BH MT SG MV BB GD KN LC VC AG DM ST KM MU SC CV TT LI MC SM AD VA TO WS PW MH NR FM KI"


def rings(outline: str) -> Iterator[list[tuple[int, int]]]:
    for part in outline.split("z")[:-1]:
        x, y, *steps = map(int, re.findall(r"-?\d+", part))
        ring = [(x, y)]
        for step in zip(steps[::2], steps[1::2], strict=True):
            ring.append((ring[-1][0] + step[0], ring[-1][1] + step[1]))
        yield ring


def where(latitude: float, longitude: float) -> set[str]:
    """The states whose outline holds a place."""
    x, y = project(longitude, latitude)
    found = set()
    for code, shape in states()["states"].items():
        crossed = sum(
            (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
            for ring in rings(shape["d"])
            for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
        )
        if crossed % 2:
            found.add(code)
    return found


def test_the_capital_of_every_customer_lies_in_its_shape(kb: FileKnowledge) -> None:
    codes = {c.iso_3166.alpha_2 for c in kb.customers.values() if c.iso_3166}
    assert codes == set(CAPITALS)
    for code, place in CAPITALS.items():
        assert where(*place) == {code}


@pytest.mark.parametrize("name", DISPUTED)
def test_disputed_ground_is_drawn_as_it_is_said(name: str) -> None:
    latitude, longitude, drawn = DISPUTED[name]
    assert where(latitude, longitude) == {drawn}


def test_the_words_below_the_map_name_them() -> None:
    text = (render.TEMPLATES / "home.html").read_text("utf-8")
    for words in (
        "Crimea is drawn with Russia", "Golan Heights with Israel", "Western\nSahara with Morocco",
        "Kosovo, Northern Cyprus and Somaliland are drawn apart", "Taiwan", "Gaza as Palestine",
    ):  # fmt: skip
        assert words.replace("\n", " ") in text


def test_small_states_are_drawn_and_marked_with_a_dot() -> None:
    shapes = states()["states"]
    for code in SMALL.split():
        assert shapes[code]["small"], code
    for shape in shapes.values():
        x, y = shape["at"]
        assert 0 <= x <= WIDTH
        assert -20 <= y <= HEIGHT
    assert (
        max(abs(x) for shape in shapes.values() for r in rings(shape["d"]) for x, _ in r) <= WIDTH
    )


def test_who_is_no_state_lies_beside_the_map(kb: FileKnowledge) -> None:
    drawn = draw_map(Shown(Composer(kb), Archives(kb)))
    kinds = {kb.customers[state["id"]].kind for state in drawn["states"]}
    assert kinds == {"state"}
    assert [item["id"] for item in drawn["beside"]] == [
        customer.id for customer in kb.customers.values() if customer.kind == "non-state"
    ]


def test_a_small_customer_is_a_dot(tmp_path: Path) -> None:
    malta = {
        "id": "malta", "name": "Malta", "kind": "state", "region": "Southern Europe",
        "iso_3166": {"alpha_2": "MT", "alpha_3": "MLT", "numeric": "470"},
    }  # fmt: skip
    path = tmp_path / "customers.json"
    path.write_text(json.dumps(content(customers=[malta])), "utf-8")
    home = dict(build.pages(load(path)))["index.html"].decode()
    assert '<circle class="state"' in home
    assert "Malta: in no category" in home
