"""JSON Schema (2020-12) of stored objects and of records, with their docstrings as descriptions.

Pydantic can take descriptions from docstrings itself, but then reads its source files at every
start of the program. Here they are read when a schema is asked for.
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema(model: type[BaseModel], *, stored: bool) -> dict[str, Any]:
    """Schema of a model, as it is stored in a file or as it is printed, with every field described.

    Fields of printed records are all required; those of stored ones may have defaults.
    """
    schema = model.model_json_schema(mode="validation" if stored else "serialization")
    definitions = {model.__name__: schema, **schema.get("$defs", {})}
    for part in _models(model):
        if part.__name__ in definitions:
            _describe(definitions[part.__name__], part)
    return {"$schema": DIALECT, **schema}


def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """The docstring that stands below each field of a model, by the field's name."""
    docs: dict[str, str] = {}
    for class_ in reversed(model.__mro__):
        if issubclass(class_, BaseModel) and class_ is not BaseModel:
            docs |= dict(_docs(class_))
    return docs


def _describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    docs = field_docs(model)
    for name, field in model.model_fields.items():
        properties = schema.get("properties", {})
        for key in (field.alias, field.serialization_alias, name):
            if key in properties and name in docs:
                properties[key]["description"] = docs[name]


def _docs(class_: type) -> Iterator[tuple[str, str]]:
    (node,) = ast.parse(inspect.getsource(class_)).body
    assert isinstance(node, ast.ClassDef)
    for field, after in zip(node.body, node.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
            and isinstance(after.value.value, str)
        ):
            yield field.target.id, " ".join(after.value.value.split())


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Every model of the package that has been loaded, the one that is asked for first."""
    yield model
    for name, module in list(sys.modules.items()):
        if name.startswith("targetmarkets."):
            for value in vars(module).values():
                if inspect.isclass(value) and issubclass(value, BaseModel) and value is not model:
                    yield value
