"""Objects from what a person writes, and what can be read off filled in; pure functions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeGuard, TypeVar

from pydantic import BaseModel, ValidationError

from targetmarkets import limits
from targetmarkets.errors import ConflictError, UsageError, shorten
from targetmarkets.evidence.archive import ArchivedText, open_archive
from targetmarkets.kb.files import decode
from targetmarkets.kb.json_file import inspect_text, load_text, unusable
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import resolve
from targetmarkets.model.integrity import explain
from targetmarkets.model.objects import Claim, KnowledgeFile, Source
from targetmarkets.model.parts import FILE_PATTERN
from targetmarkets.model.stored import Stored
from targetmarkets.text import json_source
from targetmarkets.text.offsets import offsets_of_each

Built = TypeVar("Built", bound=BaseModel)


def build(model: type[Built], fields: object) -> Built:
    """An object of the file from values as JSON has them.

    Raises `UsageError` with everything that is wrong, field by field.
    """
    try:
        return model.model_validate_json(json_source.dump(fields))
    except ValidationError as error:
        problems = [
            f"{json_source.show_path(tuple(detail['loc'])) or 'the whole'}: {explain(detail)}"
            for detail in error.errors(include_url=False)
        ]
        message = f"this is no {model.__name__.lower()}: " + "; ".join(problems)
        raise UsageError(
            message, "see docs/data-model.md for the fields and their values"
        ) from error


def parse_typed(text: str, remedy: str) -> Any:
    """JSON that a person gives. Raises `UsageError` where it is none, or says a thing twice."""
    try:
        return json_source.parse_unambiguous(text)
    except (ValueError, RecursionError) as error:
        message = f"this is not JSON that can be read in one way: {error}"
        raise UsageError(message, remedy) from error


def stored_text(item: Stored) -> str:
    """An object as the file has it, for a person to edit."""
    return item.model_dump_json(indent=2, by_alias=True, exclude_defaults=True) + "\n"


def rewritten(kb: Knowledge, item: Stored, text: str) -> Stored:
    """An object as it is written in a text, to take the place of what it was.

    Raises `UsageError` if the text is no such object or has another id, and `ConflictError` if
    somebody else changed the object meanwhile.
    """
    if kb.objects.get(item.id) != item:
        message = f"{item.id} was changed by somebody else meanwhile: nothing was written"
        raise ConflictError(message, "edit what it is now")
    new = build(type(item), parse_typed(text, "correct it there"))
    if new.id != item.id:
        message = f"the id {item.id} cannot become {new.id}: it may have been cited"
        raise UsageError(message, f"tm rename {item.id} {new.id} does it, and keeps the old one")
    return new


def retracted(claim: Claim, reason: str) -> Claim:
    """A claim, retracted. Raises `UsageError` for one that is already."""
    if claim.status == "retracted":
        raise UsageError(
            f"{claim.id} is retracted already: {claim.retraction}", f"tm show {claim.id}"
        )
    fields = {**claim.model_dump(mode="json"), "status": "retracted", "retraction": reason.strip()}
    return build(Claim, fields)


MAX_REFERRING_NAMED: Final = 5
"""Objects that a message names as what stands in the way."""


def removable(kb: Knowledge, names: Iterable[str]) -> list[Stored]:
    """Objects that are to be taken away, each once.

    Raises `RequestError` for a name that means nothing, and `UsageError` for a claim and for what
    others refer to.
    """
    items = {item.id: item for item in (resolve(name, kb.objects, "object") for name in names)}
    for item in items.values():
        if isinstance(item, Claim):
            message = f"{item.id} is a claim, and stays: somebody may have cited it"
            raise UsageError(message, f"tm retract {item.id} says that it was wrong")
        if others := [other.id for other in kb.mentioning(item.id) if other.id not in items]:
            more = len(others) - MAX_REFERRING_NAMED
            shown = ", ".join(others[:MAX_REFERRING_NAMED]) + (f" and {more} more" * (more > 0))
            message = f"{item.id} is not removed: {shown} refer{'s' * (len(others) == 1)} to it"
            raise UsageError(message, "remove or change that first")
    return [*items.values()]


def files_of(item: Stored) -> list[str]:
    """The names of the files that an object keeps among the archived texts."""
    archive = item.archive if isinstance(item, Source) else None
    return [record.file for record in archive.kept] if archive else []


def renamed(kb: Knowledge, name: str, id_: str) -> tuple[Stored, Stored, list[Stored]]:
    """An object as it is and with another id, and what refers to it as it then does.

    Raises `RequestError` for a name that means nothing, and for what is no id.
    """
    old = resolve(name, kb.objects, "object")
    if old.id == id_:
        raise UsageError(f"{id_} is its id already", "give another one")
    ids = {old.id: id_}
    new = with_ids(old, ids)
    former = (*(other for other in old.formerly if other != id_), old.id)
    new = new.model_copy(update={"formerly": former})
    return old, new, [with_ids(item, ids) for item in kb.mentioning(old.id)]


def with_ids(item: Built, ids: Mapping[str, str]) -> Built:
    """An object in which ids, its own and those that it refers to, are replaced by others."""
    assert isinstance(item, Stored)
    places = [(path, id_) for path, id_, _ in item.mentions() if id_ in ids]
    if item.id not in ids and not places:
        return item
    fields = item.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    fields["id"] = ids.get(item.id, item.id)
    for (*way, last), id_ in places:
        part: Any = fields
        for step in way:
            part = part[step]
        part[last] = ids[id_]
    return build(type(item), fields)


def fill(text: str, path: Path) -> KnowledgeFile:
    """The content of a file in which spans of quotations and hashes of archives may be missing.

    What is missing is read from the archived texts; what is there is left as it is. Raises
    `InvalidError` where there is no such file, `UsageError` where a quotation does not stand in
    its source exactly once, and `UnreadableError`.
    """
    try:
        data = json_source.parse(text)
        given = json_source.dump(data)
    except (ValueError, RecursionError):
        return load_text(text, path).content  # it says what is wrong
    archives: dict[str, ArchivedText] = {}
    for source in _objects(data, "sources"):
        archive = source.get("archive")
        if _names_file(archive):
            archived = open_archive(path, archive["file"])
            decode(archived.data, str(archived.path), "restore the archived text")
            archive.setdefault("sha256", archived.sha256)
            original = archive.get("original")
            if _names_file(original) and "sha256" not in original:
                original["sha256"] = open_archive(path, original["file"], limits.DOCUMENT).sha256
            archives[str(source.get("id"))] = archived
            what = f"a passage that {source.get('id')} sets aside"
            _fill_spans(archived, ((passage, what) for passage in _objects(source, "set_aside")))
    quotes: dict[str, list[tuple[dict[str, Any], str]]] = defaultdict(list)
    for quote in _objects(data, "quotes"):
        quotes[str(quote.get("source"))].append((quote, f"the quotation {quote.get('id')}"))
    for id_, archived in archives.items():
        _fill_spans(archived, quotes[id_])
    filled = json_source.dump(data)
    if filled == given:
        return load_text(text, path).content
    inspection = inspect_text(filled, path)
    if inspection.findings or inspection.content is None:  # its lines are not those of the file
        found = [finding.model_copy(update={"line": None}) for finding in inspection.findings]
        raise unusable(path, found)
    return inspection.content


def _names_file(record: object) -> TypeGuard[dict[str, Any]]:
    """Whether JSON of any shape names an archived file; else loading says what is wrong."""
    file = record.get("file") if isinstance(record, dict) else None
    return isinstance(file, str) and re.fullmatch(FILE_PATTERN, file) is not None


def _objects(data: object, name: str) -> Iterable[dict[str, Any]]:
    """The objects of a list in JSON of any shape."""
    items = data.get(name) if isinstance(data, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _fill_spans(archived: ArchivedText, passages: Iterable[tuple[dict[str, Any], str]]) -> None:
    """Fill in where passages stand that have no span; with each comes what it is in words."""
    sought = [
        (passage, exact, what)
        for passage, what in passages
        if not {"start", "end"} & passage.keys()
        and isinstance(exact := passage.get("exact"), str)
        and exact
    ]
    places = offsets_of_each(archived.text, (exact for _, exact, _ in sought))
    for passage, exact, what in sought:
        if len(places[exact]) != 1:
            often = "more than once" if places[exact] else "nowhere"
            message = f"{what} stands {often} in {archived.path.name}: {shorten(exact)}"
            remedy = "give its start and end, or a longer passage, as it stands there"
            raise UsageError(message, remedy)
        start = places[exact][0]
        passage |= {"start": start, "end": start + len(exact)}
