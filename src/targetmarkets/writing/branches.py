"""Merge two versions of a JSON file: by hand, or as the merge driver of git."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from targetmarkets.evidence.verification import prove
from targetmarkets.kb.files import read_bytes
from targetmarkets.kb.json_file import FileKnowledge, load_bytes, tidy, write_canonical
from targetmarkets.kb.paths import file_of, locate
from targetmarkets.kb.replacing import write_bytes
from targetmarkets.model.integrity import place, structural_faults
from targetmarkets.model.stored import Stored
from targetmarkets.query.diff import field_changes, object_changes
from targetmarkets.records.reports import FieldChange, MergeConflict, MergeRecord
from targetmarkets.writing import merging
from targetmarkets.writing.git import kept_texts
from targetmarkets.writing.lock import alone
from targetmarkets.writing.transaction import differing, put

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from targetmarkets.errors import Finding
    from targetmarkets.model.objects import KnowledgeFile
    from targetmarkets.writing.merging import Conflict

UNNAMED: Final = "what the file says of itself"
"""The label of what stands in no object."""


class Into(NamedTuple):
    """Where the result of a merge goes."""

    file: Path
    of_git: Path | None = None
    """The path of the file in the working tree, where git asks for the merge: then `file` is one of
    its own, nobody else writes it, and some archived texts may not be in their folder yet."""

    @property
    def beside(self) -> Path:
        """The file beside which the archived texts are."""
        return file_of(locate(self.of_git), "git") if self.of_git else self.file


def read_version(data: bytes, path: Path) -> FileKnowledge:
    """A version that was read; git gives an empty one where two files come from nothing.

    Raises what `load` raises.
    """
    if not data.strip():
        return FileKnowledge(merging.NOTHING, path)
    return load_bytes(data, path, passing=True)


def merge_files(
    base: FileKnowledge,
    ours: Callable[[], FileKnowledge],
    theirs: FileKnowledge,
    to: Into,
    *,
    dry_run: bool = False,
) -> MergeRecord:
    """Merge two versions, prove the result and write it; what is in conflict stays as in ours.

    A result that would not load is not written. One of which something does not hold that held of
    each side is: neither side is wrong, and none is to be lost. Raises what `ours` raises, which is
    called when nobody else writes, and `OutputError`.
    """
    there = to.file.exists()
    with nullcontext() if dry_run or to.of_git or not there else alone(to.file):
        before = read_bytes(to.file) if there else None
        mine = ours()
        merged = merging.merge(base.content, mine.content, theirs.content)
        result = FileKnowledge(tidy(merged.content), to.beside)
        faults = [*structural_faults(result.content)]
        findings: Sequence[Finding] = place(None, str(to.beside), faults)
        if not faults:
            findings = _of_the_two(result.content, [mine.content, theirs.content], to)
        is_written = not (faults or dry_run)
        if is_written and (result.content != mine.content or mine.path != to.file):
            text = write_canonical(result.content).encode()
            if to.of_git or before is None:
                write_bytes(to.file, text)
            else:
                put(to.file, before, text, "tm merge", differing(mine, result))
    conflicts = tuple(map(_conflict, merged.conflicts))
    return MergeRecord(
        ok=not (conflicts or findings),
        written=str(to.file) if is_written else None,
        changes=tuple(object_changes(mine, result)),
        conflicts=conflicts,
        findings=tuple(findings),
    )


def _of_the_two(
    result: KnowledgeFile, sides: Sequence[KnowledgeFile], to: Into
) -> Sequence[Finding]:
    """What does not hold of a result, and was not wrong on either side."""
    files = kept_texts(to.of_git, result) if to.of_git else {}

    def found(content: KnowledgeFile) -> Sequence[Finding]:
        return prove(write_canonical(tidy(content)), to.beside, files).findings

    findings = found(result)
    known = {_what(f) for side in sides for f in found(side)} if findings else set()
    return [finding for finding in findings if _what(finding) not in known]


def _what(finding: Finding) -> tuple[str, str | None, str]:
    """What is wrong, wherever in the file it stands."""
    return finding.check, finding.id, finding.message


def _conflict(conflict: Conflict) -> MergeConflict:
    base, ours, theirs = conflict.base, conflict.ours, conflict.theirs
    item = ours or theirs or base
    fields = [FieldChange(field=conflict.id, before=ours, after=theirs)]
    if isinstance(item, Stored):
        fields = [*field_changes(ours, theirs)]
    return MergeConflict(
        kind=item.word() if isinstance(item, Stored) else "file",
        id=conflict.id,
        why=conflict.why,
        label=item.label if isinstance(item, Stored) else UNNAMED,
        base=_stored(base),
        ours=_stored(ours),
        theirs=_stored(theirs),
        fields=tuple(fields),
    )


def _stored(version: object) -> Any:
    """A version as the file has it."""
    if not isinstance(version, Stored):
        return version
    return version.model_dump(mode="json", by_alias=True, exclude_defaults=True)
