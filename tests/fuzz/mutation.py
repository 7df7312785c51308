"""A JSON text with something wrong in it: a byte, a token, a line or a whole value."""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from hypothesis import strategies as st

from tests.fuzz import hostile

Place = tuple[str | int, ...]

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+|\s+')

TOKENS: Final = (
    "{", "}", "[", "]", ",", ":", "null", "true", "NaN", "Infinity", "-Infinity", "1e999", "-1e999",
    "1E5", "-0", "0.5", "01", "+1", "9" * 5_000, "1" + "0" * 400, "-1", "1.0", '""', '"', "'a'",
    '"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"', '"\\u001b[31m"', '"\\u202e"', '"\\x"', '"\\u12"',
    '"a\nb"', '"\t"', '"id"', '"syria"', '"__proto__"', "undefined", "/* c */", "// c\n", "#",
    "\x00", "\x1b", "\u2028", "\ufeff", "[" * 2_000, '{"a":' * 2_000, '"' + "x" * 100_000 + '"',
)  # fmt: skip

values: Final = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.sampled_from((0, -1, 1, 2, 2**31, 2**63, 2**64, -(2**63), 10**400, 1.0, 1e308, 0.1)),
        hostile.texts,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(hostile.texts, inner, max_size=3)
    ),
    max_leaves=5,
)
"""Any value of JSON, and some that are none."""

WHOLES: Final = (
    b"", b" ", b"\n", b"null", b"true", b"0", b'""', b"[]", b"{}", b"[{}]", b"{", b"[[[", b'{"a"',
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xef\xbb\xbf{}", b"[" * 100_000, b'{"a":' * 50_000,
    b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 900 + b"1" + b"}" * 900, b"9" * 100_000, b"NaN",
    b'{"schema_version": 1}', b'{"schema_version": 1, "schema_version": 1}',
    b'{"schema_version": 2}',
    b'{"schema_version": true}', b'{"schema_version": 1.0}', b'{"schema_version": 1e400}',
    b'{"schema_version": 1, "claims": null}', b'{"schema_version": 1, "claims": {}}',
    b'{"schema_version": 1, "x\\ud800": 1}', b'{"schema_version": 1, "\\u001b[31m": 1}',
    b'{"schema_version": 1, "customers": [[]]}', b'{"schema_version": 1, "customers": ["syria"]}',
    b"%PDF-1.4", b"<html>", b"id,name\n1,2\n", b"\x1f\x8b\x08\x00",
)  # fmt: skip

ENCODINGS: Final = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "utf-7")


class Base:
    """A sound text; Hypothesis need not print the whole of it."""

    def __init__(self, text: str) -> None:
        self.data: Any = json.loads(text)
        self.text = json.dumps(self.data, ensure_ascii=False, indent=1)
        self.tokens = _TOKEN.findall(self.text)

    def __repr__(self) -> str:
        return f"Base({self.text[:20]!r}…)"


def mutated(text: str) -> st.SearchStrategy[bytes]:
    """A JSON text as some bytes that may be anything but sound."""
    base = Base(text)
    return st.one_of(
        _structures(base),
        _structures(base),
        _structures(base),
        _tokens(base),
        _lines(base),
        _bytes(base),
        st.sampled_from(WHOLES),
        st.sampled_from(ENCODINGS).map(lambda name: base.text.encode(name, "replace")),
    )


@st.composite
def _structures(draw: st.DrawFn, base: Base) -> bytes:
    """One value or a few exchanged, left out, doubled, moved, wrapped or renamed."""
    data = copy.deepcopy(base.data)
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, 4)))):
        place = draw(st.sampled_from(list(_places(data))))
        if not place:
            data = draw(values)
            continue
        owner = _at(data, place[:-1])
        _edit(draw, data, owner, place)
    return json.dumps(data, ensure_ascii=draw(st.booleans()), indent=1).encode(
        "utf-8", "surrogatepass"
    )


def _edit(draw: st.DrawFn, data: Any, owner: Any, place: Place) -> None:
    key: Any = place[-1]
    match draw(
        st.sampled_from(("value", "value", "text", "swap", "delete", "wrap", "more", "name"))
    ):
        case "value":
            owner[key] = draw(values)
        case "text":
            old = owner[key] if isinstance(owner[key], str) else ""
            cut = draw(st.integers(0, len(old)))
            owner[key] = old[:cut] + draw(hostile.texts) + old[cut:]
        case "swap":
            owner[key] = copy.deepcopy(_at(data, draw(st.sampled_from(list(_places(data))))))
        case "delete":
            del owner[key]
        case "wrap":
            owner[key] = draw(
                st.sampled_from(([owner[key]], {"id": owner[key]}, [owner[key]] * 50))
            )
        case "more" if isinstance(owner, list):
            owner.insert(key, copy.deepcopy(owner[key]))
        case _ if isinstance(owner, dict):
            owner[draw(hostile.texts)] = owner.pop(key) if draw(st.booleans()) else draw(values)


def _places(data: Any) -> Iterator[Place]:
    """The way to every value, with that to the whole."""
    yield ()
    items = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in items:
        for rest in _places(value):
            yield (key, *rest)


def _at(data: Any, place: Place) -> Any:
    for key in place:
        data = data[key]
    return data


@st.composite
def _tokens(draw: st.DrawFn, base: Base) -> bytes:
    tokens = list(base.tokens)
    for _ in range(min(len(base.tokens) // 4, draw(st.integers(1, 3)))):
        index = draw(st.integers(0, len(tokens) - 1))
        match draw(st.sampled_from(("put", "insert", "delete", "double", "swap"))):
            case "put":
                tokens[index] = draw(st.sampled_from(TOKENS))
            case "insert":
                tokens.insert(index, draw(st.sampled_from(TOKENS)))
            case "delete":
                del tokens[index]
            case "double":
                tokens.insert(index, tokens[index])
            case "swap":
                other = draw(st.integers(0, len(tokens) - 1))
                tokens[index], tokens[other] = tokens[other], tokens[index]
    return "".join(tokens).encode("utf-8", "surrogatepass")


@st.composite
def _lines(draw: st.DrawFn, base: Base) -> bytes:
    """Lines doubled, which makes keys stand twice, left out or exchanged."""
    lines = base.text.split("\n")
    for _ in range(min(len(lines) - 1, draw(st.integers(1, 3)))):
        index = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(("double", "double", "delete", "swap"))):
            case "double":
                lines.insert(index, lines[index])
            case "delete":
                del lines[index]
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[index], lines[other] = lines[other], lines[index]
    return draw(st.sampled_from(("\n", "\n", "\r\n", "\r"))).join(lines).encode()


@st.composite
def _bytes(draw: st.DrawFn, base: Base) -> bytes:
    data = bytearray(base.text.encode())
    for _ in range(draw(st.sampled_from((1, 1, 2, 8)))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(("put", "insert", "delete", "cut", "begin"))):
            case "put":
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case "insert":
                data[at:at] = draw(hostile.binaries)
            case "delete":
                del data[at : at + draw(st.integers(1, 100))]
            case "cut":
                del data[at:]
            case "begin":
                del data[:at]
    return bytes(data)
