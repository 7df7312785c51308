"""Repeated keys and lines, against the standard parser."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.text.json_source import lines_of, parse, repeated_keys, show_path, values

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def flatten(value: Any, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    found = {path: value}
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            found |= flatten(inner, (*path, key))
    return found


@given(JSON, st.sampled_from([None, 0, 2]))
def test_every_value_is_found_where_it_starts(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    decoder = json.JSONDecoder()
    found = {}
    for path, offset in values(text):
        start = offset
        if path and isinstance(path[-1], str):  # placed at its key
            key, end = decoder.raw_decode(text, offset)
            assert key == path[-1]
            start = text.index(":", end) + 1
        found[path] = decoder.raw_decode(text[start:].lstrip())[0]
    assert found == flatten(value)


def test_lines_are_those_of_the_key_or_of_what_stands_around() -> None:
    text = '{\n "a": [\n  1,\n  {"b":\n 2}\n ]\n}'
    paths: list[tuple[str | int, ...]] = [("a",), ("a", 0), ("a", 1, "b"), ("a", 1, "gone"), ()]
    assert lines_of(text, paths) == [2, 3, 4, 4, 1]


@given(JSON, st.sampled_from([None, 2]))
def test_each_line_is_the_same_whatever_else_is_passed_over(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    for path, offset in values(text):
        assert lines_of(text, [path]) == [text.count("\n", 0, offset) + 1]


def test_a_path_is_written_as_people_write_it() -> None:
    assert show_path(("claims", 3, "evidence", 0, "quote")) == "claims[3].evidence[0].quote"


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ('{"a": 1, "b": {"a": 1}}', []),
        ('{"a": 1, "a": 1}', [("a",)]),
        ('{"x": [{"a": 1}, {"b": {"c": 1, "c": 2, "c": 3}}]}', [("x", 1, "b", "c")] * 2),
        ('{"a": [1, 2], "b": [1, 2]}', []),
    ],
)
def test_repeated_keys_are_found(text: str, paths: list[tuple[str | int, ...]]) -> None:
    assert list(repeated_keys(text)) == paths


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a": -Infinity}'])
def test_what_is_no_json_value_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a JSON value"):
        parse(text)
