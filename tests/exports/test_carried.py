"""Nothing is lost without a word: each field that is stored is carried, or is of a kind counted."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, get_args

import pytest

from targetmarkets.exports import annotations, ftm, hypothesis
from targetmarkets.exports.registry import TARGETS
from targetmarkets.model.base import Model
from targetmarkets.model.objects import STORED

_OF_TEXTS: Final = ("Archive.pages", "Archive.original", "Archive.gaps", "Archive.breaks")
_BESIDE_CLAIMS: Final = ("Customer", "Category", "Group", "Event", "Actor")

KINDS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "sqlite": {},
    "datapackage": {},
    "ftm": {
        ftm.TEXTS: _OF_TEXTS,
        ftm.SET_ASIDE: ("Source.set_aside",),
        ftm.UNNAMED: ("Category", "Group", "Event"),
    },
    "annotations": {
        annotations.WORKS: (
            *("Source.bibliography", "Source.descriptor", "Source.reports_on", "Source.read"),
            *("Source.title_from", "Source.formerly"),
        ),
        annotations.TEXTS: _OF_TEXTS,
        annotations.SET_ASIDE: ("Source.set_aside",),
        annotations.RECORDED: _BESIDE_CLAIMS,
    },
    "hypothesis": {hypothesis.RECORDED: ("Source", *_BESIDE_CLAIMS)},
}
"""By target and kind, the models and fields that are counted there."""


def _models_in(annotation: Any) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _names(model: type[Model], field: str) -> set[str]:
    """What a field may be called: by its model, or by one of those above that have it too."""
    above = (each for each in model.mro() if issubclass(each, Model))
    return {f"{each.__name__}.{field}" for each in above if field in each.model_fields}


def _untold(model: type[Model], told: set[str]) -> Iterator[str]:
    """The fields of a model that are not told of, and are not made of fields that all are."""
    for name, field in model.model_fields.items():
        parts = [*_models_in(field.annotation)]
        if not told & _names(model, name):
            left = [each for part in parts for each in _untold(part, told)]
            yield from left if parts else [f"{model.__name__}.{name}"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("model", STORED.values(), ids=STORED)
def test_each_field_is_carried_or_is_of_a_kind_that_is_counted(
    target: str, model: type[Model]
) -> None:
    export, kinds = TARGETS[target].export, KINDS[target]
    assert set(kinds) <= set(export.lacks)
    counted = {each for fields in kinds.values() for each in fields}
    if model.__name__ not in counted:
        assert [*_untold(model, {*export.carries, *counted})] == []


@pytest.mark.parametrize("target", TARGETS)
def test_no_field_is_named_that_there_is_none_of(target: str) -> None:
    def fields(model: type[Model]) -> Iterator[str]:
        for name, field in model.model_fields.items():
            yield from _names(model, name)
            for part in _models_in(field.annotation):
                yield from fields(part)

    there = {each for model in STORED.values() for each in fields(model)}
    counted = {each for fields in KINDS[target].values() for each in fields if "." in each}
    assert {*TARGETS[target].export.carries, *counted} - there == set()
