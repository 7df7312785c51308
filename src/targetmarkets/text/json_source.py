"""JSON as text, and what the standard parser does not tell: repeated keys, and lines."""

import re
from collections.abc import Container, Iterator
from itertools import accumulate
from typing import Any, NoReturn

from targetmarkets import limits

Path = tuple[str | int, ...]
"""The way from the top of a JSON text to a value: keys and list positions."""

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_LEXEME = re.compile(rf'[{{}}\[\],:]|{_STRING}|[^\s{{}}\[\],:"]+')
_NO_BRACKET = re.compile(rf'{_STRING}|[^{{}}\[\]"]+')


def parse(text: str) -> Any:
    """Parse a JSON text strictly.

    Raises `json.JSONDecodeError`, or `RecursionError` for a text that is nested too deeply: beyond
    the limit, or for the parser. `NaN`
    and `Infinity`, which are not JSON, are refused with a `ValueError`.
    """
    import json  # a sound file is read by the models

    value = json.loads(text, parse_constant=_refuse_constant)
    if _depth(text) > limits.DEPTH.most:
        raise RecursionError(f"it is nested over {limits.DEPTH.most} levels deep")
    return value


def _depth(text: str) -> int:
    """How many lists and objects of a well-formed text lie in one another, at most."""
    brackets = _NO_BRACKET.sub("", text)
    steps = (1 if bracket in "[{" else -1 for bracket in brackets)
    return max(accumulate(steps), default=0)


def parse_unambiguous(text: str) -> Any:
    """Parse a JSON text that says each thing once. Raises `ValueError` or `RecursionError`."""
    value = parse(text)
    for path in repeated_keys(text):
        raise ValueError(f"the key {show_path(path)} stands there twice")
    return value


def dump(value: object) -> str:
    """A value as a JSON text."""
    import json

    return json.dumps(value, ensure_ascii=False)


def has_repeated_keys(text: str | bytes) -> bool:
    """Whether a key stands in its object for the second time; far faster than to say where."""
    import json

    repeated = False

    def note(pairs: list[tuple[str, Any]]) -> None:
        nonlocal repeated
        if len(dict(pairs)) < len(pairs):
            repeated = True

    json.loads(text, object_pairs_hook=note)
    return repeated


_IN_STRING = re.compile(rb':(?<=[^" \t\r\n]:)')


def most_keys(text: bytes) -> int:
    """How many keys a JSON text has at most: so many colons follow a quotation mark or white space,
    as each does that stands behind a key. Strings may hold such colons too.
    """
    return text.count(b":") - len(_IN_STRING.findall(text))


def repeated_keys(text: str) -> Iterator[Path]:
    """Paths to keys that stand in their object for the second time or more."""
    if not has_repeated_keys(text):  # as in any sound file
        return
    seen: set[Path] = set()
    for path, _ in values(text):
        if path in seen and isinstance(path[-1], str):
            yield path
        seen.add(path)


_MARKER = re.compile(r"^(?:<{7}|>{7})(?=[ \n])", re.MULTILINE)


def unfinished_merge(text: str) -> tuple[int, int] | None:
    """The first line, from 1, at which a merge of lines left both versions of something, and the
    number of such places; None where there is none. No JSON has such lines.
    """
    begins = [match.start() for match in _MARKER.finditer(text) if match[0].startswith("<")]
    ends = [match for match in _MARKER.finditer(text) if match[0].startswith(">")]
    return (text.count("\n", 0, begins[0]) + 1, len(begins)) if begins and ends else None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def show_path(path: Path) -> str:
    """Write a path as people write it: `claims[3].evidence[0].quote`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def lines_of(text: str, paths: list[Path]) -> list[int | None]:
    """Line (from 1) of the value at each path, or of the nearest value around it.

    All are found in one pass over the text.
    """
    wanted = {path[:length] for path in paths for length in range(len(path) + 1)}
    found: dict[Path, int] = {}
    line, counted = 1, 0
    for path, offset in values(text, wanted):
        if path in wanted:
            line += text.count("\n", counted, offset)
            counted = offset
            found[path] = line
    return [
        next((found[path[:n]] for n in range(len(path), -1, -1) if path[:n] in found), None)
        for path in paths
    ]


def values(text: str, within: Container[Path] | None = None) -> Iterator[tuple[Path, int]]:
    """Every value of a well-formed JSON text, with the offset at which it starts.

    A value in an object is placed at its key, which is where an editor would look for it. What
    stands in a list or an object that is not `within` these is passed over, which is far faster.
    """
    import json

    past = json.JSONDecoder().raw_decode
    path: list[str | int] = []
    containers: list[str] = []
    key_offset = None
    at = 0
    while match := _LEXEME.search(text, at):
        lexeme, offset, at = match[0], match.start(), match.end()
        if lexeme in "]}":
            containers.pop()
            path.pop()
        elif lexeme == ",":
            if containers[-1] == "[":
                path[-1] = int(path[-1]) + 1
            key_offset = None
        elif lexeme == ":":
            continue
        elif containers and containers[-1] == "{" and key_offset is None:
            path[-1] = parse(lexeme) if "\\" in lexeme else lexeme[1:-1]
            key_offset = offset
        else:
            here = tuple(path)
            yield here, offset if key_offset is None else key_offset
            key_offset = None
            if lexeme not in "[{":
                key_offset = offset
            elif within is None or here in within:
                containers.append(lexeme)
                path.append(0 if lexeme == "[" else "")
            else:
                _, at = past(text, offset)
                key_offset = offset
