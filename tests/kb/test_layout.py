"""The canonical layout of a file: what a change left alone is taken from the layout before it."""

import json
from typing import Any

import pytest

from targetmarkets.kb.json_file import FileKnowledge, Layout
from targetmarkets.model.objects import KnowledgeFile
from targetmarkets.model.types import LISTS

FIELDS = (*LISTS, "covers")


def without_the_first(content: KnowledgeFile, field: str) -> dict[str, Any]:
    """Content of which one field is another."""
    value = getattr(content, field)
    return {field: value[1:] if isinstance(value, tuple) else None}


@pytest.mark.parametrize("field", FIELDS)
def test_a_layout_made_from_one_near_it_is_the_layout_that_is_made_alone(
    kb: FileKnowledge, field: str
) -> None:
    near = Layout.of(kb.content)
    changed = kb.content.model_copy(update=without_the_first(kb.content, field))
    assert changed != kb.content
    layout = Layout.of(changed, near)
    assert layout.file() == Layout.of(changed).file() != near.file()
    assert layout.content is changed
    for name, text in layout.fields.items():
        assert (text is near.fields[name]) == (name != field), name


def test_a_field_that_is_left_out_leaves_no_trace(kb: FileKnowledge) -> None:
    bare = KnowledgeFile(schema_version=kb.content.schema_version)
    text = Layout.of(bare, Layout.of(kb.content)).file()
    assert json.loads(text) == {"schema_version": kb.content.schema_version}
