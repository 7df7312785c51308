"""A knowledge base in its JSON file: read, validated, held in memory, and set out in text."""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import contextmanager
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from targetmarkets import limits
from targetmarkets.errors import InvalidError
from targetmarkets.kb.files import decode, read_bytes
from targetmarkets.kb.knowledge import RELATIONS, Knowledge
from targetmarkets.kb.lookup import Objects
from targetmarkets.kb.paths import bundled, file_of, locate
from targetmarkets.model.integrity import LARGE, read_structure, sound
from targetmarkets.model.objects import SCHEMA_VERSION
from targetmarkets.model.types import LIST_OF, LISTS
from targetmarkets.text.json_source import dump, unfinished_merge

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from targetmarkets.kb.history import PastChange
    from targetmarkets.kb.knowledge import Wanted
    from targetmarkets.kb.lookup import Item
    from targetmarkets.model.findings import Finding
    from targetmarkets.model.objects import Claim, KnowledgeFile
    from targetmarkets.model.stored import Stored


class FileKnowledge(Knowledge):
    """A knowledge base of which the whole file was read."""

    def __init__(self, content: KnowledgeFile, path: Path) -> None:
        self.content = content
        """Everything, as the file has it."""
        self.path = path
        self._of: dict[type[Stored], Objects[Any]] = {}
        self.covers = content.covers
        self._among: dict[tuple[str, ...], Objects[Any]] = {}
        self._related: dict[str, Mapping[str, Sequence[Any]]] = {}

    def hold_little(self) -> None:
        """It was read as a whole, and is held as a whole."""

    def says(self, name: str) -> str | None:
        return {"covers": self.content.covers, "$schema": self.content.schema_}.get(name)

    def of(self, model: type[Item]) -> Objects[Item]:
        if model not in self._of:
            self._of[model] = self.among((LIST_OF[model.word()],))
        return self._of[model]

    def among(self, lists: Sequence[str]) -> Objects[Any]:
        key = tuple(lists)
        if key not in self._among:
            items = chain.from_iterable(getattr(self.content, name) for name in key)
            self._among[key] = Objects(items)
        return self._among[key]

    def related(self, relation: str, id_: str) -> Sequence[Any]:
        if relation not in self._related:
            lists, leading, order = RELATIONS[relation]
            items = self.among(lists).values()
            pairs = ((id_, item) for item in items for id_ in leading(item))
            found = _grouped(pairs)
            for led_to in found.values() if order else ():
                led_to.sort(key=order)
            self._related[relation] = found
        return self._related[relation].get(id_, ())

    def claims_on_source(self, id_: str) -> Sequence[Claim]:
        return self._resting.get(id_, ())

    @cached_property
    def _resting(self) -> Mapping[str, Sequence[Claim]]:
        return _grouped((id_, c) for c in self.claims.values() for id_ in self.sources_of(c))

    def position(self, id_: str) -> int:
        return self._positions[id_]

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {id_: place for place, id_ in enumerate(self.among(tuple(LISTS)))}

    def with_filters(self, model: type[Item], wanted: Wanted) -> Iterable[Item]:  # noqa: ARG002 - all will do
        return self.of(model).values()

    def history(self, ids: Sequence[str] = ()) -> Iterator[PastChange]:
        from targetmarkets.kb.history import history_beside  # few ask for it

        return history_beside(self.path, ids)

    def put(self, items: Iterable[Stored], removed: Iterable[Stored] = ()) -> FileKnowledge:
        """The knowledge base with some objects, and without others: each in the place of the one
        with the same id, or else at a place of its own, where git can merge what two people add.
        Quotations stand in the order of the sources and of their texts.
        """
        from targetmarkets.kb.placing import Places  # only a write needs it

        given: dict[str, list[Stored]] = defaultdict(list)
        for item in items:
            given[LIST_OF[item.word()]].append(item)
        changed: dict[str, tuple[Stored, ...]] = {}
        gone: dict[str, list[str]] = defaultdict(list)
        for item in removed:
            gone[LIST_OF[item.word()]].append(item.id)
        for name in {**given, **gone}:
            places = Places(getattr(self.content, name))
            for item in given[name]:
                places.put(item)
            for id_ in gone[name]:
                places.drop(id_)
            changed[name] = tuple(places)
        return FileKnowledge(tidy(self.content.model_copy(update=changed)), self.path)


