"""The canonical layout of a file: of a large one, what a change left alone stays as written."""

import json
from typing import Any

import pytest

from targetmarkets.kb.json_file import FileKnowledge, laid_out, write_canonical
from targetmarkets.model.objects import KnowledgeFile
from targetmarkets.model.pieces import lists_in
from targetmarkets.model.types import LISTS

FIELDS = (*LISTS, "covers")


@pytest.fixture(autouse=True)
def _every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("targetmarkets.kb.json_file.LARGE", 1)


def without_the_first(content: KnowledgeFile, field: str) -> dict[str, Any]:
    """Content of which one field is another."""
    value = getattr(content, field)
    return {field: value[1:] if isinstance(value, tuple) else None}


@pytest.mark.parametrize("field", FIELDS)
def test_a_file_in_the_place_of_another_is_written_as_it_is_alone(
    kb: FileKnowledge, field: str
) -> None:
    data = write_canonical(kb.content).encode()
    changed = kb.content.model_copy(update=without_the_first(kb.content, field))
    text = laid_out(changed, kb.content, data)
    assert text.decode() == write_canonical(changed)
    assert text != data


@pytest.mark.parametrize("field", LISTS)
def test_lists_that_are_as_they_were_stay_as_they_were_written(
    kb: FileKnowledge, field: str
) -> None:
    data = write_canonical(kb.content)
    spaced = data.replace('"id":', '"id" :')
    changed = kb.content.model_copy(update=without_the_first(kb.content, field))
    found = laid_out(changed, kb.content, spaced.encode()).decode()
    assert json.loads(found) == json.loads(write_canonical(changed))
    for name, text in lists_in(found.encode()).items():
        assert (b'"id" :' in text) == (name != field), name


@pytest.mark.parametrize(
    "other",
    [
        '{"schema_version": 2, "customers": [\n    {\n    }\n  ]}',
        '{\n  "schema_version": 1,\n  "customers": [\n    {}\n  ]\n}',
        '{\n  "covers":\n  "customers": [\n    {}\n  ]\n}',
        "",
    ],
)
def test_nothing_is_taken_from_a_file_of_another_layout(kb: FileKnowledge, other: str) -> None:
    assert lists_in(other.encode()) == {}
    assert laid_out(kb.content, kb.content, other.encode()).decode() == write_canonical(kb.content)


def test_a_field_that_is_left_out_leaves_no_trace(kb: FileKnowledge) -> None:
    bare = KnowledgeFile(schema_version=kb.content.schema_version)
    text = laid_out(bare, kb.content, write_canonical(kb.content).encode())
    assert json.loads(text) == {"schema_version": kb.content.schema_version}
