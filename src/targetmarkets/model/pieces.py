"""A large file read piece by piece: some objects at a time, so that no tree of the whole text is
made beside them, and what repeats in them is held once.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, repeat
from operator import attrgetter
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

from targetmarkets.model.objects import KnowledgeFile
from targetmarkets.model.types import LISTS
from targetmarkets.text.json_source import has_repeated_keys, most_keys

_GIVEN: Final = "__pydantic_fields_set__"
"""Where a model keeps the names of the fields that were given."""

PIECE: Final = 1 << 16
"""Bytes that are read at once: enough that what a call costs does not count."""

_BETWEEN: Final = b"\n    },\n    {"
_LIST_END: Final = b"\n  ]"
"""Where objects, and the lists of them, end in the canonical layout. Nothing within a string looks
so: no line ends there."""


def read_pieces(data: bytes) -> KnowledgeFile | None:
    """The content of a file whose lists and objects begin and end where the canonical layout has
    them, if it has the right shape and no key twice; None for any other, which is not judged.

    Each list is cut between objects. It is sound where each piece is, and its objects have the
    right shape where those of each piece have it.
    """
    frame, bounds = _framed(data)
    try:
        content = KnowledgeFile.model_validate_json(frame)
        if has_repeated_keys(frame):
            return None
        lists = {name: _Reading(name).read(data, *ends) for name, ends in bounds.items()}
    except ValueError:
        return None
    return content.model_copy(update=lists)


def _framed(data: bytes) -> tuple[bytes, dict[str, tuple[int, int]]]:
    """What stands around the lists, with empty ones in their place, and where the content of each
    begins and ends. A list that is not where the canonical layout has it stays in its place.
    """
    frame, bounds, at = [], {}, 0
    for name in LISTS:
        head = f'\n  "{name}": ['.encode()
        if (start := data.find(head + b"\n", at)) > 0:
            start += len(head)
            if (end := data.find(_LIST_END, start)) > 0:
                bounds[name] = start, end
                frame.append(data[at:start])
                at = end
    return b"".join((*frame, data[at:])), bounds


class _Reading:
    """One list that is read."""

    def __init__(self, name: str) -> None:
        list_: Any = KnowledgeFile.model_fields[name].annotation
        self._adapter = TypeAdapter(list_)
        self._shared: dict[tuple[str, ...], set[str]] = {}

    def read(self, data: bytes, start: int, end: int) -> tuple[Any, ...]:
        """The objects between two places of a text. Raises `ValueError` for a wrong shape, and for
        a key that stands twice in an object.
        """
        items: list[Any] = []
        for piece in _pieces(data, start, end):
            read = self._adapter.validate_json(piece)
            if _number_given(read) < most_keys(piece) and has_repeated_keys(piece):
                raise ValueError("a key stands twice in one object")
            self._share(read)
            items += read
        return tuple(items)

    def _share(self, models: Sequence[BaseModel]) -> None:
        """Let models of which the same fields were given share the set of their names, which takes
        almost as much memory as the fields.
        """
        given = [*map(attrgetter(_GIVEN), models)]
        shared = map(self._shared.setdefault, map(tuple, given), given)
        deque(map(object.__setattr__, models, repeat(_GIVEN), shared), maxlen=0)


def _number_given(models: Iterable[BaseModel]) -> int:
    """How many fields were given of models of one type and of all in them. No loop looks at one
    model at a time: there are many.
    """
    models = [*models]
    if not models:
        return 0
    number = sum(map(len, map(attrgetter(_GIVEN), models)))
    for name, is_many in _holding(type(models[0])):
        held = filter(None, map(attrgetter(name), models))
        number += _number_given(chain.from_iterable(held) if is_many else held)
    return number


def _pieces(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """The content of a list, cut between objects into lists of their own."""
    while (cut := data.find(_BETWEEN, start + PIECE, end)) > 0:
        comma = data.index(b",", cut)
        yield b"[%b]" % data[start:comma]
        start = comma + 1
    yield b"[%b]" % data[start:end]


@cache
def _holding(model: type[BaseModel]) -> Sequence[tuple[str, bool]]:
    """The fields of a model that hold models of one type, each with whether it holds many."""
    found = []
    for name, field in model.model_fields.items():
        types = [*_types(field.annotation)]
        if sum(map(_is_model, types)) == 1:
            found.append((name, any(get_origin(type_) is tuple for type_ in types)))
    return found


def _types(annotation: Any) -> Iterator[Any]:
    """The types of which an annotation is made."""
    yield annotation
    for part in get_args(annotation):
        yield from _types(part)


def _is_model(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, BaseModel)
