"""The tables of the page on exports: what goes where, and what does not."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from targetmarkets.exports.interface import COMMON
from targetmarkets.exports.registry import TARGETS
from targetmarkets.exports.tables.described import MODELS

_PART: Final = re.compile(r"(<!-- carried: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def with_tables(page: Path) -> str:
    """A page with the table of each target that it marks."""
    return _PART.sub(
        lambda part: f"{part[1]}{''.join(_tables(part[2]))}{part[3]}", page.read_text("utf-8")
    )


def _tables(name: str) -> Iterator[str]:
    export = TARGETS[name].export
    same = next(each for each in TARGETS.values() if each.export.carries == export.carries)
    if same.name == name:
        yield "| field | where it goes |\n| --- | --- |\n"
        for field in _in_order(export.carries):
            yield f"| `{field}` | {_shown(export.carries[field])} |\n"
    else:
        yield f"What goes where is in the table of {same.name}.\n"
    yield "\n| what does not go | why |\n| --- | --- |\n"
    for kind, why in {**COMMON, **export.lacks}.items():
        yield f"| {kind} | {why} |\n"


def _shown(places: str) -> str:
    """Places as code; those that are told in a sentence have that marked already."""
    return places if "`" in places else ", ".join(f"`{place}`" for place in places.split(", "))


def _in_order(carries: Mapping[str, str]) -> list[str]:
    """Fields in the order of the models, and of their fields."""
    order = [f"{name}.{field}" for name, model in MODELS.items() for field in _fields(model)]
    return sorted(carries, key=order.index)


def _fields(model: type[BaseModel]) -> list[str]:
    return [*model.model_fields]
