"""JSON Schema, judged by a validator that the project did not write."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.kb.paths import bundled
from targetmarkets.model.integrity import read_structure
from targetmarkets.model.types import KINDS
from targetmarkets.records.schema import FILE, RECORDS, schema_of
from targetmarkets.writing.workspace import create
from tests.running import Run


@cache
def validator(name: str | None = None) -> jsonschema.Draft202012Validator:
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def problems(name: str | None, value: object) -> list[str]:
    return [error.message for error in validator(name).iter_errors(value)]


def printed(tm: Run, *arguments: str) -> Any:
    return json.loads(tm(*arguments, "--json").stdout)


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_of_a_list_is_valid(tm: Run, kind: str) -> None:
    records = printed(tm, "list", kind)
    assert records
    assert problems(None, records) == []
    assert problems(records[0]["object"], records[0]) == []


def test_every_record_of_the_other_commands_is_valid(tm: Run, kb: FileKnowledge) -> None:
    assert problems(None, printed(tm, "show", *list(kb.objects)[::25])) == []
    assert problems("customer", printed(tm, "show", "syria")) == []
    assert problems(None, printed(tm, "search", "syria")) == []
    for command in ("timeline", "matrix", "compare iran syria"):
        assert problems(None, printed(tm, *command.split())) == []
    for command in ("verify", "coverage", "stats"):
        record = printed(tm, command)
        assert problems(None, record) == []
        assert problems(record["object"], record) == []


def test_each_schema_refuses_the_other_records(tm: Run, tmp_path: Path) -> None:
    changed = create(tmp_path / "kb")
    tm("retract", "syria-gas-masks", "--reason", "Wrong.", "--kb", str(changed))
    text = next((changed.parent / "sources").iterdir())
    source = next(s.id for s in load().content.sources if s.archive and s.archive.file == text.name)
    records = {
        record["object"]: record
        for record in (
            *(printed(tm, "list", kind)[0] for kind in KINDS),
            *(printed(tm, command) for command in ("verify", "coverage", "stats")),
            *printed(tm, "search", "syria", "--limit", "1"),
            *(printed(tm, picture)[0] for picture in ("timeline", "matrix")),
            printed(tm, "compare", "iran", "syria")[0],
            printed(tm, "diff", str(bundled()), str(changed)),
            printed(tm, "anchor", source, str(text), "--kb", str(changed)),
            printed(tm, "check", str(text)),
            printed(tm, "log", "--kb", str(changed)),
            printed(tm, "merge", str(bundled()), str(changed), str(bundled()), "--dry-run"),
        )
    }
    assert set(records) == set(RECORDS)
    for name in records:
        for other, record in records.items():
            assert bool(problems(name, record)) == (name != other)


def test_a_record_may_gain_fields_and_not_lose_any(tm: Run) -> None:
    record = printed(tm, "show", "syria-officers")
    record["later"] = 1
    record["speakers"][0]["later"] = 1
    record["evidence"][0]["quote"]["later"] = 1
    assert problems("claim", record) == []
    for field in list(record):
        if field != "later":
            lacking = {name: value for name, value in record.items() if name != field}
            assert problems("claim", lacking), field


def test_the_file_is_valid() -> None:
    assert problems(FILE, json.loads(bundled().read_text("utf-8"))) == []


def _changes() -> Iterator[Callable[[dict[str, Any]], None]]:
    yield lambda file: file.update(extra=1)
    yield lambda file: file.update(schema_version=3)
    yield lambda file: file.pop("schema_version")
    yield lambda file: file["customers"][0].update(id="A B")
    yield lambda file: file["customers"][0].update(kind="empire")
    yield lambda file: file["claims"][0].update(evidence=[])
    yield lambda file: file["claims"][0].update(certainty="sure")
    yield lambda file: file["quotes"][0].update(start=-1)
    yield lambda file: file["quotes"][0].update(exact="")
    yield lambda file: file["sources"][0]["bibliography"].pop("type")
    yield lambda file: file["sources"][0]["archive"].update(file="../up")


@pytest.mark.parametrize("change", list(_changes()))
def test_the_schema_of_the_file_refuses_what_loading_refuses(
    change: Callable[[dict[str, Any]], None],
) -> None:
    content = json.loads(bundled().read_text("utf-8"))
    change(content)
    assert problems(FILE, content)
    assert read_structure(json.dumps(content), "file")[1]


def test_every_field_is_described() -> None:
    for name in (FILE, *RECORDS):
        schema = schema_of(name)
        for definition in (schema, *schema["$defs"].values()):
            for field, property_ in definition.get("properties", {}).items():
                assert property_.get("description"), (name, definition.get("title"), field)


def test_every_reference_within_a_schema_leads_somewhere() -> None:
    for name in (None, FILE, *RECORDS):
        schema = schema_of(name)
        text = json.dumps(schema)
        for part in text.split('"$ref": "#/$defs/')[1:]:
            assert part.partition('"')[0] in schema["$defs"]


def test_the_command_prints_what_is_asked_for(tm: Run) -> None:
    assert json.loads(tm("schema").stdout) == schema_of()
    assert json.loads(tm("schema", "FILE").stdout) == schema_of(FILE)
    done = tm("schema", "nothing")
    assert (done.returncode, done.stdout) == (2, "")
    assert "choose from: file, customer" in done.stderr
