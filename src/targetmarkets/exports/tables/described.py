"""What columns hold, in words: the documentation of the fields that they stand for."""

from functools import cache
from typing import Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from targetmarkets.exports.tables.table import Column
from targetmarkets.model import gaps, objects, parts
from targetmarkets.model.stored import Named, Stored
from targetmarkets.records.schema import field_docs

MODELS: Final[dict[str, type[BaseModel]]] = {
    model.__name__: model
    for model in (
        *(objects.Claim, parts.Speaker, parts.Activity, parts.Quantity, parts.Place, parts.Party),
        *(parts.Evidence, parts.Reference, parts.Locator, parts.Assessment, objects.Quote),
        *(objects.Source, parts.Archive, parts.Page, parts.Break, parts.Original, gaps.Gap),
        *(parts.SetAside, objects.Customer, parts.Iso3166, objects.Category, objects.Group),
        *(objects.Event, objects.Actor, parts.Identifier, Named, Stored),
    )
}
"""The stored models, by the names that columns give them, in the order in which they are told."""


def description(column: Column) -> str:
    """What a column holds."""
    model, _, field = column.of.partition(".")
    return column.about or _docs(model)[field]


def field_of(column: Column) -> FieldInfo:
    """The field of a stored model that a column holds."""
    model, _, field = column.of.partition(".")
    return MODELS[model].model_fields[field]


@cache
def _docs(model: str) -> dict[str, str]:
    return field_docs(MODELS[model])
