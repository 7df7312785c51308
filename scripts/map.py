"""Draw the states of the world once, from Natural Earth, for the map of the site.

    python scripts/map.py countries-50m.json

The file comes from the npm package `world-atlas`, version 2.0.2 (`npm pack world-atlas`), which has
Natural Earth 4.1.0 as TopoJSON: boundaries that states share are one line there, and are made
simpler together, so that no gaps open between neighbours. Natural Earth is in the public domain.
What comes out is `src/targetmarkets/site/assets/map.json`;
whoever makes a site needs nothing else.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pycountry

from targetmarkets.site.projection import HEIGHT, WIDTH, project

OUT: Final = (
    Path(__file__).resolve().parents[1] / "src" / "targetmarkets" / "site" / "assets" / "map.json"
)

LEAST: Final = 20.0
"""Square units of a triangle below which its corner is left out."""

ISLET: Final = 12.0
"""Square units of an island below which it is left out, unless there is nothing else of a state."""

SMALL: Final = 700.0
"""Square units of a state below which it is hardly seen, and is drawn as a dot, too."""

LEFT_OUT: Final = frozenset({"AQ"})

Point = tuple[float, float]


def main(path: Path) -> None:
    """Write the map."""
    topology = json.loads(path.read_text("utf-8"))
    arcs = [simpler(_unwrapped(arc)) for arc in _decoded(topology)]
    states: dict[str, dict[str, Any]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = _code(geometry)
        if code in LEFT_OUT:
            continue
        rings = [ring for indexes in _rings(geometry) for ring in _drawn(arcs, indexes)]
        rings = [ring for ring in rings if abs(_area(ring)) > ISLET] or rings[:1]
        if code in states:  # its outlying islands, which the data set has apart
            rings = states[code]["rings"] + rings
        states[code] = {"rings": rings, "name": geometry["properties"]["name"]}
    shapes = {code: _shape(states[code]["rings"]) for code in sorted(states)}
    lines = ",\n".join(f"{json.dumps(code)}: {json.dumps(shapes[code])}" for code in shapes)
    OUT.write_text(
        f'{{"width": {WIDTH}, "height": {HEIGHT},\n"states": {{\n{lines}\n}}}}\n', "utf-8"
    )


def _decoded(topology: Any) -> Iterable[list[Point]]:
    """The lines of a topology in degrees."""
    (scale_x, scale_y) = topology["transform"]["scale"]
    (from_x, from_y) = topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + from_x, y * scale_y + from_y))
        yield points


def _unwrapped(points: Sequence[Point]) -> list[Point]:
    """A line that crosses the edge of the map, going on beyond 180 degrees."""
    whole, shift = [points[0]], 0.0
    for (before, _), (x, y) in pairwise(points):
        shift -= 360 * round((x - before) / 360)
        whole.append((x + shift, y))
    return whole


def simpler(points: list[Point]) -> list[Point]:
    """A line without the corners that nobody would miss, the least first (Visvalingam)."""
    kept = points[:]
    while len(kept) > 4:
        drawn = [project(*point) for point in kept]
        least, at = min(
            (_triangle(drawn[at - 1], drawn[at], drawn[at + 1]), at)
            for at in range(1, len(drawn) - 1)
        )
        if least >= LEAST:
            break
        del kept[at]
    return kept


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _code(geometry: Any) -> str:
    """The code of a state in ISO 3166-1; for what has none there, its name in the data set."""
    found = pycountry.countries.get(numeric=geometry.get("id") or "")
    return found.alpha_2 if found else geometry["properties"]["name"]


def _rings(geometry: Any) -> list[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def _drawn(arcs: Sequence[list[Point]], indexes: Iterable[int]) -> Iterable[list[tuple[int, int]]]:
    """A ring on the map; in two parts where it crosses the edge."""
    points: list[Point] = []
    for index in indexes:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += line[1:] if points else line
    points = _unwrapped(points)
    for shift in (-360, 0, 360):
        ring = [(x + shift, y) for x, y in points]
        for edge in (-180.0, 180.0):
            ring = _cut(ring, edge)
        if len(ring) > 2:
            yield [(round(x), round(y)) for x, y in (project(*point) for point in ring)]


def _cut(ring: Sequence[Point], edge: float) -> list[Point]:
    """What of a ring lies on the map's side of an edge."""
    kept: list[Point] = []
    for one, other in pairwise(ring):
        inside = [
            abs(point[0]) <= abs(edge) or (point[0] > 0) != (edge > 0) for point in (one, other)
        ]
        if inside[0]:
            kept.append(one)
        if inside[0] != inside[1]:
            along = (edge - one[0]) / (other[0] - one[0])
            kept.append((edge, one[1] + along * (other[1] - one[1])))
    return [*kept, kept[0]] if kept else []


def _shape(rings: list[list[tuple[int, int]]]) -> dict[str, Any]:
    """The outline of a state, and the middle of its largest part where it is small."""
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    small = sum(abs(_area(ring)) for ring in rings) < SMALL
    return {"d": "".join(map(_path, rings)), "at": _middle(largest), "small": small}


def _middle(ring: Sequence[tuple[int, int]]) -> list[int]:
    """The place within a ring that is farthest from its edge, among those of a grid."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    steps = 24
    inside = [
        (x, y)
        for column in range(1, steps)
        for row in range(1, steps)
        if _holds(
            ring,
            x := min(xs) + (max(xs) - min(xs)) * column / steps,
            y := min(ys) + (max(ys) - min(ys)) * row / steps,
        )
    ] or [((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)]
    x, y = max(inside, key=lambda at: min(_distance(at, edge) for edge in pairwise(ring)))
    return [round(x), round(y)]


def _holds(ring: Sequence[tuple[int, int]], x: float, y: float) -> bool:
    """Whether a place lies within a ring."""
    crossed = [
        (one, other)
        for one, other in pairwise(ring)
        if (one[1] > y) != (other[1] > y)
        and x < (other[0] - one[0]) * (y - one[1]) / (other[1] - one[1]) + one[0]
    ]
    return len(crossed) % 2 == 1


def _distance(at: Point, edge: tuple[Point, Point]) -> float:
    """How far a place is from a stretch of a line, squared."""
    (x, y), ((x1, y1), (x2, y2)) = at, edge
    width, height = x2 - x1, y2 - y1
    length = width * width + height * height
    along = ((x - x1) * width + (y - y1) * height) / length if length else 0
    along = min(max(along, 0), 1)
    return (x1 + along * width - x) ** 2 + (y1 + along * height - y) ** 2


def _area(ring: Sequence[tuple[int, int]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _path(ring: Sequence[tuple[int, int]]) -> str:
    """A ring as an outline of SVG, from point to point in steps."""
    (x, y), *others = ring[:-1]
    words, before = [f"M{x} {y}l"], (x, y)
    for point in others:
        step = (point[0] - before[0], point[1] - before[1])
        if step != (0, 0):
            words.append(f"{step[0]}{' ' if step[1] >= 0 else ''}{step[1]}")
        before = point
    steps = " ".join(words[1:]).replace(" -", "-")
    return f"{words[0]}{steps or '1 0'}z"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
