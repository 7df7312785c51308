"""Take a document into a knowledge base: its text, itself, and its bibliographic record."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from targetmarkets import limits
from targetmarkets.errors import UnreadableError, UsageError, shorten
from targetmarkets.evidence.archive import Archives, folders, open_kept, page_starts
from targetmarkets.importing.extract import Extraction, extract
from targetmarkets.importing.kinds import ENDINGS, TEXT, misnamed
from targetmarkets.importing.witness import SHOWN, Stretch, with_witness
from targetmarkets.kb.files import read_bytes, sha256
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import free_id, resolve
from targetmarkets.model.gaps import Gap, told
from targetmarkets.model.objects import Source
from targetmarkets.model.parts import Archive, Original
from targetmarkets.model.stored import Stored
from targetmarkets.records.reports import AnchorRecord
from targetmarkets.writing.edits import build
from targetmarkets.writing.reanchoring import reanchor


class Document(NamedTuple):
    """A document and what was extracted from it."""

    data: bytes
    extraction: Extraction
    name: str = ""
    """What it was called where it came from."""
    differences: Sequence[Stretch] = ()
    """Where a second reader has other words."""

    def said(self) -> Iterator[tuple[str, str]]:
        """What a person has to know of its text, each with what to do, if anything: what was not
        read.
        """
        if self.name and (kind := misnamed(self.name, self.extraction.media_type)):
            yield f"{self.name}: {kind}", "see that it is the document that you mean"
        for message, remedy in told(build(Gap, gap) for gap in self.extraction.gaps):
            yield f"{self.name or 'the document'}: {message}", remedy
        for stretch in self.differences[:SHOWN]:
            where, not_there = ("here", "there") if stretch.ours else ("there", "here")
            words = f"{shorten(stretch.words)} stands {where} and not {not_there}"
            yield f"  page {stretch.page}: {words}", ""

    def proposed(self, given: Mapping[str, Any]) -> str:
        """What of its record comes from the document itself, and not from what is given; empty
        where nothing does.
        """
        words = []
        for field, value in self.extraction.record.items():
            if field in given or field == "type":
                continue
            if field == "author":
                names = [
                    name.get("literal") or f"{name['given']} {name['family']}" for name in value
                ]
                words.append(f"author {'; '.join(names)}")
            elif field == "issued":
                words.append(f"date {'-'.join(f'{part:02}' for part in value['date-parts'][0])}")
            else:
                words.append(f"{field} {value}")
        return ", ".join(words)


class SourceDraft(NamedTuple):
    """A source as it is described."""

    id: str | None
    descriptor: str
    record: Mapping[str, Any]
    """Its bibliographic record in CSL-JSON, as far as it is given."""
    reports_on: Sequence[str] = ()


class Archived(NamedTuple):
    """A source, and the files that it brings."""

    source: Source
    files: Mapping[str, bytes]


def draft_source(kb: Knowledge, draft: SourceDraft, document: Document | None = None) -> Archived:
    """The source that is meant, archived if there is a document.

    What the record lacks is taken from what the document says of itself. Raises `UsageError` for
    what is wrong or missing, field by field.
    """
    record = {**(document.extraction.record if document else {}), **draft.record}
    if not record.get("title"):
        raise UsageError("the source has no title", "give one with --title or --record")
    record.setdefault("type", "document")
    year = record.get("issued", {}).get("date-parts", [[""]])[0][0]
    id_ = draft.id or free_id(
        kb, _first_author(record), *str(record["title"]).split()[:4], str(year)
    )
    files: dict[str, bytes] = {}
    archive = archive_fields(kb, id_, document, files) if document else None
    fields = {
        "id": id_,
        "bibliography": record,
        "descriptor": draft.descriptor,
        "reports_on": [resolve(name, kb.sources, "source").id for name in draft.reports_on],
        "archive": archive,
    }
    return Archived(build(Source, fields), files)


def archive_fields(
    kb: Knowledge, id_: str, document: Document, files: dict[str, bytes]
) -> dict[str, Any]:
    """The archive record of a document, in the form of the file; its files are added to `files`."""
    data, extraction = document.data, document.extraction
    text = extraction.text.encode()
    name = _free_name(kb, id_, "txt", text)
    files[name] = text
    fields: dict[str, Any] = {"file": name, "sha256": sha256(text), "media_type": TEXT}
    if data != text:
        original = _free_name(kb, id_, ENDINGS[extraction.media_type], data)
        files[original] = data
        fields["original"] = {
            "file": original,
            "sha256": sha256(data),
            "media_type": extraction.media_type,
            "extractor": extraction.extractor,
        }
    return fields | reading_fields(extraction)


def reading_fields(extraction: Extraction) -> dict[str, Any]:
    """What an archive record says of how its text was read, in the form of the file: the pages,
    what is passed over between them, and what could not be read; nothing of what there is none.
    """
    pages = zip(extraction.pages, page_starts(extraction.text), strict=True)
    fields: dict[str, list[dict[str, Any]]] = {
        "pages": [{"label": label, "start": start} for label, start in pages]
        if extraction.pages
        else [],
        "breaks": [{"start": start, "end": end} for start, end in extraction.breaks],
        "gaps": [dict(gap) for gap in extraction.gaps],
    }
    return {name: values for name, values in fields.items() if values}


def _free_name(kb: Knowledge, id_: str, ending: str, data: bytes) -> str:
    """A name for an archived file that no other file has, unless it is the same."""
    number = 1
    while True:
        name = f"{id_}.{ending}" if number == 1 else f"{id_}-{number}.{ending}"
        if _is_free(kb, name, data):
            return name
        number += 1


def _is_free(kb: Knowledge, name: str, data: bytes) -> bool:
    if kb.keeps_texts:
        return not kb.has_text(name) or kb.text_bytes(name) == data
    return all(_is_free_at(folder / name, data) for folder in folders(kb.path))


def _is_free_at(path: Path, data: bytes) -> bool:
    if not os.path.lexists(path):
        return True
    try:
        return not path.is_symlink() and read_bytes(path, limits.DOCUMENT) == data
    except UnreadableError:
        return False


class Carried(NamedTuple):
    """A source with another text."""

    record: AnchorRecord
    """What became of each passage."""
    items: Sequence[Stored] = ()
    """The source and those of its quotations that become otherwise; none where not everything is
    certain."""
    files: Mapping[str, bytes] = {}
    """The files that the new text brings, by name."""
    document: Document | None = None
    """The document that was read."""


def new_text(
    kb: Knowledge, name: str, document: Document | None, chosen: Mapping[str, str]
) -> Carried:
    """Give a source another text, of a document or, without one, extracted anew from its own.

    `chosen` is as for `reanchor`. Raises `UsageError` for a source without an archived text or
    document, and `UnreadableError`.
    """
    source = resolve(name, kb.sources, "source")
    if source.archive is None:
        raise UsageError(f"{source.id} has no archived text", "tm add source archives one")
    document = document or _extracted_again(kb, source.id, source.archive.original)
    archives = Archives(kb)
    old = None if archives.problem(source.id) else archives.text(source.id).text
    carried = reanchor(kb, source.id, old, document.extraction.text, chosen)
    if not carried.record.certain:
        return Carried(carried.record, document=document)
    files: dict[str, bytes] = {}
    fields = archive_fields(kb, source.id, document, files)
    if "original" not in fields and source.archive.original:
        fields |= _of_the_same_document(source.archive, document.extraction.text)
    archive = build(Archive, fields)
    if archive.sha256 == source.archive.sha256 and _known(archive, source.archive):
        archive, files = source.archive, {}
    work = carried.source.model_copy(update={"archive": archive})
    items = tuple(item for item in (work, *carried.quotes) if kb.objects[item.id] != item)
    record = carried.record.model_copy(update={"applied": bool(items)})
    return Carried(record, items, files, document)


def _known(new: Archive, old: Archive) -> bool:
    """Whether the same text, read again, brings nothing that was not recorded."""
    return not new.original or not read_otherwise(new, old)


def read_otherwise(new: Archive, old: Archive) -> list[str]:
    """What two readings of the same text say otherwise."""
    said = ("pages", "breaks", "gaps")
    return [name for name in said if getattr(new, name) != getattr(old, name)]


def _extracted_again(kb: Knowledge, id_: str, original: Original | None) -> Document:
    if original is None:
        message = f"{id_} has no document from which its text was extracted"
        raise UsageError(message, "name the file of the new text")
    data = open_kept(kb, original.file, limits.DOCUMENT).data
    extraction, differences = with_witness(data, extract(data, original.file))
    return Document(data, extraction, original.file, differences)


def _of_the_same_document(archive: Archive, text: str) -> dict[str, Any]:
    """What a text that somebody extracted otherwise keeps of the document that it is of."""
    assert archive.original is not None
    kept = {**archive.original.model_dump(mode="json"), "extractor": "given as a text"}
    starts = page_starts(text)
    if len(starts) != len(archive.pages):
        return {"original": kept}
    pages = zip(archive.pages, starts, strict=True)
    return {
        "original": kept,
        "pages": [{"label": page.label, "start": start} for page, start in pages],
    }


def _first_author(record: Mapping[str, Any]) -> str:
    people = record.get("author") or [{}]
    return str(people[0].get("family") or people[0].get("literal") or "")
