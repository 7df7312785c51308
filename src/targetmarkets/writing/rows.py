"""Read what is to be added from a file: JSON Lines, YAML or CSV, a thing in each row.

A row has the fields of a form in `forms`, by their names; `add` says what it is, a claim unless it
says so. What is wrong is kept with its place, so that all of it can be told at once.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from targetmarkets.errors import UsageError, shorten
from targetmarkets.kb.resolve import did_you_mean
from targetmarkets.text.json_source import parse_unambiguous
from targetmarkets.text.spelling import SHORTEST_TERM, spelt_like
from targetmarkets.writing.forms import FORM_OF, Field

SEPARATOR: Final = "|"
"""Stands between the texts of a field that has several, where a format has no lists."""

_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


class Row(NamedTuple):
    """One thing to be added, and where it stands."""

    place: str
    word: str
    given: Mapping[str, Any]


class Fault(NamedTuple):
    """What is wrong, and where."""

    place: str
    message: str


def read_rows(text: str, kind: str) -> tuple[list[Row], list[Fault]]:
    """The rows of a text of a kind, and everything that is wrong with others.

    Raises `UsageError` for one that cannot be read as a whole, or has none.
    """
    rows: list[Row] = []
    faults: list[Fault] = []
    for place, raw in READERS[kind](text.removeprefix("\ufeff")):
        if isinstance(raw, str):
            faults.append(Fault(place, raw))
            continue
        word = str(raw.get("add") or "claim")
        if word not in FORM_OF:
            message = f"there is no {shorten(word)} to add; choose from: {', '.join(FORM_OF)}"
            faults.append(Fault(place, message))
            continue
        given, wrong = _given(word, {name: value for name, value in raw.items() if name != "add"})
        faults += [Fault(place, message) for message in wrong]
        if not wrong:
            rows.append(Row(place, word, given))
    if not rows and not faults:
        raise UsageError("there is nothing in it to add", "tm add from --template yaml shows how")
    return rows, faults


def _given(word: str, raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The fields of a row as they would be typed, and what is wrong with others."""
    known = {field.name: field for field in FORM_OF[word].fields}
    given, wrong = {}, []
    for name, value in raw.items():
        if value in (None, "", []):
            continue
        field = known.get(name.strip().lower().replace("-", "_").replace(" ", "_"))
        if field is None:
            near = spelt_like(name.lower(), known, shortest=SHORTEST_TERM)[:1]
            remedy = did_you_mean(near) or f"choose from: {', '.join(known)}"
            wrong.append(f"a {word} has no {shorten(name)}; {remedy}")
        else:
            try:
                given[field.name] = _value(field, value)
            except ValueError as error:
                wrong.append(f"{name}: {error}")
    return given, wrong


def _value(field: Field, value: Any) -> Any:
    """The value of a field. Raises `ValueError`."""
    if field.many:
        items = value if isinstance(value, list) else str(value).split(SEPARATOR)
        return [_text(item) for item in items if _text(item)]
    if field.flag:
        word = str(value).strip().lower()
        if word not in _YES | _NO:
            raise ValueError(f"{shorten(word)} is neither true nor false")
        return word in _YES
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool | dict | list) or value is None:
        raise ValueError(f"{shorten(json.dumps(value))} is no text")
    return str(value).strip()


Raw = tuple[str, dict[str, Any] | str]
"""The place of a row, and the row or what is wrong with it."""


def _json_lines(text: str) -> Iterator[Raw]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            raw = parse_unambiguous(line)
        except (ValueError, RecursionError) as error:
            yield place, f"this is not JSON that can be read in one way: {error}"
            continue
        yield place, raw if isinstance(raw, dict) else "this is no JSON object"


def _csv(text: str) -> Iterator[Raw]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    end = 1
    try:
        names = reader.fieldnames or ()
        if len({*names}) < len(names):
            yield "line 1", "two columns have one name"
            return
        for raw in reader:
            place, end = f"line {end + 1}", reader.line_num
            if None in raw:
                yield place, f"this row has more cells than the {len(names)} columns"
            elif any(raw.values()):
                yield place, dict(raw)
    except csv.Error as error:
        yield f"line {reader.line_num}", f"this is not CSV: {error}"


def _yaml(text: str) -> Iterator[Raw]:
    import yaml  # only a file of this kind needs it

    class Loader(yaml.BaseLoader):
        """One that gives texts alone, `no` and `2011-03` as they are written, and has no aliases:
        they would let few lines stand for many.
        """

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.MarkedYAMLError(problem="an alias (*) is not taken; write it out")
            return super().compose_node(parent, index)

    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}" if mark else "the file"
        yield where, f"this is not YAML: {error.problem or error.context}"
        return
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        yield "the file", f"this is not YAML: {' '.join(str(error).split())}"
        return
    if node is None:
        return
    for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        place = f"line {item.start_mark.line + 1}"
        if not isinstance(item, yaml.MappingNode):
            yield place, "this is no list of fields, each as name: value"
            continue
        names = [str(key.value) for key, _ in item.value]
        if twice := [name for name in names if names.count(name) > 1]:
            yield place, f"it has {shorten(twice[0])} twice"
            continue
        plain = (_plain(value) for _, value in item.value)
        yield place, dict(zip(names, plain, strict=True))


def _plain(node: Any) -> Any:
    """The value of a field in YAML: a text, or a list of them; what is neither stays no text."""
    if isinstance(node.value, str):
        return node.value
    if any(isinstance(item, tuple) for item in node.value):
        return {}
    return [item.value if isinstance(item.value, str) else {} for item in node.value]


READERS: Final[Mapping[str, Callable[[str], Iterable[Raw]]]] = {
    "jsonl": _json_lines,
    "yaml": _yaml,
    "csv": _csv,
}
"""The kinds of files, each with what reads it."""

ENDINGS: Final[Mapping[str, str]] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
}
"""The kind of a file by the ending of its name."""