def _grouped(pairs: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    """Objects by the ids that lead to them."""
    found: dict[str, list[Item]] = defaultdict(list)
    for id_, item in pairs:
        found[id_].append(item)
    return found


def tidy(content: KnowledgeFile) -> KnowledgeFile:
    """The content in canonical order: quotations in the order of the sources and of their texts.

    The other lists keep their order, which is the curator's: dossiers follow it.
    """
    order = {source.id: index for index, source in enumerate(content.sources)}
    last = len(order)
    quotes = sorted(content.quotes, key=lambda q: (order.get(q.source, last), q.start, q.end, q.id))
    return content.model_copy(update={"quotes": tuple(quotes)})


def load(kb: str | os.PathLike[str] | None = None) -> FileKnowledge:
    """Load a knowledge base: the bundled one, or the file or folder that is named.

    Raises `UnreadableError` where there is nothing to read, and `InvalidError`, with its
    findings, where what was read is not a knowledge base.
    """
    path = file_of(locate(kb), "this")
    return load_bytes(read_bytes(path), path)


def load_bytes(data: bytes, path: Path, *, passing: bool = False) -> FileKnowledge:
    """The same for the bytes of a file; of a `passing` one nothing is noted. To make a text of them
    takes long, and only faults are told by it. Raises `UnreadableError` and `InvalidError`.
    """
    with uncollected():
        if len(data) < LARGE or passing:
            content = sound(data, trusted=path == bundled())
        else:
            content = _found_sound(data, path)
    if content is None:
        return load_text(decode(data, str(path)), path)
    return FileKnowledge(content, path)


def _found_sound(data: bytes, path: Path) -> KnowledgeFile | None:
    """The content of a file, if it is sound; of one that was found so before, only the shape is
    looked at.
    """
    from targetmarkets.kb.found_sound import Note  # a small one is not noted
    from targetmarkets.model.pieces import read_again

    note = Note(path, data)
    if note.is_kept() and (content := read_again(data)):
        return content
    content = sound(data)
    if content:
        note.keep()
    return content


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python not look for garbage: what is read is all kept, and it would look through all of
    it again and again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load_text(text: str, path: Path) -> FileKnowledge:
    """The same for the text of a file. Raises `InvalidError`."""
    inspection = inspect_text(text, path)
    if inspection.findings or inspection.content is None:
        raise unusable(path, inspection.findings)
    return FileKnowledge(inspection.content, path)


def unusable(path: Path, findings: Sequence[Finding]) -> InvalidError:
    """The error for a file that was read, and in which something stops it from loading."""
    return InvalidError(
        f"{path} is not a knowledge base that can be used",
        "mend what is listed; tm verify lists it too",
        findings,
    )


class Inspection(NamedTuple):
    """What reading a file came to."""

    content: KnowledgeFile | None
    """The content, or None where its shape is broken."""
    findings: list[Finding]
    """Everything that stops it from loading."""


def inspect_text(text: str, path: Path) -> Inspection:
    """Read the text of a knowledge base, with everything that stops it from loading.

    Raises `InvalidError` where there is no JSON to read.
    """
    try:
        return Inspection(*read_structure(text, str(path)))
    except RecursionError:
        most = limits.DEPTH.most
        message = f"{path}: the JSON is nested too deeply, over {most} levels"
    except ValueError as error:
        if merge := unfinished_merge(text):
            raise _unfinished(path, *merge) from error
        message = f"{path}{_json_problem(error)}" if text.strip() else f"{path} is empty"
    raise InvalidError(message, "restore the file, or correct it there")


def _unfinished(path: Path, line: int, places: int) -> InvalidError:
    """The error for a file that git merged by its lines, and could not."""
    often = "in one place" if places == 1 else f"in {places} places, first there"
    return InvalidError(
        f"{path}, line {line}: a merge is not finished: {often} both versions stand, between "
        "<<<<<<< and >>>>>>>",
        "choose in each; or git merge --abort, and merge by meaning: tm merge --help says how",
    )


def _json_problem(error: ValueError) -> str:
    """Where a text is not JSON, as far as the parser knows, and why."""
    import json  # a sound file is read by the models

    if isinstance(error, json.JSONDecodeError):
        return f", line {error.lineno}, column {error.colno}: not JSON: {error.msg}"
    return f": not JSON: {str(error).partition(';')[0]}"


def laid_out(content: KnowledgeFile, before: KnowledgeFile, data: bytes) -> bytes:
    """Text of a knowledge base in its canonical layout, as it takes the place of another. Of a
    large one, lists that are as in that other stay as they were written, which takes no time.
    """
    kept: Mapping[str, bytes] = {}
    if len(data) >= LARGE:
        from targetmarkets.model.pieces import lists_in  # a small one is written at once

        kept = lists_in(data)
    same = (name for name in kept if getattr(before, name) == getattr(content, name))
    return _file(content, {name: kept[name] for name in same})


def write_canonical(content: KnowledgeFile) -> str:
    """Text of a knowledge base in its canonical layout: fields in the order of the models, two
    spaces, what has its default left out.
    """
    return _file(content, {}).decode()


def _file(content: KnowledgeFile, kept: Mapping[str, bytes]) -> bytes:
    """A knowledge base as it is written, with the text of some fields as it is kept."""
    from pydantic import TypeAdapter  # only it gives bytes

    dump = TypeAdapter(type(content)).dump_json

    def text(name: str) -> bytes:
        alone = dump(content, include={name}, indent=2, by_alias=True, exclude_defaults=True)
        return alone.removeprefix(b"{").removesuffix(b"}").strip(b"\n")

    fields = (kept.get(name) or text(name) for name in type(content).model_fields)
    return b"{\n" + b",\n".join(filter(None, fields)) + b"\n}\n"


def written_in_order(kb: Knowledge) -> Iterator[bytes]:
    """That text, piece by piece, of a knowledge base that is stored in whatever way."""
    said = {"$schema": kb.says("$schema"), "schema_version": SCHEMA_VERSION}
    head = {**said, "covers": kb.says("covers")}
    fields = [
        f"  {dump(name)}: {dump(value)}".encode()
        for name, value in head.items()
        if value is not None
    ]
    yield b"{\n" + b",\n".join(fields)
    for name in LISTS:
        before = f',\n  "{name}": [\n    '.encode()
        for item in kb.among([name]).values():
            text = item.model_dump_json(indent=2, by_alias=True, exclude_defaults=True)
            yield before + text.replace("\n", "\n    ").encode()
            before = b",\n    "
        if before == b",\n    ":
            yield b"\n  ]"
    yield b"\n}\n"
