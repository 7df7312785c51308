"""JSON Schema (2020-12) of the file and of what `--json` prints, with descriptions.

Pydantic can take descriptions from docstrings itself, but then reads its source files at every
start of the program. Here they are read when a schema is asked for.
"""

import ast
import inspect
import json
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from targetmarkets.model.csl import Bibliography, Issued, Name
from targetmarkets.model.findings import Verification
from targetmarkets.model.objects import SCHEMA_VERSION, KnowledgeFile
from targetmarkets.records.checks import CheckReport
from targetmarkets.records.hits import HitRecord
from targetmarkets.records.objects import AnyRecord
from targetmarkets.records.pictures import CellRecord, ComparisonRecord, MomentRecord
from targetmarkets.records.reports import (
    AnchorRecord,
    CoverageReport,
    DiffRecord,
    LogRecord,
    MergeRecord,
    StatisticsRecord,
)
from targetmarkets.records.works import Work

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

FILE: Final = "file"
"""Name of the schema of the file itself."""

RECORDS: Final[Mapping[str, type[BaseModel]]] = {
    model.model_fields["object"].default: model
    for model in (
        *get_args(AnyRecord),
        *(HitRecord, MomentRecord, CellRecord, ComparisonRecord),
        *(Verification, CoverageReport, StatisticsRecord, DiffRecord, AnchorRecord),
        *(CheckReport, MergeRecord, LogRecord),
    )
}
"""Models of what is printed, by the `object` that each says it is."""


_CSL: Final = frozenset({Bibliography, Name, Issued, Work})
"""Models that leave out what is not known; the others print every field."""


def schema_of(name: str | None = None) -> dict[str, Any]:
    """Schema of the file, of one record by its `object`, or of all that `--json` prints.

    All that is printed is a record or an array of records. Raises `KeyError`.
    """
    if name == FILE:
        schema = json_schema(KnowledgeFile, stored=True)
    elif name:
        schema = json_schema(RECORDS[name], stored=False)
    else:
        schema = _anything()
    return {"$id": f"urn:targetmarkets:schema:{name or 'records'}:{SCHEMA_VERSION}", **schema}


def schema_text(name: str | None = None) -> str:
    """The same as a text, indented as schemas are read."""
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n"


def json_schema(model: type[BaseModel], *, stored: bool) -> dict[str, Any]:
    """Schema of a model, as it is stored in a file or as it is printed, with every field described.

    Fields of printed records are all required, and more may come; those of stored ones may have
    defaults, and there are no others.
    """
    schema = model.model_json_schema(mode="validation" if stored else "serialization")
    return _finished(schema, {model.__name__: schema}, stored=stored)


def _anything() -> dict[str, Any]:
    references, schema = models_json_schema(
        [(model, "serialization") for model in RECORDS.values()]
    )
    record = {"anyOf": list(references.values())}
    schema["title"] = "What tm prints as JSON"
    schema["anyOf"] = [record, {"type": "array", "items": record}]
    return _finished(schema, {}, stored=False)


def _finished(
    schema: dict[str, Any], own: Mapping[str, dict[str, Any]], *, stored: bool
) -> dict[str, Any]:
    """A schema with what Pydantic leaves out: descriptions, and how CSL-JSON is printed."""
    shared = schema.setdefault("$defs", {})
    if not stored and Work.__name__ in shared:
        # It prints itself, without its nulls: what comes out is what went in.
        printed = Work.model_json_schema()
        shared |= {**printed.pop("$defs"), Work.__name__: printed}
    definitions = {**own, **shared}
    for model in _models():
        if definition := definitions.get(model.__name__):
            if not stored:
                definition.pop("additionalProperties", None)
                if model not in _CSL:
                    definition["required"] = list(definition["properties"])
            _describe(definition, model)
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
    node = _classes(class_.__module__)[class_.__name__]
    for field, after in zip(node.body, node.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
            and isinstance(after.value.value, str)
        ):
            yield field.target.id, " ".join(after.value.value.split())


@cache
def _classes(module: str) -> Mapping[str, ast.ClassDef]:
    """The classes of a module by name, as they are written."""
    parsed = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in parsed.body if isinstance(node, ast.ClassDef)}


def _models() -> Iterator[type[BaseModel]]:
    """Every model of the package that has been loaded."""
    for name, module in list(sys.modules.items()):
        if name.startswith("targetmarkets."):
            for value in vars(module).values():
                if inspect.isclass(value) and issubclass(value, BaseModel):
                    yield value
