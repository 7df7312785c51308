"""A large file read piece by piece: some objects at a time, so that no tree of the whole text is
made beside them, and what repeats in them is held once.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, repeat
from operator import attrgetter
from typing import IO, Any, Final, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from targetmarkets.model.objects import KnowledgeFile
from targetmarkets.model.stored import Stored
from targetmarkets.model.ties import Ties
from targetmarkets.model.types import LISTS
from targetmarkets.text.json_source import has_repeated_keys, most_keys

_GIVEN: Final = "__pydantic_fields_set__"
"""Where a model keeps the names of the fields that were given."""

PIECE: Final = 1 << 16
"""Bytes that are read at once: enough that what a call costs does not count."""

MAX_PIECE: Final = 1 << 26
"""Bytes of an object, or of what stands beside the lists, that are more than there can be."""

_BETWEEN: Final = b"\n    },\n    {"
_LIST_END: Final = b"\n  ]"
_OBJECT_END: Final = b"    },\n"
_ENDS: Final = (b"  ],\n", b"  ]\n")
_HEADS: Final = {f'  "{name}": [\n'.encode(): name for name in LISTS}
"""Where objects, and the lists of them, end in the canonical layout. Nothing within a string looks
so: no line ends there."""


def read_pieces(data: bytes) -> tuple[KnowledgeFile, Ties] | None:
    """The content of a file whose lists and objects begin and end where the canonical layout has
    them, if it has the right shape and no key twice, and its ties, gathered from each piece while
    that is at hand; None for any other, which is not judged.

    Each list is cut between objects. It is sound where each piece is, and its objects have the
    right shape where those of each piece have it.
    """
    ties = Ties()
    content = _read(data, ties)
    return (content, ties) if content else None


def read_again(data: bytes) -> KnowledgeFile | None:
    """The same of bytes that were found sound before: no keys are counted and no ties gathered."""
    return _read(data, None)


def _read(data: bytes, ties: Ties | None) -> KnowledgeFile | None:
    frame, bounds = _framed(data)
    try:
        content = KnowledgeFile.model_validate_json(frame)
        if ties is not None and has_repeated_keys(frame):
            return None
        lists = {name: _Reading(name).read(data, ends, ties) for name, ends in bounds.items()}
    except ValueError:
        return None
    if ties is not None:
        for name in LISTS:  # what is not in the canonical layout stayed here
            ties.add(name, getattr(content, name))
    return content.model_copy(update=lists)


def lists_in(data: bytes) -> dict[str, bytes]:
    """The text of each list of a file that was read, with its name, where the canonical layout has
    it; none at all where it is not sure that these are the lists.
    """
    frame, bounds = _framed(data)
    try:
        beside = KnowledgeFile.model_validate_json(frame)
    except ValidationError:
        return {}
    if any(getattr(beside, name) for name in LISTS):
        return {}
    return {
        name: b'  "%b": [%b%b' % (name.encode(), data[start:end], _LIST_END)
        for name, (start, end) in bounds.items()
    }


class Streamed:
    """The objects of a file in the canonical layout, list after list; a piece of it is held.

    Iterating raises `ValueError` for another layout, a wrong shape, and a key that stands twice.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.frame: KnowledgeFile | None = None
        """What the file says beside its lists, which are empty here; None until all is read."""

    def __iter__(self) -> Iterator[Stored]:
        frame: list[bytes] = []
        size = 0
        for line in self._lines():
            frame.append(line)
            size += len(line)
            if size > MAX_PIECE:
                raise ValueError("what stands beside the lists has no end")
            if (name := _HEADS.get(line)) is not None:
                yield from self._listed(name)
                frame.append(b"]")
                frame.append(b"," if self._goes_on else b"")
        whole = b"".join(frame)
        try:
            self.frame = KnowledgeFile.model_validate_json(whole)
        except ValidationError as error:
            raise ValueError(_first_of(error)) from error
        if has_repeated_keys(whole):
            raise ValueError("a key stands twice")
        if any(getattr(self.frame, name) for name in LISTS):
            raise ValueError("a list is not in the canonical layout")

    def _listed(self, name: str) -> Iterator[Stored]:
        reading, number = _Reading(name), 0
        for piece in self._pieces():
            try:
                text = b"[%b]" % piece
                objects = reading.objects(text)
                _refuse_repeated_keys(text, objects)
            except ValidationError as error:
                message = f"{name}, among the objects behind {number}: {_first_of(error)}"
                raise ValueError(message) from error
            yield from objects
            number += len(objects)

    def _pieces(self) -> Iterator[bytes]:
        """The lines of a list, some objects at a time, without the commas between them."""
        lines: list[bytes] = []
        size = 0
        for line in self._lines():
            if line in _ENDS:
                self._goes_on = line.endswith(b",\n")
                if lines:
                    yield b"".join(lines)
                return
            lines.append(line)
            size += len(line)
            if size > PIECE and line == _OBJECT_END:
                yield b"".join(lines).removesuffix(b",\n")
                lines, size = [], 0
            if size > MAX_PIECE:
                raise ValueError("an object has no end")
        raise ValueError("a list has no end")

    def _lines(self) -> Iterator[bytes]:
        return iter(partial(self._file.readline, PIECE), b"")


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
        self._name = name
        self._adapter = TypeAdapter(list_)
        self._shared: dict[tuple[str, ...], set[str]] = {}

    def read(self, data: bytes, ends: tuple[int, int], ties: Ties | None) -> tuple[Any, ...]:
        """The objects between two places of a text, and their ties. Raises `ValueError` for a wrong
        shape, and for a key that stands twice in an object; that, if ties are asked for.
        """
        found: list[Any] = []
        for piece in _pieces(data, *ends):
            objects = self.objects(piece)
            if ties is not None:
                _refuse_repeated_keys(piece, objects)
                ties.add(self._name, objects)
            found += objects
        return tuple(found)

    def objects(self, piece: bytes) -> Sequence[Any]:
        """The objects of a piece, which is a list of its own. Raises `ValueError` for a wrong
        shape.
        """
        read: Sequence[Any] = self._adapter.validate_json(piece)
        self._share(read)
        return read

    def _share(self, models: Sequence[BaseModel]) -> None:
        """Let models of which the same fields were given share the set of their names, which takes
        almost as much memory as the fields.
        """
        given = [*map(attrgetter(_GIVEN), models)]
        shared = map(self._shared.setdefault, map(tuple, given), given)
        deque(map(object.__setattr__, models, repeat(_GIVEN), shared), maxlen=0)


def _refuse_repeated_keys(piece: bytes, objects: Sequence[BaseModel]) -> None:
    """Raise `ValueError` where a key stands twice in an object of a piece that was read."""
    if _number_given(objects) < most_keys(piece) and has_repeated_keys(piece):
        raise ValueError("a key stands twice in one object")


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


def _first_of(error: ValidationError) -> str:
    """The first fault of a shape, in a line."""
    detail = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(map(str, detail["loc"]))
    return f"{where}: {detail['msg']}" if where else detail["msg"]


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
