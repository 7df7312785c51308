"""A source that is there already: found by its document, DOI or address, and completed by what was
given, where its record lacks that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from targetmarkets.errors import UsageError, shorten
from targetmarkets.evidence.twins import with_address_of
from targetmarkets.kb.files import sha256
from targetmarkets.kb.lookup import fold_name
from targetmarkets.kb.resolve import resolve
from targetmarkets.model.csl import Bibliography
from targetmarkets.model.objects import Source
from targetmarkets.text.json_source import dump
from targetmarkets.writing.already import Told
from targetmarkets.writing.archiving import archive_fields
from targetmarkets.writing.edits import build

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.writing.archiving import Document, SourceDraft

_TELLING: Final = ("title", "issued", "DOI")
"""Fields of the record that tell apart works of one address."""


class Known(NamedTuple):
    """A source that is there already."""

    source: Source
    by: str
    """What it has that was given again, in a word."""


def known_work(kb: Knowledge, draft: SourceDraft, document: Document | None) -> Known | None:
    """The source that somebody means who adds one: it has the document, or else its text, or else
    the DOI or address, and no other document; None where there is none.

    Raises `UsageError` for one that has the address alone, and what tells works apart otherwise.
    """
    others = {resolve(name, kb.sources, "source").id for name in draft.reports_on}
    if document and (known := _archived(kb, document, others)):
        return known
    if not {"DOI", "URL"} & draft.record.keys():
        return None
    for what, source in with_address_of(kb, _record(draft, None)):
        if source.id not in others and not (document and source.archive):
            if what == "address" and (otherwise := _otherwise(draft, source)):
                raise _contradicted(source, otherwise)
            return Known(source, what)
    return None


def _otherwise(draft: SourceDraft, source: Source) -> list[str]:
    """What tells works apart and was given otherwise than a source has it, with both values."""
    there = source.bibliography.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    given = _record(draft, source).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    pairs = [(name, given.get(name), there.get(name)) for name in _TELLING]
    told = [
        f"{name} {_shown(value)}, there {_shown(known)}"
        for name, value, known in pairs
        if value and known and not _agree(value, known)
    ]
    if draft.id is not None and draft.id not in source.ids:
        told.append(f"id {_shown(draft.id)}, there {_shown(source.id)}")
    return told


def _agree(one: Any, other: Any) -> bool:
    """Whether two values may be of one work: a month agrees with a day in it."""
    if isinstance(one, str):
        return fold_name(one) == fold_name(other)
    dates = one.get("date-parts"), other.get("date-parts")
    if not all(dates):
        return bool(one == other)
    pairs = zip(*dates, strict=False)
    return all(a == b for left, right in pairs for a, b in zip(left, right, strict=False))


def _contradicted(source: Source, otherwise: Sequence[str]) -> UsageError:
    """The error for a work that has the address of a source, and is described as another."""
    message = f"{source.id} has this address already, and this is given otherwise: "
    remedy = (
        f"if it is that work, leave that out; tm edit {source.id} changes it. If it is another, "
        f"give its own address, or --reports-on {source.id} where it is a part of that or reports "
        "on it"
    )
    return UsageError(message + "; ".join(otherwise), remedy)


def _archived(kb: Knowledge, document: Document, others: Collection[str]) -> Known | None:
    """The source that has a document, or else, but for some others, one that has its text."""
    own, text = sha256(document.data), sha256(document.extraction.text.encode())
    alike = None
    for source in kb.archived:
        hashes = {kept.sha256 for kept in source.archive.kept} if source.archive else set()
        if own in hashes:
            return Known(source, "document")
        if alike is None and text in hashes and source.id not in others:
            alike = Known(source, "text")
    return alike


def _record(draft: SourceDraft, source: Source | None) -> Bibliography:
    usual = source.bibliography.type if source else "document"
    return build(Bibliography, {"type": usual, **draft.record})


class Completed(NamedTuple):
    """A source with what was given of it."""

    source: Source
    files: Mapping[str, bytes]
    """The files that it brings."""
    told: Sequence[Told]


def completed(
    kb: Knowledge, known: Known, draft: SourceDraft, document: Document | None
) -> Completed:
    """A source that is there, with what was given and its record lacks; what differs stays as it
    is, and is told. Raises `RequestError`.
    """
    source = known.source
    there, given = (
        record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
        for record in (source.bibliography, _record(draft, source))
    )
    lacking = {name: value for name, value in given.items() if not there.get(name)}
    pairs = [(name, there.get(name), value) for name, value in given.items()]
    pairs.append(("descriptor", source.descriptor, draft.descriptor or source.descriptor))
    reports = [resolve(name, kb.sources, "source").id for name in draft.reports_on]
    new = [id_ for id_ in dict.fromkeys(reports) if id_ not in (*source.reports_on, source.id)]
    fields = source.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    fields["bibliography"] |= lacking
    fields["reports_on"] = [*source.reports_on, *new]
    names = [*lacking, *(["reports_on"] if new else [])]
    files: dict[str, bytes] = {}
    if document and (archive := _archive_with(kb, known, document, files)):
        fields |= {"archive": archive, "read": True}
        names.append("the document")
    told = [Told(f"a source with this {known.by} is here already, as {source.id}")]
    if known.by == "text" and not files:
        remedy = f"--reports-on {source.id} keeps the file as a source of its own"
        told.append(Told(f"not taken: the file, as {source.id} has another of this text", remedy))
    if names:
        told.append(Told(f"added to it: {', '.join(names)}", f"tm edit {source.id} corrects it"))
    kept = [pair for pair in pairs if pair[0] not in lacking and pair[1] != pair[2]]
    for nth, (name, old, value) in enumerate(kept, start=1):
        message = f"kept: {name} {_shown(old)}, and not {_shown(value)}"
        told.append(Told(message, f"tm edit {source.id} changes it" if nth == len(kept) else None))
    if draft.id is not None and draft.id not in source.ids:
        remedy = f"tm rename {source.id} {draft.id} gives it that one"
        told.append(Told(f"its id is {source.id}, and not {draft.id}", remedy))
    return Completed(build(Source, fields), files, told)


def _archive_with(
    kb: Knowledge, known: Known, document: Document, files: dict[str, bytes]
) -> Mapping[str, Any] | None:
    """The archive record of a source with a document, in the form of the file, where it has none;
    the files that this brings are added to `files`. None where the source has one.
    """
    there = known.source.archive
    if there and (known.by != "text" or there.original):
        return None
    brought: dict[str, bytes] = {}
    fields = archive_fields(kb, known.source.id, document, brought)
    if there:  # its text is the text of the document, and stays where it is
        del brought[fields["file"]]
        fields |= there.model_dump(mode="json", exclude_defaults=True)
    files |= brought
    return fields


def _shown(value: Any) -> str:
    if isinstance(value, dict) and value.keys() == {"date-parts"}:
        value = " to ".join("-".join(f"{n:02}" for n in date) for date in value["date-parts"])
    return shorten(value if isinstance(value, str) else dump(value))
